import { FunnelintError } from '../errors.ts';
import type { Ruleset } from '../ruleset/ruleset.ts';
import type { Sheet } from '../source/sheet.ts';
import type { Column, Journeys } from './dataset.ts';
import { joinDeals } from './deal-join.ts';
import { buildJourneys, type JourneyContext } from './journeys.ts';
import { type Closings, findStageDates, logOfStageDates } from './stage-dates.ts';
import { stageIndexes, typedColumn } from './typed-columns.ts';
import { DAY_MILLIS } from './values/calendar.ts';

/** Epoch milliseconds of each row of a date column, NaN where unreadable. */
function millisOfRows(column: Column): Float64Array {
  const ofCode = column.millis ?? column.numbers.map((day) => day * DAY_MILLIS);
  return Float64Array.from(column.codes, (code) => ofCode[code] as number);
}

/** A change log with its columns typed. */
export interface LogSheet {
  readonly sheet: Sheet;
  readonly columns: ReadonlyMap<string, Column>;
}

/**
 * Journeys out of a change log, joined to the deals by id, or by name where the log has no id.
 * @throws FunnelintError when the log lacks a column it cannot do without.
 */
export function journeysOfLog(
  { sheet: log, columns: logColumns }: LogSheet,
  deals: LogSheet,
  ruleset: Ruleset,
  context: JourneyContext,
): Journeys {
  const need = (field: string): Column => {
    const column = logColumns.get(field);
    if (column !== undefined) return column;
    const definition = ruleset.historyFields.find(({ id }) => id === field);
    const known = definition?.columns.slice(0, 4).join(', ') ?? '';
    throw new FunnelintError('history/no-column', { file: log.file, field, known });
  };
  const byName = !logColumns.has('deal_id') && logColumns.has('deal_name');
  const keyColumn = deals.columns.get(byName ? 'name' : 'id');
  if (keyColumn === undefined) throw new FunnelintError('history/no-key', { file: deals.sheet.file });
  const changedAt = need('changed_at');
  const changes = {
    dealOfRow: joinDeals(keyColumn, need(byName ? 'deal_name' : 'deal_id')),
    stageOfRow: stageIndexes(need('to_stage'), log.rowCount, context.stages),
    millisOfRow: millisOfRows(changedAt),
    hasTime: changedAt.millis !== null,
  };
  return buildJourneys(changes, context);
}

function closingsOf({ sheet, columns }: LogSheet, { stages }: JourneyContext): Closings {
  const closedStage = stageIndexes(columns.get('stage'), sheet.rowCount, stages);
  const closedDay = new Float64Array(sheet.rowCount).fill(Number.NaN);
  const dates = ['closed', 'close'].flatMap((field) => columns.get(field) ?? []);
  for (let row = 0; row < sheet.rowCount; row++) {
    const kind = stages[closedStage[row] as number]?.kind;
    if (kind !== 'won' && kind !== 'lost') closedStage[row] = -1;
    const days = dates.map(({ numbers, codes }) => numbers[codes[row] as number] as number);
    closedDay[row] = days.find((day) => !Number.isNaN(day)) ?? Number.NaN;
  }
  return { closedStage, closedDay };
}

/** Journeys out of columns that date the entry to each open stage, null when a stage has none. */
export function journeysOfStageDates(deals: LogSheet, ruleset: Ruleset, context: JourneyContext): Journeys | null {
  const { sheet } = deals;
  const headers = sheet.headers.map(({ text }) => text);
  const rawAt = new Map(sheet.columns.map((column) => [column.position, column]));
  const columns = findStageDates(headers, context.stages).flatMap(({ index, stage }) => {
    const raw = rawAt.get(sheet.headers[index]?.position ?? -1);
    if (raw === undefined) return [];
    const target = { id: raw.header, type: 'date', confidence: 1 } as const;
    return [{ stage, column: typedColumn(raw, target, sheet, ruleset) }];
  });
  if (columns.length === 0) return null;
  const log = logOfStageDates(columns, closingsOf(deals, context), sheet.rowCount);
  return { ...buildJourneys(log, context), from: 'stageDates' };
}
