import { isPresent } from '../../dataset/cells.ts';
import { type Dataset, PRESENT } from '../../dataset/dataset.ts';
import { companyName } from '../../i18n/company-name.ts';
import { say, type Text } from '../../i18n/text.ts';
import { closedDays } from '../closing-days.ts';
import { wonRowsOf } from '../row-facts.ts';

/** The customers of a file. */
export interface Accounts {
  /** The first spelling of each by code unit. */
  readonly names: readonly string[];
  /** One a row: index into `names`, -1 where the deal has none. */
  readonly accountOf: Int32Array;
}

const NO_ACCOUNT: Text = say('no column for the account', '没有客户列');

/** 15 or 18 letters and digits are the id of a record, where case counts. */
const RECORD_ID = /^(?=.*\d)[0-9A-Za-z]{15}(?:[0-9A-Za-z]{3})?$/;

// Several metrics ask for these; datasets never change once they are built.
const known = new WeakMap<Dataset, Accounts | null>();
const purchases = new WeakMap<Dataset, Purchases | null>();
const lacks = new WeakMap<Dataset, Text | null>();

/** The customers, names written in several ways as one; null without a column. */
export function accountsOf(dataset: Dataset): Accounts | null {
  const accounts = known.get(dataset);
  if (accounts !== undefined) return accounts;
  const read = readAccounts(dataset);
  known.set(dataset, read);
  return read;
}

/** What a customer is told by: its name as people mean it, spaces aside, or the id of its record. */
function accountKey(text: string): string {
  return RECORD_ID.test(text) ? text.slice(0, 15) : companyName(text).replaceAll(' ', '');
}

function readAccounts(dataset: Dataset): Accounts | null {
  const column = dataset.columns.get('account');
  if (column === undefined) return null;
  const numberOf = new Map<string, number>();
  const names: string[] = [];
  const ofCode = Int32Array.from(column.texts, (text, code) => {
    if (column.state[code] !== PRESENT) return -1;
    const key = accountKey(text);
    const number = numberOf.get(key) ?? names.push(text) - 1;
    numberOf.set(key, number);
    if (text < names[number]!) names[number] = text;
    return number;
  });
  const { codes } = column;
  const accountOf = new Int32Array(dataset.rowCount);
  for (let row = 0; row < accountOf.length; row += 1) accountOf[row] = ofCode[codes[row]!]!;
  return { names, accountOf };
}

/** Won deals by customer; all arrays have one entry a customer. */
export interface Purchases {
  readonly names: readonly string[];
  /** Won deals. */
  readonly orders: Int32Array;
  /** Day numbers of the first, second and last won deal, NaN where no day is known. */
  readonly firstDay: Float64Array;
  readonly secondDay: Float64Array;
  readonly lastDay: Float64Array;
  /** One a row: customer of a won deal, -1 for any other row. */
  readonly customerOf: Int32Array;
  /** Customers with a won deal. */
  readonly customers: number;
  readonly wonDeals: number;
  readonly wonWithoutAccount: number;
}

/** What customers bought; null without a column for the account. */
export function purchasesOf(dataset: Dataset): Purchases | null {
  const bought = purchases.get(dataset);
  if (bought !== undefined) return bought;
  const read = readPurchases(dataset);
  purchases.set(dataset, read);
  return read;
}

function readPurchases(dataset: Dataset): Purchases | null {
  const accounts = accountsOf(dataset);
  if (accounts === null) return null;
  const won = wonRowsOf(dataset);
  const count = accounts.names.length;
  const days = { first: new Float64Array(count), second: new Float64Array(count), last: new Float64Array(count) };
  for (const each of Object.values(days)) each.fill(Number.NaN);
  const orders = new Int32Array(count);
  const customerOf = new Int32Array(dataset.rowCount).fill(-1);
  const closed = closedDays(dataset);
  let wonWithoutAccount = 0;
  for (let index = 0; index < won.length; index += 1) {
    const row = won[index]!;
    const account = accounts.accountOf[row]!;
    if (account < 0) {
      wonWithoutAccount += 1;
      continue;
    }
    customerOf[row] = account;
    orders[account]! += 1;
    noteDay(days, account, closed[row]!);
  }
  return {
    names: accounts.names,
    orders,
    firstDay: days.first,
    secondDay: days.second,
    lastDay: days.last,
    customerOf,
    customers: orders.reduce((total, each) => total + Number(each > 0), 0),
    wonDeals: won.length,
    wonWithoutAccount,
  };
}

interface Days {
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly last: Float64Array;
}

function noteDay({ first, second, last }: Days, account: number, day: number): void {
  if (Number.isNaN(day)) return;
  if (!(day <= last[account]!)) last[account] = day;
  if (!(day >= first[account]!)) {
    second[account] = first[account]!;
    first[account] = day;
  } else if (!(day >= second[account]!)) second[account] = day;
}

/** What is missing for figures of customers; null where there are won deals of known customers. */
export function lackOfPurchases(dataset: Dataset): Text | null {
  const known = lacks.get(dataset);
  if (known !== undefined) return known;
  const lack = readLack(dataset);
  lacks.set(dataset, lack);
  return lack;
}

function readLack(dataset: Dataset): Text | null {
  const column = dataset.columns.get('account');
  if (column === undefined) return NO_ACCOUNT;
  const won = wonRowsOf(dataset);
  const days = closedDays(dataset);
  let isBought = false;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < won.length; index += 1) {
    const row = won[index]!;
    if (!isPresent(column, row)) continue;
    isBought = true;
    const day = days[row]!;
    if (day < first) first = day;
    if (day > last) last = day;
    // Nothing is early, late or often where all dated won deals are of one day, as after an import.
    if (first < last) return null;
  }
  if (!isBought) return NO_PURCHASE;
  return won.length > 1 && first === last ? ONE_DAY : null;
}

/** Whether a customer has two won deals. Only the names of won deals are looked at, each no more than once. */
export function hasRepeatCustomer(dataset: Dataset): boolean {
  const column = dataset.columns.get('account');
  if (column === undefined) return false;
  const seen = new Uint8Array(column.texts.length);
  for (const row of wonRowsOf(dataset)) {
    const code = column.codes[row]!;
    if (column.state[code] !== PRESENT) continue;
    // One name twice says so without telling which names are one.
    if (seen[code] === 1) return true;
    seen[code] = 1;
  }
  const keys = new Set<string>();
  for (let code = seen.indexOf(1); code >= 0; code = seen.indexOf(1, code + 1)) {
    const key = accountKey(column.texts.at(code)!);
    if (keys.has(key)) return true;
    keys.add(key);
  }
  return false;
}

/** Whether a day is known for a won deal of a known customer. */
export function hasDatedPurchase(dataset: Dataset): boolean {
  const column = dataset.columns.get('account');
  const days = closedDays(dataset);
  return wonRowsOf(dataset).some((row) => isPresent(column, row) && !Number.isNaN(days[row]!));
}

const ONE_DAY: Text = say('all won deals are of one day', '所有赢单都在同一天');
const NO_PURCHASE: Text = say('no won deal of a known account', '没有客户已知的赢单');
