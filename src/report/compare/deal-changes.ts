import { dayOfIso } from '../../dataset/values/calendar.ts';
import { addMoney, emptyMoneySum, type MoneySum, moneyTotal } from '../../dataset/values/money-sum.ts';
import type { ReportDeals } from '../deals.ts';
import { compareText } from '../text-order.ts';
import type { DealPairs } from './deal-pairs.ts';

/** What can have happened to a deal, in the order people read it; one deal can be in several. */
export const DEAL_CHANGES = [
  'new',
  'gone',
  'advanced',
  'movedBack',
  'won',
  'lost',
  'dormant',
  'reopened',
  'slipped',
  'pushed',
  'pulledIn',
  'raised',
  'lowered',
] as const;
export type DealChangeName = (typeof DEAL_CHANGES)[number];

/** One side of a deal. */
export interface DealState {
  /** Id, null where unknown. */
  readonly stage: string | null;
  readonly amount: number | null;
  readonly currency: string;
  /** ISO day the deal is due. */
  readonly close: string | null;
}

/** A deal that changed; `before` is null for a new one, `after` for one that is gone. */
export interface ChangedDeal {
  readonly deal: string | null;
  readonly name: string | null;
  readonly owner: string | null;
  readonly before: DealState | null;
  readonly after: DealState | null;
}

/** The deals of one change, the largest amount first. */
export interface DealChange {
  readonly deals: number;
  /** By currency; of `raised` and `lowered` what the amounts changed by. */
  readonly amounts: Readonly<Record<string, number>>;
  readonly list: readonly ChangedDeal[];
}

export type DealChanges = Readonly<Record<DealChangeName, DealChange>> & {
  /** Deals in both lists, and rows that could not be joined (no key, or a key in several unlike rows). */
  readonly matched: number;
  readonly unmatchedBefore: number;
  readonly unmatchedAfter: number;
  /** Open deals that were due between the two days: `slipped` is how many of them are still open. */
  readonly due: number;
  /** New deals that the later list says were created before the earlier one was drawn up. */
  readonly newButOlder: number;
};

/** Days of the two lists, ISO. */
export interface DaysCompared {
  readonly before: string;
  readonly after: string;
}

interface Lists {
  readonly before: ReportDeals;
  readonly after: ReportDeals;
}

type Rows = Record<DealChangeName, [number, number][]>;

/** The row that stands for a side without the deal. */
const NONE = -1;

function stateOf({ stages, amounts, currencies, closes }: ReportDeals, row: number): DealState | null {
  if (row === NONE) return null;
  return {
    stage: stages[row] ?? null,
    amount: amounts[row] ?? null,
    currency: currencies[row] as string,
    close: closes[row] ?? null,
  };
}

function changedDeal({ before, after }: Lists, [from, to]: readonly [number, number]): ChangedDeal {
  const [latest, row] = to === NONE ? [before, from] : [after, to];
  return {
    deal: latest.keys[row] ?? null,
    name: latest.names[row] ?? null,
    owner: latest.owners[row] ?? null,
    before: stateOf(before, from),
    after: stateOf(after, to),
  };
}

/** What a change is about in money: what the deal is worth, or what its amount has changed by. */
function worthOf({ before, after }: ChangedDeal, isDifference: boolean): { value: number | null; currency: string } {
  const latest = after?.amount === null || after === null ? (before ?? after) : after;
  const currency = latest?.currency ?? '';
  if (!isDifference) return { value: latest?.amount ?? null, currency };
  return { value: (after?.amount ?? 0) - (before?.amount ?? 0), currency };
}

interface ChangeEntry {
  readonly deal: ChangedDeal;
  readonly size: number;
  /** All of the deal, once somebody asked for it. */
  text: string | null;
}

/** Many rows can share one key: each is put into words once and not with every other one. */
function wholeText(entry: ChangeEntry): string {
  entry.text ??= JSON.stringify(entry.deal);
  return entry.text;
}

function changeOf(lists: Lists, rows: readonly [number, number][], name: DealChangeName): DealChange {
  const isDifference = name === 'raised' || name === 'lowered';
  const sums = new Map<string, MoneySum>();
  const entries = rows.map((pair): ChangeEntry => {
    const deal = changedDeal(lists, pair);
    const { value, currency } = worthOf(deal, isDifference);
    if (value !== null) {
      const sum = sums.get(currency) ?? emptyMoneySum();
      sums.set(currency, sum);
      addMoney(sum, value);
    }
    return { deal, size: value === null ? -1 : Math.abs(value), text: null };
  });
  entries.sort(
    (a, b) =>
      b.size - a.size || compareText(a.deal.deal ?? '', b.deal.deal ?? '') || compareText(wholeText(a), wholeText(b)),
  );
  const amounts = [...sums].sort(([a], [b]) => compareText(a, b)).map(([code, sum]) => [code, moneyTotal(sum)]);
  return { deals: rows.length, amounts: Object.fromEntries(amounts), list: entries.map(({ deal }) => deal) };
}

