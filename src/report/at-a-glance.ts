import { say, type Text } from '../i18n/text.ts';
import type { Translator } from '../i18n/translator.ts';
import { amountsText } from '../metrics/amounts.ts';
import type { CompletenessResult } from '../metrics/completeness/completeness.ts';
import { type CompletenessChange, pointsText } from '../metrics/completeness/completeness-change.ts';
import type { ConversionResult } from '../metrics/conversion/conversion.ts';
import type { DwellResult } from '../metrics/dwell/dwell.ts';
import { reliabilityBlocks } from '../metrics/dwell/dwell-reliability-blocks.ts';
import type { ForecastResult } from '../metrics/forecast/forecast.ts';
import type { CurrencyForecast } from '../metrics/forecast/forecast-counts.ts';
import type { ForecastModel } from '../metrics/forecast/forecast-models.ts';
import type { CycleResult } from '../metrics/pipeline/cycle.ts';
import type { FreshnessResult } from '../metrics/pipeline/freshness.ts';
import type { FunnelResult } from '../metrics/pipeline/funnel.ts';
import { closedText, type WinRateResult } from '../metrics/win/win-rate.ts';
import { cohortText } from '../metrics/win/win-rate-cohort.ts';
import { type Block, heading, type Inline, span, type TableColumn } from './document.ts';
import { resultOf } from './metric-result.ts';
import type { AuditReport } from './report.ts';

/** The results that the first screen draws on; each is absent when its metric could not be computed. */
interface Results {
  readonly funnel: FunnelResult | null;
  readonly conversion: ConversionResult | null;
  readonly dwell: DwellResult | null;
  readonly winRate: WinRateResult | null;
  readonly cycle: CycleResult | null;
  readonly forecast: ForecastResult | null;
  readonly completeness: CompletenessResult | null;
  readonly freshness: FreshnessResult | null;
}

function resultsOf(report: AuditReport): Results {
  const of = <Result>(name: string): Result | null => resultOf(report, name);
  return {
    funnel: of('funnel'),
    conversion: of('conversion'),
    dwell: of('dwell'),
    winRate: of('winRate'),
    cycle: of('cycle'),
    forecast: of('forecast'),
    completeness: of('completeness'),
    freshness: of('freshness'),
  };
}

const BAR_CELLS = 16;
const MOST_CURRENCIES = 2;
/** Below this number of deals there is no percentage. */
const PERCENT_FROM = 5;
const FEW_DEALS = say('{n} deals', '{n} 单');
const RATE_OF = say('{rate} (n {n})', '{rate}（n {n}）');
const BOUNDS = say('{low}–{high} (n {n})', '{low}–{high}（n {n}）');

/** A bar of the funnel: at least a sliver for a stage that holds a deal. */
function bar(value: number, greatest: number): string {
  if (value === 0 || greatest === 0) return '';
  return '█'.repeat(Math.max(1, Math.round((value / greatest) * BAR_CELLS)));
}

function goesOnText(stage: string, conversion: ConversionResult | null, translator: Translator): string {
  if (conversion === null) return '';
  if (conversion.basis === 'snapshot') {
    const found = conversion.stages.find((each) => each.stage === stage);
    if (found === undefined || found.stepLow === null || found.stepHigh === null) return translator.value(null);
    if (found.reachedHigh < PERCENT_FROM) return translator.text(FEW_DEALS, { n: found.reachedHigh });
    return translator.text(BOUNDS, {
      low: translator.number(found.stepLow * 100, 0),
      high: translator.percent(found.stepHigh, 0),
      n: found.reachedHigh,
    });
  }
  const found = conversion.stages.find((each) => each.stage === stage);
  if (found === undefined) return '';
  if (found.headline === 'matured' && found.matured !== null && found.matured.value !== null) {
    return translator.text(RATE_OF, { rate: translator.percent(found.matured.value, 0), n: found.matured.of });
  }
  if (found.estimated === null) return translator.value(null);
  if (found.estimated.of < PERCENT_FROM) return translator.share(found.toDate.count, found.toDate.of);
  return translator.text(RATE_OF, { rate: `≈${translator.percent(found.estimated.value, 0)}`, n: found.estimated.of });
}

function medianText(stage: string, dwell: DwellResult | null, translator: Translator): string {
  if (dwell === null || dwell.basis === 'snapshot') return '';
  const found = dwell.stages.find((each) => each.stage === stage);
  return found === undefined ? '' : translator.days(found.medianDays);
}

