import type { Dataset } from '../../dataset/dataset.ts';
import { isoOf } from '../../dataset/values/calendar.ts';
import { periodStart } from '../../dataset/values/periods.ts';
import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, type Inline, paragraph, span, type TableBlock } from '../../report/document.ts';
import type { Period } from '../../ruleset/expression/expression.ts';
import { type DealsBehind, dealsBehind } from '../deals-behind.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { type Rate, rateOf, shareOf } from '../rate.ts';
import { figureColumn, wordColumn } from '../table-columns.ts';
import { lackOfPurchases, type Purchases, purchasesOf } from './customer-value-accounts.ts';

/** Customers by the period of their first won deal. */
export interface RepurchaseCohort {
  /** ISO date of the first day. */
  readonly from: string;
  readonly customers: number;
  /** Of those first won at least `withinDays` ago, those with a second won deal within that time. */
  readonly matured: Rate;
  /** First won too recently to be judged. */
  readonly waiting: number;
}

export interface RepurchaseResult {
  readonly customers: number;
  readonly wonDeals: number;
  readonly wonWithoutAccount: number;
  /** Customers with two won deals or more, of all customers won. `dealKeys` are the won deals of these. */
  readonly repeat: Rate & DealsBehind;
  /** Of those, customers whose won deals are all of one day. */
  readonly sameDay: number;
  readonly withinDays: number;
  readonly matured: Rate;
  readonly waiting: number;
  /** Customers without a day for any won deal; they are in no cohort. */
  readonly undated: number;
  readonly period: Period;
  /** The latest ones, oldest first. */
  readonly cohorts: readonly RepurchaseCohort[];
}

const WITHIN_DAYS = 365;
const LISTED_COHORTS = 24;
const SHOWN_COHORTS = 12;

/** How customers stand that are judged, or not yet. */
interface Standing {
  customers: number;
  matured: number;
  repeated: number;
}

function standings(bought: Purchases, { asOfDay }: Dataset, period: Period): Map<number, Standing> {
  const cohorts = new Map<number, Standing>();
  for (let customer = 0; customer < bought.orders.length; customer += 1) {
    const first = bought.firstDay[customer]!;
    if (Number.isNaN(first)) continue;
    const start = periodStart(first, period);
    const standing = cohorts.get(start) ?? { customers: 0, matured: 0, repeated: 0 };
    cohorts.set(start, standing);
    standing.customers += 1;
    if (first + WITHIN_DAYS > asOfDay) continue;
    standing.matured += 1;
    if (bought.secondDay[customer]! <= first + WITHIN_DAYS) standing.repeated += 1;
  }
  return cohorts;
}

function repeatedRows({ customerOf, orders }: Purchases): number[] {
  const rows: number[] = [];
  for (let row = 0; row < customerOf.length; row += 1) {
    const customer = customerOf[row]!;
    if (customer >= 0 && orders[customer]! >= 2) rows.push(row);
  }
  return rows;
}

function compute({ dataset, period, details }: MetricContext): RepurchaseResult | null {
  const bought = purchasesOf(dataset);
  if (bought === null) return null;
  let repeat = 0;
  let sameDay = 0;
  let dated = 0;
  for (let customer = 0; customer < bought.orders.length; customer += 1) {
    if (!Number.isNaN(bought.firstDay[customer]!)) dated += 1;
    if (bought.orders[customer]! < 2) continue;
    repeat += 1;
    if (bought.firstDay[customer] === bought.lastDay[customer]) sameDay += 1;
  }
  const cohorts = [...standings(bought, dataset, period)].toSorted(([a], [b]) => a - b);
  const total = (of: (standing: Standing) => number): number =>
    cohorts.reduce((sum, [, standing]) => sum + of(standing), 0);
  const matured = total((standing) => standing.matured);
  return {
    customers: bought.customers,
    wonDeals: bought.wonDeals,
    wonWithoutAccount: bought.wonWithoutAccount,
    repeat: { ...rateOf(repeat, bought.customers), ...dealsBehind(dataset, details, () => repeatedRows(bought)) },
    sameDay,
    withinDays: WITHIN_DAYS,
    matured: rateOf(
      total(({ repeated }) => repeated),
      matured,
    ),
    waiting: dated - matured,
    undated: bought.customers - dated,
    period,
    cohorts: cohorts.slice(-LISTED_COHORTS).map(([start, standing]) => ({
      from: isoOf(start),
      customers: standing.customers,
      matured: rateOf(standing.repeated, standing.matured),
      waiting: standing.customers - standing.matured,
    })),
  };
}

