import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sortAscending } from '../../src/stats/sort-ascending.ts';

const byValue = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

it('sorts many whole numbers, and many that are not', () => {
  const whole = Array.from({ length: 3000 }, (_, index) => (index * 7919) % 65_536);
  expect([...sortAscending(Float64Array.from(whole))]).toEqual(byValue(whole));
  const broken = whole.map((value) => value + 0.25);
  expect([...sortAscending(Float64Array.from(broken))]).toEqual(byValue(broken));
  const large = [...whole, 65_536, 1e9];
  expect([...sortAscending(Float64Array.from(large))]).toEqual(byValue(large));
});

it('sorts elapsed times, crowded ones and those of one value', () => {
  const random = (index: number): number => ((index * 7919) % 10_007) / 10_007;
  const elapsed = Array.from({ length: 5000 }, (_, index) => -Math.log(1 - random(index)) * 20);
  const crowded = [...elapsed.map((value) => value / 1e6), 1e9];
  const few = elapsed.map((_, index) => (index % 3) + 0.5);
  for (const values of [elapsed, crowded, few, elapsed.map(() => 0.1)]) {
    expect([...sortAscending(Float64Array.from(values))]).toEqual(byValue(values));
  }
});

it('sorts whatever it is given', () => {
  const anyNumber = fc.oneof(fc.integer({ min: 0, max: 400 }), fc.integer(), fc.double({ noNaN: true }));
  fc.assert(
    fc.property(fc.array(anyNumber, { maxLength: 1500, size: 'max' }), (values) => {
      expect([...sortAscending(Float64Array.from(values))]).toEqual([...Float64Array.from(values).sort()]);
    }),
    { numRuns: 60 },
  );
});

it('keeps what is not a number at the end, as a sorted array does', () => {
  const values = Float64Array.from({ length: 600 }, (_, index) => (index === 5 ? Number.NaN : 600 - index));
  expect(sortAscending(values)[599]).toBeNaN();
});
