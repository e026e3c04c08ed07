import { describe, expect, it } from 'vitest';
import { auditTables, dealsOf, messagesOf, ruleOf } from './audit-rules.ts';

const rulesWith = (rule: string): string => `version: 1
extends: [funnelint:recommended]
rules:
  my/change: {${rule}}
`;
const STANDSTILL = rulesWith('change: {of: [stage, amount, close], within: 7d, or: activity}');
const pushes = (count: string): string =>
  rulesWith(`change: {of: close, direction: later, at_most: 0, count: ${count}}`);

describe('a standstill', () => {
  it('ends with any change of a field, and with an activity', async () => {
    const report = await auditTables({
      rules: STANDSTILL,
      deals:
        'id,stage,activity\nstage,Proposal,\namount,Lead,\nclose,Lead,\nactivity,Lead,2026-05-28\nnothing,Lead,2026-05-01\n',
      history: [
        'deal_id,to_stage,changed_at,amount_at,close_at',
        'stage,Lead,2026-03-01,100,2026-07-01',
        'stage,Proposal,2026-05-27,100,2026-07-01',
        'amount,Lead,2026-03-01,100,2026-07-01',
        'amount,Lead,2026-05-27,120,2026-07-01',
        'close,Lead,2026-03-01,100,2026-07-01',
        'close,Lead,2026-05-27,100,2026-08-01',
        'activity,Lead,2026-03-01,100,2026-07-01',
        'nothing,Lead,2026-03-01,100,2026-07-01',
        'nothing,Lead,2026-05-30,100,2026-07-01',
        '',
      ].join('\n'),
    });
    expect(dealsOf(report, 'my/change')).toEqual(['nothing']);
    expect(messagesOf(report, 'my/change')).toEqual([
      'nothing new in Stage, Amount, Close date, Last activity since 2026-05-01, 31 days ago',
    ]);
  });

  it('lasts from the creation on where the log knows of no change', async () => {
    const report = await auditTables({
      rules: STANDSTILL,
      deals: 'id,stage,created\nold,Lead,2026-04-01\nnew,Lead,2026-05-30\nknown,Lead,2026-04-01\n,Lead,\n',
      history: 'deal_id,to_stage,changed_at\nknown,Lead,2026-05-29\n',
    });
    expect(dealsOf(report, 'my/change')).toEqual(['old']);
    expect(ruleOf(report, 'my/change').counts).toMatchObject({ checked: 3, violating: 1, unknown: 1 });
  });

  it('is estimated from the column “in stage since”', async () => {
    const report = await auditTables({
      rules: STANDSTILL,
      deals: 'id,stage,stage_entered\n1,Lead,2026-05-24\n2,Lead,2026-05-25\n3,Lead,\n',
    });
    expect(dealsOf(report, 'my/change')).toEqual(['1']);
    expect(messagesOf(report, 'my/change')).toEqual(['nothing new in Stage since 2026-05-24, 8 days ago']);
    expect(ruleOf(report, 'my/change').counts).toMatchObject({ checked: 2, unknown: 1 });
  });

  it('is no standstill where nothing tells', async () => {
    const report = await auditTables({ rules: STANDSTILL, deals: 'id,stage,activity\n1,Lead,2026-01-01\n' });
    expect(ruleOf(report, 'my/change')).toMatchObject({ verdict: 'not-run' });
  });

  it('lies between two exports', async () => {
    const report = await auditTables({
      rules: rulesWith('change: {of: amount, within: 7d}'),
      deals: 'id,stage,amount\nsame,Lead,5\nchanged,Lead,6\nearlier,Lead,9\nrecent,Lead,2\n',
      previous: {
        '2026-05-10': 'id,stage,amount\nsame,Lead,5\nchanged,Lead,5\nearlier,Lead,8\nrecent,Lead,1\n',
        '2026-05-20': 'id,stage,amount\nsame,Lead,5\nchanged,Lead,5\nearlier,Lead,9\nrecent,Lead,1\n',
        '2026-05-26': 'id,stage,amount\nsame,Lead,5\nchanged,Lead,5\nearlier,Lead,9\nrecent,Lead,1\n',
      },
    });
    // Changed after 05-26: no more than 6 days ago. Changed after 05-10 and by 05-20: at least 12.
    expect(dealsOf(report, 'my/change')).toEqual(['same', 'earlier']);
    expect(ruleOf(report, 'my/change').counts).toMatchObject({ checked: 4, unknown: 0 });
  });

  it('is unknown where a change may lie on either side of the limit', async () => {
    const report = await auditTables({
      rules: rulesWith('change: {of: amount, within: 7d}'),
      deals: 'id,stage,amount\n1,Lead,6\n',
      previous: { '2026-05-10': 'id,stage,amount\n1,Lead,5\n' },
    });
    expect(ruleOf(report, 'my/change').counts).toMatchObject({ checked: 0, unknown: 1 });
  });
});

