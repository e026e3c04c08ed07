import { numberAt, textAt } from '../dataset/cells.ts';
import { type Dataset, PRESENT } from '../dataset/dataset.ts';
import { companyName } from '../i18n/company-name.ts';
import { customerKey } from './customer-name.ts';
import { HOLDS, UNKNOWN, VIOLATES } from './define.ts';
import { isAlike, likeness, type NameShape, nameShape } from './near-likeness.ts';
import { blankOutcome } from './outcome.ts';

/** Amounts this close, as a part of the larger one, may be one amount. */
const AMOUNT_REACH = 0.05;
/** Deals that one deal is compared with in each order: an account with thousands of deals costs no more. */
const MOST_COMPARED = 30;
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
  /** Other rules look after rows with one id, and after deals that agree in account, name and amount. */
  readonly isSameRecord: (one: number, other: number) => boolean;
}

/** Group of each deal by its normalised customer; -1 where that is missing, not selected or has one deal only. */
function groupByAccount(dataset: Dataset, field: string, selected: Uint8Array): Int32Array {
  const column = dataset.columns.get(field);
  const group = new Int32Array(dataset.rowCount).fill(-1);
  if (column === undefined) return group;
  const numbers = new Map<string, number>();
  const ofCode = column.texts.map((text, code) => {
    if (column.state[code] !== PRESENT) return -1;
    const key = customerKey(text);
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  });
  const sizes = new Int32Array(numbers.size);
  for (let row = 0; row < group.length; row++) {
    const number = ofCode[column.codes[row] as number] as number;
    if (selected[row] === 0 || number < 0) continue;
    group[row] = number;
    sizes[number]!++;
  }
  return group.map((number) => (number >= 0 && (sizes[number] as number) > 1 ? number : -1));
}

function endsOf({ columns, stage, stages, rowCount }: Dataset): Float64Array {
  const closed = columns.get('closed');
  const close = columns.get('close');
  const ends = new Float64Array(rowCount).fill(STILL_OPEN);
  for (let row = 0; row < rowCount; row++) {
    const kind = stages[stage[row] as number]?.kind;
    if (kind !== 'won' && kind !== 'lost') continue;
    const day = numberAt(closed, row);
    ends[row] = Number.isNaN(day) ? numberAt(close, row) : day;
  }
  return ends;
}

/** Shape of the name of each deal, taken apart when it is first asked for. */
function nameShapes(dataset: Dataset): (row: number) => NameShape | null {
  const column = dataset.columns.get('name');
  const shapes = new Map<number, NameShape>();
  return (row) => {
    const code = column?.codes[row] ?? -1;
    if (column === undefined || column.state[code] !== PRESENT) return null;
    const known = shapes.get(code);
    if (known !== undefined) return known;
    const shape = nameShape(companyName(column.texts.at(code) as string));
    shapes.set(code, shape);
    return shape;
  };
}

function readDeals(dataset: Dataset, field: string, selected: Uint8Array): Deals {
  const { columns, rowCount } = dataset;
  const codeOf = (name: string, row: number): number => {
    const column = columns.get(name);
    const code = column?.codes[row] ?? -1;
    return column?.state[code] === PRESENT ? code : -1;
  };
  const amount = new Float64Array(rowCount);
  const start = new Float64Array(rowCount);
  const owner = new Int32Array(rowCount);
  const product = new Int32Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    amount[row] = numberAt(columns.get('amount'), row);
    start[row] = numberAt(columns.get('created'), row);
    owner[row] = codeOf('owner', row);
    product[row] = codeOf('product', row);
  }
  const agrees = (name: string, one: number, other: number): boolean => codeOf(name, one) === codeOf(name, other);
  return {
    group: groupByAccount(dataset, field, selected),
    start,
    end: endsOf(dataset),
    amount,
    currency: dataset.currency,
    owner,
    product,
    shapeOf: nameShapes(dataset),
    isSameRecord: (one, other) =>
      (codeOf('id', one) >= 0 && agrees('id', one, other)) ||
      (codeOf('name', one) >= 0 &&
        agrees('name', one, other) &&
        agrees(field, one, other) &&
        amount[one] === amount[other]),
  };
}

