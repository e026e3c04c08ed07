import { type Column, type Dataset, PRESENT } from '../../dataset/dataset.ts';
import { currentState, type OUTCOME, type Outcome } from '../../dataset/journeys/visits.ts';
import { evaluatePredicate, FALSE } from '../../dataset/predicate.ts';
import { sumAmounts } from '../amounts.ts';
import { type Rate, rateOf } from '../rate.ts';
import { keysByGroup } from './win-rate-keys.ts';

/** One reason with the deals that give it. */
export interface ClosingReason {
  readonly reason: string;
  /** Of the deals with a reason. */
  readonly share: Rate;
  /** Of the deals with a reason, those with this one or one above it. */
  readonly cumulative: Rate;
  /** By currency. */
  readonly amounts: Readonly<Record<string, number>>;
  /** By the last open stage before closing, in funnel order; absent without a history. */
  readonly stages?: readonly { readonly stage: string; readonly count: number }[];
  /** A rule about the reason objects to it: it explains nothing. */
  readonly isVague: boolean;
  /** Keys, where details are asked for. */
  readonly dealKeys?: readonly string[];
}

/** Why deals of one outcome ended so, the most frequent reason first. */
export interface ReasonPareto {
  readonly field: string;
  /** Deals of the outcome. */
  readonly deals: number;
  /** Deals of the outcome that give no reason, of all of them. */
  readonly withoutReason: Rate;
  /** Deals whose reason explains nothing, of those with one; null where no rule says which reasons do. */
  readonly vague: Rate | null;
  readonly reasons: readonly ClosingReason[];
  readonly omitted: number;
}

/** Reasons told of; free texts are as many as deals. */
const MOST_REASONS = 100;

/** Codes of the reasons that a rule about this field alone objects to; null without such a rule. */
function vagueCodes(dataset: Dataset, column: Column, among: Uint8Array): Uint8Array | null {
  const conditions = dataset.ruleset.allRules.flatMap(({ kind, off, on, each, assertFields, expressions }) => {
    const isAboutReason = assertFields.length === 1 && assertFields[0] === column.field;
    const isOfDeals = kind === 'assert' && !off && on === null && each === null;
    return isOfDeals && isAboutReason ? [...expressions.values()] : [];
  });
  if (conditions.length === 0) return null;
  const vague = new Uint8Array(column.texts.length);
  for (const condition of conditions) {
    const holds = evaluatePredicate(condition, dataset);
    for (let row = 0; row < holds.length; row += 1) {
      if (among[row] === 1 && holds[row] === FALSE) vague[column.codes[row]!] = 1;
    }
  }
  return vague;
}

/** The last open stage before the stay in which the deal is now, -1 where none is known. */
function stageAtClose({ journeys, stages }: Dataset, row: number): number {
  if (journeys === null) return -1;
  for (let stay = journeys.offsets[row + 1]! - 1; stay >= journeys.offsets[row]!; stay -= 1) {
    const stage = journeys.stage[stay]!;
    if (stages[stage]!.kind === 'open') return stage;
  }
  return -1;
}

interface Tally {
  /** One a code of the column. */
  readonly counts: Int32Array;
  readonly deals: number;
  readonly withReason: number;
  /** 1 for deals of the outcome with a reason. */
  readonly among: Uint8Array;
}

function tally(dataset: Dataset, column: Column, wanted: Outcome): Tally {
  const { outcome } = currentState(dataset);
  const counts = new Int32Array(column.texts.length);
  const among = new Uint8Array(dataset.rowCount);
  let deals = 0;
  let withReason = 0;
  for (let row = 0; row < dataset.rowCount; row += 1) {
    if (outcome[row] !== wanted) continue;
    deals += 1;
    const code = column.codes[row]!;
    if (column.state[code] !== PRESENT) continue;
    among[row] = 1;
    counts[code]! += 1;
    withReason += 1;
  }
  return { counts, deals, withReason, among };
}

/** Deals by reason and stage before closing: slot × stage. */
function countStages(dataset: Dataset, slots: Int32Array, size: number): Int32Array {
  const width = dataset.stages.length;
  const counts = new Int32Array(size * width);
  for (let row = 0; row < slots.length; row += 1) {
    const stage = slots[row]! < 0 ? -1 : stageAtClose(dataset, row);
    if (stage >= 0) counts[slots[row]! * width + stage]! += 1;
  }
  return counts;
}

/** Index of each deal's reason among the codes shown, -1 for the others. */
function slotsOf({ codes, texts }: Column, shown: readonly number[], among: Uint8Array): Int32Array {
  const slotOf = new Int32Array(texts.length).fill(-1);
  for (const [slot, code] of shown.entries()) slotOf[code] = slot;
  const slots = new Int32Array(among.length).fill(-1);
  for (let row = 0; row < slots.length; row += 1) if (among[row] === 1) slots[row] = slotOf[codes[row]!]!;
  return slots;
}

/** Codes of the reasons given, of equally frequent ones in order of their text. */
function mostFrequentFirst({ texts }: Column, counts: Int32Array): number[] {
  const given = [...counts.keys()].filter((code) => counts[code]! > 0);
  return given.sort((a, b) => counts[b]! - counts[a]! || (texts.at(a)! < texts.at(b)! ? -1 : 1));
}

/** The reasons of one outcome; null where there is no column for them. */
export function reasonPareto(
  dataset: Dataset,
  field: string,
  outcome: typeof OUTCOME.won | typeof OUTCOME.lost,
  details: boolean,
): ReasonPareto | null {
  const column = dataset.columns.get(field);
  if (column === undefined) return null;
  const { counts, deals, withReason, among } = tally(dataset, column, outcome);
  const given = mostFrequentFirst(column, counts);
  const shown = given.slice(0, MOST_REASONS);
  const vague = vagueCodes(dataset, column, among);
  const slots = slotsOf(column, shown, among);
  const amounts = sumAmounts(dataset, slots, shown.length);
  const keys = details ? keysByGroup(dataset, slots, shown.length) : null;
  const stageCounts = dataset.journeys === null ? null : countStages(dataset, slots, shown.length);
  let above = 0;
  const reasons = shown.map((code, slot): ClosingReason => {
    const count = counts[code]!;
    above += count;
    return {
      reason: column.texts.at(code)!,
      share: rateOf(count, withReason),
      cumulative: rateOf(above, withReason),
      amounts: amounts[slot]!.amounts,
      ...(stageCounts === null ? {} : { stages: stagesOf(dataset, stageCounts, slot) }),
      isVague: vague?.[code] === 1,
      ...(keys === null ? {} : { dealKeys: keys[slot]! }),
    };
  });
  const vagueDeals = given.reduce((sum, code) => sum + (vague?.[code] === 1 ? counts[code]! : 0), 0);
  return {
    field,
    deals,
    withoutReason: rateOf(deals - withReason, deals),
    vague: vague === null ? null : rateOf(vagueDeals, withReason),
    reasons,
    omitted: given.length - shown.length,
  };
}

function stagesOf({ stages }: Dataset, counts: Int32Array, slot: number): { stage: string; count: number }[] {
  return stages.flatMap(({ id }, stage) => {
    const count = counts[slot * stages.length + stage]!;
    return count > 0 ? [{ stage: id, count }] : [];
  });
}
