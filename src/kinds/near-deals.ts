import { isPresent, numberAt } from '../dataset/cells.ts';
import { type Column, type Dataset, PRESENT } from '../dataset/dataset.ts';
import { companyName } from '../i18n/company-name.ts';
import { customerNumbers } from './customer-numbers.ts';
import { HOLDS, UNKNOWN, VIOLATES } from './define.ts';
import { isAlike, likeness, type NameShape, nameNumbers, nameShape } from './near-likeness.ts';
import { compareNeighbours, dealsOfGroups } from './near-neighbours.ts';
import { blankOutcome } from './outcome.ts';

/** Amounts this close, as a part of the larger one, may be one amount. */
const AMOUNT_REACH = 0.05;
/** Names of deals of which it is kept what they say. */
const MOST_NAMES = 4096;
const STILL_OPEN = Number.MAX_SAFE_INTEGER;

/** What two deals are compared by; everything decided once a row. */
interface Deals {
  /** Group of a customer with several deals, -1 for a row that is not compared. */
  readonly group: Int32Array;
  /** Day numbers; `end` is far away for a deal that is not closed. */
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly amount: Float64Array;
  readonly currency: Int16Array;
  /** Code of the owner, -1 for none. */
  readonly owner: Int32Array;
  /** Code of the product, -1 for none. */
  readonly product: Int32Array;
  readonly shapeOf: (row: number) => NameShape | null;
  /** What numbers the deal in its name. */
  readonly numbersOf: (row: number) => string | null;
  /** Other rules look after rows with one id, and after deals that agree in account, name and amount. */
  readonly isSameRecord: (one: number, other: number) => boolean;
}

/** Group of each deal by its normalised customer, -1 where that is missing, not selected or has one deal only. */
function groupByAccount(dataset: Dataset, field: string, selected: Uint8Array): Int32Array {
  const column = dataset.columns.get(field);
  const group = new Int32Array(dataset.rowCount).fill(-1);
  if (column === undefined) return group;
  const ofCode = customerNumbers(column, () => true);
  const sizes = new Int32Array(column.texts.length);
  for (let row = 0; row < group.length; row++) {
    const number = ofCode[column.codes[row] as number] as number;
    if (selected[row] === 0 || number < 0) continue;
    group[row] = number;
    sizes[number]!++;
  }
  for (let row = 0; row < group.length; row++) {
    const number = group[row] as number;
    if (number >= 0 && (sizes[number] as number) < 2) group[row] = -1;
  }
  return group;
}

function endsOf({ columns, stage, stages, rowCount }: Dataset): Float64Array {
  const closed = columns.get('closed');
  const close = columns.get('close');
  const isClosed = Uint8Array.from(stages, ({ kind }) => Number(kind === 'won' || kind === 'lost'));
  const ends = new Float64Array(rowCount).fill(STILL_OPEN);
  for (let row = 0; row < rowCount; row++) {
    if (isClosed[stage[row] as number] !== 1) continue;
    const day = numberAt(closed, row);
    ends[row] = Number.isNaN(day) ? numberAt(close, row) : day;
  }
  return ends;
}

/** What the normalised name of each deal says, found when it is asked for; null without a name. The latest are kept. */
function fromNames<Result>(dataset: Dataset, decide: (name: string) => Result): (row: number) => Result | null {
  const column = dataset.columns.get('name');
  const found = new Map<number, Result>();
  return (row) => {
    const code = column?.codes[row] ?? -1;
    if (column === undefined || column.state[code] !== PRESENT) return null;
    const known = found.get(code);
    if (known !== undefined) return known;
    const result = decide(companyName(column.texts.at(code) as string));
    // Deals are compared customer by customer: what was asked for long ago is not asked for again soon.
    if (found.size >= MOST_NAMES) found.clear();
    found.set(code, result);
    return result;
  };
}

function numbersOfRows(column: Column | undefined, rowCount: number): Float64Array {
  const numbers = new Float64Array(rowCount);
  for (let row = 0; row < rowCount; row++) numbers[row] = numberAt(column, row);
  return numbers;
}

/** Codes of the cells that have a value, -1 for the others. */
function codesOfRows(column: Column | undefined, rowCount: number): Int32Array {
  const present = new Int32Array(rowCount).fill(-1);
  if (column === undefined) return present;
  const { codes, state } = column;
  for (let row = 0; row < rowCount; row++) {
    const code = codes[row] as number;
    if (state[code] === PRESENT) present[row] = code;
  }
  return present;
}

