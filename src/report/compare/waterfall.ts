import { addMoney, emptyMoneySum, type MoneySum, moneyTotal } from '../../dataset/values/money-sum.ts';
import { NO_CURRENCY } from '../../i18n/number-format.ts';
import { STEPS } from '../../metrics/pipeline/pipeline-bridge.ts';
import type { DealOutcome, ReportDeals } from '../deals.ts';
import type { DealPairs } from './deal-pairs.ts';

/**
 * What moves the open pipeline, in the order people read it: the steps of the pipeline bridge, and what the bridge leaves
 * unexplained by its cause.
 */
export const WATERFALL_LINES = [...STEPS, 'currencyIn', 'currencyOut', 'unmatchedIn', 'unmatchedOut'] as const;
export type WaterfallLine = (typeof WATERFALL_LINES)[number];

/** Deals with an amount and what they are worth together. */
export interface WaterfallSum {
  readonly deals: number;
  readonly amount: number;
}

/** Open pipeline of one currency: `start` and the signed amounts of the lines add up to `end`, to the cent. */
export interface Waterfall {
  readonly currency: string;
  readonly start: WaterfallSum;
  /** Lines with no deal are left out; what leaves has a negative amount. */
  readonly lines: readonly (WaterfallSum & { readonly line: WaterfallLine })[];
  readonly end: WaterfallSum;
}

/** The open deals by number, with or without an amount: `start` and the signed lines add up to `end`. */
export interface DealWaterfall {
  readonly start: number;
  readonly lines: readonly { readonly line: WaterfallLine; readonly deals: number }[];
  readonly end: number;
}

/** Where a deal stands as the waterfall sees it: `in` is open and counted, `elsewhere` open and due in another time. */
type Standing = 'in' | 'elsewhere' | Exclude<DealOutcome, 'open'>;

/** One of the two lists, and which of its open deals are counted. */
export interface WaterfallSide {
  readonly deals: ReportDeals;
  readonly standing: (row: number) => Standing;
}

const OUT: Readonly<Record<Exclude<DealOutcome, 'open'>, WaterfallLine>> = {
  won: 'won',
  lost: 'lost',
  dormant: 'dormant',
  unknown: 'unmatchedOut',
};
const IN: Readonly<Record<Exclude<DealOutcome, 'open'>, WaterfallLine>> = {
  won: 'reopened',
  lost: 'reopened',
  dormant: 'reopened',
  unknown: 'unmatchedIn',
};

/** What came and what went are added up apart, so that an amount is rounded the same way on either side. */
interface Tally {
  deals: number;
  readonly plus: MoneySum;
  readonly minus: MoneySum;
}
/** Line (`start` and `end` among them) → tally, of one currency. */
type Tallies = Map<WaterfallLine | 'start' | 'end', Tally>;

interface Ledger {
  readonly byCurrency: Map<string, Tallies>;
  readonly count: Map<WaterfallLine | 'start' | 'end', number>;
}

/** All open deals are counted. */
export function everyOpenDeal(deals: ReportDeals): WaterfallSide {
  return { deals, standing: (row) => (deals.outcomes[row] === 'open' ? 'in' : closedAs(deals, row)) };
}

/** The open deals due from one ISO day to another, both included. */
export function openDealsDue(deals: ReportDeals, from: string, until: string): WaterfallSide {
  return {
    deals,
    standing: (row) => {
      if (deals.outcomes[row] !== 'open') return closedAs(deals, row);
      const close = deals.closes[row] ?? null;
      return close !== null && close >= from && close <= until ? 'in' : 'elsewhere';
    },
  };
}

function closedAs({ outcomes }: ReportDeals, row: number): Exclude<DealOutcome, 'open'> {
  const outcome = outcomes[row];
  return outcome === undefined || outcome === 'open' ? 'unknown' : outcome;
}

function tallyOf({ byCurrency }: Ledger, currency: string, line: WaterfallLine | 'start' | 'end'): Tally {
  const tallies: Tallies = byCurrency.get(currency) ?? new Map();
  byCurrency.set(currency, tallies);
  const tally = tallies.get(line) ?? { deals: 0, plus: emptyMoneySum(), minus: emptyMoneySum() };
  tallies.set(line, tally);
  return tally;
}

/** Counts a deal on a line, and what it is worth where its amount is known. */
function add(
  ledger: Ledger,
  line: WaterfallLine | 'start' | 'end',
  { deals }: WaterfallSide,
  row: number,
  sign: 1 | -1,
) {
  ledger.count.set(line, (ledger.count.get(line) ?? 0) + sign);
  addWorth(ledger, line, deals, row, sign);
}

function addWorth(
  ledger: Ledger,
  line: WaterfallLine | 'start' | 'end',
  deals: ReportDeals,
  row: number,
  sign: 1 | -1,
) {
  const amount = deals.amounts[row] ?? null;
  if (amount === null) return;
  const tally = tallyOf(ledger, deals.currencies[row] as string, line);
  tally.deals += 1;
  addMoney(sign === 1 ? tally.plus : tally.minus, amount);
}

