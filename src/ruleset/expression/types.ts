import type { Text } from '../../i18n/text.ts';
import type { ArithmeticOperator, ValueType } from './expression.ts';

/** What people call a type, as the subject of a sentence. */
export const TYPE_NAMES: Readonly<Record<ValueType, Text>> = {
  text: { en: 'text', zh: '文本' },
  number: { en: 'a number', zh: '数字' },
  money: { en: 'money', zh: '金额' },
  percent: { en: 'a percent', zh: '百分比' },
  date: { en: 'a date', zh: '日期' },
  duration: { en: 'a duration', zh: '时长' },
  boolean: { en: 'a condition', zh: '条件' },
  stage: { en: 'a stage', zh: '阶段' },
  stageKind: { en: 'a stage kind', zh: '阶段类型' },
};

/** Every operation that has a meaning; ± stands for both + and -. */
const RESULTS: ReadonlyMap<string, ValueType> = new Map([
  ['number ± number', 'number'],
  ['money ± money', 'money'],
  ['money ± number', 'money'],
  ['number ± money', 'money'],
  ['percent ± percent', 'percent'],
  ['percent ± number', 'percent'],
  ['number ± percent', 'percent'],
  ['duration ± duration', 'duration'],
  ['date ± duration', 'date'],
  ['duration + date', 'date'],
  ['date - date', 'duration'],
  ['number * number', 'number'],
  ['money * number', 'money'],
  ['number * money', 'money'],
  ['money * percent', 'money'],
  ['percent * money', 'money'],
  ['percent * percent', 'percent'],
  ['percent * number', 'number'],
  ['number * percent', 'number'],
  ['duration * number', 'duration'],
  ['number * duration', 'duration'],
  ['duration * percent', 'duration'],
  ['percent * duration', 'duration'],
  ['number / number', 'number'],
  ['number / percent', 'number'],
  ['money / money', 'number'],
  ['money / number', 'money'],
  ['money / percent', 'money'],
  ['percent / percent', 'number'],
  ['percent / number', 'percent'],
  ['duration / duration', 'number'],
  ['duration / number', 'duration'],
]);

/** Type of a sum, difference, product or quotient, or null where it has no meaning. */
export function arithmeticType(operator: ArithmeticOperator, left: ValueType, right: ValueType): ValueType | null {
  const exact = RESULTS.get(`${left} ${operator} ${right}`);
  if (exact !== undefined) return exact;
  const sum = operator === '+' || operator === '-';
  return (sum ? RESULTS.get(`${left} ± ${right}`) : undefined) ?? null;
}

/** The type that two values share: their own, or money or percent where the other is a bare number. */
export function commonType(left: ValueType, right: ValueType): ValueType | null {
  if (left === right) return left;
  const other = left === 'number' ? right : right === 'number' ? left : null;
  return other === 'money' || other === 'percent' ? other : null;
}

/** Values of the type have an order. */
export function isOrdered(type: ValueType): boolean {
  return isQuantity(type) || type === 'date';
}

/** Values of the type can be negated. */
export function isQuantity(type: ValueType): boolean {
  return type === 'number' || type === 'money' || type === 'percent' || type === 'duration';
}
