import type { Expression } from '../../ruleset/expression/expression.ts';
import type { Column, Dataset } from '../dataset.ts';
import { joinTable } from '../view-join.ts';

/** Whether a date is known with its time, as a day alone, or never. */
type Clock = 'time' | 'day' | 'never';

/** A day among several dates makes their difference one of days. */
function coarsest(clocks: readonly Clock[]): Clock {
  if (clocks.includes('day')) return 'day';
  return clocks.includes('time') ? 'time' : 'never';
}

function ofColumn(column: Column | undefined): Clock {
  if (column === undefined) return 'never';
  return column.millis === null ? 'day' : 'time';
}

function clockOf(expression: Expression, dataset: Dataset): Clock {
  switch (expression.op) {
    case 'field':
      return ofColumn(dataset.columns.get(expression.field));
    case 'header':
      return ofColumn(dataset.headerColumns.get(expression.header));
    case 'arithmetic':
      return clockOf(expression.left.type === 'date' ? expression.left : expression.right, dataset);
    case 'call':
      return coarsest(expression.args.filter(({ type }) => type === 'date').map((date) => clockOf(date, dataset)));
    case 'aggregate': {
      const join = joinTable(dataset, expression.table);
      return join === null || expression.value === null ? 'never' : clockOf(expression.value, join.table);
    }
    default:
      return 'day';
  }
}

/** The expression is the time from one instant to another: both dates come with their time of day. */
export function isElapsedTime(expression: Expression, dataset: Dataset): boolean {
  if (expression.op !== 'arithmetic' || expression.operator !== '-') return false;
  const { left, right } = expression;
  if (left.type !== 'date' || right.type !== 'date') return false;
  return clockOf(left, dataset) === 'time' && clockOf(right, dataset) === 'time';
}
