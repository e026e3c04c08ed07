import { NO_CURRENCY } from '../../i18n/number-format.ts';
import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { amountsText, MOST_CURRENCIES, moreCurrenciesText, namedCurrency } from '../../metrics/amounts.ts';
import { countsCell } from '../../metrics/conversion/conversion-cells.ts';
import type { AttainmentResult } from '../../metrics/forecast/attainment.ts';
import type { AttainedTarget } from '../../metrics/forecast/attainment-counts.ts';
import type { ForecastResult } from '../../metrics/forecast/forecast.ts';
import type { CurrencyForecast, ModelForecast } from '../../metrics/forecast/forecast-counts.ts';
import type { ForecastModel } from '../../metrics/forecast/forecast-models.ts';
import { wholeAmount } from '../../metrics/pipeline/pipeline-amounts.ts';
import type { IntervalRow } from '../chart.ts';
import { type Block, paragraph, span } from '../document.ts';
import { otherTargets, targetOf, targetText } from './forecast-targets.ts';
import { chartBlock, describedRows, figureTable, sentences } from './page-parts.ts';

const MODELS: Readonly<Record<ForecastModel, Text>> = {
  historical: say('Historical', '历史'),
  stage: say('Stage-weighted', '阶段权重'),
  manual: say('Manual', '人工权重'),
  commit: say('Commit', '人工承诺'),
};
const WON: Text = say('Won so far', '期内已赢');
const BETWEEN: Text = say(
  'The forecasts for {period} lie between {low} and {high}',
  '{period} 的各种预测在 {low} 到 {high} 之间',
);
const ONE: Text = say('{model} forecast for {period}: {amount}', '{period} 的{model}预测：{amount}');
const ALL_OPEN: Text = say('all open deals', '全部在途单');
const LEAD: Text = say(
  'What the deals due will bring by each way to tell, what is won included',
  '各种算法预计到期单带来的金额，含已赢',
);
const LEAD_OPEN: Text = say('What all open deals will bring by each way to tell', '各种算法预计全部在途单带来的金额');
const RANGE: Text = say(
  '{amount} ({low} – {high}), deals: {deals} of {all}',
  '{amount}（{low} – {high}），{deals}/{all} 单',
);
const PLAIN: Text = say('{amount}, deals: {deals} of {all}', '{amount}，{deals}/{all} 单');
const WON_TEXT: Text = say('{amount} ({deals} won)', '{amount}（赢单 {deals}）');
const WITH_CURRENCY: Text = say('{title} ({currency})', '{title}（{currency}）');
const NOTE: Text = say(
  'Historical: what became of deals of that stage and age. Stage-weighted: the probability of the stage. Manual: that of the deal itself. Commit: what the seller promised. Lines are 95% ranges.',
  '历史：同阶段、同停留时长的单后来的结果。阶段权重：阶段赢率。人工权重：单上填写的赢率。人工承诺：销售承诺的单。横线为 95% 区间。',
);
const COLUMNS = [
  say('Forecast', '算法'),
  say('Expected of open deals', '在途单预计'),
  say('With won', '含已赢'),
  say('95% range', '95% 区间'),
  say('Deals', '单数'),
] as const;
const RANGE_CELL: Text = say('{low} – {high}', '{low} – {high}');
const PAST_DUE: Text = say(
  'Past their close date, in no forecast: {deals} ({amount}).',
  '预计成交日已过，未计入预测：{deals} 单（{amount}）。',
);
const WITHOUT_DATE: Text = say(
  'Open without a close date, in no forecast: {deals}.',
  '在途但没有预计成交日，未计入预测：{deals} 单。',
);
const TARGET_NOTE: Text = say('The line across is the {label}.', '竖线为{label}。');
const NOT_COMPUTED: Text = say('{model} cannot be computed: {reason}', '{model}无法计算：{reason}');
const MORE: Text = say('{more}: see all figures.', '{more}，见全部指标。');

