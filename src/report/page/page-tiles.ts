import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { MOST_CURRENCIES, moreCurrenciesText, namedCurrency } from '../../metrics/amounts.ts';
import type { CompletenessResult } from '../../metrics/completeness/completeness.ts';
import { countsCell } from '../../metrics/conversion/conversion-cells.ts';
import type { DwellResult } from '../../metrics/dwell/dwell.ts';
import type { ForecastResult } from '../../metrics/forecast/forecast.ts';
import type { CurrencyForecast } from '../../metrics/forecast/forecast-counts.ts';
import type { ForecastModel } from '../../metrics/forecast/forecast-models.ts';
import type { CycleResult } from '../../metrics/pipeline/cycle.ts';
import type { FreshnessResult } from '../../metrics/pipeline/freshness.ts';
import type { FunnelResult } from '../../metrics/pipeline/funnel.ts';
import type { WinRateResult } from '../../metrics/win/win-rate.ts';
import type { Tone } from '../document.ts';
import { resultOf } from '../metric-result.ts';
import type { AuditReport } from '../report.ts';
import type { PageTile } from './page.ts';
import { isBroken } from './page-parts.ts';

/** Below this number of deals there is no percentage. */
const PERCENT_FROM = 5;
/** From here on records count as kept, below the other as neglected. */
const KEPT_FROM = 0.95;
const NEGLECTED_BELOW = 0.8;

const WIN_RATE: Text = say('Win rate', '赢单率');
const WITHIN: Text = say('{share} won within {days} of creation', '创建后 {days}内赢单 {share}');
const WITHIN_ABOUT: Text = say(
  'won within {days} of creation, estimated from {deals} deals',
  '创建后 {days}内赢单，由 {deals} 单估算',
);
const OF_CLOSED: Text = say('{share} of closed deals', '已关闭的单中 {share}');
const CYCLE: Text = say('Sales cycle', '成交周期');
const CYCLE_MATURED: Text = say(
  'median of {deals} won deals created up to {until}',
  '{until} 前创建的 {deals} 个赢单的中位数',
);
const CYCLE_SO_FAR: Text = say('median of all deals won so far: {deals}', '目前已赢的 {deals} 单的中位数');
const CYCLE_ONE_MATURED: Text = say('the only won deal created up to {until}', '{until} 前创建的唯一赢单');
const CYCLE_ONE_SO_FAR: Text = say('the only deal won so far', '目前唯一的赢单');
const PIPELINE: Text = say('Open pipeline', '在途管道');
const PIPELINE_IN: Text = say('Open pipeline, {currency}', '在途管道，{currency}');
const PIPELINE_ONE: Text = say('{with} of 1 open deal has an amount', '在途 1 单，其中 {with} 单有金额');
const NO_NAME: Text = say('no currency', '无币种');
const PIPELINE_BASE: Text = say('{with} of {deals} open deals have an amount', '在途 {deals} 单，其中 {with} 单有金额');
const FORECAST: Text = say('Forecast {period}', '{period} 预测');
const FORECAST_IN: Text = say('Forecast {period}, {currency}', '{period} 预测，{currency}');
const FORECAST_OPEN: Text = say('Forecast of all open deals', '全部在途单预测');
const FORECAST_DETAIL: Text = say(
  '{model}, deals due: {deals} of {all}, {won} of it won',
  '{model}，到期 {deals}/{all} 单，其中已赢 {won}',
);
const FORECAST_OPEN_DETAIL: Text = say('{model}, open deals: {deals} of {all}', '{model}，在途 {deals}/{all} 单');
const COMPLETENESS: Text = say('Required fields filled', '必填字段完整度');
const PAST_DUE: Text = say('Past their close date', '预计成交日已过');
const PAST_DUE_BASE: Text = say('open deals with a close date: {counts}', '有预计成交日的在途单 {counts}');
const STALLED: Text = say('Stalled', '停滞');
const STALLED_BASE: Text = say(
  '{counts} open deals have stayed over {factor}× the median of their stage',
  '在途单 {counts}，停留超过所在阶段中位数的 {factor} 倍',
);
const STALLED_USUAL: Text = say(
  '{counts} open deals have stayed over {factor}× the median of their stage; about {expected} do when nothing is wrong',
  '在途单 {counts}，停留超过所在阶段中位数的 {factor} 倍；一切正常时也约有 {expected}',
);
const MODELS: Readonly<Record<ForecastModel, Text>> = {
  historical: say('historical', '历史'),
  stage: say('stage-weighted', '阶段权重'),
  manual: say('manual', '人工权重'),
  commit: say('commit', '人工承诺'),
};
/** The models that rest least on anybody's judgement come first. */
const PREFERRED: readonly ForecastModel[] = ['historical', 'stage', 'manual', 'commit'];

