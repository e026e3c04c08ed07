import { millisOfRows } from '../cells.ts';
import type { Column, Dataset } from '../dataset.ts';
import { joinDeals } from '../deal-join.ts';
import { DAY_MILLIS } from '../values/calendar.ts';
import { isNewestFirst, placeByDeal, sortByTime } from './journeys.ts';

/** All rows of the change log that tell of a deal, whatever field they are about. */
export interface DealLog {
  readonly columns: ReadonlyMap<string, Column>;
  /** Length deals + 1: rows of deal `d` are `rows[offsets[d] .. offsets[d + 1] - 1]`, by time, then as in the file. */
  readonly offsets: Int32Array;
  /** Rows of the history sheet, up to the as-of day, with a readable time. */
  readonly rows: Int32Array;
  /** One a row of the history sheet: epoch milliseconds. */
  readonly millis: Float64Array;
  /** The log has times of day. */
  readonly hasTime: boolean;
}

// Several rules and figures ask for it, and it never changes once the dataset is built.
const logs = new WeakMap<Dataset, DealLog | null>();

function buildDealLog(dataset: Dataset): DealLog | null {
  const table = dataset.tables.get('history');
  const names = table?.of?.columns[0];
  const deals = dataset.columns.get(table?.of?.fields[0] ?? '');
  const changedAt = table?.columns.get('changed_at');
  if (table === undefined || names === undefined || deals === undefined || changedAt === undefined) return null;
  const dealOfRow = joinDeals(deals, names);
  const millis = millisOfRows(changedAt);
  const log = { dealOfRow, millisOfRow: millis };
  const kept = new Uint8Array(millis.length);
  const offsets = new Int32Array(dataset.rowCount + 1);
  const firstMillisAfter = (dataset.asOfDay + 1) * DAY_MILLIS;
  for (let row = 0; row < kept.length; row++) {
    const deal = dealOfRow[row] as number;
    if (deal < 0 || !((millis[row] as number) < firstMillisAfter)) continue;
    kept[row] = 1;
    offsets[deal + 1]!++;
  }
  for (let deal = 0; deal < dataset.rowCount; deal++) offsets[deal + 1]! += offsets[deal] as number;
  const newestFirst = isNewestFirst(log, kept, dataset.rowCount);
  const rows = placeByDeal(log, kept, offsets, newestFirst);
  for (let deal = 0; deal < dataset.rowCount; deal++) {
    sortByTime(rows, offsets[deal] as number, offsets[deal + 1] as number, millis, newestFirst);
  }
  return { columns: table.columns, offsets, rows, millis, hasTime: changedAt.millis !== null };
}

/** The change log by deal and time; null where there is none, or it does not name deals. Further calls are free. */
export function dealLogOf(dataset: Dataset): DealLog | null {
  const known = logs.get(dataset);
  if (known !== undefined) return known;
  const log = buildDealLog(dataset);
  logs.set(dataset, log);
  return log;
}
