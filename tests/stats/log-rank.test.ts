import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logRank, type TimedGroup } from '../../src/stats/log-rank.ts';
import { expectAllClose, expectClose } from './reference.ts';

const group = (times: readonly number[], events: readonly number[], entries?: readonly number[]): TimedGroup => ({
  durations: Float64Array.from(times),
  events: Uint8Array.from(events),
  ...(entries === undefined ? {} : { entries: Float64Array.from(entries) }),
});
const timed = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 1 })), { maxLength: 20 })
  .map((rows) =>
    group(
      rows.map(([time]) => time),
      rows.map(([, event]) => event),
    ),
  );

describe('logRank', () => {
  // The acute myelogenous leukaemia trial of Miller, Survival Analysis (1981): `survdiff` in R gives χ² 3.396389,
  // p .06533932, 7 and 11 observed, 10.68934 and 7.310664 expected.
  const maintained = group([9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161], [1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0]);
  const not = group([5, 5, 8, 8, 12, 16, 23, 27, 30, 33, 43, 45], [1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1]);

  it('equals R', () => {
    const test = logRank([maintained, not])!;
    expect(test.observed).toEqual([7, 11]);
    expectAllClose(test.expected, [10.689335992301, 7.310664007699]);
    expectClose(test.statistic, 3.396388698978);
    expectClose(test.probability, 0.06533932204051);
    expect(test.degrees).toBe(1);
  });

  it('counts by hand: two groups of two', () => {
    // At 1: 2 and 2 at risk, the first group's; at 2: 1 and 2, the second's; at 3: 1 and 1, the first's; at 4: 0 and 1.
    const test = logRank([group([1, 3], [1, 1]), group([2, 4], [1, 1])])!;
    const expected = 1 / 2 + 1 / 3 + 1 / 2;
    const variance = 1 / 4 + 2 / 9 + 1 / 4;
    expectAllClose(test.expected, [expected, 4 - expected]);
    expectClose(test.statistic, (2 - expected) ** 2 / variance);
  });

  it('ignores a group that was never at risk, and says nothing of one group', () => {
    const without = logRank([maintained, not])!;
    const withEmpty = logRank([maintained, group([], []), not])!;
    expectClose(withEmpty.statistic, without.statistic);
    expect(withEmpty.degrees).toBe(1);
    expect(logRank([maintained])).toBeNull();
    expect(logRank([group([3], [0]), group([4], [0])])).toBeNull();
    expect(logRank([])).toBeNull();
  });

  it('takes those that come late into the risk set only from then on', () => {
    // At 2 the deal that entered at 5 is not yet there: 1 of 1, so that nothing is shared; at 6 it is 1 of 2.
    const test = logRank([group([2, 8], [1, 0]), group([6], [1], [5])])!;
    expectAllClose(test.expected, [1 + 1 / 2, 1 / 2]);
    expectClose(test.statistic, 1);
  });

  it('does not depend on the order of the groups, and finds none where they are the same', () => {
    fc.assert(
      fc.property(fc.array(timed, { minLength: 2, maxLength: 5 }), (groups) => {
        const forth = logRank(groups);
        const back = logRank(groups.toReversed());
        expect(back?.degrees).toBe(forth?.degrees);
        expectClose(back?.statistic ?? null, forth?.statistic ?? null, 1e-7);
        const same = logRank([groups[0]!, groups[0]!]);
        expectClose(same?.statistic ?? 0, 0, 1e-12);
      }),
    );
  });
});
