import { numberAt } from '../../dataset/cells.ts';
import type { Dataset } from '../../dataset/dataset.ts';
import { currentState, OUTCOME, type Outcome } from '../../dataset/journeys/visits.ts';
import type { Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, type Inline } from '../../report/document.ts';
import { mean } from '../../stats/mean.ts';
import { quantile } from '../../stats/quantile.ts';
import { defineMetric, type FigureFunction, type MetricContext } from '../define.ts';
import { unknownFigure } from '../rate.ts';

/** Calendar days from creation to close. */
export interface CycleTimes {
  /** Deals the times rest on. */
  readonly deals: number;
  readonly meanDays: number | null;
  readonly medianDays: number | null;
  readonly p90Days: number | null;
  /** Deals without a creation or close date. */
  readonly uncomputable: number;
  /** Deals closed before they were created, left out. */
  readonly negative: number;
}

export interface CycleResult {
  /** Field that says when a deal was closed: `closed`, or the planned `close` where there is none. */
  readonly closedField: 'closed' | 'close';
  readonly won: CycleTimes;
  readonly lost: CycleTimes;
}

interface CycleDays {
  readonly days: Float64Array;
  readonly uncomputable: number;
  readonly negative: number;
}

function closedFieldOf(dataset: Dataset): 'closed' | 'close' {
  return dataset.columns.has('closed') ? 'closed' : 'close';
}

function cycleDays(
  dataset: Dataset,
  outcomes: Uint8Array,
  outcome: Outcome,
  select: Uint8Array | null,
): CycleDays | null {
  const created = dataset.columns.get('created');
  const closed = dataset.columns.get(closedFieldOf(dataset));
  if (created?.type !== 'date' || closed?.type !== 'date') return null;
  const days = new Float64Array(dataset.rowCount);
  let size = 0;
  let uncomputable = 0;
  let negative = 0;
  for (let row = 0; row < dataset.rowCount; row += 1) {
    if (outcomes[row] !== outcome || (select !== null && select[row] !== 1)) continue;
    const duration = numberAt(closed, row) - numberAt(created, row);
    if (Number.isNaN(duration)) uncomputable += 1;
    else if (duration < 0) negative += 1;
    else {
      days[size] = duration;
      size += 1;
    }
  }
  return { days: days.subarray(0, size), uncomputable, negative };
}

function timesOf({ days, uncomputable, negative }: CycleDays): CycleTimes {
  return {
    deals: days.length,
    meanDays: mean(days),
    medianDays: quantile(days, 0.5),
    p90Days: quantile(days, 0.9),
    uncomputable,
    negative,
  };
}

function compute({ dataset }: MetricContext): CycleResult | null {
  const { outcome } = currentState(dataset);
  const won = cycleDays(dataset, outcome, OUTCOME.won, null);
  const lost = cycleDays(dataset, outcome, OUTCOME.lost, null);
  if (won === null || lost === null) return null;
  return { closedField: closedFieldOf(dataset), won: timesOf(won), lost: timesOf(lost) };
}

const cycleFigure: FigureFunction = (_args, { dataset, select, quantile: level }) => {
  const won = cycleDays(dataset, currentState(dataset).outcome, OUTCOME.won, select);
  if (won === null) return unknownFigure('days', 'snapshot');
  return { ...unknownFigure('days', 'snapshot', won.days.length), value: quantile(won.days, level ?? 0.5) };
};

const TITLE: Text = { en: 'Sales cycle', zh: '成交周期' };
const WON: Text = {
  en: 'Won: median {median}, mean {mean}, 90% within {p90} ({deals} deals)',
  zh: '赢单：中位数 {median}，平均 {mean}，90% 在 {p90}以内（{deals} 单）',
};
const LOST: Text = {
  en: 'Lost: median {median}, mean {mean}, 90% within {p90} ({deals} deals)',
  zh: '输单：中位数 {median}，平均 {mean}，90% 在 {p90}以内（{deals} 单）',
};
const SET_ASIDE: Text = {
  en: 'Left out: {uncomputable} without a date, {negative} closed before they were created',
  zh: '未计入：缺日期 {uncomputable} 单，关闭早于创建 {negative} 单',
};

function timesText(text: Text, times: CycleTimes, translator: Translator): string {
  return translator.text(text, {
    median: translator.days(times.medianDays),
    mean: translator.days(times.meanDays),
    p90: translator.days(times.p90Days),
    deals: times.deals,
  });
}

function blocks({ won, lost }: CycleResult, translator: Translator): Block[] {
  const uncomputable = won.uncomputable + lost.uncomputable;
  const negative = won.negative + lost.negative;
  const items: Inline[] = [timesText(WON, won, translator), timesText(LOST, lost, translator)];
  if (uncomputable + negative > 0) {
    items.push([{ text: translator.text(SET_ASIDE, { uncomputable, negative }), tone: 'muted' }]);
  }
  return [heading(2, translator.text(TITLE)), { type: 'list', items }];
}

export default defineMetric<CycleResult>({
  metric: 'cycle',
  title: TITLE,
  definition: {
    en: 'Calendar days from creation to close, for won and for lost deals. Recent deals count only once they are closed, so the fast ones come first.',
    zh: '从创建到关闭的自然日天数，赢单与输单分开。近期的单关闭后才计入，因此快的先被计入。',
  },
  formula: { en: 'closing day − day created', zh: '关闭日 − 创建日' },
  place: 'main',
  needsStages: true,
  compute,
  blocks,
  figures: { cycle: cycleFigure },
});
