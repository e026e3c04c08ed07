import { type Definitions, expandDefinitions } from './expression/definitions.ts';
import { isFunctionName } from './expression/functions.ts';
import { parseSyntax } from './expression/grammar.ts';
import type { ExpressionProblem } from './expression/problem.ts';
import type { Syntax } from './expression/syntax.ts';
import type { Merged } from './merge.ts';
import type { ProblemList } from './problem-list.ts';

/**
 * The `define:` section, parsed. One that is no expression, names itself, or has a name that means something else
 * already (`taken`: fields, tables, stages) is a mistake. Names inside are checked where a rule uses the definition.
 */
export function buildDefinitions(merged: Merged, taken: ReadonlySet<string>, problems: ProblemList): Definitions {
  const definitions = new Map<string, Syntax>();
  for (const [name, { value, layer, path }] of merged.define) {
    if (taken.has(name) || isFunctionName(name)) {
      const message = { en: `"${name}" means something else already`, zh: `“${name}”已有其他含义` };
      problems.add(layer, { path, target: 'key', message });
      continue;
    }
    const mistakes: ExpressionProblem[] = [];
    const syntax = parseSyntax(value, mistakes);
    if (syntax === null) problems.addExpression(layer, path, mistakes);
    else definitions.set(name, syntax);
  }
  for (const [name, syntax] of definitions) {
    const { value, layer, path } = merged.define.get(name) as NonNullable<ReturnType<typeof merged.define.get>>;
    const mistakes: ExpressionProblem[] = [];
    if (expandDefinitions(syntax, definitions, mistakes) === null && value !== '') {
      problems.addExpression(layer, path, mistakes);
      definitions.delete(name);
    }
  }
  return definitions;
}
