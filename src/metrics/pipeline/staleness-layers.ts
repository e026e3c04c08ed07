import type { Dataset } from '../../dataset/dataset.ts';
import { currentState } from '../../dataset/journeys/visits.ts';
import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type BarsBlock, type Block, heading, type Inline } from '../../report/document.ts';
import { quantile } from '../../stats/quantile.ts';
import { type AmountGroup, amountsText, sumAmounts } from '../amounts.ts';
import { keysOf } from '../deals-behind.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { type Rate, rateOf, shareOf } from '../rate.ts';
import { openRowsOf, rowsWith } from '../row-facts.ts';
import { countOutcomes } from '../win/win-rate-counts.ts';
import { activityDays, CHANGE_SOURCES, type ChangeSource, meaningfulClock, stageClock } from './pipeline-clocks.ts';

/** Open deals by the days since their last meaningful change. */
export interface StalenessLayer extends AmountGroup {
  /** Days from (included) and below; null for no upper limit. */
  readonly fromDays: number;
  readonly belowDays: number | null;
  readonly share: Rate;
  readonly dealKeys?: readonly string[];
}

/** One of the three clocks of the open deals. */
export interface ClockMedian {
  readonly clock: 'stage' | 'change' | 'activity';
  readonly medianDays: number | null;
  readonly deals: number;
  readonly unknown: number;
}

export interface StalenessResult {
  readonly openDeals: number;
  readonly layers: readonly StalenessLayer[];
  /** Open deals without any date. */
  readonly unknown: number;
  /** What told of the last change, by deals. */
  readonly sources: Readonly<Record<ChangeSource, number>>;
  /** Open deals unchanged for 90 days or more, of those with a date. */
  readonly idle: Rate;
  /** Deals in a stage of rest, of the open ones and these. */
  readonly dormant: Rate;
  readonly clocks: readonly ClockMedian[];
}

const TITLE: Text = { en: 'Staleness layers', zh: '沉睡分层' };
/** First day of each layer. */
const LAYER_STARTS = [0, 90, 180, 366];
const IDLE_FROM_DAYS = 90;

function layerOf(days: number): number {
  return Number.isNaN(days) ? -1 : LAYER_STARTS.findLastIndex((start) => days >= start);
}

function clockMedian(clock: ClockMedian['clock'], days: Float64Array, open: Int32Array): ClockMedian {
  const known = new Float64Array(open.length);
  let deals = 0;
  for (let index = 0; index < open.length; index += 1) {
    const age = days[open[index]!]!;
    if (Number.isNaN(age)) continue;
    known[deals] = age;
    deals += 1;
  }
  return { clock, medianDays: quantile(known.subarray(0, deals), 0.5), deals, unknown: open.length - deals };
}

function layersOf(dataset: Dataset, layer: Int8Array, known: number, details: boolean): StalenessLayer[] {
  const groups = sumAmounts(dataset, layer, LAYER_STARTS.length);
  return groups.map((group, index) => ({
    fromDays: LAYER_STARTS[index]!,
    belowDays: LAYER_STARTS[index + 1] ?? null,
    ...group,
    share: rateOf(group.deals, known),
    ...(details
      ? {
          dealKeys: keysOf(dataset, rowsWith(layer, index)),
        }
      : {}),
  }));
}

function compute({ dataset, details }: MetricContext): StalenessResult | null {
  const { outcome } = currentState(dataset);
  const { days, source } = meaningfulClock(dataset);
  const open = openRowsOf(dataset);
  const layer = new Int8Array(dataset.rowCount).fill(-1);
  const counts = new Int32Array(CHANGE_SOURCES.length);
  let idle = 0;
  for (let index = 0; index < open.length; index += 1) {
    const row = open[index]!;
    layer[row] = layerOf(days[row]!);
    if (source[row]! >= 0) counts[source[row]!]! += 1;
    if (days[row]! >= IDLE_FROM_DAYS) idle += 1;
  }
  const known = counts.reduce((sum, count) => sum + count, 0);
  const dormant = countOutcomes(outcome, null).dormant;
  return {
    openDeals: open.length,
    layers: layersOf(dataset, layer, known, details),
    unknown: open.length - known,
    sources: Object.fromEntries(CHANGE_SOURCES.map((name, index) => [name, counts[index]!])) as Record<
      ChangeSource,
      number
    >,
    idle: rateOf(idle, known),
    dormant: rateOf(dormant, open.length + dormant),
    clocks: [
      clockMedian('stage', stageClock(dataset), open),
      clockMedian('change', days, open),
      clockMedian('activity', activityDays(dataset), open),
    ],
  };
}

