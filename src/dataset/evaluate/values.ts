import type { Expression } from '../../ruleset/expression/expression.ts';
import type { Dataset } from '../dataset.ts';
import { lengthOf, NUMBER_FUNCTIONS, TEXT_FUNCTIONS } from './functions.ts';
import {
  type Block,
  calculate,
  chooseNumbers,
  chooseTexts,
  gatherNumbers,
  gatherTexts,
  isMerger,
  mapNumbers,
  mergeNumbers,
  roundToMillis,
} from './kernels.ts';
import { literalNumber, type Table } from './sources.ts';

/** Rows evaluated at a time: few enough for the scratch arrays to stay in the cache. */
const BLOCK_ROWS = 2048;

type TextBlock = (string | null)[];
export type ExpressionOf<Op extends Expression['op']> = Extract<Expression, { readonly op: Op }>;

/** An evaluation over rows, or over the distinct values of one source, and the block it stands at. */
export interface Evaluation extends Block {
  readonly dataset: Dataset;
  /** Expressions whose value is known for each distinct value of a source. */
  readonly tables: ReadonlyMap<Expression, Table>;
  readonly blockRows: number;
  /** Conditions of the current rows; give the array back to `free`. */
  readonly truthsOf: (evaluation: Evaluation, expression: Expression) => Int8Array;
  /** Arrays that are free; an evaluation makes no more than its expression is high. */
  readonly free: { readonly numbers: Float64Array[]; readonly truths: Int8Array[]; readonly texts: TextBlock[] };
  /** Numbers of the current rows that were looked up in a table: a field may be named many times in one expression. */
  readonly lookedUp: Map<Table, Float64Array>;
  start: number;
  count: number;
}

export function createEvaluation(
  dataset: Dataset,
  tables: ReadonlyMap<Expression, Table>,
  overDistinct: boolean,
  length: number,
  truthsOf: Evaluation['truthsOf'],
): Evaluation {
  const blockRows = Math.max(1, Math.min(BLOCK_ROWS, length));
  return {
    dataset,
    tables,
    overDistinct,
    blockRows,
    truthsOf,
    free: { numbers: [], truths: [], texts: [] },
    lookedUp: new Map(),
    start: 0,
    count: 0,
  };
}

function isDateDifference({ operator, left, right }: ExpressionOf<'arithmetic'>): boolean {
  return operator === '-' && left.type === 'date' && right.type === 'date';
}

/** Moves on to a block of rows. */
export function moveTo(evaluation: Evaluation, start: number, count: number): void {
  evaluation.start = start;
  evaluation.count = count;
  evaluation.free.numbers.push(...evaluation.lookedUp.values());
  evaluation.lookedUp.clear();
}

function lookUp(evaluation: Evaluation, table: Table): Float64Array {
  const { free, blockRows, lookedUp } = evaluation;
  const known = lookedUp.get(table);
  if (known !== undefined) return known;
  const out = free.numbers.pop() ?? new Float64Array(blockRows);
  gatherNumbers(table.numbers, table.source, evaluation, out);
  lookedUp.set(table, out);
  return out;
}

/** Gives arrays of `numbersOf` back; those that were looked up stay until the evaluation moves on. */
export function giveBack({ free, lookedUp }: Evaluation, ...arrays: readonly Float64Array[]): void {
  const kept = [...lookedUp.values()];
  for (const numbers of arrays) if (!kept.includes(numbers)) free.numbers.push(numbers);
}

/**
 * Numbers, dates, durations and stages of the current rows, NaN where unknown. They are to be read only; `giveBack` the
 * array.
 */
export function numbersOf(evaluation: Evaluation, expression: Expression): Float64Array {
  const { tables, free, blockRows, count } = evaluation;
  const table = tables.get(expression);
  if (table !== undefined) return lookUp(evaluation, table);
  const out = free.numbers.pop() ?? new Float64Array(blockRows);
  switch (expression.op) {
    case 'literal':
      return out.fill(literalNumber(evaluation.dataset, expression.type, expression.value), 0, count);
    case 'today':
      return out.fill(evaluation.dataset.asOfDay, 0, count);
    case 'negate': {
      const operand = numbersOf(evaluation, expression.operand);
      mapNumbers((value) => -value, operand, out, count);
      giveBack(evaluation, operand);
      return out;
    }
    case 'arithmetic': {
      const left = numbersOf(evaluation, expression.left);
      const right = numbersOf(evaluation, expression.right);
      calculate(expression.operator, left, right, out, count);
      if (isDateDifference(expression)) roundToMillis(out, count);
      giveBack(evaluation, left, right);
      return out;
    }
    case 'call':
      if (expression.name === 'if') choose(evaluation, expression, out);
      else callNumbers(evaluation, expression, out);
      return out;
    default:
      return out.fill(Number.NaN, 0, count);
  }
}

function choose(evaluation: Evaluation, { args }: ExpressionOf<'call'>, out: Float64Array): void {
  const { free, count } = evaluation;
  const condition = evaluation.truthsOf(evaluation, args[0]!);
  const [yes, no] = [numbersOf(evaluation, args[1]!), numbersOf(evaluation, args[2]!)];
  chooseNumbers(condition, yes, no, out, count);
  free.truths.push(condition);
  giveBack(evaluation, yes, no);
}

function callNumbers(evaluation: Evaluation, { name, args }: ExpressionOf<'call'>, out: Float64Array): void {
  const { free, count } = evaluation;
  if (name === 'len') {
    const texts = textsOf(evaluation, args[0]!);
    for (let row = 0; row < count; row += 1) {
      const text = texts[row] ?? null;
      out[row] = text === null ? Number.NaN : lengthOf(text);
    }
    free.texts.push(texts);
    return;
  }
  const first = numbersOf(evaluation, args[0]!);
  const apply = NUMBER_FUNCTIONS[name];
  if (apply === undefined) out.set(first);
  else mapNumbers(apply, first, out, count);
  giveBack(evaluation, first);
  if (!isMerger(name)) return;
  for (const arg of args.slice(1)) {
    const next = numbersOf(evaluation, arg);
    mergeNumbers(name, out, next, out, count);
    giveBack(evaluation, next);
  }
}

/** Texts of the current rows, null where unknown. Give the array back to `free`. */
export function textsOf(evaluation: Evaluation, expression: Expression): TextBlock {
  const { tables, free, blockRows, count } = evaluation;
  const out = free.texts.pop() ?? new Array<string | null>(blockRows).fill(null);
  const table = tables.get(expression);
  if (table !== undefined) {
    gatherTexts(table.texts, table.source, evaluation, out);
    return out;
  }
  if (expression.op === 'literal') return out.fill(String(expression.value), 0, count);
  out.fill(null, 0, count);
  if (expression.op !== 'call') return out;
  if (expression.name === 'if') {
    const [first, second, third] = expression.args;
    const condition = evaluation.truthsOf(evaluation, first!);
    const [yes, no] = [textsOf(evaluation, second!), textsOf(evaluation, third!)];
    chooseTexts(condition, yes, no, out, count);
    free.truths.push(condition);
    free.texts.push(yes, no);
    return out;
  }
  const apply = TEXT_FUNCTIONS[expression.name] ?? ((text: string) => text);
  for (const arg of expression.args) {
    const texts = textsOf(evaluation, arg);
    for (let row = 0; row < count; row += 1) {
      const text = texts[row] ?? null;
      if (out[row] === null && text !== null) out[row] = apply(text);
    }
    free.texts.push(texts);
  }
  return out;
}
