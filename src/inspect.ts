import { buildDataset } from './dataset/build.ts';
import { type Dataset, type InputSummary, PRESENT } from './dataset/dataset.ts';
import { createStageMatcher } from './dataset/stage-match.ts';
import { errorText, FunnelintError } from './errors.ts';
import type { Text } from './i18n/text.ts';
import { isCalledFor, obstacleOf } from './kinds/obstacle.ts';
import { parseIsoDay } from './kinds/option-types.ts';
import { fixedRules, type InputFile, type RulesByHeader } from './read-inputs.ts';
import type { Ruleset } from './ruleset/ruleset.ts';
import { readEveryTable, type TableOfFile } from './source/read-sheet.ts';
import { type RecordTally, startRecordTally } from './source/record-tally.ts';
import {
  NO_CELL,
  type Notice,
  type RawColumn,
  type ReadOptions,
  type SetAsideRow,
  type Sheet,
} from './source/sheet.ts';

/** One column as it was understood. */
export interface InspectedColumn {
  readonly header: string;
  /** Null where no field is told by header or content. */
  readonly field: string | null;
  /** 0–1, how sure the field is. */
  readonly confidence: number;
  /** Rows in which it holds something. */
  readonly filled: number;
}

/** A word of the stage column, the stage it names, and its rows. */
export interface InspectedStage {
  readonly value: string;
  /** Null for a word that no stage is known by. */
  readonly stage: string | null;
  readonly rows: number;
}

/** One table of a file and what was understood of it. */
export interface InspectedTable extends RecordTally {
  readonly file: string;
  readonly sheet: string | null;
  readonly state: TableOfFile['state'];
  readonly format: Sheet['format'];
  readonly encoding: string | null;
  readonly delimiter: string | null;
  readonly headerRow: number;
  /** Rows below the header that an audit would take for deals. */
  readonly rows: number;
  readonly columns: readonly InspectedColumn[];
  readonly stages: readonly InspectedStage[];
  readonly setAside: readonly SetAsideRow[];
  readonly notices: readonly Notice[];
}

/** What files hold, and what an audit of the best of their tables could say. */
export interface Inspection {
  readonly tables: readonly InspectedTable[];
  /** Index of the table an audit would take, null where none has a column that a field is known by. */
  readonly best: number | null;
  /** Where journeys would come from; null without such a table. */
  readonly shape: 'snapshot' | 'stageDates' | null;
  /** Packs laid over the recommended one. */
  readonly packs: readonly string[];
  readonly rules: { readonly can: readonly string[]; readonly cannot: readonly { id: string; needs: Text }[] };
  /** The best table as an audit sees it. */
  readonly dataset: Dataset | null;
}

export interface InspectionRequest {
  readonly files: readonly InputFile[];
  readonly ruleset: Ruleset | RulesByHeader;
  readonly reading: Pick<ReadOptions, 'sheet' | 'headerRow' | 'delimiter' | 'encoding'>;
  /** ISO date of the day the command runs. */
  readonly today: string;
}

interface Understood {
  readonly table: InspectedTable;
  readonly dataset: Dataset | null;
  /** Fields told, each by its confidence. */
  readonly score: number;
}

/**
 * Reads every table of the files, pipeline or not, and says what is understood of each.
 * @throws FunnelintError for a file that cannot be read
 */
export async function inspectFiles(request: InspectionRequest): Promise<Inspection> {
  const rules = 'choose' in request.ruleset ? request.ruleset : fixedRules(request.ruleset);
  const understood: Understood[] = [];
  for (const file of request.files) {
    for (const { found, tally } of await readTables(file, rules, request.reading)) {
      understood.push(understand(found, tally, rules, request.today));
    }
  }
  const scores = understood.map(({ score }) => score);
  const most = Math.max(0, ...scores);
  const best = most > 0 ? scores.indexOf(most) : null;
  const dataset = best === null ? null : (understood[best]?.dataset ?? null);
  return {
    tables: understood.map(({ table }) => table),
    best,
    shape: dataset === null ? null : dataset.journeys?.from === 'stageDates' ? 'stageDates' : 'snapshot',
    packs: dataset?.ruleset.packs ?? [],
    rules: dataset === null ? { can: [], cannot: [] } : judgeRules(dataset),
    dataset,
  };
}

interface ReadTable {
  readonly found: TableOfFile;
  readonly tally: RecordTally;
}

async function readTables(
  file: InputFile,
  rules: RulesByHeader,
  reading: InspectionRequest['reading'],
): Promise<ReadTable[]> {
  const tallies: ReturnType<typeof startRecordTally>[] = [];
  const found = await readEveryTable(file, reading, () => {
    const tally = startRecordTally();
    tallies.push(tally);
    return {
      ...reading,
      knownHeader: rules.knownHeader,
      choose: (headers) => headers.map((_, index) => index),
      anyTable: true,
      onRecord: tally.add,
    };
  });
  return found.map((table, index) => ({ found: table, tally: (tallies[index] as (typeof tallies)[number]).result() }));
}

