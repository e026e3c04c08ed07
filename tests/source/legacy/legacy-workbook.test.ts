import { type BookType, read as readElsewhere, utils, type WorkBook, type WorkSheet, write } from '@e965/xlsx';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLegacyWorkbook } from '../../../src/source/legacy/legacy-workbook.ts';
import { isLegacyWorkbook } from '../../../src/source/legacy/signature.ts';
import type { Notice } from '../../../src/source/sheet.ts';
import { readWorkbook } from '../../../src/source/workbook/workbook.ts';
import { cellsOf, checkDamage, failureOf, filledRows } from '../grid-readings.ts';
import { readRows } from '../workbook/book.ts';
import { bookOf, bookRecords, compoundFile, double, END, long, record, start, words } from './legacy-records.ts';

const read = async (bytes: Buffer) => readLegacyWorkbook('deals.xls', bytes);
const number = (row: number, column: number, value: number, style = 0): Buffer =>
  record(0x203, words(row, column, style), double(value));
const label = (row: number, column: number, text: string): Buffer =>
  record(0x204, words(row, column, 0, text.length), [1], Buffer.from(text, 'utf16le'));
const style = (format: number): Buffer => record(0xe0, words(0, format), Buffer.alloc(16));
const format = (id: number, code: string): Buffer =>
  record(0x41e, words(id, code.length), [1], Buffer.from(code, 'utf16le'));

async function noticesOf(bytes: Buffer): Promise<readonly Notice[]> {
  return (await readRows((await read(bytes))[0] as never)).notices;
}

describe('cells of an .xls workbook', () => {
  it.each<[string, readonly Buffer[], string]>([
    ['a number', [number(0, 0, 0.1 + 0.2)], '0.30000000000000004'],
    ['a whole number in four bytes', [record(0x27e, words(0, 0, 0), long((1234 << 2) | 2))], '1234'],
    ['a negative one', [record(0x27e, words(0, 0, 0), long((-7 << 2) | 2))], '-7'],
    ['hundredths in four bytes', [record(0x27e, words(0, 0, 0), long((123_456 << 2) | 3))], '1234.56'],
    ['half a double', [record(0x27e, words(0, 0, 0), long(0x3ff80000))], '1.5'],
    ['a date', [number(0, 0, 46_143, 1)], '2026-05-01'],
    ['a date of its own format', [number(0, 0, 46_143.5, 2)], '2026-05-01T12:00:00'],
    ['a percentage', [number(0, 0, 0.6, 3)], '60%'],
    ['a text', [label(0, 0, '客户 😀')], '客户 😀'],
    ['a text of one byte a character', [record(0x204, words(0, 0, 0, 2), [0], Buffer.from('é!', 'latin1'))], 'é!'],
    ['a boolean', [record(0x205, words(0, 0, 0), [1, 0])], 'TRUE'],
    ['an error', [record(0x205, words(0, 0, 0), [0x2a, 1])], '#N/A'],
    ['a formula', [record(0x06, words(0, 0, 0), double(6), words(0, 0, 0, 0))], '6'],
    ['a formula giving a date', [record(0x06, words(0, 0, 1), double(46_143), words(0, 0, 0, 0))], '2026-05-01'],
    ['a formula giving a boolean', [record(0x06, words(0, 0, 0), words(1, 1, 0, 0xffff, 0, 0, 0, 0))], 'TRUE'],
    ['a formula giving an error', [record(0x06, words(0, 0, 0), words(2, 7, 0, 0xffff, 0, 0, 0, 0))], '#DIV/0!'],
    [
      'a formula giving a text, with a shared formula between',
      [
        record(0x06, words(0, 0, 0), words(0, 0, 0, 0xffff, 0, 0, 0, 0)),
        record(0x4bc, Buffer.alloc(10)),
        record(0x207, words(3), [0], Buffer.from('Won')),
      ],
      'Won',
    ],
  ])('%s', async (_name, records, expected) => {
    const globals = [format(164, 'yyyy/m/d hh:mm'), style(0), style(14), style(164), style(9)];
    const bytes = bookOf(8, globals, records);
    expect(await cellsOf(await read(bytes))).toEqual([[1, expected]]);
    expect(await noticesOf(bytes)).toEqual([]);
  });

  it('of a row of numbers stand one after another', async () => {
    const shorts = [0, 1, 2].map((value) => Buffer.concat([words(0), long((value << 2) | 2)]));
    const bytes = bookOf(8, [style(0)], [record(0xbd, words(3, 1), ...shorts, words(3))]);
    expect(await cellsOf(await read(bytes))).toEqual([[4, '', '0', '1', '2']]);
  });

  it('of the 1904 system', async () => {
    const bytes = bookOf(8, [record(0x22, words(1)), style(14)], [number(0, 0, 44_681)]);
    expect(await cellsOf(await read(bytes))).toEqual([[1, '2026-05-01']]);
  });

  it.each([
    [936, Buffer.from([0xbf, 0xcd, 0xbb, 0xa7]), '客户'],
    [932, Buffer.from([0x8c, 0xda, 0x8b, 0x71]), '顧客'],
    [1252, Buffer.from([0x80, 0xe9]), '€é'],
    [1251, Buffer.from([0xd1]), 'С'],
  ])('of version 5 are in code page %i', async (codePage, text, expected) => {
    const cell = record(0x204, words(0, 0, 0, text.length), text);
    const bytes = bookOf(5, [record(0x42, words(codePage)), style(0)], [cell]);
    expect(await cellsOf(await read(bytes))).toEqual([[1, expected]]);
  });

  it('of version 2 need no file around them', async () => {
    const looks = (index: number): number[] => [0, index, 0];
    const bytes = Buffer.concat([
      record(0x09, words(2, 0x10)),
      record(0x1e, [7], Buffer.from('General')),
      record(0x1e, [8], Buffer.from('d-mmm-yy')),
      record(0x04, words(0, 0), looks(0), [5], Buffer.from('Stage')),
      record(0x02, words(0, 1), looks(0), words(7)),
      record(0x03, words(1, 1), looks(1), double(46_143)),
      END,
    ]);
    expect(isLegacyWorkbook(bytes)).toBe(true);
    expect(await cellsOf(await read(bytes))).toEqual([
      [1, 'Stage', '7'],
      [2, '', '2026-05-01'],
    ]);
  });

  it('may have a shared text that goes on in the next record, in other characters, with formats behind it', async () => {
    const strings = [
      record(0xfc, long(3), long(3), words(4), [0], Buffer.from('ab')),
      record(0x3c, [1], Buffer.from('客户', 'utf16le'), words(3), [8], words(2), Buffer.from('Won'), Buffer.alloc(5)),
      record(0x3c, Buffer.alloc(3), words(2), [5], long(6), Buffer.from('负责', 'utf16le'), Buffer.alloc(6)),
    ];
    const cells = [0, 1, 2].map((index) => record(0xfd, words(0, index, 0), long(index)));
    const bytes = bookOf(8, [style(0), ...strings], cells);
    expect(await cellsOf(await read(bytes))).toEqual([[1, 'ab客户', 'Won', '负责']]);
  });
});