function stalledText(stage: string, dwell: DwellResult | null, translator: Translator): Inline {
  if (dwell === null || dwell.basis === 'snapshot') return '';
  const found = dwell.stages.find((each) => each.stage === stage);
  if (found === undefined || found.thresholdDays === null) return '';
  const { count, of } = found.stalled;
  const text = translator.text(say('{count} of {of}', '{count}/{of}'), { count, of });
  return count === 0 ? [span(text, 'muted')] : text;
}

const STAY = {
  visit: {
    'calendar days': say('Median stay', '停留中位数'),
    'working days': say('Median stay, working days', '停留中位数（工作日）'),
  },
  'stage-total': {
    'calendar days': say('Median stay in total', '累计停留中位数'),
    'working days': say('Median stay in total, working days', '累计停留中位数（工作日）'),
  },
} as const;

function stayColumn(dwell: DwellResult | null, translator: Translator): TableColumn {
  // Reports saved by the first version say neither.
  const { per = 'visit', unit = 'calendar days' } = dwell ?? {};
  return { title: translator.text(STAY[per][unit]), align: 'right', priority: 1 };
}

function tableOf({ funnel, conversion, dwell }: Results, translator: Translator): Block[] {
  if (funnel === null) return [];
  const open = funnel.stages.filter(({ kind }) => kind === 'open');
  const greatest = Math.max(0, ...open.map(({ deals }) => deals));
  const column = (en: string, zh: string, align: 'left' | 'right', priority: number): TableColumn => ({
    title: translator.text(say(en, zh)),
    align,
    priority,
  });
  const columns = [
    column('Funnel', '销售漏斗', 'left', 0),
    column('', '', 'left', 4),
    column('Now', '现有', 'right', 0),
    column('Amount', '金额', 'right', 2),
    column('Goes on', '转化率', 'right', 1),
    stayColumn(dwell, translator),
    column('Stalled', '停滞', 'right', 3),
  ];
  const rows = open.map(({ stage, deals, amounts }): Inline[] => [
    translator.stage(stage),
    [span(bar(deals, greatest), 'good')],
    translator.number(deals),
    amountsText(amounts, translator),
    goesOnText(stage, conversion, translator),
    medianText(stage, dwell, translator),
    stalledText(stage, dwell, translator),
  ]);
  const used = columns.map((_, index) => index < 3 || rows.some((row) => row[index] !== ''));
  return [
    {
      type: 'table',
      columns: columns.filter((_, index) => used[index]),
      rows: rows.map((row) => row.filter((_, index) => used[index])),
    },
  ];
}

type FigureLine = readonly [Text, string];

function winRateLine({ winRate }: Results, translator: Translator): FigureLine | null {
  if (winRate === null) return null;
  const { closed, counts, cohort = null } = winRate;
  const windowDays = cohort?.windowDays ?? null;
  const standing = translator.text(say('{open} open, {won} won, {lost} lost', '在途 {open}，赢单 {won}，输单 {lost}'), {
    ...counts,
  });
  const share = cohortText(cohort, translator);
  const within = say('won within {days} of creation {share}', '创建后 {days}内赢单 {share}');
  const headline =
    share === null || windowDays === null ? [] : [translator.text(within, { days: { days: windowDays }, share })];
  const decided = translator.text(say('of closed deals {share}', '已关闭的单中 {share}'), {
    share: closedText(closed, translator),
  });
  return [say('Win rate', '赢单率'), [...headline, decided, standing].join(' · ')];
}

const CYCLE = say('Cycle', '成交周期');
const CYCLE_SO_FAR = say('median {median} (the {deals} deals won so far)', '中位数 {median}（目前已赢的 {deals} 单）');
const CYCLE_MATURED = say(
  'median {median} ({deals} won deals created up to {until})',
  '中位数 {median}（{until} 前创建的 {deals} 个赢单）',
);

function cycleLine({ cycle }: Results, translator: Translator): FigureLine | null {
  if (cycle === null || cycle.won.medianDays === null) return null;
  // Reports saved by the first version know the deals won so far alone.
  const { medianDays, deals } = cycle.matured ?? cycle.won;
  if (medianDays === null) return null;
  const args = { median: { days: medianDays }, deals };
  if (cycle.matured == null) return [CYCLE, translator.text(CYCLE_SO_FAR, args)];
  return [CYCLE, translator.text(CYCLE_MATURED, { ...args, until: { date: cycle.matured.createdUntil } })];
}

const SINCE = say('{points} since {date}', '较 {date} {points}');

function sinceArgs({ since, pooled }: CompletenessChange, translator: Translator) {
  return { points: pointsText(pooled, translator), date: { date: since } };
}

