import type { Column, Dataset } from '../dataset.ts';
import { joinDeals } from '../deal-join.ts';
import { DAY_MILLIS } from '../values/calendar.ts';
import type { FieldChanges } from './changes.ts';

/** Numbers of one field in an export, one a row, NaN where it says nothing; null where the export lacks the field. */
type ReadValues = (columns: ReadonlyMap<string, Column>, rowCount: number) => Float64Array | null;

interface Seen {
  readonly day: number;
  /** One a deal of the audited list, NaN where the export does not say. */
  readonly values: Float64Array;
}

function valuesOfDeals(
  { columns, rowCount }: Dataset,
  earlier: { readonly columns: ReadonlyMap<string, Column>; readonly rowCount: number },
  read: ReadValues,
): Float64Array | null {
  const own = columns.get('id');
  const key = earlier.columns.get('id');
  const values = read(earlier.columns, earlier.rowCount);
  if (own === undefined || key === undefined || values === null) return null;
  const dealOfRow = joinDeals(own, key);
  const ofDeals = new Float64Array(rowCount).fill(Number.NaN);
  for (let row = 0; row < dealOfRow.length; row++) {
    const deal = dealOfRow[row] as number;
    if (deal >= 0) ofDeals[deal] = values[row] as number;
  }
  return ofDeals;
}

/** Moves by deal what was collected export by export; within a deal the order stays. */
function byDeal(dealOf: readonly number[], deals: number) {
  const offsets = new Int32Array(deals + 1);
  for (const deal of dealOf) offsets[deal + 1]!++;
  for (let deal = 0; deal < deals; deal++) offsets[deal + 1]! += offsets[deal] as number;
  const next = offsets.slice();
  const order = new Int32Array(dealOf.length);
  for (const [index, deal] of dealOf.entries()) order[next[deal]!++] = index;
  const placed = (values: readonly number[]): Float64Array =>
    Float64Array.from(order, (index) => values[index] as number);
  return { offsets, placed };
}

/**
 * What changed from one export to the next, the audited list last: each change lies between the two. Null without
 * earlier exports that have the field.
 */
export function changesBetweenExports(dataset: Dataset, read: ReadValues): FieldChanges | null {
  const current = read(dataset.columns, dataset.rowCount);
  const earlier = (dataset.earlier ?? []).flatMap((each): Seen[] => {
    const values = valuesOfDeals(dataset, each, read);
    return values === null ? [] : [{ day: each.day, values }];
  });
  if (current === null || earlier.length === 0) return null;
  const deals = dataset.rowCount;
  const known = new Float64Array(deals).fill(Number.NaN);
  const knownDay = new Float64Array(deals).fill(Number.NaN);
  const seen = new Float64Array(deals).fill(Number.NaN);
  const found = { deal: [] as number[], latest: [] as number[], earliest: [] as number[] };
  const changed = { before: [] as number[], after: [] as number[] };
  for (const { day, values } of [...earlier, { day: dataset.asOfDay, values: current }]) {
    for (let deal = 0; deal < deals; deal++) {
      const value = values[deal] as number;
      if (Number.isNaN(value)) continue;
      if (Number.isNaN(seen[deal])) seen[deal] = day * DAY_MILLIS;
      else if (value !== known[deal]) {
        found.deal.push(deal);
        found.latest.push(day * DAY_MILLIS);
        found.earliest.push((knownDay[deal] as number) * DAY_MILLIS);
        changed.before.push(known[deal] as number);
        changed.after.push(value);
      }
      known[deal] = value;
      knownDay[deal] = day;
    }
  }
  const { offsets, placed } = byDeal(found.deal, deals);
  return {
    from: 'exports',
    offsets,
    latest: placed(found.latest),
    earliest: placed(found.earliest),
    before: placed(changed.before),
    after: placed(changed.after),
    seen,
  };
}
