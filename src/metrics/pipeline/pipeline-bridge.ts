import type { Dataset } from '../../dataset/dataset.ts';
import { joinDeals } from '../../dataset/deal-join.ts';
import type { DayRange } from '../../dataset/targets.ts';
import { addMoney, emptyMoneySum, type MoneySum, moneyTotal } from '../../dataset/values/money-sum.ts';
import { type EarlierExport, firstRows } from './pipeline-earlier.ts';
import { currencyNames, type OpenAmounts, openAmountsOf, UNNAMED } from './pipeline-open-amounts.ts';

/**
 * What a deal does to the open amounts between two exports. `rolledIn` came into the period from an earlier date or from
 * none, `movedOut` left it for one; `relabelled` names a currency now and did not before, or the other way round.
 */
export const STEPS = [
  'new',
  'reopened',
  'pulledIn',
  'rolledIn',
  'raised',
  'lowered',
  'pushedOut',
  'movedOut',
  'won',
  'lost',
  'dormant',
  'gone',
  'relabelled',
] as const;
export type Step = (typeof STEPS)[number];

/** All open deals, and those due in the period. */
export type Scope = 'whole' | 'period';

/** Money and the deals that moved it. */
export interface StepSum {
  readonly sum: MoneySum;
  deals: number;
  /** Rows of the list, where the deals are still in it. */
  readonly rows: number[];
}

/** One currency in one scope: what was there, what moved, what is there. */
export interface BridgeSums {
  readonly start: StepSum;
  readonly end: StepSum;
  readonly steps: Readonly<Record<Step, StepSum>>;
}

export interface Bridge {
  readonly names: readonly string[];
  /** By number of the currency; only those in which something was open. */
  readonly whole: ReadonlyMap<number, BridgeSums>;
  readonly period: ReadonlyMap<number, BridgeSums>;
}

interface Building {
  readonly whole: Map<number, BridgeSums>;
  readonly period: Map<number, BridgeSums>;
  readonly keepsRows: boolean;
}

function emptySums(): BridgeSums {
  const empty = (): StepSum => ({ sum: emptyMoneySum(), deals: 0, rows: [] });
  const steps = Object.fromEntries(STEPS.map((step) => [step, empty()])) as unknown as Record<Step, StepSum>;
  return { start: empty(), end: empty(), steps };
}

function sumsOf(building: Building, scope: Scope, currency: number): BridgeSums {
  const known = building[scope].get(currency);
  if (known !== undefined) return known;
  const sums = emptySums();
  building[scope].set(currency, sums);
  return sums;
}

function add(step: StepSum, amount: number, row: number, keepsRows: boolean): void {
  addMoney(step.sum, amount);
  step.deals += 1;
  if (keepsRows && row >= 0) step.rows.push(row);
}

/** The open amount of each currency, row by row as the file has it: deals in two rows count twice here. */
function addTotals(building: Building, amounts: OpenAmounts, side: 'start' | 'end'): void {
  for (let row = 0; row < amounts.rowCount; row += 1) {
    if (amounts.kindOf(row) !== 'open') continue;
    const currency = amounts.currencyOf(row);
    add(sumsOf(building, 'whole', currency)[side], amounts.amountOf(row), row, false);
    if (amounts.isInPeriod(row)) add(sumsOf(building, 'period', currency)[side], amounts.amountOf(row), row, false);
  }
}

/** Where a deal stood in an export, and where it stands in the list. */
interface Pair {
  readonly then: OpenAmounts;
  readonly before: number;
  readonly now: OpenAmounts;
  readonly after: number;
}

function addStep(building: Building, scope: Scope, currency: number, step: Step, amount: number, row: number): void {
  add(sumsOf(building, scope, currency).steps[step], amount, row, building.keepsRows);
}

/** What left the open pipeline: in the currency and the scopes it was in. */
function addLeaving(building: Building, step: Step, then: OpenAmounts, before: number, after: number): void {
  const currency = then.currencyOf(before);
  addStep(building, 'whole', currency, step, -then.amountOf(before), after);
  if (then.isInPeriod(before)) addStep(building, 'period', currency, step, -then.amountOf(before), after);
}

/** What came into the open pipeline: in the currency and the scopes it is in. */
function addComing(building: Building, step: Step, now: OpenAmounts, after: number): void {
  const currency = now.currencyOf(after);
  addStep(building, 'whole', currency, step, now.amountOf(after), after);
  if (now.isInPeriod(after)) addStep(building, 'period', currency, step, now.amountOf(after), after);
}

