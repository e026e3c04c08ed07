import { isPresent, numberAt } from '../../dataset/cells.ts';
import { type Column, type Dataset, PRESENT, UNREADABLE } from '../../dataset/dataset.ts';
import { currentState, OUTCOME } from '../../dataset/journeys/visits.ts';
import { accountsOf } from '../customers/customer-value-accounts.ts';
import { type Rate, rateOf } from '../rate.ts';
import { cellStates, codesOrElse } from '../row-facts.ts';
import { countFields, countRequired } from './completeness-counts.ts';
import { plainNumbers } from './plain-names.ts';
import { requiredFields } from './required-fields.ts';

const CHANGED_WITHIN_DAYS = 30;
/** Each check counts what is well, of what could be looked at. */
export type CheckCode =
  | 'required-filled'
  | 'cells-filled'
  | 'cells-readable'
  | 'stages-known'
  | 'ids-unique'
  | 'deals-unique'
  | 'changed-lately'
  | 'not-past-due'
  | 'closed-dated'
  | 'open-not-closed'
  | 'amount-positive'
  | 'dates-in-order';

export interface QualityCheck {
  readonly check: CheckCode;
  readonly rate: Rate;
}

/** Counts of one check while the rows are read. */
interface Tally {
  well: number;
  of: number;
}

function note(tally: Tally, isWell: boolean): void {
  tally.of += 1;
  if (isWell) tally.well += 1;
}

function checkOf(check: CheckCode, { well, of }: Tally): QualityCheck {
  return { check, rate: rateOf(well, of) };
}

/** Cells of some columns in each state: missing, present, unreadable. */
function statesOf(columns: readonly Column[]): Float64Array {
  const cells = new Float64Array(3);
  for (const column of columns) {
    for (const [state, count] of cellStates(column).entries()) cells[state]! += count;
  }
  return cells;
}

/** Required fields that are filled; where no stage requires any, the cells of all mapped columns. */
export function completenessChecks(dataset: Dataset): QualityCheck[] {
  const required = requiredFields(dataset);
  const counts = countFields(required, countRequired(dataset, required), -1);
  if (counts.required > 0) return [checkOf('required-filled', { well: counts.filled, of: counts.required })];
  const cells = statesOf([...dataset.columns.values()]);
  const of = cells.reduce((total, count) => total + count, 0);
  return [checkOf('cells-filled', { well: cells[PRESENT]!, of })];
}

export function validityChecks(dataset: Dataset): QualityCheck[] {
  const cells = statesOf([...dataset.columns.values()].filter(({ type }) => type !== 'text'));
  const stages = { well: 0, of: 0 };
  const column = dataset.columns.get('stage');
  for (let row = 0; row < dataset.rowCount; row += 1) {
    if (isPresent(column, row)) note(stages, dataset.stage[row]! >= 0);
  }
  return [
    checkOf('cells-readable', { well: cells[PRESENT]!, of: cells[PRESENT]! + cells[UNREADABLE]! }),
    ...(dataset.stages.length === 0 ? [] : [checkOf('stages-known', stages)]),
  ];
}

/** Rows of each number, of the rows that have one: -1 stands for none. */
function rowsOfNumber(numberOf: Int32Array, numbers: number): Int32Array {
  const rows = new Int32Array(numbers);
  for (let row = 0; row < numberOf.length; row += 1) {
    const number = numberOf[row]!;
    if (number >= 0) rows[number]! += 1;
  }
  return rows;
}

/** Rows whose id no other row has, of those with one. */
function uniqueIds(id: Column): Tally {
  const tally = { well: 0, of: 0 };
  for (const count of rowsOfNumber(codesOrElse(id, -1), id.texts.length)) {
    tally.of += count;
    if (count === 1) tally.well += 1;
  }
  return tally;
}

