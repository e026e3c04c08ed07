import { type Column, type Dataset, PRESENT } from '../../../src/dataset/dataset.ts';
import { dealsOf, tableView } from '../../../src/dataset/views.ts';
import type { Aggregate, Expression } from '../../../src/ruleset/expression/expression.ts';

/** What an expression is worth in one row; null is unknown. */
export type Value = number | string | boolean | null;

function read(column: Column | undefined, row: number): Value {
  if (column === undefined) return null;
  const code = column.codes[row]!;
  if (column.state[code] !== PRESENT) return null;
  if (column.type === 'text') return column.texts.at(code)!;
  return column.type === 'boolean' ? column.numbers[code] === 1 : column.numbers[code]!;
}

function calculate(operator: string, left: number, right: number): number | null {
  if (operator === '+') return left + right;
  if (operator === '-') return left - right;
  if (operator === '*') return left * right;
  return right === 0 ? null : left / right;
}

function compare(operator: string, left: Value, right: Value): boolean | null {
  if (left === null || right === null) return null;
  if (operator === '=') return left === right;
  if (operator === '!=') return left !== right;
  if (operator === '<') return left < right;
  if (operator === '<=') return left <= right;
  return operator === '>' ? left > right : left >= right;
}

function both(left: Value, right: Value): Value {
  if (left === false || right === false) return false;
  return left === null || right === null ? null : true;
}

function not(value: Value): Value {
  return value === null ? null : !value;
}

function either(left: Value, right: Value): Value {
  return not(both(not(left), not(right)));
}

function dateOf(day: number): Date {
  return new Date(day * 86_400_000);
}

function countWeekdays(from: number, to: number): number {
  if (to < from) return -countWeekdays(to, from);
  let count = 0;
  for (let day = from + 1; day <= to; day += 1) if (![0, 6].includes(dateOf(day).getUTCDay())) count += 1;
  return count;
}

function callNumbers(name: string, args: number[]): Value {
  const first = args[0]!;
  if (name === 'abs') return first < 0 ? -first : first;
  if (name === 'round') return first < 0 ? -Math.floor(-first + 0.5) : Math.floor(first + 0.5);
  if (name === 'min') return args.reduce((one, other) => (other < one ? other : one));
  if (name === 'max') return args.reduce((one, other) => (other > one ? other : one));
  if (name === 'days') return first;
  if (name === 'weekdays') return countWeekdays(first, args[1]!);
  if (name === 'year') return dateOf(first).getUTCFullYear();
  const month = dateOf(first).getUTCMonth() + 1;
  return name === 'month' ? month : Math.ceil(month / 3);
}

function call(name: string, args: Value[]): Value {
  if (name === 'coalesce') return args.find((arg) => arg !== null) ?? null;
  if (args.includes(null)) return null;
  const [text, other] = args.map(String);
  if (name === 'lower') return text!.toLowerCase();
  if (name === 'trim') return text!.trim();
  if (name === 'len') return [...text!].length;
  if (name === 'contains') return text!.indexOf(other!) !== -1;
  if (name === 'starts_with') return text!.slice(0, other!.length) === other;
  if (name === 'ends_with') return other === '' || text!.slice(-other!.length) === other;
  return callNumbers(name, args.map(Number));
}

/** Ids of fifteen and eighteen characters are one where the first fifteen are. */
function sameKey(one: Value, other: Value): boolean {
  const short = (key: Value): Value => (typeof key === 'string' && key.length === 18 ? key.slice(0, 15) : key);
  return one !== null && short(one) === short(other);
}

/** Columns by which rows of a dataset and of a table belong together; null where there are none. */
function linkOf(dataset: Dataset, name: string): readonly [Column, Column] | null {
  const deals = dealsOf(dataset);
  const { view } = dataset;
  const table = tableView(dataset, name);
  if (table === null) return null;
  const of = deals.tables.get(name)?.of?.columns[0];
  const pair =
    view === undefined
      ? [dataset.columns.get('id'), of]
      : view.each !== null
        ? [dataset.columns.get(view.each), table.columns.get(view.each)]
        : name === 'deals'
          ? [deals.tables.get(view.table ?? '')?.of?.columns[0], deals.columns.get('id')]
          : [view.key[0], of];
  const [own, other] = pair;
  return own === undefined || other === undefined ? null : [own, other];
}

