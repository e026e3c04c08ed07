import { numberAt } from '../../dataset/cells.ts';
import type { Dataset } from '../../dataset/dataset.ts';
import { dealKeys } from '../../dataset/deal-keys.ts';
import { currentState, OUTCOME } from '../../dataset/journeys/visits.ts';
import { type BrierParts, brierParts, calibrationBins, calibrationTest } from '../../stats/calibration.ts';
import { poissonBinomialAtLeast, poissonBinomialAtMost } from '../../stats/poisson-binomial.ts';
import { type Rate, rateOf } from '../rate.ts';
import { kindThen, ownChance, type PastExport, pastExports, stageChance } from './forecast-accuracy-exports.ts';

/** Deals whose probability then was in one range, and how many of them were won. */
export interface ProbabilityRange {
  /** 0–1; `to` belongs to the next range unless it is 1. */
  readonly from: number;
  readonly to: number;
  readonly meanProbability: number | null;
  readonly won: Rate;
  /** Keys of the deals, where they are asked for. */
  readonly deals?: readonly (string | null)[];
}

/** What earlier exports said of the chances of deals that were open then, and what has become of them. */
export interface Calibration {
  /** Won or lost since: the deals all figures rest on. */
  readonly resolved: number;
  readonly won: number;
  /** Sum of the probabilities. */
  readonly expectedWins: number;
  /** (won − expected) ÷ its standard deviation; null where every probability was 0 or 100 %. */
  readonly z: number | null;
  /** Probability of so few wins or fewer, and of so many or more, if the probabilities were right. */
  readonly atMost: number;
  readonly atLeast: number;
  readonly brier: BrierParts | null;
  readonly ranges: readonly ProbabilityRange[];
  /** Of the resolved ones: probabilities of the deals themselves, and those of their stages. */
  readonly ownProbabilities: number;
  readonly stageProbabilities: number;
  /**
   * Deals still open, of those the judged exports speak of; of all exports where none is old enough. Deals that are
   * decided early are mostly lost ones, so that nothing is judged before most are.
   */
  readonly stillOpen: Rate;
  /** No export is so old that four in five of its open deals are decided: there is nothing to judge yet. */
  readonly isTooEarly: boolean;
  /** Left out: decided deals that only younger exports speak of. */
  readonly inYoungExports: number;
  /** Left out: not decided yet; not in the list any more; closed before the export says they were open; no probability at all (above 100 %). */
  readonly undecided: number;
  readonly gone: number;
  readonly closedBefore: number;
  readonly notAProbability: number;
}

const RANGES = 5;
/** Share of the open deals of an export that have to be decided by now. */
const MATURED_FROM = 0.8;

/** The first probability that was recorded of each deal while it was open. */
interface Recorded {
  /** Row of the deal, ascending probability: sums do not depend on the order of the rows. */
  readonly deals: readonly number[];
  readonly probabilities: Float64Array;
  readonly outcomes: Uint8Array;
  readonly left: Pick<
    Calibration,
    | 'ownProbabilities'
    | 'stageProbabilities'
    | 'undecided'
    | 'gone'
    | 'closedBefore'
    | 'notAProbability'
    | 'stillOpen'
    | 'isTooEarly'
    | 'inYoungExports'
  >;
  /** Of all exports, old and young. */
  readonly recorded: number;
  readonly decided: number;
}

/** Deals of any export that the list does not have any more and that were open then, each counted once. */
function countGone(dataset: Dataset, exports: readonly PastExport[]): number {
  const gone = new Set<string>();
  for (const past of exports) {
    for (const row of past.firstRows) {
      if (past.dealOfRow[row]! >= 0 || kindThen(dataset, past, row) !== 'open') continue;
      gone.add(past.key.texts.at(past.key.codes[row]!)!);
    }
  }
  return gone.size;
}

/** First probability of each deal while it was open, and whether it was its own; NaN where there is none. */
function firstChances(dataset: Dataset, exports: readonly PastExport[]) {
  const chances = new Float64Array(dataset.rowCount).fill(Number.NaN);
  const isOwn = new Uint8Array(dataset.rowCount);
  const recordedOn = new Float64Array(dataset.rowCount).fill(Number.NaN);
  for (const past of exports) {
    for (const row of past.firstRows) {
      const deal = past.dealOfRow[row]!;
      if (deal < 0 || !Number.isNaN(chances[deal]!) || kindThen(dataset, past, row) !== 'open') continue;
      const own = ownChance(past, row);
      isOwn[deal] = Number(!Number.isNaN(own));
      chances[deal] = Number.isNaN(own) ? stageChance(dataset, past, row) : own;
      recordedOn[deal] = past.day;
    }
  }
  return { chances, isOwn, recordedOn };
}

function isDecided(outcome: Uint8Array, deal: number): boolean {
  return outcome[deal] === OUTCOME.won || outcome[deal] === OUTCOME.lost;
}

