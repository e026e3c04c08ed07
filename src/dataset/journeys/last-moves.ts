import { millisOfRows } from '../cells.ts';
import type { Column, Journeys } from '../dataset.ts';
import { EXIT } from '../dataset.ts';
import { DAY_MILLIS } from '../values/calendar.ts';
import { exitsBetween, type JourneyContext } from './journeys.ts';

/** Moves that the table tells and the log does not: the last one of each deal. */
export interface LastMoves {
  /** One a deal: index of the stage it is in by the table, -1 where the log is to be believed. */
  readonly stage: Int16Array;
  /** One a deal: epoch milliseconds of the move, NaN where unknown. */
  readonly millis: Float64Array;
}

/** When a deal was closed, best known first; a close date is the expected one until the deal is closed. */
const CLOSING_FIELDS = ['closed', 'close', 'modified'] as const;

/** Epoch milliseconds of the closing of each deal as the table has it, NaN where it has none up to the as-of day. */
export function closingMillis(columns: ReadonlyMap<string, Column>, { rowCount, asOfDay }: JourneyContext) {
  const closing = new Float64Array(rowCount).fill(Number.NaN);
  const firstMillisAfter = (asOfDay + 1) * DAY_MILLIS;
  for (const field of CLOSING_FIELDS) {
    const column = columns.get(field);
    if (column === undefined) continue;
    const millis = millisOfRows(column);
    for (let row = 0; row < rowCount; row++) {
      if (Number.isNaN(closing[row]) && (millis[row] as number) < firstMillisAfter)
        closing[row] = millis[row] as number;
    }
  }
  return closing;
}

function hasBeenIn(stage: Int16Array, wanted: number, first: number, after: number): boolean {
  for (let stay = first; stay < after; stay++) if (stage[stay] === wanted) return true;
  return false;
}

/** One a deal: 1 where the move adds something: the deal is not there yet, and is not closed by the log. */
function addedMoves({ offsets, stage }: Journeys, moves: LastMoves, { rowCount, stages }: JourneyContext): Uint8Array {
  const added = new Uint8Array(rowCount);
  for (let deal = 0; deal < rowCount; deal++) {
    const to = moves.stage[deal] as number;
    const first = offsets[deal] as number;
    const after = offsets[deal + 1] as number;
    if (to < 0 || (first === after && Number.isNaN(moves.millis[deal]))) continue;
    const last = first === after ? undefined : stages[stage[after - 1] as number]?.kind;
    if (last !== 'won' && last !== 'lost' && !hasBeenIn(stage, to, first, after)) added[deal] = 1;
  }
  return added;
}

/** Where each stay goes: the stays of a deal move down by the moves added before it. */
function shifted<Values extends Int16Array | Int32Array | Uint8Array | Float64Array>(
  values: Values,
  offsets: Int32Array,
  added: Uint8Array,
  target: Values,
): Values {
  let write = 0;
  for (let deal = 0; deal < added.length; deal++) {
    const after = offsets[deal + 1] as number;
    for (let stay = offsets[deal] as number; stay < after; stay++) target[write++] = values[stay] as number;
    write += added[deal] as number;
  }
  return target;
}

/**
 * Journeys with the last move of each deal added, for deals that are not in that stage yet and that the log does not
 * close. The move is no earlier than the last stay began; without a date it is taken to follow at once, so that the
 * deal counts as closed though its last stay tells nothing. The row of such a stay is that of the one before.
 */
export function withLastMoves(journeys: Journeys, moves: LastMoves, context: JourneyContext): Journeys {
  const added = addedMoves(journeys, moves, context);
  const total = journeys.stage.length + added.reduce((sum, each) => sum + each, 0);
  if (total === journeys.stage.length) return journeys;
  const stage = shifted(journeys.stage, journeys.offsets, added, new Int16Array(total));
  const start = shifted(journeys.start, journeys.offsets, added, new Float64Array(total));
  const end = shifted(journeys.end, journeys.offsets, added, new Float64Array(total));
  const exit = shifted(journeys.exit, journeys.offsets, added, new Uint8Array(total));
  const row = shifted(journeys.row, journeys.offsets, added, new Int32Array(total));
  const offsets = new Int32Array(journeys.offsets.length);
  const exits = exitsBetween(context.stages);
  for (let deal = 0; deal < context.rowCount; deal++) {
    const first = offsets[deal] as number;
    const stays = (journeys.offsets[deal + 1] as number) - (journeys.offsets[deal] as number);
    const last = first + stays - 1;
    offsets[deal + 1] = last + 1 + (added[deal] as number);
    if (added[deal] === 0) continue;
    const to = moves.stage[deal] as number;
    const known = moves.millis[deal] as number;
    stage[last + 1] = to;
    start[last + 1] = stays === 0 || known > (start[last] as number) ? known : (start[last] as number);
    end[last + 1] = Number.NaN;
    exit[last + 1] = EXIT.open;
    if (stays === 0) continue;
    end[last] = start[last + 1] as number;
    exit[last] = exits[(stage[last] as number) * context.stages.length + to] as number;
    row[last + 1] = row[last] as number;
  }
  return { ...journeys, offsets, stage, start, end, exit, row };
}
