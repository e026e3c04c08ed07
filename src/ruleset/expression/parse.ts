import { check, checkCondition } from './check.ts';
import { type Checker, createChecker } from './checker.ts';
import { type Definitions, expandDefinitions } from './definitions.ts';
import type { ExpressionEnvironment } from './environment.ts';
import type { Expression, FigureCall } from './expression.ts';
import { checkFigure, type FigureParameter } from './figure-call.ts';
import { parseSyntax } from './grammar.ts';
import type { ExpressionProblem, Parsed } from './problem.ts';
import type { Syntax } from './syntax.ts';

export type { ExpressionEnvironment } from './environment.ts';
export type { FigureParameter } from './figure-call.ts';
export type { ExpressionProblem, Parsed } from './problem.ts';

const NO_DEFINITIONS: Definitions = new Map();

/** A header can settle another one, so a check may have to be made again; three times is more than anyone writes. */
const MAX_PASSES = 3;

function parse<T>(
  source: string,
  environment: ExpressionEnvironment,
  read: (checker: Checker, syntax: Syntax) => T | null,
): Parsed<T> {
  const problems: ExpressionProblem[] = [];
  const written = parseSyntax(source, problems);
  const syntax = written && expandDefinitions(written, environment.definitions ?? NO_DEFINITIONS, problems);
  if (syntax === null) return { ok: false, problems };
  let checker = createChecker(source, environment);
  let value = read(checker, syntax);
  for (let pass = 1; checker.isRevised && pass < MAX_PASSES; pass += 1) {
    checker = { ...checker, problems: [], isRevised: false };
    value = read(checker, syntax);
  }
  if (value !== null && checker.problems.length === 0) return { ok: true, value };
  return { ok: false, problems: checker.problems.toSorted((one, other) => one.span.start - other.span.start) };
}

/**
 * Reads an expression and checks its names and types. Whatever the source is, the answer is an expression or at least
 * one problem; the time is linear in its length. With `expected: 'boolean'` it must be a condition.
 */
export function parseExpression(
  source: string,
  environment: ExpressionEnvironment,
  expected: 'boolean' | 'any',
): Parsed<Expression> {
  return parse(source, environment, (checker, syntax) =>
    expected === 'boolean' ? checkCondition(checker, syntax) : check(checker, syntax, null),
  );
}

/** Reads what `metric:` names, as `conversion(lead, proposal)` or `win_rate`; `figures` are the known ones. */
export function parseFigureCall(
  source: string,
  environment: ExpressionEnvironment,
  figures: ReadonlyMap<string, readonly FigureParameter[]>,
): Parsed<FigureCall> {
  return parse(source, environment, (checker, syntax) => checkFigure(checker, syntax, figures));
}
