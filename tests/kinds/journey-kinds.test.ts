import { describe, expect, it } from 'vitest';
import { auditTables, dealsOf, messagesOf, ruleOf } from './audit-rules.ts';

const STAGES = `stages:
  - {id: lead, label: {en: Lead, zh: 线索}}
  - {id: offer, label: {en: Offer, zh: 报价}}
  - {id: contract, label: {en: Contract, zh: 合同}}
  - {id: won, kind: won, label: {en: Won, zh: 赢单}}
  - {id: lost, kind: lost, label: {en: Lost, zh: 输单}}
  - {id: resting, kind: dormant, label: {en: Resting, zh: 搁置}}
`;
const rulesWith = (rule: string, more = ''): string =>
  `version: 1\nextends: [funnelint:recommended]\n${STAGES}${more}rules:\n  my/rule: {${rule}}\n`;

/** `1: Lead 3` is one change on 3 May. */
function logOf(journeys: Readonly<Record<string, readonly string[]>>, by = ''): string {
  const lines = Object.entries(journeys).flatMap(([deal, steps]) =>
    steps.map((step) => {
      const [stage, day] = step.split(' ');
      return `${deal},${stage},2026-05-${day!.padStart(2, '0')},${by}`;
    }),
  );
  return `deal_id,to_stage,changed_at,changed_by\n${lines.join('\n')}\n`;
}

function dealsOfLog(journeys: Readonly<Record<string, readonly string[]>>): string {
  const lines = Object.entries(journeys).map(([deal, steps]) => `${deal},${steps.at(-1)!.split(' ')[0]}`);
  return `id,stage\n${lines.join('\n')}\n`;
}

it('lets deals go one stage forward, and out of the funnel from anywhere', async () => {
  const journeys = {
    sound: ['Lead 1', 'Offer 2', 'Contract 3', 'Won 4'],
    lost: ['Lead 1', 'Lost 2'],
    woken: ['Lead 1', 'Resting 2', 'Contract 3'],
    skipped: ['Lead 1', 'Contract 2'],
    early: ['Lead 1', 'Offer 2', 'Won 3'],
    back: ['Lead 1', 'Offer 2', 'Lead 3'],
    reopened: ['Lead 1', 'Lost 2', 'Offer 3'],
  };
  const rules = rulesWith('transition: {moves: one-forward}');
  const report = await auditTables({ rules, deals: dealsOfLog(journeys), history: logOf(journeys) });
  expect(dealsOf(report, 'my/rule')).toEqual(['skipped', 'early', 'back', 'reopened']);
});

describe('moves in bulk', () => {
  const rules = rulesWith('transition: {forbid: bulk, limit: 2, within: minute}');
  const rows = (by: readonly string[], time: (deal: number) => string): string =>
    by.map((person, deal) => `${deal},Lead,2026-05-01 08:00,robot\n${deal},Offer,${time(deal)},${person}\n`).join('');
  const audit = (history: string) =>
    auditTables({
      rules,
      deals: 'id,stage,owner\n0,Offer,Bo\n1,Offer,Cy\n2,Offer,Di\n',
      history: `deal_id,to_stage,changed_at,changed_by\n${history}`,
    });

  it('are those of one person, by the log, within the minute', async () => {
    const report = await audit(rows(['Ann', 'Ann', 'Ann'], (deal) => `2026-05-02 10:30:${10 + deal}`));
    expect(messagesOf(report, 'my/rule')).toEqual(
      Array(3).fill('moved to Offer on 2026-05-02, one of 3 moves by Ann at once'),
    );
  });

  it('are none of several people, nor a minute apart, nor the first entry of each deal', async () => {
    expect(dealsOf(await audit(rows(['Ann', 'Ann', 'Bo'], () => '2026-05-02 10:30:10')), 'my/rule')).toEqual([]);
    expect(dealsOf(await audit(rows(['Ann', 'Ann', 'Ann'], (deal) => `2026-05-02 10:3${deal}`)), 'my/rule')).toEqual(
      [],
    );
  });

  it('need a time of day where the minute counts, and somebody who moved', async () => {
    const journeys = { a: ['Lead 1', 'Offer 2'] };
    const dated = await auditTables({ rules, deals: dealsOfLog(journeys), history: logOf(journeys, 'Ann') });
    expect(ruleOf(dated, 'my/rule').verdict).toBe('not-run');
    const nobody = await auditTables({
      rules: rulesWith('transition: bulk'),
      deals: dealsOfLog(journeys),
      history: 'deal_id,to_stage,changed_at\na,Lead,2026-05-01\na,Offer,2026-05-02\n',
    });
    expect(ruleOf(nobody, 'my/rule').verdict).toBe('not-run');
  });
});

