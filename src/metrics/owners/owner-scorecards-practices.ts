import { benjaminiHochberg } from '../../stats/benjamini-hochberg.ts';
import type { Rate } from '../rate.ts';
import type { CardTable, Scorecard } from './owner-scorecards-cards.ts';
import { compareMeans, type MeanDifference } from './owner-scorecards-means.ts';

export const PRACTICES = ['completeness', 'firstStageDays', 'idleDays', 'skipped', 'pastDue'] as const;
export type Practice = (typeof PRACTICES)[number];

/** One habit of the top third of the owners beside that of the rest: the mean over owners, each counting once. */
export interface PracticeDifference extends MeanDifference {
  readonly practice: Practice;
  /** Rates are 0–1. */
  readonly unit: 'rate' | 'days';
  readonly top: number;
  readonly rest: number;
  /** Owners of whom the habit is known. */
  readonly topOwners: number;
  readonly restOwners: number;
  /** Probability adjusted for the number of habits compared (Benjamini and Hochberg). */
  readonly adjusted: number;
  /** Beyond chance: the adjusted probability is below 0.1. */
  readonly stands: boolean;
}

/** What the owners with the best win rates do differently. */
export interface PracticeComparison {
  /** Owners with enough deals to be ranked. */
  readonly ranked: number;
  /** With fewer of them nothing is compared. */
  readonly neededRanked: number;
  /** Whether their win rates differ beyond chance; if not, there is no top to learn from. */
  readonly differ: boolean;
  /** The top third, by rank. */
  readonly top: readonly string[];
  readonly practices: readonly PracticeDifference[];
  /** Habits that the input tells of nobody. */
  readonly unknown: readonly Practice[];
}

/** Of fewer deals a habit of an owner is not told. */
const KNOWN_FROM = 5;
const CHANCE_BELOW = 0.1;

function rateOrNull(rate: Rate | null): number | null {
  return rate === null || rate.of < KNOWN_FROM ? null : rate.value;
}

function daysOrNull(days: Scorecard['idle']): number | null {
  return days === null || days.deals < KNOWN_FROM ? null : days.medianDays;
}

const HABITS: Readonly<Record<Practice, (card: Scorecard) => number | null>> = {
  completeness: ({ completeness }) => rateOrNull(completeness),
  firstStageDays: ({ firstStage }) => daysOrNull(firstStage),
  idleDays: ({ idle }) => daysOrNull(idle),
  skipped: ({ skipped }) => rateOrNull(skipped),
  pastDue: ({ pastDue }) => rateOrNull(pastDue),
};

/** Whether the input tells of the habit at all. */
const IS_TOLD: Readonly<Record<Practice, (card: Scorecard) => boolean>> = {
  completeness: ({ completeness }) => completeness !== null,
  firstStageDays: ({ firstStage }) => firstStage !== null,
  idleDays: ({ idle }) => idle !== null,
  skipped: ({ skipped }) => skipped !== null,
  pastDue: ({ pastDue }) => pastDue !== null,
};

type Compared = Omit<PracticeDifference, 'adjusted' | 'stands'>;

function compareHabit(practice: Practice, top: readonly Scorecard[], rest: readonly Scorecard[]): Compared | null {
  const habitsOf = (cards: readonly Scorecard[]) => cards.flatMap((card) => HABITS[practice](card) ?? []);
  const [topHabits, restHabits] = [habitsOf(top), habitsOf(rest)];
  const compared = compareMeans(topHabits, restHabits);
  if (compared === null) return null;
  const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    practice,
    unit: practice.endsWith('Days') ? 'days' : 'rate',
    top: meanOf(topHabits),
    rest: meanOf(restHabits),
    topOwners: topHabits.length,
    restOwners: restHabits.length,
    ...compared,
  };
}

/**
 * Compares the habits of the top third of the ranked owners with those of the rest. Each owner counts once, so that one
 * with many deals does not stand for all; the deals of an owner are no independent evidence of what top owners do.
 */
export function comparePractices({ cards, ranking }: Pick<CardTable, 'cards' | 'ranking'>): PracticeComparison {
  const { rankable, neededRankable, isRanked } = ranking;
  const unknown = PRACTICES.filter((practice) => cards.every((card) => !IS_TOLD[practice](card)));
  const base = { ranked: rankable, neededRanked: neededRankable, differ: isRanked, unknown };
  if (!isRanked) return { ...base, top: [], practices: [] };
  const ranked = cards.filter(({ rank }) => rank !== null).toSorted((a, b) => a.rank! - b.rank!);
  const size = Math.floor(ranked.length / 3);
  const [top, rest] = [ranked.slice(0, size), ranked.slice(size)];
  const compared = PRACTICES.flatMap((practice) => compareHabit(practice, top, rest) ?? []);
  const adjusted = benjaminiHochberg(compared.map(({ probability }) => probability));
  return {
    ...base,
    top: top.map(({ value }) => value),
    practices: compared.map((practice, index) => ({
      ...practice,
      adjusted: adjusted[index]!,
      stands: adjusted[index]! < CHANCE_BELOW,
    })),
  };
}