function completenessLine({ completeness }: Results, translator: Translator): FigureLine | null {
  if (completeness === null || completeness.pooled.required === 0) return null;
  const worst = [...completeness.fields]
    .filter(({ value, count, of }) => value !== null && count < of)
    .sort((a, b) => (a.value ?? 0) - (b.value ?? 0))
    .slice(0, 3)
    .map(({ field, value }) => `${translator.field(field)} ${translator.percent(value, 0)}`);
  const { filled, required } = completeness.pooled;
  const { change = null } = completeness;
  const moved = change === null ? [] : [translator.text(SINCE, sinceArgs(change, translator))];
  return [say('Completeness', '完整度'), [translator.share(filled, required), ...moved, ...worst].join(' · ')];
}

function pastDueLine({ freshness }: Results, translator: Translator): FigureLine | null {
  const pastDue = freshness?.pastDue ?? null;
  if (pastDue === null || pastDue.of === 0) return null;
  return [say('Past due', '已过期'), translator.share(pastDue.count, pastDue.of, pastDue.interval)];
}

const MODELS: Readonly<Record<ForecastModel, Text>> = {
  historical: say('historical', '历史'),
  stage: say('by stage', '阶段权重'),
  manual: say('manual', '人工权重'),
  commit: say('commit', '人工承诺'),
};

/** Where no deal has a close date, nothing says when it is to come in. */
const ALL_OPEN = say('Forecast of all open deals', '全部在途单预测');
/** The models that rest least on anybody's judgement come first. */
const PREFERRED: readonly ForecastModel[] = ['historical', 'stage', 'manual', 'commit'];
const RANGE = say(' ({low} – {high})', '（{low} – {high}）');
const FORECAST = say('{total}{range} {model}, {won} of it won', '{total}{range}，{model}，其中已赢 {won}');
const FORECAST_OPEN = say('{total}{range} {model}', '{total}{range}，{model}');

/** What is won in the running period and what is expected to be, in one currency. */
function currencyForecastText(
  { currency, won, models }: CurrencyForecast,
  isDue: boolean,
  translator: Translator,
): string | null {
  const model = PREFERRED.flatMap(
    (name) => models.find((each) => each.model === name && each.expected !== null) ?? [],
  )[0];
  if (model === undefined || model.expected === null) return null;
  const alreadyWon = isDue ? (won?.amount ?? 0) : 0;
  const money = (amount: number): string => translator.money(amount + alreadyWon, currency);
  const [low, high] = model.interval ?? [null, null];
  const range = low === null || high === null ? '' : translator.text(RANGE, { low: money(low), high: money(high) });
  const args = { total: money(model.expected), range, model: translator.text(MODELS[model.model]) };
  if (won === null || !isDue) return translator.text(FORECAST_OPEN, args);
  return translator.text(FORECAST, { ...args, won: translator.money(won.amount, currency) });
}

function forecastLine({ forecast }: Results, translator: Translator): FigureLine | null {
  if (forecast === null) return null;
  const isDue = forecast.scope === 'due';
  const told = forecast.currencies.flatMap((each) => currencyForecastText(each, isDue, translator) ?? []);
  if (told.length === 0) return null;
  const { label } = forecast.period;
  const title = isDue ? say(`Forecast ${label}`, `${label} 预测`) : ALL_OPEN;
  return [title, told.slice(0, MOST_CURRENCIES).join(' · ')];
}

/** One line a figure: how many are won, how fast, how full the records are, and how fresh. */
function keyFigures(results: Results, translator: Translator): Inline[] {
  const lines = [winRateLine, cycleLine, forecastLine, completenessLine, pastDueLine].flatMap((line) => {
    const made = line(results, translator);
    return made === null ? [] : [made];
  });
  return lines.map(([title, text]) => [span(`${translator.text(title)}  `, 'strong'), text]);
}

/** The funnel on one screen: each open stage with its deals, conversion and dwell, then the key figures. */
export function glanceBlocks(report: AuditReport, translator: Translator): Block[] {
  const results = resultsOf(report);
  const table = tableOf(results, translator);
  const figures = keyFigures(results, translator);
  const reliability = results.dwell?.basis === 'history' ? (results.dwell.reliability ?? null) : null;
  return [
    ...reliabilityBlocks(reliability, translator),
    ...table,
    ...(figures.length === 0 ? [] : [{ type: 'list', items: figures } as const]),
  ];
}

/** The heading over what the metrics say in full. */
export function detailHeading(translator: Translator): Block {
  return heading(1, translator.text(say('In detail', '详细指标')));
}
