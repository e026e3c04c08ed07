import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  aalenJohansen,
  atRiskAfter,
  type Cause,
  conditionalIncidence,
  type IncidenceCurves,
  incidenceAt,
  incidenceErrorAt,
  incidenceIntervalAt,
  openAt,
} from '../../src/stats/competing-risks.ts';
import { kaplanMeier } from '../../src/stats/survival.ts';
import { expectAllClose, expectClose, fixture } from './reference.ts';

interface Curves {
  at: number[];
  openProb: number[];
  cif1: number[];
  cif2: number[];
  se1: number[];
  se2: number[];
}
type Row = readonly [time: number, cause: number];

function curvesOf(rows: readonly Row[]): IncidenceCurves {
  return aalenJohansen(
    Float64Array.from(rows, (row) => row[0]),
    Uint8Array.from(rows, (row) => row[1]),
  );
}

function expectCurves(curves: IncidenceCurves, expected: Curves, errorTolerance = 1e-9): void {
  const { at } = expected;
  const over = (value: (time: number) => number) => at.map(value);
  expectAllClose(
    over((time) => openAt(curves, time)),
    expected.openProb,
  );
  for (const [cause, cif, error] of [
    [1, expected.cif1, expected.se1],
    [2, expected.cif2, expected.se2],
  ] as [Cause, number[], number[]][]) {
    expectAllClose(
      over((time) => incidenceAt(curves, cause, time)),
      cif,
    );
    expectAllClose(
      over((time) => incidenceErrorAt(curves, cause, time)),
      error,
      errorTolerance,
    );
  }
}

describe('aalenJohansen', () => {
  it.each(
    Object.entries(
      fixture<Record<string, Curves & { input: { time: number[]; event: number[] } }>>('competing-risks.json'),
    ),
  )('equals R on %s', (_, expected) => {
    const { time, event } = expected.input;
    expectCurves(curvesOf(time.map((at, index) => [at, event[index] ?? 0] as const)), expected);
  });

  it('equals R on the outcomes of micro12', () => {
    const { outcomeTimes } = fixture<{ outcomeTimes: [string, number, number][] }>('micro12.json');
    const { outcomeAJ } = fixture<{
      outcomeAJ: { at: number[]; open: number[]; won: number[]; lost: number[]; seWon: number[]; seLost: number[] };
    }>('micro12-survival.json');
    expectCurves(curvesOf(outcomeTimes.map(([, time, cause]) => [time, cause] as const)), {
      at: outcomeAJ.at,
      openProb: outcomeAJ.open,
      cif1: outcomeAJ.won,
      cif2: outcomeAJ.lost,
      se1: outcomeAJ.seWon,
      se2: outcomeAJ.seLost,
    });
  });

  it('gives the chance of winning from an age on', () => {
    const { conditionalWin_Proposal: expected } = fixture<{
      forecast: {
        conditionalWin_Proposal: Record<'age0' | 'age25', { pWin: number }> & { rows: [string, number, number][] };
      };
    }>('fixtures.json').forecast;
    const curves = curvesOf(expected.rows.map(([, time, cause]) => [time, cause] as const));
    expectClose(conditionalIncidence(curves, 1, 0, 100), expected.age0.pWin);
    expectClose(conditionalIncidence(curves, 1, 25, 100), expected.age25.pWin);
    expect(atRiskAfter(curves, 25)).toBe(5);
    expect(conditionalIncidence(curves, 1, 50, 100)).toBeNull();
  });

  const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 2 })), { minLength: 1 });

  it('adds up to one, and open is the Kaplan–Meier curve of either end', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 0, max: 40 }), (list, time) => {
        const curves = curvesOf(list);
        expectClose(incidenceAt(curves, 1, time) + incidenceAt(curves, 2, time) + openAt(curves, time), 1);
        const ended = Uint8Array.from(list, (row) => (row[1] > 0 ? 1 : 0));
        expectAllClose(
          curves.open,
          kaplanMeier(
            Float64Array.from(list, (row) => row[0]),
            ended,
          ).survival,
        );
      }),
    );
  });

  it('has an interval around the share, inside 0–1', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 0, max: 40 }), (list, time) => {
        const curves = curvesOf(list);
        const share = incidenceAt(curves, 1, time);
        const interval = incidenceIntervalAt(curves, 1, time);
        expect(interval === null).toBe(share === 0 || share >= 1);
        if (interval === null) return;
        expect(interval[0]).toBeLessThanOrEqual(share);
        expect(interval[1]).toBeGreaterThanOrEqual(share);
        expect(interval[0]).toBeGreaterThanOrEqual(0);
        expect(interval[1]).toBeLessThanOrEqual(1);
      }),
    );
  });
});
