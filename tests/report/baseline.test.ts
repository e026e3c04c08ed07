import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runAudit } from '../../src/audit.ts';
import { type Baseline, countEntries, entriesLeft, entriesToday } from '../../src/report/baseline.ts';
import { compareReports } from '../../src/report/compare/compare.ts';
import { findingsOfSeverity } from '../../src/report/kept-findings.ts';
import type { AuditReport } from '../../src/report/report.ts';
import { savedForm } from '../../src/report/saved-form.ts';
import { reportSchema } from '../../src/report/schema.ts';
import { loadRuleset } from '../../src/ruleset/load.ts';
import { PLAIN_REQUEST } from '../audit-request.ts';
import { ruleOf } from '../kinds/audit-rules.ts';

const folder = mkdtempSync(join(tmpdir(), 'funnelint-known-'));
afterAll(() => rmSync(folder, { recursive: true }));

const STAGES = `version: 1
extends: []
stages:
  - {id: lead, match: [Lead]}
  - {id: won, match: [Won], kind: won}
  - {id: lost, match: [Lost], kind: lost}
fields:
  id: {column: id}
  stage: {column: stage}
  amount: {column: amount, type: money}
  owner: {column: owner}
history:
  deal_id: {column: deal_id}
  to_stage: {column: stage}
  changed_at: {column: changed_at, type: date}
source: {currency: USD, key: [id]}
`;

interface Given {
  readonly deals: string;
  readonly rules: string;
  readonly history?: string;
  readonly baseline?: Baseline;
  readonly onlyNew?: boolean;
}

let audits = 0;
function audit({ deals, rules, history, baseline, onlyNew = false }: Given): Promise<AuditReport> {
  audits += 1;
  const write = (name: string, text: string): string => {
    const path = join(folder, `${audits}-${name}`);
    writeFileSync(path, text);
    return path;
  };
  return runAudit({
    ...PLAIN_REQUEST,
    file: write('deals.csv', deals),
    history: history === undefined ? null : write('history.csv', history),
    ruleset: loadRuleset({ file: write('funnelint.yaml', `${STAGES}rules:\n${rules}`), packs: [] }),
    asOf: '2026-06-01',
    baseline: baseline ?? null,
    onlyNew,
  });
}

const NOTHING = new Map<string, number>();

function accepted(report: AuditReport): Baseline {
  return { file: 'known.txt', entries: entriesToday(report, NOTHING) };
}

/** Audits one list against what was accepted in another. */
async function next(before: Given, after: Given): Promise<AuditReport> {
  return audit({ ...after, baseline: accepted(await audit(before)) });
}

/** Open deals by id and owner, amounts of 100. */
function deals(...rows: readonly string[]): string {
  return `id,stage,amount,owner\n${rows.map((row) => `${row}\n`).join('')}`;
}

const OWNER = '  owned: {required: [owner]}\n';
const TWO_MISSING = deals('A,Lead,100,', 'B,Lead,100,', 'C,Lead,100,Ann', 'D,Lead,100,Ann');
const SWAPPED = deals('A,Lead,100,', 'B,Lead,100,Ben', 'C,Lead,100,', 'D,Lead,100,Ann');

