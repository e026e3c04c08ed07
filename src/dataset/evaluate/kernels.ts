import type { ArithmeticOperator, CompareOperator, FunctionName } from '../../ruleset/expression/expression.ts';
import { DAY_MILLIS } from '../values/calendar.ts';
import { weekdaysBetween } from './functions.ts';
import { FALSE, type Source, type Texts, TRUE, UNKNOWN } from './sources.ts';

// Loops over one block of rows: operands in, results out, nothing allocated. NaN, -1 and null stand for unknown.

/** The rows a loop is about. */
export interface Block {
  /** Positions are distinct values of a source, not rows. */
  readonly overDistinct: boolean;
  readonly start: number;
  readonly count: number;
}

// Three times the same loop: one function for all kinds of arrays would be several times slower.

export function gatherNumbers(values: Float64Array, source: Source, block: Block, out: Float64Array): void {
  const { start, count } = block;
  const { codes, shift } = source;
  if (block.overDistinct) out.set(values.subarray(start, start + count));
  else for (let row = 0; row < count; row += 1) out[row] = values[codes[start + row]! + shift]!;
}

export function gatherTruths(values: Int8Array, source: Source, block: Block, out: Int8Array): void {
  const { start, count } = block;
  const { codes, shift } = source;
  if (block.overDistinct) out.set(values.subarray(start, start + count));
  else for (let row = 0; row < count; row += 1) out[row] = values[codes[start + row]! + shift]!;
}

export function gatherTexts(values: Texts, source: Source, block: Block, out: (string | null)[]): void {
  const { start, count } = block;
  const { codes, shift } = source;
  if (block.overDistinct) for (let row = 0; row < count; row += 1) out[row] = values[start + row] ?? null;
  else for (let row = 0; row < count; row += 1) out[row] = values[codes[start + row]! + shift] ?? null;
}

/** Kleene's tables, at `(left + 1) * 3 + right + 1`. */
const AND = Int8Array.of(-1, 0, -1, 0, 0, 0, -1, 0, 1);
const OR = Int8Array.of(-1, -1, 1, -1, 0, 1, 1, 1, 1);

export function connect(op: 'and' | 'or', left: Int8Array, right: Int8Array, out: Int8Array, count: number): void {
  const table = op === 'and' ? AND : OR;
  for (let row = 0; row < count; row += 1) out[row] = table[left[row]! * 3 + right[row]! + 4]!;
}

/** The same with a right side that is known for each distinct value of a source; it saves the array in between. */
export function connectGathered(
  op: 'and' | 'or',
  left: Int8Array,
  values: Int8Array,
  source: Source,
  block: Block,
  out: Int8Array,
): void {
  const table = op === 'and' ? AND : OR;
  const { start, count } = block;
  const { codes, shift } = source;
  for (let row = 0; row < count; row += 1) out[row] = table[left[row]! * 3 + values[codes[start + row]! + shift]! + 4]!;
}

export function invert(operand: Int8Array, out: Int8Array, count: number): void {
  for (let row = 0; row < count; row += 1) out[row] = operand[row] === UNKNOWN ? UNKNOWN : 1 - operand[row]!;
}

function equalNumbers(left: Float64Array, right: Float64Array, out: Int8Array, count: number, yes: number): void {
  for (let row = 0; row < count; row += 1) {
    const one = left[row]!;
    const other = right[row]!;
    // Nothing compares with NaN, not even NaN itself.
    out[row] = one === other ? yes : one < other || one > other ? 1 - yes : UNKNOWN;
  }
}

function lessNumbers(left: Float64Array, right: Float64Array, out: Int8Array, count: number, yes: number): void {
  for (let row = 0; row < count; row += 1) {
    const one = left[row]!;
    const other = right[row]!;
    out[row] = one < other ? yes : one >= other ? 1 - yes : UNKNOWN;
  }
}

/** Each comparison is one of two loops, with the operands as they are or swapped, and asked for truth or falsehood. */
const COMPARISONS = {
  '=': { loop: equalNumbers, isSwapped: false, yes: TRUE },
  '!=': { loop: equalNumbers, isSwapped: false, yes: FALSE },
  '<': { loop: lessNumbers, isSwapped: false, yes: TRUE },
  '>=': { loop: lessNumbers, isSwapped: false, yes: FALSE },
  '>': { loop: lessNumbers, isSwapped: true, yes: TRUE },
  '<=': { loop: lessNumbers, isSwapped: true, yes: FALSE },
} as const;

export function compareNumbers(
  operator: CompareOperator,
  left: Float64Array,
  right: Float64Array,
  out: Int8Array,
  count: number,
): void {
  const { loop, isSwapped, yes } = COMPARISONS[operator];
  if (isSwapped) loop(right, left, out, count, yes);
  else loop(left, right, out, count, yes);
}

export function equalTruths(left: Int8Array, right: Int8Array, out: Int8Array, count: number): void {
  for (let row = 0; row < count; row += 1) {
    const isKnown = left[row] !== UNKNOWN && right[row] !== UNKNOWN;
    out[row] = isKnown ? Number(left[row] === right[row]) : UNKNOWN;
  }
}

