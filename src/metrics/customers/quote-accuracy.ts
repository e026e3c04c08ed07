import { numberAt, textAt } from '../../dataset/cells.ts';
import type { LinkedTable } from '../../dataset/dataset.ts';
import { joinKey } from '../../dataset/deal-join.ts';
import { addMoney, emptyMoneySum, type MoneySum, moneyTotal } from '../../dataset/values/money-sum.ts';
import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, type Inline } from '../../report/document.ts';
import { quantile } from '../../stats/quantile.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { type Rate, rateOf, shareOf } from '../rate.ts';

export interface QuoteAccuracyResult {
  /** 0–1: a quote this near to the contract counts as right. */
  readonly within: number;
  readonly quotes: number;
  /** Of all quotes that a contract in their currency stands against. */
  readonly accurate: Rate;
  /** Of the last quote for each deal alone: earlier ones may have been changed on purpose. */
  readonly lastAccurate: Rate;
  /** Distance from the contract as a share of it, of all quotes compared. */
  readonly medianDistance: number | null;
  readonly withoutContract: number;
  readonly withoutAmount: number;
  /** Keys of the quotes that are further off. */
  readonly quoteKeys?: readonly string[];
}

const WITHIN = 0.01;
/** Amounts are read from decimal text: a quote off by exactly the limit is not off by more. */
const ROUNDING = 1e-9;
const NO_QUOTES: Text = say('needs the table quotes (--table quotes=file)', '需要报价单表（--table quotes=文件）');
const NO_CONTRACTS: Text = say(
  'needs the table contracts (--table contracts=file)',
  '需要合同表（--table contracts=文件）',
);
const NO_JOIN: Text = say('no deal and amount in quotes and contracts', '报价单和合同中缺少商机编号或金额');

function missing({ dataset: { tables } }: MetricContext): Text | null {
  const [quotes, contracts] = [tables.get('quotes'), tables.get('contracts')];
  if (quotes === undefined) return NO_QUOTES;
  if (contracts === undefined) return NO_CONTRACTS;
  const isJoined = [quotes, contracts].every(({ of, columns }) => of !== null && columns.has('amount'));
  return isJoined ? null : NO_JOIN;
}

/** Deal and currency of a row: what a quote and a contract must share; null without a deal. */
function placesOf({ of, columns }: LinkedTable): (row: number) => string | null {
  const [names] = of?.columns ?? [];
  const [amount, currency] = [columns.get('amount'), columns.get('currency')];
  return (row) => {
    const deal = textAt(names, row);
    if (deal === null) return null;
    const marked = amount?.currencies[amount.codes[row]!] ?? '';
    return `${joinKey(deal)}\n${(textAt(currency, row) ?? marked).toUpperCase()}`;
  };
}

/** Contract amounts by deal and currency. */
function contractSums(contracts: LinkedTable): ReadonlyMap<string, MoneySum> {
  const sums = new Map<string, MoneySum>();
  const placeOf = placesOf(contracts);
  for (let row = 0; row < contracts.sheet.rowCount; row += 1) {
    const place = placeOf(row);
    const amount = numberAt(contracts.columns.get('amount'), row);
    if (place === null || Number.isNaN(amount)) continue;
    const sum = sums.get(place) ?? emptyMoneySum();
    sums.set(place, sum);
    addMoney(sum, amount);
  }
  return sums;
}

/** Distance of each quote from its contract as a share of it: NaN without an amount, infinite without a contract. */
function distancesOf(quotes: LinkedTable, contracts: LinkedTable): Float64Array {
  const sums = contractSums(contracts);
  const placeOf = placesOf(quotes);
  const distances = new Float64Array(quotes.sheet.rowCount);
  for (let row = 0; row < distances.length; row += 1) {
    const sum = sums.get(placeOf(row) ?? '');
    const contract = sum === undefined ? 0 : moneyTotal(sum);
    const amount = numberAt(quotes.columns.get('amount'), row);
    distances[row] = Number.isNaN(amount) || contract > 0 ? Math.abs(amount - contract) / contract : Infinity;
  }
  return distances;
}

