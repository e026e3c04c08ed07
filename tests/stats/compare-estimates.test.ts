import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceInterval, type Estimate, ratioInterval } from '../../src/stats/compare-estimates.ts';
import { wilson } from '../../src/stats/intervals.ts';

function rate(count: number, of: number): Estimate {
  return { value: count / of, interval: wilson(count, of) };
}
const counted = fc
  .integer({ min: 1, max: 200 })
  .chain((of) => fc.integer({ min: 1, max: of }).map((count) => ({ count, of })));

describe('the difference of two estimates', () => {
  it('is Newcombe’s for two rates', () => {
    // 12/40 against 45/100: −15 points, −30.4 to +3.1.
    const [low, high] = differenceInterval(rate(12, 40), rate(45, 100))!;
    expect(low).toBeCloseTo(-0.304, 3);
    expect(high).toBeCloseTo(0.031, 3);
    // Newcombe (1998), table II, method 10: 56/70 − 48/80.
    const [lower, upper] = differenceInterval(rate(56, 70), rate(48, 80))!;
    expect(lower).toBeCloseTo(0.0524, 4);
    expect(upper).toBeCloseTo(0.3339, 4);
  });

  it('moves the interval where one is a constant', () => {
    const [low, high] = differenceInterval(rate(12, 40), { value: 0.5, interval: [0.5, 0.5] })!;
    const [ownLow, ownHigh] = wilson(12, 40)!;
    expect([low, high]).toEqual([expect.closeTo(ownLow - 0.5, 12), expect.closeTo(ownHigh - 0.5, 12)]);
  });

  it('is not known where one has no interval', () => {
    expect(differenceInterval(rate(1, 2), { value: 0.5, interval: null })).toBeNull();
    expect(ratioInterval(rate(1, 2), { value: 0.5, interval: null })).toBeNull();
  });
});

describe('the ratio of two estimates', () => {
  it('scales the interval where the second is a constant', () => {
    const [low, high] = ratioInterval(rate(12, 40), { value: 0.4, interval: [0.4, 0.4] })!;
    const [ownLow, ownHigh] = wilson(12, 40)!;
    expect([low, high]).toEqual([expect.closeTo(ownLow / 0.4, 12), expect.closeTo(ownHigh / 0.4, 12)]);
  });

  it('holds the ratio, and turns around with it', () => {
    fc.assert(
      fc.property(counted, counted, (a, b) => {
        const [first, second] = [rate(a.count, a.of), rate(b.count, b.of)];
        const [low, high] = ratioInterval(first, second)!;
        expect(low).toBeLessThanOrEqual(first.value / second.value + 1e-9);
        expect(high).toBeGreaterThanOrEqual(first.value / second.value - 1e-9);
        const [turnedLow, turnedHigh] = ratioInterval(second, first)!;
        expect(low * turnedHigh).toBeCloseTo(1, 6);
        expect(high * turnedLow).toBeCloseTo(1, 6);
      }),
    );
  });

  it('begins at 0 for nothing, has no end where the first has none, and none at all where the second may be 0', () => {
    expect(ratioInterval(rate(0, 40), rate(10, 40))?.[0]).toBe(0);
    const open: Estimate = { value: 20, interval: [5, Number.POSITIVE_INFINITY] };
    const days: Estimate = { value: 10, interval: [8, 12] };
    expect(ratioInterval(open, days)?.[1]).toBe(Number.POSITIVE_INFINITY);
    expect(ratioInterval(days, open)?.[0]).toBe(0);
    expect(ratioInterval(rate(10, 40), rate(0, 40))).toBeNull();
  });
});
