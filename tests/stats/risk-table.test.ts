import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countAt, countAtRisk, distinctOf, riskSetOf } from '../../src/stats/risk-set.ts';
import { type RiskTable, riskTableOf } from '../../src/stats/risk-table.ts';

const KINDS = 2;

interface Observation {
  readonly time: number;
  readonly event: number;
}

/** By the sorted times of the risk set, whatever the times are. */
function bySorting(durations: Float64Array, events: Uint8Array): RiskTable {
  const risk = riskSetOf(durations, events, null, KINDS);
  const times = distinctOf(risk.times);
  return {
    times,
    atRisk: countAtRisk(risk, times),
    ended: risk.ended.map((list) => countAt(list, times)),
    observations: risk.times.length,
    neverAtRisk: 0,
  };
}

function tableOf(observations: readonly Observation[]): { readonly found: RiskTable; readonly sorted: RiskTable } {
  const durations = Float64Array.from(observations, ({ time }) => time);
  const events = Uint8Array.from(observations, ({ event }) => event);
  return { found: riskTableOf(durations, events, null, KINDS), sorted: bySorting(durations, events) };
}

const event = fc.integer({ min: 0, max: KINDS });
const whole = fc.record({ time: fc.nat({ max: 900 }), event });
const elapsed = fc.record({ time: fc.integer({ min: 0, max: 4000 }).map((quarters) => quarters / 4), event });

describe('riskTableOf', () => {
  it.each([
    ['few whole times', fc.array(whole, { maxLength: 40 })],
    ['many whole times, which are counted', fc.array(whole, { minLength: 512, maxLength: 700 })],
    ['elapsed times, which are sorted', fc.array(elapsed, { maxLength: 700 })],
    ['times in order', fc.array(elapsed, { maxLength: 200 }).map((all) => all.toSorted((a, b) => a.time - b.time))],
  ])('equals what sorting all times tells: %s', (_, observations) => {
    fc.assert(
      fc.property(observations, (each) => {
        const { found, sorted } = tableOf(each);
        expect(found).toEqual(sorted);
      }),
      { numRuns: 60 },
    );
  });

  it('counts whole times that are too long to count by', () => {
    const { found, sorted } = tableOf(
      Array.from({ length: 600 }, (_, index) => ({ time: (index * 7919) % 90_001, event: index % 3 })),
    );
    expect(found).toEqual(sorted);
  });

  it('refuses what is no duration', () => {
    expect(() => riskTableOf(Float64Array.of(1, Number.NaN), Uint8Array.of(1, 1), null, KINDS)).toThrow(RangeError);
    expect(() => riskTableOf(Float64Array.of(1), Uint8Array.of(3), null, KINDS)).toThrow(RangeError);
  });
});
