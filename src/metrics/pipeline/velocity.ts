import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, type Inline, paragraph, span, type TableBlock } from '../../report/document.ts';
import { MOST_CURRENCIES, moreCurrenciesText, namedCurrency } from '../amounts.ts';
import { keysOf } from '../deals-behind.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { type Basis, type Rate, rateOf, shareOf } from '../rate.ts';
import { openRowsOf, wonRowsOf } from '../row-facts.ts';
import { rowsWonBetween, wholeAmount, wonBetween } from './pipeline-amounts.ts';
import { type CurrencyDeals, dealsInCurrencies, rowsInCurrency } from './pipeline-rows.ts';
import {
  type MeanCycle,
  USUAL_WINDOW_DAYS,
  type VelocityColumns,
  type VelocityParts,
  velocityColumns,
  velocityParts,
  velocityPerDay,
  withheldVelocity,
} from './velocity-figures.ts';

/** The velocity by one reading of the cycle. */
export interface VelocityByCycle extends MeanCycle {
  /** Mean time of the won deals (the market formula), or of all closed ones (Little’s law). */
  readonly cycle: 'won' | 'closed';
  /** Currency a day; null where a part is unknown. */
  readonly amountPerDay: number | null;
}

/** The velocity of the deals in one currency. */
export interface CurrencyVelocity {
  readonly currency: string;
  readonly openDeals: number;
  readonly winRate: Rate;
  /** Nobody ever lost: the win rate is 100 % whatever happened. */
  readonly noLostDeals: boolean;
  /** Of the won deals with an amount above 0. */
  readonly averageWonAmount: number | null;
  readonly wonDealsWithAmount: number;
  /** Won deals without an amount, or with one of 0, which are not in the average. */
  readonly wonDealsWithoutAmount: number;
  /** Why there is no win rate, and so no velocity, although deals are closed. */
  readonly withheld: Text | null;
  readonly byCycle: readonly VelocityByCycle[];
  /** Output per day: won in the days up to the as-of day ÷ those days; null where no deal has a closing day. */
  readonly realised: {
    readonly days: number;
    readonly deals: number;
    readonly amount: number;
    readonly amountPerDay: number;
  } | null;
  readonly dealKeys?: { readonly open: readonly string[]; readonly realised: readonly string[] };
}

export interface VelocityResult {
  readonly basis: Basis;
  /** In order of the currency codes. */
  readonly currencies: readonly CurrencyVelocity[];
}

const TITLE: Text = { en: 'Sales velocity', zh: '销售速度' };

function missing({ dataset }: MetricContext): Text | null {
  if (!dataset.columns.has('amount')) return say('no column for the amount', '没有金额列');
  if (dealsInCurrencies(dataset).length === 0) return say('no readable amounts', '没有可识别的金额');
  return null;
}

function velocityOf(
  { dataset, details }: MetricContext,
  group: CurrencyDeals,
  columns: VelocityColumns,
  parts: VelocityParts,
): CurrencyVelocity {
  const { outcome, closed, amounts } = columns;
  const withheld = withheldVelocity(outcome, parts);
  const rate = rateOf(parts.won, parts.won + parts.lost);
  const perDay = (cycle: MeanCycle): number | null => (withheld === null ? velocityPerDay(parts, cycle) : null);
  const fromDay = dataset.asOfDay - USUAL_WINDOW_DAYS + 1;
  const won = { amounts, outcome, days: closed };
  const lately = { fromDay, untilDay: dataset.asOfDay };
  const wonRows = rowsInCurrency(dataset, group, wonRowsOf(dataset));
  const recent = wonBetween(won, wonRows, lately);
  return {
    currency: group.currency,
    openDeals: parts.open,
    winRate: withheld === null ? rate : { ...rate, value: null, interval: null },
    noLostDeals: parts.won > 0 && parts.lost === 0,
    averageWonAmount: parts.averageWonAmount,
    wonDealsWithAmount: parts.wonWithAmount,
    wonDealsWithoutAmount: parts.won - parts.wonWithAmount,
    withheld,
    byCycle: [
      { cycle: 'won', ...parts.wonCycle, amountPerDay: perDay(parts.wonCycle) },
      { cycle: 'closed', ...parts.closedCycle, amountPerDay: perDay(parts.closedCycle) },
    ],
    realised:
      parts.wonDated > 0
        ? {
            days: USUAL_WINDOW_DAYS,
            deals: recent.deals,
            amount: recent.total,
            amountPerDay: recent.total / USUAL_WINDOW_DAYS,
          }
        : null,
    ...(details
      ? {
          dealKeys: {
            open: keysOf(dataset, rowsInCurrency(dataset, group, openRowsOf(dataset))),
            realised: keysOf(dataset, rowsWonBetween(won, wonRows, lately)),
          },
        }
      : {}),
  };
}

function compute(context: MetricContext): VelocityResult {
  const { dataset } = context;
  const columns = velocityColumns(dataset);
  const groups = dealsInCurrencies(dataset);
  const isOne = groups.length === 1;
  const parts = velocityParts(columns, isOne ? null : dataset.currency, dataset.currencies.length + 1, null);
  return {
    basis: dataset.journeys === null ? 'snapshot' : 'history',
    currencies: groups.map((group) =>
      velocityOf(context, group, columns, parts[group.only === null ? 0 : group.only + 1]!),
    ),
  };
}

