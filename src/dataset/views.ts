import type { Rule } from '../ruleset/ruleset.ts';
import type { Sheet } from '../source/sheet.ts';
import { type Column, type Dataset, type LinkedTable, PRESENT, type View } from './dataset.ts';
import { dealStages } from './outcome.ts';
import { currencyOfRows } from './row-currencies.ts';
import { stageIndexes } from './typed-columns.ts';

// Views stand in for the deals, so that whatever judges deals can judge them too; each is built once.
const VIEWS = new WeakMap<Dataset, Map<string, Dataset>>();

function once(deals: Dataset, name: string, build: () => Dataset): Dataset {
  const known = VIEWS.get(deals) ?? new Map<string, Dataset>();
  VIEWS.set(deals, known);
  const view = known.get(name) ?? build();
  known.set(name, view);
  return view;
}

/** The deals that a view stands beside; a dataset of deals is its own. */
export function dealsOf(dataset: Dataset): Dataset {
  return dataset.view?.deals ?? dataset;
}

/** The rows of a table as a dataset; null where the table is not given. `deals` are the deals themselves. */
export function tableView(dataset: Dataset, table: string): Dataset | null {
  const deals = dealsOf(dataset);
  if (table === 'deals') return deals;
  const linked = deals.tables.get(table);
  return linked === undefined ? null : once(deals, `on ${table}`, () => viewOfTable(deals, table, linked));
}

/** The distinct values of a field of the deals as a dataset; null where the file does not have the field. */
export function valuesView(dataset: Dataset, field: string): Dataset | null {
  const deals = dealsOf(dataset);
  const column = deals.columns.get(field);
  return column === undefined ? null : once(deals, `each ${field}`, () => viewOfValues(deals, column));
}

/** What a rule judges: the deals, the rows of a table, or the values of a field; null where the file lacks it. */
export function judgedBy({ on, each }: Pick<Rule, 'on' | 'each'>, deals: Dataset): Dataset | null {
  if (on !== null) return tableView(deals, on);
  return each === null ? deals : valuesView(deals, each);
}

type Rows = Pick<Dataset, 'sheet' | 'columns' | 'fields' | 'rowCount'>;

function viewOf(deals: Dataset, rows: Rows, view: View): Dataset {
  const { columns, rowCount } = rows;
  const stage =
    view.table === 'previous'
      ? dealStages({ columns, rowCount, stages: deals.stages }, deals.ruleset.source).stage
      : stageIndexes(view.each === 'stage' ? columns.get('stage') : undefined, rowCount, deals.stages);
  return {
    ...deals,
    ...rows,
    headerColumns: new Map(),
    stage,
    ...currencyOfRows(columns, rowCount, deals.ruleset),
    journeys: null,
    snapshots: null,
    historySheet: null,
    view,
  };
}

function viewOfTable(deals: Dataset, table: string, { sheet, fields, columns, key, of }: LinkedTable): Dataset {
  const identity = table === 'previous' ? (of?.columns ?? []) : key === null ? [] : [key];
  const view: View = { table, each: null, key: identity, deals };
  return viewOf(deals, { sheet, fields, columns, rowCount: sheet.rowCount }, view);
}

/** One row for each value, which stands where the first deal with it does. */
function viewOfValues(deals: Dataset, column: Column): Dataset {
  const codes = distinctCodes(column);
  const firstRow = new Int32Array(column.texts.length).fill(-1);
  for (let row = deals.rowCount - 1; row >= 0; row--) firstRow[column.codes[row] as number] = row;
  const rows = codes.map((code) => firstRow[code] as number);
  const values = { ...column, codes };
  const { field } = column;
  return viewOf(
    deals,
    {
      sheet: pickRows(deals.sheet, rows),
      fields: deals.fields,
      columns: new Map([[field, values]]),
      rowCount: rows.length,
    },
    { table: null, each: field, key: [values], deals },
  );
}

/** The first code of each value that some deal has, in order of appearance in the file. */
function distinctCodes({ codes, texts, state, type, numbers }: Column): Int32Array {
  const seen = new Uint8Array(texts.length);
  const values = new Set<number>();
  const distinct: number[] = [];
  for (const code of codes) {
    if (seen[code] === 1) continue;
    seen[code] = 1;
    if (state[code] !== PRESENT) continue;
    const value = type === 'text' ? code : (numbers[code] as number);
    if (values.has(value)) continue;
    values.add(value);
    distinct.push(code);
  }
  return Int32Array.from(distinct);
}

function pickRows(sheet: Sheet, rows: Int32Array): Sheet {
  const pick = (from: Int32Array): Int32Array => rows.map((row) => from[row] as number);
  const { partOfRow } = sheet;
  return {
    ...sheet,
    columns: sheet.columns.map((column) => ({ ...column, codes: pick(column.codes) })),
    rowCount: rows.length,
    rows: pick(sheet.rows),
    lines: pick(sheet.lines),
    ...(partOfRow === undefined ? {} : { partOfRow: pick(partOfRow) }),
  };
}