it('names the stages whose dates run backwards', async () => {
  const report = await auditTables({
    rules: rulesWith('order: {stages: entered}'),
    deals: [
      'id,stage,Date entered "Lead",Date entered "Offer",Date entered "Contract"',
      'sound,Contract,2026-03-01,2026-03-01,2026-04-01',
      'skipped,Contract,2026-03-01,,2026-04-01',
      'back,Contract,2026-03-01,2026-04-05,2026-04-01',
      'single,Lead,2026-03-01,,',
      '',
    ].join('\n'),
  });
  expect(dealsOf(report, 'my/rule')).toEqual(['back']);
  expect(messagesOf(report, 'my/rule')).toEqual(['Contract 2026-04-01 is before Offer 2026-04-05']);
  expect(ruleOf(report, 'my/rule').counts).toMatchObject({ checked: 3, violating: 1, unknown: 1 });
});

describe('time in stage', () => {
  // Ten stays in Lead of 1, 1, 1, 1, 2, 2, 2, 2, 9 and 9 days: mean 3, median 2.
  const journeys = Object.fromEntries(
    [1, 1, 1, 1, 2, 2, 2, 2, 9, 9].map((days, deal) => [String(deal), ['Lead 1', `Won ${1 + days}`]] as const),
  );
  const audit = (rule: string, more = '') =>
    auditTables({
      rules: rulesWith(`dwell: ${rule}`, more),
      deals: `${dealsOfLog({ ...journeys, now: ['Lead 27'] }).replace('id,stage', 'id,stage,created,closed')}`.replace(
        /Won/g,
        'Won,2026-05-01,2026-05-13',
      ),
      history: logOf({ ...journeys, now: ['Lead 27'] }),
    });

  // The deal in Lead has been there for 5 days.
  it.each([
    ['{times: 1.6, basis: stage-mean}', 4.8],
    ['{times: 1.7, basis: stage-mean}', null],
    ['{times: 2.4, basis: stage-median}', 4.8],
    ['{times: 2.6, basis: stage-median}', null],
    // Won deals took 12 days from creation to closing.
    ['{times: 0.4, basis: cycle-mean}', 4.8],
    ['{times: 0.5, basis: cycle-mean}', null],
  ])('is held against %s', async (rule, limitDays) => {
    const found = messagesOf(await audit(rule), 'my/rule');
    if (limitDays === null) expect(found).toEqual([]);
    else expect(found).toEqual([expect.stringContaining(`in Lead for 5 days; usual `)]);
    if (limitDays !== null) expect(found[0]).toContain(`limit ${limitDays} days`);
  });

  it('is held against a benchmark, of the stage or of all', async () => {
    const own = await audit('{benchmark: 1.2}', 'benchmarks: {dwell: {lead: 4d}}\n');
    expect(messagesOf(own, 'my/rule')).toEqual(['in Lead for 5 days; benchmark 4 days, limit 4.8 days']);
    const other = await audit('{benchmark: 1.2}', 'benchmarks: {dwell: {offer: 4d}}\n');
    expect(ruleOf(other, 'my/rule')).toMatchObject({ verdict: 'no-data', counts: { unknown: 1 } });
    expect(ruleOf(await audit('{benchmark: 1.2}'), 'my/rule').verdict).toBe('not-run');
  });
});

describe('a cadence', () => {
  it('is shorter for urgent deals, whatever their importance', async () => {
    const rule = 'cadence: {by: importance, limits: {High: 7d}, limit: 30d, urgent: {values: [急], limit: 3d}}';
    const report = await auditTables({
      rules: rulesWith(rule),
      deals: [
        'id,stage,importance,urgency,activity',
        'high,Lead,ＨＩＧＨ,,2026-05-24',
        'low,Lead,Low,,2026-05-24',
        'urgent,Lead,Low,急,2026-05-28',
        'called,Lead,High,急,2026-05-29',
        'constructor,Lead,constructor,,2026-05-02',
        '',
      ].join('\n'),
    });
    expect(dealsOf(report, 'my/rule')).toEqual(['high', 'urgent']);
    expect(messagesOf(report, 'my/rule')[1]).toBe('last follow-up 2026-05-28, 4 days ago; agreed: every 3 days');
  });
});