describe('a finding that the baseline knows', () => {
  it('does not count, and its money is not at stake', async () => {
    const report = await next({ deals: TWO_MISSING, rules: OWNER }, { deals: TWO_MISSING, rules: OWNER });
    const { verdict, counts, amount } = ruleOf(report, 'owned');
    expect({ verdict, amount }).toEqual({ verdict: 'pass', amount: {} });
    expect(counts).toMatchObject({ checked: 4, violating: 0, known: 2 });
    expect(report.findings.map(({ known }) => known)).toEqual([true, true]);
    expect(report.gate).toMatchObject({ exitCode: 0, failing: 0 });
    expect(reportSchema.safeParse(JSON.parse(JSON.stringify(report))).error).toBeUndefined();
  });

  it('does not hide another one that takes its place', async () => {
    const report = await next({ deals: TWO_MISSING, rules: OWNER }, { deals: SWAPPED, rules: OWNER });
    expect(report.baseline).toEqual({ file: 'known.txt', known: 1, new: 1, gone: 1 });
    expect(ruleOf(report, 'owned')).toMatchObject({ verdict: 'fail', counts: { violating: 1, known: 1 } });
    expect(ruleOf(report, 'owned').amount).toEqual({ USD: 100 });
    // What is new comes first.
    expect(report.findings.map(({ deal, known }) => [deal, known])).toEqual([
      ['C', undefined],
      ['A', true],
    ]);
  });

  it('is held against the threshold no more, and the new ones are as grave as the verdict on them', async () => {
    const rules = "  owned: {required: [owner], fail: '> 2 rows'}\n";
    const three = deals('A,Lead,1,', 'B,Lead,1,', 'C,Lead,1,', 'D,Lead,1,Ann', 'E,Lead,1,Ann');
    const five = deals('A,Lead,1,', 'B,Lead,1,', 'C,Lead,1,', 'D,Lead,1,', 'E,Lead,1,');
    const report = await next({ deals: three, rules }, { deals: five, rules });
    expect(ruleOf(report, 'owned')).toMatchObject({ verdict: 'pass', counts: { violating: 2, known: 3 } });
    expect(report.findings.map(({ deal, severity }) => `${deal} ${severity}`)).toEqual([
      'D info',
      'E info',
      'A error',
      'B error',
      'C error',
    ]);
  });

  it('is one of several of its row: the row counts as long as one is new', async () => {
    const rules = '  filled: {required: [owner, amount]}\n';
    const report = await next(
      { deals: deals('A,Lead,100,'), rules },
      { deals: deals('A,Lead,,', 'B,Lead,1,Ann'), rules },
    );
    expect(report.baseline).toMatchObject({ known: 1, new: 1, gone: 0 });
    expect(ruleOf(report, 'filled').counts).toMatchObject({ violating: 1, known: 0 });
  });

  it('is as many as the baseline holds: a third copy of a deal is new', async () => {
    const rules = '  once: {unique: id}\n';
    const copy = 'A,Lead,100,Ann';
    const report = await next({ deals: deals(copy, copy), rules }, { deals: deals(copy, copy, copy), rules });
    expect(report.baseline).toMatchObject({ known: 2, new: 1, gone: 0 });
    expect(ruleOf(report, 'once')).toMatchObject({ verdict: 'fail', counts: { violating: 1, known: 2 } });
  });

  it('is taken off its own segment', async () => {
    const rules = '  sized: {required: [amount], per: owner}\n';
    const before = deals('A,Lead,,Ann', 'B,Lead,1,Ann', 'C,Lead,1,Ben', 'D,Lead,1,Ben');
    const after = deals('A,Lead,,Ann', 'B,Lead,1,Ann', 'C,Lead,,Ben', 'D,Lead,1,Ben');
    const { verdict, segments } = ruleOf(await next({ deals: before, rules }, { deals: after, rules }), 'sized');
    expect(verdict).toBe('fail');
    expect(segments.map(({ segment, verdict: own, counts }) => [segment, own, counts.violating, counts.known])).toEqual(
      [
        ['Ann', 'pass', 0, 1],
        ['Ben', 'fail', 1, 0],
      ],
    );
  });

  it('may stand in no deal: a row that was set aside', async () => {
    const rules = '  whole: {set_aside: [ragged]}\n';
    const broken = deals('A,Lead,100,Ann', 'B,Lead,1,Ben,surplus');
    const moved = deals('C,Lead,1,Ben', 'B,Lead,1,Ben,surplus', 'A,Lead,100,Ann', 'E,Lead,1,Ben,more');
    const report = await next({ deals: broken, rules }, { deals: moved, rules });
    expect(report.baseline).toMatchObject({ known: 1, new: 1, gone: 0 });
    expect(ruleOf(report, 'whole')).toMatchObject({ verdict: 'fail', counts: { violating: 1, known: 1 } });
  });
});

