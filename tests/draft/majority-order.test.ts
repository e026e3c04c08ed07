import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDecided, majorityOrder } from '../../src/draft/majority-order.ts';

function precedence(size: number, pairs: readonly (readonly [number, number, number])[]) {
  const counts = new Float64Array(size * size);
  for (const [before, after, times] of pairs) counts[before * size + after]! += times;
  return { size, counts };
}

describe('majorityOrder', () => {
  it('finds the order that every pair agrees with, from any start', () => {
    const start = fc.integer({ min: 1, max: 9 }).chain((size) => {
      const all = Array.from({ length: size }, (_, index) => index);
      return fc.tuple(fc.shuffledSubarray(all, { minLength: size }), fc.shuffledSubarray(all, { minLength: size }));
    });
    fc.assert(
      fc.property(start, ([from, wanted]) => {
        const pairs = wanted.flatMap((before, at) => wanted.slice(at + 1).map((after) => [before, after, 3] as const));
        const noise = wanted.flatMap((before, at) => wanted.slice(at + 1).map((after) => [after, before, 1] as const));
        const moves = precedence(wanted.length, [...pairs, ...noise]);
        expect(majorityOrder(from, moves)).toEqual(wanted);
        expect(isDecided(wanted, moves)).toBe(true);
      }),
    );
  });

  it('moves past what was never compared', () => {
    const moves = precedence(3, [[2, 0, 5]]);
    const order = majorityOrder([0, 1, 2], moves);
    expect(order.indexOf(2)).toBeLessThan(order.indexOf(0));
    expect(isDecided(order, moves)).toBe(false);
  });

  it('keeps the order where nothing was seen, and where the majorities go round', () => {
    expect(majorityOrder([2, 0, 1], precedence(3, []))).toEqual([2, 0, 1]);
    const round = precedence(3, [
      [0, 1, 2],
      [1, 2, 2],
      [2, 0, 2],
    ]);
    expect(majorityOrder([0, 1, 2], round)).toEqual([0, 1, 2]);
  });
});