describe('an .xls workbook', () => {
  it('says which sheets are hidden', async () => {
    const records = [label(0, 0, 'x')];
    const sheets = [0, 1, 2].map((state) => ({ name: `S${state}`, state, records }));
    const grids = await read(compoundFile({ Workbook: bookRecords(8, [], sheets) }));
    expect(grids.map(({ name, state }) => [name, state])).toEqual([
      ['S0', 'visible'],
      ['S1', 'hidden'],
      ['S2', 'veryHidden'],
    ]);
  });

  it('says what it hides, and follows merged cells', async () => {
    const bytes = bookOf(
      8,
      [],
      [
        record(0x7d, words(1, 1, 2304, 0, 1, 0)),
        record(0x208, words(1, 0, 3, 255, 0, 0, 0x20, 0)),
        label(0, 0, 'Deal'),
        label(0, 2, 'x'),
        label(1, 1, 'y'),
        record(0xe5, words(2, 0, 0, 0, 1, 0, 1, 2, 2)),
      ],
    );
    const { rows, notices } = await readRows((await read(bytes))[0] as never);
    expect(rows).toEqual([
      { row: 1, cells: ['Deal', '', 'x'], headerCells: ['Deal', 'Deal', 'x'] },
      { row: 2, cells: ['', 'y'], headerCells: ['', 'y', 'x'], spanned: [2] },
    ]);
    expect(notices.map(({ code }) => code)).toEqual(['table/hidden-rows', 'table/hidden-columns']);
  });

  it('may have its rows in any order', async () => {
    const bytes = bookOf(8, [], [label(5, 0, 'b'), label(2, 0, 'a'), label(5, 1, 'c')]);
    expect(await cellsOf(await read(bytes))).toEqual([
      [3, 'a'],
      [6, 'b', 'c'],
    ]);
  });

  it('tells of formulas without a result and cells that stand twice', async () => {
    const formula = record(0x06, words(0, 0, 0), words(0, 0, 0, 0xffff, 0, 0, 0, 0));
    const bytes = bookOf(8, [], [formula, number(0, 1, 1), number(0, 1, 2)]);
    expect((await noticesOf(bytes)).map(({ code, cell }) => [code, cell])).toEqual([
      ['table/formula-without-result', 'A1'],
      ['table/cell-twice', 'B1'],
    ]);
  });

  it('leaves out the cells of a chart on a sheet', async () => {
    const chart = [start(8, 0x20), number(0, 0, 99), END];
    const bytes = bookOf(8, [], [label(0, 0, 'Deal'), ...chart, label(1, 0, 'D-1')]);
    expect(await cellsOf(await read(bytes))).toEqual([
      [1, 'Deal'],
      [2, 'D-1'],
    ]);
  });
});

