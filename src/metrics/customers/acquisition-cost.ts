import { isoOf } from '../../dataset/values/calendar.ts';
import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, type Inline } from '../../report/document.ts';
import { type DealsBehind, dealsBehind } from '../deals-behind.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { lackOfPurchases, type Purchases, purchasesOf } from './customer-value-accounts.ts';

/** `dealKeys` are the won deals of the new customers in the period. */
export interface AcquisitionCostResult extends DealsBehind {
  readonly cost: number;
  /** Currency of the cost; null where the rules file names none. */
  readonly currency: string | null;
  readonly from: string;
  readonly until: string;
  /** Customers whose first won deal lies in the period. */
  readonly newCustomers: number;
  /** Null where no customer is new. */
  readonly costPerCustomer: number | null;
  /** Customers without a day for any won deal: they may be new. */
  readonly undated: number;
}

const LACKING: Readonly<Record<'acquisitionCost' | 'costFromDay' | 'costUntilDay', Text>> = {
  acquisitionCost: say('needs the parameter acquisition_cost', '需要参数 acquisition_cost（获客成本）'),
  costFromDay: say('needs the parameter cost_from', '需要参数 cost_from（成本起始日）'),
  costUntilDay: say('needs the parameter cost_until', '需要参数 cost_until（成本截止日）'),
};

function missing({ dataset }: MetricContext): Text | null {
  const { parameters } = dataset.ruleset;
  if (parameters.acquisitionCost === null) return LACKING.acquisitionCost;
  if (parameters.costFromDay === null) return LACKING.costFromDay;
  if (parameters.costUntilDay === null) return LACKING.costUntilDay;
  return lackOfPurchases(dataset);
}

function newRows({ customerOf, firstDay }: Purchases, from: number, until: number): number[] {
  const rows: number[] = [];
  for (let row = 0; row < customerOf.length; row += 1) {
    const customer = customerOf[row]!;
    if (customer >= 0 && firstDay[customer]! >= from && firstDay[customer]! <= until) rows.push(row);
  }
  return rows;
}

function compute({ dataset, details }: MetricContext): AcquisitionCostResult | null {
  const { acquisitionCost: cost, costFromDay: from, costUntilDay: until } = dataset.ruleset.parameters;
  const bought = purchasesOf(dataset);
  if (cost === null || from === null || until === null || bought === null) return null;
  let newCustomers = 0;
  let undated = 0;
  for (let customer = 0; customer < bought.orders.length; customer += 1) {
    const first = bought.firstDay[customer]!;
    if (first >= from && first <= until) newCustomers += 1;
    if (Number.isNaN(first) && bought.orders[customer]! > 0) undated += 1;
  }
  return {
    cost,
    currency: dataset.ruleset.source.currency,
    from: isoOf(from),
    until: isoOf(until),
    newCustomers,
    costPerCustomer: newCustomers === 0 ? null : cost / newCustomers,
    undated,
    ...dealsBehind(dataset, details, () => newRows(bought, from, until)),
  };
}

const TITLE: Text = say('Cost of a new customer', '获客成本');
const LINE = say(
  '{each} a customer: {cost} for {customers} customers first won from {from} to {until}',
  '每个新客户 {each}：{from} 至 {until} 投入 {cost}，首次成交客户 {customers} 个',
);
const NONE = say('No customer was first won from {from} to {until}.', '{from} 至 {until} 没有首次成交的客户。');
const UNDATED = say(
  '{count} customers have no date of a won deal and are left out.',
  '{count} 个客户的赢单没有日期，未计入。',
);
const FACT = say(
  'Customers who bought before the first deal of this file count as new.',
  '在本文件首单之前成交过的客户会被当作新客户。',
);

function blocks(result: AcquisitionCostResult, translator: Translator): Block[] {
  const { cost, currency, newCustomers, costPerCustomer, undated } = result;
  const period = { from: { date: result.from }, until: { date: result.until } };
  const line =
    costPerCustomer === null
      ? translator.text(NONE, period)
      : translator.text(LINE, {
          each: { money: costPerCustomer, currency },
          cost: { money: cost, currency },
          customers: newCustomers,
          ...period,
        });
  const items: Inline[] = [line, [{ text: translator.text(FACT), tone: 'muted' }]];
  if (undated > 0) items.push(translator.text(UNDATED, { count: undated }));
  return [heading(2, translator.text(TITLE)), { type: 'list', items }];
}

export default defineMetric<AcquisitionCostResult>({
  metric: 'acquisitionCost',
  title: TITLE,
  definition: say(
    'What was spent on winning customers in a period, by customer first won in it.',
    '某期间的获客总投入，分摊到该期间首次成交的每个客户。',
  ),
  formula: say('acquisition cost ÷ customers first won in the period', '获客成本 ÷ 期间内首次成交的客户数'),
  place: 'further',
  needsStages: true,
  missing,
  compute,
  blocks,
});
