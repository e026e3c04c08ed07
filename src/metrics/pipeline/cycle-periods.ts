import type { Dataset } from '../../dataset/dataset.ts';
import { currentState, OUTCOME, stayDays } from '../../dataset/journeys/visits.ts';
import { shiftPeriods } from '../../dataset/values/periods.ts';
import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, paragraph, span, type TableBlock } from '../../report/document.ts';
import type { Period } from '../../ruleset/expression/expression.ts';
import { quantile } from '../../stats/quantile.ts';
import { type ValuesByGroup, valuesByGroup } from '../../stats/values-by-group.ts';
import { closedDays } from '../closing-days.ts';
import { periodsOfDays } from '../day-periods.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { isFromFirstExport } from '../first-export.ts';
import { periodLabel } from '../forecast/forecast-period.ts';
import { numbersOf } from '../row-facts.ts';

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

/** The deals created up to the as-of day, by period. */
interface Cohorts {
  /** First days of the periods, in order of time. */
  readonly starts: readonly number[];
  /** Deals of each outcome at `period * OUTCOMES + outcome`. */
  readonly dealsBy: Int32Array;
  /** Cycles of the won deals. */
  readonly wonDays: ValuesByGroup;
}

const OUTCOMES = Object.keys(OUTCOME).length;

function cohortsOf(dataset: Dataset, length: Period): Cohorts {
  const created = numbersOf(dataset, 'created');
  const closed = closedDays(dataset);
  const { outcome } = currentState(dataset);
  const { starts, indexOf } = periodsOfDays(created, length);
  const dealsBy = new Int32Array(starts.length * OUTCOMES);
  const days = new Float64Array(dataset.rowCount).fill(Number.NaN);
  for (let row = 0; row < days.length; row += 1) {
    const day = created[row]!;
    if (!(day <= dataset.asOfDay)) continue;
    dealsBy[indexOf[row]! * OUTCOMES + outcome[row]!]! += 1;
    if (outcome[row] === OUTCOME.won && closed[row]! >= day) days[row] = closed[row]! - day;
  }
  return { starts, dealsBy, wonDays: valuesByGroup(days, indexOf, starts.length) };
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
  const { starts, dealsBy, wonDays } = cohortsOf(dataset, period);
  const maturityDays = quantile(wonDays.values, 0.9);
  const dealsOf = (index: number): Int32Array => dealsBy.subarray(index * OUTCOMES, (index + 1) * OUTCOMES);
  const createdOf = (index: number): number => dealsOf(index).reduce((sum, deals) => sum + deals, 0);
  const filled = [...starts.keys()].filter((index) => createdOf(index) > 0);
  return {
    length: period,
    maturityDays,
    periods: filled.slice(-MOST_PERIODS).map((index) => {
      const start = starts[index]!;
      const deals = dealsOf(index);
      const lastDay = shiftPeriods(start, period, 1) - 1;
      return {
        period: periodLabel(start, period),
        created: createdOf(index),
        won: deals[OUTCOME.won]!,
        lost: deals[OUTCOME.lost]!,
        open: deals[OUTCOME.open]!,
        medianWonDays: quantile(wonDays.ofGroup(index), 0.5),
        isMatured: maturityDays !== null && lastDay + maturityDays <= dataset.asOfDay,
      };
    }),
    stages: stageShares(dataset),
  };
}

/** Whether deals are won, none of them after it was created, and one before. */
function areBackwards(dataset: Dataset): boolean {
  const created = numbersOf(dataset, 'created');
  const closed = closedDays(dataset);
  const { outcome } = currentState(dataset);
  let isWon = false;
  let isBackwards = false;
  for (let row = 0; row < dataset.rowCount; row += 1) {
    if (outcome[row] !== OUTCOME.won) continue;
    if (closed[row]! < created[row]!) isBackwards = true;
    if (!(created[row]! <= dataset.asOfDay)) continue;
    if (closed[row]! >= created[row]!) return false;
    isWon = true;
  }
  return isWon && isBackwards;
}

function missing({ dataset }: MetricContext): Text | null {
  if (!dataset.columns.has('created')) return say('no column for the creation date', '没有创建日期列');
  const hasClosing = dataset.columns.has('closed') || dataset.columns.has('close');
  if (!hasClosing && dataset.journeys === null) return say('no column for the closing date', '没有关闭日期列');
  return areBackwards(dataset)
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
