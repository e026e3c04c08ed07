import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clopperPearson, newcombe, wilson } from '../../src/stats/intervals.ts';
import { normalQuantile } from '../../src/stats/normal.ts';
import { expectClose, fixture } from './reference.ts';

interface Proportion {
  x: number;
  n: number;
  conf: number;
  wilsonLower: number;
  wilsonUpper: number;
  clopperLower: number;
  clopperUpper: number;
}
interface Difference {
  a: number;
  m: number;
  b: number;
  n: number;
  d: number;
  lower: number;
  upper: number;
}

const { newcombeDiff, ...sets } = fixture<Record<string, Proportion[]> & { newcombeDiff: Difference[] }>(
  'proportions-ci.json',
);
const proportions = (Object.values(sets) as Proportion[][]).flat();

describe('wilson', () => {
  it.each(proportions)('equals prop.test for $x of $n at $conf', ({ x, n, conf, wilsonLower, wilsonUpper }) => {
    const interval = wilson(x, n, normalQuantile((1 + conf) / 2));
    expectClose(interval?.[0] ?? null, wilsonLower);
    expectClose(interval?.[1] ?? null, wilsonUpper);
  });

  it('stays inside 0–1 and contains the proportion', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (of, share) => {
        const count = Math.round(of * share);
        const [lower, upper] = wilson(count, of) as readonly [number, number];
        expect(lower).toBeGreaterThanOrEqual(0);
        expect(lower).toBeLessThanOrEqual(count / of);
        expect(upper).toBeGreaterThanOrEqual(count / of);
        expect(upper).toBeLessThanOrEqual(1);
        expect(lower === 0).toBe(count === 0);
        expect(upper === 1).toBe(count === of);
      }),
    );
  });

  it('is null for an empty base and refuses more than its base', () => {
    expect(wilson(0, 0)).toBeNull();
    expect(() => wilson(3, 2)).toThrow(RangeError);
    expect(() => wilson(Number.NaN, 2)).toThrow(RangeError);
  });
});

describe('clopperPearson', () => {
  it.each(proportions)('equals binom.test for $x of $n at $conf', ({ x, n, conf, clopperLower, clopperUpper }) => {
    const interval = clopperPearson(x, n, conf);
    expectClose(interval?.[0] ?? null, clopperLower);
    expectClose(interval?.[1] ?? null, clopperUpper);
  });

  it('ends where the ends are, at 0 of n with 1 − (α/2)^(1/n), and is null for an empty base', () => {
    const [lower, upper] = clopperPearson(0, 20) as readonly [number, number];
    expect(lower).toBe(0);
    expectClose(upper, 1 - 0.025 ** (1 / 20));
    expect(clopperPearson(20, 20)?.[1]).toBe(1);
    expect(clopperPearson(0, 0)).toBeNull();
    expect(() => clopperPearson(3, 2)).toThrow(RangeError);
  });
});

describe('newcombe', () => {
  it.each(newcombeDiff)('equals the published interval of $a/$m − $b/$n', ({ a, m, b, n, d, lower, upper }) => {
    const result = newcombe({ count: a, of: m }, { count: b, of: n });
    expectClose(result?.difference ?? null, d);
    expectClose(result?.lower ?? null, lower);
    expectClose(result?.upper ?? null, upper);
  });

  it('turns round when the groups change places, and is null without a base', () => {
    const there = newcombe({ count: 12, of: 40 }, { count: 45, of: 100 });
    const back = newcombe({ count: 45, of: 100 }, { count: 12, of: 40 });
    expectClose(there?.lower ?? null, -(back?.upper ?? 0));
    expectClose(there?.upper ?? null, 0.031, 5e-4);
    expect(newcombe({ count: 0, of: 0 }, { count: 1, of: 2 })).toBeNull();
  });
});