function outcomeChange(was: string, is: string): DealChangeName | null {
  if (was === is || is === 'unknown' || was === 'unknown') return null;
  return is === 'open' ? 'reopened' : (is as 'won' | 'lost' | 'dormant');
}

function stageChange({ before, after }: Lists, from: number, to: number, rank: ReadonlyMap<string, number>) {
  const was = rank.get(before.stages[from] ?? '') ?? Number.NaN;
  const is = rank.get(after.stages[to] ?? '') ?? Number.NaN;
  if (is > was) return ['advanced'] as const;
  return is < was ? (['movedBack'] as const) : [];
}

function dueChange({ before, after }: Lists, from: number, to: number) {
  const was = before.closes[from] ?? null;
  const is = after.closes[to] ?? null;
  if (was === null || is === null || was === is) return [];
  return is > was ? (['pushed'] as const) : (['pulledIn'] as const);
}

/** An amount that is filled in is raised; one in another currency is neither. */
function amountChange({ before, after }: Lists, from: number, to: number) {
  const was = before.amounts[from] ?? null;
  const is = after.amounts[to] ?? null;
  if (was !== null && is !== null && before.currencies[from] !== after.currencies[to]) return [];
  const difference = (is ?? 0) - (was ?? 0);
  if (difference === 0) return [];
  return difference > 0 ? (['raised'] as const) : (['lowered'] as const);
}

/** What changed of a deal that was open and is: its stage, the day it is due, its amount. */
function openChanges(lists: Lists, from: number, to: number, rank: ReadonlyMap<string, number>): DealChangeName[] {
  return [...stageChange(lists, from, to, rank), ...dueChange(lists, from, to), ...amountChange(lists, from, to)];
}

function emptyRows(): Rows {
  return Object.fromEntries(DEAL_CHANGES.map((name) => [name, []])) as unknown as Rows;
}

/** Sorts the deals that are in both lists by what happened to them; answers how many were due between the two days. */
function sortPairs(lists: Lists, pairs: DealPairs, days: DaysCompared, rows: Rows): number {
  const { before, after } = lists;
  const rank = new Map(after.stageOrder.map((stage, index) => [stage, index]));
  let due = 0;
  for (let index = 0; index < pairs.before.length; index += 1) {
    const from = pairs.before[index] as number;
    const to = pairs.after[index] as number;
    const was = before.outcomes[from] as string;
    const is = after.outcomes[to] as string;
    const change = outcomeChange(was, is);
    if (change !== null) rows[change].push([from, to]);
    if (was !== 'open') continue;
    const close = before.closes[from] ?? '';
    const wasDue = close >= days.before && close < days.after;
    due += Number(wasDue);
    if (is !== 'open') continue;
    if (wasDue) rows.slipped.push([from, to]);
    for (const name of openChanges(lists, from, to, rank)) rows[name].push([from, to]);
  }
  return due;
}

/**
 * What became of every deal between two days. Slipped: it was due on or after the first day and before the second, and
 * is open still.
 */
export function dealChangesOf(lists: Lists, pairs: DealPairs, days: DaysCompared): DealChanges {
  const rows = emptyRows();
  const due = sortPairs(lists, pairs, days, rows);
  for (const row of pairs.added) rows.new.push([NONE, row]);
  for (const row of pairs.gone) rows.gone.push([row, NONE]);
  const changes = Object.fromEntries(DEAL_CHANGES.map((name) => [name, changeOf(lists, rows[name], name)]));
  return {
    ...(changes as Record<DealChangeName, DealChange>),
    matched: pairs.before.length,
    unmatchedBefore: pairs.unmatchedBefore.length,
    unmatchedAfter: pairs.unmatchedAfter.length,
    due,
    newButOlder: pairs.added.filter((row) => (lists.after.created[row] ?? days.after) < days.before).length,
  };
}

/** Days from one ISO day to another. */
export function daysFrom(before: string, after: string): number {
  return (dayOfIso(after) ?? 0) - (dayOfIso(before) ?? 0);
}
