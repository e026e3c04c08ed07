import { parseDuration } from '../kinds/option-types.ts';
import type { Threshold } from './ruleset.ts';

const UNIT = '(%|pp|rows?|行|d|w|mo|h|min|s)?';
const FORM = new RegExp(`^(<=|>=|<|>)\\s*(-?\\d+(?:\\.\\d+)?)\\s*${UNIT}$`);
const BAND = new RegExp(`^outside\\s+(-?\\d+(?:\\.\\d+)?)\\s*${UNIT}\\s*\\.\\.\\s*(-?\\d+(?:\\.\\d+)?)\\s*${UNIT}$`);

type Quantity = Pick<Threshold, 'value' | 'unit'>;

function quantityOf(number: string, unit: string | undefined): Quantity {
  const value = Number(number);
  if (unit === undefined) return { value, unit: 'number' };
  if (unit === '%') return { value: value / 100, unit: 'share' };
  if (unit === 'pp') return { value: value / 100, unit: 'points' };
  if (unit === 'row' || unit === 'rows' || unit === '行') return { value, unit: 'rows' };
  const days = parseDuration(`${number.replace('-', '')}${unit}`) ?? Math.abs(value);
  return { value: value < 0 ? -days : days, unit: 'days' };
}

/**
 * Parses `> 5%`, `> 25 rows`, `< 30%`, `> 45d`, `< 0.3`, `< -15 pp` and `outside 90%..110%`; null when the text is none
 * of these.
 */
export function parseThreshold(source: string): Threshold | null {
  const text = source.trim();
  const band = BAND.exec(text);
  if (band !== null) return bandOf(source, band);
  const match = FORM.exec(text);
  if (match === null) return null;
  return { source, operator: match[1] as Threshold['operator'], ...quantityOf(match[2] as string, match[3]) };
}

/** A band, whose ends have one unit: that of the upper end stands for both where the lower one has none. */
function bandOf(source: string, [, low, lowUnit, high, highUnit]: RegExpExecArray): Threshold | null {
  const upper = quantityOf(high as string, highUnit);
  const lower = quantityOf(low as string, lowUnit ?? highUnit);
  if (lower.unit !== upper.unit || lower.value > upper.value) return null;
  return { source, operator: 'outside', ...lower, upper: upper.value };
}

/** Whether `fail` lies further out than `warn`, in the same direction and unit. */
export function isFurtherOut(warn: Threshold, fail: Threshold): boolean {
  if (warn.operator[0] !== fail.operator[0]) return false;
  // A share and a count cannot be compared without the data.
  if (warn.unit !== fail.unit) return warn.unit !== 'days' && fail.unit !== 'days';
  if (warn.operator === 'outside') return fail.value <= warn.value && (fail.upper ?? 0) >= (warn.upper ?? 0);
  return warn.operator.startsWith('>') ? fail.value >= warn.value : fail.value <= warn.value;
}
