import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { fileBytes } from '../../../src/source/byte-source.ts';
import { type OpenedText, openFile } from '../../../src/source/open-file.ts';
import type { SecondThread } from '../../../src/source/second-thread.ts';
import { startTable } from '../../../src/source/table/table.ts';
import { type CsvOptions, readCsv } from '../../../src/source/text/csv.ts';
import { readDelimited, type ScannedPart } from '../../../src/source/text/delimited.ts';
import { fileParts, type PartsOptions } from '../../../src/source/text/file-parts.ts';
import { readTextTable } from '../../../src/source/text/read-text.ts';
import type { PartTasks } from '../../../src/source/text/scan-part.ts';

import { readAll } from '../temp-file.ts';
import { noAnswers, sameThread } from './same-thread.ts';

const FOLDER = mkdtempSync(join(tmpdir(), 'funnelint-parts-'));
const FILE = join(FOLDER, 'deals.csv');

afterAll(() => rmSync(FOLDER, { recursive: true }));

const DIALECT = { delimiter: ',', columns: 3, returnsEndRecords: false };
const CSV: CsvOptions = { ...DIALECT, file: FILE, firstLine: 1, blanksBeforeQuotes: false };

interface Reading {
  readonly table: unknown;
  /** Rows that came from the other thread. */
  readonly helped: number;
}

type Source = (expected: PartsOptions['expected'], size: number) => AsyncIterable<Buffer | ScannedPart>;

async function read(sourceOf: Source, size: number): Promise<Reading> {
  const table = startTable({ file: FILE, layout: 'text', read: readAll });
  let row = 0;
  let helped = 0;
  const rows = () => table.bytesFrom(row + 1);
  const expected: PartsOptions['expected'] = () => {
    const shape = rows()?.plainShape() ?? null;
    return shape === null ? null : { shape, positions: rows()?.positions ?? [] };
  };
  await readDelimited(sourceOf(expected, size), CSV, {
    record: (cells, line) => table.row(cells, ++row, line),
    damagedLine: (text, mended, line) => table.damagedLine(text, mended, ++row, line),
    strayReturn() {},
    plainShape: () => rows()?.plainShape() ?? null,
    mayBeHeader: (cells) => rows()?.mayBeHeader(cells) ?? true,
    handedOver() {},
    plainRecords(batch, records, line) {
      rows()?.plainRows(batch, records, row + 1, line);
      row += records;
    },
    plainRun(run, line) {
      if (rows()?.plainShape()?.width !== run.width) return false;
      rows()?.plainRun(run, row + 1, line);
      row += run.rowCount;
      helped += run.rowCount;
      return true;
    },
  });
  return { table: seen(table), helped };
}

function seen(table: ReturnType<typeof startTable>): unknown {
  const parts = table.finish();
  return { ...parts, columns: parts.columns.map((column) => ({ ...column, values: [...column.values] })) };
}

const alone: Source = () => fileBytes(FILE).chunks();

function withThread(thread: SecondThread<PartTasks> | null, step: number): Source {
  return (expected, size) =>
    fileParts(fileBytes(FILE), () => thread, {
      dialect: DIALECT,
      from: 0,
      size,
      expected,
      fewest: 16,
      step,
      onBytes() {},
    });
}

async function readByCsvParse(size: number): Promise<unknown> {
  const table = startTable({ file: FILE, layout: 'text', read: readAll });
  let row = 0;
  await readCsv(fileBytes(FILE).chunks(0, size), CSV, {
    record: (cells, line) => table.row(cells, ++row, line),
    damagedLine: (text, mended, line) => table.damagedLine(text, mended, ++row, line),
    strayReturn() {},
  });
  return seen(table);
}

const HEADER = 'Opportunity ID,Stage,Amount\n';

function plainRows(count: number): string[] {
  return Array.from({ length: count }, (_, row) => `D${row % 40},${row % 3 === 0 ? 'Won' : '赢单'},${row}`);
}

