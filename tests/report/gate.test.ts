import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AuditFlags, auditCommand } from '../../src/cli/audit-command.ts';
import { type GateFacts, type GateOptions, judgeGate } from '../../src/report/gate.ts';
import type { ReportRule, Verdict } from '../../src/report/report.ts';
import { createMemoryHost } from '../cli/memory-host.ts';
import { ruleOf } from '../reporters/cases.ts';

type Severity = ReportRule['severity'];

/** Codes of one rule by `--fail-on`, each without and with `--max-warnings 0` and `1`. */
interface Row {
  readonly severity: Severity;
  readonly verdict: Verdict;
  readonly strict: boolean;
  readonly error: string;
  readonly warn: string;
  readonly never: string;
}

/**
 * Written by hand: 0 the gate holds, 1 it trips, 2 there is no verdict; three codes are those without `--max-warnings`,
 * with 0 and with 1. No rule of severity `warn` or `info` says `fail`, but a gate need not rely on it.
 */
const TABLE = `
severity verdict      strict error warn  never
error    pass         no     000   000   000
error    warn         no     010   111   010
error    fail         no     111   111   000
error    inconclusive no     000   000   000
error    no-data      no     222   222   222
error    not-run      no     222   222   222
warn     pass         no     000   000   000
warn     warn         no     010   111   010
warn     fail         no     010   111   010
warn     inconclusive no     000   000   000
warn     no-data      no     222   222   222
warn     not-run      no     222   222   222
info     pass         no     000   000   000
info     warn         no     000   000   000
info     fail         no     000   000   000
info     inconclusive no     000   000   000
info     no-data      no     222   222   222
info     not-run      no     222   222   222
error    pass         yes    000   000   000
error    warn         yes    010   111   010
error    fail         yes    111   111   000
error    inconclusive yes    111   111   000
error    no-data      yes    222   222   222
error    not-run      yes    222   222   222
warn     pass         yes    000   000   000
warn     warn         yes    010   111   010
warn     fail         yes    010   111   010
warn     inconclusive yes    010   111   010
warn     no-data      yes    222   222   222
warn     not-run      yes    222   222   222
info     pass         yes    000   000   000
info     warn         yes    000   000   000
info     fail         yes    000   000   000
info     inconclusive yes    000   000   000
info     no-data      yes    222   222   222
info     not-run      yes    222   222   222
`;

const SEVERITIES: readonly string[] = ['error', 'warn', 'info'];
const VERDICTS: readonly string[] = ['pass', 'warn', 'fail', 'inconclusive', 'no-data', 'not-run'];
const MAX_WARNINGS = [null, 0, 1] as const;
const FAIL_ON = ['error', 'warn', 'never'] as const;

const ROWS: readonly Row[] = TABLE.trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [severity, verdict, strict, error = '', warn = '', never = ''] = line.split(/\s+/);
    return {
      severity: severity as Severity,
      verdict: verdict as Verdict,
      strict: strict === 'yes',
      error,
      warn,
      never,
    };
  });

function codeOf(
  rules: readonly ReportRule[],
  options: GateOptions,
  facts: GateFacts = { deals: 5, faults: 0 },
): number {
  return judgeGate(rules, options, facts).exitCode;
}

const rule = ({ severity, verdict }: Pick<Row, 'severity' | 'verdict'>, id = 'a/b'): ReportRule =>
  ruleOf(id, verdict, { severity });

describe('the gate', () => {
  it('is told for every severity and verdict', () => {
    const told = new Set(ROWS.map(({ severity, verdict, strict }) => `${severity} ${verdict} ${strict}`));
    expect(told.size).toBe(SEVERITIES.length * VERDICTS.length * 2);
    for (const { severity, verdict } of ROWS) {
      expect(SEVERITIES).toContain(severity);
      expect(VERDICTS).toContain(verdict);
    }
  });

  it.each(ROWS)('of one rule of severity $severity that says $verdict, strict: $strict', (row) => {
    for (const failOn of FAIL_ON) {
      const codes = MAX_WARNINGS.map((maxWarnings) => codeOf([rule(row)], { failOn, maxWarnings, strict: row.strict }));
      expect(`${failOn} ${codes.join('')}`).toBe(`${failOn} ${row[failOn]}`);
    }
  });

  it.each(ROWS)('is 2 without deals, and 3 after a fault: $severity $verdict', (row) => {
    for (const failOn of FAIL_ON) {
      for (const maxWarnings of MAX_WARNINGS) {
        const options = { failOn, maxWarnings, strict: row.strict };
        expect(codeOf([rule(row)], options, { deals: 0, faults: 0 })).toBe(2);
        expect(codeOf([rule(row)], options, { deals: 5, faults: 1 })).toBe(3);
        expect(codeOf([rule(row)], options, { deals: 0, faults: 2 })).toBe(3);
      }
    }
  });

  it('is 2 without rules', () => {
    expect(codeOf([], { failOn: 'error', maxWarnings: null, strict: false })).toBe(2);
  });
});

