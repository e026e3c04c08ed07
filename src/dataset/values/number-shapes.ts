import { currencyOfWord, mergeMarks } from './currency-marks.ts';
import { plainText } from './placeholder.ts';

/** What a text says about the decimal mark of its column. */
export const EVIDENCE = {
  /** Not a number. */
  none: 0,
  /** No mark that matters, `1200`. */
  neutral: 1,
  /** The point is the decimal mark, `1,234.56` or `1.5`. */
  point: 2,
  /** The comma is the decimal mark, `1.234,56` or `1,5`. */
  comma: 3,
  /** `1.234`: decimal or grouping. */
  maybePoint: 4,
  /** `1,234`: decimal or grouping. */
  maybeComma: 5,
} as const;
export type Evidence = (typeof EVIDENCE)[keyof typeof EVIDENCE];

/** A number as written. Where the mark may be grouping (`maybePoint`, `maybeComma`), `value` takes it as such. */
export interface WrittenNumber {
  readonly value: number;
  readonly evidence: Evidence;
  /** ISO code, `¥`, `$` or null. */
  readonly currency: string | null;
  readonly percent: boolean;
}

interface Digits {
  readonly integer: string;
  readonly fraction: string;
  readonly exponent: number;
  readonly evidence: Evidence;
}

interface Affixes {
  readonly sign: 1 | -1;
  readonly exponent: number;
  readonly currency: string | null;
  readonly percent: boolean;
}

