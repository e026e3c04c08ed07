import type { RawColumn, Sheet } from '../../src/source/sheet.ts';

/** A sheet out of rows of text, all columns kept. */
export function sheetOf(headers: readonly string[], rows: readonly (readonly string[])[]): Sheet {
  const columns = headers.map((header, position): RawColumn => {
    const values = [...new Set(rows.map((row) => row[position] ?? ''))];
    const codeOf = new Map(values.map((text, code) => [text, code]));
    const codes = Int32Array.from(rows, (row) => codeOf.get(row[position] ?? '') as number);
    return { header, position, codes, values };
  });
  return {
    file: 'deals.csv',
    sheet: null,
    digest: { sha256: '' },
    format: 'csv',
    encoding: 'utf-8',
    delimiter: ',',
    headerRow: 1,
    headerLine: 1,
    headers: headers.map((text, position) => ({ text, position })),
    columns,
    rowCount: rows.length,
    rows: Int32Array.from(rows, (_, row) => row + 2),
    lines: Int32Array.from(rows, (_, row) => row + 2),
    setAside: [],
    blankRows: 0,
    notices: [],
  };
}