interface Values {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** What a model says of the whole period: what is won in it counts as well. */
function valuesOf({ expected, withWon, interval }: ModelForecast): Values | null {
  if (expected === null) return null;
  const value = withWon ?? expected;
  const won = value - expected;
  return {
    value,
    low: interval === null ? null : interval[0] + won,
    high: interval === null ? null : interval[1] + won,
  };
}

function modelRow(
  model: ModelForecast,
  values: Values,
  forecast: CurrencyForecast,
  translator: Translator,
): IntervalRow {
  const { value, low, high } = values;
  const currency = namedCurrency(forecast);
  const money = (amount: number): string => translator.money(wholeAmount(amount), currency);
  const base = { amount: money(value), deals: model.deals, all: forecast.dueDeals };
  const text =
    low === null || high === null
      ? translator.text(PLAIN, base)
      : translator.text(RANGE, { ...base, low: money(low), high: money(high) });
  return { label: translator.text(MODELS[model.model]), value, low, high, text };
}

function titleOf(
  rows: readonly IntervalRow[],
  result: ForecastResult,
  forecast: CurrencyForecast,
  translator: Translator,
): string {
  const values = rows.flatMap(({ value }) => value ?? []);
  const currency = namedCurrency(forecast);
  const period = result.scope === 'due' ? result.period.label : translator.text(ALL_OPEN);
  const money = (amount: number): string => translator.money(wholeAmount(amount), currency);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const title =
    rows.length === 1
      ? translator.text(ONE, { model: rows[0]?.label ?? '', period, amount: money(low) })
      : translator.text(BETWEEN, { period, low: money(low), high: money(high) });
  if (result.currencies.length === 1 || forecast.currency === NO_CURRENCY) return title;
  return translator.text(WITH_CURRENCY, { title, currency: forecast.currency });
}

function wonRow({ won, currency }: CurrencyForecast, translator: Translator): IntervalRow[] {
  if (won === null) return [];
  const text = translator.text(WON_TEXT, { amount: translator.money(won.amount, currency), deals: won.deals });
  return [{ label: translator.text(WON), value: won.amount, low: null, high: null, text, tone: 'good' }];
}

function tableOf(computed: readonly ModelForecast[], forecast: CurrencyForecast, translator: Translator) {
  const currency = namedCurrency(forecast);
  const money = (amount: number | null): string =>
    translator.money(amount === null ? null : wholeAmount(amount), currency);
  const rows = computed.map((model) => {
    const values = valuesOf(model);
    const range =
      values === null || values.low === null || values.high === null
        ? '–'
        : translator.text(RANGE_CELL, { low: money(values.low), high: money(values.high) });
    const deals = countsCell(model.deals, forecast.dueDeals, translator);
    const withWon = model.withWon === null ? '–' : money(model.withWon);
    return [translator.text(MODELS[model.model]), money(model.expected), withWon, range, deals];
  });
  const { won } = forecast;
  const wonCells =
    won === null ? [] : [[translator.text(WON), '–', money(won.amount), '–', translator.number(won.deals)]];
  return figureTable(COLUMNS, [...rows, ...wonCells], translator);
}

function currencyBlock(
  forecast: CurrencyForecast,
  result: ForecastResult,
  targets: readonly AttainedTarget[],
  translator: Translator,
): Block[] {
  const computed = forecast.models.filter((model) => valuesOf(model) !== null);
  if (computed.length === 0) return [];
  const modelRows = computed.flatMap((model) => {
    const values = valuesOf(model);
    return values === null ? [] : [modelRow(model, values, forecast, translator)];
  });
  const isDue = result.scope === 'due';
  const rows = isDue ? [...modelRows, ...wonRow(forecast, translator)] : modelRows;
  const target = targetOf(targets, result, forecast.currency);
  const label = target === null ? '' : targetText(target, forecast.currency, translator);
  const reference = target === null ? {} : { reference: { value: target.target, label } };
  const lead = translator.text(isDue ? LEAD : LEAD_OPEN);
  const named = namedCurrency(forecast);
  return [
    chartBlock({
      title: titleOf(modelRows, result, forecast, translator),
      description: describedRows(target === null ? lead : `${lead} · ${label}`, rows, translator),
      chart: { type: 'intervals', unit: 'money', ...(named === null ? {} : { currency: named }), rows, ...reference },
      table: tableOf(computed, isDue ? forecast : { ...forecast, won: null }, translator),
      caption: sentences(
        [translator.text(NOTE), target === null ? '' : translator.text(TARGET_NOTE, { label })],
        translator,
      ),
    }),
  ];
}

function asideText(result: ForecastResult, translator: Translator): string[] {
  const pastDue = result.currencies.filter(({ pastDue: { deals } }) => deals > 0);
  const deals = pastDue.reduce((sum, forecast) => sum + forecast.pastDue.deals, 0);
  const amounts = Object.fromEntries(pastDue.map((forecast) => [forecast.currency, forecast.pastDue.amount]));
  return [
    ...(deals === 0 ? [] : [translator.text(PAST_DUE, { deals, amount: amountsText(amounts, translator) })]),
    ...(result.withoutDate === 0 ? [] : [translator.text(WITHOUT_DATE, { deals: result.withoutDate })]),
  ];
}

/** Why models have no figure, as the metric says it. */
function notComputed({ models }: CurrencyForecast, translator: Translator): string[] {
  return models.flatMap(({ model, expected, note }) =>
    expected !== null || note === undefined
      ? []
      : [
          translator.text(NOT_COMPUTED, {
            model: { text: MODELS[model] },
            reason: { text: note },
          }),
        ],
  );
}

/** What the open deals will bring, a chart for each currency. */
export function forecastBlocks(
  result: ForecastResult,
  attainment: AttainmentResult | null,
  translator: Translator,
): Block[] {
  const targets = attainment?.targets ?? [];
  const shown = result.currencies.slice(0, MOST_CURRENCIES);
  const rest = result.currencies.length - shown.length;
  const reasons = [...new Set(shown.flatMap((forecast) => notComputed(forecast, translator)))];
  const notes = [
    ...asideText(result, translator),
    ...otherTargets(result, targets, translator),
    ...(rest > 0 ? [translator.text(MORE, { more: moreCurrenciesText(rest, translator) })] : []),
  ];
  return [
    ...shown.flatMap((forecast) => currencyBlock(forecast, result, targets, translator)),
    ...(notes.length === 0 ? [] : [paragraph(sentences(notes, translator))]),
    ...(reasons.length === 0
      ? []
      : [{ type: 'list' as const, items: reasons.map((reason) => [span(reason, 'muted')]) }]),
  ];
}
