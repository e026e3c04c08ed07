import { numberAt } from '../dataset/cells.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { joinDeals } from '../dataset/deal-join.ts';
import { type DayRange, quarterOf } from '../dataset/targets.ts';
import { addMoney, emptyMoneySum, type MoneySum, moneyTotal } from '../dataset/values/money-sum.ts';
import { NO_CURRENCY } from '../i18n/number-format.ts';
import type { FigureFunction } from './define.ts';
import { countSelected } from './field-figures.ts';
import { type EarlierExport, earlierExports, firstRows } from './pipeline-earlier.ts';
import { unknownFigure } from './rate.ts';

/** An export as the waterfall reads it: what each row adds to the open pipeline, and where. */
interface OpenAmounts {
  /** One a row: kind of the stage, null where unknown. */
  readonly kindOf: (row: number) => string | null;
  /** One a row: amount, 0 where none is known. */
  readonly amountOf: (row: number) => number;
  /** One a row: twice the number of the currency, and 1 more where the deal is due in the period. */
  readonly bucketOf: (row: number) => number;
}

/** Number of the currency of amounts that name none. */
const UNNAMED = 0;

/** Sums by currency and period, to the ten-thousandth. */
type Buckets = Map<number, MoneySum>;

interface ListedDeals {
  readonly columns: Dataset['columns'];
  readonly stage: Int16Array;
  readonly currency: Int16Array;
  readonly currencies: readonly string[];
}

function openAmountsOf(
  list: ListedDeals,
  { stages }: Dataset,
  names: readonly string[],
  { fromDay, untilDay }: DayRange,
): OpenAmounts {
  const numberOf = Int32Array.from(list.currencies, (name) => names.indexOf(name));
  const amount = list.columns.get('amount');
  const close = list.columns.get('close');
  return {
    kindOf: (row) => stages[list.stage[row]!]?.kind ?? null,
    amountOf: (row) => {
      const value = numberAt(amount, row);
      return Number.isNaN(value) ? 0 : value;
    },
    bucketOf: (row) => {
      const day = numberAt(close, row);
      const currency = numberOf[list.currency[row]!] ?? UNNAMED;
      return 2 * currency + Number(day >= fromDay && day <= untilDay);
    },
  };
}

function addTo(buckets: Buckets, bucket: number, amount: number): void {
  const sum = buckets.get(bucket) ?? emptyMoneySum();
  addMoney(sum, amount);
  buckets.set(bucket, sum);
}

/** The open amount of each bucket, row by row as the file has it. */
function totalsOf(amounts: OpenAmounts, rowCount: number): Buckets {
  const totals: Buckets = new Map();
  for (let row = 0; row < rowCount; row += 1) {
    if (amounts.kindOf(row) === 'open') addTo(totals, amounts.bucketOf(row), amounts.amountOf(row));
  }
  return totals;
}

/** Whether a deal is worth something in one currency then and in another now; an unnamed currency may be any. */
function hasOtherCurrency(then: OpenAmounts, before: number, now: OpenAmounts, after: number): boolean {
  const from = then.bucketOf(before) >> 1;
  const to = now.bucketOf(after) >> 1;
  if (from === to || from === UNNAMED || to === UNNAMED) return false;
  return then.amountOf(before) !== 0 && now.amountOf(after) !== 0;
}

/**
 * What one deal moves: into another period, up or down, out as won or lost or laid to rest, in again. A deal whose
 * stage is unknown on one side, and one that is in another currency now, explain nothing: that is for the gap to show.
 */
function addMove(moves: Buckets, then: OpenAmounts, before: number, now: OpenAmounts, after: number): void {
  const wasIn = then.kindOf(before);
  const isIn = now.kindOf(after);
  if (wasIn === null || isIn === null) return;
  const wasOpen = wasIn === 'open';
  const isOpen = isIn === 'open';
  if (wasOpen && isOpen && hasOtherCurrency(then, before, now, after)) return;
  if (wasOpen) addTo(moves, then.bucketOf(before), -then.amountOf(before));
  if (isOpen) addTo(moves, now.bucketOf(after), now.amountOf(after));
}

/** What each bucket gained and lost, deal by deal: every deal of either export is looked at once. */
function movesOf(dataset: Dataset, earlier: EarlierExport, then: OpenAmounts, now: OpenAmounts): Buckets {
  const moves: Buckets = new Map();
  for (const row of firstRows(earlier)) {
    const deal = earlier.dealOfRow[row]!;
    if (deal >= 0) addMove(moves, then, row, now, deal);
    // A deal that has left the list is told by a rule of its own.
    else if (then.kindOf(row) === 'open') addTo(moves, then.bucketOf(row), -then.amountOf(row));
  }
  const wasThere = new Uint8Array(dataset.rowCount);
  for (const deal of earlier.dealOfRow) if (deal >= 0) wasThere[deal] = 1;
  const ids = dataset.columns.get('id')!;
  const firstOfSame = joinDeals(ids, ids);
  for (let row = 0; row < dataset.rowCount; row += 1) {
    const isNew = firstOfSame[row] === row && wasThere[row] === 0;
    if (isNew && now.kindOf(row) === 'open') addTo(moves, now.bucketOf(row), now.amountOf(row));
  }
  return moves;
}

/** End − (start + moves) of a bucket, in ten-thousandths without loss. */
function gapOf(bucket: number, start: Buckets, moves: Buckets, end: Buckets): number {
  const gap = emptyMoneySum();
  const add = (sum: MoneySum | undefined, sign: 1 | -1): void => {
    gap.whole += sign * (sum?.whole ?? 0);
    gap.tenThousandths += sign * (sum?.tenThousandths ?? 0);
  };
  add(end.get(bucket), 1);
  add(start.get(bucket), -1);
  add(moves.get(bucket), -1);
  return Math.abs(moneyTotal(gap));
}

/**
 * What two exports differ by that no deal explains: the open amounts of the latest earlier export, plus what was
 * created, pulled into this quarter or raised, less what was lowered, pushed out, won or lost, against the open amounts
 * of the list; the largest gap of any currency, this quarter and later apart. The amounts are added up row by row, the
 * moves deal by deal, so that deals in two rows, without an id, or in another currency than before leave a gap.
 */
const waterfallGap: FigureFunction = (_args, { dataset, select }) => {
  const earlier = earlierExports(dataset).at(-1);
  const isWhole = countSelected(select) === dataset.rowCount;
  if (earlier === undefined || !isWhole || !dataset.columns.has('amount')) return unknownFigure('money', 'snapshot');
  const period = quarterOf(dataset.asOfDay);
  const names = [...new Set([NO_CURRENCY, ...earlier.currencies, ...dataset.currencies])];
  const then = openAmountsOf(earlier, dataset, names, period);
  const now = openAmountsOf(dataset, dataset, names, period);
  const start = totalsOf(then, earlier.rowCount);
  const end = totalsOf(now, dataset.rowCount);
  const moves = movesOf(dataset, earlier, then, now);
  let worst = { gap: 0, currency: null as string | null };
  for (const bucket of new Set([...start.keys(), ...end.keys(), ...moves.keys()])) {
    const gap = gapOf(bucket, start, moves, end);
    if (gap > worst.gap) worst = { gap, currency: names[bucket >> 1] ?? null };
  }
  const figure = unknownFigure('money', 'snapshot', earlier.rowCount + dataset.rowCount);
  return { ...figure, value: Math.round(worst.gap * 100) / 100, currency: worst.currency };
};

/** Figures of how two exports add up. */
export const WATERFALL_FIGURES: Readonly<Record<string, FigureFunction>> = { waterfall_gap: waterfallGap };
