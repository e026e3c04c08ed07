import { FunnelintError } from '../../errors.ts';
import type { SourceSettings } from '../../ruleset/ruleset.ts';
import { dateInFileName } from '../as-of.ts';
import { type Column, type Journeys, PRESENT, type SnapshotFacts } from '../dataset.ts';
import { joinDeals } from '../deal-join.ts';
import { dealStages } from '../outcome.ts';
import type { LogSheet } from './build-journeys.ts';
import { buildJourneys, type JourneyContext } from './journeys.ts';
import { logOfSnapshots, type Snapshot } from './snapshots.ts';

/** The newest day in a column, NaN when it has none. */
function newestDay(column: Column | undefined): number {
  let newest = Number.NaN;
  for (const day of column?.numbers ?? []) if (!(day <= newest) && !Number.isNaN(day)) newest = day;
  return newest;
}

/** Day of an earlier export: the date in its name, else that of its newest change; null when neither says. */
export function dayOfExport({ sheet, columns }: LogSheet, asOfDay: number): number | null {
  const named = dateInFileName(sheet.file);
  if (named !== null) return named;
  const changes = ['modified', 'activity', 'created']
    .map((field) => newestDay(columns.get(field)))
    .filter((day) => !Number.isNaN(day));
  return changes.length === 0 ? null : Math.min(asOfDay, Math.max(...changes));
}

/** @throws FunnelintError when nothing says of which day an export is. */
function neededDay(earlier: LogSheet, asOfDay: number): number {
  const day = dayOfExport(earlier, asOfDay);
  if (day === null) throw new FunnelintError('previous/no-date', { file: earlier.sheet.file });
  return day;
}

/** The latest of earlier exports, null for none; one without a date is taken for the oldest. */
export function latestExport<Export extends LogSheet>(earlier: readonly Export[], asOfDay: number): Export | null {
  let latest: Export | null = null;
  let latestDay = Number.NEGATIVE_INFINITY;
  for (const sheet of earlier) {
    const day = dayOfExport(sheet, asOfDay) ?? Number.NEGATIVE_INFINITY;
    if (day < latestDay) continue;
    latest = sheet;
    latestDay = day;
  }
  return latest;
}

interface SnapshotContext extends JourneyContext {
  /** One a row of the audited export: the stage each deal counts as in. */
  readonly stage: Int16Array;
  readonly source: SourceSettings;
}

function snapshotOf(deals: LogSheet, earlier: LogSheet, day: number, context: SnapshotContext): Snapshot {
  const key = earlier.columns.get('id');
  const audited = deals.columns.get('id');
  if (key === undefined || audited === undefined) {
    throw new FunnelintError('previous/no-key', { file: key === undefined ? earlier.sheet.file : deals.sheet.file });
  }
  return {
    day,
    dealOfRow: joinDeals(audited, key),
    stageOfRow: dealStages({ ...earlier, rowCount: earlier.sheet.rowCount, stages: context.stages }, context.source)
      .stage,
  };
}

function createdDays({ sheet, columns }: LogSheet): Float64Array | null {
  const created = columns.get('created');
  if (created === undefined) return null;
  return Float64Array.from(
    { length: sheet.rowCount },
    (_, row) => created.numbers[created.codes[row] as number] as number,
  );
}

/** Deals of any earlier export that the audited one does not have, each counted once. */
function countVanished(previous: readonly LogSheet[], snapshots: readonly Snapshot[]): number {
  const vanished = new Set<string>();
  for (const [index, { columns }] of previous.entries()) {
    const key = columns.get('id') as Column;
    const { dealOfRow } = snapshots[index] as Snapshot;
    for (const [row, deal] of dealOfRow.entries()) {
      const code = key.codes[row] as number;
      if (deal < 0 && key.state[code] === PRESENT) vanished.add(key.texts.at(code) as string);
    }
  }
  return vanished.size;
}

/**
 * Journeys out of earlier exports of the same list and the audited one, whose day is the as-of day.
 * @throws FunnelintError when an export has no date or no deal ids.
 */
export function journeysOfSnapshots(
  deals: LogSheet,
  previous: readonly LogSheet[],
  context: SnapshotContext,
): { readonly journeys: Journeys; readonly facts: SnapshotFacts } {
  const read = previous.map((sheet) => snapshotOf(deals, sheet, neededDay(sheet, context.asOfDay), context));
  const earlier = [...read].sort((a, b) => a.day - b.day);
  const audited: Snapshot = {
    day: context.asOfDay,
    dealOfRow: Int32Array.from({ length: deals.sheet.rowCount }, (_, row) => row),
    stageOfRow: context.stage,
  };
  const snapshots = [...earlier, audited];
  const { log, possiblyUnobserved } = logOfSnapshots(snapshots, deals.sheet.rowCount, createdDays(deals));
  const journeys: Journeys = { ...buildJourneys(log, context), from: 'snapshots' };
  const facts = { days: snapshots.map(({ day }) => day), possiblyUnobserved, vanished: countVanished(previous, read) };
  return { journeys, facts };
}
