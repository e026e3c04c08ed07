import type { Texts } from '../../source/texts.ts';
import { PRESENT } from '../dataset.ts';
import { EVIDENCE } from './number-shapes.ts';
import { type ScannedNumbers, scanNumbers, settleDecimal } from './numbers.ts';

/** Distinct texts of a percent column, read as shares. */
export interface PercentReading {
  readonly state: Uint8Array;
  /** One a text, a share (60 % is 0.6), NaN unless PRESENT. Values outside 0–1 are kept for the rules to judge. */
  readonly numbers: Float64Array;
  readonly decimal: '.' | ',' | null;
  /** What a number without a sign means; null where each has one. */
  readonly percent: '0–1' | '0–100' | null;
}

/**
 * Reads the distinct texts of a column as shares. With a percent sign: hundredths. Without: decided once for the
 * column, hundredths if some bare number is greater than 1 (then `1` is 1 %), else shares.
 */
export function readPercents(texts: Texts, state: Uint8Array): PercentReading {
  const scanned = scanNumbers(texts, state);
  for (let index = 0; index < texts.length; index++) {
    if ((scanned.currencies[index] ?? null) !== null) scanned.evidence[index] = EVIDENCE.none;
  }
  const { decimal, state: settled } = settleDecimal(scanned, state);
  const percent = decideBare(scanned, settled);
  for (let index = 0; index < texts.length; index++) {
    if (settled[index] !== PRESENT || (scanned.percent[index] === 0 && percent === '0–1')) continue;
    scanned.values[index] = hundredth(scanned.values[index] as number);
  }
  return { state: settled, numbers: scanned.values, decimal, percent };
}

/** What the numbers without a percent sign mean, null where there are none. */
function decideBare(scanned: ScannedNumbers, state: Uint8Array): '0–1' | '0–100' | null {
  let bare = 0;
  for (let index = 0; index < state.length; index++) {
    if (state[index] !== PRESENT || scanned.percent[index] === 1) continue;
    if (Math.abs(scanned.values[index] as number) > 1) return '0–100';
    bare++;
  }
  return bare === 0 ? null : '0–1';
}

/** Through a decimal literal: 33.3 / 100 is 0.33299999999999996, 33.3e-2 is 0.333. */
function hundredth(value: number): number {
  const quotient = value / 100;
  if (Number.isInteger(value)) return quotient;
  const literal = Number(`${value}e-2`);
  return Number.isNaN(literal) ? quotient : literal;
}
