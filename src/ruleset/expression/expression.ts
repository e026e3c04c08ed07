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
  | 'if'
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
  | 'ends_with'
  | 'percent_rank';

/** What is made of the rows of a table that belong to a row. */
export type AggregateName = 'count' | 'any' | 'sum' | 'avg' | 'min' | 'max' | 'first' | 'last';

/**
 * `count(activities, inbound)`: its value and condition name fields of the table, not of the row. A row of the table
 * for which the condition is unknown is not picked.
 */
export interface Aggregate {
  readonly op: 'aggregate';
  readonly name: AggregateName;
  readonly table: string;
  /** Fields of the row by which its rows of the table are found; one of them is enough, none where a key serves. */
  readonly by: readonly string[];
  /** Null for `count` and `any`. */
  readonly value: Expression | null;
  readonly condition: Expression | null;
}

/** A checked expression: every node carries its type, so evaluation never guesses. */
export type Expression = { readonly at: Span; readonly type: ValueType } & (
  | { readonly op: 'literal'; readonly value: string | number | boolean }
  | { readonly op: 'today' }
  | { readonly op: 'field'; readonly field: string }
  /** A backticked header; its column is read as `type`. */
  | { readonly op: 'header'; readonly header: string }
  /** Kind of the stage that a field holds. */
  | { readonly op: 'stageKind'; readonly field: string }
  /** 0-based place in the stage list. */
  | { readonly op: 'stageIndex'; readonly field: string }
  /** Day on which the deal came to its stage, and how long it has been there. */
  | { readonly op: 'stageEntered' | 'stageAge' }
  | Aggregate
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
  /** `any`: the figure is computed for each open stage, or each field, one after the other. */
  | { readonly type: 'any'; readonly of: 'stage' | 'field' }
  | { readonly type: 'field'; readonly field: string }
  | { readonly type: 'expression'; readonly expression: Expression }
  | { readonly type: 'word'; readonly word: string };

export type Period = 'week' | 'month' | 'quarter' | 'year';

/** How a rule wants its figure computed; null takes what is usual for the figure. */
export interface FigureOptions {
  /** Days a deal is given to move on. */
  readonly windowDays: number | null;
  /** 0–1, for figures that are quantiles. */
  readonly quantile: number | null;
  /** Length of the periods that a figure, or its history, is computed by. */
  readonly period: Period | null;
  /** How many earlier periods. */
  readonly periods: number | null;
  /** Field whose values a figure is spread over. */
  readonly across: string | null;
}
