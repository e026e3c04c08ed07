import exceljs, { type Cell, type CellValue } from 'exceljs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFirst } from './book.ts';

/** Text of a cell as another reader has it, for the kinds of values that are generated here. */
function otherText(value: CellValue): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value !== 'object') return String(value);
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  if ('error' in value) return value.error;
  if ('hyperlink' in value) return value.text;
  return 'result' in value ? otherText(value.result) : '';
}

type Rows = ReadonlyMap<number, readonly string[]>;

/** Rows with some text, by number, without blanks at their end: readers differ in whether an empty text is a value. */
function filledRows(rows: readonly (readonly [number, readonly string[]])[]): Rows {
  const cut = rows.map(
    ([row, cells]) => [row, cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1)] as const,
  );
  return new Map(cut.filter(([, cells]) => cells.length > 0));
}

async function otherReading(bytes: Buffer): Promise<Rows> {
  const book = new exceljs.Workbook();
  await book.xlsx.load(bytes as unknown as ArrayBuffer);
  const rows: [number, string[]][] = [];
  book.worksheets[0]?.eachRow((row, number) => {
    const cells: string[] = [];
    row.eachCell((cell: Cell, column) => {
      while (cells.length < column - 1) cells.push('');
      cells.push(otherText(cell.value));
    });
    rows.push([number, cells]);
  });
  return filledRows(rows);
}

async function ourReading(bytes: Buffer): Promise<Rows> {
  const { rows, notices } = await readFirst(bytes);
  expect(notices).toEqual([]);
  return filledRows(rows.map(({ row, cells }) => [row, cells]));
}

/** Without escapes such as `_x0041_`, and texts that look like references, which the other reader gets wrong. */
const text = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.constantFrom(' padded ', 'a\nb', '客户 😀', '<b>&"\'', ']]>', '=1+1', '00123', '1e5', '-'),
);
const day = fc.integer({ min: 61, max: 80_000 }).map((serial) => new Date((serial - 25_569) * 86_400_000));
const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0.1, 1e21, 1e-7, 0.1 + 0.2),
);
const value: fc.Arbitrary<CellValue> = fc.oneof(
  { weight: 3, arbitrary: text },
  { weight: 3, arbitrary: number.map((each) => each + 0) },
  fc.constant(null),
  day,
  fc.boolean(),
  fc.constantFrom('#N/A', '#REF!').map((error) => ({ error }) as CellValue),
  fc.array(text, { minLength: 1, maxLength: 3 }).map((texts) => ({ richText: texts.map((each) => ({ text: each })) })),
  // The other reader loses a result of 0.
  number.map((result) => ({ formula: 'A1+1', result: result === 0 ? 1 : result, date1904: false })),
);
const table = fc.array(fc.array(value, { maxLength: 6 }), { minLength: 1, maxLength: 8 });

async function written(rows: readonly CellValue[][]): Promise<Buffer> {
  const book = new exceljs.Workbook();
  book.addWorksheet('Deals').addRows(rows as CellValue[][]);
  return Buffer.from(await book.xlsx.writeBuffer());
}

async function streamed(rows: readonly CellValue[][], useSharedStrings: boolean): Promise<Buffer> {
  const { PassThrough } = await import('node:stream');
  const stream = new PassThrough();
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  const book = new exceljs.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings });
  const sheet = book.addWorksheet('Deals');
  for (const row of rows) sheet.addRow(row).commit();
  await book.commit();
  return Buffer.concat(chunks);
}

describe('workbooks that another reader can read', () => {
  it.each<[string, (rows: readonly CellValue[][]) => Promise<Buffer>]>([
    ['written at once', written],
    ['streamed with shared strings', (rows) => streamed(rows, true)],
    ['streamed with inline strings', (rows) => streamed(rows, false)],
  ])('%s are read alike', async (_name, write) => {
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const bytes = await write(rows);
        expect(await ourReading(bytes)).toEqual(await otherReading(bytes));
      }),
      { numRuns: 60, seed: 20_260_501 },
    );
  });
});