/** Where a deal with amounts on both sides goes that has changed its currency: named now or then, or another one. */
function currencyLines(before: string, after: string): readonly [WaterfallLine, WaterfallLine] {
  const isRelabelled = before === NO_CURRENCY || after === NO_CURRENCY;
  return isRelabelled ? ['relabelled', 'relabelled'] : ['currencyOut', 'currencyIn'];
}

/** A deal that was counted and is: what its amount, or its currency, has changed by. What is worth nothing has none. */
function addChange(ledger: Ledger, before: ReportDeals, from: number, after: ReportDeals, to: number): void {
  const amountBefore = before.amounts[from] ?? 0;
  const amountAfter = after.amounts[to] ?? 0;
  const currencyBefore = before.currencies[from] as string;
  const currencyAfter = after.currencies[to] as string;
  if (amountBefore !== 0 && amountAfter !== 0 && currencyBefore !== currencyAfter) {
    const [out, into] = currencyLines(currencyBefore, currencyAfter);
    addWorth(ledger, out, before, from, -1);
    addWorth(ledger, into, after, to, 1);
    return;
  }
  const change = amountAfter - amountBefore;
  if (change === 0) return;
  const currency = amountAfter === 0 ? currencyBefore : currencyAfter;
  const tally = tallyOf(ledger, currency, change > 0 ? 'raised' : 'lowered');
  tally.deals += 1;
  addMoney(tally.plus, amountAfter);
  addMoney(tally.minus, amountBefore);
}

/** Whether an open deal is due later than it was: -1 for earlier, 0 where one of the days is unknown. */
function dueMoved(before: ReportDeals, from: number, after: ReportDeals, to: number): -1 | 0 | 1 {
  const was = before.closes[from] ?? null;
  const is = after.closes[to] ?? null;
  if (was === null || is === null || was === is) return 0;
  return is > was ? 1 : -1;
}

function addPair(ledger: Ledger, before: WaterfallSide, from: number, after: WaterfallSide, to: number): void {
  const was = before.standing(from);
  const is = after.standing(to);
  const moved = (): -1 | 0 | 1 => dueMoved(before.deals, from, after.deals, to);
  if (was === 'in' && is === 'in') addChange(ledger, before.deals, from, after.deals, to);
  else if (was === 'in') {
    const elsewhere = moved() === 1 ? 'pushedOut' : 'movedOut';
    add(ledger, is === 'elsewhere' ? elsewhere : OUT[is as keyof typeof OUT], before, from, -1);
  } else if (is === 'in') {
    const elsewhere = moved() === -1 ? 'pulledIn' : 'rolledIn';
    add(ledger, was === 'elsewhere' ? elsewhere : IN[was], after, to, 1);
  }
}

function addAll(
  ledger: Ledger,
  line: WaterfallLine | 'start' | 'end',
  side: WaterfallSide,
  rows: Iterable<number>,
  sign: 1 | -1,
): void {
  for (const row of rows) if (side.standing(row) === 'in') add(ledger, line, side, row, sign);
}

function ledgerOf(before: WaterfallSide, after: WaterfallSide, pairs: DealPairs): Ledger {
  const ledger: Ledger = { byCurrency: new Map(), count: new Map() };
  // Start and end are added up row by row, the lines deal by deal: that they agree is no matter of course.
  addAll(ledger, 'start', before, before.deals.keys.keys(), 1);
  addAll(ledger, 'end', after, after.deals.keys.keys(), 1);
  for (let index = 0; index < pairs.before.length; index += 1) {
    addPair(ledger, before, pairs.before[index] as number, after, pairs.after[index] as number);
  }
  addAll(ledger, 'new', after, pairs.added, 1);
  addAll(ledger, 'gone', before, pairs.gone, -1);
  addAll(ledger, 'unmatchedIn', after, pairs.unmatchedAfter, 1);
  addAll(ledger, 'unmatchedOut', before, pairs.unmatchedBefore, -1);
  return ledger;
}

function sumOf(tally: Tally | undefined): WaterfallSum {
  if (tally === undefined) return { deals: 0, amount: 0 };
  const { deals, plus, minus } = tally;
  const whole = plus.whole - minus.whole;
  const tenThousandths = plus.tenThousandths - minus.tenThousandths;
  return { deals, amount: moneyTotal({ whole, tenThousandths }) };
}

/** How the open pipeline came from one amount to the other, by number of deals and by currency in order of its code. */
export function waterfallOf(
  before: WaterfallSide,
  after: WaterfallSide,
  pairs: DealPairs,
): { readonly deals: DealWaterfall; readonly currencies: readonly Waterfall[] } {
  const { count, byCurrency } = ledgerOf(before, after, pairs);
  const lines = WATERFALL_LINES.flatMap((line) => {
    const deals = count.get(line) ?? 0;
    return deals === 0 ? [] : [{ line, deals }];
  });
  const currencies = [...byCurrency]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, tallies]) => ({
      currency,
      start: sumOf(tallies.get('start')),
      lines: WATERFALL_LINES.flatMap((line) => {
        const tally = tallies.get(line);
        return tally === undefined ? [] : [{ line, ...sumOf(tally) }];
      }),
      end: sumOf(tallies.get('end')),
    }));
  return { deals: { start: count.get('start') ?? 0, lines, end: count.get('end') ?? 0 }, currencies };
}
