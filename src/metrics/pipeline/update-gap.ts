import type { Dataset } from '../../dataset/dataset.ts';
import { type DealLog, dealLogOf } from '../../dataset/journeys/deal-log.ts';
import { currentState, OUTCOME } from '../../dataset/journeys/visits.ts';
import { DAY_MILLIS } from '../../dataset/values/calendar.ts';
import { kaplanMeier, type SurvivalCurve, survivalQuantile, survivalQuantileInterval } from '../../stats/survival.ts';
import type { FigureFunction } from '../define.ts';
import { unknownFigure } from '../rate.ts';

interface Gaps {
  readonly days: Float64Array;
  /** 1 where the next update came, 0 where an open deal still waits for it. */
  readonly ended: Uint8Array;
}

/** Days from one update of a deal to its next; updates on one day are one sitting. */
function collectGaps(
  { outcome }: { readonly outcome: Uint8Array },
  dataset: Dataset,
  log: DealLog,
  select: Uint8Array,
) {
  const { offsets, rows, millis } = log;
  // A deal has at most as many gaps as rows: one after each.
  const days = new Float64Array(rows.length);
  const ended = new Uint8Array(rows.length);
  let gaps = 0;
  for (let deal = 0; deal < select.length; deal += 1) {
    const after = offsets[deal + 1]!;
    if (select[deal] !== 1 || after === offsets[deal]) continue;
    let last = Math.floor(millis[rows[offsets[deal]!]!]! / DAY_MILLIS);
    for (let index = offsets[deal]! + 1; index < after; index += 1) {
      const day = Math.floor(millis[rows[index]!]! / DAY_MILLIS);
      if (day === last) continue;
      days[gaps] = day - last;
      ended[gaps] = 1;
      gaps += 1;
      last = day;
    }
    if (outcome[deal] !== OUTCOME.open || dataset.asOfDay === last) continue;
    days[gaps] = dataset.asOfDay - last;
    gaps += 1;
  }
  return { days: days.subarray(0, gaps), ended: ended.subarray(0, gaps) } satisfies Gaps;
}

/**
 * Median days between the updates of a deal, by the change log: the Kaplan–Meier median, in which an open deal that
 * waits for its next update counts as still waiting. Where the curve does not come down to it the median is not known:
 * it exceeds the time up to which waits were observed to last (the lower limit of the interval), by nobody knows how
 * much.
 */
const updateGap: FigureFunction = (_args, { dataset, select, quantile }) => {
  const log = dealLogOf(dataset);
  if (log === null) return unknownFigure('days', 'snapshot');
  const { days, ended } = collectGaps(currentState(dataset), dataset, log, select);
  const figure = unknownFigure('days', 'history', days.length);
  if (days.length === 0) return figure;
  const curve = kaplanMeier(days, ended);
  const share = quantile ?? 0.5;
  const [low, high] = survivalQuantileInterval(curve, share);
  const value = survivalQuantile(curve, share);
  const least = low ?? leastQuantile(curve, share);
  return { ...figure, value, interval: [Math.min(least, value ?? least), high ?? Number.POSITIVE_INFINITY] };
};

/**
 * The lower limit of a quantile whose curve never comes down far enough for one: the last time up to which so many waits
 * were watched that, had the share ended by then, at least one end would have been seen with a probability of 95 %.
 */
function leastQuantile({ times, atRisk }: SurvivalCurve, share: number): number {
  const enough = Math.log(0.05) / Math.log(1 - share);
  return times[atRisk.findLastIndex((waits) => waits >= enough)] ?? 0;
}

/** Figures of how often deals are updated. */
export const UPDATE_FIGURES: Readonly<Record<string, FigureFunction>> = { update_gap: updateGap };
