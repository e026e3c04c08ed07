import type { Expression } from '../ruleset/expression/expression.ts';
import { operandsOf } from '../ruleset/expression/operands.ts';
import type { Dataset } from './dataset.ts';
import { aggregateTable } from './evaluate/aggregates.ts';
import { isElapsedTime } from './evaluate/clock.ts';
import { truthsOf } from './evaluate/conditions.ts';
import { gatherNumbers, gatherTruths } from './evaluate/kernels.ts';
import { rankTable } from './evaluate/ranks.ts';
import { createLeafTables, type Source, shapeOf, type Table, type Texts, tableOf } from './evaluate/sources.ts';
import { createEvaluation, type Evaluation, giveBack, moveTo, numbersOf, textsOf } from './evaluate/values.ts';
import type { WholeEvaluation } from './evaluate/whole.ts';

export { FALSE, TRUE, UNKNOWN } from './evaluate/sources.ts';

/** What an expression depends on: nothing but constants, one source, or several. */
type Reach = Source | 'constant' | 'several';

/** Calls `visit` for each block up to the length. */
function forEachBlock(evaluation: Evaluation, length: number, visit: (start: number, count: number) => void): void {
  for (let start = 0; start < length; start += evaluation.blockRows) {
    moveTo(evaluation, start, Math.min(evaluation.blockRows, length - start));
    visit(start, evaluation.count);
  }
}

function allTruths(evaluation: Evaluation, expression: Expression, length: number): Int8Array {
  const result = new Int8Array(length);
  const table = evaluation.tables.get(expression);
  if (table !== undefined) {
    gatherTruths(table.truths, table.source, { ...evaluation, start: 0, count: length }, result);
    return result;
  }
  forEachBlock(evaluation, length, (start, count) => {
    const block = truthsOf(evaluation, expression);
    result.set(block.subarray(0, count), start);
    evaluation.free.truths.push(block);
  });
  return result;
}

function allNumbers(evaluation: Evaluation, expression: Expression, length: number): Float64Array {
  const result = new Float64Array(length);
  const table = evaluation.tables.get(expression);
  if (table !== undefined) {
    gatherNumbers(table.numbers, table.source, { ...evaluation, start: 0, count: length }, result);
    return result;
  }
  forEachBlock(evaluation, length, (start, count) => {
    const block = numbersOf(evaluation, expression);
    result.set(block.subarray(0, count), start);
    giveBack(evaluation, block);
  });
  return result;
}

function allTexts(evaluation: Evaluation, expression: Expression, length: number): Texts {
  const result: (string | null)[] = [];
  forEachBlock(evaluation, length, (_start, count) => {
    const block = textsOf(evaluation, expression);
    for (let row = 0; row < count; row += 1) result.push(block[row] ?? null);
    evaluation.free.texts.push(block);
  });
  return result;
}

function reachOf(operands: readonly Reach[]): Reach {
  let reach: Reach = 'constant';
  for (const operand of operands) {
    if (operand === 'constant' || operand === reach) continue;
    reach = reach === 'constant' ? operand : 'several';
  }
  return reach;
}

/** Values that are worked out from other rows: those of a table, or all others. */
function tableOfRows(dataset: Dataset, expression: Expression, withTime: boolean): Table | null {
  if (expression.op === 'aggregate') return aggregateTable(dataset, expression, WHOLE, withTime);
  const isRank = expression.op === 'call' && expression.name === 'percent_rank';
  return isRank ? rankTable(dataset, expression.args[0]!, WHOLE) : null;
}

/**
 * Values that are known for each distinct value of a source: those of its leaves, and of each largest part of the
 * expression that reads one source only, which is worked out here once for each distinct value instead of each row.
 * @param withTime dates count with their time of day; so they do below a difference of two dates that have it
 */
function prepareTables(dataset: Dataset, root: Expression, withTime: boolean): ReadonlyMap<Expression, Table> {
  const leafTable = createLeafTables(dataset);
  const leaves = new Map<Expression, Table>();
  const tables = new Map<Expression, Table>();

  function tabulate(expression: Expression, reach: Reach): void {
    if (typeof reach === 'string' || leaves.has(expression)) return;
    const evaluation = createEvaluation(dataset, leaves, true, reach.size, truthsOf);
    const all = { numbers: allNumbers, truths: allTruths, texts: allTexts }[shapeOf(expression)];
    tables.set(expression, tableOf(reach, all(evaluation, expression, reach.size)));
  }

  function visit(expression: Expression, isTimed: boolean): Reach {
    const leaf = leafTable(expression, isTimed) ?? tableOfRows(dataset, expression, isTimed);
    if (leaf !== null) {
      leaves.set(expression, leaf);
      return leaf.source;
    }
    const operands = operandsOf(expression);
    const isElapsed = isElapsedTime(expression, dataset);
    const reaches = operands.map((operand) => visit(operand, operand.type === 'date' && (isTimed || isElapsed)));
    const reach = reachOf(reaches);
    if (reach === 'several') for (const [index, operand] of operands.entries()) tabulate(operand, reaches[index]!);
    return reach;
  }

  tabulate(root, visit(root, withTime));
  return new Map([...leaves, ...tables]);
}

function evaluationOf(expression: Expression, dataset: Dataset, withTime: boolean): Evaluation {
  const tables = prepareTables(dataset, expression, withTime);
  return createEvaluation(dataset, tables, false, dataset.rowCount, truthsOf);
}

/**
 * Decides a condition for every deal: 1 true, 0 false, -1 unknown. A missing or unreadable value makes what is computed
 * from it unknown, except for `is missing` and `coalesce`; `and`, `or` and `not` follow Kleene. A field whose column the
 * file does not have is missing in every deal, and so is what is made of a table that is not given.
 */
export function evaluatePredicate(expression: Expression, dataset: Dataset): Int8Array {
  return allTruths(evaluationOf(expression, dataset, false), expression, dataset.rowCount);
}

/**
 * Computes a number, amount, percent, date (day number) or duration (days) for every deal; NaN where unknown. The
 * difference of two dates that both have a time of day is the time that has passed, otherwise it is one of days.
 * @param withTime a date counts with its time of day, as a fraction of a day
 */
export function evaluateNumbers(expression: Expression, dataset: Dataset, withTime = false): Float64Array {
  return allNumbers(evaluationOf(expression, dataset, withTime), expression, dataset.rowCount);
}

/** Finds a text for every deal, null where unknown. */
export function evaluateTexts(expression: Expression, dataset: Dataset): Texts {
  return allTexts(evaluationOf(expression, dataset, false), expression, dataset.rowCount);
}

const WHOLE: WholeEvaluation = { truths: evaluatePredicate, numbers: evaluateNumbers, texts: evaluateTexts };
