import { say, type Text } from '../../i18n/text.ts';
import { type Lexeme, matchAt } from './lexeme.ts';
import { shorten } from './problem.ts';

const ISO_DATE = /\d{4}-\d{2}-\d{2}(?![\p{L}\p{N}_])/uy;
const LOOSE_DATE = /\d{4}(?:-\d{1,2}-\d{1,2}|\/\d{1,2}\/\d{1,2})(?![\p{L}\p{N}_])/uy;
const NUMBER = /\d(?:_?\d)*(?:\.\d(?:_?\d)*)?/y;
const UNIT = /%|[\p{L}_][\p{L}\p{M}\p{N}_]*/uy;

/** A month counts 30 days. */
const DAYS: ReadonlyMap<string, number> = new Map([
  ['h', 1 / 24],
  ['d', 1],
  ['w', 7],
  ['mo', 30],
]);
const MULTIPLES: ReadonlyMap<string, number> = new Map([
  ['k', 1e3],
  ['千', 1e3],
  ['万', 1e4],
  ['m', 1e6],
  ['亿', 1e8],
]);
const MILLIS_PER_DAY = 86_400_000;

/** Days since 1970-01-01, or null where the calendar has no such day. */
function dayNumber(year: number, month: number, day: number): number | null {
  // Date.UTC takes the years 0–99 for 1900–1999.
  if (year < 100) return null;
  const millis = Date.UTC(year, month - 1, day);
  const date = new Date(millis);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? millis / MILLIS_PER_DAY : null;
}

function problem(start: number, length: number, message: Text): Lexeme {
  return { type: 'problem', at: { start, end: start + length }, message };
}

function readDate(text: string, start: number): Lexeme {
  const [year, month, day] = text.split(/[-/]/);
  const value = dayNumber(Number(year), Number(month), Number(day));
  if (value === null) return problem(start, text.length, say(`there is no day ${text}`, `没有 ${text} 这一天`));
  const iso = `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
  if (iso !== text) return problem(start, text.length, say(`write the date as ${iso}`, `日期请写成 ${iso}`));
  return { type: 'date', value, at: { start, end: start + text.length } };
}

function unknownUnit(digits: string, value: number, unit: string): Text {
  const multiple = MULTIPLES.get(unit.toLowerCase());
  const plain = multiple === undefined ? Number.NaN : value * multiple;
  if (Number.isSafeInteger(plain)) return say(`write ${plain} instead of ${digits}${unit}`, `请写成 ${plain}`);
  return say(
    `unknown unit "${shorten(unit)}"; write ${digits}h for hours, ${digits}d for days, ${digits}w for weeks, ${digits}mo for months of 30 days`,
    `未知的单位“${shorten(unit)}”；小时写 ${digits}h，天写 ${digits}d，周写 ${digits}w，月（30 天）写 ${digits}mo`,
  );
}

/** Reads what begins with a digit: a date, a number, a percent or a duration. */
export function readNumeric(source: string, start: number): Lexeme {
  const date = matchAt(ISO_DATE, source, start) ?? matchAt(LOOSE_DATE, source, start);
  if (date !== null) return readDate(date, start);
  const digits = matchAt(NUMBER, source, start)!;
  const value = Number(digits.replaceAll('_', ''));
  const unit = matchAt(UNIT, source, start + digits.length) ?? '';
  const at = { start, end: start + digits.length + unit.length };
  if (!Number.isFinite(value)) return { type: 'problem', at, message: say('the number is too large', '数字太大') };
  if (unit === '') return { type: 'number', value, at };
  if (unit === '%') return { type: 'percent', value: value / 100, at };
  const days = DAYS.get(unit);
  if (days === undefined) return { type: 'problem', at, message: unknownUnit(digits, value, unit) };
  return { type: 'duration', value: value * days, at };
}