interface Counted {
  readonly value: number | null;
  readonly count: number;
  readonly of: number;
}

function countsText({ count, of }: Counted, translator: Translator): string {
  return countsCell(count, of, translator);
}

/** A percentage, or the counts alone where they are too few for one. */
function rateText(rate: Counted, translator: Translator): string {
  return rate.of < PERCENT_FROM ? countsText(rate, translator) : translator.percent(rate.value);
}

function winRateTile(report: AuditReport, translator: Translator): PageTile[] {
  const winRate = resultOf<WinRateResult>(report, 'winRate');
  if (winRate === null) return [];
  const { closed, cohort = null } = winRate;
  const label = translator.text(WIN_RATE);
  const ofClosed =
    closed.value === null ? '' : translator.text(OF_CLOSED, { share: translator.share(closed.count, closed.of) });
  const days = { days: cohort?.windowDays ?? 0 };
  if (cohort?.headline === 'matured' && cohort.matured !== null) {
    const within = translator.text(WITHIN, { share: countsText(cohort.matured, translator), days });
    return [
      { label, value: rateText(cohort.matured, translator), detail: [within, ofClosed].filter(Boolean).join(' · ') },
    ];
  }
  const estimated = cohort?.headline === 'estimated' ? cohort.estimated : null;
  if (estimated !== null && estimated.value !== null && estimated.of >= PERCENT_FROM) {
    const within = translator.text(WITHIN_ABOUT, { deals: estimated.of, days });
    const value = `≈${translator.percent(estimated.value, 0)}`;
    return [{ label, value, detail: [within, ofClosed].filter(Boolean).join(' · ') }];
  }
  return closed.value === null ? [] : [{ label, value: rateText(closed, translator), detail: ofClosed }];
}

function cycleTile(report: AuditReport, translator: Translator): PageTile[] {
  const cycle = resultOf<CycleResult>(report, 'cycle');
  // Reports saved by the first version know the deals won so far alone.
  const times = cycle?.matured ?? cycle?.won ?? null;
  if (cycle === null || times === null || times.medianDays === null) return [];
  const { deals, medianDays } = times;
  const detail =
    cycle.matured == null
      ? translator.text(deals === 1 ? CYCLE_ONE_SO_FAR : CYCLE_SO_FAR, { deals })
      : translator.text(deals === 1 ? CYCLE_ONE_MATURED : CYCLE_MATURED, {
          deals,
          until: { date: cycle.matured.createdUntil },
        });
  return [{ label: translator.text(CYCLE), value: translator.days(medianDays), detail }];
}

function pipelineTiles(report: AuditReport, translator: Translator): PageTile[] {
  const open = resultOf<FunnelResult>(report, 'funnel')?.kinds.open;
  if (open === undefined) return [];
  const base = open.deals === 1 ? PIPELINE_ONE : PIPELINE_BASE;
  const detail = translator.text(base, { deals: open.deals, with: open.dealsWithAmount });
  const amounts = Object.entries(open.amounts);
  const tiles = amounts.slice(0, MOST_CURRENCIES).map(([currency, amount]) => ({
    label:
      amounts.length === 1
        ? translator.text(PIPELINE)
        : translator.text(PIPELINE_IN, { currency: nameOf(currency, translator) }),
    value: translator.money(amount, currency),
    detail,
  }));
  return withMore(tiles, amounts.length, translator);
}

/** What a currency is called, one that is not told too. */
function nameOf(currency: string, translator: Translator): string {
  return namedCurrency({ currency }) ?? translator.text(NO_NAME);
}

