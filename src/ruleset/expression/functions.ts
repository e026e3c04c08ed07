import type { FunctionName, ValueType } from './expression.ts';

/** What a function takes and yields. `shared`: all arguments have one type, and the result has it too. */
export interface FunctionSignature {
  readonly accepts: readonly ValueType[];
  readonly atLeast: number;
  readonly atMost: number;
  readonly result: ValueType | 'shared';
  /** How to write it, for messages. */
  readonly usage: string;
}

const PLAIN: readonly ValueType[] = ['text', 'number', 'money', 'percent', 'date', 'duration', 'boolean'];
const ORDERED: readonly ValueType[] = ['number', 'money', 'percent', 'date', 'duration'];

function fixed(accepts: ValueType, result: ValueType, usage: string, count = 1): FunctionSignature {
  return { accepts: [accepts], atLeast: count, atMost: count, result, usage };
}

function shared(accepts: readonly ValueType[], atLeast: number, atMost: number, usage: string): FunctionSignature {
  return { accepts, atLeast, atMost, result: 'shared', usage };
}

/**
 * All functions. Months count 1–12, quarters 1–4; `weekdays` are the Mondays to Fridays after the first date, up to and
 * with the second (negative when the second is the earlier one); `round` rounds halves away from zero. `percent_rank`
 * is the share of the known values of all rows that lie strictly below, amounts among those of one currency.
 */
export const FUNCTIONS: Readonly<Record<FunctionName, FunctionSignature>> = {
  if: { accepts: PLAIN, atLeast: 3, atMost: 3, result: 'shared', usage: 'if(condition, a, b)' },
  coalesce: shared(PLAIN, 1, Number.POSITIVE_INFINITY, 'coalesce(a, b)'),
  lower: fixed('text', 'text', 'lower(text)'),
  trim: fixed('text', 'text', 'trim(text)'),
  len: fixed('text', 'number', 'len(text)'),
  abs: shared(['number', 'money', 'percent', 'duration'], 1, 1, 'abs(number)'),
  round: shared(['number', 'money', 'duration'], 1, 1, 'round(number)'),
  min: shared(ORDERED, 2, Number.POSITIVE_INFINITY, 'min(a, b)'),
  max: shared(ORDERED, 2, Number.POSITIVE_INFINITY, 'max(a, b)'),
  days: fixed('duration', 'number', 'days(close - created)'),
  weekdays: fixed('date', 'duration', 'weekdays(created, close)', 2),
  month: fixed('date', 'number', 'month(date)'),
  quarter: fixed('date', 'number', 'quarter(date)'),
  year: fixed('date', 'number', 'year(date)'),
  contains: fixed('text', 'boolean', 'contains(text, part)', 2),
  starts_with: fixed('text', 'boolean', 'starts_with(text, start)', 2),
  ends_with: fixed('text', 'boolean', 'ends_with(text, end)', 2),
  percent_rank: { accepts: ORDERED, atLeast: 1, atMost: 1, result: 'percent', usage: 'percent_rank(amount)' },
};

/** The name is one of a function. */
export function isFunctionName(name: string): name is FunctionName {
  return Object.hasOwn(FUNCTIONS, name);
}