describe('the gate over several rules', () => {
  const of = (...verdicts: readonly (readonly [Severity, Verdict])[]): ReportRule[] =>
    verdicts.map(([severity, verdict], index) => rule({ severity, verdict }, `a/${index}`));

  it.each([
    [
      'one rule that passed makes a verdict of those that could not run',
      of(['error', 'pass'], ['error', 'not-run']),
      0,
    ],
    ['rules without data and rules that could not run make none', of(['error', 'no-data'], ['error', 'not-run']), 2],
    ['two warnings are more than one', of(['warn', 'warn'], ['error', 'warn'], ['error', 'pass']), 1],
    ['a warning and a note are not', of(['warn', 'warn'], ['info', 'warn'], ['error', 'pass']), 0],
    ['a failing rule among passing ones trips', of(['error', 'pass'], ['error', 'fail']), 1],
  ])('%s', (_, rules, code) => {
    expect(codeOf(rules, { failOn: 'error', maxWarnings: 1, strict: false })).toBe(code);
  });

  /** Of one rule that could not run beside one that passed; each code as in the table above. */
  const NOT_RUN = `
severity strict lost error warn  never
error    no     no   000   000   000
warn     no     no   000   000   000
info     no     no   000   000   000
error    yes    no   111   111   000
warn     yes    no   010   111   010
info     yes    no   000   000   000
error    no     yes  111   111   000
warn     no     yes  010   111   010
info     no     yes  000   000   000
error    yes    yes  111   111   000
warn     yes    yes  010   111   010
info     yes    yes  000   000   000
`;

  it.each(
    NOT_RUN.trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(/\s+/)),
  )('a rule of severity %s that could not run, strict: %s, with known findings: %s', (...row) => {
    const [severity, strict, lost, ...codes] = row;
    const rules = of(['error', 'pass'], [severity as Severity, 'not-run']);
    const facts = { deals: 5, faults: 0, lost: lost === 'yes' ? ['a/1'] : [] };
    FAIL_ON.forEach((failOn, column) => {
      const told = MAX_WARNINGS.map((maxWarnings) =>
        codeOf(rules, { failOn, maxWarnings, strict: strict === 'yes' }, facts),
      );
      expect(`${failOn} ${told.join('')}`).toBe(`${failOn} ${codes[column]}`);
    });
  });

  it('a rule that the baseline knows findings of and that was judged trips by its verdict alone', () => {
    const options = { failOn: 'warn', maxWarnings: 0, strict: false } as const;
    expect(
      codeOf(of(['error', 'pass'], ['error', 'inconclusive']), options, { deals: 5, faults: 0, lost: ['a/1'] }),
    ).toBe(0);
  });

  it.each([
    ['what the file fails is no verdict on deals that none could be told of', ['fail', 'not-run'], 2],
    ['nor is what it passes', ['pass', 'no-data'], 2],
    ['it trips beside a rule about the deals that passed', ['fail', 'pass'], 1],
    ['alone, it is what was asked for', ['fail'], 1],
    ['alone and passing', ['pass'], 0],
    ['alone and not run', ['not-run'], 2],
  ] as const)('rules about the file: %s', (_, verdicts, code) => {
    const rules = of(...verdicts.map((verdict) => ['error', verdict] as const));
    const facts = { deals: 5, faults: 0, isAboutFile: ({ id }: ReportRule) => id === 'a/0' };
    expect(codeOf(rules, { failOn: 'error', maxWarnings: null, strict: false }, facts)).toBe(code);
  });

  it('counts each verdict, and a note as no warning', () => {
    const rules = of(
      ['error', 'fail'],
      ['error', 'warn'],
      ['info', 'warn'],
      ['error', 'inconclusive'],
      ['error', 'not-run'],
      ['error', 'pass'],
      ['error', 'no-data'],
    );
    const options = { failOn: 'error', maxWarnings: null, strict: false } as const;
    expect(judgeGate(rules, options, { deals: 1, faults: 0 })).toEqual({
      ...options,
      exitCode: 1,
      failing: 1,
      warning: 1,
      inconclusive: 1,
      notRun: 1,
      passing: 1,
    });
  });
});

