import { numberAt, textAt } from '../../dataset/cells.ts';
import type { Column, Dataset } from '../../dataset/dataset.ts';
import { currentState, OUTCOME } from '../../dataset/journeys/visits.ts';
import { quantileOfSorted, sortedCopy } from '../../stats/quantile.ts';
import { accountsOf } from '../customers/customer-value-accounts.ts';

/** Why a deal is worth a call, with what it counts. */
export const REASON_POINTS = {
  'past-customer': 3,
  'recent-activity': 3,
  'close-near': 2,
  'big-amount': 2,
  'some-activity': 1,
} as const;
export type ReasonCode = keyof typeof REASON_POINTS;

export const RECENT_DAYS = 7;
export const SOME_DAYS = 30;
export const CLOSE_NEAR_DAYS = 30;

export interface Reason {
  readonly code: ReasonCode;
  readonly points: number;
  /** Days since the activity or until the close date, or won deals of the account; null for an amount. */
  readonly number: number | null;
}

/** What the points of the deals are made of. */
export interface PointsSource {
  readonly dataset: Dataset;
  readonly activity: readonly Column[];
  readonly close: Column | undefined;
  readonly amount: Column | undefined;
  /** By currency + 1: upper quartile of the amounts of open deals, NaN for none. */
  readonly bigFrom: Float64Array;
  /** One a row: number of the account, -1 where unknown; null without the column. */
  readonly accountOf: Int32Array | null;
  readonly wonOfAccount: Int32Array;
}

export function pointsSource(dataset: Dataset): PointsSource {
  const dateColumn = (field: string): Column[] => {
    const column = dataset.columns.get(field);
    return column?.type === 'date' ? [column] : [];
  };
  const { outcome } = currentState(dataset);
  const accounts = accountsOf(dataset);
  const wonOfAccount = new Int32Array(accounts?.names.length ?? 0);
  for (let row = 0; accounts !== null && row < dataset.rowCount; row += 1) {
    const account = accounts.accountOf[row]!;
    if (account >= 0 && outcome[row] === OUTCOME.won) wonOfAccount[account]! += 1;
  }
  return {
    dataset,
    activity: [...dateColumn('activity'), ...dateColumn('modified')],
    close: dateColumn('close')[0],
    amount: dataset.columns.get('amount'),
    bigFrom: upperQuartiles(dataset, outcome),
    accountOf: accounts?.accountOf ?? null,
    wonOfAccount,
  };
}

function upperQuartiles(dataset: Dataset, outcome: Uint8Array): Float64Array {
  const column = dataset.columns.get('amount');
  const amounts: number[][] = Array.from({ length: dataset.currencies.length + 1 }, () => []);
  for (let row = 0; column !== undefined && row < dataset.rowCount; row += 1) {
    const amount = numberAt(column, row);
    if (outcome[row] === OUTCOME.open && amount > 0) amounts[dataset.currency[row]! + 1]!.push(amount);
  }
  return Float64Array.from(amounts, (each) => quantileOfSorted(sortedCopy(each), 0.75) ?? Number.NaN);
}

/** Days since the latest activity or change up to the as-of day, NaN where none is known. */
function idleDays({ dataset, activity }: PointsSource, row: number): number {
  let latest = Number.NaN;
  for (const column of activity) {
    const day = numberAt(column, row);
    if (day <= dataset.asOfDay && !(day <= latest)) latest = day;
  }
  return dataset.asOfDay - latest;
}

function wonBefore({ accountOf, wonOfAccount }: PointsSource, row: number): number {
  const account = accountOf?.[row] ?? -1;
  return account < 0 ? 0 : wonOfAccount[account]!;
}

/** Days from the as-of day to the close date, NaN where unknown. */
function closeInDays({ dataset, close }: PointsSource, row: number): number {
  return numberAt(close, row) - dataset.asOfDay;
}

function isNear(days: number): boolean {
  return days >= 0 && days <= CLOSE_NEAR_DAYS;
}

function isBig({ dataset, amount, bigFrom }: PointsSource, row: number): boolean {
  return numberAt(amount, row) >= bigFrom[dataset.currency[row]! + 1]!;
}

/** Points of one open deal. */
export function pointsAt(source: PointsSource, row: number): number {
  const idle = idleDays(source, row);
  let points = 0;
  if (wonBefore(source, row) > 0) points += REASON_POINTS['past-customer'];
  if (idle <= RECENT_DAYS) points += REASON_POINTS['recent-activity'];
  else if (idle <= SOME_DAYS) points += REASON_POINTS['some-activity'];
  if (isNear(closeInDays(source, row))) points += REASON_POINTS['close-near'];
  if (isBig(source, row)) points += REASON_POINTS['big-amount'];
  return points;
}

/** Why one open deal has its points; they add up to them. */
export function reasonsAt(source: PointsSource, row: number): Reason[] {
  const idle = idleDays(source, row);
  const won = wonBefore(source, row);
  const days = closeInDays(source, row);
  const reason = (code: ReasonCode, number: number | null): Reason => ({ code, points: REASON_POINTS[code], number });
  const reasons: Reason[] = [];
  if (won > 0) reasons.push(reason('past-customer', won));
  if (idle <= RECENT_DAYS) reasons.push(reason('recent-activity', idle));
  else if (idle <= SOME_DAYS) reasons.push(reason('some-activity', idle));
  if (isNear(days)) reasons.push(reason('close-near', days));
  if (isBig(source, row)) reasons.push(reason('big-amount', null));
  return reasons;
}

/** Text of the account of a deal, null where it has none. */
export function accountAt({ dataset }: PointsSource, row: number): string | null {
  return textAt(dataset.columns.get('account'), row);
}
