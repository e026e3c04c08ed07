import { say, type Text } from '../../i18n/text.ts';
import { aggregateOf, type Checks, checkAggregate, tableOfCall } from './aggregates.ts';
import { argumentProblem, arityProblem, resultType, sharedType, unknownFunction } from './call.ts';
import { type Checker, checkHeader, checkMember, checkName, refuse } from './checker.ts';
import { comparisonProblem } from './comparison.ts';
import { type ExpressionEnvironment, stageFieldsOf } from './environment.ts';
import type { ArithmeticOperator, Expression, FunctionName, ValueType } from './expression.ts';
import { FUNCTIONS, isFunctionName } from './functions.ts';
import { isUntyped, operandHint, operandsHint } from './hints.ts';
import { withAdvice } from './problem.ts';
import { STAGE_KIND_NAMES } from './stage-names.ts';
import type { Syntax, SyntaxOf } from './syntax.ts';
import { arithmeticType, isQuantity, TYPE_NAMES } from './types.ts';

type Hint = ValueType | null;
type Pair = readonly [Expression | null, Expression | null];

/**
 * Finds the type of a piece of syntax and of all below it. `hint` is the type its surroundings want, for headers.
 * Null, with at least one problem noted, where it has none.
 */
export function check(checker: Checker, syntax: Syntax, hint: Hint): Expression | null {
  const { at } = syntax;
  switch (syntax.op) {
    case 'literal':
      return { op: 'literal', type: syntax.type, value: syntax.value, at };
    case 'today':
      return { op: 'today', type: 'date', at };
    case 'name':
      return checkName(checker, syntax.name, at, hint);
    case 'header':
      return checkHeader(checker, syntax.header, at, hint);
    case 'member':
      return checkMember(checker, syntax);
    case 'call':
      return checkCall(checker, syntax, hint);
    case 'negate':
      return checkNegation(checker, syntax, hint);
    case 'arithmetic':
      return checkArithmetic(checker, syntax, hint);
    case 'compare':
      return checkComparison(checker, syntax);
    case 'in':
      return checkMembership(checker, syntax);
    case 'is': {
      const operand = check(checker, syntax.operand, null);
      return operand && { op: 'is', type: 'boolean', operand, wanted: syntax.wanted, at };
    }
    case 'not': {
      const operand = checkCondition(checker, syntax.operand);
      return operand && { op: 'not', type: 'boolean', operand, at };
    }
    case 'and':
    case 'or': {
      const left = checkCondition(checker, syntax.left);
      const right = checkCondition(checker, syntax.right);
      return left && right && { op: syntax.op, type: 'boolean', left, right, at };
    }
  }
}

/** Checks something that must be true or false. */
export function checkCondition(checker: Checker, syntax: Syntax): Expression | null {
  const condition = check(checker, syntax, 'boolean');
  if (condition === null || condition.type === 'boolean') return condition;
  const name = TYPE_NAMES[condition.type];
  const advice = say(
    'compare it with something, or ask whether it is present',
    '请与某个值比较，或用 is present 判断是否有值',
  );
  return refuse(
    checker,
    syntax.at,
    withAdvice(say(`a condition is expected, not ${name.en}`, `此处应为条件，而不是${name.zh}`), advice),
  );
}

function checkNegation(checker: Checker, syntax: SyntaxOf<'negate'>, hint: Hint): Expression | null {
  const operand = check(checker, syntax.operand, hint ?? 'number');
  if (operand === null) return null;
  const { type } = operand;
  if (isQuantity(type)) return { op: 'negate', type, operand, at: syntax.at };
  const name = TYPE_NAMES[type];
  return refuse(checker, syntax.at, say(`${name.en} cannot be negated`, `${name.zh}不能取负`));
}

const ARITHMETIC_WORDS: Readonly<Record<ArithmeticOperator, (left: Text, right: Text) => Text>> = {
  '+': (left, right) => say(`${right.en} cannot be added to ${left.en}`, `${left.zh}不能加${right.zh}`),
  '-': (left, right) => say(`${right.en} cannot be subtracted from ${left.en}`, `${left.zh}不能减${right.zh}`),
  '*': (left, right) => say(`${left.en} cannot be multiplied by ${right.en}`, `${left.zh}不能乘以${right.zh}`),
  '/': (left, right) => say(`${left.en} cannot be divided by ${right.en}`, `${left.zh}不能除以${right.zh}`),
};

