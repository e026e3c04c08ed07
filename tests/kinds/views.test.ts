import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runAudit } from '../../src/audit.ts';
import type { Dataset } from '../../src/dataset/dataset.ts';
import { createTranslator } from '../../src/i18n/translator.ts';
import { isCalledFor } from '../../src/kinds/obstacle.ts';
import type { AuditReport } from '../../src/report/report.ts';
import { loadRuleset } from '../../src/ruleset/load.ts';
import { PLAIN_REQUEST } from '../audit-request.ts';

const TABLES = `
version: 1
extends: [funnelint:recommended]
tables:
  visits:
    label: {en: Visits, zh: 拜访}
    key: [Visit, 拜访编号]
    of: deal
    fields:
      deal: {label: {en: Deal, zh: 商机}, type: text, column: [Deal, 商机编号]}
      at: {label: {en: Day, zh: 日期}, type: date, column: [Day, 日期]}
      cost: {label: {en: Cost, zh: 费用}, type: money, optional: true, column: [Cost, 费用]}
      owner: {label: {en: Visitor, zh: 拜访人}, type: text, optional: true, column: [Visitor, 拜访人]}
      note: {label: {en: Note, zh: 纪要}, type: text, optional: true, column: [Note, 纪要]}
  leads:
    label: {en: Leads, zh: 线索}
    is_list: true
    key: [Lead No, 线索编号]
    fields:
      lead: {type: text, column: [Lead No, 线索编号]}
      status: {label: {en: Lead status, zh: 线索状态}, type: text, column: [Lead Status, 线索状态]}
`;

interface Files {
  readonly rules: string;
  readonly deals: string;
  readonly history?: string;
  readonly previous?: Readonly<Record<string, string>>;
  readonly tables?: Readonly<Record<string, string>>;
}

