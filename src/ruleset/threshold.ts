import { parseDuration } from '../kinds/option-types.ts';
import type { Threshold } from './ruleset.ts';

const FORM = /^(<=|>=|<|>)\s*(-?\d+(?:\.\d+)?)\s*(%|rows?|行|d|w|mo|h|min|s)?$/;

/** Parses `> 5%`, `> 25 rows`, `< 30%`, `> 45d`, `< 0.3`; null when the text is none of these. */
export function parseThreshold(source: string): Threshold | null {
  const match = FORM.exec(source.trim());
  if (match === null) return null;
  const operator = match[1] as Threshold['operator'];
  const number = Number(match[2]);
  const unit = match[3];
  if (unit === undefined) return { source, operator, value: number, unit: 'number' };
  if (unit === '%') return { source, operator, value: number / 100, unit: 'share' };
  if (unit === 'row' || unit === 'rows' || unit === '行') return { source, operator, value: number, unit: 'rows' };
  return { source, operator, value: parseDuration(`${match[2]}${unit}`) ?? number, unit: 'days' };
}

/** Whether `fail` lies further out than `warn`, in the same direction and unit. */
export function isFurtherOut(warn: Threshold, fail: Threshold): boolean {
  if (warn.operator[0] !== fail.operator[0]) return false;
  // A share and a count cannot be compared without the data.
  if (warn.unit !== fail.unit) return warn.unit !== 'days' && fail.unit !== 'days';
  return warn.operator.startsWith('>') ? fail.value >= warn.value : fail.value <= warn.value;
}