describe('moves of the close date', () => {
  const deals = 'id,stage,close\n1,Lead,2026-10-15\n';
  // Later within March, within the quarter, twice on one day (into the next quarter and on), earlier, and later again.
  const history = [
    'deal_id,to_stage,changed_at,close_at',
    '1,Lead,2026-01-05 09:00,2026-03-10',
    '1,Lead,2026-01-06 09:00,2026-03-20',
    '1,Lead,2026-01-07 09:00,',
    '1,Lead,2026-01-08 09:00,2026-03-20',
    '1,Lead,2026-02-01 09:00,2026-04-05',
    '1,Lead,2026-02-01 10:00,2026-05-05',
    '1,Lead,2026-03-01 09:00,2026-04-30',
    '1,Lead,2026-04-01 09:00,2026-10-15',
    '',
  ].join('\n');

  it.each([
    ['any', 4],
    ['month', 3],
    ['quarter', 2],
    ['day', 3],
  ])('are counted by %s', async (count, moves) => {
    const report = await auditTables({ rules: pushes(count), deals, history });
    expect(messagesOf(report, 'my/change')[0]).toMatch(new RegExp(`^Close date moved later ${moves} times, at most 0`));
  });

  it('are named with both dates', async () => {
    const report = await auditTables({ rules: pushes('quarter'), deals, history });
    expect(messagesOf(report, 'my/change', 'zh')).toEqual([
      '「预计成交日期」推迟 2 次，最多 0 次：2026-03-20 → 2026-04-05、2026-04-30 → 2026-10-15',
    ]);
  });

  it('may be told by a log of all fields, newest first', async () => {
    const report = await auditTables({
      rules: pushes('any'),
      deals: 'id,stage,close\n1,Lead,30/09/2026\n2,Lead,30/06/2026\n',
      history: [
        'deal_id,field,old_value,new_value,changed_at',
        '1,Close Date,05/06/2026,05/09/2026,2026-05-03',
        '1,Amount,5,900000,2026-05-02',
        '1,Stage,Contact,Lead,2026-05-01',
        '2,Close Date,05/09/2026,05/06/2026,2026-05-01',
        '2,Close Date,,05/09/2026,2026-04-01',
        '',
      ].join('\n'),
    });
    // Day and month as in the table, where the 30th settles it.
    expect(messagesOf(report, 'my/change')).toEqual([
      'Close date moved later 1 times, at most 0: 2026-06-05 → 2026-09-05',
    ]);
    expect(ruleOf(report, 'my/change').counts).toMatchObject({ checked: 2, violating: 1 });
  });

  it('may be told by earlier exports', async () => {
    const report = await auditTables({
      rules: rulesWith('change: {of: close, direction: later, at_most: 1}'),
      deals: 'id,stage,close\n1,Lead,2026-09-30\n2,Lead,2026-09-30\n3,Lead,2026-09-30\n',
      previous: {
        '2026-05-01': 'id,stage,close\n1,Lead,2026-06-30\n2,Lead,2026-06-30\n',
        '2026-04-01': 'id,stage,close\n2,Lead,2026-06-30\n1,Lead,2026-05-31\n9,Lead,2026-06-30\n',
      },
    });
    expect(messagesOf(report, 'my/change')).toEqual([
      'Close date moved later 2 times, at most 1: 2026-05-31 → 2026-06-30, 2026-06-30 → 2026-09-30',
    ]);
    expect(ruleOf(report, 'my/change').counts).toMatchObject({ checked: 3, violating: 1 });
  });
});
