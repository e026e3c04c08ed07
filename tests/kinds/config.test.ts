import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runAudit } from '../../src/audit.ts';
import { createTranslator } from '../../src/i18n/translator.ts';
import { KINDS } from '../../src/kinds/index.ts';
import type { AuditReport } from '../../src/report/report.ts';
import { loadRuleset } from '../../src/ruleset/load.ts';
import { packNames } from '../../src/ruleset/pack-files.ts';
import type { Ruleset } from '../../src/ruleset/ruleset.ts';
import { PLAIN_REQUEST } from '../audit-request.ts';

const folder = mkdtempSync(join(tmpdir(), 'funnelint-config-'));
afterAll(() => rmSync(folder, { recursive: true }));
const RULES = join(folder, 'funnelint.yaml');
const DEALS = join(folder, 'deals.csv');
const ENGLISH = createTranslator('en', { fields: {}, stages: {} });

async function audit(ruleset: Ruleset, wanted: (id: string) => boolean, deals: string): Promise<AuditReport> {
  writeFileSync(DEALS, deals);
  const rules = ruleset.rules.filter(({ id }) => wanted(id));
  return runAudit({ ...PLAIN_REQUEST, file: DEALS, ruleset: { ...ruleset, rules }, asOf: '2026-06-01' });
}

/** `line message` of what a check finds in a rules file. */
async function flaws(check: string, yaml: string, deals = 'id,stage\n1,Lead\n'): Promise<readonly string[]> {
  writeFileSync(RULES, `version: 1\n${yaml}${/^rules:/m.test(yaml) ? '' : 'rules:\n'}  my/check: {config: ${check}}\n`);
  const report = await audit(loadRuleset({ file: RULES, packs: [] }), (id) => id === 'my/check', deals);
  expect(report.faults).toEqual([]);
  return report.findings.map(({ message, args, at }) => {
    expect(at).toMatchObject({ file: RULES, sheet: null, cell: null });
    return `${at.line} ${ENGLISH.text(KINDS.get('config')?.messages[message] ?? { en: '', zh: '' }, args)}`;
  });
}

/** A stage list whose open stage has these exit criteria. */
function withExit(exit: string): string {
  return `stages:
  - {id: lead, match: [Lead], exit: '${exit}'}
  - {id: won, kind: won, match: [Won]}
  - {id: lost, kind: lost, match: [Lost]}
extends: [funnelint:recommended, funnelint:fields]
`;
}

describe('the packs that ship', () => {
  const recommended = loadRuleset({ file: null, packs: [] }).rules.map(({ id }) => id);

  it.each(packNames())('%s has a sound stage list', async (pack) => {
    const ruleset = loadRuleset({ file: null, packs: pack === 'recommended' ? [] : [pack] });
    const report = await audit(
      ruleset,
      (id) => id.startsWith('config/') && recommended.includes(id),
      'id,stage,status\n1,Lead,Open\n',
    );
    expect(report.findings.map(({ rule, args }) => `${rule} ${JSON.stringify(args)}`)).toEqual([]);
    expect(report.rules.length).toBeGreaterThanOrEqual(8);
  });
});

describe('exit criteria', () => {
  it.each(['today > 2026-01-01', 'stage.index >= 1', 'stage = won or 1 = 2'])(
    'are no test of a field: %s',
    async (exit) => {
      expect(await flaws('criterion-not-measurable', withExit(exit))).toEqual([
        `3 the exit criteria of lead test no field: ${exit}`,
      ]);
      expect(await flaws('criterion-counts-activity', withExit(exit))).toEqual([]);
    },
  );

  it.each([
    'activity is present',
    'today - created > 14d',
    'days(today - created) > 14',
    'activity >= today - 7d',
    'budget is present or today - created > 90d',
    'weekdays(created, today) >= 10d and next_activity is present',
    'count(activities) >= 3',
    'count(activities, type = "call") >= 3 and stage.age > 7d',
  ])('count activities or days: %s', async (exit) => {
    expect(await flaws('criterion-counts-activity', withExit(exit))).toEqual([
      `3 the exit criteria of lead only count activities or days: ${exit}`,
    ]);
    expect(await flaws('criterion-not-measurable', withExit(exit))).toEqual([]);
  });

  it.each([
    'budget is present',
    'amount > 0 and today - created > 3d',
    'decision_role in ["CEO", "CFO"]',
    'not (budget is missing)',
    '`Demo held` is present',
    'close >= today',
    'any(activities, inbound)',
    'count(contracts) > 0',
  ])('are milestones: %s', async (exit) => {
    expect(await flaws('criterion-counts-activity', withExit(exit))).toEqual([]);
    expect(await flaws('criterion-not-measurable', withExit(exit))).toEqual([]);
  });
});

