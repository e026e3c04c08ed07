import { sumMoney } from '../../dataset/values/money-sum.ts';
import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, paragraph, span, type TableBlock } from '../../report/document.ts';
import { quantileOfSorted, sortedCopy } from '../../stats/quantile.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { firstOf } from '../owners/priority-list-top.ts';
import { type Rate, rateOf, shareOf } from '../rate.ts';
import { figureColumn, wordColumn } from '../table-columns.ts';
import {
  hasDatedPurchase,
  hasRepeatCustomer,
  lackOfPurchases,
  type Purchases,
  purchasesOf,
} from './customer-value-accounts.ts';
import { type CustomerAmounts, customerAmounts } from './customer-value-amounts.ts';

/** Segments by how recently (R) and how often (F) customers bought, 5 best; each customer is in one. */
const SEGMENTS = ['champions', 'loyal', 'atRisk', 'promising', 'steady', 'sleeping'] as const;
type Segment = (typeof SEGMENTS)[number];

export interface RfmCustomer {
  readonly account: string;
  readonly recencyDays: number;
  readonly wonDeals: number;
  /** Null where none of its won deals has an amount in the currency. */
  readonly wonAmount: number | null;
  /** 1–5, 5 best; `monetary` is null without an amount. */
  readonly recency: number;
  readonly frequency: number;
  readonly monetary: number | null;
  readonly segment: Segment;
}

export interface RfmResult {
  readonly customers: number;
  /** Customers without a day for any won deal, left out. */
  readonly undated: number;
  /** Currency of all amounts; null where no won deal has one. */
  readonly currency: string | null;
  /** Won deals in another currency or without an amount: they count in R and F only. */
  readonly dealsWithoutAmount: number;
  readonly segments: readonly {
    readonly segment: Segment;
    readonly customers: Rate;
    readonly wonDeals: number;
    readonly wonAmount: number | null;
  }[];
  /** By won amount, then by won deals. */
  readonly top: readonly RfmCustomer[];
}

const LISTED = 50;
const SHOWN = 15;
const NO_DATE: Text = say('no date of a won deal', '没有赢单日期');
const NO_REPEAT: Text = say('no customer with two won deals', '没有赢单两次及以上的客户');

function missing({ dataset }: MetricContext): Text | null {
  const lack = lackOfPurchases(dataset);
  if (lack !== null) return lack;
  if (!hasRepeatCustomer(dataset)) return NO_REPEAT;
  return hasDatedPurchase(dataset) ? null : NO_DATE;
}

/** Fifth of each value, 1 lowest: one more than the cuts (type 7) that lie below it, so that equal values share theirs. */
function fifthOf(values: Float64Array): (value: number) => number {
  const sorted = sortedCopy(values);
  const cuts = [0.2, 0.4, 0.6, 0.8].map((share) => quantileOfSorted(sorted, share) ?? Number.NaN);
  return (value) => 1 + cuts.filter((cut) => cut < value).length;
}

function segmentOf(recency: number, frequency: number): Segment {
  const isFrequent = frequency >= 4;
  if (recency >= 4) return isFrequent ? 'champions' : 'promising';
  if (recency === 3) return isFrequent ? 'loyal' : 'steady';
  return isFrequent ? 'atRisk' : 'sleeping';
}

function customersOf(bought: Purchases, amounts: CustomerAmounts | null, asOfDay: number): readonly RfmCustomer[] {
  const members = Array.from(bought.orders.keys()).filter((customer) => !Number.isNaN(bought.lastDay[customer]!));
  const daysOf = (customer: number): number => Math.max(0, asOfDay - bought.lastDay[customer]!);
  const paid = members.filter((customer) => (amounts?.orders[customer] ?? 0) > 0);
  const fifths = {
    days: fifthOf(Float64Array.from(members, daysOf)),
    orders: fifthOf(Float64Array.from(members, (customer) => bought.orders[customer]!)),
    amount: fifthOf(Float64Array.from(paid, (customer) => amounts?.sums[customer] ?? 0)),
  };
  return members.map((customer) => {
    const hasPaid = (amounts?.orders[customer] ?? 0) > 0;
    const wonAmount = hasPaid ? (amounts?.sums[customer] ?? null) : null;
    const recency = 6 - fifths.days(daysOf(customer));
    const frequency = fifths.orders(bought.orders[customer]!);
    return {
      account: bought.names[customer]!,
      recencyDays: daysOf(customer),
      wonDeals: bought.orders[customer]!,
      wonAmount,
      recency,
      frequency,
      monetary: wonAmount === null ? null : fifths.amount(wonAmount),
      segment: segmentOf(recency, frequency),
    };
  });
}

