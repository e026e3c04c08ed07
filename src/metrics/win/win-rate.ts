import type { Dataset } from '../../dataset/dataset.ts';
import { currentState } from '../../dataset/journeys/visits.ts';
import { NO_CURRENCY } from '../../i18n/number-format.ts';
import type { Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, type Inline, type TableBlock } from '../../report/document.ts';
import { defineMetric, type FigureFunction, type MetricContext } from '../define.ts';
import { type Basis, type DefinedRate, type Rate, rateFigure, rateOf, shareOf, unknownFigure } from '../rate.ts';
import { type CreatedCohortRates, cohortText, createdCohort, createdCohortRates } from './win-rate-cohort.ts';
import {
  countOutcomes,
  NO_LOST_DEALS,
  type OutcomeCounts,
  type ValueWinRate,
  type ValueWinRates,
  valueWinRates,
  winHits,
} from './win-rate-counts.ts';
import { keysByGroup } from './win-rate-keys.ts';
import {
  type Steadiness,
  steadinessOf,
  swingBlocks,
  swingScore,
  type WinRateSwing,
  winRateSwing,
} from './win-rate-swing.ts';

export interface WinRateResult {
  readonly basis: Basis;
  readonly counts: OutcomeCounts;
  /** Won within the window, by created cohort; null where no date of creation is known, or not one deal is lost. */
  readonly cohort: CreatedCohortRates | null;
  /** Won of won and lost: only what is decided. */
  readonly closed: DefinedRate & {
    readonly won: number;
    readonly lost: number;
    readonly basis: Basis;
    /** Why there is no rate although deals are closed. */
    readonly withheld?: Text;
  };
  /** Won of all deals with a known stage: as if everything undecided were lost. */
  readonly toDate: DefinedRate;
  /** As if everything undecided were won. */
  readonly upperBound: DefinedRate;
  readonly byValue: ValueWinRates & { readonly definition: Text };
  /** Null with too few periods to judge one by. */
  readonly swing: WinRateSwing | null;
  /** By month, whatever the periods of `swing`; null with too few months. */
  readonly steadiness: Steadiness | null;
  /** Keys of the closed deals, where details are asked for. */
  readonly dealKeys?: { readonly won: readonly string[]; readonly lost: readonly string[] };
}

const DEFINITIONS = {
  closed: { en: 'won / (won + lost)', zh: '赢单 ÷（赢单 + 输单）' },
  toDate: { en: 'won / all deals', zh: '赢单 ÷ 全部单' },
  upperBound: { en: '(won + open + dormant) / all deals', zh: '（赢单 + 在途 + 休眠）÷ 全部单' },
  byValue: { en: 'won amount / (won amount + lost amount)', zh: '赢单金额 ÷（赢单金额 + 输单金额）' },
} as const satisfies Record<string, Text>;

/** Won of won and lost; `lostInFile` are those of all deals: one seller may well have lost none. */
function closedRate(won: number, lost: number, lostInFile: number): Rate & { readonly withheld?: Text } {
  const rate = rateOf(won, won + lost);
  return won > 0 && lostInFile === 0 ? { ...rate, value: null, interval: null, withheld: NO_LOST_DEALS } : rate;
}

/** Keys of the won and of the lost deals. */
function closedKeys(dataset: Dataset): NonNullable<WinRateResult['dealKeys']> {
  const [lost = [], won = []] = keysByGroup(dataset, winHits(currentState(dataset).outcome), 2);
  return { won, lost };
}

