import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import {
  type AuditReport,
  audit,
  type CheckContext,
  type CheckResult,
  defineKind,
  FunnelintError,
  HOLDS,
  type Kind,
  RulesetError,
  UNKNOWN,
  VIOLATES,
  z,
} from '../../src/index.ts';
import { KINDS } from '../../src/kinds/index.ts';
import { withOwnKinds } from '../../src/ruleset/own-kinds.ts';

const STORY = fileURLToPath(new URL('../../samples/own-kind/', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'funnelint-own-kinds-'));
afterAll(() => rmSync(folder, { recursive: true }));

const text = { en: 'Amounts', zh: '金额' } as const;
const messages = { odd: { en: '{amount} is odd', zh: '{amount} 不是偶数' } } as const;

type Check = (context: CheckContext<string, typeof messages>) => CheckResult;

/** A kind whose check is what a test wants. */
function kindWith(check: Check): Kind {
  return defineKind({
    kind: 'mine',
    title: text,
    why: text,
    fix: text,
    options: z.string(),
    messages,
    example: { rule: 'mine: amount', bad: '', good: '' },
    references: (name) => [{ type: 'field', name, path: [] }],
    check,
  });
}

const everyRow =
  (outcome: number): Check =>
  ({ dataset, violation }) => ({
    type: 'rows',
    outcome: new Uint8Array(dataset.rowCount).fill(outcome),
    describe: (row) => [violation('odd', { amount: row }, 'amount')],
  });

const RULES = join(folder, 'funnelint.yaml');
writeFileSync(
  RULES,
  'version: 1\nrules:\n  my/rule: {mine: amount, where: amount > 1}\n  my/other: {assert: amount > 0}\n',
);
const DEALS = { name: 'deals.csv', bytes: new TextEncoder().encode('id,amount,stage\n1,1,Won\n2,2,Won\n3,3,Lost\n') };

function auditWith(check: Check, kinds: readonly Kind[] = [kindWith(check)]): Promise<AuditReport> {
  return audit({ file: DEALS, config: RULES, asOf: '2026-11-01', kinds, rules: ['my/rule', 'my/other'] });
}

function ruleOf(report: AuditReport, id = 'my/rule'): AuditReport['rules'][number] {
  return report.rules.find((rule) => rule.id === id)!;
}

describe('the story of a kind of one’s own', async () => {
  const planted = JSON.parse(readFileSync(join(STORY, 'planted.json'), 'utf8')) as {
    readonly findings: Readonly<Record<string, readonly string[]>>;
  };
  const path = join(STORY, 'discount-limit.js');
  const { default: kind } = (await import(path)) as { readonly default: Kind };
  const report = await audit({ file: join(STORY, 'deals.csv'), config: join(STORY, 'funnelint.yaml'), kinds: [kind] });

  it('finds exactly what was planted', () => {
    const found = report.findings.filter(({ rule }) => rule === 'discount/over-limit');
    expect(found.map(({ deal }) => deal)).toEqual(planted.findings['discount/over-limit']);
    expect(report.faults).toEqual([]);
    // Five deals without a discount, and six over the limit of which two are approved.
    expect(ruleOf(report, 'discount/over-limit').counts).toMatchObject({ checked: 35, violating: 4, unknown: 5 });
  });

  it('has an example that fails and one that passes', async () => {
    for (const side of ['bad', 'good'] as const) {
      const config = join(folder, `${side}.yaml`);
      writeFileSync(
        config,
        `version: 1\n${kind.example.rules?.[side]}\nrules:\n  my/example: {${kind.example.rule}}\n`,
      );
      const file = { name: 'deals.csv', bytes: new TextEncoder().encode(kind.example[side]) };
      const judged = await audit({ file, config, asOf: '2026-11-01', kinds: [kind], rules: ['my/example'] });
      expect(judged.rules[0]?.counts).toMatchObject({ checked: 2, violating: side === 'bad' ? 2 : 0 });
    }
  });
});

