import type { CompareOperator, Expression } from '../../ruleset/expression/expression.ts';
import {
  chooseTruths,
  compareNumbers,
  connect,
  connectGathered,
  equalTruths,
  gatherTruths,
  invert,
  markNumbers,
  markTexts,
  markTruths,
  TEXT_TESTS,
  testTexts,
} from './kernels.ts';
import { FALSE, shapeOf, TRUE, UNKNOWN } from './sources.ts';
import { type Evaluation, type ExpressionOf, giveBack, numbersOf, textsOf } from './values.ts';

/** Conditions of the current block: 1, 0, or -1 where unknown. Give the array back to `free`. */
export function truthsOf(evaluation: Evaluation, expression: Expression): Int8Array {
  const { tables, free, blockRows, count } = evaluation;
  const out = free.truths.pop() ?? new Int8Array(blockRows);
  const table = tables.get(expression);
  if (table !== undefined) {
    gatherTruths(table.truths, table.source, evaluation, out);
    return out;
  }
  switch (expression.op) {
    case 'literal':
      return out.fill(expression.value === true ? TRUE : FALSE, 0, count);
    case 'compare':
      compare(evaluation, expression.operator, expression.left, expression.right, out);
      return out;
    case 'in':
      findInList(evaluation, expression, out);
      return out;
    case 'is':
      testPresence(evaluation, expression, out);
      return out;
    case 'not': {
      const operand = truthsOf(evaluation, expression.operand);
      invert(operand, out, count);
      free.truths.push(operand);
      return out;
    }
    case 'and':
    case 'or':
      connectBoth(evaluation, expression, out);
      return out;
    case 'call':
      call(evaluation, expression, out);
      return out;
    default:
      return out.fill(UNKNOWN, 0, count);
  }
}

function connectBoth(evaluation: Evaluation, { op, left, right }: ExpressionOf<'and' | 'or'>, out: Int8Array): void {
  const { tables, free, count } = evaluation;
  const one = truthsOf(evaluation, left);
  const table = tables.get(right);
  if (table !== undefined && !evaluation.overDistinct) {
    connectGathered(op, one, table.truths, table.source, evaluation, out);
  } else {
    const other = truthsOf(evaluation, right);
    connect(op, one, other, out, count);
    free.truths.push(other);
  }
  free.truths.push(one);
}

function compare(
  evaluation: Evaluation,
  operator: CompareOperator,
  left: Expression,
  right: Expression,
  out: Int8Array,
): void {
  const { free, count } = evaluation;
  const shape = shapeOf(left);
  if (shape === 'numbers') {
    const [one, other] = [numbersOf(evaluation, left), numbersOf(evaluation, right)];
    compareNumbers(operator, one, other, out, count);
    giveBack(evaluation, one, other);
    return;
  }
  if (shape === 'texts') {
    const [one, other] = [textsOf(evaluation, left), textsOf(evaluation, right)];
    testTexts(TEXT_TESTS['='], one, other, out, count);
    free.texts.push(one, other);
  } else {
    const [one, other] = [truthsOf(evaluation, left), truthsOf(evaluation, right)];
    equalTruths(one, other, out, count);
    free.truths.push(one, other);
  }
  if (operator === '!=') invert(out, out, count);
}

/** Membership is equality with one item or another, so an unknown item leaves it unknown unless another one matches. */
function findInList(evaluation: Evaluation, { operand, list, negated }: ExpressionOf<'in'>, out: Int8Array): void {
  const { free, blockRows, count } = evaluation;
  const found = free.truths.pop() ?? new Int8Array(blockRows);
  out.fill(FALSE, 0, count);
  for (const item of list) {
    compare(evaluation, '=', operand, item, found);
    connect('or', out, found, out, count);
  }
  if (negated) invert(out, out, count);
  free.truths.push(found);
}

function testPresence(evaluation: Evaluation, { operand, wanted }: ExpressionOf<'is'>, out: Int8Array): void {
  const { free, count } = evaluation;
  const known = wanted === 'present' ? TRUE : FALSE;
  const shape = shapeOf(operand);
  if (shape === 'numbers') {
    const numbers = numbersOf(evaluation, operand);
    markNumbers(numbers, out, count, known);
    giveBack(evaluation, numbers);
  } else if (shape === 'texts') {
    const texts = textsOf(evaluation, operand);
    markTexts(texts, out, count, known);
    free.texts.push(texts);
  } else {
    const truths = truthsOf(evaluation, operand);
    markTruths(truths, out, count, known);
    free.truths.push(truths);
  }
}

function call(evaluation: Evaluation, { name, args }: ExpressionOf<'call'>, out: Int8Array): void {
  const { free, count } = evaluation;
  if (name === 'contains' || name === 'starts_with' || name === 'ends_with') {
    const [text, part] = [textsOf(evaluation, args[0]!), textsOf(evaluation, args[1]!)];
    testTexts(TEXT_TESTS[name], text, part, out, count);
    free.texts.push(text, part);
    return;
  }
  if (name === 'if') {
    const condition = truthsOf(evaluation, args[0]!);
    const [yes, no] = [truthsOf(evaluation, args[1]!), truthsOf(evaluation, args[2]!)];
    chooseTruths(condition, yes, no, out, count);
    free.truths.push(condition, yes, no);
    return;
  }
  // The only other function of conditions is coalesce.
  out.fill(UNKNOWN, 0, count);
  for (const arg of args) {
    const truths = truthsOf(evaluation, arg);
    for (let row = 0; row < count; row += 1) if (out[row] === UNKNOWN) out[row] = truths[row]!;
    free.truths.push(truths);
  }
}
