import { NO_CURRENCY } from '../../i18n/number-format.ts';
import type { Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, callout, heading, type Inline, paragraph, span, type TableBlock } from '../../report/document.ts';
import { amountsText, MOST_CURRENCIES, moreCurrenciesText, namedCurrency } from '../amounts.ts';
import { wholeAmount } from '../pipeline/pipeline-amounts.ts';
import type { ForecastResult } from './forecast.ts';
import type { BiggestDeal, CurrencyForecast, ModelForecast } from './forecast-counts.ts';
import type { ForecastModel } from './forecast-models.ts';

/** Above this share of what is expected, one deal decides. */
const DECIDES_FROM = 0.3;
/** Deals past their date that are named on the screen. */
const MOST_NAMED = 3;

const TITLE: Text = { en: 'Forecast', zh: '业绩预测' };
const DUE_IN: Text = {
  en: 'Open deals due by {until}. Highest and lowest forecast differ by {spread}.',
  zh: '预计 {until} 前成交的在途单。最高与最低预测相差 {spread}。',
};
const DUE_ONLY: Text = { en: 'Open deals due by {until}.', zh: '预计 {until} 前成交的在途单。' };
const ALL_OPEN: Text = {
  en: 'No column for the close date: all open deals are counted, whenever they close.',
  zh: '没有预计成交日列：计入全部在途单，不论何时成交。',
};
const COLUMNS = {
  currency: { en: 'Currency', zh: '币种' },
  model: { en: 'Forecast', zh: '算法' },
  expected: { en: 'Expected', zh: '预计' },
  withWon: { en: 'With won', zh: '含已赢' },
  range: { en: '95% range', zh: '95% 区间' },
  rangeWithWon: { en: '95% range, with won', zh: '95% 区间（含已赢）' },
  wins: { en: 'Wins (95%)', zh: '赢单数（95%）' },
  deals: { en: 'Deals', zh: '单数' },
} as const satisfies Record<string, Text>;
const MODEL_NAMES: Readonly<Record<ForecastModel, Text>> = {
  stage: { en: 'Stage-weighted', zh: '阶段权重' },
  manual: { en: 'Manual', zh: '人工权重' },
  commit: { en: 'Commit', zh: '人工承诺' },
  historical: { en: 'Historical', zh: '历史' },
};
const RANGE: Text = { en: '{low} to {high}', zh: '{low} 至 {high}' };
const WINS: Text = { en: '{expected} ({low}–{high})', zh: '{expected}（{low}–{high}）' };
const OF: Text = { en: '{deals} of {all}', zh: '{deals}/{all}' };
const WON: Text = { en: 'Won so far: {amount} ({deals})', zh: '期内已赢：{amount}（{deals}）' };
const BEST_CASE: Text = {
  en: 'Best case, apart from the commit: {amount} ({deals})',
  zh: '最佳情况（不含承诺）：{amount}（{deals}）',
};
const DEALS: Text = { en: '{count} deals', zh: '{count} 单' };
const ONE_DEAL: Text = { en: '1 deal', zh: '1 单' };
const WITHOUT_AMOUNT: Text = { en: 'Due without an amount: {deals}', zh: '期内到期但没有金额：{deals} 单' };
const PAST_DUE: Text = {
  en: 'Past their close date, in no forecast: {deals} ({amount}); biggest first: {names}',
  zh: '预计成交日已过，未计入预测：{deals} 单，{amount}；最大的是 {names}',
};
const WITHOUT_DATE: Text = {
  en: 'Open without a close date, in no forecast: {deals} ({amount})',
  zh: '在途但没有预计成交日，未计入预测：{deals} 单，{amount}',
};
const DECIDES: Text = {
  en: 'One deal decides: {deal} is {share} of what is expected ({model}).',
  zh: '一单定成败：{deal} 占预计金额的 {share}（{model}）。',
};
const REASON: Text = { en: '{model} ({reason})', zh: '{model}（{reason}）' };
const NOT_COMPUTED: Text = { en: 'Cannot be computed: {list}', zh: '无法计算：{list}' };
const MORE: Text = { en: 'Not shown: {more}', zh: '未列出：{more}' };

/** The range of what the period brings: what is won in it is certain, so it moves both ends. */
function rangeText({ interval }: ModelForecast, won: number, currency: string | null, translator: Translator): string {
  if (interval === null) return '–';
  const [low, high] = interval.map((end) => end + won) as [number, number];
  return translator.text(RANGE, {
    low: { money: wholeAmount(low), currency },
    high: { money: wholeAmount(high), currency },
  });
}

function winsText({ wins }: ModelForecast, translator: Translator): string {
  if (wins === null) return '–';
  return translator.text(WINS, { expected: translator.number(wins.expected, 1), low: wins.low, high: wins.high });
}

function moneyText(amount: number | null, currency: string | null, translator: Translator): string {
  return translator.money(amount === null ? null : wholeAmount(amount), currency);
}

function modelCells(model: ModelForecast, forecast: CurrencyForecast, translator: Translator): Inline[] {
  const currency = namedCurrency(forecast);
  const name = translator.text(MODEL_NAMES[model.model]);
  return [
    name,
    moneyText(model.expected, currency, translator),
    ...(forecast.won === null ? [] : [moneyText(model.withWon, currency, translator)]),
    rangeText(model, forecast.won?.amount ?? 0, currency, translator),
    winsText(model, translator),
    translator.text(OF, { deals: model.deals, all: forecast.dueDeals }),
  ];
}

function computedModels({ models }: CurrencyForecast): readonly ModelForecast[] {
  return models.filter(({ expected }) => expected !== null);
}