function arithmeticAdvice(left: Expression, right: Expression): Text | null {
  const types = [left.type, right.type];
  if (types.every((type) => type === 'date')) {
    return say('the difference of two dates is close - created', '两个日期之差请写 close - created');
  }
  const number = [left, right].find((operand) => operand.type === 'number');
  if (number === undefined || !(types.includes('date') || types.includes('duration'))) return null;
  const days = number.op === 'literal' ? `${number.value}d` : '30d';
  return say(`write ${days} for days`, `天数请写成 ${days}`);
}

function checkArithmetic(checker: Checker, syntax: SyntaxOf<'arithmetic'>, hint: Hint): Expression | null {
  const { operator, at } = syntax;
  const untyped = isUntyped(syntax) ? operandsHint(operator, hint) : null;
  const [left, right] = checkPair(checker, [syntax.left, syntax.right], (other, side) =>
    other === null ? (untyped ?? 'number') : operandHint(operator, other, side),
  );
  if (left === null || right === null) return null;
  const type = arithmeticType(operator, left.type, right.type);
  if (type !== null) return { op: 'arithmetic', operator, type, left, right, at };
  const message = ARITHMETIC_WORDS[operator](TYPE_NAMES[left.type], TYPE_NAMES[right.type]);
  return refuse(checker, at, withAdvice(message, arithmeticAdvice(left, right)));
}

/** Checks two operands, the one that has a type of its own first, so that it can say what the other must be. */
function checkPair(
  checker: Checker,
  [left, right]: readonly [Syntax, Syntax],
  hintFor: (other: Hint, side: 'left' | 'right') => Hint,
): Pair {
  if (isUntyped(left) && !isUntyped(right)) {
    const second = check(checker, right, null);
    return [check(checker, left, hintFor(second?.type ?? null, 'left')), second];
  }
  const first = check(checker, left, isUntyped(left) ? hintFor(null, 'left') : null);
  return [first, check(checker, right, hintFor(first?.type ?? null, 'right'))];
}

const MEASURES: ReadonlySet<string> = new Set(['index', 'entered', 'age']);

function stageSide(syntax: Syntax, environment: ExpressionEnvironment): 'stage' | 'stageKind' | null {
  const isStage = (name: string): boolean => stageFieldsOf(environment).has(name);
  if (syntax.op === 'name') return isStage(syntax.name) ? 'stage' : null;
  // A misspelt part is taken for the kind, so that what it is compared with is not refused too.
  if (syntax.op === 'member') return isStage(syntax.name) && !MEASURES.has(syntax.member) ? 'stageKind' : null;
  if (syntax.op !== 'call' || (syntax.name !== 'first' && syntax.name !== 'last')) return null;
  const [, value] = syntax.args;
  const linked = tableOfCall(syntax, environment);
  return value === undefined || linked === null ? null : stageSide(value, linked.environment);
}

/** What is compared with a stage or a stage kind: its name, with or without quotes. */
function checkStageName(checker: Checker, syntax: Syntax, side: 'stage' | 'stageKind'): Expression | null {
  if (stageSide(syntax, checker.environment) !== null) return check(checker, syntax, null);
  const names = side === 'stage' ? checker.stages : STAGE_KIND_NAMES;
  const { at } = syntax;
  const isText = syntax.op === 'literal' && syntax.type === 'text';
  const name = isText ? syntax.value : syntax.op === 'name' ? syntax.name : null;
  if (name === null) {
    const source = checker.source.slice(at.start, at.end);
    if (names.find(source) === null) return check(checker, syntax, null);
    return refuse(checker, at, say(`write "${source}" in quotes`, `请加引号，写成 "${source}"`));
  }
  const value = names.find(name);
  if (value !== null) return { op: 'literal', type: side, value, at };
  if (!isText && checker.environment.fields.has(name)) return check(checker, syntax, null);
  return refuse(checker, at, names.unknown(name));
}

