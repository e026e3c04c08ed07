/** What a value of the expression language is. Dates are days since 1970-01-01, durations days, percents 0–1. */
export type ValueType =
  | 'text'
  | 'number'
  | 'money'
  | 'percent'
  | 'date'
  | 'duration'
  | 'boolean'
  | 'stage'
  | 'stageKind';

/** Where a piece of the expression stands: offsets into its source text, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type CompareOperator = '=' | '!=' | '<' | '<=' | '>' | '>=';
export type ArithmeticOperator = '+' | '-' | '*' | '/';

export type FunctionName =
  | 'coalesce'
  | 'lower'
  | 'trim'
  | 'len'
  | 'abs'
  | 'round'
  | 'min'
  | 'max'
  | 'days'
  | 'weekdays'
  | 'month'
  | 'quarter'
  | 'year'
  | 'contains'
  | 'starts_with'
  | 'ends_with';

/** A checked expression: every node carries its type, so evaluation never guesses. */
export type Expression = { readonly at: Span; readonly type: ValueType } & (
  | { readonly op: 'literal'; readonly value: string | number | boolean }
  | { readonly op: 'today' }
  | { readonly op: 'field'; readonly field: string }
  /** A backticked header; its column is read as `type`. */
  | { readonly op: 'header'; readonly header: string }
  | { readonly op: 'stageKind' }
  /** 0-based place in the stage list. */
  | { readonly op: 'stageIndex' }
  | { readonly op: 'negate'; readonly operand: Expression }
  | {
      readonly op: 'arithmetic';
      readonly operator: ArithmeticOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly op: 'call'; readonly name: FunctionName; readonly args: readonly Expression[] }
  | {
      readonly op: 'compare';
      readonly operator: CompareOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly op: 'in'; readonly operand: Expression; readonly list: readonly Expression[]; readonly negated: boolean }
  /** `is missing` is `wanted: 'missing'`; always true or false, never unknown. */
  | { readonly op: 'is'; readonly operand: Expression; readonly wanted: 'missing' | 'present' }
  | { readonly op: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
  | { readonly op: 'not'; readonly operand: Expression }
);

/** The argument list of a figure in `metric:`, as `conversion(lead, proposal)`. */
export interface FigureCall {
  readonly figure: string;
  readonly args: readonly FigureArgument[];
}

export type FigureArgument =
  | { readonly type: 'stage'; readonly stage: string }
  | { readonly type: 'field'; readonly field: string }
  | { readonly type: 'expression'; readonly expression: Expression }
  | { readonly type: 'word'; readonly word: string };
