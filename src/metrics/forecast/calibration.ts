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
  /** Left out: not decided yet; not in the list any more; closed before the export says they were open; no probability at all (above 100 %). */
  readonly undecided: number;
  readonly gone: number;
  readonly closedBefore: number;
  readonly notAProbability: number;
}

const RANGES = 5;

/** The first probability that was recorded of each deal while it was open. */
interface Recorded {
  /** Row of the deal, ascending probability: sums do not depend on the order of the rows. */
  readonly deals: readonly number[];
  readonly probabilities: Float64Array;
  readonly outcomes: Uint8Array;
  readonly left: Pick<
    Calibration,
    'ownProbabilities' | 'stageProbabilities' | 'undecided' | 'gone' | 'closedBefore' | 'notAProbability'
  >;
}

/** Deals of any export that the list does not have any more and that were open then, each counted once. */
function countGone(dataset: Dataset, exports: readonly PastExport[]): number {
  const gone = new Set<string>();
  for (const past of exports) {
    for (const row of past.firstRows) {
      if (past.dealOfRow[row]! >= 0 || kindThen(dataset, past, row) !== 'open') continue;
      gone.add(past.key.texts[past.key.codes[row]!]!);
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

// Asked for by what is missing and by the figures; datasets never change once they are built.
const known = new WeakMap<Dataset, Recorded>();

function recordedForecasts(dataset: Dataset): Recorded {
  const read = known.get(dataset) ?? readForecasts(dataset);
  known.set(dataset, read);
  return read;
}

function readForecasts(dataset: Dataset): Recorded {
  const exports = pastExports(dataset);
  const { chances, isOwn, recordedOn } = firstChances(dataset, exports);
  const { outcome } = currentState(dataset);
  const closed = dataset.columns.get('closed');
  const left = { undecided: 0, closedBefore: 0, notAProbability: 0 };
  const deals: number[] = [];
  for (let deal = 0; deal < chances.length; deal += 1) {
    const chance = chances[deal]!;
    if (Number.isNaN(chance)) continue;
    const isDecided = outcome[deal] === OUTCOME.won || outcome[deal] === OUTCOME.lost;
    if (!(chance >= 0 && chance <= 1)) left.notAProbability += 1;
    else if (!isDecided) left.undecided += 1;
    // What was written down after the fact is no forecast, whatever the export says of the stage.
    else if (numberAt(closed, deal) < recordedOn[deal]!) left.closedBefore += 1;
    else deals.push(deal);
  }
  deals.sort((a, b) => chances[a]! - chances[b]! || a - b);
  const own = deals.reduce((count, deal) => count + isOwn[deal]!, 0);
  return {
    deals,
    probabilities: Float64Array.from(deals, (deal) => chances[deal]!),
    outcomes: Uint8Array.from(deals, (deal) => Number(outcome[deal] === OUTCOME.won)),
    left: {
      ...left,
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
  const { deals, left } = recordedForecasts(dataset);
  const recorded = deals.length + left.undecided + left.closedBefore + left.notAProbability;
  return { recorded, resolved: deals.length };
}

/**
 * Compares the first probability that an earlier export recorded of each deal, its own or else that of its stage, with
 * whether the deal has been won or lost since. One probability a deal: several of one deal would not be independent.
 * All but the
 * counts is 0 or null where none is decided yet.
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
