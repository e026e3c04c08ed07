import { readFileSync } from 'node:fs';
import { type Column, type Dataset, MISSING, PRESENT, UNREADABLE } from '../../src/dataset/dataset.ts';
import { buildJourneys, type ChangeLog } from '../../src/dataset/journeys/journeys.ts';
import { DAY_MILLIS } from '../../src/dataset/values/calendar.ts';
import type { MetricContext } from '../../src/metrics/define.ts';
import type { FigureOptions } from '../../src/ruleset/expression/expression.ts';
import type { FieldType, StageDefinition } from '../../src/ruleset/ruleset.ts';

export interface StageFixture {
  readonly id: string;
  readonly kind?: StageDefinition['kind'];
  readonly require?: readonly string[];
}

export interface DatasetFixture {
  readonly asOf: string;
  readonly stages: readonly StageFixture[];
  /** CSV without quotes; headers are field ids, `stage` holds stage ids. */
  readonly deals: string;
  /** CSV without quotes: deal id, stage id, time (ISO). */
  readonly history?: string;
  /** Types of fields beyond the usual ones. */
  readonly types?: Readonly<Record<string, FieldType>>;
  /** Currency of amounts without one in a `currency` column; null for unknown. */
  readonly currency?: string | null;
}

const USUAL_TYPES: Readonly<Record<string, FieldType>> = {
  amount: 'money',
  probability: 'percent',
  created: 'date',
  close: 'date',
  closed: 'date',
  stage_entered: 'date',
  activity: 'date',
  modified: 'date',
};
const BLANKS = new Set(['', '-', '--', 'n/a', 'na', 'tbd', 'unknown', '待定', '无', '暂无', '未知']);

/** Options of a figure where the rule says nothing. */
export const USUAL_OPTIONS: FigureOptions = {
  windowDays: null,
  quantile: null,
  period: null,
  periods: null,
  across: null,
};

/** Day number of an ISO date. */
export function dayOf(date: string): number {
  return Date.parse(`${date.slice(0, 10)}T00:00:00Z`) / DAY_MILLIS;
}

/** The rows of a CSV without quotes, header first. */
export function parseRows(csv: string): string[][] {
  return csv
    .trim()
    .split('\n')
    .map((line) => line.trim().split(','));
}

export function stagesOf(stages: readonly StageFixture[]): StageDefinition[] {
  return stages.map(({ id, kind = 'open', require = [] }) => ({
    id,
    label: { en: id, zh: id },
    match: [id],
    kind,
    probability: null,
    maxDwellDays: null,
    require,
    exit: null,
  }));
}

/** A change log out of `[deal, stage, time]` rows; times with a `T` make it one with times of day. */
export function changeLogOf(
  rows: readonly (readonly string[])[],
  dealIds: readonly string[],
  stageIds: readonly string[],
): ChangeLog {
  return {
    dealOfRow: Int32Array.from(rows, (row) => dealIds.indexOf(row[0]!)),
    stageOfRow: Int16Array.from(rows, (row) => stageIds.indexOf(row[1]!)),
    millisOfRow: Float64Array.from(rows, (row) => Date.parse(row[2]!.length > 10 ? `${row[2]}Z` : row[2]!)),
    hasTime: rows.some((row) => row[2]!.length > 10),
  };
}

function readNumber(text: string, type: FieldType): number {
  if (type === 'text') return Number.NaN;
  if (type === 'date') return dayOf(text);
  return Number(text);
}

function columnOf(field: string, type: FieldType, position: number, cells: readonly string[]): Column {
  const texts = [...new Set(cells)];
  const numbers = Float64Array.from(texts, (text) =>
    BLANKS.has(text.toLowerCase()) ? Number.NaN : readNumber(text, type),
  );
  const state = Uint8Array.from(texts, (text, code) => {
    if (BLANKS.has(text.toLowerCase())) return MISSING;
    return type !== 'text' && Number.isNaN(numbers[code]!) ? UNREADABLE : PRESENT;
  });
  return {
    field,
    type,
    header: field,
    position,
    codes: Int32Array.from(cells, (cell) => texts.indexOf(cell)),
    texts,
    state,
    numbers: type === 'text' ? new Float64Array() : numbers,
    millis: null,
    currencies: type === 'money' ? texts.map(() => null) : [],
    reading: {},
    confidence: 1,
  };
}