function missing({ dataset }: MetricContext): Text | null {
  const hasDates =
    dataset.journeys !== null || ['modified', 'created', 'stage_entered'].some((field) => dataset.columns.has(field));
  return hasDates ? null : say('no column that says when deals were changed', '没有修改日期列');
}

const BELOW: Text = { en: 'under {days}', zh: '{days}以内' };
const BETWEEN: Text = { en: '{from} to under {days}', zh: '{from} 至 {days}以内' };
const FROM: Text = { en: '{days} and more', zh: '{days}及以上' };
const WITH_AMOUNT: Text = { en: '{share} · {amount}', zh: '{share} · {amount}' };
const CLOCKS: Text = {
  en: 'Median of the open deals: {stage} in the stage, {change} since the last change, {activity} since the last activity',
  zh: '在途单中位数：在当前阶段 {stage}，距上次变动 {change}，距上次跟进 {activity}',
};
const SOURCES: Text = {
  en: 'Last change by: stage, amount or close date {change}, record modified {modified}, created {created}, unknown {unknown}',
  zh: '上次变动依据：阶段、金额或预计成交日 {change} 单，修改日期 {modified} 单，创建日期 {created} 单，未知 {unknown} 单',
};
const DORMANT: Text = {
  en: 'Laid to rest: {share} of the open and resting deals',
  zh: '搁置：{share}（占在途与搁置单）',
};

function layerName({ fromDays, belowDays }: StalenessLayer, translator: Translator): string {
  if (belowDays === null) return translator.text(FROM, { days: { days: fromDays } });
  if (fromDays === 0) return translator.text(BELOW, { days: { days: belowDays } });
  return translator.text(BETWEEN, { from: fromDays, days: { days: belowDays } });
}

function blocks(result: StalenessResult, translator: Translator): Block[] {
  const bars: BarsBlock = {
    type: 'bars',
    max: 1,
    rows: result.layers.map((layer, index) => {
      const share = shareOf(layer.share, translator);
      const amount = amountsText(layer.amounts, translator);
      return {
        label: layerName(layer, translator),
        value: layer.share.value,
        text: amount === '' ? share : translator.text(WITH_AMOUNT, { share, amount }),
        tone: index === 0 ? 'good' : index === 1 ? 'plain' : 'warn',
      };
    }),
  };
  const median = (clock: ClockMedian['clock']): string =>
    translator.days(result.clocks.find((each) => each.clock === clock)?.medianDays ?? null);
  const items: Inline[] = [
    translator.text(CLOCKS, { stage: median('stage'), change: median('change'), activity: median('activity') }),
    [{ text: translator.text(SOURCES, { ...result.sources, unknown: result.unknown }), tone: 'muted' }],
  ];
  if (result.dormant.count > 0) items.push(translator.text(DORMANT, { share: shareOf(result.dormant, translator) }));
  return [heading(2, translator.text(TITLE)), bars, { type: 'list', items }];
}

export default defineMetric<StalenessResult>({
  metric: 'stalenessLayers',
  title: TITLE,
  definition: {
    en: 'Open deals by the time since their stage, amount or close date last changed; where no log tells, since the record was modified, else created.',
    zh: '在途单按距上次变动（阶段、金额或预计成交日）的时间分层；没有变更记录时用修改日期，再没有用创建日期。',
  },
  formula: { en: 'as-of day − day of the last meaningful change', zh: '基准日 − 上次有意义变动的日期' },
  place: 'further',
  needsStages: true,
  missing,
  compute,
  blocks,
});
