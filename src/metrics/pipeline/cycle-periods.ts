import type { Dataset } from '../../dataset/dataset.ts';
import { currentState, OUTCOME, stayDays } from '../../dataset/journeys/visits.ts';
import { periodStart, shiftPeriods } from '../../dataset/values/periods.ts';
import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, paragraph, span, type TableBlock } from '../../report/document.ts';
import type { Period } from '../../ruleset/expression/expression.ts';
import { quantile } from '../../stats/quantile.ts';
import { closedDays } from '../closing-days.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { isFromFirstExport } from '../first-export.ts';
import { periodLabel } from '../forecast/forecast-period.ts';
import { numbersOf } from './pipeline-rows.ts';

/** The deals created in one period. */
export interface CyclePeriod {
  readonly period: string;
  readonly created: number;
  readonly won: number;
  readonly lost: number;
  readonly open: number;
  /** Of the deals won so far. */
  readonly medianWonDays: number | null;
  /** All its deals have had the time in which 90 % of the won ones were won: its median will hardly rise. */
  readonly isMatured: boolean;
}

/** What one stage takes of the cycle of the won deals. */
export interface StageShare {
  readonly stage: string;
  readonly days: number;
  /** Of all days the won deals spent in open stages; null where they spent none. */
  readonly share: number | null;
}

export interface CyclePeriodsResult {
  readonly length: Period;
  /** 90th percentile of the cycles of the won deals; null without any. */
  readonly maturityDays: number | null;
  /** The latest 12 periods in which deals were created, oldest first. */
  readonly periods: readonly CyclePeriod[];
  /** In funnel order; null without a change log, and where earlier exports follow no won deal from its creation on. */
  readonly stages: readonly StageShare[] | null;
}

const TITLE: Text = { en: 'Sales cycle by period created', zh: '按创建时间看成交周期' };
const MOST_PERIODS = 12;

interface Cohort {
  readonly counts: { created: number; won: number; lost: number; open: number };
  readonly wonDays: number[];
}

function cohortsOf(dataset: Dataset, length: Period): ReadonlyMap<number, Cohort> {
  const created = numbersOf(dataset, 'created');
  const closed = closedDays(dataset);
  const { outcome } = currentState(dataset);
  const cohorts = new Map<number, Cohort>();
  // Days repeat, and to tell the period of one takes the calendar.
  const starts = new Map<number, number>();
  for (let row = 0; row < dataset.rowCount; row += 1) {
    const day = created[row]!;
    if (!(day <= dataset.asOfDay)) continue;
    const start = starts.get(day) ?? periodStart(day, length);
    starts.set(day, start);
    const cohort = cohorts.get(start) ?? { counts: { created: 0, won: 0, lost: 0, open: 0 }, wonDays: [] };
    cohorts.set(start, cohort);
    cohort.counts.created += 1;
    if (outcome[row] === OUTCOME.lost) cohort.counts.lost += 1;
    if (outcome[row] === OUTCOME.open) cohort.counts.open += 1;
    if (outcome[row] !== OUTCOME.won) continue;
    cohort.counts.won += 1;
    if (closed[row]! >= day) cohort.wonDays.push(closed[row]! - day);
  }
  return cohorts;
}

function stageShares(dataset: Dataset): readonly StageShare[] | null {
  const { journeys, stages, asOfDay } = dataset;
  if (journeys === null) return null;
  const { outcome } = currentState(dataset);
  const days = new Float64Array(stages.length);
  for (let deal = 0; deal < dataset.rowCount; deal += 1) {
    if (outcome[deal] !== OUTCOME.won) continue;
    // What a deal did before the first export is unknown, and with it how its stages share its time.
    if (isFromFirstExport(dataset, journeys.offsets[deal]!, deal)) continue;
    for (let stay = journeys.offsets[deal]!; stay < journeys.offsets[deal + 1]!; stay += 1) {
      const stage = journeys.stage[stay]!;
      if (stages[stage]!.kind === 'open') days[stage]! += stayDays(journeys, stay, asOfDay);
    }
  }
  const all = days.reduce((sum, each) => sum + each, 0);
  if (journeys.from === 'snapshots' && all === 0) return null;
  return stages.flatMap(({ id, kind }, stage) =>
    kind === 'open' ? [{ stage: id, days: days[stage]!, share: all > 0 ? days[stage]! / all : null }] : [],
  );
}

