import type { Expression } from '../ruleset/expression/expression.ts';
import { operandsOf } from '../ruleset/expression/operands.ts';
import type { Dataset } from './dataset.ts';
import { evaluateNumbers, evaluatePredicate, evaluateTexts, UNKNOWN } from './predicate.ts';
import { isoOf } from './values/calendar.ts';
import { joinTable } from './view-join.ts';

/** A part of an expression that no cell holds, as it is written, and its value in a row: null where unknown. */
export interface ComputedValue {
  readonly name: string;
  readonly valueAt: (row: number) => string | null;
}

const LONGEST_NAME = 40;
/** Small enough to tell any two figures apart that people would compare. */
const DECIMALS = 2;

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

function nameOf(expression: Expression, source: string): string {
  const written = source.slice(expression.at.start, expression.at.end);
  if (written.length <= LONGEST_NAME) return written;
  if (expression.op === 'aggregate') return `${expression.name}(${expression.table}, …)`;
  return expression.op === 'call' ? `${expression.name}(…)` : written;
}

function plain(value: number): string {
  return String(Number(value.toFixed(DECIMALS)));
}

function numberText(type: Expression['type'], value: number, { stages }: Dataset): string | null {
  if (Number.isNaN(value)) return null;
  switch (type) {
    case 'date':
      return isoOf(Math.floor(value));
    case 'duration':
      return `${plain(value)}d`;
    case 'percent':
      return `${plain(value * 100)}%`;
    case 'stage':
      return stages[value]?.id ?? null;
    default:
      return plain(value);
  }
}

function valuesOf(expression: Expression, dataset: Dataset): (row: number) => string | null {
  if (expression.type === 'text') {
    const texts = evaluateTexts(expression, dataset);
    return (row) => texts[row] ?? null;
  }
  if (expression.type === 'boolean') {
    const truths = evaluatePredicate(expression, dataset);
    return (row) => (truths[row] === UNKNOWN ? null : String(truths[row] === 1));
  }
  const numbers = evaluateNumbers(expression, dataset);
  return (row) => numberText(expression.type, numbers[row] ?? Number.NaN, dataset);
}

/**
 * What an expression compares beside cells: what is made of other tables, ranks, and times in stage, in the order they
 * are written, each once and nothing of a table that is not given. A value is worked out when the first row asks for it.
 */
export function computedValues(expression: Expression, source: string, dataset: Dataset): readonly ComputedValue[] {
  const parts = new Map(partsOf(expression).map((part) => [nameOf(part, source), part]));
  const told = [...parts].filter(([, part]) => part.op !== 'aggregate' || joinTable(dataset, part.table) !== null);
  return told.map(([name, part]) => {
    let values: ((row: number) => string | null) | null = null;
    return {
      name,
      valueAt: (row) => {
        values ??= valuesOf(part, dataset);
        return values(row);
      },
    };
  });
}