/** The row of the last quote for each deal and currency: by its date, else by its place in the file. */
function lastQuotes(quotes: LinkedTable): Set<number> {
  const placeOf = placesOf(quotes);
  const lastOf = new Map<string, number>();
  const dayOf = (row: number): number => {
    const day = numberAt(quotes.order ?? undefined, row);
    return Number.isNaN(day) ? Number.NEGATIVE_INFINITY : day;
  };
  for (let row = 0; row < quotes.sheet.rowCount; row += 1) {
    const place = placeOf(row);
    if (place === null) continue;
    const last = lastOf.get(place);
    if (last === undefined || dayOf(row) >= dayOf(last)) lastOf.set(place, row);
  }
  return new Set(lastOf.values());
}

function compute({ dataset: { tables }, details }: MetricContext): QuoteAccuracyResult | null {
  const [quotes, contracts] = [tables.get('quotes'), tables.get('contracts')];
  if (quotes === undefined || contracts === undefined) return null;
  const distances = distancesOf(quotes, contracts);
  const compared = Array.from(distances.keys()).filter((row) => Number.isFinite(distances[row]!));
  const isAccurate = (row: number): boolean => distances[row]! <= WITHIN + ROUNDING;
  const last = lastQuotes(quotes);
  const lastCompared = compared.filter((row) => last.has(row));
  const off = compared.filter((row) => !isAccurate(row));
  const quoteKeys = off.flatMap((row) => textAt(quotes.key ?? undefined, row) ?? []);
  return {
    within: WITHIN,
    quotes: distances.length,
    accurate: rateOf(compared.length - off.length, compared.length),
    lastAccurate: rateOf(lastCompared.filter(isAccurate).length, lastCompared.length),
    medianDistance: quantile(
      compared.map((row) => distances[row]!),
      0.5,
    ),
    withoutContract: distances.reduce((count, distance) => count + Number(distance === Infinity), 0),
    withoutAmount: distances.reduce((count, distance) => count + Number(Number.isNaN(distance)), 0),
    ...(details ? { quoteKeys } : {}),
  };
}

const TITLE: Text = say('Quote accuracy', '报价准确率');
const ALL = say('Quotes within {within} of the contract: {share}', '与合同金额相差不超过 {within} 的报价：{share}');
const LAST = say('Of the last quote for each deal alone: {share}', '仅看每单最后一份报价：{share}');
const MEDIAN = say('Median distance from the contract: {distance}', '与合同金额差距的中位数：{distance}');
const LEFT_OUT = say(
  'Not compared: {contracts} without a contract in their currency, {amounts} without an amount',
  '未比较：没有同币种合同 {contracts} 份，没有金额 {amounts} 份',
);

function blocks(result: QuoteAccuracyResult, translator: Translator): Block[] {
  const items: Inline[] = [
    translator.text(ALL, { within: { rate: result.within }, share: shareOf(result.accurate, translator) }),
    translator.text(LAST, { share: shareOf(result.lastAccurate, translator) }),
    translator.text(MEDIAN, { distance: translator.percent(result.medianDistance) }),
  ];
  if (result.withoutContract + result.withoutAmount > 0) {
    const counts = { contracts: result.withoutContract, amounts: result.withoutAmount };
    items.push(translator.text(LEFT_OUT, counts));
  }
  return [heading(2, translator.text(TITLE)), { type: 'list', items }];
}

export default defineMetric<QuoteAccuracyResult>({
  metric: 'quoteAccuracy',
  title: TITLE,
  definition: say(
    'Share of the quotes whose amount is within 1% of what the contracts of the deal add up to.',
    '金额与该商机合同合计相差不超过 1% 的报价占比。',
  ),
  formula: say(
    'quotes within 1% of the contract ÷ quotes with a contract',
    '与合同相差不超过 1% 的报价 ÷ 有合同的报价',
  ),
  place: 'further',
  missing,
  compute,
  blocks,
});
