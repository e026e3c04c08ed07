/** A running sum of money: whole units and ten-thousandths are added apart, as integers, so that no cent is lost. */
export interface MoneySum {
  whole: number;
  tenThousandths: number;
}

const SCALE = 10_000;

/** A sum of nothing yet. */
export function emptyMoneySum(): MoneySum {
  return { whole: 0, tenThousandths: 0 };
}

/**
 * Adds one amount, rounded to 1/10000 of its unit. Exact for sums up to 2^53 units.
 * @throws RangeError on NaN or infinity: an unknown amount has to be left out and counted by the caller.
 */
export function addMoney(sum: MoneySum, amount: number): void {
  if (!Number.isFinite(amount)) throw new RangeError('an amount to be added is not a finite number');
  const whole = Math.trunc(amount);
  sum.whole += whole;
  sum.tenThousandths += Math.round((amount - whole) * SCALE);
}

/** The sum in units of the currency: the double nearest to the exact decimal sum. */
export function moneyTotal(sum: MoneySum): number {
  const scaled = sum.whole * SCALE + sum.tenThousandths;
  if (Number.isSafeInteger(scaled) && Number.isSafeInteger(sum.whole * SCALE)) return scaled / SCALE;
  return sum.whole + sum.tenThousandths / SCALE;
}

/**
 * Sum of amounts in one currency; 0 for none.
 * @throws RangeError on NaN or infinity.
 */
export function sumMoney(amounts: Float64Array | readonly number[]): number {
  const sum = emptyMoneySum();
  for (let index = 0; index < amounts.length; index++) addMoney(sum, amounts[index] as number);
  return moneyTotal(sum);
}
