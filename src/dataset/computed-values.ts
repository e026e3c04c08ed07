import { type ArgValue, say, type Text } from '../i18n/text.ts';
import type { Expression } from '../ruleset/expression/expression.ts';
import { operandsOf } from '../ruleset/expression/operands.ts';
import { computedLabel } from './computed-label.ts';
import type { Dataset } from './dataset.ts';
import { evaluateNumbers, evaluatePredicate, evaluateTexts, UNKNOWN } from './predicate.ts';
import { dateTextOf } from './values/calendar.ts';
import { joinTable } from './view-join.ts';

/** A part of an expression that no cell holds: what it is and comes to in a row, in words. */
export type ComputedValue = (row: number) => ArgValue;

const YES: Text = say('yes', '是');
const NO: Text = say('no', '否');

function isComputed({ op }: Expression): boolean {
  return op === 'aggregate' || op === 'stageEntered' || op === 'stageAge';
}

function isRank(expression: Expression): boolean {
  return expression.op === 'call' && expression.name === 'percent_rank';
}

function partsOf(expression: Expression): readonly Expression[] {
  if (isComputed(expression)) return [expression];
  const below = operandsOf(expression).flatMap(partsOf);
  return isRank(expression) ? [expression, ...below] : below;
}

/** What makes an expression the same as another that is written elsewhere. */
function identityOf(expression: Expression): string {
  return JSON.stringify(expression, (key, value: unknown) => (key === 'at' ? undefined : value));
}

function numberArg(type: Expression['type'], value: number, { stages }: Dataset): ArgValue {
  if (Number.isNaN(value)) return null;
  switch (type) {
    case 'date':
      return { date: dateTextOf(value) };
    case 'duration':
      return { days: value };
    case 'percent':
      return { rate: value };
    case 'stage':
      return { stage: stages[value]?.id ?? '' };
    default:
      // Money too: amounts that are compared must not be shortened.
      return value;
  }
}

function valuesOf(expression: Expression, dataset: Dataset): ComputedValue {
  if (expression.type === 'text') {
    const texts = evaluateTexts(expression, dataset);
    return (row) => texts[row] ?? null;
  }
  if (expression.type === 'boolean') {
    const truths = evaluatePredicate(expression, dataset);
    return (row) => (truths[row] === UNKNOWN ? null : { text: truths[row] === 1 ? YES : NO });
  }
  const numbers = evaluateNumbers(expression, dataset, expression.type === 'date');
  return (row) => numberArg(expression.type, numbers[row] ?? Number.NaN, dataset);
}

/**
 * What an expression compares beside cells: what is made of other tables, ranks, and times in stage, in the order they
 * are written, each once and nothing of a table that is not given. A value is worked out when the first row asks for it.
 */
export function computedValues(expression: Expression, source: string, dataset: Dataset): readonly ComputedValue[] {
  const parts = new Map(partsOf(expression).map((part) => [identityOf(part), part]));
  const told = [...parts.values()].filter((part) => part.op !== 'aggregate' || joinTable(dataset, part.table) !== null);
  return told.map((part) => {
    const { text, args } = computedLabel(part, source, dataset);
    let values: ComputedValue | null = null;
    return (row) => {
      values ??= valuesOf(part, dataset);
      return { text, args: { ...args, value: values(row) } };
    };
  });
}
