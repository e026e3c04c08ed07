import type { ArithmeticOperator, CompareOperator, Span } from './expression.ts';

/** What is written, before names and types are known. `depth` is the height of the tree below, at least 1. */
export type Syntax = { readonly at: Span; readonly depth: number } & SyntaxShape;

type SyntaxShape =
  | { readonly op: 'literal'; readonly type: 'number' | 'percent' | 'duration' | 'date'; readonly value: number }
  | { readonly op: 'literal'; readonly type: 'text'; readonly value: string }
  | { readonly op: 'literal'; readonly type: 'boolean'; readonly value: boolean }
  | { readonly op: 'today' }
  | { readonly op: 'name'; readonly name: string }
  | { readonly op: 'header'; readonly header: string }
  /** `stage.kind`, `stage.index`. */
  | { readonly op: 'member'; readonly name: string; readonly member: string; readonly memberAt: Span }
  | { readonly op: 'call'; readonly name: string; readonly nameAt: Span; readonly args: readonly Syntax[] }
  | { readonly op: 'negate'; readonly operand: Syntax }
  | { readonly op: 'not'; readonly operand: Syntax }
  | {
      readonly op: 'arithmetic';
      readonly operator: ArithmeticOperator;
      readonly left: Syntax;
      readonly right: Syntax;
    }
  | { readonly op: 'compare'; readonly operator: CompareOperator; readonly left: Syntax; readonly right: Syntax }
  | { readonly op: 'in'; readonly operand: Syntax; readonly list: readonly Syntax[]; readonly negated: boolean }
  | { readonly op: 'is'; readonly operand: Syntax; readonly wanted: 'missing' | 'present' }
  | { readonly op: 'and'; readonly left: Syntax; readonly right: Syntax }
  | { readonly op: 'or'; readonly left: Syntax; readonly right: Syntax };

/** Trees higher than this are refused, so that walking one cannot exhaust the stack. */
export const MAX_DEPTH = 200;

/** Syntax of a kind. */
export type SyntaxOf<Op extends SyntaxShape['op']> = Extract<Syntax, { readonly op: Op }>;
