import type { Texts } from '../../source/texts.ts';
import { MISSING, PRESENT, UNREADABLE } from '../dataset.ts';
import { EVIDENCE, readWrittenNumber } from './number-shapes.ts';

/** Distinct texts read one by one, before the column decides what its marks mean. */
export interface ScannedNumbers {
  /** One a text; NaN where it is no number. Where the mark may be grouping, it is taken as such. */
  readonly values: Float64Array;
  /** One a text, an `EVIDENCE`. */
  readonly evidence: Uint8Array;
  /** One a text: the currency found in it. */
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
  /** Money: ISO code, `¥`, `$` or null, one a text (see `resolveCurrency`). Empty for numbers. */
  readonly currencies: readonly (string | null)[];
  /** Decimal mark, null where no text has a mark. */
  readonly decimal: '.' | ',' | null;
}

const MINUS = 45;
const ZERO = 48;
const NINE = 57;
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
    currencies: new Array<string | null>(texts.length).fill(null),
    percent: new Uint8Array(texts.length),
  };
  for (let index = 0; index < texts.length; index++) {
    if (state[index] === MISSING) continue;
    const text = texts.at(index) as string;
    if (!scanPlain(text, index, scanned)) scanWritten(text, index, scanned);
  }
  return scanned;
}

/** The common shape, `-1234.56`, by character codes; false where the text is another. */
function scanPlain(text: string, index: number, into: ScannedNumbers): boolean {
  const length = text.length;
  const start = text.charCodeAt(0) === MINUS ? 1 : 0;
  const point = text.indexOf('.');
  const integerEnd = point < 0 ? length : point;
  if (integerEnd === start || point === length - 1 || length > SAFE_LENGTH) return false;
  let value = appendDigits(0, text, start, integerEnd);
  if (point >= 0) value = appendDigits(value, text, point + 1, length);
  if (Number.isNaN(value)) return false;
  const decimals = length - 1 - integerEnd;
  const maybe = decimals === 3 && point - start <= 3 && text.charCodeAt(start) !== ZERO;
  into.evidence[index] = plainEvidence(point >= 0, maybe);
  const size = maybe || point < 0 ? value : value / (POWERS[decimals] as number);
  into.values[index] = start === 1 ? 0 - size : size;
  return true;
}

function plainEvidence(hasPoint: boolean, maybe: boolean): number {
  if (!hasPoint) return EVIDENCE.neutral;
  return maybe ? EVIDENCE.maybePoint : EVIDENCE.point;
}

/** The integer with the digits of `text` from `from` to before `to` behind it, NaN where one is no digit. */
function appendDigits(integer: number, text: string, from: number, to: number): number {
  let value = integer;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code < ZERO || code > NINE) return Number.NaN;
    value = value * 10 + (code - ZERO);
  }
  return value;
}

function scanWritten(text: string, index: number, into: ScannedNumbers): void {
  const written = readWrittenNumber(text);
  if (written === null) return;
  into.values[index] = written.value;
  into.evidence[index] = written.evidence;
  into.currencies[index] = written.currency;
  if (written.percent) into.percent[index] = 1;
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
    values[index] = settleValue(values[index] as number, evidence[index] as number, decimal === ',');
    if (!(Math.abs(values[index] as number) <= MOST)) values[index] = Number.NaN;
    settled[index] = Number.isNaN(values[index]) ? UNREADABLE : PRESENT;
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
