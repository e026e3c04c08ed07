import { say, type Text } from '../../i18n/text.ts';
import type { CompareOperator, Expression } from './expression.ts';
import { readNumeric } from './numeric-token.ts';
import { withAdvice } from './problem.ts';
import { commonType, isOrdered, TYPE_NAMES } from './types.ts';

/** A text that would be a value of the other type without its quotes. */
function unquotedAdvice(literal: Expression, other: Expression): Text | null {
  if (literal.op !== 'literal' || typeof literal.value !== 'string' || literal.type !== 'text') return null;
  if (!/^\d/.test(literal.value)) return null;
  const lexeme = readNumeric(literal.value, 0);
  const whole = lexeme.at.end === literal.value.length;
  if (!whole || lexeme.type === 'problem' || lexeme.type === 'end') return null;
  const fits = ['number', 'percent', 'duration', 'date'].some(
    (type) => type === lexeme.type && (type === other.type || (type === 'number' && other.type === 'money')),
  );
  return fits ? say(`write ${literal.value} without quotes`, `${literal.value} 请不要加引号`) : null;
}

function mismatchAdvice(value: Expression, other: Expression): Text | null {
  const unquoted = unquotedAdvice(value, other);
  if (unquoted !== null) return unquoted;
  if (value.type === 'number' && other.type === 'duration' && value.op === 'literal') {
    return say(`write ${value.value}d for days`, `天数请写成 ${value.value}d`);
  }
  if (value.type === 'number' && other.type === 'stage') {
    return say('compare stage.index, which counts from 0', '请比较 stage.index（从 0 起）');
  }
  if (other.type === 'date' && (value.type === 'number' || value.type === 'duration')) {
    return say(
      'write a day as 2026-12-31, or compare a difference, as in today - close > 30d',
      '日期请写成 2026-12-31，或比较日期之差，例如 today - close > 30d',
    );
  }
  return null;
}

function mismatch(left: Expression, right: Expression): Text {
  const [first, second] = [TYPE_NAMES[left.type], TYPE_NAMES[right.type]];
  return withAdvice(
    say(`${first.en} cannot be compared with ${second.en}`, `${first.zh}不能与${second.zh}比较`),
    mismatchAdvice(left, right) ?? mismatchAdvice(right, left),
  );
}

function withoutOrder(type: Expression['type'], operator: CompareOperator): Text {
  const name = TYPE_NAMES[type];
  const message = say(`${name.en} has no order for ${operator}`, `${name.zh}没有大小之分，不能用 ${operator}`);
  const advice =
    type === 'stage'
      ? say('compare stage.index, which counts from 0', '请比较 stage.index（从 0 起）')
      : say('only = and != compare it', '只能用 = 或 != 比较');
  return withAdvice(message, advice);
}

/** A comparison that would compile and yet never hold. */
function emptyComparison(value: Expression, other: Expression): Text | null {
  if (value.op !== 'literal') return null;
  if (typeof value.value === 'string' && value.value.trim() === '') {
    return say('no text equals ""; write is missing', '没有文本等于 ""；请写 is missing');
  }
  if (other.type === 'percent' && value.type === 'number' && Number(value.value) > 1) {
    return say(
      `a percent counts 0 to 1 here; write ${value.value}% instead of ${value.value}`,
      `百分比在此按 0–1 计；请把 ${value.value} 写成 ${value.value}%`,
    );
  }
  return null;
}

/** Why two values cannot be compared, or null where they can. */
export function comparisonProblem(operator: CompareOperator, left: Expression, right: Expression): Text | null {
  const common = commonType(left.type, right.type);
  if (common === null) return mismatch(left, right);
  const isEquality = operator === '=' || operator === '!=';
  if (!isEquality && !isOrdered(common)) return withoutOrder(common, operator);
  return emptyComparison(left, right) ?? emptyComparison(right, left);
}
