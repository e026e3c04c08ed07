import type { Expression } from '../../ruleset/expression/expression.ts';
import type { StageKind } from '../../ruleset/ruleset.ts';
import { type Column, type Dataset, PRESENT } from '../dataset.ts';
import { ageSince, openAgeDays, openSinceDays } from '../journeys/stage-ages.ts';
import { createStageMatcher } from '../stage-match.ts';
import { DAY_MILLIS } from '../values/calendar.ts';

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

/** @param withTime dates count with their time of day, as fractions of days */
function columnTable(source: Source, column: Column, shape: Shape, withTime: boolean): Table {
  if (shape === 'texts') {
    return tableOf(
      source,
      column.texts.map((text, code) => (column.state[code] === PRESENT ? text : null)),
    );
  }
  if (withTime && column.millis !== null)
    return tableOf(
      source,
      column.millis.map((millis) => millis / DAY_MILLIS),
    );
  // A text column has no numbers; read as anything else, its values are unknown.
  const numbers =
    column.numbers.length === source.size ? column.numbers : new Float64Array(source.size).fill(Number.NaN);
  if (shape === 'numbers') return tableOf(source, numbers);
  return tableOf(
    source,
    Int8Array.from(numbers, (number) => (Number.isNaN(number) ? UNKNOWN : number)),
  );
}

/** Rows that have a value each. */
export function rowSource(rowCount: number): Source {
  const codes = new Int32Array(rowCount);
  for (let row = 0; row < rowCount; row += 1) codes[row] = row;
  return { codes, shift: 0, size: rowCount };
}

/** Finds the values of a leaf of an expression, of a date with its time where that is wanted. */
type LeafTables = (leaf: Expression, withTime: boolean) => Table | null;

/** Finds the values of the leaves of expressions: null for a constant and for a column the file does not have. */
export function createLeafTables(dataset: Dataset): LeafTables {
  const { stages } = dataset;
  // The stage -1 of a row is the first distinct value, the unknown one.
  const stageSource: Source = { codes: dataset.stage, shift: 1, size: stages.length + 1 };
  const kinds = stages.map((stage) => KINDS.indexOf(stage.kind));
  const sources = new Map<Column, Source>();
  const tables = new Map<string, Table>();

  function sourceOf(column: Column): Source {
    const source = sources.get(column) ?? { codes: column.codes, shift: 0, size: column.texts.length };
    sources.set(column, source);
    return source;
  }

  function ofColumn(column: Column | undefined, leaf: Expression, withTime: boolean): Table | null {
    if (column === undefined) return null;
    const key = `${withTime} ${shapeOf(leaf)} ${leaf.op} ${leaf.op === 'header' ? leaf.header : column.field}`;
    const table = tables.get(key) ?? columnTable(sourceOf(column), column, shapeOf(leaf), withTime);
    tables.set(key, table);
    return table;
  }

  /** A number for each stage that a field holds: its place, or that of its kind. */
  function ofStage(field: string, numbers: readonly number[]): Table | null {
    if (field === 'stage') return tableOf(stageSource, Float64Array.of(Number.NaN, ...numbers));
    const column = dataset.columns.get(field);
    if (column === undefined) return null;
    const match = createStageMatcher(stages);
    const ofCode = column.texts.map((text, code) => (column.state[code] === PRESENT ? match(text).index : -1));
    return tableOf(
      sourceOf(column),
      Float64Array.from(ofCode, (stage) => numbers[stage] ?? Number.NaN),
    );
  }

  /** Days that only a change log says of each deal; without one those of the column “in stage since”. */
  function ofStay(ofRows: (dataset: Dataset) => Float64Array, ofDay: (since: number) => number): Table | null {
    if (dataset.journeys !== null) return tableOf(rowSource(dataset.rowCount), ofRows(dataset));
    const column = dataset.columns.get('stage_entered');
    return column === undefined ? null : tableOf(sourceOf(column), column.numbers.map(ofDay));
  }

  return (leaf, withTime) => {
    switch (leaf.op) {
      case 'header':
        return ofColumn(dataset.headerColumns.get(leaf.header), leaf, withTime);
      case 'stageKind':
        return ofStage(leaf.field, kinds);
      case 'stageIndex':
        return ofStage(leaf.field, [...stages.keys()]);
      case 'stageEntered':
        return ofStay(openSinceDays, (since) => since);
      case 'stageAge':
        return ofStay(openAgeDays, (since) => ageSince(since, dataset.asOfDay));
      case 'field':
        if (leaf.type === 'stage') return ofStage(leaf.field, [...stages.keys()]);
        return ofColumn(dataset.columns.get(leaf.field), leaf, withTime);
      default:
        return null;
    }
  };
}