function readDeals(dataset: Dataset, field: string, selected: Uint8Array): Deals {
  const { columns, rowCount } = dataset;
  const amount = numbersOfRows(columns.get('amount'), rowCount);
  const codeAt = (column: Column | undefined) => (row: number) => {
    const code = column?.codes[row] ?? -1;
    return column?.state[code] === PRESENT ? code : -1;
  };
  const [idAt, nameAt, accountAt] = [
    codeAt(columns.get('id')),
    codeAt(columns.get('name')),
    codeAt(columns.get(field)),
  ];
  return {
    group: groupByAccount(dataset, field, selected),
    start: numbersOfRows(columns.get('created'), rowCount),
    end: endsOf(dataset),
    amount,
    currency: dataset.currency,
    owner: codesOfRows(columns.get('owner'), rowCount),
    product: codesOfRows(columns.get('product'), rowCount),
    shapeOf: fromNames(dataset, nameShape),
    numbersOf: fromNames(dataset, nameNumbers),
    isSameRecord: (one, other) =>
      (idAt(one) >= 0 && idAt(one) === idAt(other)) ||
      (nameAt(one) >= 0 &&
        nameAt(one) === nameAt(other) &&
        accountAt(one) === accountAt(other) &&
        amount[one] === amount[other]),
  };
}

function overlap({ start, end }: Deals, one: number, other: number): boolean {
  return (start[one] as number) <= (end[other] as number) && (start[other] as number) <= (end[one] as number);
}

/** Deals of other products are two, and so are deals numbered differently (Renewal 2023, Renewal 2024). */
function mayBeOne({ product, numbersOf }: Deals, one: number, other: number): boolean {
  const [ofOne, ofOther] = [product[one] as number, product[other] as number];
  if (ofOne >= 0 && ofOther >= 0 && ofOne !== ofOther) return false;
  const [first, second] = [numbersOf(one), numbersOf(other)];
  return first === null || second === null || first === second;
}

function namesAlike({ shapeOf }: Deals, one: number, other: number): boolean {
  const [first, second] = [shapeOf(one), shapeOf(other)];
  return first !== null && second !== null && isAlike(likeness(first, second), first);
}

function amountsAlike({ amount, currency }: Deals, one: number, other: number): boolean {
  const [a, b] = [Math.abs(amount[one] as number), Math.abs(amount[other] as number)];
  return currency[one] === currency[other] && a > 0 && Math.abs(a - b) <= AMOUNT_REACH * Math.max(a, b);
}

/** Deals that were most likely entered twice. */
export interface NearDeals {
  readonly outcome: Uint8Array;
  /** The deal that a row repeats. */
  readonly siblingOf: (row: number) => number | null;
}

/**
 * Two deals of one customer (its name normalised) that were open at the same time and have the same currency and
 * amounts within 5 %, or the same owner and names that are alike; not where product or numbering tells them apart.
 */
export function findNearDeals(dataset: Dataset, field: string, selected: Uint8Array): NearDeals {
  const deals = readDeals(dataset, field, selected);
  const { group, start, end, amount, currency, owner } = deals;
  const siblings = new Int32Array(dataset.rowCount).fill(-1);
  const mayRepeat = (one: number, other: number): boolean =>
    overlap(deals, one, other) && !deals.isSameRecord(one, other);
  const note = (one: number, other: number): void => {
    if (siblings[one] === -1) siblings[one] = other;
    if (siblings[other] === -1) siblings[other] = one;
  };
  const isDated = (row: number): boolean => !Number.isNaN(start[row]) && !Number.isNaN(end[row]);
  const apart = (values: Int32Array | Int16Array | Float64Array, one: number, other: number): number =>
    (values[one] as number) - (values[other] as number);
  compareNeighbours(
    dealsOfGroups(group, (row) => isDated(row) && !Number.isNaN(amount[row])),
    (one, other) => apart(currency, one, other) || apart(amount, one, other) || apart(start, one, other),
    (one, other) => amountsAlike(deals, one, other),
    (one, other) => mayRepeat(one, other) && mayBeOne(deals, one, other) && note(one, other),
  );
  compareNeighbours(
    dealsOfGroups(group, (row) => isDated(row) && (owner[row] as number) >= 0),
    (one, other) => apart(owner, one, other) || apart(start, one, other),
    (one, other) => owner[one] === owner[other],
    (one, other) =>
      mayRepeat(one, other) && namesAlike(deals, one, other) && mayBeOne(deals, one, other) && note(one, other),
  );
  return {
    outcome: outcomes(dataset, field, selected, deals, siblings),
    siblingOf: (row) => (siblings[row] === -1 ? null : (siblings[row] as number)),
  };
}

function outcomes(
  dataset: Dataset,
  field: string,
  selected: Uint8Array,
  { start, end }: Deals,
  siblings: Int32Array,
): Uint8Array {
  const outcome = blankOutcome(dataset);
  const column = dataset.columns.get(field);
  for (let row = 0; row < outcome.length; row++) {
    if (selected[row] === 0) continue;
    const isKnown = isPresent(column, row) && !Number.isNaN(start[row]) && !Number.isNaN(end[row]);
    outcome[row] = siblings[row] !== -1 ? VIOLATES : isKnown ? HOLDS : UNKNOWN;
  }
  return outcome;
}
