import { numberAt } from '../../dataset/cells.ts';
import { type Column, type Dataset, PRESENT } from '../../dataset/dataset.ts';
import { joinDeals } from '../../dataset/deal-join.ts';
import { dealStages } from '../../dataset/outcome.ts';
import { currencyOfRows } from '../../dataset/row-currencies.ts';
import type { EarlierExport } from '../pipeline/pipeline-earlier.ts';

/** An earlier export with all of its fields, and the rows that count: the first one of each deal. */
export interface PastExport extends EarlierExport {
  readonly firstRows: Int32Array;
  /** One a deal of the audited list: its row in this export, -1 where it was not there. */
  readonly rowOfDeal: Int32Array;
}

// Asked for by what is missing and by the figures; datasets never change once they are built.
const known = new WeakMap<Dataset, readonly PastExport[]>();

/** The earlier exports from before the as-of day that name their deals, oldest first. */
export function pastExports(dataset: Dataset): readonly PastExport[] {
  const read = known.get(dataset);
  if (read !== undefined) return read;
  const exports = (dataset.earlier ?? []).flatMap((each) => joinedExport(dataset, each) ?? []);
  known.set(dataset, exports);
  return exports;
}

function joinedExport(
  dataset: Dataset,
  { day, columns, rowCount }: NonNullable<Dataset['earlier']>[number],
): PastExport | null {
  const { stages, ruleset } = dataset;
  const key = columns.get('id');
  const deals = dataset.columns.get('id');
  if (key === undefined || deals === undefined || !(day < dataset.asOfDay)) return null;
  const dealOfRow = joinDeals(deals, key);
  return {
    day,
    rowCount,
    columns,
    key,
    dealOfRow,
    stage: dealStages({ columns, rowCount, stages }, ruleset.source).stage,
    ...currencyOfRows(columns, rowCount, ruleset),
    ...firstRowsOf(key, dealOfRow, dataset.rowCount),
  };
}

/** The first row of each deal: rows that name no deal, and further rows of the same one, are left out. */
function firstRowsOf(key: Column, dealOfRow: Int32Array, dealCount: number) {
  const rowOfDeal = new Int32Array(dealCount).fill(-1);
  const isSeen = new Uint8Array(key.texts.length);
  const firstRows = new Int32Array(dealOfRow.length);
  let size = 0;
  for (let row = 0; row < dealOfRow.length; row += 1) {
    const code = key.codes[row]!;
    const deal = dealOfRow[row]!;
    if (key.state[code] !== PRESENT || isSeen[code] === 1 || (deal >= 0 && rowOfDeal[deal] !== -1)) continue;
    isSeen[code] = 1;
    if (deal >= 0) rowOfDeal[deal] = row;
    firstRows[size] = row;
    size += 1;
  }
  return { rowOfDeal, firstRows: firstRows.slice(0, size) };
}

/** Kind of the stage a row of an export was in, null where unknown. */
export function kindThen({ stages }: Dataset, { stage }: PastExport, row: number): string | null {
  return stages[stage[row]!]?.kind ?? null;
}

/** The probability an export gave a deal itself, NaN where it gave none. */
export function ownChance({ columns }: PastExport, row: number): number {
  return numberAt(columns.get('probability'), row);
}

/** The probability of the stage that a deal was in, NaN where it has none. */
export function stageChance({ stages }: Dataset, { stage }: PastExport, row: number): number {
  return stages[stage[row]!]?.probability ?? Number.NaN;
}
