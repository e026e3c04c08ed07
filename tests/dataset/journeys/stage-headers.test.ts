import { describe, expect, it } from 'vitest';
import { namedIn } from '../../../src/dataset/journeys/stage-headers.ts';

const noField = (): boolean => false;

describe('namedIn', () => {
  it.each([
    ['Date entered "Demo (Sales)"', 'entered', 'Demo'],
    ['DATE ENTERED Demo', 'entered', 'Demo'],
    ['Entered “Demo”', 'entered', 'Demo'],
    ['hs_v2_date_entered_demo', 'entered', 'demo'],
    ['H\u017f_date_entered_demo', 'entered', 'demo'],
    ['进入需求确认阶段的时间', 'entered', '需求确认'],
    ['需求确认阶段进入日期', 'entered', '需求确认'],
    ['需求确认到达时间', 'entered', '需求确认'],
    ['Date exited Demo', 'exited', 'Demo'],
    ['hs_date_exited_demo', 'exited', 'demo'],
    ['离开「需求确认」的日期', 'exited', '需求确认'],
    ['Cumulative time in "Demo"', 'cumulative', 'Demo'],
    ['hs_v2_cumulative_time_in_demo', 'cumulative', 'demo'],
    ['Late\u017ft time in Demo', 'latest', 'Demo'],
    ['hs_v2_latest_time_in_demo', 'latest', 'demo'],
    ['Time in Demo', 'time', 'Demo'],
    ['HS_TIME_IN_demo', 'time', 'demo'],
  ] as const)('reads %j', (header, measure, name) => {
    const named = namedIn(` ${header} `, noField);
    expect(named).toMatchObject({ measure, bare: false });
    expect(named?.names).toContain(name);
  });

  it.each([
    ['Demo date', 'Demo'],
    ['Demo stage DATE', 'Demo'],
    ['demo_date', 'demo'],
    ['需求确认阶段日期', '需求确认'],
    ['需求确认时间', '需求确认'],
  ])('reads the bare %j, unless it is a field', (header, name) => {
    const named = namedIn(header, noField);
    expect(named).toMatchObject({ measure: 'entered', bare: true });
    expect(named?.names).toContain(name);
    expect(namedIn(header, (text) => text === header)).toBeNull();
  });

  it.each(['Demo', 'Date', 'Entered by', 'Time in', 'Update status', '日期备注', '', `${'x'.repeat(200)} date`])(
    'finds no stage in %j',
    (header) => {
      const named = namedIn(header, noField);
      expect(named?.names.some((name) => name !== '') ?? false).toBe(false);
    },
  );
});
