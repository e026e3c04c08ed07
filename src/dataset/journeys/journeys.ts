import type { StageDefinition } from '../../ruleset/ruleset.ts';
import { EXIT, type Exit, type Journeys } from '../dataset.ts';
import { DAY_MILLIS } from '../values/calendar.ts';

/** Runs longer than this are sorted by the built-in sort, so that one deal with very many rows stays fast. */
const INSERTION_SORT_LIMIT = 32;

/** A change log, one entry a row of the history sheet, all arrays of the same length. */
export interface ChangeLog {
  /** Row of the deal in the dataset, -1 where no such deal is in the table. */
  readonly dealOfRow: Int32Array;
  /** Index into the stages, -1 where the stage is missing or unknown. */
  readonly stageOfRow: Int16Array;
  /** Epoch milliseconds, NaN where the time is missing or unreadable. */
  readonly millisOfRow: Float64Array;
  /** False where the log has dates only. */
  readonly hasTime: boolean;
  /** 1 where the row is about another field than the stage; absent in a log of stages alone. */
  readonly otherField?: Uint8Array;
}

export interface JourneyContext {
  /** Deals of the dataset. */
  readonly rowCount: number;
  readonly stages: readonly StageDefinition[];
  /** Day number; changes at any time of this day still count. */
  readonly asOfDay: number;
}

/**
 * Position of each stage among the stages of kind `open`, in funnel order; -1 for closed and dormant stages.
 */
export function openStageIndexes(stages: readonly StageDefinition[]): Int16Array {
  const indexes = new Int16Array(stages.length).fill(-1);
  let next = 0;
  stages.forEach((stage, position) => {
    if (stage.kind !== 'open') return;
    indexes[position] = next;
    next += 1;
  });
  return indexes;
}

interface SortedRows {
  /** Rows of the log by deal, then time, then file order. */
  readonly order: Int32Array;
  /** Length deals + 1. */
  readonly offsets: Int32Array;
  readonly orphanRows: number;
  readonly otherFieldRows: number;
  readonly unknownStageRows: readonly number[];
  readonly unreadableTimeRows: readonly number[];
  readonly rowsAfterAsOf: number;
}

/**
 * Builds the stays of every deal from a change log in any order: sorted by deal, time, then file order; a row that
 * repeats the stage the deal is in begins nothing and is counted; rows after the as-of day are left out and counted.
 * Every row of the log is a stay or counted once, in this order of reasons: another field, orphan, unknown stage,
 * unreadable time, after as-of, no-op.
 *
 * In a log written newest first, changes of the same instant are read from the bottom up.
 */
export function buildJourneys(log: ChangeLog, context: JourneyContext): Journeys {
  const sorted = sortRows(log, context);
  const { offsets, noopRowsDropped, tiedRows } = dropRepeats(sorted, log);
  const stays = layOutStays(sorted.order, offsets, log, context);
  return {
    from: 'history',
    offsets,
    ...stays,
    hasTime: log.hasTime,
    rowsRead: log.dealOfRow.length,
    noopRowsDropped,
    rowsAfterAsOf: sorted.rowsAfterAsOf,
    unknownStageRows: sorted.unknownStageRows,
    unreadableTimeRows: sorted.unreadableTimeRows,
    orphanRows: sorted.orphanRows,
    otherFieldRows: sorted.otherFieldRows,
    tiedRows,
  };
}

function sortRows(log: ChangeLog, context: JourneyContext): SortedRows {
  const kept = new Uint8Array(log.dealOfRow.length);
  const offsets = new Int32Array(context.rowCount + 1);
  const setAside = keepUsableRows(log, context, kept, offsets);
  for (let deal = 0; deal < context.rowCount; deal += 1) offsets[deal + 1]! += offsets[deal]!;
  const newestFirst = isNewestFirst(log, kept, context.rowCount);
  const order = placeByDeal(log, kept, offsets, newestFirst);
  for (let deal = 0; deal < context.rowCount; deal += 1) {
    sortByTime(order, offsets[deal]!, offsets[deal + 1]!, log.millisOfRow, newestFirst);
  }
  return { order, offsets, ...setAside };
}

/** Marks the usable rows in `kept` and counts them by deal in `counts[deal + 1]`. */
function keepUsableRows(log: ChangeLog, context: JourneyContext, kept: Uint8Array, counts: Int32Array) {
  const firstMillisAfter = (context.asOfDay + 1) * DAY_MILLIS;
  const unknownStageRows: number[] = [];
  const unreadableTimeRows: number[] = [];
  let orphanRows = 0;
  let otherFieldRows = 0;
  let rowsAfterAsOf = 0;
  for (let row = 0; row < kept.length; row += 1) {
    const deal = log.dealOfRow[row]!;
    const millis = log.millisOfRow[row]!;
    if (log.otherField?.[row] === 1) otherFieldRows += 1;
    else if (deal < 0) orphanRows += 1;
    else if (log.stageOfRow[row]! < 0) unknownStageRows.push(row);
    else if (Number.isNaN(millis)) unreadableTimeRows.push(row);
    else if (millis >= firstMillisAfter) rowsAfterAsOf += 1;
    else {
      kept[row] = 1;
      counts[deal + 1]! += 1;
    }
  }
  return { unknownStageRows, unreadableTimeRows, orphanRows, otherFieldRows, rowsAfterAsOf };
}

