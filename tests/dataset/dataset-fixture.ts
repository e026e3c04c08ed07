import {
  type Column,
  type Dataset,
  type LinkedTable,
  MISSING,
  PRESENT,
  UNREADABLE,
} from '../../src/dataset/dataset.ts';
import { currencyOfRows } from '../../src/dataset/row-currencies.ts';
import type { FieldType, Ruleset, StageDefinition, StageKind } from '../../src/ruleset/ruleset.ts';
import type { Sheet } from '../../src/source/sheet.ts';

/** A cell: its value (dates as day numbers), null for a missing one, `'?'` in front for one that cannot be read. */
export type CellFixture = string | number | boolean | null;

type ColumnFixtures = Readonly<Record<string, readonly [type: FieldType, cells: readonly CellFixture[]]>>;

/** Rows beside the deals; `key` names its rows, `of` the deal, or the row of another table, each belongs to. */
export interface RowsFixture {
  readonly columns: ColumnFixtures;
  readonly key?: string;
  readonly of?: string;
}

export interface TableFixture {
  readonly tables?: Readonly<Record<string, RowsFixture>>;
  readonly asOfDay?: number;
  readonly columns: ColumnFixtures;
  readonly headers?: ColumnFixtures;
  readonly stages?: Readonly<Record<string, StageKind>>;
  /** Index of the stage of each row, -1 for an unknown one. */
  readonly stage?: readonly number[];
}

function stateOf(text: string): number {
  if (text === '') return MISSING;
  return text.startsWith('?') ? UNREADABLE : PRESENT;
}

/** A column with its distinct texts in order of appearance. */
export function columnOf(field: string, type: FieldType, cells: readonly CellFixture[]): Column {
  const values = new Map<string, number>();
  for (const cell of cells) values.set(String(cell ?? ''), typeof cell === 'string' ? Number.NaN : Number(cell));
  const texts = [...values.keys()];
  const state = Uint8Array.from(texts, stateOf);
  const numbers = Float64Array.from(texts, (text) => (stateOf(text) === PRESENT ? values.get(text)! : Number.NaN));
  return {
    field,
    type,
    header: field,
    position: 0,
    codes: Int32Array.from(cells, (cell) => texts.indexOf(String(cell ?? ''))),
    texts,
    state,
    numbers: type === 'text' ? new Float64Array(0) : numbers,
    millis: null,
    currencies: [],
    reading: {},
    confidence: 1,
  };
}

function columnsOf(columns: ColumnFixtures): ReadonlyMap<string, Column> {
  return new Map(Object.entries(columns).map(([field, [type, cells]]) => [field, columnOf(field, type, cells)]));
}

export function stagesOf(stages: Readonly<Record<string, StageKind>>): readonly StageDefinition[] {
  return Object.entries(stages).map(([id, kind]) => ({
    id,
    label: { en: id, zh: id },
    match: [],
    kind,
    probability: null,
    maxDwellDays: null,
    require: [],
    exit: null,
  }));
}

function lengthOf(columns: ColumnFixtures): number {
  return Math.max(0, ...Object.values(columns).map(([, cells]) => cells.length));
}

function tableOf({ columns, key, of }: RowsFixture): LinkedTable {
  const typed = columnsOf(columns);
  const named = of === undefined ? undefined : typed.get(of);
  const table: Partial<LinkedTable> = {
    sheet: { rowCount: lengthOf(columns) } as Partial<Sheet> as Sheet,
    fields: [],
    columns: typed,
    key: typed.get(key ?? '') ?? null,
    of: named === undefined ? null : { columns: [named], fields: ['id'] },
  };
  return table as LinkedTable;
}

const RULESET = { source: { currency: null } } as Partial<Ruleset> as Ruleset;

/** The part of a dataset that expressions read. */
export function datasetOf({
  asOfDay = 0,
  columns,
  headers = {},
  stages = {},
  stage = [],
  tables = {},
}: TableFixture): Dataset {
  const rowCount = Math.max(stage.length, lengthOf(columns), lengthOf(headers));
  const part: Partial<Dataset> = {
    asOfDay,
    rowCount,
    columns: columnsOf(columns),
    ...currencyOfRows(columnsOf(columns), rowCount, RULESET),
    headerColumns: columnsOf(headers),
    stages: stagesOf(stages),
    stage: Int16Array.from(stage),
    journeys: null,
    tables: new Map(Object.entries(tables).map(([id, table]) => [id, tableOf(table)])),
    ruleset: RULESET,
  };
  return part as Dataset;
}
