import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { RulesetError } from '../../src/ruleset/diagnostic.ts';
import { loadRuleset } from '../../src/ruleset/load.ts';
import type { Ruleset } from '../../src/ruleset/ruleset.ts';
import { auditTables, dealsOf } from '../kinds/audit-rules.ts';

const folder = mkdtempSync(join(tmpdir(), 'funnelint-define-'));
afterAll(() => rmSync(folder, { recursive: true }));

function load(text: string): Ruleset {
  const file = join(folder, 'funnelint.yaml');
  writeFileSync(file, text);
  return loadRuleset({ file, packs: [] });
}

/** `line:column message` of every mistake. */
function mistakesOf(text: string): readonly string[] {
  try {
    load(text);
  } catch (error) {
    if (!(error instanceof RulesetError)) throw error;
    return error.diagnostics.map(({ line, column, message }) => `${line}:${column} ${message.en}`);
  }
  return [];
}

const DEALS = `id,stage,amount,source
1,Lead,500,Web
2,Lead,5000,Web
3,Lead,5000,Fair
`;

describe('define', () => {
  it('names an expression for rules to use, and others to build on', async () => {
    const report = await auditTables({
      deals: DEALS,
      rules: `version: 1
define:
  large: amount >= 1000
  large_from_web: large and source = "Web"
rules:
  my/rule: {where: large_from_web, assert: amount > 9000}
`,
    });
    expect(dealsOf(report, 'my/rule')).toEqual(['2']);
  });

  it('gives way to the definition of a later file', async () => {
    writeFileSync(
      join(folder, 'base.yaml'),
      'version: 1\ndefine: {large: amount >= 1000}\nrules: {my/rule: {assert: not large}}\n',
    );
    const file = join(folder, 'own.yaml');
    writeFileSync(file, 'version: 1\nextends: base.yaml\ndefine: {large: amount >= 100}\n');
    const ruleset = loadRuleset({ file, packs: [] });
    expect(ruleset.rules.find(({ id }) => id === 'my/rule')?.assertFields).toEqual(['amount']);
    const report = await auditTables({
      deals: DEALS,
      rules: 'version: 1\ndefine: {large: amount >= 100}\nrules: {my/rule: {assert: not large}}\n',
    });
    expect(dealsOf(report, 'my/rule')).toEqual(['1', '2', '3']);
  });

  it('stands for what it says within other names too: a product of a sum stays one', async () => {
    const report = await auditTables({
      deals: DEALS,
      rules: 'version: 1\ndefine: {sum: amount + 1}\nrules: {my/rule: {assert: sum * 2 = 1002}}\n',
    });
    expect(dealsOf(report, 'my/rule')).toEqual(['2', '3']);
  });

  it.each([
    ['define: {large: amount >=}', '2:26', 'ends too early'],
    ['define: {large: large or amount > 1}', '2:17', '"large" is defined by itself'],
    ['define: {one: other, other: not one}', '2:15', '"other" is defined by itself'],
    ['define: {amount: "5"}', '2:10', '"amount" means something else already'],
    ['define: {proposal: amount > 5}', '2:10', '"proposal" means something else already'],
    ['define: {lower: amount > 5}', '2:10', '"lower" means something else already'],
    [
      'define: {large: amuont > 5}\nrules: {my/rule: {assert: large}}',
      '3:27',
      'unknown field "amuont"; did you mean "amount"?',
    ],
    ['define: {large: amount + close}\nrules: {my/rule: {assert: large > 5}}', '3:27', 'cannot be added'],
  ])('%s is a mistake', (text, place, message) => {
    const [first] = mistakesOf(`version: 1\n${text}\n`);
    expect(first).toContain(message);
    expect(first?.startsWith(`${place} `), first).toBe(true);
  });

  it('does not grow beyond bounds', () => {
    const names = Array.from({ length: 60 }, (_, index) => `d${index}`);
    const lines = names.map(
      (name, index) => `  ${name}: ${index === 0 ? 'amount > 1' : `d${index - 1} and d${index - 1}`}`,
    );
    const [first] = mistakesOf(`version: 1\ndefine:\n${lines.join('\n')}\nrules: {my/rule: {assert: d59}}\n`);
    expect(first).toContain('too large');
  });
});