describe('a figure that the baseline knows to be bad', () => {
  const closed = (won: number, lost: number, owner: string): string[] => [
    ...Array.from({ length: won }, (_, deal) => `${owner}w${deal},Won,100,${owner}`),
    ...Array.from({ length: lost }, (_, deal) => `${owner}l${deal},Lost,100,${owner}`),
  ];
  const rules = "  wins: {metric: win_rate, fail: '< 50%', mode: point}\n";
  const perOwner = "  wins: {metric: win_rate, per: owner, fail: '< 50%', mode: point}\n";

  it('is known also with another value', async () => {
    const before = { deals: deals(...closed(10, 30, 'Ann')), rules };
    const report = await next(before, { deals: deals(...closed(8, 32, 'Ann')), rules });
    expect(report.baseline).toMatchObject({ known: 1, new: 0, gone: 0 });
    expect(ruleOf(report, 'wins')).toMatchObject({ verdict: 'pass', counts: { known: 1 } });
  });

  it('is known of its segment alone', async () => {
    const before = { deals: deals(...closed(10, 30, 'Ann'), ...closed(30, 10, 'Ben')), rules: perOwner };
    const after = { deals: deals(...closed(9, 30, 'Ann'), ...closed(10, 30, 'Ben')), rules: perOwner };
    const report = await next(before, after);
    expect(report.baseline).toMatchObject({ known: 1, new: 1, gone: 0 });
    const { verdict, counts, segments } = ruleOf(report, 'wins');
    expect({ verdict, known: counts.known }).toEqual({ verdict: 'fail', known: 1 });
    expect(segments.map(({ segment, verdict: own, counts: { known } }) => [segment, own, known])).toEqual([
      ['Ann', 'pass', 1],
      ['Ben', 'fail', 0],
    ]);
  });

  it('is found again by a comparison of segments, whose counts are others every week', async () => {
    const compared = '  odd: {segment: {by: owner}}\n';
    const before = deals(...closed(36, 4, 'Ann'), ...closed(4, 36, 'Ben'));
    const after = deals(...closed(35, 5, 'Ann'), ...closed(5, 36, 'Ben'));
    const report = await next({ deals: before, rules: compared }, { deals: after, rules: compared });
    expect(report.findings).toHaveLength(1);
    expect(report.baseline).toMatchObject({ known: 1, new: 0, gone: 0 });
    expect(ruleOf(report, 'odd').verdict).toBe('pass');
  });
});

describe('a rule that cannot be judged', () => {
  const rules = `${OWNER}  told: {log_rows: [unknown-stage]}\n`;
  const history = 'deal_id,stage,changed_at\nA,Dreaming,2026-01-01\nB,Dreaming,2026-01-02\n';

  it('leaves open whether its findings are gone, and they stay in the baseline', async () => {
    const first = await audit({ deals: TWO_MISSING, rules, history });
    const baseline = accepted(first);
    expect(countEntries(baseline.entries)).toBe(4);
    const report = await audit({ deals: SWAPPED, rules, baseline });
    expect(report.baseline).toMatchObject({ known: 1, new: 1, gone: 1, unchecked: { findings: 2, rules: ['told'] } });
    expect(countEntries(entriesLeft(report, baseline.entries))).toBe(3);
    expect(countEntries(entriesToday(report, baseline.entries))).toBe(4);
    const later = await audit({
      deals: SWAPPED,
      rules,
      history,
      baseline: { ...baseline, entries: entriesToday(report, baseline.entries) },
    });
    expect(later.baseline).toEqual({ file: 'known.txt', known: 4, new: 0, gone: 0 });
  });

  it('is gone with its findings when it is taken out of the rules', async () => {
    const baseline = accepted(await audit({ deals: TWO_MISSING, rules, history }));
    const report = await audit({ deals: TWO_MISSING, rules: OWNER, baseline });
    expect(report.baseline).toEqual({ file: 'known.txt', known: 2, new: 0, gone: 2 });
    expect(countEntries(entriesLeft(report, baseline.entries))).toBe(2);
  });
});

describe('only what is new', () => {
  it('is in the report, which still tells a comparison of the known ones', async () => {
    const before = await audit({ deals: TWO_MISSING, rules: OWNER });
    const report = await audit({ deals: SWAPPED, rules: OWNER, baseline: accepted(before), onlyNew: true });
    expect(report.findings.map(({ deal }) => deal)).toEqual(['C']);
    expect(ruleOf(report, 'owned').counts).toMatchObject({ violating: 1, known: 1 });
    expect(findingsOfSeverity(report, 'error')).toBe(2);
    const { findings } = compareReports({ file: 'a', report: before }, { file: 'b', report: savedForm(report) });
    expect(findings).toMatchObject({ new: 1, gone: 1, kept: 1 });
  });
});

describe('a list of 20,000 faults', () => {
  it('is held against a baseline of as many in little time', { timeout: 60_000 }, async () => {
    const rows = Array.from({ length: 20_000 }, (_, deal) => `${deal},Lead,1,`);
    const first = await audit({ deals: deals(...rows), rules: OWNER });
    const baseline = accepted(first);
    const start = performance.now();
    const report = await audit({ deals: deals(...rows.reverse()), rules: OWNER, baseline });
    expect(report.baseline).toMatchObject({ known: 20_000, new: 0, gone: 0 });
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