function understand(
  { sheet, state }: TableOfFile,
  tally: RecordTally,
  rules: RulesByHeader,
  today: string,
): Understood {
  const ruleset = rules.choose(sheet.headers.map(({ text }) => text));
  const { dataset, problem } = tryDataset(sheet, ruleset, today);
  const mapping = dataset?.inputs[0]?.mapping ?? [];
  const { file, sheet: name, format, encoding, delimiter, headerRow, rowCount, setAside } = sheet;
  const columns = columnsOf(sheet, mapping);
  const score = columns.reduce((sum, { field, confidence }) => sum + (field === null ? 0 : confidence), 0);
  // Which column of a table is meant is no question where none is that of a pipeline.
  const mapped = score === 0 ? [] : (dataset?.inputs[0]?.notices ?? []);
  const notices = [...(dataset?.inputs[0]?.sheet.notices ?? sheet.notices), ...mapped, ...problem];
  const table: InspectedTable = {
    file,
    sheet: name,
    state,
    format,
    encoding,
    delimiter,
    headerRow,
    ...tally,
    nonEmptyCells: tally.nonEmptyCells + uncalculatedCells(notices),
    rows: rowCount,
    columns,
    stages: dataset === null ? [] : stagesOf(dataset),
    setAside,
    notices,
  };
  return { table, dataset, score };
}

/** Formulas without a result hold something, though nobody can say what. */
function uncalculatedCells(notices: readonly Notice[]): number {
  const found = notices.find(({ code }) => code === 'table/formula-without-result');
  return Number(found?.args['cells'] ?? 0);
}

/** The table as an audit sees it; what hinders that is said and not thrown, since the file could be read. */
function tryDataset(
  sheet: Sheet,
  ruleset: Ruleset,
  today: string,
): { readonly dataset: Dataset | null; readonly problem: readonly Notice[] } {
  const asOfDay = parseIsoDay(today) ?? 0;
  try {
    return { dataset: buildDataset({ sheet, history: null, previous: [], ruleset, asOfDay }), problem: [] };
  } catch (error) {
    if (!(error instanceof FunnelintError)) throw error;
    const { cell } = error.args;
    const args = { problem: { text: { en: error.message, zh: errorText(error.code, error.args, 'zh') } } };
    return {
      dataset: null,
      problem: [{ code: 'table/not-understood', args, line: null, cell: typeof cell === 'string' ? cell : null }],
    };
  }
}

function columnsOf(sheet: Sheet, mapping: InputSummary['mapping']): InspectedColumn[] {
  const byPosition = new Map(sheet.columns.map((column) => [column.position, column]));
  return sheet.headers.map(({ text, position }, index) => {
    const { field = null, confidence = 0 } = mapping[index] ?? {};
    const column = byPosition.get(position);
    return { header: text, field, confidence, filled: column === undefined ? 0 : filledRows(column) };
  });
}

function filledRows({ codes, values }: RawColumn): number {
  const blank = Uint8Array.from(values, (value) => (value.trim() === '' ? 1 : 0));
  let filled = 0;
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number;
    if (code !== NO_CELL && blank[code] === 0) filled++;
  }
  return filled;
}

/** Words of the stage column, in order of their stage, words of no stage last. */
function stagesOf({ columns, stages }: Dataset): InspectedStage[] {
  const column = columns.get('stage');
  if (column === undefined) return [];
  const match = createStageMatcher(stages);
  const rows = new Int32Array(column.texts.length);
  for (const code of column.codes) rows[code]!++;
  return column.texts
    .map((value, code) => ({ value, index: match(value).index, rows: rows[code] as number, state: column.state[code] }))
    .filter((word) => word.rows > 0 && word.state === PRESENT)
    .sort((a, b) => order(a.index, stages.length) - order(b.index, stages.length))
    .map(({ value, index, rows: count }) => ({ value, stage: stages[index]?.id ?? null, rows: count }));
}

function order(index: number, last: number): number {
  return index < 0 ? last : index;
}

function judgeRules(dataset: Dataset): Inspection['rules'] {
  const can: string[] = [];
  const cannot: { id: string; needs: Text }[] = [];
  for (const rule of dataset.ruleset.rules) {
    if (!isCalledFor(rule, dataset)) continue;
    const needs = obstacleOf(rule, dataset);
    if (needs === null) can.push(rule.id);
    else cannot.push({ id: rule.id, needs });
  }
  return { can, cannot };
}
