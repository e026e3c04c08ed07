import { type Column, type Dataset, MISSING, PRESENT, UNREADABLE } from '../../src/dataset/dataset.ts';
import type { FieldType, StageDefinition, StageKind } from '../../src/ruleset/ruleset.ts';

/** A cell: its value (dates as day numbers), null for a missing one, `'?'` in front for one that cannot be read. */
export type CellFixture = string | number | boolean | null;

export interface TableFixture {
  readonly asOfDay?: number;
  readonly columns: Readonly<Record<string, readonly [type: FieldType, cells: readonly CellFixture[]]>>;
  readonly headers?: TableFixture['columns'];
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

function columnsOf(columns: TableFixture['columns']): ReadonlyMap<string, Column> {
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

/** The part of a dataset that expressions read. */
export function datasetOf({ asOfDay = 0, columns, headers = {}, stages = {}, stage = [] }: TableFixture): Dataset {
  const lengths = Object.values({ ...columns, ...headers }).map(([, cells]) => cells.length);
  const part: Partial<Dataset> = {
    asOfDay,
    rowCount: Math.max(stage.length, ...lengths, 0),
    columns: columnsOf(columns),
    headerColumns: columnsOf(headers),
    stages: stagesOf(stages),
    stage: Int16Array.from(stage),
  };
  return part as Dataset;
}
