import { dateInFileName } from '../../dataset/as-of.ts';
import type { HeaderMapping } from '../../dataset/columns/mapping.ts';
import { type Column, type Dataset, type InputSummary, PRESENT } from '../../dataset/dataset.ts';
import { joinDeals } from '../../dataset/deal-join.ts';
import { dealStages } from '../../dataset/outcome.ts';
import { currencyOfRows } from '../../dataset/row-currencies.ts';
import { typedColumns } from '../../dataset/typed-columns.ts';

/** An earlier export of the list, joined to the deals. */
export interface EarlierExport {
  /** Day number. */
  readonly day: number;
  readonly rowCount: number;
  readonly columns: ReadonlyMap<string, Column>;
  /** The column that names the deals. */
  readonly key: Column;
  /** One a row: row of the deal in the audited list, -1 where it is not there any more. */
  readonly dealOfRow: Int32Array;
  /** One a row: index into the stages of the dataset, -1 where unknown. */
  readonly stage: Int16Array;
  /** One a row: index into `currencies`, -1 where unknown. */
  readonly currency: Int16Array;
  readonly currencies: readonly string[];
}

const FIELDS: ReadonlySet<string> = new Set(['id', 'stage', 'status', 'amount', 'currency', 'close', 'probability']);
/** Fields whose newest day dates an export without a date in its name. */
const DATING = ['modified', 'activity', 'created'];

// A rule judged for a hundred owners asks for these a hundred times; datasets never change once they are built.
const known = new WeakMap<Dataset, readonly EarlierExport[]>();

/** The earlier exports, oldest first; those that name no deals, and those without a day, are left out. */
export function earlierExports(dataset: Dataset): readonly EarlierExport[] {
  const read = known.get(dataset);
  if (read !== undefined) return read;
  const exports = dataset.inputs
    .filter(({ role }) => role === 'previous')
    .flatMap((input) => readExport(dataset, input) ?? [])
    .sort((a, b) => a.day - b.day);
  known.set(dataset, exports);
  return exports;
}

function readExport(dataset: Dataset, input: InputSummary): EarlierExport | null {
  const { ruleset, stages } = dataset;
  const { sheet } = input;
  const columns = typedColumns(sheet, mappingsOf(dataset, input), ruleset);
  const key = columns.get('id');
  const deals = dataset.columns.get('id');
  const day = dateInFileName(sheet.file) ?? newestDay(columns);
  if (key === undefined || deals === undefined || !(day <= dataset.asOfDay)) return null;
  const { rowCount } = sheet;
  return {
    day,
    rowCount,
    columns,
    key,
    dealOfRow: joinDeals(deals, key),
    stage: dealStages({ columns, rowCount, stages }, ruleset.source).stage,
    ...currencyOfRows(columns, rowCount, ruleset),
  };
}

function mappingsOf({ fields, ruleset }: Dataset, { mapping }: InputSummary): readonly HeaderMapping[] {
  const { won, lost } = ruleset.source.outcome;
  const typeOf = new Map(fields.map(({ id, type }) => [id, type]));
  return mapping.flatMap(({ header, field, confidence }, index) => {
    const type = field === null ? undefined : typeOf.get(field);
    if (field === null || type === undefined) return [];
    const isWanted = FIELDS.has(field) || DATING.includes(field) || field === won || field === lost;
    return isWanted ? [{ index, header, field, type, confidence }] : [];
  });
}

/** The newest day of change, NaN when no column has one. */
function newestDay(columns: ReadonlyMap<string, Column>): number {
  let newest = Number.NaN;
  for (const field of DATING) {
    for (const day of columns.get(field)?.numbers ?? []) if (!Number.isNaN(day) && !(day <= newest)) newest = day;
  }
  return newest;
}

/**
 * The first row of each deal of an export: rows that name no deal, and further rows of the same one, are left out.
 */
export function firstRows({ key, rowCount, dealOfRow }: EarlierExport): Int32Array {
  const seenCode = new Uint8Array(key.texts.length);
  const seenDeal = new Set<number>();
  const rows = new Int32Array(rowCount);
  let size = 0;
  for (let row = 0; row < rowCount; row += 1) {
    const code = key.codes[row]!;
    const deal = dealOfRow[row]!;
    if (key.state[code] !== PRESENT || seenCode[code] === 1 || (deal >= 0 && seenDeal.has(deal))) continue;
    seenCode[code] = 1;
    if (deal >= 0) seenDeal.add(deal);
    rows[size] = row;
    size += 1;
  }
  return rows.slice(0, size);
}
