import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  kaplanMeier,
  restrictedMean,
  type SurvivalCurve,
  standardErrorAt,
  survivalAt,
  survivalIntervalAt,
  survivalMedian,
  survivalQuantile,
  survivalQuantileInterval,
} from '../../src/stats/survival.ts';
import { expectAllClose, expectClose, fixture, listOf } from './reference.ts';

type Numbers = number | number[];
interface Case {
  input: { time: Numbers; ev: Numbers; entry?: number[] };
  time: Numbers;
  nRisk: Numbers;
  nEvent?: Numbers;
  surv: Numbers;
  median?: number | null;
}
const { edge, leftTruncation } = fixture<{ edge: Record<string, Case>; leftTruncation: Record<string, Case> }>(
  'km.json',
);

function curveOf({ input }: Case): SurvivalCurve {
  const durations = Float64Array.from(listOf(input.time));
  const events = Uint8Array.from(listOf(input.ev));
  return kaplanMeier(durations, events, input.entry === undefined ? null : Float64Array.from(input.entry));
}

function expectCase(expected: Case): void {
  const curve = curveOf(expected);
  expect([...curve.times]).toEqual(listOf(expected.time));
  expect([...curve.atRisk]).toEqual(listOf(expected.nRisk));
  if (expected.nEvent !== undefined) expect([...curve.ended]).toEqual(listOf(expected.nEvent));
  expectAllClose(curve.survival, listOf(expected.surv));
  if (expected.median !== undefined) expect(survivalQuantile(curve, 0.5)).toBe(expected.median);
}

describe('kaplanMeier', () => {
  it.each(Object.entries(edge))('handles the edge case %s', (_, expected) => expectCase(expected));

  it.each(Object.entries(leftTruncation))('handles delayed entry: %s', (_, expected) => expectCase(expected));

  it('finds the medians and intervals of micro12', () => {
    const { visits } = fixture<{ visits: { stage: string; days: number; closed: boolean }[] }>('micro12.json');
    const expected =
      fixture<Record<string, { median: number; lower: number | null; upper: number | null }>>('micro12-survival.json');
    for (const stage of ['Lead', 'Qualified', 'Proposal', 'Negotiation']) {
      const stays = visits.filter((visit) => visit.stage === stage);
      const curve = kaplanMeier(
        Float64Array.from(stays, (stay) => stay.days),
        Uint8Array.from(stays, (stay) => (stay.closed ? 1 : 0)),
      );
      const { median, lower, upper } = expected[stage] as {
        median: number;
        lower: number | null;
        upper: number | null;
      };
      expect(survivalMedian(curve)).toEqual({ median, interval: [lower, upper] });
    }
  });

  it('is one minus the share that ended where nothing is censored', () => {
    const times = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(times, fc.integer({ min: 0, max: 50 }), (durations, time) => {
        const curve = kaplanMeier(Float64Array.from(durations), new Uint8Array(durations.length).fill(1));
        const ended = durations.filter((duration) => duration <= time).length;
        expectClose(survivalAt(curve, time), 1 - ended / durations.length);
        expectClose(
          restrictedMean(curve, 60)?.mean ?? null,
          durations.reduce((sum, duration) => sum + duration, 0) / durations.length,
        );
      }),
    );
  });

  it('does not depend on the order of the observations', () => {
    const observations = fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 1 })));
    fc.assert(
      fc.property(observations, (list) => {
        const curve = (rows: [number, number][]) =>
          kaplanMeier(
            Float64Array.from(rows, (row) => row[0]),
            Uint8Array.from(rows, (row) => row[1]),
          );
        expect(curve([...list].reverse())).toEqual(curve(list));
      }),
    );
  });

  it('says what is not reached, and is empty for nothing', () => {
    const open = kaplanMeier(Float64Array.of(3, 4), Uint8Array.of(0, 0));
    expect(survivalMedian(open)).toEqual({ median: null, interval: [null, null] });
    expect(restrictedMean(open, 4)).toEqual({ mean: 4, standardError: 0 });
    expect(restrictedMean(open, 5)).toBeNull();
    const nothing = kaplanMeier(new Float64Array(0), new Uint8Array(0));
    expect(survivalAt(nothing, 1)).toBe(1);
    expect(restrictedMean(nothing, 1)).toBeNull();
  });

  it('leaves out and counts those that were over before they came under observation', () => {
    const curve = kaplanMeier(Float64Array.of(5, 10), Uint8Array.of(1, 1), Float64Array.of(5, 0));
    expect([...curve.times]).toEqual([10]);
    expect([curve.observations, curve.neverAtRisk]).toEqual([1, 1]);
  });

  it('refuses unknown durations and unequal lengths', () => {
    expect(() => kaplanMeier(Float64Array.of(Number.NaN), Uint8Array.of(1))).toThrow(RangeError);
    expect(() => kaplanMeier(Float64Array.of(-1), Uint8Array.of(1))).toThrow(RangeError);
    expect(() => kaplanMeier(Float64Array.of(1), Uint8Array.of(2))).toThrow(RangeError);
    expect(() => kaplanMeier(Float64Array.of(1, 2), Uint8Array.of(1))).toThrow(RangeError);
  });
});

describe('kaplanMeier against R', () => {
  // The maintained group of the acute myelogenous leukaemia trial of Miller, Survival Analysis (1981), with the results
  // of `survfit(conf.type = "log-log")` and `print(rmean = 48)`.
  const curve = kaplanMeier(
    Float64Array.of(9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161),
    Uint8Array.of(1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0),
  );

  it('has the quantiles and their intervals', () => {
    expect([0.25, 0.5, 0.75, 0.9].map((share) => survivalQuantile(curve, share))).toEqual([18, 31, 48, null]);
    expect([0.25, 0.5, 0.75, 0.9].map((share) => survivalQuantileInterval(curve, share))).toEqual([
      [9, 34],
      [13, null],
      [31, null],
      [34, null],
    ]);
  });

  it('has the standard error and the log-log interval of the curve', () => {
    expectClose(survivalAt(curve, 23), 0.6136363636364);
    expectClose(standardErrorAt(curve, 23), 0.1526323310273);
    expectClose(survivalIntervalAt(curve, 23)?.[0] ?? null, 0.2657520400013);
    expectClose(survivalIntervalAt(curve, 23)?.[1] ?? null, 0.8352992432502);
    expectClose(standardErrorAt(curve, 48), 0.1534927457863);
    expectClose(survivalIntervalAt(curve, 48)?.[0] ?? null, 0.01173848012319);
  });

  it('has the restricted mean', () => {
    const result = restrictedMean(curve, 48);
    expectClose(result?.mean ?? null, 31.843181818182);
    expectClose(result?.standardError ?? null, 4.52788471175);
  });
});
