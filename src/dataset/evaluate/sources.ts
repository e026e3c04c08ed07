import type { Expression } from '../../ruleset/expression/expression.ts';
import type { StageKind } from '../../ruleset/ruleset.ts';
import { type Column, type Dataset, PRESENT } from '../dataset.ts';

/** Values of a condition: 1 true, 0 false, -1 unknown. */
export const TRUE = 1;
export const FALSE = 0;
export const UNKNOWN = -1;

/** Where rows get their values from: row `r` has the distinct value `codes[r] + shift`. */
export interface Source {
  readonly codes: Int32Array | Int16Array;
  readonly shift: 0 | 1;
  /** Number of distinct values. */
  readonly size: number;
}

export type Texts = readonly (string | null)[];

/** One value for each distinct value of a source: numbers (NaN unknown), conditions, or texts (null unknown). */
export interface Table {
  readonly source: Source;
  readonly numbers: Float64Array;
  readonly truths: Int8Array;
  readonly texts: Texts;
}

/** Which of the three ways of holding values an expression uses. */
export type Shape = 'numbers' | 'truths' | 'texts';

const NO_NUMBERS = new Float64Array(0);
const NO_TRUTHS = new Int8Array(0);
const KINDS: readonly string[] = ['open', 'won', 'lost', 'dormant'] satisfies StageKind[];

/** A table of which only one kind of values is filled. */
export function tableOf(source: Source, values: Float64Array | Int8Array | Texts): Table {
  const empty = { source, numbers: NO_NUMBERS, truths: NO_TRUTHS, texts: [] };
  if (values instanceof Float64Array) return { ...empty, numbers: values };
  return values instanceof Int8Array ? { ...empty, truths: values } : { ...empty, texts: values };
}

export function shapeOf(expression: Expression): Shape {
  if (expression.type === 'boolean') return 'truths';
  return expression.type === 'text' ? 'texts' : 'numbers';
}

/** A literal as number: stages and stage kinds count by their place, conditions 0 and 1. */
export function literalNumber(dataset: Dataset, type: Expression['type'], value: string | number | boolean): number {
  if (typeof value !== 'string') return Number(value);
  const place = type === 'stage' ? dataset.stages.findIndex((stage) => stage.id === value) : KINDS.indexOf(value);
  return place === -1 ? Number.NaN : place;
}

function columnTable(source: Source, column: Column, shape: Shape): Table {
  if (shape === 'texts') {
    return tableOf(
      source,
      column.texts.map((text, code) => (column.state[code] === PRESENT ? text : null)),
    );
  }
  // A text column has no numbers; read as anything else, its values are unknown.
  const numbers =
    column.numbers.length === source.size ? column.numbers : new Float64Array(source.size).fill(Number.NaN);
  if (shape === 'numbers') return tableOf(source, numbers);
  return tableOf(
    source,
    Int8Array.from(numbers, (number) => (Number.isNaN(number) ? UNKNOWN : number)),
  );
}

/** Finds the values of the leaves of expressions: null for a constant and for a column the file does not have. */
export function createLeafTables(dataset: Dataset): (leaf: Expression) => Table | null {
  const { stages } = dataset;
  // The stage -1 of a row is the first distinct value, the unknown one.
  const stageSource: Source = { codes: dataset.stage, shift: 1, size: stages.length + 1 };
  const sources = new Map<Column, Source>();
  const tables = new Map<string, Table>();

  function ofColumn(column: Column | undefined, leaf: Expression): Table | null {
    if (column === undefined) return null;
    const source = sources.get(column) ?? { codes: column.codes, shift: 0, size: column.texts.length };
    sources.set(column, source);
    const key = `${shapeOf(leaf)} ${leaf.op} ${leaf.op === 'header' ? leaf.header : column.field}`;
    const table = tables.get(key) ?? columnTable(source, column, shapeOf(leaf));
    tables.set(key, table);
    return table;
  }

  return (leaf) => {
    if (leaf.op === 'header') return ofColumn(dataset.headerColumns.get(leaf.header), leaf);
    if (leaf.op === 'stageKind') {
      const kinds = stages.map((stage) => KINDS.indexOf(stage.kind));
      return tableOf(stageSource, Float64Array.of(Number.NaN, ...kinds));
    }
    const isStage = leaf.op === 'stageIndex' || (leaf.op === 'field' && leaf.type === 'stage');
    if (isStage) return tableOf(stageSource, Float64Array.of(Number.NaN, ...stages.keys()));
    return leaf.op === 'field' ? ofColumn(dataset.columns.get(leaf.field), leaf) : null;
  };
}
