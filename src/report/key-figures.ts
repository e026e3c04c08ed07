import { say, type Text } from '../i18n/text.ts';
import type { Translator } from '../i18n/translator.ts';
import { MOST_CURRENCIES, moreCurrenciesText } from '../metrics/amounts.ts';
import type { CompletenessResult } from '../metrics/completeness/completeness.ts';
import { type CompletenessChange, pointsText } from '../metrics/completeness/completeness-change.ts';
import type { ForecastResult } from '../metrics/forecast/forecast.ts';
import type { CurrencyForecast } from '../metrics/forecast/forecast-counts.ts';
import type { ForecastModel } from '../metrics/forecast/forecast-models.ts';
import type { CycleResult } from '../metrics/pipeline/cycle.ts';
import type { FreshnessResult } from '../metrics/pipeline/freshness.ts';
import { closedText, type WinRateResult } from '../metrics/win/win-rate.ts';
import { cohortText } from '../metrics/win/win-rate-cohort.ts';
import { type Inline, span } from './document.ts';
import { resultOf } from './metric-result.ts';
import type { AuditReport } from './report.ts';

/** The results that the key figures draw on; each is null when its metric could not be computed. */
interface Results {
  readonly winRate: WinRateResult | null;
  readonly cycle: CycleResult | null;
  readonly forecast: ForecastResult | null;
  readonly completeness: CompletenessResult | null;
  readonly freshness: FreshnessResult | null;
}

function resultsOf(report: AuditReport): Results {
  const of = <Result>(name: string): Result | null => resultOf(report, name);
  return {
    winRate: of('winRate'),
    cycle: of('cycle'),
    forecast: of('forecast'),
    completeness: of('completeness'),
    freshness: of('freshness'),
  };
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
const CYCLE_SO_FAR = say('median {median} (won deals so far: {deals})', '中位数 {median}（目前已赢的 {deals} 单）');
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
  return [say('Past close date', '预计成交日已过'), translator.share(pastDue.count, pastDue.of, pastDue.interval)];
}

const MODELS: Readonly<Record<ForecastModel, Text>> = {
  historical: say('historical', '历史'),
  stage: say('stage-weighted', '阶段权重'),
  manual: say('manual', '人工权重'),
  commit: say('commit', '人工承诺'),
};

/** Where no deal has a close date, nothing says when it is to come in. */
const ALL_OPEN = say('Forecast of all open deals', '全部在途单预测');
/** The models that rest least on anybody's judgement come first. */
const PREFERRED: readonly ForecastModel[] = ['historical', 'stage', 'manual', 'commit'];
const RANGE = say(' (95% {low} – {high})', '（95% 区间 {low} – {high}）');
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
  const rest = told.length - MOST_CURRENCIES;
  const more = rest > 0 ? [moreCurrenciesText(rest, translator)] : [];
  return [title, [...told.slice(0, MOST_CURRENCIES), ...more].join(' · ')];
}

/** One line a figure: how many are won, how fast, how full the records are, and how fresh. */
export function keyFigures(report: AuditReport, translator: Translator): Inline[] {
  const results = resultsOf(report);
  const lines = [winRateLine, cycleLine, forecastLine, completenessLine, pastDueLine].flatMap((line) => {
    const made = line(results, translator);
    return made === null ? [] : [made];
  });
  return lines.map(([title, text]) => [span(`${translator.text(title)}  `, 'strong'), text]);
}
