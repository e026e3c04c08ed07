import { type Dataset, PRESENT } from '../../dataset/dataset.ts';
import { type DealFacts, dealFacts } from '../../dataset/deal-facts.ts';
import { dealKeys } from '../../dataset/deal-keys.ts';
import { sumAmounts } from '../amounts.ts';
import { type DealsBehind, dealsBehind } from '../deals-behind.ts';
import { type Rate, rateOf } from '../rate.ts';
import { codesOrElse, numbersOf } from '../row-facts.ts';
import { type CompletenessCounts, profilesAsking } from './completeness-counts.ts';
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

/** Owners in order, and the place of each deal's owner among them, -1 for others. */
interface Listed {
  readonly owners: readonly (string | null)[];
  readonly slotOf: Int32Array;
  readonly omitted: number;
}

function listOwners(dataset: Dataset, { requiredOfDeal, filledOfDeal }: CompletenessCounts): Listed {
  const column = dataset.columns.get('owner');
  if (column === undefined) return { owners: [], slotOf: new Int32Array(dataset.rowCount).fill(-1), omitted: 0 };
  const nobody = column.texts.length;
  const ownerOf = codesOrElse(column, nobody);
  const required = new Float64Array(nobody + 1);
  const missing = new Float64Array(nobody + 1);
  for (let deal = 0; deal < dataset.rowCount; deal += 1) {
    const owner = ownerOf[deal]!;
    required[owner]! += requiredOfDeal[deal]!;
    missing[owner]! += requiredOfDeal[deal]! - filledOfDeal[deal]!;
  }
  const nameOf = (code: number): string => column.texts.at(code) ?? '';
  const asked = Array.from(required.keys()).filter((code) => required[code]! > 0);
  asked.sort((a, b) => missing[b]! - missing[a]! || (nameOf(a) < nameOf(b) ? -1 : 1));
  const listed = asked.slice(0, MOST_OWNERS);
  const slotOfCode = new Int32Array(nobody + 1).fill(-1);
  for (const [slot, code] of listed.entries()) slotOfCode[code] = slot;
  const slotOf = ownerOf;
  for (let deal = 0; deal < slotOf.length; deal += 1) slotOf[deal] = slotOfCode[ownerOf[deal]!]!;
  return {
    owners: listed.map((code) => column.texts.at(code) ?? null),
    slotOf,
    omitted: asked.length - listed.length,
  };
}

function countCells(dataset: Dataset, asked: RequiredFields, { owners, slotOf }: Listed) {
  const { profileOf, fields } = asked;
  const filled = new Int32Array(owners.length * fields.length);
  const required = new Int32Array(owners.length * fields.length);
  for (const [field, id] of fields.entries()) {
    const { codes, state } = dataset.columns.get(id)!;
    const isAsked = profilesAsking(asked, field);
    for (let deal = 0; deal < dataset.rowCount; deal += 1) {
      const profile = profileOf[deal]!;
      if (profile < 0 || slotOf[deal]! < 0 || isAsked[profile] !== 1) continue;
      const cell = slotOf[deal]! * fields.length + field;
      required[cell]! += 1;
      if (state[codes[deal]!] === PRESENT) filled[cell]! += 1;
    }
  }
  return { filled, required };
}

/** Which of two deals is listed first: the larger amount, then the lesser key. */
function dealOrder(dataset: Dataset): (a: number, b: number) => number {
  const amounts = numbersOf(dataset, 'amount');
  const keyOf = dealKeys(dataset);
  const amountOf = (row: number): number => (Number.isNaN(amounts[row]!) ? Number.NEGATIVE_INFINITY : amounts[row]!);
  return (a, b) => {
    const [amountA, amountB] = [amountOf(a), amountOf(b)];
    if (amountA !== amountB) return amountB - amountA;
    const keys = [keyOf(a) ?? '', keyOf(b) ?? ''] as const;
    return keys[0] === keys[1] ? a - b : keys[0] < keys[1] ? -1 : 1;
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

/** The listed owner whose deal still lacks something, -1 for other deals; and the first deals of each owner. */
function dealsToFill(dataset: Dataset, { owners, slotOf }: Listed, counts: CompletenessCounts) {
  const order = dealOrder(dataset);
  const first: number[][] = owners.map(() => []);
  const toFillOf = new Int32Array(dataset.rowCount).fill(-1);
  for (let deal = 0; deal < dataset.rowCount; deal += 1) {
    const slot = slotOf[deal]!;
    if (slot < 0 || counts.requiredOfDeal[deal] === counts.filledOfDeal[deal]) continue;
    toFillOf[deal] = slot;
    insert(first[slot]!, deal, order);
  }
  return { first, toFillOf };
}

/** Filled of required cells by field and owner, and what each owner has to fill in. */
export function ownerGaps(
  dataset: Dataset,
  required: RequiredFields,
  counts: CompletenessCounts,
  details: boolean,
): OwnerGaps {
  const listed = listOwners(dataset, counts);
  const width = required.fields.length;
  const cells = countCells(dataset, required, listed);
  const { first, toFillOf } = dealsToFill(dataset, listed, counts);
  const groups = sumAmounts(dataset, toFillOf, listed.owners.length);
  const factsOf = dealFacts(dataset);
  const rowsOf = details ? rowsBySlot(toFillOf) : new Map<number, number[]>();
  const ratesOf = listed.owners.map((_, slot) =>
    required.fields.map((_field, field) =>
      rateOf(cells.filled[slot * width + field]!, cells.required[slot * width + field]!),
    ),
  );
  const toFill = listed.owners.map((owner, slot) => ({
    owner,
    cells: ratesOf[slot]!.reduce((sum, { count, of }) => sum + of - count, 0),
    dealsToFill: groups[slot]!.deals,
    amounts: groups[slot]!.amounts,
    deals: first[slot]!.map((row) => ({ ...factsOf(row), fields: fieldsMissing(dataset, required, row) })),
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