const RULES = `version: 1
stages:
  - {id: lead, match: [Lead]}
  - {id: won, match: [Won], kind: won}
  - {id: lost, match: [Lost], kind: lost}
fields:
  id: {column: Deal ID}
  owner: {column: Owner}
  stage: {column: Stage}
  amount: {column: Amount, type: money}
  region: {column: Region}
rules:
  gate/error: {required: owner}
  gate/warn: {required: owner, severity: warn}
  gate/info: {required: owner, severity: info}
  gate/unsure: {metric: win_rate, fail: "< 60%"}
  gate/unsure-warn: {metric: win_rate, fail: "< 60%", severity: warn}
  gate/not-run: {required: region}
  gate/good: {unique: id}
`;
const DEALS = 'Deal ID,Owner,Stage,Amount\n1,Ann,Lead,5\n2,,Won,5\n3,Bo,Lost,5\n';

describe('the gate of the command', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'funnelint-gate-'));
    writeFileSync(join(folder, 'rules.yaml'), RULES);
    writeFileSync(join(folder, 'deals.csv'), DEALS);
    writeFileSync(join(folder, 'none.csv'), 'Deal ID,Owner,Stage,Amount\n');
    writeFileSync(join(folder, 'junk.csv'), 'a,b\n1,2\n3,4\n');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const cases: readonly (readonly [string, string, Partial<AuditFlags>, number])[] = [
    ['deals.csv', 'good', {}, 0],
    ['deals.csv', 'error', {}, 1],
    ['deals.csv', 'error', { failOn: 'never' }, 0],
    ['deals.csv', 'error', { quiet: true }, 1],
    ['deals.csv', 'warn', {}, 0],
    ['deals.csv', 'warn', { failOn: 'warn' }, 1],
    ['deals.csv', 'warn', { maxWarnings: 0 }, 1],
    ['deals.csv', 'warn', { maxWarnings: 1 }, 0],
    ['deals.csv', 'warn', { maxWarnings: 0, failOn: 'never' }, 1],
    ['deals.csv', 'info', { failOn: 'warn', maxWarnings: 0 }, 0],
    ['deals.csv', 'unsure', {}, 0],
    ['deals.csv', 'unsure', { strict: true }, 1],
    ['deals.csv', 'unsure', { strict: true, failOn: 'never' }, 0],
    ['deals.csv', 'unsure-warn', { strict: true }, 0],
    ['deals.csv', 'unsure-warn', { strict: true, failOn: 'warn' }, 1],
    ['deals.csv', 'not-run', { failOn: 'never' }, 2],
    ['none.csv', 'good', {}, 2],
    ['absent.csv', 'good', {}, 2],
    ['junk.csv', 'good', { rule: [] }, 2],
    ['junk.csv', 'good', { rule: ['input/no-stage-column'] }, 1],
    ['deals.csv', 'good', { rule: ['gate/good', 'gate/not-run'] }, 0],
    ['deals.csv', 'good', { rule: ['gate/good', 'gate/not-run'], strict: true }, 1],
  ];

  it.each(cases)('%s, rule gate/%s, %o: exit %i', async (file, id, more, code) => {
    const host = createMemoryHost(folder);
    const flags: AuditFlags = {
      config: join(folder, 'rules.yaml'),
      rule: [`gate/${id}`],
      format: 'json',
      color: 'never',
      maxFindings: 3,
      lang: 'en',
      ...more,
    };
    expect(await auditCommand([join(folder, file)], flags, host)).toBe(code);
    if (file !== 'deals.csv' || more.quiet === true || more.rule !== undefined) return;
    const printed = host.printed();
    const report = JSON.parse(printed.slice(0, printed.lastIndexOf('\n}\n') + 3));
    expect(report.gate.exitCode).toBe(code);
    const verdict = { good: 'pass', error: 'fail', warn: 'warn', info: 'warn', 'not-run': 'not-run' }[id];
    expect(report.rules[0].verdict).toBe(verdict ?? 'inconclusive');
  });
});
