import type { Dataset } from '../../dataset/dataset.ts';
import { OUTCOME } from '../../dataset/journeys/visits.ts';
import { periodName } from '../../dataset/values/periods.ts';
import { median } from '../../stats/quantile.ts';
import { kaplanMeier, survivalQuantile } from '../../stats/survival.ts';
import { type AmountGroup, sumAmounts } from '../amounts.ts';
import type { Breakdown } from '../breakdown.ts';
import { type DealsBehind, dealsBehind } from '../deals-behind.ts';
import { type Rate, rateOf } from '../rate.ts';
import type { WinBase } from '../win/win-base.ts';
import { type Ranking, rankGroups } from './owner-scorecards-ranks.ts';
import { type DealTraits, QUARTERS } from './owner-scorecards-traits.ts';

/** A median with the number of deals it rests on. */
export interface MedianDays {
  readonly deals: number;
  readonly medianDays: number | null;
}

/** The deals with one value of a field in numbers. Null stands for what the file cannot say of anybody. */
export interface Scorecard extends DealsBehind {
  readonly value: string;
  readonly deals: number;
  readonly open: AmountGroup;
  readonly won: AmountGroup;
  readonly lost: AmountGroup;
  /** Won of won and lost: flattering or harsh while many deals are open. */
  readonly winRate: Rate;
  /** The win rate to compare by: see the ranking of the table. */
  readonly comparedRate: Rate;
  /** Place by that rate among those with enough deals, from 1; null for the others, and where nobody is ranked. */
  readonly rank: number | null;
  /** Won deals, from creation to close. */
  readonly cycle: MedianDays;
  /** Open deals in their stage for more than 1.5 times what is typical of it, of those that can be judged. */
  readonly stalled: Rate | null;
  /** Open deals past their close date, of those with one. */
  readonly pastDue: Rate | null;
  /** Filled of required fields. */
  readonly completeness: Rate | null;
  /** Open deals, since the last activity. */
  readonly idle: MedianDays | null;
  /** First visits to the first stage; those that last count with what they have lasted (Kaplan–Meier). */
  readonly firstStage: MedianDays | null;
  /** Deals that jumped over a stage, of those that got beyond the first. */
  readonly skipped: Rate | null;
  /** The oldest first. */
  readonly wonByQuarter: readonly { readonly quarter: string; readonly deals: number; readonly amounts: Amounts }[];
}

type Amounts = AmountGroup['amounts'];

export interface CardTable {
  readonly field: string;
  readonly ranking: Ranking;
  /** By rank, then by the number of deals. */
  readonly cards: readonly Scorecard[];
  /** Values beyond those listed: the ones with the fewest deals. */
  readonly omitted: number;
}

const MOST_CARDS = 200;

/** Deals by slot: those of slot `s` are `rows[offsets[s] .. offsets[s + 1] - 1]`. */
interface Slots {
  readonly values: readonly string[];
  readonly slotOf: Int32Array;
  readonly rows: Int32Array;
  readonly offsets: Int32Array;
  readonly omitted: number;
}

function slotsOf({ values, groupOf }: Breakdown): Slots {
  const deals = new Int32Array(values.length);
  for (let row = 0; row < groupOf.length; row += 1) if (groupOf[row]! >= 0) deals[groupOf[row]!]! += 1;
  const order = Array.from(values.keys());
  order.sort((a, b) => deals[b]! - deals[a]! || (values[a]! < values[b]! ? -1 : 1));
  const listed = order.slice(0, MOST_CARDS);
  const slotOfGroup = new Int32Array(values.length).fill(-1);
  const offsets = new Int32Array(listed.length + 1);
  for (const [slot, group] of listed.entries()) {
    slotOfGroup[group] = slot;
    offsets[slot + 1] = offsets[slot]! + deals[group]!;
  }
  const slotOf = new Int32Array(groupOf.length);
  for (let row = 0; row < slotOf.length; row += 1) slotOf[row] = groupOf[row]! < 0 ? -1 : slotOfGroup[groupOf[row]!]!;
  const next = offsets.slice();
  const rows = new Int32Array(offsets[listed.length]!);
  for (let row = 0; row < slotOf.length; row += 1) {
    const slot = slotOf[row]!;
    if (slot < 0) continue;
    rows[next[slot]!] = row;
    next[slot]! += 1;
  }
  return {
    values: listed.map((group) => values[group]!),
    slotOf,
    rows,
    offsets,
    omitted: order.length - listed.length,
  };
}

/** The known numbers of some deals. */
function knownOf(numbers: Float64Array, rows: Int32Array): Float64Array {
  const known = new Float64Array(rows.length);
  let size = 0;
  for (let index = 0; index < rows.length; index += 1) {
    const value = numbers[rows[index]!]!;
    if (Number.isNaN(value)) continue;
    known[size] = value;
    size += 1;
  }
  return known.subarray(0, size);
}

