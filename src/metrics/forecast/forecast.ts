import { type DealFacts, dealFacts } from '../../dataset/deal-facts.ts';
import { say, type Text } from '../../i18n/text.ts';
import { amountsOfRows } from '../amounts.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { dealsInCurrencies } from '../pipeline/pipeline-rows.ts';
import { topRows } from '../pipeline/pipeline-top-deals.ts';
import type { Basis } from '../rate.ts';
import { forecastBlocks } from './forecast-blocks.ts';
import { type CurrencyForecast, currencyForecast, forecastColumns } from './forecast-counts.ts';
import { DUE, rowsByDue } from './forecast-due.ts';
import { type RunningPeriod, runningPeriod } from './forecast-period.ts';

export interface ForecastResult {
  /** What the historical model rests on. */
  readonly basis: Basis;
  readonly period: RunningPeriod;
  /** Open deals due in the period; or all open deals, where the file has no close dates. */
  readonly scope: 'due' | 'allOpen';
  /** Probability that the ranges hold: 0.95. */
  readonly level: number;
  /** In order of the currency codes. */
  readonly currencies: readonly CurrencyForecast[];
  /** Open deals whose close date is past, the greatest amounts first; no more than 50. */
  readonly pastDueDeals: readonly DealFacts[];
  /** Open deals without a close date, in no forecast; 0 where the file has no close dates at all. */
  readonly withoutDate: number;
  readonly withoutDateAmounts: Readonly<Record<string, number>>;
  /** Open deals due after the period, in no forecast. */
  readonly laterDeals: number;
}

const MOST_LISTED = 50;
const LEVEL = 0.95;

function missing({ dataset }: MetricContext): Text | null {
  if (!dataset.columns.has('amount')) return say('no column for the amount', '没有金额列');
  if (dealsInCurrencies(dataset).length === 0) return say('no readable amounts', '没有可识别的金额');
  return null;
}

function compute({ dataset, period: asked, details }: MetricContext): ForecastResult {
  const running = runningPeriod(dataset.asOfDay, asked);
  const due = rowsByDue(dataset, running);
  const columns = forecastColumns(dataset, running, due);
  const currencies = dealsInCurrencies(dataset).map((group) => currencyForecast(columns, group, details));
  const { amounts } = columns;
  const first = topRows(dataset, due[DUE.pastDue]!, (row) => amounts[row]!, MOST_LISTED);
  const withoutDate = amountsOfRows(dataset, due[DUE.withoutDate]!);
  return {
    basis: dataset.journeys === null ? 'snapshot' : 'history',
    period: running.period,
    scope: dataset.columns.has('close') ? 'due' : 'allOpen',
    level: LEVEL,
    currencies,
    pastDueDeals: first.map(dealFacts(dataset)),
    withoutDate: withoutDate.deals,
    withoutDateAmounts: withoutDate.amounts,
    laterDeals: due[DUE.later]!.length,
  };
}

export default defineMetric<ForecastResult>({
  metric: 'forecast',
  title: { en: 'Forecast', zh: '业绩预测' },
  definition: {
    en: 'What the open deals due by the end of the running month (or quarter, or year, as figures are shown by) will bring, four ways side by side, and what is won in it already. Deals whose close date is past are listed, not rolled on.',
    zh: '预计在本月（或按报告周期为本季度、本年）底前成交的在途单将带来的金额，四种算法并列，并加上期内已赢的金额。预计成交日已过的单列出来，不自动顺延。',
  },
  formula: {
    en: 'Σ amount × chance; by stage: its probability; manual: the deal’s own; commit: 1 or 0; historical: what became of deals of that stage and age',
    zh: 'Σ 金额 × 赢率；阶段权重：阶段赢率；人工权重：单上填写的赢率；人工承诺：1 或 0；历史：同阶段、同停留时长的单后来的结果',
  },
  place: 'main',
  needsStages: true,
  missing,
  compute,
  blocks: forecastBlocks,
});