function compute({ dataset, period, details }: MetricContext): WinRateResult {
  const { outcome } = currentState(dataset);
  const counts = countOutcomes(outcome, null);
  const { won, lost } = counts;
  const undecided = counts.open + counts.dormant;
  const all = won + lost + undecided;
  const basis = dataset.journeys === null ? 'snapshot' : 'history';
  const swing = winRateSwing(dataset, period);
  return {
    basis,
    counts,
    // Where lost deals are not in the file, those created long ago are all won.
    cohort: won > 0 && lost === 0 ? null : createdCohortRates(createdCohort(dataset)),
    closed: { ...closedRate(won, lost, lost), won, lost, definition: DEFINITIONS.closed, basis },
    toDate: { ...rateOf(won, all), definition: DEFINITIONS.toDate },
    upperBound: { ...rateOf(won + undecided, all), definition: DEFINITIONS.upperBound },
    byValue: { ...valueWinRates(dataset, outcome, null), definition: DEFINITIONS.byValue },
    swing,
    steadiness: steadinessOf(period === 'month' ? swing : winRateSwing(dataset, 'month')),
    ...(details ? { dealKeys: closedKeys(dataset) } : {}),
  };
}

const winRateFigure: FigureFunction = (_args, { dataset, select }) => {
  const { outcome } = currentState(dataset);
  const { won, lost } = countOutcomes(outcome, select);
  // The whole file is looked at only where it matters: rules ask for this figure once a segment.
  const lostInFile = lost > 0 ? lost : countOutcomes(outcome, null).lost;
  const { withheld, ...rate } = closedRate(won, lost, lostInFile);
  const figure = rateFigure(rate, dataset.journeys === null ? 'snapshot' : 'history');
  return withheld === undefined ? figure : { ...figure, note: withheld };
};

/** Unknown where the closed deals have amounts in several currencies. */
const valueWinRateFigure: FigureFunction = (_args, { dataset, select }) => {
  const basis = dataset.journeys === null ? 'snapshot' : 'history';
  const { byCurrency } = valueWinRates(dataset, currentState(dataset).outcome, select);
  const [only] = byCurrency;
  const deals = byCurrency.reduce((total, rate) => total + rate.wonDeals + rate.lostDeals, 0);
  if (only === undefined || byCurrency.length > 1) return unknownFigure('rate', basis, deals);
  return { ...unknownFigure('rate', basis, deals), value: only.value, interval: only.interval };
};

const TITLE: Text = { en: 'Win rate', zh: '赢单率' };
const COLUMNS = {
  basis: { en: 'Of which deals', zh: '口径' },
  rate: { en: 'Rate', zh: '赢单率' },
  formula: { en: 'Formula', zh: '公式' },
} as const satisfies Record<string, Text>;
const ROWS = {
  cohort: { en: 'Created, won within {window}', zh: '创建后 {window}内赢单' },
  closed: { en: 'Closed deals', zh: '已关闭的单' },
  toDate: { en: 'All deals, to date', zh: '全部单，截至目前' },
  upperBound: { en: 'At most, if all open deals are won', zh: '上限：在途单全部赢下' },
  byValue: { en: 'By value, {currency}', zh: '按金额，{currency}' },
  byValueUnnamed: { en: 'By value', zh: '按金额' },
} as const satisfies Record<string, Text>;
const VALUE_SHARE: Text = {
  en: '{won} of {total} ({rate}, {interval}, approximate)',
  zh: '{won} / {total}（{rate}，{interval}，近似）',
};
const WITHHELD: Text = { en: '{count} of {of} ({reason})', zh: '{count}/{of}（{reason}）' };
const VALUE_FEW: Text = { en: '{won} of {total}', zh: '{won} / {total}' };
/** Below this number of closed deals there is no percentage. */
const PERCENT_FROM = 5;
const EXCLUDED: Text = {
  en: 'Left out of the rate by value for want of an amount: {won} won, {lost} lost',
  zh: '按金额计算时，未计入没有金额的赢单 {won} 单、输单 {lost} 单。',
};