function compute({ dataset }: MetricContext): RfmResult | null {
  const bought = purchasesOf(dataset);
  if (bought === null) return null;
  const amounts = customerAmounts(dataset, bought);
  const customers = customersOf(bought, amounts, dataset.asOfDay);
  const sizeOf = (index: number): number => customers[index]!.wonAmount ?? Number.NEGATIVE_INFINITY;
  const compare = (a: number, b: number): number => {
    const [first, second] = [customers[a]!, customers[b]!];
    if (sizeOf(a) !== sizeOf(b)) return sizeOf(a) > sizeOf(b) ? -1 : 1;
    return second.wonDeals - first.wonDeals || (first.account < second.account ? -1 : 1);
  };
  return {
    customers: customers.length,
    undated: bought.customers - customers.length,
    currency: amounts?.currency ?? null,
    dealsWithoutAmount: amounts?.leftOut ?? bought.wonDeals - bought.wonWithoutAccount,
    segments: SEGMENTS.map((segment) => {
      const members = customers.filter((customer) => customer.segment === segment);
      return {
        segment,
        customers: rateOf(members.length, customers.length),
        wonDeals: members.reduce((total, { wonDeals }) => total + wonDeals, 0),
        wonAmount: amounts === null ? null : sumMoney(members.flatMap(({ wonAmount }) => wonAmount ?? [])),
      };
    }),
    top: firstOf(customers.keys(), LISTED, compare).map((index) => customers[index]!),
  };
}

const TITLE: Text = say('Customers by recency, frequency and amount (RFM)', '客户 RFM 分层');
const SEGMENT_TEXTS: Readonly<Record<Segment, Text>> = {
  champions: say('bought lately and often', '近期且高频'),
  loyal: say('often, some time ago', '高频、间隔适中'),
  atRisk: say('often, but long ago', '高频但久未成交'),
  promising: say('lately, few times', '近期、低频'),
  steady: say('few times, some time ago', '低频、间隔适中'),
  sleeping: say('few times, long ago', '低频且久未成交'),
};
const SEGMENT = say('Segment', '分层');
const CUSTOMERS = say('Customers', '客户数');
const ACCOUNT = say('Account', '客户');
const SINCE = say('Since last won', '距上次赢单');
const WON = say('Won deals', '赢单数');
const AMOUNT = say('Won amount', '赢单金额');
const SCORES = say('R F M', 'R F M');
const RULE = say(
  'R, F and M are fifths from 1 to 5, 5 best: days since the last won deal, won deals, won amount. Equal customers share a score; lately is R 4–5, long ago R 1–2, often F 4–5.',
  'R、F、M 按五等分计 1–5 分，5 分最好：距上次赢单的天数、赢单数、赢单金额；数值相同则同分。近期为 R 4–5，久未成交为 R 1–2，高频为 F 4–5。',
);
const LEFT_OUT = say(
  '{count} won deals have no amount in {currency}; they count in R and F only.',
  '{count} 个赢单没有以 {currency} 计的金额，只计入 R 和 F。',
);

function segmentTable({ segments, currency }: RfmResult, translator: Translator): TableBlock {
  return {
    type: 'table',
    columns: [
      wordColumn(SEGMENT, 0, translator),
      figureColumn(CUSTOMERS, 0, translator),
      figureColumn(WON, 2, translator),
      figureColumn(AMOUNT, 1, translator),
    ],
    rows: segments.map(({ segment, customers, wonDeals, wonAmount }) => [
      translator.text(SEGMENT_TEXTS[segment]),
      shareOf(customers, translator),
      translator.number(wonDeals),
      translator.money(wonAmount, currency),
    ]),
  };
}

function topTable({ top, currency }: RfmResult, translator: Translator): TableBlock {
  return {
    type: 'table',
    columns: [
      wordColumn(ACCOUNT, 0, translator),
      figureColumn(SCORES, 1, translator),
      figureColumn(SINCE, 2, translator),
      figureColumn(WON, 0, translator),
      figureColumn(AMOUNT, 0, translator),
    ],
    rows: top
      .slice(0, SHOWN)
      .map((customer) => [
        translator.value(customer.account),
        `${customer.recency} ${customer.frequency} ${customer.monetary ?? '–'}`,
        translator.days(customer.recencyDays),
        translator.number(customer.wonDeals),
        translator.money(customer.wonAmount, currency),
      ]),
  };
}

function blocks(result: RfmResult, translator: Translator): Block[] {
  const { dealsWithoutAmount, currency } = result;
  const leftOut = translator.text(LEFT_OUT, { count: dealsWithoutAmount, currency });
  return [
    heading(2, translator.text(TITLE)),
    segmentTable(result, translator),
    topTable(result, translator),
    paragraph([span(translator.text(RULE), 'muted')]),
    ...(dealsWithoutAmount > 0 && currency !== null ? [paragraph([span(leftOut, 'muted')])] : []),
  ];
}

export default defineMetric<RfmResult>({
  metric: 'rfm',
  title: TITLE,
  definition: say(
    'Customers scored from 1 to 5 by days since their last won deal, number of won deals and won amount.',
    '按距上次赢单的天数、赢单数和赢单金额，给每个客户打 1–5 分。',
  ),
  formula: say(
    'fifths (type 7 quantiles) of R days, F won deals and M won amount',
    'R 天数、F 赢单数、M 赢单金额的五等分（第 7 类分位数）',
  ),
  place: 'further',
  needsStages: true,
  missing,
  compute,
  blocks,
});