/** Rows whose account and name no other row has, of those with both. */
function uniqueDeals(accountOf: Int32Array, name: Column, rowCount: number): Tally {
  const tally = { well: 0, of: 0 };
  const numbers = plainNumbers(name);
  const nameOf = new Int32Array(rowCount);
  for (let row = 0; row < rowCount; row += 1) nameOf[row] = accountOf[row]! < 0 ? -1 : numbers[name.codes[row]!]!;
  const rows = rowsOfNumber(nameOf, numbers.length);
  // Only a name that stands twice is looked up with its account: most stand once.
  const rowsOfDeal = new Map<number, number>();
  const dealAt = (row: number): number => accountOf[row]! * numbers.length + nameOf[row]!;
  for (let row = 0; row < rowCount; row += 1) {
    if (nameOf[row]! >= 0 && rows[nameOf[row]!]! > 1)
      rowsOfDeal.set(dealAt(row), (rowsOfDeal.get(dealAt(row)) ?? 0) + 1);
  }
  for (let row = 0; row < rowCount; row += 1) {
    if (nameOf[row]! >= 0) note(tally, rows[nameOf[row]!] === 1 || rowsOfDeal.get(dealAt(row)) === 1);
  }
  return tally;
}

/** Ids, and account with name, that no other row has. */
export function uniquenessChecks(dataset: Dataset): QualityCheck[] {
  const { columns, rowCount } = dataset;
  const [id, name] = [columns.get('id'), columns.get('name')];
  const accounts = accountsOf(dataset);
  const deals = accounts === null || name === undefined ? null : uniqueDeals(accounts.accountOf, name, rowCount);
  return [
    ...(id === undefined ? [] : [checkOf('ids-unique', uniqueIds(id))]),
    ...(deals === null ? [] : [checkOf('deals-unique', deals)]),
  ];
}

function dateColumn({ columns }: Dataset, field: string): Column | undefined {
  const column = columns.get(field);
  return column?.type === 'date' ? column : undefined;
}

function numberColumn({ columns }: Dataset, field: string): Column | undefined {
  const column = columns.get(field);
  return column?.type === 'text' ? undefined : column;
}

/** Open deals changed lately, and those whose close date is still to come. */
export function timelinessChecks(dataset: Dataset): QualityCheck[] {
  const { outcome } = currentState(dataset);
  const touched = ['activity', 'modified'].flatMap((field) => dateColumn(dataset, field) ?? []);
  const close = dateColumn(dataset, 'close');
  const [lately, due] = [
    { well: 0, of: 0 },
    { well: 0, of: 0 },
  ];
  for (let row = 0; row < dataset.rowCount; row += 1) {
    if (outcome[row] !== OUTCOME.open) continue;
    let latest = Number.NEGATIVE_INFINITY;
    for (const column of touched) latest = Math.max(latest, isPresent(column, row) ? numberAt(column, row) : latest);
    if (latest > Number.NEGATIVE_INFINITY) note(lately, latest >= dataset.asOfDay - CHANGED_WITHIN_DAYS);
    if (isPresent(close, row)) note(due, numberAt(close, row) >= dataset.asOfDay);
  }
  return [
    ...(touched.length === 0 ? [] : [checkOf('changed-lately', lately)]),
    ...(close === undefined ? [] : [checkOf('not-past-due', due)]),
  ];
}

/** What two columns must say of one deal. */
export function consistencyChecks(dataset: Dataset): QualityCheck[] {
  const { outcome } = currentState(dataset);
  const [created, closed] = [dateColumn(dataset, 'created'), dateColumn(dataset, 'closed')];
  const closing = closed ?? dateColumn(dataset, 'close');
  const amount = numberColumn(dataset, 'amount');
  const tallies = Array.from({ length: 4 }, () => ({ well: 0, of: 0 }));
  const [dated, notClosed, positive, ordered] = tallies as [Tally, Tally, Tally, Tally];
  for (let row = 0; row < dataset.rowCount; row += 1) {
    const isClosed = outcome[row] === OUTCOME.won || outcome[row] === OUTCOME.lost;
    const day = numberAt(closing, row);
    if (isClosed && closing !== undefined) note(dated, day <= dataset.asOfDay);
    if (outcome[row] === OUTCOME.open && closed !== undefined) note(notClosed, !isPresent(closed, row));
    if (isPresent(amount, row)) note(positive, numberAt(amount, row) > 0);
    if (isClosed && isPresent(created, row) && !Number.isNaN(day)) note(ordered, numberAt(created, row) <= day);
  }
  const codes = ['closed-dated', 'open-not-closed', 'amount-positive', 'dates-in-order'] as const;
  const hasColumn = [closing, closed, amount, created && closing];
  return codes.flatMap((code, index) => (hasColumn[index] === undefined ? [] : [checkOf(code, tallies[index]!)]));
}