describe('a file in parts', () => {
  const cell = fc.constantFrom(
    '',
    'Won',
    '赢单',
    '7',
    '"a,b"',
    '"say ""hi"""',
    '"two\nlines"',
    '"two\r\nlines"',
    ' x ',
    '😀',
  );
  const plain = fc
    .tuple(fc.integer({ min: 0, max: 99 }), cell, cell)
    .map(([id, ...cells]) => [`${id}`, ...cells].join(','));
  const odd = fc.constantFrom(
    '',
    ',,',
    'Total,,9',
    'short',
    'D1,Won,3,more',
    'D1,Won,x',
    HEADER.trim(),
    '"open,1,2',
    'a"b,1,2',
    '\ufeffD2,Won,1',
  );
  const line = fc.oneof({ weight: 80, arbitrary: plain }, { weight: 1, arbitrary: odd });
  const end = fc.constantFrom('\n', '\r\n');

  it('makes the table that one thread makes, and csv-parse', async () => {
    let helpedRows = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 40, maxLength: 160 }),
        end,
        fc.integer({ min: 1, max: 900 }),
        fc.boolean(),
        async (lines, lineEnd, step, endsOpen) => {
          const text = Buffer.from(`${HEADER}${lines.join(lineEnd)}${endsOpen ? '' : lineEnd}`);
          writeFileSync(FILE, text);
          const thread = sameThread();
          const { table, helped } = await read(withThread(thread, step), text.length);
          helpedRows += helped;
          expect(table).toEqual((await read(alone, text.length)).table);
          expect(table).toEqual(await readByCsvParse(text.length));
          expect(thread.ended).toBeGreaterThan(0);
        },
      ),
      { numRuns: 300 },
    );
    expect(helpedRows).toBeGreaterThan(1000);
  });

  it('has the second half scanned by the other thread', async () => {
    const text = `${HEADER}${plainRows(1000).join('\n')}\n`;
    writeFileSync(FILE, text);
    const thread = sameThread();
    const { table, helped } = await read(withThread(thread, 600), Buffer.byteLength(text));
    expect(helped).toBeGreaterThan(330);
    expect(helped).toBeLessThan(420);
    expect(thread.requests).toHaveLength(1);
    expect(table).toMatchObject({ rowCount: 1000, setAside: [] });
  });

  it('goes on alone behind a row that is no deal, and asks again', async () => {
    const rows = plainRows(1000);
    rows.splice(850, 0, 'Total,,9');
    const text = `${HEADER}${rows.join('\n')}\n`;
    writeFileSync(FILE, text);
    const thread = sameThread();
    const { table, helped } = await read(withThread(thread, 600), Buffer.byteLength(text));
    expect(thread.requests.length).toBeGreaterThan(1);
    expect(helped).toBeGreaterThan(220);
    expect(table).toEqual((await read(alone, Buffer.byteLength(text))).table);
  });

  it('reads the part itself where the other thread fails', async () => {
    const text = `${HEADER}${plainRows(1000).join('\n')}\n`;
    writeFileSync(FILE, text);
    const { table, helped } = await read(withThread(noAnswers(), 600), Buffer.byteLength(text));
    expect(helped).toBe(0);
    expect(table).toEqual((await read(alone, Buffer.byteLength(text))).table);
  });

  it('ends where somebody shortens the file', async () => {
    const text = `${HEADER}${plainRows(1000).join('\n')}\n`;
    writeFileSync(FILE, text);
    const size = Buffer.byteLength(text);
    const { table } = await read(withThread(sameThread(), 600), size * 3);
    expect(table).toEqual((await read(alone, size)).table);
  });

  it('reads alone where there is no other thread', async () => {
    const text = `${HEADER}${plainRows(1000).join('\n')}\n`;
    writeFileSync(FILE, text);
    const { table, helped } = await read(withThread(null, 600), Buffer.byteLength(text));
    expect(helped).toBe(0);
    expect(table).toEqual((await read(alone, Buffer.byteLength(text))).table);
  });

  it('counts from behind the mark and the line that names the delimiter', async () => {
    const bytes = Buffer.from(`\ufeffsep=;\nID;Stage;Amount\n${plainRows(1000).join('\n').replaceAll(',', ';')}\n`);
    writeFileSync(FILE, bytes);
    const { files } = await openFile(fileBytes(FILE));
    const opened = files[0] as OpenedText;
    const thread = sameThread();
    const sheetOf = async (startThread: () => typeof thread | null) => {
      const { columns, ...sheet } = await readTextTable(opened, readAll, { fewest: 16, startThread });
      return { ...sheet, columns: columns.map((column) => ({ ...column, values: [...column.values] })) };
    };
    expect(await sheetOf(() => thread)).toEqual(await sheetOf(() => null));
    expect(thread.requests.length).toBeGreaterThan(0);
  });

  it('takes nothing from a guess that fell into a cell', async () => {
    const note = plainRows(400).join('\n');
    const text = `${HEADER}${plainRows(100).join('\n')}\nD7,"${note}\n`;
    const rest = `",1\n${plainRows(30).join('\n')}\n`;
    writeFileSync(FILE, `${text}${rest}`);
    const size = Buffer.byteLength(`${text}${rest}`);
    const thread = sameThread();
    const dialect = { ...DIALECT, columns: 0 };
    const source: Source = (expected) =>
      fileParts(fileBytes(FILE), () => thread, {
        dialect,
        from: 0,
        size,
        expected,
        fewest: 16,
        step: 600,
        onBytes() {},
      });
    const { table } = await read(source, size);
    expect(thread.requests[0]?.from).toBeLessThan(Buffer.byteLength(text));
    expect(table).toEqual((await read(alone, size)).table);
  });
});
