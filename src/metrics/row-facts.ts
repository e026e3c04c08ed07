import { type Column, type Dataset, MISSING, PRESENT, UNREADABLE } from '../dataset/dataset.ts';
import { currentState, OUTCOME, type Outcome } from '../dataset/journeys/visits.ts';

type Table = Pick<Dataset, 'columns' | 'rowCount'>;

// Datasets never change once they are built, and a dozen metrics ask for the same fields.
const numbers = new WeakMap<Table, Map<string, Float64Array>>();
const rowsOfOutcomes = new WeakMap<Dataset, Map<Outcome, Int32Array>>();
const states = new WeakMap<Column, Float64Array>();

/** One a row: the number of a field, NaN where it has none. Further calls are free; not to be written to. */
export function numbersOf(table: Table, field: string): Float64Array {
  const ofTable = numbers.get(table) ?? new Map<string, Float64Array>();
  numbers.set(table, ofTable);
  const known = ofTable.get(field);
  if (known !== undefined) return known;
  const read = numbersOfRows(table.columns.get(field), table.rowCount);
  ofTable.set(field, read);
  return read;
}

function numbersOfRows(column: Column | undefined, rowCount: number): Float64Array {
  const values = new Float64Array(rowCount);
  // A column of text has no numbers.
  if (column === undefined || column.numbers.length === 0) return values.fill(Number.NaN);
  const { codes, numbers: ofCode } = column;
  for (let row = 0; row < rowCount; row += 1) values[row] = ofCode[codes[row]!]!;
  return values;
}

/** One a row: the code of a column where its cell can be read, else a number of one's own. */
export function codesOrElse({ codes, state }: Column, otherwise: number): Int32Array {
  const found = new Int32Array(codes.length);
  for (let row = 0; row < codes.length; row += 1) {
    const code = codes[row]!;
    found[row] = state[code] === PRESENT ? code : otherwise;
  }
  return found;
}

/** The rows of the open deals, ascending. Further calls are free; not to be written to. */
export function openRowsOf(dataset: Dataset): Int32Array {
  return rowsOfOutcome(dataset, OUTCOME.open);
}

/** The rows of the won deals, ascending. Further calls are free; not to be written to. */
export function wonRowsOf(dataset: Dataset): Int32Array {
  return rowsOfOutcome(dataset, OUTCOME.won);
}

/** The rows of the deals with an outcome, ascending. Further calls are free; not to be written to. */
export function rowsOfOutcome(dataset: Dataset, outcome: Outcome): Int32Array {
  const ofDataset = rowsOfOutcomes.get(dataset) ?? new Map<Outcome, Int32Array>();
  rowsOfOutcomes.set(dataset, ofDataset);
  const rows = ofDataset.get(outcome) ?? rowsWith(currentState(dataset).outcome, outcome);
  ofDataset.set(outcome, rows);
  return rows;
}

/** Cells of a column in each state: at MISSING, PRESENT and UNREADABLE. Further calls are free. */
export function cellStates(column: Column): Float64Array {
  const known = states.get(column);
  if (known !== undefined) return known;
  const cells = countStates(column);
  states.set(column, cells);
  return cells;
}

function countStates({ codes, state }: Column): Float64Array {
  const isFilled = !state.includes(MISSING) && !state.includes(UNREADABLE);
  if (!isFilled) return countCells(codes, state);
  const cells = new Float64Array(3);
  cells[PRESENT] = codes.length;
  return cells;
}

function countCells(codes: Int32Array, state: Uint8Array): Float64Array {
  let present = 0;
  let unreadable = 0;
  for (let row = 0; row < codes.length; row += 1) {
    const its = state[codes[row]!]!;
    if (its === PRESENT) present += 1;
    else if (its === UNREADABLE) unreadable += 1;
  }
  const cells = new Float64Array(3);
  cells[PRESENT] = present;
  cells[UNREADABLE] = unreadable;
  cells[MISSING] = codes.length - present - unreadable;
  return cells;
}

/** The rows whose entry is a number, ascending. */
export function rowsWith(values: Uint8Array | Int8Array | Int16Array | Int32Array, wanted: number): Int32Array {
  let size = 0;
  for (let row = 0; row < values.length; row += 1) if (values[row] === wanted) size += 1;
  const rows = new Int32Array(size);
  let next = 0;
  for (let row = 0; next < size; row += 1) {
    if (values[row] !== wanted) continue;
    rows[next] = row;
    next += 1;
  }
  return rows;
}
