import type { Chart } from './chart.ts';

/** What a text means for the reader; each format decides how it looks. */
export type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'muted' | 'strong';

/** A run of inline text. */
export interface Span {
  readonly text: string;
  readonly tone?: Tone;
  /** A name, which no line ends within unless it is longer than a line. */
  readonly whole?: true;
}

export type Inline = string | readonly (string | Span)[];

export interface HeadingBlock {
  readonly type: 'heading';
  readonly level: 1 | 2 | 3;
  readonly text: Inline;
}

export interface ParagraphBlock {
  readonly type: 'paragraph';
  readonly text: Inline;
  /** A row of facts, not prose: its lines may be longer. */
  readonly wide?: true;
  /** Steps to the right; an indented block belongs to the block before it. */
  readonly indent?: number;
}

export interface ListBlock {
  readonly type: 'list';
  readonly items: readonly Inline[];
  /** Rows of facts, not prose: their lines may be longer. */
  readonly wide?: true;
  readonly indent?: number;
}

export interface TableColumn {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** Where space is short, columns go from the highest number down. Columns of priority 0 stay and wrap. */
  readonly priority: number;
  /** Display columns to which the text may be wrapped before any column is dropped. */
  readonly wrapTo?: number;
  /** Text that has no room is cut, not wrapped: for tables that must not grow by a line. */
  readonly cut?: true;
  /** What the title means, in a few words. */
  readonly note?: string;
}

export interface TableBlock {
  readonly type: 'table';
  readonly columns: readonly TableColumn[];
  /** `false` leaves the titles out; they still name columns for which there is no room. */
  readonly header?: boolean;
  /** One cell for each column. */
  readonly rows: readonly (readonly Inline[])[];
  readonly caption?: Inline;
  readonly indent?: number;
}

export interface BarRow {
  readonly label: string;
  /** Length of the bar on a scale from 0 to `max`; `null` has no bar. */
  readonly value: number | null;
  /** The figure in words, with its base. */
  readonly text: string;
  readonly tone?: Tone;
  /** Interval around the value, on the same scale. */
  readonly low?: number;
  readonly high?: number;
}

export interface BarsBlock {
  readonly type: 'bars';
  readonly rows: readonly BarRow[];
  /** Value of a full bar; without it, the greatest value or upper limit. */
  readonly max?: number;
  /** What the parts of bars with an interval are, where they are not just its ends and the estimate. */
  readonly legend?: string;
  readonly caption?: Inline;
  readonly indent?: number;
}

/** A statement that stands out: a verdict, a failing rule, a caveat. */
export interface CalloutBlock {
  readonly type: 'callout';
  readonly tone: Tone;
  readonly text: Inline;
  readonly indent?: number;
}

/** A picture of figures; a format without pictures shows the table. */
export interface ChartBlock {
  readonly type: 'chart';
  readonly title: string;
  /** What there is to see, for those who do not see it. */
  readonly description: string;
  readonly chart: Chart;
  /** The same figures. */
  readonly table: TableBlock;
  readonly caption?: Inline;
}

export type Block = HeadingBlock | ParagraphBlock | ListBlock | TableBlock | BarsBlock | CalloutBlock | ChartBlock;

/** The report as blocks, free of format: the terminal, HTML and Markdown draw the same ones. */
export type Document = readonly Block[];

export const heading = (level: 1 | 2 | 3, text: Inline): HeadingBlock => ({ type: 'heading', level, text });

export const paragraph = (text: Inline, indent = 0): ParagraphBlock => ({ type: 'paragraph', text, indent });

export const callout = (tone: Tone, text: Inline): CalloutBlock => ({ type: 'callout', tone, text });

export const span = (text: string, tone: Tone): Span => ({ text, tone });

/** The spans of an inline text, the plain ones included. */
export function spansOf(inline: Inline): Span[] {
  if (typeof inline === 'string') return [{ text: inline }];
  return inline.map((part) => (typeof part === 'string' ? { text: part } : part));
}
