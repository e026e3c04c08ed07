import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, type Inline, paragraph, type TableBlock } from '../../report/document.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { firstOf } from '../owners/priority-list-top.ts';
import { figureColumn, wordColumn } from '../table-columns.ts';
import { lackOfPurchases, type Purchases, purchasesOf } from './customer-value-accounts.ts';
import { type CustomerAmounts, customerAmounts } from './customer-value-amounts.ts';

export interface CustomerFigures {
  readonly account: string;
  readonly wonDeals: number;
  readonly wonAmount: number;
  readonly averageAmount: number;
  readonly ordersPerYear: number;
}

export interface CustomerValueResult {
  readonly currency: string;
  /** Customers with a dated won deal with an amount in the currency. */
  readonly customers: number;
  readonly wonDeals: number;
  /** Won deals of known customers without a date or an amount in the currency. */
  readonly leftOut: number;
  readonly averageAmount: number;
  /** Years from the first won deal of each customer to the as-of day, at least one each, added up. */
  readonly customerYears: number;
  readonly ordersPerYear: number;
  readonly lifetimeDays: number;
  /** 0–1; null where the rules file has none: then the value is one of revenue. */
  readonly margin: number | null;
  readonly value: number;
  /** By won amount. */
  readonly top: readonly CustomerFigures[];
}

const YEAR_DAYS = 365;
const LISTED = 50;
const SHOWN = 10;
const NO_LIFETIME: Text = say('needs the parameter customer_lifetime', '需要参数 customer_lifetime（客户生命周期）');
const NO_AMOUNT: Text = say('no won deal with an amount', '没有带金额的赢单');
const NO_DATE: Text = say('no date of a won deal', '没有赢单日期');

function missing({ dataset }: MetricContext): Text | null {
  if (dataset.ruleset.parameters.customerLifetimeDays === null) return NO_LIFETIME;
  const lack = lackOfPurchases(dataset);
  const bought = purchasesOf(dataset);
  if (lack !== null || bought === null) return lack;
  const amounts = customerAmounts(dataset, bought);
  if (amounts === null) return NO_AMOUNT;
  return membersOf(bought, amounts).length === 0 ? NO_DATE : null;
}

function membersOf({ firstDay }: Purchases, { orders }: CustomerAmounts): number[] {
  return Array.from(orders.keys()).filter((customer) => orders[customer]! > 0 && !Number.isNaN(firstDay[customer]!));
}

function compute({ dataset }: MetricContext): CustomerValueResult | null {
  const { customerLifetimeDays: lifetimeDays, margin } = dataset.ruleset.parameters;
  const bought = purchasesOf(dataset);
  const amounts = bought === null ? null : customerAmounts(dataset, bought);
  if (lifetimeDays === null || bought === null || amounts === null) return null;
  const members = membersOf(bought, amounts);
  const yearsOf = (customer: number): number => Math.max(1, (dataset.asOfDay - bought.firstDay[customer]!) / YEAR_DAYS);
  const wonDeals = members.reduce((total, customer) => total + amounts.orders[customer]!, 0);
  const customerYears = members.reduce((total, customer) => total + yearsOf(customer), 0);
  const averageAmount = amounts.sumInAll / amounts.ordersInAll;
  const ordersPerYear = wonDeals / customerYears;
  const compare = (a: number, b: number): number => {
    if (amounts.sums[a] !== amounts.sums[b]) return amounts.sums[b]! - amounts.sums[a]!;
    return bought.names[a]! < bought.names[b]! ? -1 : 1;
  };
  return {
    currency: amounts.currency,
    customers: members.length,
    wonDeals,
    leftOut: amounts.leftOut + amounts.ordersInAll - wonDeals,
    averageAmount,
    customerYears,
    ordersPerYear,
    lifetimeDays,
    margin,
    value: averageAmount * ordersPerYear * (lifetimeDays / YEAR_DAYS) * (margin ?? 1),
    top: firstOf(members, LISTED, compare).map((customer) => ({
      account: bought.names[customer]!,
      wonDeals: amounts.orders[customer]!,
      wonAmount: amounts.sums[customer]!,
      averageAmount: amounts.sums[customer]! / amounts.orders[customer]!,
      ordersPerYear: amounts.orders[customer]! / yearsOf(customer),
    })),
  };
}