describe('an .xls workbook is refused', () => {
  const sound = bookRecords(8, [style(0)], [{ name: 'Deals', records: [label(0, 0, 'Deal')] }]);
  it.each<[string, Buffer, string, string]>([
    ['when its records end early', compoundFile({ Workbook: sound.subarray(0, -4) }), 'file/damaged', 'too early'],
    ['when a record is cut', compoundFile({ Workbook: sound.subarray(0, -7) }), 'file/damaged', 'too early'],
    [
      'when it is encrypted',
      bookOf(8, [record(0x2f, words(1, 1))], []),
      'file/not-a-table',
      'password-protected workbook',
    ],
    [
      'when it is an encrypted XLSX',
      compoundFile({ EncryptedPackage: Buffer.alloc(5000), EncryptionInfo: Buffer.alloc(100) }),
      'file/not-a-table',
      'password-protected workbook',
    ],
    ['when it is a document', compoundFile({ WordDocument: Buffer.alloc(10) }), 'file/not-a-table', 'Word document'],
    ['when its sheet is missing', bookOf(8, [record(0x85, long(3), [0, 0, 1, 0, 65])], []), 'file/damaged', 'missing'],
    [
      'when a shared text is missing',
      bookOf(8, [], [record(0xfd, words(0, 0, 0), long(5))]),
      'file/damaged',
      'cell A1 has the shared text 5',
    ],
    [
      'when it has fewer shared texts than it says',
      bookOf(8, [record(0xfc, long(9), long(0xffffffff))], []),
      'file/damaged',
      'fewer shared texts',
    ],
    ['when a cell lies beyond the sheet', bookOf(8, [], [number(0, 256, 1)]), 'file/damaged', 'IW1 is beyond'],
    ['when its header is cut', compoundFile({ Workbook: sound }).subarray(0, 132), 'file/damaged', 'end of the file'],
  ])('%s', async (_name, bytes, code, reason) => {
    const error = await failureOf(async () => readRows((await read(bytes))[0] as never));
    expect(error.code).toBe(code);
    expect(error.message).toContain(reason);
  });

  it('when its sectors form a loop', async () => {
    const bytes = compoundFile({ Workbook: Buffer.concat([sound, Buffer.alloc(20_000)]) });
    const table = 512 * (bytes.readUInt32LE(76) + 1);
    // Each sector leads to the one before, for ever.
    for (let sector = 1; sector < 20; sector++) bytes.writeUInt32LE(sector - 1, table + sector * 4);
    bytes.writeUInt32LE(19, table);
    expect((await failureOf(() => read(bytes))).message).toContain('loop');
  });
});

/** Without the smallest and largest, of which the writer makes others. */
const anyDouble = fc
  .double({ noNaN: true, noDefaultInfinity: true })
  .filter((each) => each === 0 || (Math.abs(each) > 1e-300 && Math.abs(each) < 1e300));

