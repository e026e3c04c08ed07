import type { Dataset } from '../../dataset/dataset.ts';
import { benjaminiHochberg } from '../../stats/benjamini-hochberg.ts';
import { countGroups, type GroupCounts } from '../../stats/grouped-hits.ts';
import { liftOf } from '../../stats/lift.ts';
import { proportionsAlike } from '../../stats/proportions-alike.ts';
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
import { unequalGroups, type WinBase, winBase } from './win-base.ts';
import { keysByGroup } from './win-rate-keys.ts';

/** The deals of the base with one value of a column. */
export interface FactorValue {
  /** The text; of a number `low`, `middle` or `high`. */
  readonly value: string;
  readonly rate: Rate;
  /** Won of won and lost, however long the deals had. */
  readonly closed: Rate;
  /** Rate ÷ that of all deals of the base with a value in the column; null where there are no others. */
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
  /** Of all deals of the base with a value. */
  readonly overall: Rate;
  /** Of numbers, which are compared by thirds: the limits between them, by currency code, else under `all`. */
  readonly limits: Attribute['limits'];
  readonly test: 'fisher' | 'chiSquare' | 'moments';
  /** That all values win alike; values with fewer than five deals are taken together. */
  readonly probability: number;
  /** Adjusted for all columns tested (Benjamini and Hochberg). */
  readonly adjustedProbability: number;
  readonly isBeyondChance: boolean;
  /** Not judged: of closed deals alone, and other shares of the deals of some value are open. */
  readonly hasUnequalTime: boolean;
  /** The best first. */
  readonly values: readonly FactorValue[];
}

export interface FactorLiftResult {
  /** What the rates are of: the deals created at least the window ago, or for want of these dates closed deals. */
  readonly basis: WinBase['basis'];
  readonly windowDays: number | null;
  /** Of all deals of the base. */
  readonly rate: Rate;
  /** Of all closed deals. */
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
/** Values of fewer deals are tested together. */
const LEAST_DEALS = 5;
/** Of fewer deals a share of open ones is no sign of unequal time. */
const LEAST_DEALS_OPEN = 10;

interface Tested {
  readonly attribute: Attribute;
  readonly counts: GroupCounts;
  /** Won, of won and lost. */
  readonly closed: GroupCounts;
  readonly test: Factor['test'];
  readonly probability: number;
  readonly hasUnequalTime: boolean;
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

function testOf(attribute: Attribute, counts: GroupCounts, { basis, outcomes }: WinBase): Tested | null {
  const table = tableOf(counts);
  const [first, second] = table;
  if (first === undefined || second === undefined || first.of < LEAST_DEALS) return null;
  const alike = proportionsAlike(table);
  if (alike === null) return null;
  const closed = countGroups(attribute, outcomes);
  const deals = countGroups(attribute, new Int8Array(outcomes.length));
  const unequal = unequalGroups(basis, closed, deals);
  return {
    attribute,
    counts,
    closed,
    test: alike.method === 'exact' ? 'fisher' : alike.method,
    probability: alike.probability,
    hasUnequalTime: [...unequal].some((group) => deals.of[group]! >= LEAST_DEALS_OPEN),
  };
}

interface Survey {
  readonly tested: readonly Tested[];
  readonly excluded: FactorLiftResult['excluded'];
}

/** All columns: those worth a test, and those that were not held against the outcome, in order of the field ids. */
function survey(dataset: Dataset, base: WinBase, won: number, closed: number): Survey {
  const { hits, outcomes } = base;
  // The thirds of a number, too, are of all that is compared and of all that is closed.
  const told = new Int8Array(hits.length);
  for (let row = 0; row < told.length; row += 1) told[row] = Math.max(hits[row]!, outcomes[row]!);
  const tested: Tested[] = [];
  const excluded: { field: string; because: Exclusion }[] = [];
  const columns = [...dataset.columns].toSorted(([a], [b]) => (a < b ? -1 : 1));
  for (const [field, column] of columns) {
    const because = exclusionOf(field, dataset);
    if (because !== null || isFilledForOneOutcome(column, outcomes)) {
      excluded.push({ field, because: because ?? 'reveals' });
      continue;
    }
    const attribute = attributeOf(dataset, column, told);
    if (attribute === null) continue;
    // By closed deals alone: the thirds of a number that is 0 once lost would be those of the open deals.
    const ofClosed = attributeOf(dataset, column, outcomes);
    if (ofClosed !== null && reveals(countGroups(ofClosed, outcomes), won, closed)) {
      excluded.push({ field, because: 'reveals' });
      continue;
    }
    const test = testOf(attribute, countGroups(attribute, hits), base);
    if (test !== null) tested.push(test);
  }
  return { tested, excluded };
}

function valuesOf(
  dataset: Dataset,
  { attribute, counts, closed }: Tested,
  base: WinBase,
  details: boolean,
): FactorValue[] {
  const { ofRow, size, values } = attribute;
  const wonOnly = new Int32Array(ofRow.length);
  for (let row = 0; row < wonOnly.length; row += 1) wonOnly[row] = base.outcomes[row] === 1 ? ofRow[row]! : -1;
  const amounts = sumAmounts(dataset, wonOnly, size);
  const counted = details ? ofRow.map((group, row) => (base.hits[row] === -1 ? -1 : group)) : null;
  const keys = counted === null ? null : keysByGroup(dataset, counted, size);
  const found = values.map((value, group): FactorValue => {
    const own = { count: counts.hits[group]!, of: counts.of[group]! };
    const lift = liftOf(own, { count: counts.allHits - own.count, of: counts.allOf - own.of });
    return {
      value,
      rate: rateOf(own.count, own.of),
      closed: rateOf(closed.hits[group]!, closed.of[group]!),
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
  const base = winBase(dataset);
  const everything = { ofRow: new Int32Array(base.hits.length), size: 1 };
  const all = countGroups(everything, base.hits);
  const closed = countGroups(everything, base.outcomes);
  const { tested, excluded } = survey(dataset, base, closed.allHits, closed.allOf);
  const adjusted = benjaminiHochberg(tested.map(({ probability }) => probability));
  const factors = tested.map((each, index): Factor => {
    const { attribute, counts, test, probability, hasUnequalTime } = each;
    return {
      field: attribute.field,
      overall: rateOf(counts.allHits, counts.allOf),
      limits: attribute.limits,
      test,
      probability,
      adjustedProbability: adjusted[index]!,
      isBeyondChance: adjusted[index]! < Q && !hasUnequalTime,
      hasUnequalTime,
      values: valuesOf(dataset, each, base, details),
    };
  });
  factors.sort((a, b) => a.probability - b.probability || (a.field < b.field ? -1 : 1));
  return {
    basis: base.basis,
    windowDays: base.windowDays,
    rate: rateOf(all.allHits, all.allOf),
    closed: rateOf(closed.allHits, closed.allOf),
    factors,
    tests: tested.length,
    q: Q,
    excluded,
  };
}
