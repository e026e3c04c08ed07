import { describe, expect, it } from 'vitest';
import { usageText } from '../../src/cli/usage-error.ts';

describe('usageText', () => {
  it.each([
    ["error: unknown option '--foo'", '没有选项 --foo'],
    ["error: option '--lang <lang>' argument missing", '选项 --lang <lang> 缺少参数'],
    ["error: missing required argument 'rule'", '缺少参数 rule'],
    [
      "error: too many arguments for 'rules'. Expected 0 arguments but got 1.",
      'rules 的参数过多：应有 0 个，给出了 1 个',
    ],
    [
      "error: too many arguments for 'explain'. Expected 1 argument but got 2.",
      'explain 的参数过多：应有 1 个，给出了 2 个',
    ],
  ])('%s', (message, translation) => {
    expect(usageText(message, 'rules', 'zh')).toBe(`funnelint: ${translation}\n  参见 funnelint rules --help。\n`);
    const plain = message.replace('error: ', '');
    expect(usageText(message, 'rules', 'en')).toBe(`funnelint: ${plain}\n  See funnelint rules --help.\n`);
  });

  it('keeps the suggestion', () => {
    const message = "error: unknown option '--encodin'\n(Did you mean --encoding?)";
    expect(usageText(message, 'audit', 'en')).toContain('Did you mean --encoding? See');
    expect(usageText(message, 'audit', 'zh')).toContain('是否想用 --encoding？参见');
  });

  it('leaves words it does not know as they are, but harmless', () => {
    expect(usageText('error: odd \u001b[2J', 'audit', 'zh')).toContain('odd ␛[2J');
  });
});