function compute({ dataset, period }: MetricContext): CyclePeriodsResult {
  const cohorts = cohortsOf(dataset, period);
  const maturityDays = quantile(
    [...cohorts.values()].flatMap(({ wonDays }) => wonDays),
    0.9,
  );
  const starts = [...cohorts.keys()].sort((a, b) => a - b).slice(-MOST_PERIODS);
  return {
    length: period,
    maturityDays,
    periods: starts.map((start) => {
      const { counts, wonDays } = cohorts.get(start)!;
      const lastDay = shiftPeriods(start, period, 1) - 1;
      return {
        period: periodLabel(start, period),
        ...counts,
        medianWonDays: quantile(wonDays, 0.5),
        isMatured: maturityDays !== null && lastDay + maturityDays <= dataset.asOfDay,
      };
    }),
    stages: stageShares(dataset),
  };
}

/** Whether a won deal has both dates, the wrong way round. */
function areBackwards(dataset: Dataset): boolean {
  const created = numbersOf(dataset, 'created');
  const { outcome } = currentState(dataset);
  return closedDays(dataset).some((day, row) => outcome[row] === OUTCOME.won && day < created[row]!);
}

function missing({ dataset }: MetricContext): Text | null {
  if (!dataset.columns.has('created')) return say('no column for the creation date', '没有创建日期列');
  const hasClosing = dataset.columns.has('closed') || dataset.columns.has('close');
  if (!hasClosing && dataset.journeys === null) return say('no column for the closing date', '没有关闭日期列');
  const cohorts = [...cohortsOf(dataset, 'year').values()];
  const isTimeless =
    cohorts.some(({ counts }) => counts.won > 0) && cohorts.every(({ wonDays }) => wonDays.length === 0);
  return isTimeless && areBackwards(dataset)
    ? say('every closed deal was closed before it was created', '已关闭的单的关闭日都早于创建日')
    : null;
}

const COLUMNS = {
  period: { en: 'Created', zh: '创建于' },
  created: { en: 'Deals', zh: '单数' },
  won: { en: 'Won', zh: '赢单' },
  lost: { en: 'Lost', zh: '输单' },
  open: { en: 'Open', zh: '在途' },
  median: { en: 'Median of won', zh: '赢单周期中位数' },
  state: { en: 'State', zh: '状态' },
} as const satisfies Record<string, Text>;
const MATURED: Text = { en: 'matured', zh: '已成熟' };
const TOO_YOUNG: Text = { en: 'too young, looks fast', zh: '太新，偏快' };
const NOTE: Text = {
  en: 'A period is matured once all its deals have had {days}, in which 90% of the won deals were won.',
  zh: '期内全部单都已满 {days}（90% 的赢单在此天数内成交）才算成熟。',
};
const STAGES: Text = { en: 'Share of the cycle of won deals: {list}', zh: '赢单周期的阶段占比：{list}' };
const STAGE: Text = { en: '{stage} {share}', zh: '{stage} {share}' };

function blocks({ periods, maturityDays, stages }: CyclePeriodsResult, translator: Translator): Block[] {
  const priorities = { period: 0, created: 1, won: 0, lost: 3, open: 2, median: 0, state: 0 } as const;
  const table: TableBlock = {
    type: 'table',
    columns: (Object.keys(priorities) as (keyof typeof priorities)[]).map((column) => ({
      title: translator.text(COLUMNS[column]),
      align: column === 'period' || column === 'state' ? 'left' : 'right',
      priority: priorities[column],
    })),
    rows: periods.map(({ period, created, won, lost, open, medianWonDays, isMatured }) => [
      period,
      ...[created, won, lost, open].map((count) => translator.number(count)),
      translator.days(medianWonDays),
      isMatured ? translator.text(MATURED) : [span(translator.text(TOO_YOUNG), 'muted')],
    ]),
  };
  const list = (stages ?? []).map(({ stage, share }) =>
    translator.text(STAGE, { stage: { stage }, share: translator.percent(share, 0) }),
  );
  return [
    heading(2, translator.text(TITLE)),
    table,
    ...(maturityDays === null ? [] : [paragraph(translator.text(NOTE, { days: { days: maturityDays } }))]),
    ...(list.length === 0 ? [] : [paragraph(translator.text(STAGES, { list: { list } }))]),
  ];
}

export default defineMetric<CyclePeriodsResult>({
  metric: 'cyclePeriods',
  title: TITLE,
  definition: {
    en: 'Days from creation to close of the won deals by the period they were created in, and which stages take the time. Young periods look fast because only their fast deals have closed.',
    zh: '按创建时间分期看赢单从创建到关闭的天数，以及时间花在哪些阶段。新近的期间看起来快，因为只有快的单先关闭。',
  },
  formula: {
    en: 'median of closing day − day created; stage share: days in the stage ÷ days in all open stages',
    zh: '（关闭日 − 创建日）的中位数；阶段占比：在该阶段的天数 ÷ 在全部在途阶段的天数',
  },
  place: 'further',
  needsStages: true,
  missing,
  compute,
  blocks,
});