const TITLE: Text = say('Repeat customers', '复购');
const REPEAT = say(
  'Customers with two won deals or more, of all customers won: {share}',
  '赢单两次及以上的客户占全部成交客户：{share}',
);
const MATURED = say(
  'A second deal won within {days}, of the customers who have had that long: {share}',
  '首次成交后 {days}内再次成交（仅计已满该时长的客户）：{share}',
);
const WAITING = say(
  'Too recent to be judged: {waiting} customers first won less than {days} ago',
  '首次成交不满 {days}、暂不判断：{waiting} 个客户',
);
const UNDATED = say('Without a date: {undated} customers', '没有日期：{undated} 个客户');
const SAME_DAY = say(
  '{count} of them won all on one day, which may be one purchase in several rows',
  '其中 {count} 个客户的赢单都在同一天，可能是同一次采购分成了多行',
);
const NO_ACCOUNTS = say('Won deals without an account, left out: {count}', '未计入没有客户的赢单：{count}');
const COHORT = say('First won from', '首次成交起始日');
const CUSTOMERS = say('Customers', '客户数');
const AGAIN = say('Again in time', '按期复购');
const YOUNG = say('Too recent', '时长未满');
const FACT = say(
  'Customers who bought before the first deal of this file count as new.',
  '在本文件首单之前成交过的客户会被当作新客户。',
);

function cohortTable(cohorts: readonly RepurchaseCohort[], translator: Translator): TableBlock {
  return {
    type: 'table',
    columns: [
      wordColumn(COHORT, 0, translator),
      figureColumn(CUSTOMERS, 1, translator),
      figureColumn(AGAIN, 0, translator),
      figureColumn(YOUNG, 2, translator),
    ],
    rows: cohorts.map(({ from, customers, matured, waiting }) => [
      translator.date(from),
      translator.number(customers),
      matured.of === 0 ? '–' : shareOf(matured, translator),
      translator.number(waiting),
    ]),
  };
}

function blocks(result: RepurchaseResult, translator: Translator): Block[] {
  const isJudged = result.matured.of > 0;
  const waiting = translator.text(WAITING, { waiting: result.waiting, days: { days: result.withinDays } });
  const items: Inline[] = [
    translator.text(REPEAT, { share: shareOf(result.repeat, translator) }),
    ...(isJudged
      ? [translator.text(MATURED, { days: { days: result.withinDays }, share: shareOf(result.matured, translator) })]
      : []),
    ...(result.waiting === 0 ? [] : [waiting]),
    ...(result.undated === 0 ? [] : [translator.text(UNDATED, { undated: result.undated })]),
  ];
  if (result.sameDay > 0) items.push(translator.text(SAME_DAY, { count: result.sameDay }));
  if (result.wonWithoutAccount > 0) items.push(translator.text(NO_ACCOUNTS, { count: result.wonWithoutAccount }));
  return [
    heading(2, translator.text(TITLE)),
    { type: 'list', items },
    ...(!isJudged ? [] : [cohortTable(result.cohorts.slice(-SHOWN_COHORTS), translator)]),
    paragraph([span(translator.text(FACT), 'muted')]),
  ];
}

export default defineMetric<RepurchaseResult>({
  metric: 'repurchase',
  title: TITLE,
  definition: say(
    'Share of the customers won that have a second won deal, and by when they were first won, each given the same time.',
    '成交客户中再次成交的比例；按首次成交时间分组，各组观察时长相同。',
  ),
  formula: say('customers with two won deals or more ÷ customers won', '赢单两次及以上的客户 ÷ 成交客户'),
  place: 'further',
  needsStages: true,
  missing: ({ dataset }) => lackOfPurchases(dataset),
  compute,
  blocks,
});
