import type { Sheet } from '../source/sheet.ts';
import type { ReportInput } from './report.ts';
import type { SourceCopy } from './source-copy.ts';

/** Fields whose words are those of the process and not of a customer. */
const WORDS_OF_THE_PROCESS: ReadonlySet<string> = new Set(['stage', 'currency']);

/** Numbers, dates, times and amounts: nothing that could be a name or part of a sentence. */
const FIGURE = /^[\d\s.,:%/\-+()¥$€£年月日时分秒]*$/;

function figureOnly(text: string): string {
  return FIGURE.test(text) ? text : '';
}

/** What may be shown of a column: all of it, its figures, or nothing. */
type Showing = (text: string) => string;

/** By 0-based column of the file; columns that nothing is shown of are left out. */
function showings(table: Sheet, input: ReportInput, redacted: ReadonlySet<string>): ReadonlyMap<number, Showing> {
  const shown = new Map<number, Showing>();
  for (const [index, { field }] of input.columns.entries()) {
    const position = table.headers[index]?.position;
    if (position === undefined || field === null || redacted.has(field)) continue;
    shown.set(position, WORDS_OF_THE_PROCESS.has(field) ? (text) => text : figureOnly);
  }
  return shown;
}

/**
 * A list without what a redacted report must not tell: columns that no rule reads and those of redacted fields are
 * empty, and of the others only figures are kept, for a customer may be named in any text.
 */
export function redactedTable(copy: SourceCopy, input: ReportInput, fields: readonly string[]): SourceCopy {
  const { table, beside = [] } = copy;
  if (table === null) return copy;
  const shown = showings(table, input, new Set(fields));
  const columns = table.columns.flatMap((column) => {
    const show = shown.get(column.position);
    return show === undefined ? [] : [{ ...column, values: column.values.map(show) }];
  });
  const below = beside.filter(({ row }) => row >= table.headerRow);
  return {
    ...copy,
    table: { ...table, columns },
    beside: below.map(({ row, cells }) => {
      const show = (text: string, position: number): string =>
        row === table.headerRow && shown.has(position) ? text : (shown.get(position)?.(text) ?? '');
      return { row, cells: cells.map(show) };
    }),
  };
}
