import { numberAt } from '../../dataset/cells.ts';
import { type Dataset, PRESENT } from '../../dataset/dataset.ts';
import { type DealFacts, dealFacts } from '../../dataset/deal-facts.ts';
import { dealKeys } from '../../dataset/deal-keys.ts';
import { sumAmounts } from '../amounts.ts';
import { type DealsBehind, dealsBehind } from '../deals-behind.ts';
import { type Rate, rateOf } from '../rate.ts';
import type { CompletenessCounts } from './completeness-counts.ts';
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

/** Sums a value of each deal by owner; nobody's stand at the end. */
function sumByOwner(dataset: Dataset, ownerOf: Int32Array, owners: number, of: (deal: number) => number): Float64Array {
  const sums = new Float64Array(owners);
  for (let deal = 0; deal < dataset.rowCount; deal += 1) sums[ownerOf[deal]!]! += of(deal);
  return sums;
}

function listOwners(dataset: Dataset, { requiredOfDeal, filledOfDeal }: CompletenessCounts): Listed {
  const column = dataset.columns.get('owner');
  if (column === undefined) return { owners: [], slotOf: new Int32Array(dataset.rowCount).fill(-1), omitted: 0 };
  const nobody = column.texts.length;
  const ownerOf = column.codes.map((code) => (column.state[code] === PRESENT ? code : nobody));
  const required = sumByOwner(dataset, ownerOf, nobody + 1, (deal) => requiredOfDeal[deal]!);
  const missing = sumByOwner(dataset, ownerOf, nobody + 1, (deal) => requiredOfDeal[deal]! - filledOfDeal[deal]!);
  const nameOf = (code: number): string => column.texts.at(code) ?? '';
  const asked = Array.from(required.keys()).filter((code) => required[code]! > 0);
  asked.sort((a, b) => missing[b]! - missing[a]! || (nameOf(a) < nameOf(b) ? -1 : 1));
  const listed = asked.slice(0, MOST_OWNERS);
  const slotOfCode = new Int32Array(nobody + 1).fill(-1);
  for (const [slot, code] of listed.entries()) slotOfCode[code] = slot;
  return {
    owners: listed.map((code) => column.texts.at(code) ?? null),
    slotOf: ownerOf.map((code) => slotOfCode[code]!),
    omitted: asked.length - listed.length,
  };
}

function countCells(dataset: Dataset, { profileOf, profiles, fields }: RequiredFields, { owners, slotOf }: Listed) {
  const columns = fields.map((field) => dataset.columns.get(field)!);
  const filled = new Int32Array(owners.length * fields.length);
  const required = new Int32Array(owners.length * fields.length);
  for (let deal = 0; deal < dataset.rowCount; deal += 1) {
    const profile = profileOf[deal]!;
    const slot = slotOf[deal]!;
    if (profile < 0 || slot < 0) continue;
    for (const field of profiles[profile]!) {
      const column = columns[field]!;
      required[slot * fields.length + field]! += 1;
      if (column.state[column.codes[deal]!] === PRESENT) filled[slot * fields.length + field]! += 1;
    }
  }
  return { filled, required };
}

/** Which of two deals is listed first: the larger amount, then the lesser key. */
function dealOrder(dataset: Dataset): (a: number, b: number) => number {
  const column = dataset.columns.get('amount');
  const keyOf = dealKeys(dataset);
  const amountOf = (row: number): number => {
    const amount = numberAt(column, row);
    return Number.isNaN(amount) ? Number.NEGATIVE_INFINITY : amount;
  };
  return (a, b) => {
    const amounts = [amountOf(a), amountOf(b)] as const;
    if (amounts[0] !== amounts[1]) return amounts[1] - amounts[0];
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
