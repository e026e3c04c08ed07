import { FunnelintError } from '../../../src/errors.ts';
import type { Grid, GridRow } from '../../../src/source/grid.ts';
import type { Notice } from '../../../src/source/sheet.ts';
import { readWorkbook } from '../../../src/source/workbook/workbook.ts';
import { type Entry, zipOf } from './zip-writer.ts';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export const relationships = (...links: readonly (readonly [id: string, kind: string, target: string])[]): string =>
  `<Relationships>${links
    .map(([id, kind, target]) => `<Relationship Id="${id}" Type="${OFFICE}/${kind}" Target="${target}"/>`)
    .join('')}</Relationships>`;

export const worksheet = (rows: string, after = '', before = ''): string =>
  `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="${MAIN}">${before}<sheetData>${rows}</sheetData>${after}</worksheet>`;

export const styles = (...formats: readonly string[]): string => {
  const custom = formats.map((code, index) => `<numFmt numFmtId="${200 + index}" formatCode="${code}"/>`).join('');
  const cells = formats.map((_, index) => `<xf numFmtId="${200 + index}"/>`).join('');
  return `<styleSheet><numFmts>${custom}</numFmts><cellXfs><xf numFmtId="0"/>${cells}</cellXfs></styleSheet>`;
};

export const sharedStrings = (...items: readonly string[]): string =>
  `<sst>${items.map((item) => `<si>${item}</si>`).join('')}</sst>`;

/** Parts of a workbook of one sheet by name; a null takes a part away. */
export type Parts = Readonly<Record<string, string | Buffer | null>>;

export function partsOf(sheet: string | Buffer, changes: Parts = {}): Record<string, string | Buffer> {
  const parts: Record<string, string | Buffer | null> = {
    '_rels/.rels': relationships(['r1', 'officeDocument', 'xl/workbook.xml']),
    'xl/workbook.xml': '<workbook><sheets><sheet name="Deals" sheetId="1" r:id="r1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': relationships(
      ['r1', 'worksheet', 'worksheets/sheet1.xml'],
      ['r2', 'styles', 'styles.xml'],
      ['r3', 'sharedStrings', 'sharedStrings.xml'],
    ),
    'xl/worksheets/sheet1.xml': sheet,
    ...changes,
  };
  return Object.fromEntries(Object.entries(parts).flatMap(([name, part]) => (part === null ? [] : [[name, part]])));
}

export function entriesOf(parts: Readonly<Record<string, string | Buffer>>): Entry[] {
  return Object.entries(parts).map(([name, content]) => ({ name, content }));
}

export function bookOf(sheet: string | Buffer, changes: Parts = {}): Buffer {
  return zipOf(entriesOf(partsOf(sheet, changes)));
}

export interface Reading {
  readonly rows: readonly GridRow[];
  readonly notices: readonly Notice[];
}

export async function readRows(sheet: Grid): Promise<Reading> {
  const rows: GridRow[] = [];
  const notices: Notice[] = [];
  for await (const row of sheet.rows((notice) => notices.push(notice))) rows.push(row);
  return { rows, notices };
}

/** Reads the first sheet of a workbook. */
export async function readFirst(bytes: Buffer): Promise<Reading> {
  const [sheet] = await readWorkbook('deals.xlsx', bytes);
  if (sheet === undefined) throw new Error('no sheet');
  return readRows(sheet);
}

/** Reads a sheet by its XML, as cells by row. */
export async function cellsOf(rows: string, changes: Parts = {}): Promise<(readonly [number, ...string[]])[]> {
  const { rows: read } = await readFirst(bookOf(worksheet(rows), changes));
  return read.map(({ row, cells }) => [row, ...cells]);
}

/** The failure that reading a workbook to its end gives. */
export async function failureOf(bytes: Buffer): Promise<FunnelintError> {
  const error: unknown = await readFirst(bytes).catch((reason: unknown) => reason);
  if (error instanceof FunnelintError) return error;
  throw new Error(`no refusal: ${String(error)}`, { cause: error });
}
