import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMoney, emptyMoneySum, moneyTotal, sumMoney } from '../../../src/dataset/values/money-sum.ts';

describe('sumMoney', () => {
  it('loses no cent over a million rows', () => {
    expect(sumMoney(new Float64Array(1_000_000).fill(0.1))).toBe(100_000);
    expect(sumMoney(new Float64Array(1_000_000).fill(123_456_789.01))).toBe(123_456_789_010_000);
    expect(sumMoney([0.1, 0.2])).toBe(0.3);
  });

  it('is the exact sum of cents, in any order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e12, max: 1e12 })), (cents) => {
        const total = cents.reduce((sum, value) => sum + BigInt(value), 0n);
        const amounts = cents.map((value) => value / 100);
        expect(sumMoney(amounts)).toBe(Number(total) / 100);
        expect(sumMoney([...amounts].reverse())).toBe(sumMoney(amounts));
      }),
    );
  });

  it('adds step by step and refuses what is not known', () => {
    const sum = emptyMoneySum();
    addMoney(sum, 1.1);
    addMoney(sum, -0.1);
    expect(moneyTotal(sum)).toBe(1);
    expect(() => addMoney(sum, Number.NaN)).toThrow(RangeError);
    expect(sumMoney([])).toBe(0);
  });
});
