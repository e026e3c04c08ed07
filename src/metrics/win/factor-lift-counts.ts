import type { Dataset } from '../../dataset/dataset.ts';
import { currentState } from '../../dataset/journeys/visits.ts';
import { benjaminiHochberg } from '../../stats/benjamini-hochberg.ts';
import { chiSquareOfProportions } from '../../stats/chi-square.ts';
import { fisherExact } from '../../stats/fisher-exact.ts';
import { countGroups, type GroupCounts, type Hits } from '../../stats/grouped-hits.ts';
import { liftOf } from '../../stats/lift.ts';
import { sumAmounts } from '../amounts.ts';
import { type Rate, rateOf } from '../rate.ts';
import {
  type Attribute,
  attributeOf,
  type Exclusion,
  exclusionOf,
  isFilledForOneOutcome,
  reveals,
} from './factor-lift-columns.ts';
import { winHits } from './win-rate-counts.ts';
import { keysByGroup } from './win-rate-keys.ts';

/** The closed deals with one value of a column. */
export interface FactorValue {
  /** The text; of a number `low`, `middle` or `high`. */
  readonly value: string;
  readonly rate: Rate;
  /** Rate ÷ that of all closed deals with a value in the column; null where there are no others. */
  readonly lift: number | null;
  readonly liftInterval: readonly [number, number] | null;
  /** By currency. */
  readonly wonAmount: Readonly<Record<string, number>>;
  /** Keys, where details are asked for. */
  readonly dealKeys?: readonly string[];
}

/** One column held against the outcome. */
export interface Factor {
  readonly field: string;
  /** Of all closed deals with a value. */
  readonly overall: Rate;
  /** Of numbers, which are compared by thirds: the limits between them, by currency code, else under `all`. */
  readonly limits: Attribute['limits'];
  readonly test: 'fisher' | 'chiSquare';
  /** That all values win alike; values with fewer than five closed deals are taken together. */
  readonly probability: number;
  /** Adjusted for all columns tested (Benjamini and Hochberg). */
  readonly adjustedProbability: number;
  readonly isBeyondChance: boolean;
  /** The best first. */
  readonly values: readonly FactorValue[];
}

export interface FactorLiftResult {
  readonly closed: Rate;
  /** Best evidence first. */
  readonly factors: readonly Factor[];
  /** Columns tested. */
  readonly tests: number;
  /** Share of the columns said to be beyond chance that may be chance. */
  readonly q: number;
  readonly excluded: readonly { readonly field: string; readonly because: Exclusion }[];
}

const Q = 0.1;
/** Values of fewer closed deals are tested together. */
const LEAST_DEALS = 5;

interface Tested {
  readonly attribute: Attribute;
  readonly counts: GroupCounts;
  readonly test: Factor['test'];
  readonly probability: number;
}

/** The values with deals enough, and the others together. */
function tableOf({ hits, of }: GroupCounts): { count: number; of: number }[] {
  const cells = Array.from(hits, (count, group) => ({ count, of: of[group]! }));
  const small = cells.filter((cell) => cell.of < LEAST_DEALS);
  const together = small.reduce((sum, cell) => ({ count: sum.count + cell.count, of: sum.of + cell.of }), {
    count: 0,
    of: 0,
  });
  return [...cells.filter((cell) => cell.of >= LEAST_DEALS), ...(together.of > 0 ? [together] : [])];
}

function testOf(attribute: Attribute, counts: GroupCounts): Tested | null {
  const table = tableOf(counts);
  const [first, second] = table;
  if (first === undefined || second === undefined || first.of < LEAST_DEALS) return null;
  if (table.length === 2) return { attribute, counts, test: 'fisher', probability: fisherExact(first, second) };
  const test = chiSquareOfProportions(table);
  return test === null ? null : { attribute, counts, test: 'chiSquare', probability: test.probability };
}

interface Survey {
  readonly tested: readonly Tested[];
  readonly excluded: FactorLiftResult['excluded'];
}

/** All columns: those worth a test, and those that were not held against the outcome, in order of the field ids. */
function survey(dataset: Dataset, hits: Hits, won: number, closed: number): Survey {
  const tested: Tested[] = [];
  const excluded: { field: string; because: Exclusion }[] = [];
  const columns = [...dataset.columns].toSorted(([a], [b]) => (a < b ? -1 : 1));
  for (const [field, column] of columns) {
    const because = exclusionOf(field, dataset);
    if (because !== null || isFilledForOneOutcome(column, hits)) {
      excluded.push({ field, because: because ?? 'reveals' });
      continue;
    }
    const attribute = attributeOf(dataset, column, hits);
    if (attribute === null) continue;
    const counts = countGroups(attribute, hits);
    if (reveals(counts, won, closed)) {
      excluded.push({ field, because: 'reveals' });
      continue;
    }
    const test = testOf(attribute, counts);
    if (test !== null) tested.push(test);
  }
  return { tested, excluded };
}

function valuesOf(dataset: Dataset, { attribute, counts }: Tested, hits: Hits, details: boolean): FactorValue[] {
  const { ofRow, size, values } = attribute;
  const wonOnly = ofRow.map((group, row) => (hits[row] === 1 ? group : -1));
  const amounts = sumAmounts(dataset, wonOnly, size);
  const closedOnly = details ? ofRow.map((group, row) => (hits[row] === -1 ? -1 : group)) : null;
  const keys = closedOnly === null ? null : keysByGroup(dataset, closedOnly, size);
  const found = values.map((value, group): FactorValue => {
    const own = { count: counts.hits[group]!, of: counts.of[group]! };
    const lift = liftOf(own, { count: counts.allHits - own.count, of: counts.allOf - own.of });
    return {
      value,
      rate: rateOf(own.count, own.of),
      lift: lift?.value ?? null,
      liftInterval: lift?.interval ?? null,
      wonAmount: amounts[group]!.amounts,
      ...(keys === null ? {} : { dealKeys: keys[group]! }),
    };
  });
  const kept = found.filter(({ rate }) => rate.of > 0);
  // Thirds stay in their order; texts go from the best to the worst, the larger one first of equal ones.
  if (attribute.limits !== null) return kept;
  return kept.toSorted((a, b) => (b.rate.value ?? 0) - (a.rate.value ?? 0) || b.rate.of - a.rate.of);
}

/** Every column that describes deals, held against how they ended. */
export function factorLift(dataset: Dataset, details: boolean): FactorLiftResult {
  const hits = winHits(currentState(dataset).outcome);
  const all = countGroups({ ofRow: new Int32Array(hits.length), size: 1 }, hits);
  const { tested, excluded } = survey(dataset, hits, all.allHits, all.allOf);
  const adjusted = benjaminiHochberg(tested.map(({ probability }) => probability));
  const factors = tested.map((each, index): Factor => {
    const { attribute, counts, test, probability } = each;
    return {
      field: attribute.field,
      overall: rateOf(counts.allHits, counts.allOf),
      limits: attribute.limits,
      test,
      probability,
      adjustedProbability: adjusted[index]!,
      isBeyondChance: adjusted[index]! < Q,
      values: valuesOf(dataset, each, hits, details),
    };
  });
  factors.sort((a, b) => a.probability - b.probability || (a.field < b.field ? -1 : 1));
  return { closed: rateOf(all.allHits, all.allOf), factors, tests: tested.length, q: Q, excluded };
}
