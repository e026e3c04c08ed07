import { type Column, type Dataset, PRESENT } from '../../dataset/dataset.ts';
import { type DealFacts, dealFacts } from '../../dataset/deal-facts.ts';
import { dealKeys } from '../../dataset/deal-keys.ts';
import { sumAmounts } from '../amounts.ts';
import { type DealsBehind, dealsBehind } from '../deals-behind.ts';
import { type Rate, rateOf } from '../rate.ts';
import { codesOrElse, numbersOf } from '../row-facts.ts';
import type { CompletenessCounts } from './completeness-counts.ts';
import { lackingFields } from './filled-patterns.ts';
import type { RequiredFields } from './required-fields.ts';

/** A deal with the required fields that it lacks. */
export interface DealToFill extends DealFacts {
  /** Field ids. */
  readonly fields: readonly string[];
}

/** What one owner has to fill in. */
export interface OwnerToFill extends DealsBehind {
  /** Null for deals without one. */
  readonly owner: string | null;
  /** Required cells that are empty. */
  readonly cells: number;
  readonly dealsToFill: number;
  /** Of the deals to fill, by currency. */
  readonly amounts: Readonly<Record<string, number>>;
  /** The first of them, the largest amount first, unknown amounts last. */
  readonly deals: readonly DealToFill[];
}

/** What is missing, by owner: those with the most empty cells first. */
export interface OwnerGaps {
  /** Field by owner, where some deal of the owner must have the field. */
  readonly ownerCells: readonly (Rate & { readonly field: string; readonly owner: string | null })[];
  readonly toFill: readonly OwnerToFill[];
  /** Owners beyond those in `ownerCells` and `toFill`. */
  readonly ownersNotListed: number;
}

const MOST_OWNERS = 100;
const MOST_DEALS = 20;

/** Filled and required weights of the deals of each owner. */
export interface OwnerTotals {
  readonly column: Column;
  /** One a deal: the code of its owner, the number of texts of the column for nobody. */
  readonly ownerOf: Int32Array;
  readonly deals: Int32Array;
  readonly filled: Float64Array;
  readonly required: Float64Array;
}

/** Null without a column for the owner. */
export function ownerTotals(dataset: Dataset, counts: CompletenessCounts): OwnerTotals | null {
  const column = dataset.columns.get('owner');
  if (column === undefined) return null;
  const { filledWeight, requiredWeight } = counts;
  const { patternOf } = counts.patterns;
  const nobody = column.texts.length;
  const ownerOf = codesOrElse(column, nobody);
  const deals = new Int32Array(nobody + 1);
  const filled = new Float64Array(nobody + 1);
  const required = new Float64Array(nobody + 1);
  for (let deal = 0; deal < ownerOf.length; deal += 1) {
    const owner = ownerOf[deal]!;
    const pattern = patternOf[deal]!;
    deals[owner]! += 1;
    if (pattern < 0) continue;
    filled[owner]! += filledWeight[pattern]!;
    required[owner]! += requiredWeight[pattern]!;
  }
  return { column, ownerOf, deals, filled, required };
}

/** Owners in order, and the place of each owner among them by code, -1 for others. */
interface Listed {
  readonly owners: readonly (string | null)[];
  readonly ownerOf: Int32Array;
  readonly slotOfOwner: Int32Array;
  readonly omitted: number;
}

function listOwners({ column, ownerOf, filled, required }: OwnerTotals): Listed {
  const nameOf = (code: number): string => column.texts.at(code) ?? '';
  const missing = required.map((weight, code) => weight - filled[code]!);
  const asked = Array.from(required.keys()).filter((code) => required[code]! > 0);
  asked.sort((a, b) => missing[b]! - missing[a]! || (nameOf(a) < nameOf(b) ? -1 : 1));
  const listed = asked.slice(0, MOST_OWNERS);
  const slotOfOwner = new Int32Array(required.length).fill(-1);
  for (const [slot, code] of listed.entries()) slotOfOwner[code] = slot;
  return {
    owners: listed.map((code) => column.texts.at(code) ?? null),
    ownerOf,
    slotOfOwner,
    omitted: asked.length - listed.length,
  };
}

/** Which of two deals is listed first: the larger amount, then the lesser key. */
function dealOrder(dataset: Dataset): (a: number, b: number) => number {
  const amounts = numbersOf(dataset, 'amount');
  const keyOf = dealKeys(dataset);
  const amountOf = (row: number): number => (Number.isNaN(amounts[row]!) ? Number.NEGATIVE_INFINITY : amounts[row]!);
  return (a, b) => {
    const amountA = amountOf(a);
    const amountB = amountOf(b);
    if (amountA !== amountB) return amountB - amountA;
    const keyA = keyOf(a) ?? '';
    const keyB = keyOf(b) ?? '';
    return keyA === keyB ? a - b : keyA < keyB ? -1 : 1;
  };
}

/** Puts a row where it belongs in a short ordered list, and drops what falls off its end. */
function insert(list: number[], row: number, order: (a: number, b: number) => number): void {
  if (list.length === MOST_DEALS && order(list[MOST_DEALS - 1]!, row) < 0) return;
  let at = list.length;
  while (at > 0 && order(row, list[at - 1]!) < 0) at -= 1;
  list.splice(at, 0, row);
  if (list.length > MOST_DEALS) list.pop();
}