function overlap({ start, end }: Deals, one: number, other: number): boolean {
  return (start[one] as number) <= (end[other] as number) && (start[other] as number) <= (end[one] as number);
}

/** Deals of other products are two, and so are deals numbered differently (Renewal 2023, Renewal 2024). */
function mayBeOne({ product, shapeOf }: Deals, one: number, other: number): boolean {
  const [ofOne, ofOther] = [product[one] as number, product[other] as number];
  if (ofOne >= 0 && ofOther >= 0 && ofOne !== ofOther) return false;
  const [first, second] = [shapeOf(one), shapeOf(other)];
  return first === null || second === null || first.numbers === second.numbers;
}

function namesAlike({ shapeOf }: Deals, one: number, other: number): boolean {
  const [first, second] = [shapeOf(one), shapeOf(other)];
  return first !== null && second !== null && isAlike(likeness(first, second), first);
}

function amountsAlike({ amount, currency }: Deals, one: number, other: number): boolean {
  const [a, b] = [Math.abs(amount[one] as number), Math.abs(amount[other] as number)];
  return currency[one] === currency[other] && a > 0 && Math.abs(a - b) <= AMOUNT_REACH * Math.max(a, b);
}

type Compare = (one: number, other: number) => number;

/** Compares each deal with those that follow it in an order, as long as they agree in what the order begins with. */
function compareNeighbours(
  rows: Int32Array,
  order: Compare,
  agree: (one: number, other: number) => boolean,
  visit: (one: number, other: number) => void,
): void {
  const sorted = rows.slice().sort(order);
  for (let at = 0; at < sorted.length; at++) {
    const one = sorted[at] as number;
    const end = Math.min(sorted.length, at + 1 + MOST_COMPARED);
    for (let next = at + 1; next < end; next++) {
      const other = sorted[next] as number;
      if (!agree(one, other)) break;
      visit(one, other);
    }
  }
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
  const siblings = new Map<number, number>();
  const visit = (one: number, other: number): void => {
    if (!overlap(deals, one, other) || deals.isSameRecord(one, other)) return;
    if (!siblings.has(one)) siblings.set(one, other);
    if (!siblings.has(other)) siblings.set(other, one);
  };
  const isDated = (row: number): boolean => !Number.isNaN(start[row]) && !Number.isNaN(end[row]);
  const rows = Int32Array.from(group.keys()).filter((row) => (group[row] as number) >= 0 && isDated(row));
  const byValues =
    (...values: readonly (Int32Array | Int16Array | Float64Array)[]): Compare =>
    (one, other) => {
      for (const each of values) {
        const difference = (each[one] as number) - (each[other] as number);
        if (difference !== 0) return difference;
      }
      return 0;
    };
  const priced = rows.filter((row) => !Number.isNaN(amount[row] as number));
  compareNeighbours(
    priced,
    byValues(group, currency, amount, start),
    (one, other) => group[one] === group[other] && amountsAlike(deals, one, other),
    (one, other) => mayBeOne(deals, one, other) && visit(one, other),
  );
  const owned = rows.filter((row) => (owner[row] as number) >= 0);
  compareNeighbours(
    owned,
    byValues(group, owner, start),
    (one, other) => group[one] === group[other] && owner[one] === owner[other],
    (one, other) => namesAlike(deals, one, other) && mayBeOne(deals, one, other) && visit(one, other),
  );
  return {
    outcome: outcomes(dataset, field, selected, deals, siblings),
    siblingOf: (row) => siblings.get(row) ?? null,
  };
}

function outcomes(
  dataset: Dataset,
  field: string,
  selected: Uint8Array,
  { start, end }: Deals,
  siblings: ReadonlyMap<number, number>,
): Uint8Array {
  const outcome = blankOutcome(dataset);
  for (let row = 0; row < outcome.length; row++) {
    if (selected[row] === 0) continue;
    const isKnown =
      textAt(dataset.columns.get(field), row) !== null && !Number.isNaN(start[row]) && !Number.isNaN(end[row]);
    outcome[row] = siblings.has(row) ? VIOLATES : isKnown ? HOLDS : UNKNOWN;
  }
  return outcome;
}
