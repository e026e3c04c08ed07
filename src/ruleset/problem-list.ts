import type { Diagnostic } from './diagnostic.ts';
import type { ExpressionProblem } from './expression/problem.ts';
import { type Layer, locate, type Path, type Problem } from './layer.ts';

/** Collects the mistakes of a ruleset over all its files. */
export interface ProblemList {
  readonly add: (layer: Layer, problem: Problem) => void;
  /** Mistakes inside an expression that stands at `path`. */
  readonly addExpression: (layer: Layer, path: Path, problems: readonly ExpressionProblem[]) => void;
  readonly addDiagnostics: (diagnostics: readonly Diagnostic[]) => void;
  /** All so far, by file in order of appearance, then by place. */
  readonly all: () => readonly Diagnostic[];
}

export function createProblemList(): ProblemList {
  const diagnostics: Diagnostic[] = [];
  return {
    add: (layer, problem) => diagnostics.push(locate(layer, problem)),
    addExpression: (layer, path, problems) => {
      for (const { span, message } of problems) diagnostics.push(locate(layer, { path, span, message }));
    },
    addDiagnostics: (more) => diagnostics.push(...more),
    all: () => {
      const files = [...new Set(diagnostics.map(({ file }) => file))];
      return [...diagnostics].sort(
        (a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line || a.column - b.column,
      );
    },
  };
}
