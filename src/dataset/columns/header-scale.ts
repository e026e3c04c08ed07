import type { Texts } from '../../source/texts.ts';
import { type Column, PRESENT } from '../dataset.ts';
import { currencyOfWord } from '../values/currency-marks.ts';
import { plainText } from '../values/placeholder.ts';
import { headerUnit } from './header-words.ts';

const ZERO = 48;
const NINE = 57;

/** Whether a number says its own unit, as `120万` and `45k` do. */
function hasOwnUnit(text: string): boolean {
  const plain = plainText(text);
  let end = plain.length;
  while (end > 0 && !/\d/.test(plain[end - 1] as string)) end--;
  const word = plain
    .slice(end)
    .replace(/[\s().,\-−+]/gu, '')
    .toUpperCase();
  return word !== '' && currencyOfWord(word) === undefined;
}

/** Whether the bytes of a text tell that nothing is behind the number. */
function endsInDigit({ utf8 }: Texts, code: number): boolean {
  if (utf8 === undefined) return false;
  const last = utf8.bytes[utf8.starts[code + 1]! - 1]!;
  return last >= ZERO && last <= NINE;
}

/** Through a decimal literal: 1.005 × 1000 is 1004.9999999999999. */
function scaled(value: number, power: number): number {
  const literal = Number(`${value}e${power}`);
  return Number.isNaN(literal) ? value * 10 ** power : literal;
}

/**
 * A money column in the unit its header names: with `金额（万元）` a cell 12 is 120,000, and 12万 is that as well. The
 * currency of the header counts for cells without one. Other columns, and headers without a unit, stay as they are.
 */
export function inHeaderUnit(column: Column): Column {
  const unit = column.type === 'money' ? headerUnit(column.header) : null;
  if (unit === null) return column;
  const { power, currency } = unit;
  const currencies =
    currency === null
      ? column.currencies
      : Array.from(column.numbers, (_, code) => column.currencies[code] ?? currency);
  const reading = { ...column.reading, unit: unit.text };
  if (power === 0) return { ...column, currencies, reading };
  const { texts, state } = column;
  const numbers = column.numbers.map((value, code) => {
    if (state[code] !== PRESENT) return value;
    return !endsInDigit(texts, code) && hasOwnUnit(texts.at(code) as string) ? value : scaled(value, power);
  });
  return { ...column, numbers, currencies, reading };
}