function medianOf(numbers: Float64Array | null, rows: Int32Array): MedianDays | null {
  if (numbers === null) return null;
  const known = knownOf(numbers, rows);
  return { deals: known.length, medianDays: median(known) };
}

function shareOfOnes(numbers: Float64Array | null, rows: Int32Array): Rate | null {
  if (numbers === null) return null;
  let ones = 0;
  let known = 0;
  for (let index = 0; index < rows.length; index += 1) {
    const value = numbers[rows[index]!]!;
    if (Number.isNaN(value)) continue;
    ones += value;
    known += 1;
  }
  return rateOf(ones, known);
}

function firstStageOf({ firstStageDays, firstStageEnded }: DealTraits, rows: Int32Array): MedianDays | null {
  if (firstStageDays === null) return null;
  const days = new Float64Array(rows.length);
  const ended = new Uint8Array(rows.length);
  let size = 0;
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index]!;
    if (!(firstStageDays[row]! >= 0)) continue;
    days[size] = firstStageDays[row]!;
    ended[size] = firstStageEnded[row]!;
    size += 1;
  }
  const curve = kaplanMeier(days.subarray(0, size), ended.subarray(0, size));
  return { deals: size, medianDays: survivalQuantile(curve, 0.5) };
}

function completenessOf({ cells }: DealTraits, rows: Int32Array): Rate | null {
  if (cells === null) return null;
  const { filledWeight, requiredWeight } = cells;
  const { patternOf } = cells.patterns;
  let filled = 0;
  let required = 0;
  for (let at = 0; at < rows.length; at += 1) {
    const pattern = patternOf[rows[at]!]!;
    if (pattern < 0) continue;
    filled += filledWeight[pattern]!;
    required += requiredWeight[pattern]!;
  }
  return rateOf(filled, required);
}

const OUTCOMES = 5;

/** Amounts by slot and outcome, and by slot and quarter of winning. */
function amountsOf(dataset: Dataset, { outcome, wonQuarter }: DealTraits, { slotOf, values }: Slots) {
  const byOutcome = new Int32Array(slotOf.length);
  const byQuarter = new Int32Array(slotOf.length);
  for (let row = 0; row < slotOf.length; row += 1) {
    const slot = slotOf[row]!;
    byOutcome[row] = slot < 0 ? -1 : slot * OUTCOMES + outcome[row]!;
    byQuarter[row] = slot < 0 || wonQuarter[row]! < 0 ? -1 : slot * QUARTERS + wonQuarter[row]!;
  }
  return {
    byOutcome: sumAmounts(dataset, byOutcome, values.length * OUTCOMES),
    byQuarter: sumAmounts(dataset, byQuarter, values.length * QUARTERS),
  };
}

/** A scorecard for each value of a field, the values with the most deals where there are too many. */
export function cardTable(
  { dataset, details }: { readonly dataset: Dataset; readonly details: boolean },
  traits: DealTraits,
  base: WinBase,
  breakdown: Breakdown,
): CardTable {
  const slots = slotsOf(breakdown);
  const { values, rows, offsets, omitted } = slots;
  const { byOutcome, byQuarter } = amountsOf(dataset, traits, slots);
  const groupAt = (slot: number, outcome: number): AmountGroup => byOutcome[slot * OUTCOMES + outcome]!;
  const { ranking, rates, ranks } = rankGroups(values, slots.slotOf, base);
  const closedRate = (slot: number): Rate => {
    const won = groupAt(slot, OUTCOME.won).deals;
    return rateOf(won, won + groupAt(slot, OUTCOME.lost).deals);
  };
  const cards = values.map((value, slot): Scorecard => {
    const own = rows.subarray(offsets[slot], offsets[slot + 1]);
    const quarters = traits.quarters.map((start, quarter) => {
      const { deals, amounts } = byQuarter[slot * QUARTERS + quarter]!;
      return { quarter: periodName(start, 'quarter'), deals, amounts };
    });
    return {
      value,
      deals: own.length,
      open: groupAt(slot, OUTCOME.open),
      won: groupAt(slot, OUTCOME.won),
      lost: groupAt(slot, OUTCOME.lost),
      winRate: closedRate(slot),
      comparedRate: rates[slot]!,
      rank: ranks[slot]!,
      cycle: medianOf(traits.cycleDays, own)!,
      stalled: shareOfOnes(traits.stalled, own),
      pastDue: shareOfOnes(traits.pastDue, own),
      completeness: completenessOf(traits, own),
      idle: medianOf(traits.idleDays, own),
      firstStage: firstStageOf(traits, own),
      skipped: shareOfOnes(traits.skipped, own),
      wonByQuarter: quarters,
      ...dealsBehind(dataset, details, () => own),
    };
  });
  const last = Number.POSITIVE_INFINITY;
  const ordered = cards.toSorted((a, b) => (a.rank ?? last) - (b.rank ?? last) || 0);
  return { field: breakdown.field, ranking, cards: ordered, omitted };
}