/** Why models have no figure: each reason once, with the models it is true of. */
function notComputed(shown: readonly CurrencyForecast[], translator: Translator): Inline[] {
  const modelsOf = new Map<string, Set<string>>();
  for (const { model, expected, note } of shown.flatMap(({ models }) => models)) {
    if (expected !== null || note === undefined) continue;
    const reason = translator.text(note);
    modelsOf.set(reason, (modelsOf.get(reason) ?? new Set()).add(translator.text(MODEL_NAMES[model])));
  }
  const list = [...modelsOf].map(([reason, models]) =>
    translator.text(REASON, { model: { list: [...models] }, reason }),
  );
  return list.length === 0 ? [] : [[span(translator.text(NOT_COMPUTED, { list: { list } }), 'muted')]];
}

function table(shown: readonly CurrencyForecast[], translator: Translator): TableBlock {
  const several = shown.length > 1;
  // Without close dates there is no period in which anything was won.
  const hasWon = shown.some(({ won }) => won !== null);
  const column = (title: keyof typeof COLUMNS, priority: number, align: 'left' | 'right' = 'right') => ({
    title: translator.text(COLUMNS[title]),
    align,
    priority,
  });
  const rows = shown.flatMap((forecast) =>
    computedModels(forecast).map((model) => [
      ...(several ? [forecast.currency === NO_CURRENCY ? '–' : forecast.currency] : []),
      ...modelCells(model, forecast, translator),
    ]),
  );
  return {
    type: 'table',
    columns: [
      ...(several ? [column('currency', 0, 'left')] : []),
      column('model', 0, 'left'),
      column('expected', hasWon ? 1 : 0),
      ...(hasWon ? [column('withWon', 0), column('rangeWithWon', 0)] : [column('range', 0)]),
      column('wins', 2),
      column('deals', 3),
    ],
    rows,
  };
}

/** A deal by its name, else its key, else its cell. */
function dealName({ name, deal, at }: BiggestDeal | ForecastResult['pastDueDeals'][number]): string {
  return name ?? deal ?? at.cell;
}

function decidesBlocks({ biggest }: CurrencyForecast, translator: Translator): Block[] {
  if (biggest === null || !(biggest.share > DECIDES_FROM)) return [];
  const share = translator.percent(biggest.share, 0);
  const model = translator.text(MODEL_NAMES[biggest.model]);
  return [callout('warn', translator.text(DECIDES, { deal: dealName(biggest), share, model }))];
}

function currencyItems(forecast: CurrencyForecast, translator: Translator): Inline[] {
  const { won, bestCase, withoutAmount } = forecast;
  const currency = namedCurrency(forecast);
  const line = (text: Text, { amount, deals }: { amount: number; deals: number }): string =>
    translator.text(text, {
      amount: { money: amount, currency },
      deals: deals === 1 ? translator.text(ONE_DEAL) : translator.text(DEALS, { count: deals }),
    });
  return [
    ...(won === null ? [] : [line(WON, won)]),
    ...(bestCase === null || bestCase.deals === 0 ? [] : [line(BEST_CASE, bestCase)]),
    ...(withoutAmount === 0 ? [] : [translator.text(WITHOUT_AMOUNT, { deals: withoutAmount })]),
  ];
}

function asideItems(result: ForecastResult, translator: Translator): Inline[] {
  const pastDue = result.currencies.filter(({ pastDue: { deals } }) => deals > 0);
  const deals = pastDue.reduce((sum, forecast) => sum + forecast.pastDue.deals, 0);
  const amount = amountsText(
    Object.fromEntries(pastDue.map((forecast) => [forecast.currency, forecast.pastDue.amount])),
    translator,
  );
  const names = { list: result.pastDueDeals.slice(0, MOST_NAMED).map(dealName) };
  const withoutDate = amountsText(result.withoutDateAmounts, translator) || translator.number(null);
  return [
    ...(deals === 0 ? [] : [translator.text(PAST_DUE, { deals, amount, names })]),
    ...(result.withoutDate === 0
      ? []
      : [translator.text(WITHOUT_DATE, { deals: result.withoutDate, amount: withoutDate })]),
  ];
}

function introText({ scope, period, currencies }: ForecastResult, translator: Translator): string {
  if (scope === 'allOpen') return translator.text(ALL_OPEN);
  const until = { date: period.until };
  const [only] = currencies;
  const expected =
    only === undefined || currencies.length > 1 ? [] : computedModels(only).map((model) => model.expected!);
  if (only === undefined || expected.length < 2) return translator.text(DUE_ONLY, { until });
  const spread = Math.max(...expected) - Math.min(...expected);
  return translator.text(DUE_IN, { until, spread: { money: wholeAmount(spread), currency: namedCurrency(only) } });
}

/** The four forecasts side by side, what is won, and what no forecast has. */
export function forecastBlocks(result: ForecastResult, translator: Translator): Block[] {
  const shown = result.currencies.slice(0, MOST_CURRENCIES);
  const rest = result.currencies.length - shown.length;
  const items = [
    ...shown.flatMap((forecast) => currencyItems(forecast, translator)),
    ...asideItems(result, translator),
    ...notComputed(shown, translator),
    ...(rest > 0 ? [translator.text(MORE, { more: moreCurrenciesText(rest, translator) })] : []),
  ];
  return [
    heading(2, translator.text(TITLE)),
    paragraph(introText(result, translator)),
    ...(shown.some((forecast) => computedModels(forecast).length > 0) ? [table(shown, translator)] : []),
    ...shown.flatMap((forecast) => decidesBlocks(forecast, translator)),
    ...(items.length > 0 ? [{ type: 'list' as const, items }] : []),
  ];
}
