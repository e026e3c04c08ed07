import { say, type Text } from '../../i18n/text.ts';
import { nearest } from '../nearest.ts';
import type { FieldType } from '../ruleset.ts';
import type { ExpressionEnvironment } from './environment.ts';
import type { Expression, Span, ValueType } from './expression.ts';
import { didYouMean, type ExpressionProblem, MAX_PROBLEMS, report, shorten, withAdvice } from './problem.ts';
import { type StageNames, stageNames } from './stage-names.ts';

/** What one check of a source works with. */
export interface Checker {
  readonly source: string;
  readonly environment: ExpressionEnvironment;
  readonly stages: StageNames;
  readonly problems: ExpressionProblem[];
  /** Types of the headers so far; one is settled once something it is used with says what it must be. */
  readonly headers: Map<string, { readonly type: FieldType; readonly settled: boolean }>;
  /** A header was settled after it had been taken for text, so that the check must be made once more. */
  isRevised: boolean;
}

export function createChecker(source: string, environment: ExpressionEnvironment): Checker {
  const stages = stageNames(environment);
  return { source, environment, stages, problems: [], headers: new Map(), isRevised: false };
}

/** Notes a problem; null stands for the expression that could not be checked. */
export function refuse(checker: Checker, span: Span, message: Text): null {
  report(checker.problems, span, message);
  return null;
}

const HEADER_TYPES: Readonly<Record<ValueType, FieldType>> = {
  text: 'text',
  number: 'number',
  money: 'money',
  percent: 'percent',
  date: 'date',
  duration: 'number',
  boolean: 'boolean',
  stage: 'text',
  stageKind: 'text',
};

/** A header takes the type of what it is used with, text where nothing says more. */
export function checkHeader(checker: Checker, header: string, at: Span, hint: ValueType | null): Expression {
  const known = checker.headers.get(header);
  if (known?.settled) return { op: 'header', header, type: known.type, at };
  const type = hint === null ? 'text' : HEADER_TYPES[hint];
  if (known !== undefined && known.type !== type) checker.isRevised = true;
  if (known === undefined || hint !== null) checker.headers.set(header, { type, settled: hint !== null });
  return { op: 'header', header, type, at };
}

/** A canonical field, or a problem that says what else might be meant. */
export function checkName(checker: Checker, name: string, at: Span, hint: ValueType | null): Expression | null {
  if (name === 'stage') return { op: 'field', field: name, type: 'stage', at };
  const { fields } = checker.environment;
  const type = fields.get(name);
  if (type !== undefined) return { op: 'field', field: name, type, at };
  // Past the limit nobody reads the message, and looking for near names would only take time.
  if (checker.problems.length >= MAX_PROBLEMS) return null;
  const shown = shorten(name);
  const otherwise =
    hint === 'text'
      ? say(`put text in quotes: "${shown}"`, `文本请加引号："${shown}"`)
      : say(`a header of the file stands in backticks: \`${shown}\``, `引用表头请加反引号：\`${shown}\``);
  const advice = didYouMean(nearest(name, [...fields.keys(), 'stage', 'today'])) ?? otherwise;
  return refuse(checker, at, withAdvice(say(`unknown field "${shown}"`, `未知的字段“${shown}”`), advice));
}

/** `stage.kind` and `stage.index`. */
export function checkMember(
  checker: Checker,
  syntax: { readonly name: string; readonly member: string; readonly memberAt: Span; readonly at: Span },
): Expression | null {
  if (syntax.name !== 'stage') {
    const message = say('only stage has parts: stage.kind, stage.index', '只有 stage 有下级：stage.kind、stage.index');
    return refuse(checker, syntax.at, message);
  }
  if (syntax.member === 'kind') return { op: 'stageKind', type: 'stageKind', at: syntax.at };
  if (syntax.member === 'index') return { op: 'stageIndex', type: 'number', at: syntax.at };
  const advice =
    didYouMean(nearest(syntax.member, ['kind', 'index'])) ?? say('it has kind and index', '可用 kind 和 index');
  const shown = shorten(syntax.member);
  const message = say(`stage has no "${shown}"`, `stage 没有“${shown}”`);
  return refuse(checker, syntax.memberAt, withAdvice(message, advice));
}
