import { numberAt } from '../../dataset/cells.ts';
import { type Column, type Dataset, PRESENT } from '../../dataset/dataset.ts';
import { bandsBySize } from '../../stats/bands.ts';
import { countGroups, type GroupCounts, type Hits, type RowGroups } from '../../stats/grouped-hits.ts';
import { currencyCode } from '../amounts.ts';

/** The closed deals by what one column says of them. */
export interface Attribute extends RowGroups {
  readonly field: string;
  /** One a group: the text, or for numbers `low`, `middle` or `high`. */
  readonly values: readonly string[];
  /** Of numbers: the limits between the thirds, by currency code where they are amounts, else under `all`. */
  readonly limits: Readonly<Record<string, readonly [number, number]>> | null;
}

/** Why a column is not held against the outcome. */
export type Exclusion = 'identity' | 'outcome' | 'reveals';

/** What a deal is called, and who works on it, which the segments tell of. */
const IDENTITY = new Set(['id', 'name', 'owner']);
/** What says itself how a deal ended, even where people fill it in carelessly. */
const OUTCOME_FIELDS = new Set([
  'stage',
  'status',
  'closed',
  'probability',
  'forecast_category',
  'loss_reason',
  'win_reason',
]);
const MOST_VALUES = 20;
const THIRDS = ['low', 'middle', 'high'] as const;
/** A column that spares so large a share of the wrong guesses about the outcome was filled in after it. */
const REVEALING = 0.9;

/** Exclusions that need no look at the values; null for a column that may be an attribute. */
export function exclusionOf(field: string, { ruleset }: Dataset): Exclusion | null {
  if (IDENTITY.has(field) || ruleset.source.key.includes(field)) return 'identity';
  return OUTCOME_FIELDS.has(field) ? 'outcome' : null;
}

/** Distinct texts of the closed deals, in code-unit order; null for fewer than two or more than twenty. */
function valuesOf({ codes, state, texts }: Column, hits: Hits): number[] | null {
  const seen = new Uint8Array(texts.length);
  const found: number[] = [];
  for (let row = 0; row < codes.length; row += 1) {
    const code = codes[row]!;
    if (hits[row] === -1 || seen[code] === 1 || state[code] !== PRESENT) continue;
    seen[code] = 1;
    if (found.push(code) > MOST_VALUES) return null;
  }
  return found.length < 2 ? null : found.sort((a, b) => (texts.at(a)! < texts.at(b)! ? -1 : 1));
}

function byValue(column: Column, hits: Hits): Attribute | null {
  const found = valuesOf(column, hits);
  if (found === null) return null;
  const groupOfCode = new Int32Array(column.texts.length).fill(-1);
  for (const [group, code] of found.entries()) groupOfCode[code] = group;
  const values = found.map((code) => column.texts.at(code)!);
  const { codes } = column;
  const ofRow = new Int32Array(codes.length);
  for (let row = 0; row < ofRow.length; row += 1) ofRow[row] = groupOfCode[codes[row]!]!;
  return { field: column.field, values, limits: null, ofRow, size: values.length };
}

function classOfGroup(group: number): number {
  return Math.floor(group / THIRDS.length);
}

/** Thirds of the numbers of the closed deals; of amounts by currency. */
function byThird(dataset: Dataset, column: Column, hits: Hits): Attribute {
  const numbers = new Float64Array(dataset.rowCount);
  for (let row = 0; row < numbers.length; row += 1) {
    numbers[row] = hits[row] === -1 ? Number.NaN : numberAt(column, row);
  }
  const isMoney = column.type === 'money';
  const classes = isMoney ? dataset.currencies.length + 1 : 1;
  const classOf = isMoney ? (row: number) => dataset.currency[row]! + 1 : () => 0;
  const banded = bandsBySize(numbers, classOf, classes, THIRDS.length);
  const isUsed = new Uint8Array(classes * THIRDS.length);
  const ofRow = new Int32Array(banded.ofRow.length);
  for (let row = 0; row < ofRow.length; row += 1) {
    const group = banded.ofRow[row]!;
    if (group >= 0) isUsed[group] = 1;
    ofRow[row] = group < 0 ? -1 : group % THIRDS.length;
  }
  const used = new Set([...isUsed.keys()].filter((group) => isUsed[group] === 1).map(classOfGroup));
  const limits = [...used]
    .map((at) => [isMoney ? currencyCode(dataset, at - 1) : 'all', banded.limits[at]!] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    field: column.field,
    values: THIRDS,
    limits: Object.fromEntries(limits.map(([name, [low = 0, high = 0]]) => [name, [low, high] as const])),
    ofRow,
    size: THIRDS.length,
  };
}

/** What a column says of the closed deals; null where that is nothing to compare (dates, free text, one value). */
export function attributeOf(dataset: Dataset, column: Column, hits: Hits): Attribute | null {
  if (column.type === 'date') return null;
  return column.type === 'text' || column.type === 'boolean' ? byValue(column, hits) : byThird(dataset, column, hits);
}

/**
 * Whether a column gives the outcome away: filled for closed deals of one outcome only, or knowing its value spares
 * nearly all the wrong guesses about the outcome (Goodman and Kruskal's λ, a deal without a value guessed as one value).
 */
export function reveals(counts: GroupCounts, won: number, closed: number): boolean {
  const { hits, of, allHits, allOf } = counts;
  if (allOf > 0 && (allHits === 0 || allHits === allOf)) return true;
  const wrongBlind = Math.min(won, closed - won);
  const blankWon = won - allHits;
  let wrong = Math.min(blankWon, closed - allOf - blankWon);
  for (let group = 0; group < of.length; group += 1) wrong += Math.min(hits[group]!, of[group]! - hits[group]!);
  return wrongBlind > 0 && 1 - wrong / wrongBlind >= REVEALING;
}

/** Whether a column is filled for closed deals of one outcome alone, whatever its values are. */
export function isFilledForOneOutcome({ codes, state }: Column, hits: Hits): boolean {
  const filled = new Int8Array(hits.length).fill(-1);
  for (let row = 0; row < filled.length; row += 1) if (state[codes[row]!] === PRESENT) filled[row] = hits[row]!;
  const { allHits, allOf } = countGroups({ ofRow: new Int32Array(filled.length), size: 1 }, filled);
  return allOf > 0 && (allHits === 0 || allHits === allOf);
}