describe('a kind of one’s own', () => {
  it('judges the deals that where picks, and no other', async () => {
    const report = await auditWith(everyRow(VIOLATES));
    expect(ruleOf(report).counts).toMatchObject({ checked: 2, violating: 2, filteredOut: 1 });
    expect(ruleOf(report).messages).toEqual(messages);
    expect((await auditWith(everyRow(HOLDS))).gate.exitCode).toBe(0);
    expect(ruleOf(await auditWith(everyRow(UNKNOWN))).verdict).not.toBe('pass');
  });

  it('is known for the one audit only', async () => {
    await auditWith(everyRow(HOLDS));
    expect(KINDS.has('mine')).toBe(false);
    const error = await auditWith(everyRow(HOLDS), []).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RulesetError);
    expect((error as RulesetError).message).toContain('unknown key "mine"; a verb of your own needs --kinds');
  });

  const FAULTY: readonly (readonly [string, Check, string])[] = [
    [
      'throws',
      () => {
        throw new Error('out of luck');
      },
      'out of luck',
    ],
    ['answers with nothing', () => undefined as unknown as CheckResult, 'check must answer at once'],
    ['answers with a promise', (async () => ({})) as unknown as Check, 'check must answer at once'],
    [
      'has too few outcomes',
      () => ({ type: 'rows', outcome: new Uint8Array(1), describe: () => [] }),
      'a Uint8Array of 3',
    ],
    ['has an outcome that is none', everyRow(4), 'outcome of row 1 is 4'],
    [
      'names no message of its own',
      ({ dataset }) => ({
        type: 'rows',
        outcome: new Uint8Array(dataset.rowCount).fill(VIOLATES),
        describe: () => [{ message: 'even', args: {}, field: null }],
      }),
      'there is no message "even"; messages: odd',
    ],
    [
      'leaves a slot open',
      ({ dataset }) => ({
        type: 'rows',
        outcome: new Uint8Array(dataset.rowCount).fill(VIOLATES),
        describe: () => [{ message: 'odd', args: {}, field: null }],
      }),
      'message "odd" needs a value for {amount}',
    ],
    [
      'gives no reason in words',
      () => ({ type: 'not-run', reason: 'no' as unknown as typeof text }),
      'reason must be a text',
    ],
  ];

  it.each(FAULTY)('that %s is a fault, and the others go on', async (_, check, message) => {
    const report = await auditWith(check);
    expect(report.gate.exitCode).toBe(3);
    expect(report.faults.map(({ where }) => where)).toEqual(['my/rule']);
    expect(report.faults[0]?.message).toContain(`the kind mine failed: `);
    expect(report.faults[0]?.message).toContain(message);
    expect(ruleOf(report)).toMatchObject({ verdict: 'not-run', reason: { en: 'a fault in the kind mine' } });
    expect(ruleOf(report, 'my/other').verdict).toBe('pass');
  });
});

describe('what is no kind', () => {
  const sound = kindWith(everyRow(HOLDS));
  const WRONG: readonly (readonly [string, unknown, string])[] = [
    ['nothing', null, 'default'],
    ['a list in a list', [sound], 'default'],
    ['a name in capitals', { ...sound, kind: 'Mine' }, 'kind'],
    ['a text in one language', { ...sound, why: { en: 'why' } }, 'why.zh'],
    ['options that are no schema', { ...sound, options: { type: 'string' } }, 'options'],
    ['a schema of an older zod', { ...sound, options: { _def: {}, safeParse: () => ({}) } }, 'options'],
    ['no messages', { ...sound, messages: {} }, 'messages'],
    ['slots that differ', { ...sound, messages: { odd: { en: '{amount}', zh: '{金额}' } } }, 'mine.messages.odd'],
    ['no check', { ...sound, check: 'amount > 0' }, 'check'],
    ['no example', { ...sound, example: undefined }, 'example'],
    ['the name of one that ships', { ...sound, kind: 'required' }, 'required'],
    ['the name of a key of rules', { ...sound, kind: 'where' }, 'where'],
  ];

  it.each(WRONG)('is refused: %s', (_, value, key) => {
    const offered = [{ from: 'mine.js', value }];
    const error = ((): unknown => {
      try {
        return withOwnKinds(offered);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(FunnelintError);
    expect((error as FunnelintError).code).toBe('kinds/wrong');
    expect((error as FunnelintError).args).toMatchObject({ from: 'mine.js', key });
  });

  it('is never in the way where none is offered', () => {
    expect(withOwnKinds([])).toBe(KINDS);
  });
});