/** The table as it stands in a file: its header in row 1, the deals below. */
function sheetOf(headers: readonly string[], rowCount: number) {
  const rows = Int32Array.from({ length: rowCount }, (_, row) => row + 2);
  const columns = headers.map((header, position) => ({ header, position }));
  return { file: 'deals.csv', sheet: null, headerRow: 1, headerLine: 1, columns, rowCount, rows, lines: rows };
}

/** Rules that say nothing of their own. */
const PLAIN_RULESET = {
  source: { key: ['id'], currency: null, outcome: { won: null, lost: null } },
  targets: [],
  benchmarks: [],
  segments: [],
  exceptions: [],
  rules: [],
  allRules: [],
  tables: [],
  report: { period: 'month', windowDays: null, asOfDay: null, dwell: 'visit', workingDays: null },
  rates: null,
  parameters: {
    acquisitionCost: null,
    costFromDay: null,
    costUntilDay: null,
    customerLifetimeDays: null,
    margin: null,
    halfLifeDays: 30,
    uplift: 0.1,
    changedOnDay: null,
  },
};

/** A dataset as the reader would make it, out of CSV texts. */
export function datasetOf(fixture: DatasetFixture): Dataset {
  const [header = [], ...rows] = parseRows(fixture.deals);
  const stages = stagesOf(fixture.stages);
  const stageIds = stages.map((stage) => stage.id);
  const cellsOf = (field: string) => rows.map((row) => row[header.indexOf(field)] ?? '');
  const typeOf = (field: string): FieldType => fixture.types?.[field] ?? USUAL_TYPES[field] ?? 'text';
  const currencyCells = header.includes('currency') ? cellsOf('currency') : rows.map(() => fixture.currency ?? '');
  const currencies = [...new Set(currencyCells)].filter((currency) => currency !== '');
  const asOfDay = dayOf(fixture.asOf);
  const context = { rowCount: rows.length, stages, asOfDay };
  const log =
    fixture.history === undefined ? null : changeLogOf(parseRows(fixture.history).slice(1), cellsOf('id'), stageIds);
  const dataset = {
    asOfDay,
    rowCount: rows.length,
    columns: new Map(header.map((field, at) => [field, columnOf(field, typeOf(field), at, cellsOf(field))])),
    headerColumns: new Map(),
    fields: header.map((id) => ({ id, label: { en: id, zh: id }, columns: [id], type: typeOf(id) })),
    stages,
    stage: Int16Array.from(cellsOf('stage'), (cell) => stageIds.indexOf(cell)),
    currency: Int16Array.from(currencyCells, (cell) => currencies.indexOf(cell)),
    currencies,
    journeys: log === null ? null : buildJourneys(log, context),
    historySheet: null,
    tables: new Map(),
    sheet: sheetOf(header, rows.length),
    inputs: [],
    notices: [],
    ruleset: PLAIN_RULESET,
  };
  return dataset as unknown as Dataset;
}

const REFERENCE = new URL('../fixtures/reference/', import.meta.url);

export function readReference(file: string): string {
  return readFileSync(new URL(file, REFERENCE), 'utf8');
}

export const MICRO12_STAGES: readonly StageFixture[] = [
  { id: 'Lead' },
  { id: 'Qualified' },
  { id: 'Proposal' },
  { id: 'Negotiation' },
  { id: 'Won', kind: 'won' },
  { id: 'Lost', kind: 'lost' },
];
export const MICRO12_HISTORY = readReference('micro12-history.csv');
export const MICRO12_DEALS = readReference('micro12-deals.csv').replace(
  'deal_id,deal_name,owner,stage,status,amount,created_at,closed_at',
  'id,name,owner,stage,status,amount,created,closed',
);

/** The twelve deals with known answers, with or without their change log. */
export function micro12(change: Partial<DatasetFixture> = {}): Dataset {
  return datasetOf({
    asOf: '2024-04-01',
    stages: MICRO12_STAGES,
    deals: MICRO12_DEALS,
    history: MICRO12_HISTORY,
    currency: 'USD',
    ...change,
  });
}

export function micro12Snapshot(): Dataset {
  return { ...micro12(), journeys: null };
}

/** What a metric is told, with nothing asked for but what a test cares about. */
export function contextOf(dataset: Dataset, asked: Partial<MetricContext> = {}): MetricContext {
  return { dataset, windowDays: null, by: [], period: 'month', details: false, ...asked };
}