const TITLE: Text = say('Value of a customer', '客户生命周期价值');
const VALUE = say(
  '{value} a customer = {average} an order × {orders} orders a year × {years} years × {margin} margin',
  '每个客户 {value} = 单均 {average} × 每年 {orders} 单 × {years} 年 × 毛利率 {margin}',
);
const REVENUE = say(
  '{value} a customer in revenue = {average} an order × {orders} orders a year × {years} years; the rules file has no margin',
  '每个客户带来收入 {value} = 单均 {average} × 每年 {orders} 单 × {years} 年；规则文件未设毛利率（margin）',
);
const BASE = say(
  'From {deals} won deals of {customers} customers in {customerYears} customer years: each counts from its first won deal, for one year at least.',
  '基于 {customers} 个客户的 {deals} 个赢单、共 {customerYears} 客户年：每个客户从首次赢单起算，至少计一年。',
);
const LEFT_OUT = say(
  '{count} won deals have no date or no amount in {currency}.',
  '{count} 个赢单没有日期或没有以 {currency} 计的金额。',
);
const ACCOUNT = say('Account', '客户');
const WON = say('Won deals', '赢单数');
const AMOUNT = say('Won amount', '赢单金额');
const AVERAGE = say('Average', '单均');
const YEARLY = say('Orders a year', '每年单数');

function topTable({ top, currency }: CustomerValueResult, translator: Translator): TableBlock {
  return {
    type: 'table',
    columns: [
      wordColumn(ACCOUNT, 0, translator),
      figureColumn(WON, 1, translator),
      figureColumn(AMOUNT, 0, translator),
      figureColumn(AVERAGE, 2, translator),
      figureColumn(YEARLY, 3, translator),
    ],
    rows: top
      .slice(0, SHOWN)
      .map((each) => [
        translator.value(each.account),
        translator.number(each.wonDeals),
        translator.money(each.wonAmount, currency),
        translator.money(each.averageAmount, currency),
        translator.number(each.ordersPerYear, 1),
      ]),
  };
}

function blocks(result: CustomerValueResult, translator: Translator): Block[] {
  const { currency, margin, leftOut } = result;
  const items: Inline[] = [
    translator.text(BASE, {
      deals: result.wonDeals,
      customers: result.customers,
      customerYears: translator.number(result.customerYears, 1),
    }),
  ];
  if (leftOut > 0) items.push(translator.text(LEFT_OUT, { count: leftOut, currency }));
  const slots = {
    value: { money: result.value, currency },
    average: { money: result.averageAmount, currency },
    orders: translator.number(result.ordersPerYear, 2),
    years: translator.number(result.lifetimeDays / YEAR_DAYS, 1),
  };
  const line =
    margin === null ? translator.text(REVENUE, slots) : translator.text(VALUE, { ...slots, margin: { rate: margin } });
  return [heading(2, translator.text(TITLE)), paragraph(line), { type: 'list', items }, topTable(result, translator)];
}

export default defineMetric<CustomerValueResult>({
  metric: 'customerValue',
  title: TITLE,
  definition: say(
    'What a customer brings in over its lifetime: average won deal, won deals a year, lifetime and margin (the last two from the rules file).',
    '客户在整个生命周期内带来的价值：单均赢单金额、每年赢单数、生命周期和毛利率（后两项来自规则文件）。',
  ),
  formula: say(
    'average order × orders per year × lifetime in years × margin',
    '单均金额 × 每年单数 × 生命周期（年）× 毛利率',
  ),
  place: 'further',
  needsStages: true,
  missing,
  compute,
  blocks,
});
