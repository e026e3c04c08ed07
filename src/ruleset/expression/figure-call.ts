import { say, type Text } from '../../i18n/text.ts';
import { nearest } from '../nearest.ts';
import { check, checkCondition } from './check.ts';
import { type Checker, checkName, refuse } from './checker.ts';
import type { FigureArgument, FigureCall, ValueType } from './expression.ts';
import { didYouMean, shorten, withAdvice } from './problem.ts';
import type { Syntax } from './syntax.ts';
import { TYPE_NAMES } from './types.ts';

type ParameterType = 'stage' | 'field' | 'quantity' | 'predicate' | 'number' | 'word';

/** What a figure takes; `quantity` is a field that can be summed, a `?` marks what may be left out (the last ones). */
export type FigureParameter = ParameterType | `${ParameterType}?`;

const EXPECTED: Readonly<Record<ParameterType, Text>> = {
  stage: say('a stage', '阶段'),
  field: say('a field', '字段'),
  quantity: say('a field of numbers or money', '数字或金额字段'),
  predicate: say('a condition', '条件'),
  number: say('a number', '数字'),
  word: say('a word', '一个词'),
};
const QUANTITIES: readonly ValueType[] = ['number', 'money', 'percent'];

function isParameterType(text: string): text is ParameterType {
  return Object.hasOwn(EXPECTED, text);
}

function typeOf(parameter: FigureParameter): ParameterType {
  const type = parameter.replace('?', '');
  return isParameterType(type) ? type : 'word';
}

function refuseArgument(checker: Checker, syntax: Syntax, type: ParameterType): null {
  const expected = EXPECTED[type];
  return refuse(checker, syntax.at, say(`${expected.en} is expected here`, `此处应为${expected.zh}`));
}

function wordOf(syntax: Syntax): string | null {
  if (syntax.op === 'name') return syntax.name;
  return syntax.op === 'literal' && syntax.type === 'text' ? syntax.value.trim() : null;
}

/** Stands for each open stage, or each field, one after the other: `conversion(any)`. */
const EACH = 'any';
/** Stands for the first open stage, whatever it is called: `conversion(first)`. */
const FIRST = 'first';

function checkStage(checker: Checker, syntax: Syntax, isFirstArgument: boolean): FigureArgument | null {
  const name = wordOf(syntax) ?? checker.source.slice(syntax.at.start, syntax.at.end);
  const stage = checker.stages.find(name) ?? (name === FIRST ? firstOpenStage(checker) : null);
  if (stage !== null) return { type: 'stage', stage };
  if (name === EACH && isFirstArgument) return { type: 'any', of: 'stage' };
  return refuse(checker, syntax.at, checker.stages.unknown(name));
}

function firstOpenStage({ environment }: Checker): string | null {
  return environment.stages.find(({ kind }) => kind === 'open')?.id ?? null;
}

function checkField(
  checker: Checker,
  syntax: Syntax,
  type: 'field' | 'quantity',
  isFirstArgument: boolean,
): FigureArgument | null {
  if (syntax.op !== 'name') return refuseArgument(checker, syntax, type);
  const standsForEach = syntax.name === EACH && isFirstArgument && type === 'field';
  if (standsForEach && !checker.environment.fields.has(EACH)) return { type: 'any', of: 'field' };
  const field = checkName(checker, syntax.name, syntax.at, null);
  if (field === null) return null;
  if (type === 'field' || QUANTITIES.includes(field.type)) return { type: 'field', field: syntax.name };
  const [expected, given] = [EXPECTED[type], TYPE_NAMES[field.type]];
  const message = say(`${expected.en} is expected, not ${given.en}`, `此处应为${expected.zh}，而不是${given.zh}`);
  return refuse(checker, syntax.at, message);
}

function checkArgument(
  checker: Checker,
  syntax: Syntax,
  parameter: FigureParameter,
  isFirstArgument: boolean,
): FigureArgument | null {
  const type = typeOf(parameter);
  switch (type) {
    case 'stage':
      return checkStage(checker, syntax, isFirstArgument);
    case 'field':
    case 'quantity':
      return checkField(checker, syntax, type, isFirstArgument);
    case 'predicate': {
      const expression = checkCondition(checker, syntax);
      return expression && { type: 'expression', expression };
    }
    case 'number': {
      const expression = check(checker, syntax, 'number');
      if (expression === null) return null;
      return QUANTITIES.includes(expression.type)
        ? { type: 'expression', expression }
        : refuseArgument(checker, syntax, type);
    }
    case 'word': {
      const word = wordOf(syntax);
      return word === null ? refuseArgument(checker, syntax, type) : { type: 'word', word };
    }
  }
}

function usageOf(figure: string, parameters: readonly FigureParameter[], lang: 'en' | 'zh'): string {
  const listed = parameters.map((parameter) => {
    const name = EXPECTED[typeOf(parameter)][lang];
    return parameter.endsWith('?') ? `[${name}]` : name;
  });
  return `${figure}(${listed.join(', ')})`;
}

function countProblem(figure: string, parameters: readonly FigureParameter[], given: number): Text | null {
  const required = parameters.filter((parameter) => !parameter.endsWith('?')).length;
  if (given >= required && given <= parameters.length) return null;
  if (parameters.length === 0) return say(`${figure} takes no arguments`, `${figure} 不带参数`);
  return say(
    `wrong number of arguments (${given}); write ${usageOf(figure, parameters, 'en')}`,
    `参数个数不对（${given} 个）；应写成 ${usageOf(figure, parameters, 'zh')}`,
  );
}

/** Checks a figure and its arguments. Null, with at least one problem noted, where it is none. */
export function checkFigure(
  checker: Checker,
  syntax: Syntax,
  figures: ReadonlyMap<string, readonly FigureParameter[]>,
): FigureCall | null {
  if (syntax.op !== 'name' && syntax.op !== 'call') {
    const message = say(
      'a figure is expected, such as conversion(lead, won)',
      '此处应为指标，例如 conversion(lead, won)',
    );
    return refuse(checker, syntax.at, message);
  }
  const written = syntax.op === 'call' ? syntax.args : [];
  const parameters = figures.get(syntax.name);
  if (parameters === undefined) {
    const at = syntax.op === 'call' ? syntax.nameAt : syntax.at;
    const near = didYouMean(nearest(syntax.name, figures.keys()));
    const names = [...figures.keys()];
    const shown = shorten(syntax.name);
    const advice = near ?? say(`the figures are ${names.join(', ')}`, `可用的指标：${names.join('、')}`);
    return refuse(checker, at, withAdvice(say(`unknown figure "${shown}"`, `未知的指标“${shown}”`), advice));
  }
  const wrongCount = countProblem(syntax.name, parameters, written.length);
  if (wrongCount !== null) return refuse(checker, syntax.at, wrongCount);
  const args: FigureArgument[] = [];
  for (const [index, arg] of written.entries()) {
    const checked = checkArgument(checker, arg, parameters[index]!, index === 0);
    if (checked !== null) args.push(checked);
  }
  return args.length < written.length ? null : { figure: syntax.name, args };
}
