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
import { expectAllClose, expectClose, fixture, hasShared, listOf, shared, sharedRows } from './reference.ts';

type Numbers = number | number[];
interface Case {
  input: { time: Numbers; ev: Numbers; entry?: number[] };
  time: Numbers;
  nRisk: Numbers;
  nEvent?: Numbers;
  surv: Numbers;
  median?: number | null;
}
interface Group {
  'log-log': {
    median: number | null;
    medianLower: number | null;
    medianUpper: number | null;
    quantiles: { probs: number[]; est: (number | null)[]; lower: (number | null)[]; upper: (number | null)[] };
  };
  curve: {
    time: number[];
    surv: number[];
    stdErr: (number | null)[];
    lowerLogLog?: (number | null)[];
    upperLogLog?: (number | null)[];
  };
  n: number;
  events: number;
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

function expectCurve(curve: SurvivalCurve, expected: Group['curve']): void {
  for (const [index, at] of expected.time.entries()) {
    expectClose(survivalAt(curve, at), expected.surv[index] ?? null);
    if (survivalAt(curve, at) === 0) continue;
    expectClose(standardErrorAt(curve, at), expected.stdErr[index] ?? null);
    if (expected.lowerLogLog === undefined) continue;
    expectClose(survivalIntervalAt(curve, at)?.[0] ?? null, expected.lowerLogLog[index] ?? null);
    expectClose(survivalIntervalAt(curve, at)?.[1] ?? null, expected.upperLogLog?.[index] ?? null);
  }
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

const GROUPS: [set: string, group: string, file: string, time: string, event: string, by: string, value: string][] = [
  ['lung', 'sex1', 'km-lung.csv', 'time', 'ev', 'sex', '1'],
  ['lung', 'sex2', 'km-lung.csv', 'time', 'ev', 'sex', '2'],
  ['aml', 'Maintained', 'km-aml.csv', 'time', 'ev', 'group', 'Maintained'],
  ['aml', 'Nonmaintained', 'km-aml.csv', 'time', 'ev', 'group', 'Nonmaintained'],
  ['veteran', 'trt1', 'km-veteran.csv', 'time', 'status', 'trt', '1'],
  ['veteran', 'trt2', 'km-veteran.csv', 'time', 'status', 'trt', '2'],
  ['veteran', 'squamous', 'km-veteran.csv', 'time', 'status', 'celltype', 'squamous'],
  ['veteran', 'smallcell', 'km-veteran.csv', 'time', 'status', 'celltype', 'smallcell'],
  ['veteran', 'adeno', 'km-veteran.csv', 'time', 'status', 'celltype', 'adeno'],
  ['veteran', 'large', 'km-veteran.csv', 'time', 'status', 'celltype', 'large'],
];

describe('kaplanMeier against R', () => {
  it.skipIf(!hasShared).each(GROUPS)('%s %s', (set, group, file, time, event, by, value) => {
    const rows = sharedRows(`data/${file}`).filter((row) => row[by] === value);
    const expected = shared<Record<string, Record<string, Group>>>('expected/km.json')[set]?.[group] as Group;
    const curve = kaplanMeier(
      Float64Array.from(rows, (row) => Number(row[time])),
      Uint8Array.from(rows, (row) => Number(row[event])),
    );
    expect(curve.observations).toBe(expected.n);
    const { probs, est, lower, upper } = expected['log-log'].quantiles;
    for (const [index, share] of probs.entries()) {
      expect([survivalQuantile(curve, share), ...survivalQuantileInterval(curve, share)]).toEqual([
        est[index],
        lower[index],
        upper[index],
      ]);
    }
    expectCurve(curve, expected.curve);
  });

  it.skipIf(!hasShared)('restricted means of lung', () => {
    const rows = sharedRows('data/km-lung.csv');
    const { all } = shared<{ lung: { all: Record<'rmst_365' | 'rmst_1000', { rmean: number; se: number }> } }>(
      'expected/km.json',
    ).lung;
    const curve = kaplanMeier(
      Float64Array.from(rows, (row) => Number(row.time)),
      Uint8Array.from(rows, (row) => Number(row.ev)),
    );
    for (const horizon of [365, 1000] as const) {
      const result = restrictedMean(curve, horizon);
      expectClose(result?.mean ?? null, all[`rmst_${horizon}`].rmean);
      expectClose(result?.standardError ?? null, all[`rmst_${horizon}`].se);
    }
  });
});