function valueText(rate: ValueWinRate, translator: Translator): string {
  if (rate.withheld !== null) return translator.text(rate.withheld);
  const currency = rate.currency === NO_CURRENCY ? null : rate.currency;
  const won = { money: rate.wonAmount, currency };
  const total = { money: rate.wonAmount + rate.lostAmount, currency };
  if (rate.interval === null || rate.wonDeals + rate.lostDeals < PERCENT_FROM) {
    return translator.text(VALUE_FEW, { won, total });
  }
  const [low, high] = rate.interval;
  const interval = `${translator.number(low * 100, 0)}–${translator.percent(high, 0)}`;
  return translator.text(VALUE_SHARE, { won, total, rate: translator.percent(rate.value, 0), interval });
}

function valueLabel(rate: ValueWinRate, translator: Translator): string {
  if (rate.currency === NO_CURRENCY) return translator.text(ROWS.byValueUnnamed);
  return translator.text(ROWS.byValue, { currency: rate.currency });
}

/** The rate of the closed deals, or their counts with the reason why there is none. */
export function closedText({ count, of, interval, withheld }: WinRateResult['closed'], translator: Translator): string {
  if (withheld === undefined) return translator.share(count, of, interval);
  return translator.text(WITHHELD, { count, of, reason: { text: withheld } });
}

const COHORT_FORMULA: Text = {
  en: 'won within it / created at least that long ago',
  zh: '期内赢单 ÷ 创建已满该天数的单',
};

/** The headline; nothing where it cannot be told. */
function cohortRows({ cohort }: WinRateResult, translator: Translator): Inline[][] {
  const rate = cohortText(cohort, translator);
  if (rate === null) return [];
  const label = translator.text(ROWS.cohort, { window: { days: cohort?.windowDays ?? 0 } });
  return [[[{ text: label, tone: 'strong' }], rate, translator.text(COHORT_FORMULA)]];
}

function table(result: WinRateResult, translator: Translator): TableBlock {
  const byCount: Inline[][] = (['closed', 'toDate', 'upperBound'] as const).map((row) => [
    translator.text(ROWS[row]),
    row === 'closed' ? closedText(result.closed, translator) : shareOf(result[row], translator),
    translator.text(result[row].definition),
  ]);
  const byValue: Inline[][] = result.byValue.byCurrency.map((rate) => [
    valueLabel(rate, translator),
    valueText(rate, translator),
    translator.text(result.byValue.definition),
  ]);
  return {
    type: 'table',
    columns: [
      { title: translator.text(COLUMNS.basis), align: 'left', priority: 0 },
      { title: translator.text(COLUMNS.rate), align: 'left', priority: 0 },
      { title: translator.text(COLUMNS.formula), align: 'left', priority: 1 },
    ],
    rows: [...cohortRows(result, translator), ...byCount, ...byValue],
  };
}

function blocks(result: WinRateResult, translator: Translator): Block[] {
  const { excludedWon, excludedLost } = result.byValue;
  const caption = translator.text(EXCLUDED, { won: excludedWon, lost: excludedLost });
  const rows = table(result, translator);
  const captioned = excludedWon + excludedLost > 0 ? { ...rows, caption } : rows;
  return [heading(2, translator.text(TITLE)), captioned, ...swingBlocks(result.swing, translator)];
}

export default defineMetric<WinRateResult>({
  metric: 'winRate',
  title: TITLE,
  definition: {
    en: 'Of the deals created long enough ago, the share won within the window; deals lose faster than they win, so the rate of closed deals alone (won + lost), shown beside it with the lowest and highest it can become, looks too low while many are open.',
    zh: '创建已满观察期的单中，在观察期内赢下的比例。输单通常比赢单快，在途单多时只看已关闭单（赢单 + 输单）会偏低；两者并列，并给出可能的下限与上限。',
  },
  formula: {
    en: 'won within the window ÷ created at least that long ago; closed deals: won ÷ (won + lost)',
    zh: '观察期内赢单 ÷ 创建已满观察期的单；已关闭的单：赢单 ÷（赢单 + 输单）',
  },
  place: 'main',
  needsStages: true,
  compute,
  blocks,
  score: (result) => [swingScore(result?.steadiness ?? null)],
  figures: { win_rate: winRateFigure, win_value_rate: valueWinRateFigure },
});
