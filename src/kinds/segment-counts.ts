import { numberAt } from '../dataset/cells.ts';
import { type Column, type Dataset, PRESENT } from '../dataset/dataset.ts';
import { quantileOfSorted, sortedCopy } from '../stats/quantile.ts';

/** One a row: 1 counts and hits, 0 counts and misses, -1 does not count. */
export type Hits = Int8Array;

/** Hits of each distinct text of a column, deals without a value left out. */
export interface ValueCounts {
  readonly column: Column;
  readonly hits: Int32Array;
  readonly of: Int32Array;
  readonly allHits: number;
  readonly allOf: number;
}

export function countValues(column: Column, outcome: Hits): ValueCounts {
  const { codes, state, texts } = column;
  const hits = new Int32Array(texts.length);
  const of = new Int32Array(texts.length);
  let allHits = 0;
  let allOf = 0;
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number;
    const hit = outcome[row] as number;
    if (hit < 0 || state[code] !== PRESENT) continue;
    of[code]!++;
    allOf++;
    if (hit === 0) continue;
    hits[code]!++;
    allHits++;
  }
  return { column, hits, of, allHits, allOf };
}

/** Groups of like deals: one a row, -1 for deals of none. */
export interface Strata {
  readonly field: string;
  readonly ofRow: Int32Array;
  readonly size: number;
}

const BANDS = 4;

/** Deals by size: quarters of the amounts above zero, each currency by itself. */
function sizeBands({ rowCount, currency, currencies }: Dataset, column: Column): Strata {
  const amounts: number[][] = Array.from({ length: currencies.length + 1 }, () => []);
  for (let row = 0; row < rowCount; row++) {
    const amount = numberAt(column, row);
    if (amount > 0) amounts[(currency[row] as number) + 1]?.push(amount);
  }
  const limits = amounts.map((values) => {
    const sorted = sortedCopy(values);
    return [0.25, 0.5, 0.75].map((share) => quantileOfSorted(sorted, share) ?? 0);
  });
  const ofRow = new Int32Array(rowCount).fill(-1);
  for (let row = 0; row < rowCount; row++) {
    const amount = numberAt(column, row);
    if (!(amount > 0)) continue;
    const place = (currency[row] as number) + 1;
    const [first = 0, second = 0, third = 0] = limits[place] ?? [];
    ofRow[row] = place * BANDS + (amount > first ? 1 : 0) + (amount > second ? 1 : 0) + (amount > third ? 1 : 0);
  }
  return { field: column.field, ofRow, size: amounts.length * BANDS };
}

/** The strata by a field: bands of size for amounts, else one for each value; null where the file has no such column. */
export function strataBy(dataset: Dataset, field: string): Strata | null {
  const column = dataset.columns.get(field);
  if (column === undefined) return null;
  if (column.type === 'money') return sizeBands(dataset, column);
  const { codes, state, texts } = column;
  const ofRow = codes.map((code) => (state[code] === PRESENT ? code : -1));
  return { field, ofRow, size: texts.length };
}

/** Hits and deals of each stratum. */
interface StrataCounts {
  readonly hits: Int32Array;
  readonly of: Int32Array;
}

function emptyCounts(size: number): StrataCounts {
  return { hits: new Int32Array(size), of: new Int32Array(size) };
}

/** The rows that count, grouped by value: those of value `n` are `rows[offsets[n] .. offsets[n + 1] - 1]`. */
function rowsByValue({ column, of }: ValueCounts, values: readonly number[], outcome: Hits) {
  const slotOf = new Int32Array(of.length).fill(-1);
  const offsets = new Int32Array(values.length + 1);
  for (const [slot, code] of values.entries()) {
    slotOf[code] = slot;
    offsets[slot + 1] = (offsets[slot] as number) + (of[code] as number);
  }
  const next = offsets.slice();
  const rows = new Int32Array(offsets[values.length] as number);
  for (let row = 0; row < outcome.length; row++) {
    const code = column.codes[row] as number;
    const slot = slotOf[code] as number;
    if (slot >= 0 && outcome[row] !== -1 && column.state[code] === PRESENT) rows[next[slot]!++] = row;
  }
  return { offsets, rows };
}

function countAll({ column }: ValueCounts, outcome: Hits, { ofRow, size }: Strata): StrataCounts {
  const { hits, of } = emptyCounts(size);
  for (let row = 0; row < outcome.length; row++) {
    const stratum = ofRow[row] as number;
    if (outcome[row] === -1 || stratum < 0 || column.state[column.codes[row] as number] !== PRESENT) continue;
    of[stratum]!++;
    hits[stratum]! += outcome[row] as number;
  }
  return { hits, of };
}

/** The difference of the deals of some rows to all others, standardised; `own` is scratch, and left as it came. */
function differenceOf(
  rows: Int32Array,
  outcome: Hits,
  { ofRow }: Strata,
  all: StrataCounts,
  own: StrataCounts,
): number | null {
  const met: number[] = [];
  for (const row of rows) {
    const stratum = ofRow[row] as number;
    if (stratum < 0) continue;
    if (own.of[stratum] === 0) met.push(stratum);
    own.of[stratum]!++;
    own.hits[stratum]! += outcome[row] as number;
  }
  let weights = 0;
  let sum = 0;
  let shared = 0;
  for (const stratum of met) {
    const of = own.of[stratum] as number;
    const hits = own.hits[stratum] as number;
    const weight = all.of[stratum] as number;
    own.of[stratum] = 0;
    own.hits[stratum] = 0;
    if (weight === of) continue;
    sum += weight * (hits / of - ((all.hits[stratum] as number) - hits) / (weight - of));
    weights += weight;
    shared += of;
  }
  return shared * 2 < rows.length || weights === 0 ? null : sum / weights;
}

/**
 * For each value the difference to the rest if both had the mix of strata that all deals have (direct standardisation),
 * over the strata in which both have deals; null where these hold fewer than half of its deals. A few passes over the
 * rows, however many values are asked for.
 */
export function standardisedDifferences(
  counts: ValueCounts,
  values: readonly number[],
  outcome: Hits,
  strata: Strata,
): readonly (number | null)[] {
  const all = countAll(counts, outcome, strata);
  const own = emptyCounts(strata.size);
  const { offsets, rows } = rowsByValue(counts, values, outcome);
  return values.map((_, slot) =>
    differenceOf(rows.subarray(offsets[slot], offsets[slot + 1]), outcome, strata, all, own),
  );
}