/** Whether so long has passed since an export that most of its open deals are decided by now. */
function isMatured(dataset: Dataset, past: PastExport): boolean {
  const { outcome } = currentState(dataset);
  let open = 0;
  let decided = 0;
  for (const row of past.firstRows) {
    const deal = past.dealOfRow[row]!;
    if (deal < 0 || kindThen(dataset, past, row) !== 'open') continue;
    open += 1;
    if (isDecided(outcome, deal)) decided += 1;
  }
  return open > 0 && decided >= MATURED_FROM * open;
}

// Asked for by what is missing and by the figures; datasets never change once they are built.
const known = new WeakMap<Dataset, Recorded>();

function recordedForecasts(dataset: Dataset): Recorded {
  const read = known.get(dataset) ?? readForecasts(dataset);
  known.set(dataset, read);
  return read;
}

/** The deals that some exports gave a chance, by what has become of them. */
function readChances(dataset: Dataset, exports: readonly PastExport[]) {
  const { chances, isOwn, recordedOn } = firstChances(dataset, exports);
  const { outcome } = currentState(dataset);
  const closed = dataset.columns.get('closed');
  const left = { undecided: 0, closedBefore: 0, notAProbability: 0 };
  const deals: number[] = [];
  for (let deal = 0; deal < chances.length; deal += 1) {
    const chance = chances[deal]!;
    if (Number.isNaN(chance)) continue;
    if (!(chance >= 0 && chance <= 1)) left.notAProbability += 1;
    else if (!isDecided(outcome, deal)) left.undecided += 1;
    // What was written down after the fact is no forecast, whatever the export says of the stage.
    else if (numberAt(closed, deal) < recordedOn[deal]!) left.closedBefore += 1;
    else deals.push(deal);
  }
  return { chances, isOwn, left, deals };
}

function readForecasts(dataset: Dataset): Recorded {
  const exports = pastExports(dataset);
  const ofAll = readChances(dataset, exports);
  const old = exports.filter((past) => isMatured(dataset, past));
  const { chances, isOwn, left, deals } = old.length === exports.length ? ofAll : readChances(dataset, old);
  const { outcome } = currentState(dataset);
  const spokenOf = old.length === 0 ? ofAll : { left, deals };
  const { undecided, closedBefore, notAProbability } = ofAll.left;
  deals.sort((a, b) => chances[a]! - chances[b]! || a - b);
  const own = deals.reduce((count, deal) => count + isOwn[deal]!, 0);
  return {
    deals,
    probabilities: Float64Array.from(deals, (deal) => chances[deal]!),
    outcomes: Uint8Array.from(deals, (deal) => Number(outcome[deal] === OUTCOME.won)),
    recorded: ofAll.deals.length + undecided + closedBefore + notAProbability,
    decided: ofAll.deals.length,
    left: {
      ...left,
      stillOpen: rateOf(spokenOf.left.undecided, spokenOf.left.undecided + spokenOf.deals.length),
      isTooEarly: old.length === 0,
      inYoungExports: ofAll.deals.length - deals.length,
      gone: countGone(dataset, exports),
      ownProbabilities: own,
      stageProbabilities: deals.length - own,
    },
  };
}

function rangesOf({ deals, ...forecasts }: Recorded, keyOf: ((row: number) => string | null) | null) {
  let from = 0;
  return calibrationBins(forecasts, RANGES).map((bin): ProbabilityRange => {
    // The deals are in order of their probability, so that each range is the next stretch of them.
    const own = deals.slice(from, from + bin.forecasts);
    from += bin.forecasts;
    return {
      from: bin.from,
      to: bin.to,
      meanProbability: bin.meanProbability,
      won: rateOf(bin.happened, bin.forecasts),
      ...(keyOf === null ? {} : { deals: own.toSorted((a, b) => a - b).map(keyOf) }),
    };
  });
}

/** Deals of which an earlier export holds a probability while they were open, and those that are decided since. */
export function countRecorded(dataset: Dataset): { readonly recorded: number; readonly resolved: number } {
  const { recorded, decided } = recordedForecasts(dataset);
  return { recorded, resolved: decided };
}

/**
 * Compares the first probability that an earlier export recorded of each deal, its own or else that of its stage, with
 * whether the deal has been won or lost since. One probability a deal: several of one deal would not be independent.
 * Only exports are judged of whose open deals four in five are decided by now; without one all but the counts is 0 or
 * null.
 */
export function calibrationOf(dataset: Dataset, details: boolean): Calibration {
  const recorded = recordedForecasts(dataset);
  const { probabilities, outcomes, left } = recorded;
  const { expected, actual, z } = calibrationTest({ probabilities, outcomes });
  return {
    resolved: probabilities.length,
    won: actual,
    expectedWins: expected,
    z,
    atMost: poissonBinomialAtMost(probabilities, actual),
    atLeast: poissonBinomialAtLeast(probabilities, actual),
    brier: brierParts({ probabilities, outcomes }),
    ranges: rangesOf(recorded, details ? dealKeys(dataset) : null),
    ...left,
  };
}