function fieldsMissing(dataset: Dataset, { profileOf, profiles, fields }: RequiredFields, row: number): string[] {
  const own = Array.from(profiles[profileOf[row]!] ?? [], (field) => fields[field]!);
  return own.filter((field) => {
    const column = dataset.columns.get(field)!;
    return column.state[column.codes[row]!] !== PRESENT;
  });
}

/** The rows of each slot, in the order of the file. */
function rowsBySlot(slotOf: Int32Array): Map<number, number[]> {
  const rows = new Map<number, number[]>();
  for (const [row, slot] of slotOf.entries()) {
    const list = rows.get(slot);
    if (list === undefined) rows.set(slot, [row]);
    else list.push(row);
  }
  return rows;
}

/** What the deals of the listed owners lack. */
interface Gaps {
  /** Deals at `slot * profiles + profile`, and deals that lack a field at `slot * fields + field`. */
  readonly deals: Int32Array;
  readonly lacking: Int32Array;
  /** The first deals to fill of each owner. */
  readonly first: readonly number[][];
  /** One a deal: the listed owner who still has to fill something, -1 for other deals. */
  readonly toFillOf: Int32Array;
}

function gapsOf(dataset: Dataset, required: RequiredFields, { patterns }: CompletenessCounts, listed: Listed): Gaps {
  const { ownerOf, slotOfOwner, owners } = listed;
  const { patternOf, profiles } = patterns;
  const width = required.fields.length;
  const profileCount = required.profiles.length;
  const lackingOf = lackingFields(required, patterns);
  const amounts = numbersOf(dataset, 'amount');
  const order = dealOrder(dataset);
  const deals = new Int32Array(owners.length * profileCount);
  const lacking = new Int32Array(owners.length * width);
  const first: number[][] = owners.map(() => []);
  /** Of a full list, the amount of its last deal. */
  const least = new Float64Array(owners.length).fill(Number.NEGATIVE_INFINITY);
  const toFillOf = new Int32Array(dataset.rowCount).fill(-1);
  for (let deal = 0; deal < patternOf.length; deal += 1) {
    const pattern = patternOf[deal]!;
    const slot = slotOfOwner[ownerOf[deal]!]!;
    if (pattern < 0 || slot < 0) continue;
    deals[slot * profileCount + profiles[pattern]!]! += 1;
    const fields = lackingOf[pattern]!;
    if (fields.length === 0) continue;
    for (let index = 0; index < fields.length; index += 1) lacking[slot * width + fields[index]!]! += 1;
    toFillOf[deal] = slot;
    // The most of a long list are told by the amount alone.
    if (amounts[deal]! < least[slot]!) continue;
    insert(first[slot]!, deal, order);
    const last = first[slot]![MOST_DEALS - 1];
    if (last !== undefined && !Number.isNaN(amounts[last]!)) least[slot] = amounts[last]!;
  }
  return { deals, lacking, first, toFillOf };
}

const NO_FIELDS = new Int32Array(0);

/** Filled of required by field of one listed owner. */
function ratesAt(required: RequiredFields, { deals, lacking }: Gaps, slot: number): Rate[] {
  const { fields, profiles } = required;
  const asked = new Int32Array(fields.length);
  for (let profile = 0; profile < profiles.length; profile += 1) {
    const its = deals[slot * profiles.length + profile]!;
    const required = its === 0 ? NO_FIELDS : profiles[profile]!;
    for (let index = 0; index < required.length; index += 1) asked[required[index]!]! += its;
  }
  return fields.map((_, field) => rateOf(asked[field]! - lacking[slot * fields.length + field]!, asked[field]!));
}

const NO_GAPS: OwnerGaps = { ownerCells: [], toFill: [], ownersNotListed: 0 };

/** Filled of required cells by field and owner, and what each owner has to fill in; nothing without owners. */
export function ownerGaps(
  dataset: Dataset,
  required: RequiredFields,
  counts: CompletenessCounts,
  totals: OwnerTotals | null,
  details: boolean,
): OwnerGaps {
  if (totals === null) return NO_GAPS;
  const listed = listOwners(totals);
  const gaps = gapsOf(dataset, required, counts, listed);
  const groups = sumAmounts(dataset, gaps.toFillOf, listed.owners.length);
  const factsOf = dealFacts(dataset);
  const rowsOf = details ? rowsBySlot(gaps.toFillOf) : new Map<number, number[]>();
  const ratesOf = listed.owners.map((_, slot) => ratesAt(required, gaps, slot));
  const toFill = listed.owners.map((owner, slot) => ({
    owner,
    cells: ratesOf[slot]!.reduce((sum, { count, of }) => sum + of - count, 0),
    dealsToFill: groups[slot]!.deals,
    amounts: groups[slot]!.amounts,
    deals: gaps.first[slot]!.map((row) => ({ ...factsOf(row), fields: fieldsMissing(dataset, required, row) })),
    ...dealsBehind(dataset, details, () => rowsOf.get(slot) ?? []),
  }));
  return {
    ownerCells: listed.owners
      .flatMap((owner, slot) => required.fields.map((field, index) => ({ field, owner, ...ratesOf[slot]![index]! })))
      .filter(({ of }) => of > 0),
    toFill: toFill.filter((owner) => owner.cells > 0),
    ownersNotListed: listed.omitted,
  };
}