/**
 * True when time falls more often than it rises between one row of a deal and its next row in the file, of the rows
 * marked in `kept`.
 */
export function isNewestFirst(
  log: Pick<ChangeLog, 'dealOfRow' | 'millisOfRow'>,
  kept: Uint8Array,
  rowCount: number,
): boolean {
  const previousMillis = new Float64Array(rowCount).fill(Number.NaN);
  let rises = 0;
  let falls = 0;
  for (let row = 0; row < kept.length; row += 1) {
    if (kept[row] === 0) continue;
    const deal = log.dealOfRow[row]!;
    const millis = log.millisOfRow[row]!;
    const previous = previousMillis[deal]!;
    if (millis > previous) rises += 1;
    else if (millis < previous) falls += 1;
    previousMillis[deal] = millis;
  }
  return falls > rises;
}

/**
 * The kept rows of a log by deal, in file order or from the bottom up.
 * @param offsets where the rows of each deal go; length deals + 1
 */
export function placeByDeal(
  log: Pick<ChangeLog, 'dealOfRow'>,
  kept: Uint8Array,
  offsets: Int32Array,
  fromBottom: boolean,
): Int32Array {
  const order = new Int32Array(offsets[offsets.length - 1]!);
  const next = offsets.slice();
  const rowTotal = kept.length;
  for (let step = 0; step < rowTotal; step += 1) {
    const row = fromBottom ? rowTotal - 1 - step : step;
    if (kept[row] === 0) continue;
    const deal = log.dealOfRow[row]!;
    order[next[deal]!] = row;
    next[deal]! += 1;
  }
  return order;
}

/** Stable sort of `order[from..to)` by time; the slice comes in the order ties are to keep. */
export function sortByTime(
  order: Int32Array,
  from: number,
  to: number,
  millis: Float64Array,
  fromBottom: boolean,
): void {
  if (to - from > INSERTION_SORT_LIMIT) {
    const tieSign = fromBottom ? -1 : 1;
    order.subarray(from, to).sort((a, b) => millis[a]! - millis[b]! || tieSign * (a - b));
    return;
  }
  for (let index = from + 1; index < to; index += 1) {
    const row = order[index]!;
    const time = millis[row]!;
    let hole = index;
    while (hole > from && millis[order[hole - 1]!]! > time) {
      order[hole] = order[hole - 1]!;
      hole -= 1;
    }
    order[hole] = row;
  }
}

/** Moves the rows that begin a stay to the front of `order`, deal after deal, and returns their offsets. */
function dropRepeats(sorted: SortedRows, log: ChangeLog) {
  const { order, offsets } = sorted;
  const stayOffsets = new Int32Array(offsets.length);
  let write = 0;
  let tiedRows = 0;
  for (let deal = 0; deal + 1 < offsets.length; deal += 1) {
    let stage = -1;
    let previousMillis = Number.NaN;
    for (let index = offsets[deal]!; index < offsets[deal + 1]!; index += 1) {
      const row = order[index]!;
      const millis = log.millisOfRow[row]!;
      if (log.stageOfRow[row]! !== stage) {
        stage = log.stageOfRow[row]!;
        order[write] = row;
        write += 1;
        if (millis === previousMillis) tiedRows += 1;
      }
      previousMillis = millis;
    }
    stayOffsets[deal + 1] = write;
  }
  return { offsets: stayOffsets, noopRowsDropped: order.length - write, tiedRows };
}

function layOutStays(order: Int32Array, offsets: Int32Array, log: ChangeLog, context: JourneyContext) {
  const total = offsets[offsets.length - 1]!;
  const stage = new Int16Array(total);
  const start = new Float64Array(total);
  const end = new Float64Array(total).fill(Number.NaN);
  const exit = new Uint8Array(total).fill(EXIT.open);
  const row = order.slice(0, total);
  const exits = exitsBetween(context.stages);
  const stageTotal = context.stages.length;
  for (let deal = 0; deal + 1 < offsets.length; deal += 1) {
    const first = offsets[deal]!;
    for (let stay = first; stay < offsets[deal + 1]!; stay += 1) {
      const logRow = row[stay]!;
      stage[stay] = log.stageOfRow[logRow]!;
      start[stay] = log.millisOfRow[logRow]!;
      if (stay === first) continue;
      end[stay - 1] = start[stay]!;
      exit[stay - 1] = exits[stage[stay - 1]! * stageTotal + stage[stay]!]!;
    }
  }
  return { stage, start, end, exit, row };
}

/** Exit for each pair of stages, at `from * stages + to`. Out of a closed or dormant stage into an open one is backward. */
export function exitsBetween(stages: readonly StageDefinition[]): Uint8Array {
  const openIndex = openStageIndexes(stages);
  const table = new Uint8Array(stages.length * stages.length);
  for (let from = 0; from < stages.length; from += 1) {
    for (let to = 0; to < stages.length; to += 1) {
      const kind = stages[to]!.kind;
      table[from * stages.length + to] =
        kind === 'open' ? exitToOpenStage(openIndex[from]!, openIndex[to]!) : EXIT[kind];
    }
  }
  return table;
}

function exitToOpenStage(from: number, to: number): Exit {
  if (from < 0 || to < from) return EXIT.backward;
  return to === from + 1 ? EXIT.forward : EXIT.skipForward;
}