function aggregate({ name, table, value, condition }: Aggregate, dataset: Dataset, row: number): Value {
  const link = linkOf(dataset, table);
  const rows = tableView(dataset, table);
  if (link === null || rows === null) return null;
  const key = read(link[0], row);
  if (key === null) return null;
  const picked = Array.from({ length: rows.rowCount }, (_, other) => other)
    .filter((other) => sameKey(key, read(link[1], other)))
    .filter((other) => condition === null || interpret(condition, rows, other) === true);
  if (name === 'count') return picked.length;
  if (name === 'any') return picked.length > 0;
  return combine(name, value === null ? [] : picked.map((other) => interpret(value, rows, other)));
}

function combine(name: string, values: readonly Value[]): Value {
  const known = values.filter((each) => each !== null);
  if (name === 'first') return known[0] ?? null;
  if (name === 'last') return known.at(-1) ?? null;
  const numbers = known.map(Number);
  const sum = numbers.reduce((one, other) => one + other, 0);
  if (name === 'sum') return known.length < values.length ? null : sum;
  if (known.length === 0) return null;
  if (name === 'avg') return sum / known.length;
  return name === 'min' ? Math.min(...numbers) : Math.max(...numbers);
}

function percentRank(operand: Expression, dataset: Dataset, row: number): Value {
  const own = interpret(operand, dataset, row);
  const all = Array.from({ length: dataset.rowCount }, (_, other) => interpret(operand, dataset, other));
  const known = all.filter((value) => value !== null).map(Number);
  return own === null ? null : known.filter((value) => value < Number(own)).length / known.length;
}

function evaluateCall(expression: Extract<Expression, { op: 'call' }>, dataset: Dataset, row: number): Value {
  const { name, args } = expression;
  if (name === 'percent_rank') return percentRank(args[0]!, dataset, row);
  const values = args.map((arg) => interpret(arg, dataset, row));
  if (name !== 'if') return call(name, values);
  return values[0] === null ? null : (values[values[0] ? 1 : 2] ?? null);
}

/** Works an expression out for one row, the slow and obvious way. */
export function interpret(expression: Expression, dataset: Dataset, row: number): Value {
  const of = (operand: Expression): Value => interpret(operand, dataset, row);
  const stage = dataset.stages[dataset.stage[row] ?? -1];
  switch (expression.op) {
    case 'literal':
      return expression.value;
    case 'today':
      return dataset.asOfDay;
    case 'field':
      return expression.type === 'stage' ? (stage?.id ?? null) : read(dataset.columns.get(expression.field), row);
    case 'header':
      return read(dataset.headerColumns.get(expression.header), row);
    case 'stageKind':
      return stage?.kind ?? null;
    case 'stageIndex':
      return stage === undefined ? null : dataset.stages.indexOf(stage);
    case 'negate': {
      const value = of(expression.operand);
      return value === null ? null : -Number(value);
    }
    case 'arithmetic': {
      const [left, right] = [of(expression.left), of(expression.right)];
      if (left === null || right === null) return null;
      return calculate(expression.operator, Number(left), Number(right));
    }
    case 'call':
      return evaluateCall(expression, dataset, row);
    case 'aggregate':
      return aggregate(expression, dataset, row);
    case 'stageEntered':
    case 'stageAge':
      return null;
    case 'compare':
      return compare(expression.operator, of(expression.left), of(expression.right));
    case 'in': {
      const value = of(expression.operand);
      const found = expression.list.map((item): Value => compare('=', value, of(item))).reduce(either);
      return expression.negated ? not(found) : found;
    }
    case 'is':
      return (of(expression.operand) === null) === (expression.wanted === 'missing');
    case 'not':
      return not(of(expression.operand));
    case 'and':
      return both(of(expression.left), of(expression.right));
    case 'or':
      return either(of(expression.left), of(expression.right));
  }
}
