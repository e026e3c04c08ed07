import type { Dataset } from '../../dataset/dataset.ts';
import { currentState, OUTCOME } from '../../dataset/journeys/visits.ts';
import { say, type Text } from '../../i18n/text.ts';
import {
  aalenJohansen,
  type Cause,
  type IncidenceCurves,
  incidenceAt,
  incidenceIntervalAt,
  openAt,
} from '../../stats/competing-risks.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { lackOfTime } from '../dwell/log-time.ts';
import { type CreatedCohort, createdCohort } from '../win/win-rate-cohort.ts';
import { stageWindow } from './cohort-rates.ts';
import { CAUSE } from './conversion-cohorts.ts';
import { countStanding } from './conversion-counts.ts';
import { outcomeOverTimeBlocks } from './outcome-over-time-blocks.ts';

/** A share of all deals that have one outcome by a day. */
export interface OutcomeShare {
  readonly value: number;
  /** All deals of the curve, those still open included. */
  readonly of: number;
  readonly interval: readonly [number, number] | null;
}

/** What became of the deals by one day after they were created; the three shares add up to 1. */
export interface OutcomePoint {
  readonly days: number;
  /** Deals that are known to have been open up to that day. */
  readonly atRisk: number;
  readonly won: OutcomeShare;
  readonly lost: OutcomeShare;
  readonly open: number;
}

export interface OutcomeOverTime {
  readonly deals: number;
  readonly won: number;
  readonly lost: number;
  /** Neither won nor lost, dormant ones included. */
  readonly open: number;
  /** Deals without the dates it takes, or with dates that contradict each other. */
  readonly undatedDeals: number;
  /** Deals whose outcome is not known, as their stage is missing or not in the stage list. */
  readonly unplacedDeals: number;
  readonly windowDays: number | null;
  readonly windowFrom: 'given' | 'p90' | null;
  /** Usual days and the window, as far as enough deals were followed. */
  readonly points: readonly OutcomePoint[];
  /** Days that are left out as too few deals were followed for so long. */
  readonly untold: readonly number[];
  /** Where the curve ends: the last day up to which enough deals were followed; null where there never were enough. */
  readonly plateau: OutcomePoint | null;
}

const USUAL_DAYS = [30, 60, 90, 180, 365];
/** With fewer deals at risk the end of a curve is noise. */
const LEAST_AT_RISK = 10;

/** The curves of all deals from creation: cause 1 is won, cause 2 lost; open deals are censored on the as-of day. */
export function outcomeCurves({ eventDays, cause }: CreatedCohort): IncidenceCurves {
  return aalenJohansen(eventDays, cause);
}

function pointOf(curves: IncidenceCurves, days: number, atRisk: number): OutcomePoint {
  const shareOf = (cause: Cause): OutcomeShare => ({
    value: incidenceAt(curves, cause, days),
    of: curves.observations,
    interval: incidenceIntervalAt(curves, cause, days),
  });
  return { days, atRisk, won: shareOf(1), lost: shareOf(2), open: openAt(curves, days) };
}

/** How many deals lasted that long, and whether any is open and has not been followed for so long. */
function followedTo({ eventDays, cause }: CreatedCohort, days: number) {
  let atRisk = 0;
  let isComplete = true;
  for (let member = 0; member < eventDays.length; member += 1) {
    if (eventDays[member]! >= days) atRisk += 1;
    else if (cause[member] === CAUSE.pending) isComplete = false;
  }
  return { atRisk, isComplete };
}

function plateauOf(curves: IncidenceCurves): OutcomePoint | null {
  const last = curves.atRisk.findLastIndex((deals) => deals >= LEAST_AT_RISK);
  return last < 0 ? null : pointOf(curves, curves.times[last]!, curves.atRisk[last]!);
}

function compute({ dataset, windowDays: given }: MetricContext): OutcomeOverTime {
  const cohort = createdCohort(dataset);
  const { advanced, lostHere, pending } = countStanding(cohort);
  const windowDays = stageWindow(cohort, given);
  const curves = outcomeCurves(cohort);
  const wanted = [...new Set([...USUAL_DAYS, ...(windowDays === null ? [] : [windowDays])])].sort((a, b) => a - b);
  const points: OutcomePoint[] = [];
  const untold: number[] = [];
  for (const days of wanted) {
    const { atRisk, isComplete } = followedTo(cohort, days);
    // Where every deal has been followed for so long it is a plain share, however few are left.
    if (cohort.deal.length > 0 && (atRisk >= LEAST_AT_RISK || isComplete)) points.push(pointOf(curves, days, atRisk));
    else untold.push(days);
  }
  return {
    deals: cohort.deal.length,
    won: advanced,
    lost: lostHere,
    open: pending,
    undatedDeals: cohort.undatedDeals,
    unplacedDeals: currentState(dataset).outcome.reduce((total, each) => total + Number(each === OUTCOME.unknown), 0),
    windowDays,
    windowFrom: windowDays === null ? null : given === null ? 'p90' : 'given',
    points,
    untold,
    plateau: plateauOf(curves),
  };
}

function missing({ dataset }: { readonly dataset: Dataset }): Text | null {
  const { journeys, columns } = dataset;
  if (journeys !== null) return lackOfTime(journeys);
  if (columns.get('created')?.type !== 'date') return say('no column for the creation date', '没有创建日期列');
  const hasClosing = ['closed', 'close'].some((field) => columns.get(field)?.type === 'date');
  return hasClosing ? null : say('no column for the closing date', '没有关闭日期列');
}

export default defineMetric<OutcomeOverTime>({
  metric: 'outcomeOverTime',
  title: say('Outcome over time', '商机结局随时间变化'),
  definition: say(
    'Of all deals from the day they were created: the share won, lost and still open by a number of days. Open deals count for as long as they have been followed (Aalen–Johansen), neither as lost nor left out.',
    '全部单从创建日起，到第若干天时赢单、输单、仍在途各占多少。在途单按已观察的时长计入（Aalen–Johansen 估计），既不算输，也不剔除。',
  ),
  formula: say(
    'Σ share still open before the day × won (or lost) on the day ÷ followed on the day',
    'Σ 前一日仍在途的比例 × 当日赢单（或输单）÷ 当日仍在观察的单',
  ),
  place: 'further',
  needsStages: true,
  missing,
  compute,
  blocks: outcomeOverTimeBlocks,
});
