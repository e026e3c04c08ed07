import { type Column, type Dataset, PRESENT } from '../dataset.ts';
import type { FieldChanges } from './changes.ts';
import { type DealLog, dealLogOf } from './deal-log.ts';
import { changesBetweenExports } from './export-changes.ts';
import { valuesOfFieldLog } from './field-log-values.ts';

/** Fields of a deal whose changes can be followed beside its stage. */
export type FollowedField = 'amount' | 'close';

/** Column of a log of states that says what the field was then. */
const STATE_COLUMNS: Readonly<Record<FollowedField, string>> = { amount: 'amount_at', close: 'close_at' };

function numbersOfRows({ codes, numbers }: Column): Float64Array {
  const values = new Float64Array(codes.length);
  for (let row = 0; row < values.length; row++) values[row] = numbers[codes[row] as number] as number;
  return values;
}

function hasValue({ state }: Column): boolean {
  return state.includes(PRESENT);
}

/** What the field was and became, one a row of the log; NaN for no value, and in rows that are about something else. */
interface LogValues {
  readonly old: Float64Array;
  readonly new: Float64Array;
}

/** Rows that each say what the field was then; the first one of a deal is where it starts, and changes nothing. */
function valuesOfStates({ offsets, rows }: DealLog, column: Column): LogValues {
  const values = numbersOfRows(column);
  const old = new Float64Array(values.length).fill(Number.NaN);
  for (let deal = 0; deal + 1 < offsets.length; deal++) {
    let known = Number.NaN;
    for (let index = offsets[deal] as number; index < (offsets[deal + 1] as number); index++) {
      const row = rows[index] as number;
      const value = values[row] as number;
      if (Number.isNaN(value)) continue;
      old[row] = Number.isNaN(known) ? value : known;
      known = value;
    }
  }
  return { old, new: values };
}

function changesOfLog({ offsets: rowOffsets, rows, millis }: DealLog, values: LogValues): FieldChanges {
  const deals = rowOffsets.length - 1;
  const offsets = new Int32Array(deals + 1);
  const at = new Float64Array(rows.length);
  const before = new Float64Array(rows.length);
  const after = new Float64Array(rows.length);
  const seen = new Float64Array(deals).fill(Number.NaN);
  let write = 0;
  for (let deal = 0; deal < deals; deal++) {
    for (let index = rowOffsets[deal] as number; index < (rowOffsets[deal + 1] as number); index++) {
      const row = rows[index] as number;
      const from = values.old[row] as number;
      const to = values.new[row] as number;
      if (Number.isNaN(from) && Number.isNaN(to)) continue;
      if (Number.isNaN(seen[deal])) seen[deal] = millis[row] as number;
      if (from === to) continue;
      at[write] = millis[row] as number;
      before[write] = from;
      after[write] = to;
      write++;
    }
    offsets[deal + 1] = write;
  }
  // Copies: they are kept, and a log of stages holds few changes of this field.
  const latest = at.slice(0, write);
  const changed = { before: before.slice(0, write), after: after.slice(0, write) };
  return { from: 'history', offsets, latest, earliest: latest, ...changed, seen };
}

// Rules and several metrics ask for them; datasets never change once they are built.
const known = new WeakMap<Dataset, Map<FollowedField, FieldChanges | null>>();

/**
 * How a field of the deals has changed: by the change log, where it tells of the field, else by earlier exports; null
 * where neither tells. Further calls are free.
 */
export function fieldChangesOf(dataset: Dataset, field: FollowedField): FieldChanges | null {
  const ofDataset = known.get(dataset) ?? new Map<FollowedField, FieldChanges | null>();
  known.set(dataset, ofDataset);
  const read = ofDataset.get(field);
  if (read !== undefined) return read;
  const changes = readFieldChanges(dataset, field);
  ofDataset.set(field, changes);
  return changes;
}

function readFieldChanges(dataset: Dataset, field: FollowedField): FieldChanges | null {
  const log = dealLogOf(dataset);
  if (log !== null) {
    const states = log.columns.get(STATE_COLUMNS[field]);
    if (states !== undefined && hasValue(states)) return changesOfLog(log, valuesOfStates(log, states));
    const values = valuesOfFieldLog(dataset, log, field);
    if (values !== null) return changesOfLog(log, values);
  }
  return changesBetweenExports(dataset, (columns) => {
    const column = columns.get(field);
    return column === undefined ? null : numbersOfRows(column);
  });
}