type TextTest = (text: string, other: string) => boolean;

/** Tests that take two texts. Space around texts does not count in a comparison. */
export const TEXT_TESTS: Readonly<Record<'=' | 'contains' | 'starts_with' | 'ends_with', TextTest>> = {
  '=': (text, other) => text.trim() === other.trim(),
  contains: (text, part) => text.includes(part),
  starts_with: (text, start) => text.startsWith(start),
  ends_with: (text, end) => text.endsWith(end),
};

export function testTexts(test: TextTest, left: Texts, right: Texts, out: Int8Array, count: number): void {
  for (let row = 0; row < count; row += 1) {
    const text = left[row] ?? null;
    const other = right[row] ?? null;
    out[row] = text === null || other === null ? UNKNOWN : test(text, other) ? TRUE : FALSE;
  }
}

// Whether values are known, answered with `known` and its opposite.

export function markNumbers(values: Float64Array, out: Int8Array, count: number, known: 0 | 1): void {
  for (let row = 0; row < count; row += 1) out[row] = Number.isNaN(values[row]) ? 1 - known : known;
}

export function markTruths(values: Int8Array, out: Int8Array, count: number, known: 0 | 1): void {
  for (let row = 0; row < count; row += 1) out[row] = values[row] === UNKNOWN ? 1 - known : known;
}

export function markTexts(values: Texts, out: Int8Array, count: number, known: 0 | 1): void {
  for (let row = 0; row < count; row += 1) out[row] = values[row] === null ? 1 - known : known;
}

/** Sum, difference, product or quotient; a quotient by zero is unknown. */
export function calculate(
  operator: ArithmeticOperator,
  left: Float64Array,
  right: Float64Array,
  out: Float64Array,
  count: number,
): void {
  switch (operator) {
    case '+':
      for (let row = 0; row < count; row += 1) out[row] = left[row]! + right[row]!;
      break;
    case '-':
      for (let row = 0; row < count; row += 1) out[row] = left[row]! - right[row]!;
      break;
    case '*':
      for (let row = 0; row < count; row += 1) out[row] = left[row]! * right[row]!;
      break;
    case '/':
      for (let row = 0; row < count; row += 1) out[row] = right[row] === 0 ? Number.NaN : left[row]! / right[row]!;
      break;
  }
}

/** Differences of instants to the millisecond: as fractions of days they are a hair too long or too short. */
export function roundToMillis(days: Float64Array, count: number): void {
  for (let row = 0; row < count; row += 1) {
    const value = days[row]!;
    // Whole days are exact, and most differences are whole.
    if (Math.floor(value) !== value) days[row] = Math.round(value * DAY_MILLIS) / DAY_MILLIS;
  }
}

// A choice between two values by a condition; where the condition is unknown, so is the value.

export function chooseNumbers(
  condition: Int8Array,
  yes: Float64Array,
  no: Float64Array,
  out: Float64Array,
  count: number,
): void {
  for (let row = 0; row < count; row += 1) {
    const holds = condition[row]!;
    out[row] = holds === TRUE ? yes[row]! : holds === FALSE ? no[row]! : Number.NaN;
  }
}

export function chooseTruths(condition: Int8Array, yes: Int8Array, no: Int8Array, out: Int8Array, count: number): void {
  for (let row = 0; row < count; row += 1) {
    const holds = condition[row]!;
    out[row] = holds === TRUE ? yes[row]! : holds === FALSE ? no[row]! : UNKNOWN;
  }
}

export function chooseTexts(condition: Int8Array, yes: Texts, no: Texts, out: (string | null)[], count: number): void {
  for (let row = 0; row < count; row += 1) {
    const holds = condition[row]!;
    out[row] = (holds === TRUE ? yes[row] : holds === FALSE ? no[row] : null) ?? null;
  }
}

export function mapNumbers(
  apply: (value: number) => number,
  operand: Float64Array,
  out: Float64Array,
  count: number,
): void {
  for (let row = 0; row < count; row += 1) out[row] = apply(operand[row]!);
}

/** Whether a function takes two numbers at a time. */
export function isMerger(name: FunctionName): name is Merger {
  return name === 'min' || name === 'max' || name === 'coalesce' || name === 'weekdays';
}

type Merger = Extract<FunctionName, 'min' | 'max' | 'coalesce' | 'weekdays'>;

/** Functions of two numbers; all but coalesce yield NaN if one is NaN. */
export function mergeNumbers(
  name: Merger,
  left: Float64Array,
  right: Float64Array,
  out: Float64Array,
  count: number,
): void {
  switch (name) {
    case 'min':
      for (let row = 0; row < count; row += 1) out[row] = Math.min(left[row]!, right[row]!);
      break;
    case 'max':
      for (let row = 0; row < count; row += 1) out[row] = Math.max(left[row]!, right[row]!);
      break;
    case 'coalesce':
      for (let row = 0; row < count; row += 1) out[row] = Number.isNaN(left[row]) ? right[row]! : left[row]!;
      break;
    case 'weekdays':
      for (let row = 0; row < count; row += 1) out[row] = weekdaysBetween(left[row]!, right[row]!);
      break;
  }
}