/** The tiles of some currencies, of which the last tells how many more there are. */
function withMore(tiles: readonly PageTile[], all: number, translator: Translator): PageTile[] {
  const rest = all - MOST_CURRENCIES;
  const last = tiles.at(-1);
  if (rest <= 0 || last === undefined) return [...tiles];
  return [...tiles.slice(0, -1), { ...last, detail: `${last.detail} · ${moreCurrenciesText(rest, translator)}` }];
}

function forecastTile(forecast: CurrencyForecast, result: ForecastResult, translator: Translator): PageTile[] {
  const model = PREFERRED.flatMap(
    (name) => forecast.models.find((each) => each.model === name && each.expected !== null) ?? [],
  )[0];
  if (model === undefined || model.expected === null) return [];
  const { currency, won, dueDeals: all } = forecast;
  const isDue = result.scope === 'due';
  const args = { model: { text: MODELS[model.model] }, deals: model.deals, all };
  const period = result.period.label;
  const title = result.currencies.length === 1 ? FORECAST : FORECAST_IN;
  return [
    {
      label: isDue
        ? translator.text(title, { period, currency: nameOf(currency, translator) })
        : translator.text(FORECAST_OPEN),
      value: translator.money(isDue ? (model.withWon ?? model.expected) : model.expected, currency),
      detail:
        isDue && won !== null
          ? translator.text(FORECAST_DETAIL, { ...args, won: translator.money(won.amount, currency) })
          : translator.text(FORECAST_OPEN_DETAIL, args),
    },
  ];
}

function forecastTiles(report: AuditReport, translator: Translator): PageTile[] {
  const result = resultOf<ForecastResult>(report, 'forecast');
  if (result === null) return [];
  const tiles = result.currencies.flatMap((each) => forecastTile(each, result, translator));
  return withMore(tiles.slice(0, MOST_CURRENCIES), tiles.length, translator);
}

function completenessTone(value: number): Tone {
  if (value >= KEPT_FROM) return 'good';
  return value < NEGLECTED_BELOW ? 'bad' : 'warn';
}

function completenessTile(report: AuditReport, translator: Translator): PageTile[] {
  const pooled = resultOf<CompletenessResult>(report, 'completeness')?.pooled;
  if (pooled === undefined || pooled.value === null) return [];
  const rate = { value: pooled.value, count: pooled.filled, of: pooled.required };
  const tone = completenessTone(pooled.value);
  const detail = countsText(rate, translator);
  return [{ label: translator.text(COMPLETENESS), value: rateText(rate, translator), detail, tone }];
}

function pastDueTile(report: AuditReport, translator: Translator): PageTile[] {
  const pastDue = resultOf<FreshnessResult>(report, 'freshness')?.pastDue ?? null;
  if (pastDue === null || pastDue.of === 0) return [];
  const detail = translator.text(PAST_DUE_BASE, { counts: countsText(pastDue, translator) });
  const tone: Tone = pastDue.count === 0 ? 'good' : 'warn';
  return [{ label: translator.text(PAST_DUE), value: rateText(pastDue, translator), detail, tone }];
}

function stalledTile(report: AuditReport, translator: Translator): PageTile[] {
  const dwell = resultOf<DwellResult>(report, 'dwell');
  // Stays that began on an unknown day are longer than they look, and so are their medians.
  if (dwell?.basis !== 'history' || dwell.stalled.of === 0 || dwell.startUnknown !== undefined) return [];
  const { stalled } = dwell;
  const counts = countsText(stalled, translator);
  const { expectedShare, factor } = stalled;
  const detail =
    expectedShare === null
      ? translator.text(STALLED_BASE, { counts, factor })
      : translator.text(STALLED_USUAL, { counts, factor, expected: translator.percent(expectedShare, 0) });
  return [{ label: translator.text(STALLED), value: rateText(stalled, translator), detail }];
}

const TILES = [winRateTile, cycleTile, pipelineTiles, forecastTiles, completenessTile, pastDueTile, stalledTile];

function isWhole({ value, label, detail }: PageTile): boolean {
  return [value, label, detail].every((text) => typeof text === 'string' && !isBroken(text));
}

/** The figures that are read first, as far as they are measured; what a report does not hold as expected is left out. */
export function pageTiles(report: AuditReport, translator: Translator): PageTile[] {
  return TILES.flatMap((tile) => {
    try {
      return tile(report, translator).filter(isWhole);
    } catch {
      return [];
    }
  });
}