/** Values that both formats hold, with the number format of the cell. */
const value = fc.oneof(
  fc.string({ maxLength: 12, unit: 'grapheme' }).map((text) => ({ t: 's', v: text })),
  fc.constantFrom(' padded ', 'a\nb', '客户 😀', '00123', '=1+1', '').map((text) => ({ t: 's', v: text })),
  fc.oneof(fc.integer(), anyDouble).map((v) => ({ t: 'n', v: v + 0 })),
  fc
    .tuple(fc.integer({ min: 61, max: 80_000 }), fc.constantFrom('yyyy-mm-dd', 'm/d/yy', 'yyyy/m/d h:mm', 'd"日"'))
    .map(([v, z]) => ({ t: 'n', v: v + 0.5, z })),
  fc.double({ min: 1e-3, max: 1, noNaN: true }).map((v) => ({ t: 'n', v, z: '0.00%' })),
  fc.boolean().map((v) => ({ t: 'b', v })),
  fc.constantFrom(0x2a, 0x17, 0x07).map((v) => ({ t: 'e', v })),
  fc.constant(null),
);
const table = fc.array(fc.array(value, { maxLength: 6 }), { minLength: 1, maxLength: 8 });
type Table = readonly (readonly ({ readonly t: string; readonly v: unknown } | null)[])[];

function bookWith(rows: Table): WorkBook {
  const sheet: WorkSheet = utils.aoa_to_sheet(rows as unknown[][]);
  const book = utils.book_new();
  utils.book_append_sheet(book, sheet, 'Deals');
  return book;
}

describe('the same table', () => {
  it.each([true, false])('reads alike from .xls and .xlsx (shared texts %s)', async (bookSST) => {
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const book = bookWith(rows);
        const bytesOf = (bookType: 'biff8' | 'xlsx'): Buffer => write(book, { type: 'buffer', bookType, bookSST });
        const [legacy] = await read(bytesOf('biff8'));
        const [current] = await readWorkbook('deals.xlsx', bytesOf('xlsx'));
        const [one, other] = await Promise.all([readRows(legacy as never), readRows(current as never)]);
        expect(filledRows(one.rows)).toEqual(filledRows(other.rows));
        expect(one.notices).toEqual(other.notices);
      }),
      { numRuns: 80, seed: 20_260_501 },
    );
  });

  it.each(['biff8', 'biff5', 'biff4', 'biff3', 'biff2'] as const)(
    'reads as another reader has it: %s',
    async (type) => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.array(fc.nat(99_999), { maxLength: 5 }), { maxLength: 6 }), async (rows) => {
          const texts = rows.map((row) => row.map((each, index) => (index % 2 === 0 ? `Deal ${each}` : each / 8)));
          const book = utils.book_new();
          utils.book_append_sheet(book, utils.aoa_to_sheet([['ID', 'Stage'], ...texts]), 'Deals');
          const bytes: Buffer = write(book, { type: 'buffer', bookType: type as BookType });
          const elsewhere = readElsewhere(bytes);
          const sheet = elsewhere.Sheets[elsewhere.SheetNames[0] ?? ''] as WorkSheet;
          const expected = utils.sheet_to_json<unknown[]>(sheet, { header: 1, blankrows: true });
          const wanted = expected.flatMap((cells, row) =>
            cells.length === 0 ? [] : [[row + 1, ...cells.map(String)]],
          );
          const [grid] = await read(bytes);
          expect(filledRows((await readRows(grid as never)).rows)).toEqual(wanted);
        }),
        { numRuns: 20, seed: 20_260_501 },
      );
    },
  );
});

describe('damage', () => {
  const rows: Table = Array.from({ length: 30 }, (_, row) => [
    { t: 's', v: `客户 ${row}` },
    { t: 'n', v: row / 7 },
    { t: 'n', v: 45_000 + row, z: 'yyyy-mm-dd' },
    { t: 'b', v: row % 2 === 0 },
  ]);
  it('never crashes or hangs the reader', async () => {
    await checkDamage(write(bookWith(rows), { type: 'buffer', bookType: 'biff8', bookSST: true }), read);
    const globals = [record(0x42, words(936)), style(0), style(14)];
    const cells = [record(0x204, words(0, 0, 0, 4), [0xbf, 0xcd, 0xbb, 0xa7]), number(0, 1, 46_143, 1)];
    await checkDamage(bookOf(5, globals, [...cells, record(0xe5, words(1, 0, 1, 0, 1))]), read);
  });

  it('of cells that are far apart costs little', async () => {
    const cells = Array.from({ length: 65_536 }, (_, row) => number(row, 255, row));
    const [grid] = await read(bookOf(8, [], cells));
    expect((await readRows(grid as never)).rows).toHaveLength(65_536);
  });
});