const COLUMNS = {
  measure: { en: 'Measure', zh: '口径' },
  perDay: { en: 'A day', zh: '每天' },
  from: { en: 'Out of', zh: '计算' },
} as const satisfies Record<string, Text>;
const REALISED: Text = { en: 'Output: won, last {days} days', zh: '实际产出：近 {days} 天赢单' };
const BY_CYCLE: Readonly<Record<VelocityByCycle['cycle'], Text>> = {
  won: { en: 'Expected at the present pace, cycle of won deals', zh: '按目前节奏预计（赢单周期）' },
  closed: { en: 'Expected at the present pace, cycle of all closed deals', zh: '按目前节奏预计（全部已关闭单的周期）' },
};
const REALISED_FROM: Text = { en: '{amount} (won: {deals}) ÷ {days}', zh: '{deals} 单 {amount} ÷ {days}' };
const PRODUCT: Text = {
  en: '{open} open × {rate} × {amount} ÷ {days}',
  zh: '在途 {open} 单 × {rate} × {amount} ÷ {days}',
};
const NO_LOST: Text = {
  en: 'not one closed deal is lost, so the win rate, and with it the velocity, is too high',
  zh: '已关闭的单里没有一单输单，赢单率和由此算出的速度都偏高',
};
const NOTE: Text = {
  en: 'Win rate: {share}. The present pace is no forecast: it holds while as many deals come in as go out.',
  zh: '赢单率：{share}。“目前节奏”不是预测，只有在进出数量平衡时才成立。',
};
const WITHHELD: Text = { en: 'No velocity: {reason}', zh: '不给出速度：{reason}' };
const WITHOUT_AMOUNT: Text = {
  en: 'Won deals without an amount above 0, not in the average: {count}',
  zh: '没有金额或金额为 0 的赢单，未计入平均：{count} 单',
};
const MORE: Text = { en: 'Not shown: {more}.', zh: '未列出：{more}。' };

function productText(velocity: CurrencyVelocity, { meanDays }: MeanCycle, translator: Translator): string {
  return translator.text(PRODUCT, {
    open: velocity.openDeals,
    rate: translator.percent(velocity.winRate.value, 0),
    amount: { money: wholeAmount(velocity.averageWonAmount ?? Number.NaN), currency: namedCurrency(velocity) },
    days: translator.days(meanDays),
  });
}

function moneyADay(amount: number | null, currency: string | null, translator: Translator): string {
  return translator.money(amount === null ? null : wholeAmount(amount), currency);
}

function rowsFor(velocity: CurrencyVelocity, translator: Translator): Inline[][] {
  const currency = namedCurrency(velocity);
  const { realised, byCycle, withheld } = velocity;
  const promised = (withheld === null ? byCycle : []).map((each) => [
    translator.text(BY_CYCLE[each.cycle]),
    moneyADay(each.amountPerDay, currency, translator),
    each.amountPerDay === null ? '–' : productText(velocity, each, translator),
  ]);
  if (realised === null) return promised;
  const { days, deals, amount, amountPerDay } = realised;
  const output = [
    translator.text(REALISED, { days }),
    [span(moneyADay(amountPerDay, currency, translator), 'strong')],
    translator.text(REALISED_FROM, { amount: { money: amount, currency }, deals, days: { days } }),
  ];
  return [output, ...promised];
}

function blocks({ currencies }: VelocityResult, translator: Translator): Block[] {
  const shown = currencies.slice(0, MOST_CURRENCIES);
  const table: TableBlock = {
    type: 'table',
    columns: [
      { title: translator.text(COLUMNS.measure), align: 'left', priority: 0, wrapTo: 20 },
      { title: translator.text(COLUMNS.perDay), align: 'right', priority: 0 },
      { title: translator.text(COLUMNS.from), align: 'left', priority: 1 },
    ],
    rows: shown.flatMap((velocity) => rowsFor(velocity, translator)),
  };
  const share = {
    list: shown.flatMap(({ winRate, withheld }) => (withheld === null ? [shareOf(winRate, translator)] : [])),
  };
  const withheld = shown.find((velocity) => velocity.withheld !== null)?.withheld ?? null;
  const without = shown.reduce((sum, velocity) => sum + velocity.wonDealsWithoutAmount, 0);
  const rest = currencies.length - shown.length;
  const remarks = [
    ...(withheld === null ? [] : [translator.text(WITHHELD, { reason: { text: withheld } })]),
    ...(withheld === null && shown.some(({ noLostDeals }) => noLostDeals) ? [translator.text(NO_LOST)] : []),
    ...(without > 0 ? [translator.text(WITHOUT_AMOUNT, { count: without })] : []),
    ...(rest > 0 ? [translator.text(MORE, { more: moreCurrenciesText(rest, translator) })] : []),
  ];
  return [
    heading(2, translator.text(TITLE)),
    ...(table.rows.length > 0 ? [table] : []),
    ...(share.list.length > 0 ? [paragraph(translator.text(NOTE, { share }))] : []),
    ...(remarks.length > 0 ? [{ type: 'list' as const, items: remarks }] : []),
  ];
}

export default defineMetric<VelocityResult>({
  metric: 'velocity',
  title: TITLE,
  definition: {
    en: 'Money a day: what was really won over the last 90 days, beside what the open deals bring at the present pace: at the win rate, the average won amount and the mean cycle so far.',
    zh: '每天的金额：近 90 天实际赢得的，以及按目前节奏（赢单率、平均赢单金额、平均周期）推算在途单将带来的。',
  },
  formula: {
    en: 'open deals × win rate × average won amount ÷ mean cycle days; output: won amount of 90 days ÷ 90',
    zh: '在途单数 × 赢单率 × 平均赢单金额 ÷ 平均周期天数；实际产出：近 90 天赢单金额 ÷ 90',
  },
  place: 'main',
  needsStages: true,
  missing,
  compute,
  blocks,
});