describe('stages that overlap', () => {
  it('share a word, however it is spelt', async () => {
    const yaml = `stages:
  - {id: lead, match: [New Lead, 線索]}
  - {id: contact, match: [new-lead, 线索, 初步接触]}
  - {id: won, kind: won}
`;
    expect(await flaws('stages-overlap', yaml)).toEqual(['4 lead and contact go by the same words: new lead, 线索']);
  });

  it('have the same criteria, in another order and with other brackets', async () => {
    const yaml = `stages:
  - {id: lead, match: [Lead], exit: budget is present and (amount > 0 and contact is present)}
  - {id: proposal, match: [Proposal], exit: contact is present and amount>0 and budget is present}
  - {id: closing, match: [Closing], exit: contact is present and amount > 1 and budget is present}
  - {id: signing, match: [Signing], exit: 'count(contracts, amount > 1) > 0'}
  - {id: paying, match: [Paying], exit: 'count(contracts, amount > 2) > 0'}
extends: [funnelint:recommended, funnelint:fields]
`;
    expect(await flaws('stages-overlap', yaml)).toEqual([
      '4 lead and proposal have the same exit criteria: contact is present and amount>0 and budget is present',
    ]);
  });
});

describe('won and lost', () => {
  it.each([
    ['no-terminal-stage', '{id: a}', '', ['3 no stage is won and none lost, and no column tells either']],
    [
      'no-terminal-stage',
      '{id: a}, {id: l, kind: lost}',
      '',
      ['3 no stage is won, and no column tells which deals are'],
    ],
    ['no-terminal-stage', '{id: a}, {id: w, kind: won}', '', []],
    ['no-terminal-stage', '{id: a}', 'Status', []],
    ['no-lost-stage', '{id: a}, {id: w, kind: won}', '', ['3 no stage is lost, and no column tells which deals are']],
    ['no-lost-stage', '{id: a}, {id: w, kind: won}', 'Status', []],
    ['no-lost-stage', '{id: a}', '', []],
  ])('%s of %s with %j', async (check, stages, column, expected) => {
    const deals = column === '' ? 'id,stage\n1,a\n' : `id,stage,${column}\n1,a,Open\n`;
    expect(await flaws(check, `stages:\n  [${stages}]\n`, deals)).toEqual(expected);
  });
});

describe('rules that can never apply', () => {
  const STAGES =
    'stages: [{id: lead, match: [Lead]}, {id: demo, match: [Demo]}, {id: won, kind: won}, {id: lost, kind: lost}]\n';

  it.each([
    'stage.kind = dormant',
    'stage = lead and stage = demo',
    'stage.index > 3',
    'stage in [lead, demo] and stage.kind != open',
    'not (stage.kind in [open, won, lost])',
    'amount > 5 and (stage.kind = dormant or stage.index < 0)',
  ])('meet no stage: %s', async (where) => {
    const yaml = `${STAGES}rules:\n  my/rule: {where: "${where}", assert: amount > 0}\n`;
    expect(await flaws('rule-unreachable', yaml)).toEqual([`4 my/rule can never apply: no stage meets “${where}”`]);
  });

  it.each([
    'stage.kind = open',
    'stage = lead or amount > 5',
    'not (stage = lead)',
    'stage.index >= 3',
    'amount > 5 and amount < 3',
    'stage.kind = open or stage.kind = dormant',
  ])('may meet one: %s', async (where) => {
    const yaml = `${STAGES}rules:\n  my/rule: {where: "${where}", assert: amount > 0}\n`;
    expect(await flaws('rule-unreachable', yaml)).toEqual([]);
  });

  it('read a field that has no header, unless the file has it', async () => {
    const yaml = 'fields: {colour: {type: text}}\nrules:\n  my/rule: {required: colour}\n';
    expect(await flaws('rule-unreachable', yaml)).toEqual(['4 my/rule can never apply: no header is known for colour']);
  });

  it('name a stage that the list has not, through a pack', async () => {
    const yaml = `${STAGES}rules:\n  deal/amount-missing: error\n`;
    expect(await flaws('rule-unreachable', yaml)).toEqual([
      '4 deal/amount-missing can never apply: the stage list has no “proposal”',
    ]);
  });

  it('are left alone where they are off or come from a pack', async () => {
    expect(await flaws('rule-unreachable', STAGES)).toEqual([]);
    expect(await flaws('rule-unreachable', `${STAGES}rules:\n  deal/amount-missing: off\n`)).toEqual([]);
  });
});

describe('the limits of a check', () => {
  it('are options', async () => {
    const yaml = 'stages: [{id: a, match: [A], require: [owner, amount]}, {id: w, kind: won, label: Won}]\n';
    expect(await flaws('{check: stage-count, min: 2}', yaml)).toEqual([]);
    expect(await flaws('{check: stage-count, max: 1, min: 1}', yaml)).toHaveLength(1);
    expect(await flaws('{check: too-many-required, over: 1}', yaml)).toEqual([
      '2 a asks for 2 fields, more than 1: owner, amount',
    ]);
    expect(await flaws('{check: stage-undefined, both: true}', yaml)).toEqual([
      '2 a has no definition',
      '2 w has no definition',
    ]);
  });

  it('count what rules ask for from the stage on', async () => {
    const yaml = `stages: [{id: a, match: [A], require: [owner]}]
rules:
  my/more: {required: {fields: [amount, owner], from: a}}
`;
    expect(await flaws('{check: too-many-required, over: 1}', yaml)).toEqual([
      '2 a asks for 2 fields, more than 1: owner, amount',
    ]);
  });
});
