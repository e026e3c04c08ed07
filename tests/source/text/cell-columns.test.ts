import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allBytes, type ByteSource, memoryBytes } from '../../../src/source/byte-source.ts';
import { NOT_ON_LINE, readCellColumns } from '../../../src/source/read-cell-columns.ts';
import { readSheet, readSheets } from '../../../src/source/read-sheet.ts';
import { cellOf, type Sheet } from '../../../src/source/sheet.ts';
import { cellColumns } from '../../../src/source/text/cell-columns.ts';
import { readAll } from '../temp-file.ts';
import { zipOf } from '../workbook/zip-writer.ts';
import { bytesIn, dialect, ENCODINGS, HEADERS, inTraditional, recordsOf, table, written } from '../written-table.ts';

const PLAIN = { delimiter: ',', returnsEndRecords: false, blanksBeforeQuotes: false };
/** Text files that trouble readers, where they are there. */
const CORPUS = new URL('../../../../shared/corpora/csv/', import.meta.url);
const CORPUS_FILES = existsSync(CORPUS) ? readdirSync(CORPUS).filter((name) => name.endsWith('.csv')) : ['the corpus'];
const LINE_BREAK = /\r\n|\n|\r/;

async function* cut(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Columns of cells as `[line, position]`, over chunks of several sizes, which must not matter. */
async function columnsOf(
  text: string,
  cells: readonly (readonly [number, number])[],
  cell: Partial<typeof PLAIN> = {},
): Promise<readonly number[]> {
  const wanted = {
    lines: Int32Array.from(cells, ([line]) => line),
    positions: Int32Array.from(cells, ([, position]) => position),
  };
  const [whole = [], ...others] = await Promise.all(
    [1 << 20, 1, 2, 7].map(async (size) => [
      ...(await cellColumns(cut(Buffer.from(text), size), { ...PLAIN, ...cell }, wanted)),
    ]),
  );
  for (const other of others) expect(other).toEqual(whole);
  return whole;
}

describe('cellColumns', () => {
  it('counts UTF-16 code units', async () => {
    expect(
      await columnsOf('a,b\n北京,é,😀,x\n', [
        [2, 0],
        [2, 1],
        [2, 2],
        [2, 3],
      ]),
    ).toEqual([1, 4, 6, 9]);
  });

  it('points at the quote of a quoted cell, and passes over delimiters inside quotes', async () => {
    expect(
      await columnsOf('"a,""b"",",c,"d"', [
        [1, 0],
        [1, 1],
        [1, 2],
      ]),
    ).toEqual([1, 12, 14]);
  });

  it('has no column where an earlier cell holds a line break, and none where the record is too short', async () => {
    expect(
      await columnsOf('x,"one\ntwo",z\na,b\n', [
        [1, 1],
        [1, 2],
        [3, 1],
        [3, 2],
        [9, 0],
      ]),
    ).toEqual([3, 0, 3, 0, 0]);
  });

  it.each(['\n', '\r\n', '\r', '\r\r\n'])('counts lines that end with %j', async (end) => {
    const text = ['a,b', '', 'cc,d', 'e,f'].join(end);
    expect(
      await columnsOf(text, [
        [3, 1],
        [4, 1],
      ]),
    ).toEqual([4, 3]);
  });

  it('keeps two returns before a line feed apart where a return ends a record', async () => {
    expect(await columnsOf('a,b\r\r\ncc,d', [[3, 1]], { returnsEndRecords: true })).toEqual([4]);
  });

  it('reads a quote inside a plain cell as text, and one that never closes to the end of the line', async () => {
    expect(
      await columnsOf('5" pipe,b\n"open,b\nx,y\n', [
        [1, 1],
        [2, 1],
        [3, 1],
      ]),
    ).toEqual([9, 0, 3]);
  });

  it('takes quotes behind blanks for quotes where the file is written so', async () => {
    expect(
      await columnsOf(
        'a, "b,c", d',
        [
          [1, 1],
          [1, 2],
        ],
        { blanksBeforeQuotes: true },
      ),
    ).toEqual([4, 11]);
    expect(
      await columnsOf('a, "b,c", d', [
        [1, 1],
        [1, 2],
      ]),
    ).toEqual([3, 7]);
    expect(
      await columnsOf(
        'a\t \t"b"',
        [
          [1, 1],
          [1, 2],
        ],
        { delimiter: '\t', blanksBeforeQuotes: true },
      ),
    ).toEqual([4, 5]);
  });

  it('knows delimiters of several characters', async () => {
    expect(
      await columnsOf(
        'a||b|c||d',
        [
          [1, 1],
          [1, 2],
        ],
        { delimiter: '||' },
      ),
    ).toEqual([4, 9]);
    expect(await columnsOf('一，二，三', [[1, 2]], { delimiter: '，' })).toEqual([5]);
  });
});

interface Cell {
  readonly line: number;
  readonly position: number;
  readonly value: string;
}

/** Every cell of a sheet with its text. */
function cellsOf({ lines, columns }: Sheet): Cell[] {
  return [...lines].flatMap((line, row) =>
    columns.map((column) => ({ line, position: column.position, value: cellOf(column, row) })),
  );
}

/** A cell as it may stand in its first line: plain, or in quotes. */
function isWrittenAt(line: string, column: number, { value }: Cell, delimiter: string): boolean {
  const rest = line.slice(column - 1);
  const quoted = `"${value.replaceAll('"', '""')}"`.split(LINE_BREAK)[0] ?? '';
  return (rest.startsWith(value) || rest.startsWith(quoted)) && (column === 1 || line[column - 2] === delimiter);
}

async function columnsIn(bytes: ByteSource, sheet: Sheet, cells: readonly Cell[], asked: string | undefined) {
  const { digest, delimiter } = sheet;
  const columns = await readCellColumns(
    bytes,
    { sheet: sheet.sheet, sha256: digest.sha256, delimiter: delimiter ?? '', askedEncoding: asked },
    {
      lines: Int32Array.from(cells, ({ line }) => line),
      positions: Int32Array.from(cells, ({ position }) => position),
    },
  );
  return [...(columns ?? [])];
}

describe('readCellColumns', () => {
  it('finds the raw text of every cell of any table, dialect and encoding, and only where it is on the line', async () => {
    let located = 0;
    await fc.assert(
      fc.asyncProperty(table, dialect, fc.constantFrom(...ENCODINGS), async (rows, form, encoding) => {
        const text = written([HEADERS, ...recordsOf(rows)], form);
        const asked = encoding === 'gb18030' || encoding === 'big5' ? encoding : undefined;
        const bytes = memoryBytes('deals.csv', bytesIn(text, encoding));
        const sheet = await readSheet(bytes, asked === undefined ? readAll : { ...readAll, encoding: asked });
        const cells = cellsOf(sheet);
        const lines = (encoding === 'big5' ? inTraditional(text) : text).split(LINE_BREAK);
        const isCutOff = ({ line, position }: Cell): boolean =>
          cells.some((other) => other.line === line && other.position < position && LINE_BREAK.test(other.value));
        const columns = await columnsIn(bytes, sheet, cells, asked);
        expect(columns.map((column) => column === NOT_ON_LINE)).toEqual(cells.map(isCutOff));
        const found = cells.filter((_, index) => columns[index] !== NOT_ON_LINE);
        const starts = columns.filter((column) => column !== NOT_ON_LINE);
        const wrong = found.filter(
          (cell, index) => !isWrittenAt(lines[cell.line - 1] ?? '', starts[index] ?? 0, cell, sheet.delimiter ?? ''),
        );
        expect(wrong).toEqual([]);
        located += found.length;
      }),
      { seed: 20261101, numRuns: 300 },
    );
    expect(located).toBeGreaterThan(3000);
  });

  it('reads what is packed, each file of an archive by its own', async () => {
    const text = 'ID,Stage\n1,Won\n22,Lost\n';
    const packed = memoryBytes('deals.csv.gz', gzipSync(text));
    const sheet = await readSheet(packed, readAll);
    expect(await columnsIn(packed, sheet, cellsOf(sheet), undefined)).toEqual([1, 3, 1, 4]);
    const archive = memoryBytes(
      'deals.zip',
      zipOf([
        { name: 'a.csv', content: text },
        { name: 'b.csv', content: 'ID;Stage\n333;Won\n' },
      ]),
    );
    const [first, second] = await readSheets(archive, readAll);
    if (first === undefined || second === undefined) throw new Error('two sheets expected');
    expect(await columnsIn(archive, first, cellsOf(first), undefined)).toEqual([1, 3, 1, 4]);
    expect(await columnsIn(archive, second, cellsOf(second), undefined)).toEqual([1, 5]);
  });

  it('has none for a file that is another one by now', async () => {
    const wanted = { lines: Int32Array.of(1), positions: Int32Array.of(0) };
    const other = { sheet: null, sha256: '00', delimiter: ',', askedEncoding: undefined };
    expect(await readCellColumns(memoryBytes('deals.csv', Buffer.from('a,b\n1,2\n')), other, wanted)).toBeNull();
  });

  it.skipIf(!existsSync(CORPUS)).each(CORPUS_FILES)(
    'finds the cells of %s (skipped where it is not there)',
    async (name) => {
      const bytes = memoryBytes(name, readFileSync(new URL(name, CORPUS)));
      const sheet = await readSheet(bytes, { ...readAll, anyTable: true }).catch(() => null);
      if (sheet === null || sheet.delimiter === null) return;
      const cells = cellsOf(sheet);
      const columns = await columnsIn(bytes, sheet, cells, undefined);
      expect(columns.length).toBe(cells.length);
      const lines = new TextDecoder(sheet.encoding ?? 'utf-8').decode(await allBytes(bytes)).split(/\r\r\n|\r\n|\n|\r/);
      const wrong = cells.filter(({ line, value }, index) => {
        const column = columns[index] ?? NOT_ON_LINE;
        if (column === NOT_ON_LINE) return false;
        const rest = (lines[line - 1] ?? '').slice(column - 1);
        const first = value.split(LINE_BREAK)[0] ?? '';
        return (
          !rest.startsWith(first) &&
          !rest.startsWith(first.trimStart()) &&
          !rest.startsWith(`"${first.replaceAll('"', '""')}`)
        );
      });
      expect(wrong).toEqual([]);
    },
  );
});
