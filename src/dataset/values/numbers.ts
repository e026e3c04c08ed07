import type { Texts } from '../../source/texts.ts';
import { MISSING, PRESENT, UNREADABLE } from '../dataset.ts';
import { visitBlocks } from '../row-blocks.ts';
import { EVIDENCE, type Evidence, readWrittenNumber } from './number-shapes.ts';
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
  const { values, evidence } = scanned;
  const cursor = textCursor(texts);
  visitBlocks(texts.length, (from, to) => {
    for (let index = from; index < to; index++) {
      if (state[index] === MISSING) continue;
      cursor.moveTo(index);
      const plain = scanPlain(cursor, index, values);
      evidence[index] = plain;
      if (plain === EVIDENCE.none) scanWritten(texts.at(index) as string, index, scanned);
    }
  });
  return scanned;
}

/** The common shape, `-1234.56`, by its bytes; `EVIDENCE.none` where the text is another. */
function scanPlain({ bytes, start, end }: TextCursor, index: number, values: Float64Array): Evidence {
  if (end - start > SAFE_LENGTH) return EVIDENCE.none;
  const first = bytes[start] === MINUS ? start + 1 : start;
  let point = end;
  let value = 0;
  for (let at = first; at < end; at++) {
    const digit = bytes[at]! - ZERO;
    if (digit >= 0 && digit <= 9) value = value * 10 + digit;
    else if (digit === POINT - ZERO && point === end) point = at;
    else return EVIDENCE.none;
  }
  // Nothing stands before the point, or nothing behind it; an empty text may stand before another's minus.
  if (point <= first || point === end - 1) return EVIDENCE.none;
  const decimals = Math.max(0, end - 1 - point);
  const maybe = decimals === 3 && point - first <= 3 && bytes[first] !== ZERO;
  const size = maybe ? value : value / POWERS[decimals]!;
  values[index] = first > start ? 0 - size : size;
  return plainEvidence(point < end, maybe);
}

function plainEvidence(hasPoint: boolean, maybe: boolean): Evidence {
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
  visitBlocks(evidence.length, (from, to) => {
    for (let index = from; index < to; index++) {
      if (state[index] === MISSING) continue;
      const value = settleValue(values[index]!, evidence[index]!, decimal === ',');
      const isReadable = Math.abs(value) <= MOST;
      values[index] = isReadable ? value : Number.NaN;
      settled[index] = isReadable ? PRESENT : UNREADABLE;
    }
  });
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