function checkComparison(checker: Checker, syntax: SyntaxOf<'compare'>): Expression | null {
  const { operator, at } = syntax;
  const { environment } = checker;
  const [leftSide, rightSide] = [stageSide(syntax.left, environment), stageSide(syntax.right, environment)];
  let pair: Pair;
  if (leftSide !== null) {
    pair = [check(checker, syntax.left, null), checkStageName(checker, syntax.right, leftSide)];
  } else if (rightSide !== null) {
    pair = [checkStageName(checker, syntax.left, rightSide), check(checker, syntax.right, null)];
  } else {
    pair = checkPair(checker, [syntax.left, syntax.right], (other) => other);
  }
  const [left, right] = pair;
  if (left === null || right === null) return null;
  const problem = comparisonProblem(operator, left, right);
  if (problem !== null) return refuse(checker, at, problem);
  return { op: 'compare', operator, type: 'boolean', left, right, at };
}

function checkMembership(checker: Checker, syntax: SyntaxOf<'in'>): Expression | null {
  const side = stageSide(syntax.operand, checker.environment);
  const untyped = isUntyped(syntax.operand);
  const early = untyped ? null : check(checker, syntax.operand, null);
  const list = syntax.list.map((item) =>
    side === null ? check(checker, item, early?.type ?? null) : checkStageName(checker, item, side),
  );
  const operand = untyped ? check(checker, syntax.operand, sharedType(list)) : early;
  if (operand === null) return null;
  const items: Expression[] = [];
  for (const item of list) {
    if (item === null) continue;
    const problem = comparisonProblem('=', operand, item);
    if (problem === null) items.push(item);
    else refuse(checker, item.at, problem);
  }
  const { negated, at } = syntax;
  return items.length < list.length ? null : { op: 'in', type: 'boolean', operand, list: items, negated, at };
}

/** Checks the arguments of a function; headers last, since the others say what they must be. */
function checkArguments(
  checker: Checker,
  name: FunctionName,
  written: readonly Syntax[],
  hint: Hint,
): readonly Expression[] {
  const signature = FUNCTIONS[name];
  const wanted = signature.result === 'shared' ? null : (signature.accepts[0] ?? null);
  const typed = written.map((arg) => (isUntyped(arg) ? null : check(checker, arg, wanted)));
  const common = wanted ?? sharedType(typed) ?? hint;
  const args: Expression[] = [];
  for (const [index, arg] of written.entries()) {
    const checked = isUntyped(arg) ? check(checker, arg, common) : typed[index]!;
    if (checked === null) continue;
    const problem = argumentProblem(name, checked.type);
    if (problem === null) args.push(checked);
    else refuse(checker, arg.at, problem);
  }
  return args;
}

const CHECKS: Checks = { check, checkCondition };

function checkCall(checker: Checker, syntax: SyntaxOf<'call'>, hint: Hint): Expression | null {
  const { name, at } = syntax;
  const aggregate = aggregateOf(syntax, checker.environment);
  if (aggregate !== null) return checkAggregate(checker, aggregate, syntax, CHECKS);
  if (!isFunctionName(name)) {
    // Behind a table stand fields of its own, which nobody misspelt.
    const written = tableOfCall(syntax, checker.environment) === null ? syntax.args : [];
    for (const arg of written) check(checker, arg, null);
    return refuse(checker, syntax.nameAt, unknownFunction(name, checker.environment));
  }
  // The first argument of `if` is a condition, whatever the others are.
  const [first, ...others] = syntax.args;
  const isChoice = name === 'if' && first !== undefined;
  const condition = isChoice ? checkCondition(checker, first) : null;
  const args = checkArguments(checker, name, isChoice ? others : syntax.args, hint);
  const wrongCount = arityProblem(name, syntax.args.length);
  if (wrongCount !== null) return refuse(checker, at, wrongCount);
  if (args.length + Number(condition !== null) < syntax.args.length) return null;
  const type = resultType(FUNCTIONS[name], args);
  if (type !== null) return { op: 'call', name, type, args: condition === null ? args : [condition, ...args], at };
  return refuse(checker, at, say(`the values in ${name} have different types`, `${name} 的各个参数类型不一致`));
}
