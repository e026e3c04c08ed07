import { say, type Text } from '../../i18n/text.ts';
import { nearest } from '../nearest.ts';
import { AGGREGATE_NAMES } from './aggregates.ts';
import { type ExpressionEnvironment, stageFieldsOf } from './environment.ts';
import type { Expression, FunctionName, ValueType } from './expression.ts';
import { FUNCTIONS, type FunctionSignature } from './functions.ts';
import { didYouMean, shorten, withAdvice } from './problem.ts';
import { commonType, TYPE_NAMES } from './types.ts';

/** Message for a function that does not exist. */
export function unknownFunction(name: string, environment: ExpressionEnvironment): Text {
  if (environment.fields.has(name) || stageFieldsOf(environment).has(name)) {
    return say(`"${name}" is a field, not a function`, `“${name}”是字段，不是函数`);
  }
  const names = [...Object.keys(FUNCTIONS), ...AGGREGATE_NAMES];
  const advice =
    didYouMean(nearest(name, names)) ?? say(`the functions are ${names.join(', ')}`, `可用的函数：${names.join('、')}`);
  return withAdvice(say(`unknown function "${shorten(name)}"`, `未知的函数“${shorten(name)}”`), advice);
}

/** Why a function does not take so many arguments, or null where it does. */
export function arityProblem(name: FunctionName, count: number): Text | null {
  const { atLeast, atMost, usage } = FUNCTIONS[name];
  if (count >= atLeast && count <= atMost) return null;
  const [en, zh] = atMost === atLeast ? ['', ''] : ['at least ', '至少'];
  const noun = atLeast === 1 ? 'argument' : 'arguments';
  return say(
    `${name} takes ${en}${atLeast} ${noun} instead of ${count}, as in ${usage}`,
    `${name} 需要${zh} ${atLeast} 个参数，而不是 ${count} 个，例如 ${usage}`,
  );
}

/** Why a function does not take an argument of the type, or null where it does. */
export function argumentProblem(name: FunctionName, type: ValueType): Text | null {
  const { accepts, usage } = FUNCTIONS[name];
  if (accepts.includes(type)) return null;
  const given = TYPE_NAMES[type];
  return say(`${name} does not take ${given.en}, but ${usage}`, `${name} 不接受${given.zh}，用法是 ${usage}`);
}

/** The one type of all values, or null where they have none in common. */
export function sharedType(args: readonly (Expression | null)[]): ValueType | null {
  let type: ValueType | null = null;
  for (const arg of args) {
    if (arg === null) continue;
    type = type === null ? arg.type : commonType(type, arg.type);
    if (type === null) return null;
  }
  return type;
}

/** Type of a call, or null where the arguments of a function that wants one type differ. */
export function resultType(signature: FunctionSignature, args: readonly Expression[]): ValueType | null {
  return signature.result === 'shared' ? sharedType(args) : signature.result;
}
