import { say, type Text } from '../../i18n/text.ts';
import { nearest } from '../nearest.ts';
import { type Checker, refuse } from './checker.ts';
import { type ExpressionEnvironment, type LinkedEnvironment, stageFieldsOf } from './environment.ts';
import type { AggregateName, Expression, ValueType } from './expression.ts';
import { didYouMean, shorten, withAdvice } from './problem.ts';
import type { Syntax, SyntaxOf } from './syntax.ts';
import { isOrdered, isQuantity, TYPE_NAMES } from './types.ts';

interface AggregateSignature {
  /** Types of the values it takes from the rows; null where it takes none. */
  readonly accepts: ((type: ValueType) => boolean) | null;
  /** Type of the result; null for that of the values. */
  readonly result: ValueType | null;
  /** How to write it, for messages. */
  readonly usage: string;
}

/** All aggregates. */
export const AGGREGATE_NAMES = [
  'count',
  'any',
  'sum',
  'avg',
  'min',
  'max',
  'first',
  'last',
] as const satisfies AggregateName[];

/**
 * What is made of the rows of a table. Without rows the count and the sum are 0, `any` is false, and the others are
 * unknown. Unknown values are left out, except that they make a sum unknown.
 */
const AGGREGATES: Readonly<Record<AggregateName, AggregateSignature>> = {
  count: { accepts: null, result: 'number', usage: 'count(activities, condition)' },
  any: { accepts: null, result: 'boolean', usage: 'any(activities, condition)' },
  sum: { accepts: isQuantity, result: null, usage: 'sum(payments, amount, condition)' },
  avg: { accepts: isQuantity, result: null, usage: 'avg(payments, amount, condition)' },
  min: { accepts: isOrdered, result: null, usage: 'min(activities, at, condition)' },
  max: { accepts: isOrdered, result: null, usage: 'max(activities, at, condition)' },
  first: { accepts: () => true, result: null, usage: 'first(history, to_stage, condition)' },
  last: { accepts: () => true, result: null, usage: 'last(history, to_stage, condition)' },
};

/** The checks of the parts of a call. */
export interface Checks {
  readonly check: (checker: Checker, syntax: Syntax, hint: ValueType | null) => Expression | null;
  readonly checkCondition: (checker: Checker, syntax: Syntax) => Expression | null;
}

function aggregateNamed(name: string): AggregateName | undefined {
  return AGGREGATE_NAMES.find((each) => each === name);
}

function isField(name: string, environment: ExpressionEnvironment): boolean {
  return environment.fields.has(name) || stageFieldsOf(environment).has(name);
}

/** The name of the aggregate that a call is, null for a function: `min` and `max` are both. */
export function aggregateOf(
  { name, args }: SyntaxOf<'call'>,
  environment: ExpressionEnvironment,
): AggregateName | null {
  const aggregate = aggregateNamed(name);
  if (aggregate === undefined) return null;
  if (aggregate !== 'min' && aggregate !== 'max') return aggregate;
  const [first] = args;
  if (first?.op !== 'name' || isField(first.name, environment)) return null;
  const tables = environment.tables ?? new Map();
  return tables.has(first.name) || nearest(first.name, tables.keys()) !== null ? aggregate : null;
}

/** The table that a call takes its rows from, null where it names none. */
export function tableOfCall(
  { args: [first] }: SyntaxOf<'call'>,
  { tables }: ExpressionEnvironment,
): LinkedEnvironment | null {
  return first?.op === 'name' ? (tables?.get(first.name) ?? null) : null;
}

function unknownTable(name: string, environment: ExpressionEnvironment): Text {
  const { tables = new Map(), otherTables = [], subject } = environment;
  const shown = shorten(name);
  if (otherTables.includes(name)) {
    const [en, zh] = subject === undefined ? ['the deals', '商机'] : [subject, subject];
    return say(`rows of ${shown} do not belong to rows of ${en}`, `${shown} 的行不属于 ${zh} 的行`);
  }
  if (isField(name, environment)) return say(`"${shown}" is a field, not a table`, `“${shown}”是字段，不是表`);
  const names = [...tables.keys()];
  const listed =
    names.length === 0
      ? say('no table has rows here', '此处没有可用的表')
      : say(`the tables are ${names.join(', ')}`, `可用的表：${names.join('、')}`);
  return withAdvice(say(`unknown table "${shown}"`, `未知的表“${shown}”`), didYouMean(nearest(name, names)) ?? listed);
}

function checkTable(checker: Checker, syntax: SyntaxOf<'call'>, usage: string): LinkedEnvironment | null {
  const [first] = syntax.args;
  if (first?.op !== 'name') {
    const message = say(
      `${syntax.name} takes a table first, as in ${usage}`,
      `${syntax.name} 的第一个参数应为表，例如 ${usage}`,
    );
    return refuse(checker, first?.at ?? syntax.at, message);
  }
  const linked = tableOfCall(syntax, checker.environment);
  return linked ?? refuse(checker, first.at, unknownTable(first.name, checker.environment));
}

function checkValue(checker: Checker, syntax: Syntax, name: AggregateName, { check }: Checks): Expression | null {
  const { accepts, usage } = AGGREGATES[name];
  const value = check(checker, syntax, null);
  if (value === null || accepts === null || accepts(value.type)) return value;
  const given = TYPE_NAMES[value.type];
  return refuse(
    checker,
    syntax.at,
    say(`${name} does not take ${given.en}, but ${usage}`, `${name} 不接受${given.zh}，用法是 ${usage}`),
  );
}

/** Checks a call whose first argument names a table; the others are about the fields of that table. */
export function checkAggregate(
  checker: Checker,
  name: AggregateName,
  syntax: SyntaxOf<'call'>,
  checks: Checks,
): Expression | null {
  const { accepts, result, usage } = AGGREGATES[name];
  const linked = checkTable(checker, syntax, usage);
  if (linked === null) return null;
  const [, ...rest] = syntax.args;
  const taken = accepts === null ? 0 : 1;
  if (rest.length < taken || rest.length > taken + 1) {
    const message = say(
      `${name} takes ${taken + 1} or ${taken + 2} arguments instead of ${syntax.args.length}, as in ${usage}`,
      `${name} 需要 ${taken + 1} 或 ${taken + 2} 个参数，而不是 ${syntax.args.length} 个，例如 ${usage}`,
    );
    return refuse(checker, syntax.at, message);
  }
  const inner: Checker = { ...checker, environment: linked.environment };
  const value = taken === 0 ? null : checkValue(inner, rest[0]!, name, checks);
  const written = rest[taken];
  const condition = written === undefined ? null : checks.checkCondition(inner, written);
  if ((taken === 1 && value === null) || (written !== undefined && condition === null)) return null;
  const type = result ?? value?.type ?? 'number';
  const { table, by } = linked;
  return { op: 'aggregate', name, table, by, value, condition, type, at: syntax.at };
}
