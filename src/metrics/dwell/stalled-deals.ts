import { numberAt } from '../../dataset/cells.ts';
import type { Dataset } from '../../dataset/dataset.ts';
import { type DealFacts, dealFacts } from '../../dataset/deal-facts.ts';
import { dealKeys } from '../../dataset/deal-keys.ts';

/** An open deal that has been in its stage for too long. */
export interface StalledDeal extends DealFacts {
  readonly ageDays: number;
  /** Median stay in its stage; null where the limit does not come from past visits. */
  readonly typicalDays: number | null;
  /** Age ÷ typical. */
  readonly timesTypical: number | null;
  /** Share of visits to its stage that last longer: the smaller, the odder. */
  readonly share: number | null;
  /** Older than nine of ten visits; null where that is not known. */
  readonly overP90: boolean | null;
}

/** The deals now in a stage, what is usual there, and from when a deal is stalled. */
export interface OpenStage {
  readonly stage: string;
  /** In order of rows. */
  readonly rows: Int32Array;
  readonly ages: Float64Array;
  /** Share of visits that last longer than each deal has; null without past visits. */
  readonly shares: Float64Array | null;
  /** Null where nothing can be judged. */
  readonly limitDays: number | null;
  readonly typicalDays: number | null;
  readonly p90Days: number | null;
  /** Past and present visits that the limit rests on; null where it is given. */
  readonly visits: number | null;
  readonly baseRate: number | null;
  readonly expectedShare: number | null;
}

/** A deal over its limit: which stage, and which of the deals there. */
interface Over {
  readonly from: OpenStage;
  readonly each: number;
  readonly amount: number;
}

/** At most so many are listed, the oddest. */
const MOST_LISTED = 500;

/** The positions of the deals of a stage that are older than some days, none where these are not known. */
export function olderThan({ ages }: OpenStage, days: number | null): number[] {
  const older: number[] = [];
  for (let each = 0; days !== null && each < ages.length; each += 1) if (ages[each]! > days) older.push(each);
  return older;
}

/**
 * The stalled deals, the oddest first: those that the smallest share of visits outlasts, then the largest amount, then
 * the highest age, then by key.
 */
export function listStalled(dataset: Dataset, stages: readonly OpenStage[]): StalledDeal[] {
  const column = dataset.columns.get('amount');
  const over = stages.flatMap((from) =>
    olderThan(from, from.limitDays).map((each): Over => ({ from, each, amount: numberAt(column, from.rows[each]!) })),
  );
  const keyOf = dealKeys(dataset);
  const rowOf = ({ from, each }: Over): number => from.rows[each]!;
  over.sort(
    (a, b) =>
      oddness(a) - oddness(b) ||
      descending(a.amount, b.amount) ||
      descending(a.from.ages[a.each]!, b.from.ages[b.each]!) ||
      byText(keyOf(rowOf(a)), keyOf(rowOf(b))) ||
      rowOf(a) - rowOf(b),
  );
  const facts = dealFacts(dataset);
  return over.slice(0, MOST_LISTED).map((each) => stalledDeal(facts(rowOf(each)), each));
}

function oddness({ from, each }: Over): number {
  return from.shares?.[each] ?? 0;
}

/** The largest first, unknown ones last. */
function descending(a: number, b: number): number {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return 0;
  return a > b || Number.isNaN(b) ? -1 : 1;
}

function byText(a: string | null, b: string | null): number {
  if (a === b) return 0;
  return (a ?? '') < (b ?? '') ? -1 : 1;
}

function stalledDeal(facts: DealFacts, { from, each }: Over): StalledDeal {
  const { stage, typicalDays, p90Days } = from;
  const ageDays = from.ages[each]!;
  return {
    ...facts,
    // The table may have moved on where the log has not: the age is of the stage in the log.
    stage,
    ageDays,
    typicalDays,
    timesTypical: typicalDays !== null && typicalDays > 0 ? ageDays / typicalDays : null,
    share: from.shares?.[each] ?? null,
    overP90: p90Days === null ? null : ageDays > p90Days,
  };
}