/** A deal that was open and is open, in one currency: raised, lowered, or moved into or out of the period. */
function addStaying(building: Building, { then, before, now, after }: Pair): void {
  const currency = now.currencyOf(after);
  const [was, is] = [then.amountOf(before), now.amountOf(after)];
  const change: Step = is > was ? 'raised' : 'lowered';
  const changeOf = (scope: Scope): void => {
    if (is === was) return;
    // Two sums, so that the difference is exact: both are whole numbers of ten-thousandths there.
    const { sum } = sumsOf(building, scope, currency).steps[change];
    addMoney(sum, -was);
    addStep(building, scope, currency, change, is, after);
  };
  changeOf('whole');
  const [wasIn, isIn] = [then.isInPeriod(before), now.isInPeriod(after)];
  const isLater = now.dueOf(after) > then.dueOf(before);
  const isEarlier = now.dueOf(after) < then.dueOf(before);
  if (wasIn && isIn) changeOf('period');
  else if (wasIn) addStep(building, 'period', currency, isLater ? 'pushedOut' : 'movedOut', -was, after);
  else if (isIn) addStep(building, 'period', currency, isEarlier ? 'pulledIn' : 'rolledIn', is, after);
}

/**
 * A deal that was open and is open, in another currency. A worthless side has no currency; an unnamed one may be any;
 * what is worth something in one currency then and in another now explains nothing, and is left to the remainder.
 */
function addOtherCurrency(building: Building, { then, before, now, after }: Pair): void {
  const [was, is] = [then.amountOf(before), now.amountOf(after)];
  const isUnnamed = then.currencyOf(before) === UNNAMED || now.currencyOf(after) === UNNAMED;
  if (was !== 0 && is !== 0 && !isUnnamed) return;
  const isRelabelled = was !== 0 && is !== 0;
  if (was !== 0) addLeaving(building, isRelabelled ? 'relabelled' : 'lowered', then, before, after);
  if (is !== 0) addComing(building, isRelabelled ? 'relabelled' : 'raised', now, after);
}

/** What one deal of both exports moved. One whose stage is unknown on a side explains nothing. */
function addPair(building: Building, pair: Pair): void {
  const { then, before, now, after } = pair;
  const [wasIn, isIn] = [then.kindOf(before), now.kindOf(after)];
  if (wasIn === null || isIn === null) return;
  if (wasIn !== 'open') {
    if (isIn === 'open') addComing(building, 'reopened', now, after);
    return;
  }
  if (isIn !== 'open') addLeaving(building, isIn as 'won' | 'lost' | 'dormant', then, before, after);
  else if (then.currencyOf(before) === now.currencyOf(after)) addStaying(building, pair);
  else addOtherCurrency(building, pair);
}

/**
 * What lies between the open amounts of an earlier export and those of the list: the totals row by row as the files have
 * them, the steps deal by deal. What the steps do not explain (deals in two rows, without an id, of an unknown stage, in
 * another currency than before) is left over.
 */
export function bridgeOf(dataset: Dataset, earlier: EarlierExport, period: DayRange, keepsRows = false): Bridge {
  const names = currencyNames(dataset, earlier);
  const then = openAmountsOf(earlier, dataset, names, period);
  const now = openAmountsOf(dataset, dataset, names, period);
  const building: Building = { whole: new Map(), period: new Map(), keepsRows };
  addTotals(building, then, 'start');
  addTotals(building, now, 'end');
  for (const before of firstRows(earlier)) {
    const after = earlier.dealOfRow[before]!;
    if (after >= 0) addPair(building, { then, before, now, after });
    else if (then.kindOf(before) === 'open') addLeaving(building, 'gone', then, before, after);
  }
  const wasThere = new Uint8Array(dataset.rowCount);
  for (const deal of earlier.dealOfRow) if (deal >= 0) wasThere[deal] = 1;
  const ids = dataset.columns.get('id')!;
  const firstOfSame = joinDeals(ids, ids);
  for (let row = 0; row < dataset.rowCount; row += 1) {
    const isNew = firstOfSame[row] === row && wasThere[row] === 0;
    if (isNew && now.kindOf(row) === 'open') addComing(building, 'new', now, row);
  }
  return { names, whole: building.whole, period: building.period };
}

/** End − start − all steps, in ten-thousandths without loss: what no deal explains. */
export function remainderOf({ start, end, steps }: BridgeSums): MoneySum {
  const rest = emptyMoneySum();
  const count = ({ whole, tenThousandths }: MoneySum, sign: 1 | -1): void => {
    rest.whole += sign * whole;
    rest.tenThousandths += sign * tenThousandths;
  };
  count(end.sum, 1);
  count(start.sum, -1);
  for (const step of STEPS) count(steps[step].sum, -1);
  return rest;
}

/** The same of what is due outside the period: of the whole without the period. */
export function outsideRemainder(bridge: Bridge, currency: number): number {
  const whole = bridge.whole.get(currency);
  const period = bridge.period.get(currency);
  const all = whole === undefined ? emptyMoneySum() : remainderOf(whole);
  const inside = period === undefined ? emptyMoneySum() : remainderOf(period);
  return moneyTotal({ whole: all.whole - inside.whole, tenThousandths: all.tenThousandths - inside.tenThousandths });
}
