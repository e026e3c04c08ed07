import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inertPieces, inertText, tellOnStderr } from '../../src/cli/inert-output.ts';
import { deliver } from '../../src/cli/output.ts';
import { printRendered } from '../../src/cli/print-rendered.ts';
import { FORMATS } from '../../src/reporters/index.ts';
import { CASES, findingOf, reportOf, ruleOf } from '../reporters/cases.ts';
import { createMemoryHost } from './memory-host.ts';

/** Lines that the runner would obey: it trims the beginning of each, and looks for `##[` anywhere. */
function commandsIn(text: string): readonly string[] {
  const lines = text.split(/\r\n|\r|\n/);
  return lines.filter((line) => line.replace(/^[\s\u0085]+/, '').startsWith('::') || line.includes('##['));
}

const inActions = { GITHUB_ACTIONS: 'true' };

describe('inertText', () => {
  it.each([
    '::error::x',
    'a\n  ::ERROR::x',
    'a\r\u00a0\t\u3000::set-output name=a::b',
    'wrapped ##[error]x',
    '###[group]##[x',
    '\n\n::::',
  ])('lets %j command nothing and changes nothing to be seen', (text) => {
    expect(commandsIn(text)).not.toEqual([]);
    expect(commandsIn(inertText(text))).toEqual([]);
    expect(inertText(text).replaceAll('\u200b', '')).toBe(text);
  });

  it('leaves other text as it is', () => {
    for (const text of ['Acme::Corp', '# Title\n## Deals [3]', 'a: b\n: c', '']) expect(inertText(text)).toBe(text);
  });

  it('takes no longer for a text of blank lines', () => {
    const text = ' \n'.repeat(500_000);
    expect(inertText(text)).toBe(text);
  });
});

describe('inertPieces', () => {
  const parts = fc.array(fc.constantFrom(':', '::', '#', '##', '[', ' ', '\n', '\r', 'x', '\u001b[1m'), {
    maxLength: 12,
  });

  it('gives the same wherever the text is cut', () => {
    fc.assert(
      fc.property(parts, (pieces) => {
        const text = pieces.join('');
        const inert = [...inertPieces(pieces, false)].join('');
        expect(inert).toBe(inertText(text));
        expect(commandsIn(inert)).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('keeps the values of JSON', () => {
    const value = { note: '##[error]x', list: ['::error::', '###[a'] };
    const text = [...inertPieces([JSON.stringify(value, null, 2)], true)].join('');
    expect(text).not.toContain('##[');
    expect(JSON.parse(text)).toEqual(value);
  });
});

describe('what goes to stdout and stderr', () => {
  const deal = 'Zhang ##[error]pwn ::error::x';
  const report = reportOf({
    rules: [ruleOf('a/b', 'fail')],
    findings: [findingOf('a/b', 1, { deal, name: '::ERROR::PWN', owner: deal, value: '::warning::x' })],
  });
  const options = { outputs: [], lang: 'en', maxFindings: 9, view: null, colour: 'never', quiet: false } as const;

  it.each(FORMATS.filter((format) => format !== 'xlsx'))('as %s is inert in GitHub Actions', async (format) => {
    const host = createMemoryHost('/', 40, inActions);
    await deliver(report, { ...options, format }, host);
    const commands = commandsIn(host.printed());
    if (format === 'github')
      expect(commands.every((line) => /^::error [^#]*$/.test(line.replace(/##\u200b/g, '')))).toBe(true);
    else expect(commands).toEqual([]);
  });

  it('is as it was elsewhere', async () => {
    const host = createMemoryHost('/', 40, {});
    await printRendered('::error::x\n', host);
    tellOnStderr('##[error]x\n', host);
    expect(host.printed()).toBe('::error::x\n##[error]x\n');
  });

  it('on stderr is inert too', () => {
    const host = createMemoryHost('/', 40, inActions);
    tellOnStderr('funnelint: ##[error]x: no such file\n  ::error::y\n', host);
    expect(commandsIn(host.printed())).toEqual([]);
  });

  it('of a clean report is the same in both', async () => {
    const [plain, read] = [createMemoryHost('/'), createMemoryHost('/', 100, inActions)];
    for (const host of [plain, read]) await deliver(CASES.clean, { ...options, format: 'terminal' }, host);
    expect(read.printed()).toBe(plain.printed());
  });
});
