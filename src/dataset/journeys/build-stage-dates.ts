import type { Ruleset, StageDefinition } from '../../ruleset/ruleset.ts';
import type { Notice } from '../../source/sheet.ts';
import { millisOfRows } from '../cells.ts';
import { createHeaderTest } from '../columns/mapping.ts';
import type { Column, Journeys } from '../dataset.ts';
import { typedColumn } from '../typed-columns.ts';
import type { LogSheet } from './build-journeys.ts';
import { buildJourneys, type JourneyContext } from './journeys.ts';
import { closingMillis, type LastMoves, withLastMoves } from './last-moves.ts';
import { findStageDates, logOfStageDates, type StageColumn } from './stage-dates.ts';
import { stageHeaders } from './stage-headers.ts';
import { stageTimeNotices } from './stage-times.ts';

/** Journeys with what is to be said of how they were read. */
export interface BuiltJourneys {
  readonly journeys: Journeys | null;
  readonly notices: readonly Notice[];
}

/** Indexes into the header list of every column about a stage. */
export function stageHeaderIndexes(headers: readonly string[], { stages, fields }: Ruleset): readonly number[] {
  return stageHeaders(headers, stages, createHeaderTest(fields)).map(({ index }) => index);
}

/** Indexes of the stages that columns date the entry to; empty where a stage of `used` is not dated, or just one is. */
export function datedStages(
  headers: readonly string[],
  { stages, fields }: Ruleset,
  used: ReadonlySet<number>,
): readonly number[] {
  const dated = stageHeaders(headers, stages, createHeaderTest(fields))
    .filter(({ measure }) => measure === 'entered')
    .map(({ stage }) => stage);
  const isOpen = (stage: number): boolean => stages[stage]?.kind === 'open';
  const missing = [...used].some((stage) => isOpen(stage) && !dated.includes(stage));
  return missing || dated.filter(isOpen).length < 2 ? [] : dated;
}

function stageColumns({ sheet }: LogSheet, ruleset: Ruleset, stages: readonly StageDefinition[]): StageColumn[] {
  const headers = sheet.headers.map(({ text }) => text);
  const isFieldHeader = createHeaderTest(ruleset.fields);
  if (findStageDates(headers, stages, isFieldHeader).length === 0) return [];
  const rawAt = new Map(sheet.columns.map((column) => [column.position, column]));
  return stageHeaders(headers, stages, isFieldHeader).flatMap((header) => {
    const raw = rawAt.get(sheet.headers[header.index]?.position ?? -1);
    if (raw === undefined) return [];
    const type = header.measure === 'entered' || header.measure === 'exited' ? 'date' : 'number';
    return [{ ...header, column: typedColumn(raw, { id: raw.header, type, confidence: 1 }, sheet, ruleset) }];
  });
}

/** When each deal left the stage it came to last, by the exit date of that stage; NaN where it has none. */
function lastExits({ offsets, stage, start }: Journeys, columns: readonly StageColumn[], rowCount: number) {
  const exits = new Map<number, Column>(
    columns.filter(({ measure }) => measure === 'exited').map((each) => [each.stage, each.column]),
  );
  const millis = new Map([...exits].map(([index, column]) => [index, millisOfRows(column)]));
  const found = new Float64Array(rowCount).fill(Number.NaN);
  for (let deal = 0; deal < rowCount; deal++) {
    const last = (offsets[deal + 1] as number) - 1;
    if (last < (offsets[deal] as number)) continue;
    const exit = millis.get(stage[last] as number)?.[deal] ?? Number.NaN;
    if (exit >= (start[last] as number)) found[deal] = exit;
  }
  return found;
}

/**
 * Where the table has a deal whose dates end elsewhere: a closed stage without a date of its own, and an open one that
 * it must have come to when it left the last dated stage.
 */
function movesOfTable(journeys: Journeys, columns: readonly StageColumn[], deals: LogSheet, context: StageDateContext) {
  const { rowCount, stages, stage: tableStage } = context;
  const stage = Int16Array.from(tableStage);
  const millis = lastExits(journeys, columns, rowCount);
  const closing = closingMillis(deals.columns, context);
  for (let deal = 0; deal < rowCount; deal++) {
    const kind = stages[stage[deal] as number]?.kind;
    const isClosed = kind === 'won' || kind === 'lost';
    if (!Number.isNaN(millis[deal])) continue;
    if (isClosed) millis[deal] = closing[deal] as number;
    else stage[deal] = -1;
  }
  return { stage, millis } satisfies LastMoves;
}

interface StageDateContext extends JourneyContext {
  /** One a row: the stage by the table. */
  readonly stage: Int16Array;
}

/** Journeys out of columns that date the entry to each open stage, null when a stage has none. */
export function journeysOfStageDates(deals: LogSheet, ruleset: Ruleset, context: StageDateContext): BuiltJourneys {
  const columns = stageColumns(deals, ruleset, context.stages);
  const entered = columns.filter(({ measure }) => measure === 'entered');
  if (entered.length === 0) return { journeys: null, notices: [] };
  const dated = buildJourneys(logOfStageDates(entered, context.rowCount), context);
  const journeys = withLastMoves(dated, movesOfTable(dated, columns, deals, context), context);
  return { journeys: { ...journeys, from: 'stageDates' }, notices: stageTimeNotices(columns, context.rowCount) };
}
