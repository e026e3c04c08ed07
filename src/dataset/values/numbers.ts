import type { Texts } from '../../source/texts.ts';
import { MISSING, PRESENT, UNREADABLE } from '../dataset.ts';
import { EVIDENCE, readWrittenNumber } from './number-shapes.ts';
import { type TextCursor, textCursor } from './text-cursor.ts';

/** Distinct texts read one by one, before the column decides what its marks mean. */
export interface ScannedNumbers {
  /** One a text; NaN where it is no number. Where the mark may be grouping, it is taken as such. */
  readonly values: Float64Array;
  /** One a text, an `EVIDENCE`. */
  readonly evidence: Uint8Array;
  /** One a text: the currency found in it. Empty where none has one. */
  readonly currencies: (string | null)[];
  /** One a text: 1 where it has a percent sign. */
  readonly percent: Uint8Array;
}

/** Distinct texts of a number or money column, read. */
export interface NumberReading {
  /** One a text: MISSING, PRESENT or UNREADABLE. */
  readonly state: Uint8Array;
  /** One a text, NaN unless PRESENT. */
  readonly numbers: Float64Array;
  /** Money: ISO code, `¥`, `$` or null, one a text (see `resolveCurrency`). Empty where no text has one. */
  readonly currencies: readonly (string | null)[];
  /** Decimal mark, null where no text has a mark. */
  readonly decimal: '.' | ',' | null;
}

const MINUS = 45;
const POINT = 46;
const ZERO = 48;
/** Beyond it nobody's deal is worth that much, and sums of a million of them would lose their cents. */
const MOST = 1e15;
/** Longest text whose digits stay below 2^53. */
const SAFE_LENGTH = 15;
const POWERS = Float64Array.from({ length: SAFE_LENGTH + 1 }, (_, exponent) => 10 ** exponent);

/**
 * Reads the distinct texts of a column as numbers; `state` marks the missing ones. The decimal mark is decided once for
 * the column: by the side with more texts that prove it (`1.5`, `1,234.56` against `1,5`, `1.234,56`), else it is the
 * point. Texts that contradict it are UNREADABLE. A percent sign is UNREADABLE too.
 */
export function readNumbers(texts: Texts, state: Uint8Array, kind: 'number' | 'money'): NumberReading {
  const scanned = scanNumbers(texts, state);
  for (let index = 0; index < texts.length; index++) {
    if (scanned.percent[index] === 1) scanned.evidence[index] = EVIDENCE.none;
  }
  const { decimal, state: settled } = settleDecimal(scanned, state);
  return { state: settled, numbers: scanned.values, currencies: kind === 'money' ? scanned.currencies : [], decimal };
}

/** Reads each distinct text that is not missing, without deciding between decimal marks. */
export function scanNumbers(texts: Texts, state: Uint8Array): ScannedNumbers {
  const scanned: ScannedNumbers = {
    values: new Float64Array(texts.length).fill(Number.NaN),
    evidence: new Uint8Array(texts.length),
    currencies: [],
    percent: new Uint8Array(texts.length),
  };
  const cursor = textCursor(texts);
  for (let index = 0; index < texts.length; index++) {
    if (state[index] === MISSING) continue;
    cursor.moveTo(index);
    if (!scanPlain(cursor, index, scanned)) scanWritten(texts.at(index) as string, index, scanned);
  }
  return scanned;
}

/** The common shape, `-1234.56`, by its bytes; false where the text is another. */
function scanPlain({ bytes, start, end }: TextCursor, index: number, into: ScannedNumbers): boolean {
  if (start === end || end - start > SAFE_LENGTH) return false;
  const first = bytes[start] === MINUS ? start + 1 : start;
  let integerEnd = first;
  while (integerEnd < end && bytes[integerEnd] !== POINT) integerEnd++;
  if (integerEnd === first || integerEnd === end - 1) return false;
  const value = appendDigits(appendDigits(0, bytes, first, integerEnd), bytes, integerEnd + 1, end);
  if (Number.isNaN(value)) return false;
  const decimals = end - 1 - integerEnd;
  const maybe = decimals === 3 && integerEnd - first <= 3 && bytes[first] !== ZERO;
  into.evidence[index] = plainEvidence(integerEnd < end, maybe);
  const size = maybe || decimals < 0 ? value : value / POWERS[decimals]!;
  into.values[index] = first > start ? 0 - size : size;
  return true;
}

/** The integer with the digits from `from` to before `to` behind it, NaN where one is no digit. */
function appendDigits(integer: number, bytes: Uint8Array, from: number, to: number): number {
  let value = integer;
  for (let at = from; at < to; at++) {
    const digit = bytes[at]! - ZERO;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

function plainEvidence(hasPoint: boolean, maybe: boolean): number {
  if (!hasPoint) return EVIDENCE.neutral;
  return maybe ? EVIDENCE.maybePoint : EVIDENCE.point;
}

function scanWritten(text: string, index: number, into: ScannedNumbers): void {
  const written = readWrittenNumber(text);
  if (written === null) return;
  into.values[index] = written.value;
  into.evidence[index] = written.evidence;
  if (written.currency !== null) markCurrency(written.currency, index, into);
  if (written.percent) into.percent[index] = 1;
}

function markCurrency(currency: string, index: number, { currencies, values }: ScannedNumbers): void {
  while (currencies.length < values.length) currencies.push(null);
  currencies[index] = currency;
}

/**
 * Decides the decimal mark of a column and applies it to `scanned.values`: NaN where a text is no number or contradicts
 * the mark. A tie of proofs goes to the point.
 */
export function settleDecimal(
  scanned: ScannedNumbers,
  state: Uint8Array,
): { readonly decimal: '.' | ',' | null; readonly state: Uint8Array } {
  const { values, evidence } = scanned;
  const decimal = decideDecimal(evidence);
  const settled = new Uint8Array(evidence.length);
  for (let index = 0; index < evidence.length; index++) {
    if (state[index] === MISSING) continue;
    const value = settleValue(values[index]!, evidence[index]!, decimal === ',');
    const isReadable = Math.abs(value) <= MOST;
    values[index] = isReadable ? value : Number.NaN;
    settled[index] = isReadable ? PRESENT : UNREADABLE;
  }
  return { decimal, state: settled };
}

function decideDecimal(evidence: Uint8Array): '.' | ',' | null {
  const counts = [0, 0, 0, 0, 0, 0];
  for (let index = 0; index < evidence.length; index++) counts[evidence[index] as number]!++;
  const [, , point = 0, comma = 0, maybePoint = 0, maybeComma = 0] = counts;
  if (point + comma + maybePoint + maybeComma === 0) return null;
  return comma > point ? ',' : '.';
}

function settleValue(value: number, evidence: number, commaIsDecimal: boolean): number {
  if (evidence === EVIDENCE.neutral) return value;
  if (evidence === EVIDENCE.none) return Number.NaN;
  const comma = evidence === EVIDENCE.comma || evidence === EVIDENCE.maybeComma;
  if (evidence === EVIDENCE.point || evidence === EVIDENCE.comma) return comma === commaIsDecimal ? value : Number.NaN;
  return comma === commaIsDecimal ? value / 1000 : value;
}
