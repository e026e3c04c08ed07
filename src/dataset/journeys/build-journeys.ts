import { FunnelintError } from '../../errors.ts';
import type { Ruleset } from '../../ruleset/ruleset.ts';
import type { Notice, Sheet } from '../../source/sheet.ts';
import { millisOfRows } from '../cells.ts';
import type { Column } from '../dataset.ts';
import { joinDeals } from '../deal-join.ts';
import type { DealStages } from '../outcome.ts';
import { stageIndexes } from '../typed-columns.ts';
import { type BuiltJourneys, journeysOfStageDates } from './build-stage-dates.ts';
import { fieldLogOf, stagesOfFieldLog } from './field-log.ts';
import { buildJourneys, type ChangeLog, type JourneyContext } from './journeys.ts';
import { closingMillis, withLastMoves } from './last-moves.ts';

/** A table with its columns typed. */
export interface LogSheet {
  readonly sheet: Sheet;
  readonly columns: ReadonlyMap<string, Column>;
}

function needed({ sheet, columns }: LogSheet, field: string, { historyFields }: Ruleset): Column {
  const column = columns.get(field);
  if (column !== undefined) return column;
  const known =
    historyFields
      .find(({ id }) => id === field)
      ?.columns.slice(0, 4)
      .join(', ') ?? '';
  throw new FunnelintError('history/no-column', { file: sheet.file, field, known });
}

/** Deal and time of each row of a log, joined by id, or by name where the log has no id. */
function placesOfLog(log: LogSheet, deals: LogSheet, ruleset: Ruleset) {
  const byName = !log.columns.has('deal_id') && log.columns.has('deal_name');
  const keyColumn = deals.columns.get(byName ? 'name' : 'id');
  if (keyColumn === undefined) throw new FunnelintError('history/no-key', { file: deals.sheet.file });
  const changedAt = needed(log, 'changed_at', ruleset);
  return {
    dealOfRow: joinDeals(keyColumn, needed(log, byName ? 'deal_name' : 'deal_id', ruleset)),
    millisOfRow: millisOfRows(changedAt),
    hasTime: changedAt.millis !== null,
  };
}

/** Stages that the outcome column closed; the log of such a CRM knows nothing of closings. */
function closings(deals: LogSheet, { stage, toldByOutcome }: DealStages, context: JourneyContext) {
  const closedStage = stage.map((each, row) => (toldByOutcome?.[row] === 1 ? each : -1));
  return { stage: closedStage, millis: closingMillis(deals.columns, context) };
}

function noticeOfOtherFields(rows: number, field: Column | undefined): readonly Notice[] {
  if (rows === 0) return [];
  return [{ code: 'history/other-fields', args: { rows, header: field?.header ?? '' }, line: null, cell: null }];
}

/** Journeys out of a change log of stages, or of all fields. */
function journeysOfLog(
  log: LogSheet,
  deals: LogSheet,
  ruleset: Ruleset,
  context: JourneyContext & { readonly current: DealStages },
): BuiltJourneys {
  const { current, stages } = context;
  const places = placesOfLog(log, deals, ruleset);
  const stageField = ruleset.fields.find(({ id }) => id === 'stage');
  const fieldLog = fieldLogOf(log.columns, stageField);
  const stagesOfRows =
    fieldLog === null
      ? { stageOfRow: stageIndexes(needed(log, 'to_stage', ruleset), log.sheet.rowCount, stages) }
      : stagesOfFieldLog(fieldLog, places, { ...context, stageField, tableStage: current.stage });
  const changes: ChangeLog = { ...places, ...stagesOfRows };
  const logged = buildJourneys(changes, context);
  const journeys =
    current.toldByOutcome === null ? logged : withLastMoves(logged, closings(deals, current, context), context);
  return { journeys, notices: noticeOfOtherFields(journeys.otherFieldRows, fieldLog?.field) };
}

/**
 * Journeys out of the change log (`log`), else of columns that date the entry to stages; null where there is neither.
 * @throws FunnelintError when the log lacks a column it cannot do without.
 */
export function journeysOfDeals(
  log: LogSheet | null,
  deals: LogSheet,
  ruleset: Ruleset,
  context: JourneyContext & { readonly current: DealStages },
): BuiltJourneys {
  if (log !== null) return journeysOfLog(log, deals, ruleset, context);
  return journeysOfStageDates(deals, ruleset, { ...context, stage: context.current.stage });
}