/** Audits with the rules of the file alone, as of 2026-06-01. */
async function audit({ rules, deals, history, previous = {}, tables = {} }: Files): Promise<AuditReport> {
  const folder = mkdtempSync(join(tmpdir(), 'funnelint-views-'));
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  try {
    const file = write('funnelint.yaml', `${TABLES}rules:\n${rules}`);
    const ruleset = loadRuleset({ file, packs: [] });
    const own = ruleset.rules.filter(({ origin }) => origin.file === file);
    return await runAudit({
      ...PLAIN_REQUEST,
      file: write('deals.csv', deals),
      history: history === undefined ? null : write('history.csv', history),
      previous: Object.entries(previous).map(([date, text]) => write(`deals-${date}.csv`, text)),
      tables: Object.fromEntries(Object.entries(tables).map(([id, text]) => [id, write(`${id}.csv`, text)])),
      ruleset: { ...ruleset, rules: own },
      asOf: '2026-06-01',
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function verdicts({ rules }: AuditReport): readonly (readonly [string, string, string | null])[] {
  return rules.map(({ id, verdict, reason }) => [id, verdict, reason?.en ?? null]);
}

function countsOf(report: AuditReport): readonly number[] {
  return report.rules.flatMap(({ counts }) => [counts.checked, counts.violating, counts.unknown, counts.filteredOut]);
}

function messages(report: AuditReport): readonly string[] {
  const translator = createTranslator('en', report.labels);
  return report.findings.map(({ rule, message, args }) => {
    const text = report.rules.find(({ id }) => id === rule)?.messages[message];
    return text === undefined ? message : translator.text(text, args);
  });
}

const DEALS = 'id,stage,owner,amount\nA,Lead,Ann,10\nB,Won,Ben,20\nC,Lead,Ann,\n';
const VISITS = `Visit,Deal,Day,Cost,Visitor,Note
v1,A,2026-05-01,5,Ann,first
v2,A,2026-05-20,7,,second
v3,B,2026-06-20,,Ben,
v4,Z,2026-05-02,3,,third
`;

describe('on', () => {
  it('judges the rows of a table, with their places, keys and owners', async () => {
    const report = await audit({
      rules: '  x/future: {on: visits, assert: at <= today}',
      deals: DEALS,
      tables: { visits: VISITS },
    });
    expect(countsOf(report)).toEqual([4, 1, 0, 0]);
    expect(report.findings).toMatchObject([
      { deal: 'v3', owner: 'Ben', field: 'visits.at', value: '2026-06-20', at: { cell: 'C4', line: 4 } },
    ]);
    expect(report.findings[0]?.at.file).toMatch(/visits\.csv$/);
    expect(messages(report)).toEqual(['expected at <= today; found Day 2026-06-20']);
  });

  it.each([
    ['required: note', [4, 1, 0, 0], ['Note is empty']],
    ['allowed: {field: note, values: [first, second]}', [3, 1, 1, 0], ['Note is “third”; allowed: first, second']],
    ['range: {field: cost, max: 6}', [3, 1, 1, 0], ['Cost 7 is outside … – 6']],
    ['unique: deal', [4, 2, 0, 0], ['same Deal in 2 rows (2, 3): A', 'same Deal in 2 rows (2, 3): A']],
    [
      'cadence: {field: at, limit: 30d}',
      [4, 1, 0, 0],
      ['last follow-up 2026-05-01, 31 days ago; agreed: every 30 days'],
    ],
  ])('lets %s judge them', async (verb, counts, texts) => {
    const rules = `  x/rule:\n    on: visits\n    ${verb}`;
    const report = await audit({ rules, deals: DEALS, tables: { visits: VISITS } });
    expect(report.faults).toEqual([]);
    expect(countsOf(report)).toEqual(counts);
    expect(messages(report)).toEqual(texts);
  });

  it('picks, groups and excepts rows', async () => {
    const report = await audit({
      rules: `  x/cost: {on: visits, where: note is present, assert: cost < 6, per: deal}
exceptions: [{rule: x/cost, key: v2, reason: agreed}]`,
      deals: DEALS,
      tables: { visits: VISITS },
    });
    expect(report.rules[0]?.counts).toEqual({ checked: 2, violating: 0, unknown: 0, filteredOut: 1, excepted: 1 });
    expect(report.rules[0]?.segments.map(({ segment, counts }) => [segment, counts.checked])).toEqual([
      ['A', 1],
      ['B', 0],
      ['Z', 1],
    ]);
    expect(report.exceptions).toMatchObject([{ state: 'active' }]);
  });

  it('looks up the deal a row belongs to, and takes its owner where the row has none', async () => {
    const report = await audit({
      rules: '  x/closed: {on: visits, assert: "any(deals, stage.kind = open)"}',
      deals: DEALS,
      tables: { visits: 'Visit,Deal,Day\nv1,A,2026-05-01\nv2,B,2026-05-01\nv3,Z,2026-05-01\nv4,,2026-05-01\n' },
    });
    expect(countsOf(report)).toEqual([3, 2, 1, 0]);
    expect(report.findings.map(({ deal, owner }) => [deal, owner])).toEqual([
      ['v2', 'Ben'],
      ['v3', null],
    ]);
  });

  it('takes the list itself for the table it is', async () => {
    const rules = '  x/status: {on: leads, required: status}';
    const report = await audit({ rules, deals: 'Lead No,Name,Lead Status\nL1,x,New\nL2,y,\n' });
    expect(report.findings).toMatchObject([{ deal: 'L2', at: { cell: 'C3' } }]);
    const absent = await audit({ rules, deals: DEALS });
    expect(verdicts(absent)).toEqual([['x/status', 'not-run', 'needs the table of leads: --table leads=leads.csv']]);
  });

  it('judges the change log and the latest of the earlier exports', async () => {
    const report = await audit({
      rules: `  x/log: {on: history, assert: to_stage.index >= from_stage.index}
  x/before: {on: previous, assert: "stage.kind = open and any(deals, amount > 0)"}`,
      deals: DEALS,
      history: 'deal_id,from_stage,to_stage,changed_at\nA,Lead,Proposal,2026-05-01\nA,Proposal,Lead,2026-05-02\n',
      previous: {
        '2026-04-01': 'id,stage,owner\nA,Won,Ann\n',
        '2026-05-01': 'id,stage,owner\nA,Lead,Ann\nC,Lead,Ann\nQ,Won,Ben\n',
      },
    });
    expect(report.findings.map(({ rule, deal, at }) => [rule, deal, at.cell])).toEqual([
      ['x/log', 'A', 'C3'],
      ['x/before', 'C', 'B3'],
      ['x/before', 'Q', 'B4'],
    ]);
  });

  it('says which table or column is missing', async () => {
    const report = await audit({
      rules: `  x/a: {on: visits, assert: at <= today}
  x/b: {on: leads, required: status}
  x/c: {assert: "count(history) > 0"}
  x/d: {assert: "any(previous, amount > 0)"}
  x/e: {assert: "sum(visits, cost) < 5"}
  x/f: {assert: "count(visits) > 0 or stage.age < 5d"}`,
      deals: 'stage,owner,Lead No\nLead,Ann,1\n',
      tables: { visits: 'Deal\nA\n' },
    });
    expect(verdicts(report)).toEqual([
      ['x/a', 'not-run', 'no column for Day of Visits'],
      ['x/b', 'not-run', 'no column for Lead status of Leads'],
      ['x/c', 'not-run', 'needs the change log (--history)'],
      ['x/d', 'not-run', 'needs an earlier export (--previous)'],
      ['x/e', 'not-run', 'no column for Deal ID, Cost of Visits'],
      ['x/f', 'not-run', 'no column for Deal ID, In stage since'],
    ]);
  });
});

it('says which columns of a table were taken for its fields', async () => {
  const { inputs } = await audit({ rules: '  x/a: {required: owner}', deals: DEALS, tables: { visits: VISITS } });
  const columns = inputs.find(({ role }) => role === 'table')?.columns.map(({ header, field }) => [header, field]);
  expect(columns).toEqual([
    ['Visit', null],
    ['Deal', 'deal'],
    ['Day', 'at'],
    ['Cost', 'cost'],
    ['Visitor', 'owner'],
    ['Note', 'note'],
  ]);
});

it('takes the order of day and month for a field of a table too', async () => {
  const rules = '  x/a: {on: visits, assert: at <= today}\nsource: {dates: {at: DD/MM/YYYY}}';
  const tables = { visits: 'Visit,Deal,Day\nv1,A,05/06/2026\n' };
  const report = await audit({ rules, deals: DEALS, tables });
  expect(report.findings.map(({ deal }) => deal)).toEqual(['v1']);
});

it('refuses a table whose rows neither name a deal nor can be named', async () => {
  const rules = '  x/a: {on: visits, assert: at <= today}';
  await expect(audit({ rules, deals: DEALS, tables: { visits: 'Day,Cost\n2026-05-01,3\n' } })).rejects.toMatchObject({
    code: 'tables/no-deal',
    args: { table: 'visits', field: 'deal', known: 'Deal, 商机编号' },
  });
});

it('joins the earlier export by all fields of the key', async () => {
  const report = await audit({
    rules: `  x/kept: {assert: "first(previous, amount) = amount"}
source: {key: [name, owner]}`,
    deals: 'name,owner,stage,amount\nX,Ann,Lead,1\nX,Ben,Lead,2\nY,Ann,Lead,3\n',
    history: 'Deal Name,to_stage,changed_at\nX,Lead,2026-01-01\n',
    previous: { '2026-05-01': 'name,owner,stage,amount\nX,Ben,Lead,2\nX,Ann,Lead,5\n' },
  });
  expect(report.findings.map(({ deal }) => deal)).toEqual(['X|Ann']);
  expect(countsOf(report)).toEqual([2, 1, 1, 0]);
});

it('says nothing of rules that everybody has about tables that are not given', async () => {
  const ruleset = (rules: string) => {
    const folder = mkdtempSync(join(tmpdir(), 'funnelint-views-'));
    try {
      writeFileSync(join(folder, 'funnelint.yaml'), `${TABLES}rules:\n${rules}`);
      return loadRuleset({ file: join(folder, 'funnelint.yaml'), packs: [] });
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
  const dataset = { tables: new Map(), columns: new Map() } as Partial<Dataset> as Dataset;
  const called = (rules: string, id: string) => {
    const rule = ruleset(rules).rules.find((each) => each.id === id);
    return rule !== undefined && isCalledFor(rule, dataset);
  };
  expect(called('  x/a: {required: owner}', 'link/account-unknown')).toBe(false);
  expect(called('  x/a: {required: owner}', 'owner/missing')).toBe(true);
  expect(called('  link/account-unknown: warn', 'link/account-unknown')).toBe(true);
  expect(called('  link/account-unknown: off', 'link/account-unknown')).toBe(false);
  expect(called('  x/a: {on: visits, required: at}', 'x/a')).toBe(true);
});

describe('each', () => {
  it('judges the values of a field, at the first deal that has them', async () => {
    const report = await audit({
      rules: '  x/load: {each: owner, assert: "count(deals, stage.kind = open) < 2"}',
      deals: 'id,stage,owner\nA,Won,Ann\nB,Lead,Ben\nC,Lead,Ann\nD,Lead,Ann\nE,Lead,\n',
    });
    expect(countsOf(report)).toEqual([2, 1, 0, 0]);
    expect(report.findings).toMatchObject([
      { deal: null, name: 'Ann', owner: 'Ann', amount: null, at: { cell: 'C2', line: 2 } },
    ]);
  });

  it('adds up tables that have the field, and knows exceptions by the value', async () => {
    const report = await audit({
      rules: `  x/cost: {each: owner, assert: "coalesce(sum(visits, cost), 0) <= 4"}
exceptions: [{rule: x/cost, key: Ann, reason: new}]`,
      deals: DEALS,
      tables: { visits: VISITS },
    });
    expect(report.rules[0]?.counts).toMatchObject({ checked: 1, violating: 0, excepted: 1 });
  });

  it('ranks', async () => {
    const rows = Array.from({ length: 20 }, (_, index) => `${index},Lead,P${Math.min(index, 10)}`);
    const report = await audit({
      rules: '  x/rank: {each: owner, assert: "percent_rank(count(deals)) <= 90%"}',
      deals: `id,stage,owner\n${rows.join('\n')}\n`,
    });
    // Ten of eleven owners have fewer deals than the last one: 91 %.
    expect(report.findings.map(({ name }) => name)).toEqual(['P10']);
  });
});
