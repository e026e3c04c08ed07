import { describe, expect, it } from 'vitest';
import winChances, { type WinChances } from '../../../src/metrics/forecast/win-chances.ts';
import { contextOf, datasetOf } from '../dataset-fixture.ts';

const STAGES = [
  { id: 'Offer', label: 'Offer' },
  { id: 'Won', kind: 'won' as const },
  { id: 'Lost', kind: 'lost' as const },
];

/** Deals that all came on the first of January: some days later won, lost, or still there. */
function offers(groups: readonly (readonly [deals: number, leftOn: string | null, outcome: string])[]) {
  let id = 0;
  const deals = ['id,stage'];
  const history = ['id,stage,at'];
  for (const [count, leftOn, outcome] of groups) {
    for (let deal = 0; deal < count; deal += 1) {
      id += 1;
      deals.push(`${id},${outcome}`);
      history.push(`${id},Offer,2026-01-01`);
      if (leftOn !== null) history.push(`${id},${outcome},${leftOn}`);
    }
  }
  return datasetOf({ asOf: '2026-06-30', stages: STAGES, deals: deals.join('\n'), history: history.join('\n') });
}

describe('the chance to win', () => {
  // 12 won on day 10, 8 lost on day 40, 4 won on day 50.
  const dataset = offers([
    [12, '2026-01-11', 'Won'],
    [8, '2026-02-10', 'Lost'],
    [4, '2026-02-20', 'Won'],
  ]);
  const { stages } = winChances.compute(contextOf(dataset)) as WinChances;
  const [entry, , afterMonth, afterTwo] = stages[0]!.ages;

  it('is that of all deals on entry, and of those still there later on', () => {
    expect(stages.map(({ stage }) => stage)).toEqual(['Offer']);
    expect(entry).toMatchObject({ ageDays: 0, visits: 24, decided: 24 });
    expect(entry?.value).toBeCloseTo(16 / 24, 12);
    expect(afterMonth).toMatchObject({ ageDays: 30, visits: 12, decided: 12 });
    expect(afterMonth?.value).toBeCloseTo(4 / 12, 12);
  });

  it('has Wilson’s interval, and is not told of fewer than ten', () => {
    // 4 of 12: 13.8 % to 60.9 %.
    expect(afterMonth?.interval?.[0]).toBeCloseTo(0.138, 3);
    expect(afterMonth?.interval?.[1]).toBeCloseTo(0.6094, 3);
    expect(afterTwo).toMatchObject({ visits: 0, decided: 0, value: null, interval: null });
  });

  it('takes deals still open for undecided: those known count the more', () => {
    // 6 of 18 open since; 8 won on day 10 of 18 at risk, 4 lost on day 40 of 10 at risk: 8/18 = 44 % won.
    const withOpen = offers([
      [8, '2026-01-11', 'Won'],
      [4, '2026-02-10', 'Lost'],
      [6, null, 'Offer'],
    ]);
    const [first] = (winChances.compute(contextOf(withOpen)) as WinChances).stages[0]!.ages;
    expect(first).toMatchObject({ visits: 18, decided: 12 });
    expect(first?.value).toBeCloseTo(8 / 18, 12);
  });

  it('needs a change log, and lost deals', () => {
    const noLog = datasetOf({ asOf: '2026-06-30', stages: STAGES, deals: 'id,stage\n1,Lost' });
    expect(winChances.missing?.(contextOf(noLog))?.en).toContain('change log');
    expect(winChances.missing?.(contextOf(offers([[12, '2026-01-11', 'Won']])))?.en).toBe('no lost deals');
  });
});