const LONGEST = 64;
/** Raised, lowered, circled digits and fractions, which NFKC would turn into plain digits: 5² is not 52. */
const DECORATED_DIGITS = /[²³¹¼-¾⁰-₟⅐-↏①-⓿❶-➓㈠-㊿]/u;
const SCIENTIFIC = /^(\d+)(?:([.,])(\d+))?e([+-]?\d{1,3})$/i;
const SPACED = /^\d{1,3}([ '’])\d{3}(?:\1\d{3})*(?:([.,])(\d+))?$/;
const COMMA_GROUPS = /^(?:\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3})$/;
const POINT_GROUPS = /^\d{1,3}(?:\.\d{3})+$/;
const SIGN_CHARACTERS = /[-−+()]/gu;
/** Signs before the number, a bar, signs after it. */
const SIGNS: ReadonlyMap<string, 1 | -1> = new Map([
  ['|', 1],
  ['+|', 1],
  ['-|', -1],
  ['−|', -1],
  ['|-', -1],
  ['|−', -1],
  ['(|)', -1],
]);
/** Longer words first, so that `千万` is not read as `千`. */
const MULTIPLIERS: readonly (readonly [string, number])[] = [
  ['万亿', 12],
  ['千万', 7],
  ['百万', 6],
  ['亿', 8],
  ['億', 8],
  ['万', 4],
  ['萬', 4],
  ['千', 3],
  ['THOUSAND', 3],
  ['MILLION', 6],
  ['BILLION', 9],
  ['MIO', 6],
  ['MN', 6],
  ['BN', 9],
  ['K', 3],
  ['M', 6],
  ['B', 9],
];

/** Reads one number as people and systems write it; null where it is none. Nothing is guessed: see `EVIDENCE`. */
export function readWrittenNumber(text: string): WrittenNumber | null {
  if (text.length > LONGEST) return null;
  if (DECORATED_DIGITS.test(text)) return null;
  const plain = plainText(text);
  const [start, end] = bodyOf(plain);
  if (start >= end) return null;
  const digits = readDigits(plain.slice(start, end));
  if (digits === null) return null;
  const affixes = readAffixes(plain.slice(0, start), plain.slice(end));
  if (affixes === null) return null;
  // Through a decimal literal, not by multiplying: 1.005 × 1000 is 1004.9999999999999.
  const value = Number(`${digits.integer}.${digits.fraction}e${digits.exponent + affixes.exponent}`);
  if (!Number.isFinite(value)) return null;
  const signed = affixes.sign * value + 0;
  return { value: signed, evidence: digits.evidence, currency: affixes.currency, percent: affixes.percent };
}

/** From the first digit, or the mark before it, to behind the last digit. */
function bodyOf(text: string): [number, number] {
  let end = text.length;
  while (end > 0 && !isDigit(text, end - 1)) end--;
  let start = 0;
  while (start < end && !isDigit(text, start)) start++;
  const before = start > 0 ? text[start - 1] : '';
  return [before === '.' || before === ',' ? start - 1 : start, end];
}

function isDigit(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 48 && code <= 57;
}

function readDigits(body: string): Digits | null {
  const points = count(body, '.');
  const commas = count(body, ',');
  if (!isDigitsAndMarks(body)) return readScientific(body) ?? readSpaced(body);
  if (points === 0 && commas === 0) return digitsOf(body, '', EVIDENCE.neutral);
  if (commas === 0) return readOneMark(body, points, EVIDENCE.maybePoint, EVIDENCE.point, EVIDENCE.comma, POINT_GROUPS);
  if (points === 0) return readOneMark(body, commas, EVIDENCE.maybeComma, EVIDENCE.comma, EVIDENCE.point, COMMA_GROUPS);
  return readTwoMarks(body, points, commas);
}

function digitsOf(integer: string, fraction: string, evidence: Evidence, exponent = 0): Digits {
  return { integer: integer === '' ? '0' : integer, fraction, exponent, evidence };
}

function readOneMark(
  body: string,
  marks: number,
  maybe: Evidence,
  decimal: Evidence,
  grouping: Evidence,
  groups: RegExp,
): Digits | null {
  if (marks > 1) return groups.test(body) ? digitsOf(body.replace(/[.,]/g, ''), '', grouping) : null;
  const [left = '', right = ''] = body.split(/[.,]/);
  const groupable = left.length >= 1 && left.length <= 3 && left[0] !== '0' && right.length === 3;
  return groupable ? digitsOf(left + right, '', maybe) : digitsOf(left, right, decimal);
}

function readTwoMarks(body: string, points: number, commas: number): Digits | null {
  const pointIsDecimal = body.lastIndexOf('.') > body.lastIndexOf(',');
  const at = body.lastIndexOf(pointIsDecimal ? '.' : ',');
  if ((pointIsDecimal ? points : commas) !== 1) return null;
  const integer = body.slice(0, at);
  if (!(pointIsDecimal ? COMMA_GROUPS : POINT_GROUPS).test(integer)) return null;
  const evidence = pointIsDecimal ? EVIDENCE.point : EVIDENCE.comma;
  return digitsOf(integer.replace(/[.,]/g, ''), body.slice(at + 1), evidence);
}

function readScientific(body: string): Digits | null {
  const match = SCIENTIFIC.exec(body);
  if (match === null) return null;
  const [, integer = '', mark, fraction = '', exponent = ''] = match;
  return digitsOf(integer, fraction, evidenceOf(mark), Number(exponent));
}

function readSpaced(body: string): Digits | null {
  const match = SPACED.exec(body);
  if (match === null) return null;
  const [, , mark, fraction = ''] = match;
  const integer = mark === undefined ? body : body.slice(0, body.indexOf(mark));
  return digitsOf(integer.replace(/[ '’]/g, ''), fraction, evidenceOf(mark));
}

function evidenceOf(mark: string | undefined): Evidence {
  if (mark === undefined) return EVIDENCE.neutral;
  return mark === '.' ? EVIDENCE.point : EVIDENCE.comma;
}

function isDigitsAndMarks(body: string): boolean {
  return /^[\d.,]*$/.test(body);
}

function count(text: string, mark: string): number {
  let found = 0;
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) found++;
  return found;
}

function readAffixes(head: string, tail: string): Affixes | null {
  if (head === '' && tail === '') return { sign: 1, exponent: 0, currency: null, percent: false };
  const sign = SIGNS.get(`${signsOf(head)}|${signsOf(tail)}`);
  if (sign === undefined) return null;
  const before = wordOf(head);
  const after = wordOf(tail);
  const percent = before === '%' || after.endsWith('%');
  const prefix = unitOf(before === '%' ? '' : before, false);
  const suffix = unitOf(after.endsWith('%') ? after.slice(0, -1) : after, true);
  if (prefix === null || suffix === null) return null;
  const currency = mergeMarks(prefix.currency, suffix.currency);
  if (currency === undefined || (percent && currency !== null)) return null;
  return { sign, exponent: suffix.exponent, currency, percent };
}

function signsOf(affix: string): string {
  return affix === '' ? '' : (affix.match(SIGN_CHARACTERS)?.join('') ?? '');
}

function wordOf(affix: string): string {
  return affix === '' ? '' : affix.replace(SIGN_CHARACTERS, '').replace(/\s/g, '').toUpperCase();
}

function unitOf(word: string, suffix: boolean): { exponent: number; currency: string | null } | null {
  if (word === '') return { exponent: 0, currency: null };
  const currency = currencyOfWord(word);
  if (currency !== undefined) return { exponent: 0, currency };
  const multiplier = suffix ? MULTIPLIERS.find(([name]) => word.startsWith(name)) : undefined;
  if (multiplier === undefined) return null;
  const rest = word.slice(multiplier[0].length);
  const restCurrency = rest === '' ? null : currencyOfWord(rest);
  return restCurrency === undefined ? null : { exponent: multiplier[1], currency: restCurrency };
}
