import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { FunnelintError } from '../../src/errors.ts';
import { readSheet } from '../../src/source/read-sheet.ts';
import { NO_CELL, type ReadOptions, type Sheet } from '../../src/source/sheet.ts';
import { anyOf, end, flip, lineBreak, loss, otherNumber, quote, slice } from './damage.ts';
import { readAll } from './temp-file.ts';
import { bookOf, entriesOf, partsOf, sharedStrings, styles, worksheet } from './workbook/book.ts';
import { zipOf } from './workbook/zip-writer.ts';
import { bytesIn, dialect, ENCODINGS, HEADERS, inTraditional, recordsOf, table, written } from './written-table.ts';

/** Runs of the smallest property; FUZZ_RUNS=5000 looks for longer. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 150);
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_260_601);
const SETTINGS = { numRuns: RUNS, seed: SEED };
const LONGEST_READ_MS = 3000;

const FOLDER = mkdtempSync(join(tmpdir(), 'funnelint-fuzz-'));
const FILE = join(FOLDER, 'deals');
afterAll(() => rmSync(FOLDER, { recursive: true }));

/** Reads bytes as a file, in bounded time; null when it is refused. Any other failure is thrown. */
async function read(bytes: Buffer, options: Partial<ReadOptions> = {}): Promise<Sheet | null> {
  writeFileSync(FILE, bytes);
  const started = performance.now();
  try {
    return await readSheet(FILE, { ...readAll, ...options });
  } catch (error) {
    if (error instanceof FunnelintError) return null;
    throw error;
  } finally {
    expect(performance.now() - started).toBeLessThan(LONGEST_READ_MS);
  }
}

function cellsOf(sheet: Sheet): (string | null)[][] {
  return Array.from({ length: sheet.rowCount }, (_, row) =>
    sheet.columns.map(({ codes, values }) =>
      codes[row] === NO_CELL ? null : (values.at(codes[row] as number) ?? null),
    ),
  );
}

/** Every row below the header is a row, set aside or blank, once and in order; above it only damage is set aside. */
function expectAccounted(sheet: Sheet, lastRow: number): void {
  const kept = [...sheet.rows.subarray(0, sheet.rowCount)];
  const below = sheet.setAside.filter(({ row, reason }) => row > sheet.headerRow || reason !== 'quote');
  const all = [...kept, ...below.map(({ row }) => row)];
  expect(new Set(all).size).toBe(all.length);
  for (const row of all) expect(row).toBeGreaterThan(sheet.headerRow);
  expect(kept).toEqual([...kept].sort((one, other) => one - other));
  expect(all.length + sheet.blankRows).toBe(Math.max(0, lastRow - sheet.headerRow));
  for (const { codes, values } of sheet.columns) {
    expect(codes.length).toBe(sheet.rowCount);
    for (const code of codes) expect(code).toBeLessThan(values.length);
  }
}

/** Reads twice, once with every record taken as texts: both readings must be one, and leave no row out. */
async function readBothWays(bytes: Buffer, options: Partial<ReadOptions> = {}): Promise<Sheet | null> {
  let lastRow = 0;
  const slow = await read(bytes, {
    ...options,
    onRecord: (_, row) => {
      lastRow = row;
    },
  });
  const fast = await read(bytes, options);
  expect(fast === null).toBe(slow === null);
  if (fast === null || slow === null) return null;
  expect(cellsOf(fast)).toEqual(cellsOf(slow));
  expect(fast.setAside).toEqual(slow.setAside);
  expect(fast.lines).toEqual(slow.lines);
  expectAccounted(fast, lastRow);
  return fast;
}

const SIGNATURES: readonly (string | readonly number[])[] = [
  [],
  [0x50, 0x4b, 3, 4],
  [0x50, 0x4b, 5, 6],
  [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
  [0x1f, 0x8b, 8],
  [0xff, 0xfe],
  [0xfe, 0xff],
  [0xef, 0xbb, 0xbf],
  [0xff, 0xfe, 0, 0],
  [0x09, 0x08, 0x10, 0],
  'sep=;\n',
  'ID,Stage\n',
  '<html><table><tr><td>',
  '<?xml version="1.0"?><Workbook>',
  '{"a":',
  '%PDF-1.7',
  'MIME-Version: 1.0\r\n',
];

describe('bytes of any kind', () => {
  const noise = fc.oneof(
    fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
    fc
      .array(
        fc.constantFrom(...[...',;\t|"\n\r aé字<>/=\0\uFEFF'].map((unit) => Buffer.from(unit)), Buffer.from([0xe9])),
        {
          maxLength: 120,
        },
      )
      .map((pieces) => Buffer.concat(pieces)),
  );

  it('are read or refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...SIGNATURES), noise, fc.boolean(), async (signature, rest, anyTable) => {
        await readBothWays(Buffer.concat([Buffer.from(signature as string), rest]), { anyTable });
      }),
      SETTINGS,
    );
  });
});

/** Blanks at the start of cells may be those that some programs write before a quote. */
function withoutIndents(rows: readonly (readonly (string | null)[])[]): (string | undefined)[][] {
  return rows.map((cells) => cells.map((text) => text?.replace(/^[ \t]+/, '')));
}

describe('a table written in any dialect', () => {
  it('comes back cell by cell', async () => {
    await fc.assert(
      fc.asyncProperty(table, dialect, fc.constantFrom(...ENCODINGS), async (rows, how, encoding) => {
        const records = recordsOf(rows);
        const bytes = bytesIn(written([HEADERS, ...records], how), encoding);
        const isNamed = encoding === 'gb18030' || encoding === 'big5';
        const sheet = await readBothWays(bytes, isNamed ? { encoding } : {});
        expect(sheet).not.toBeNull();
        if (sheet === null) return;
        expect(sheet.delimiter).toBe(how.delimiter);
        expect(sheet.headers.map(({ text }) => text)).toEqual(HEADERS);
        expect(sheet.setAside).toEqual([]);
        const texts = encoding === 'big5' ? records.map((cells) => cells.map(inTraditional)) : records;
        expect(withoutIndents(cellsOf(sheet))).toEqual(withoutIndents(texts));
      }),
      SETTINGS,
    );
  });
});

describe('a damaged table', () => {
  it('as text is read with every row accounted for, or refused', async () => {
    await fc.assert(
      fc.asyncProperty(
        table,
        dialect,
        fc.constantFrom(...ENCODINGS),
        anyOf(flip, slice, quote, lineBreak, loss, end),
        async (rows, how, encoding, harm) => {
          const records = recordsOf(rows);
          await readBothWays(harm(bytesIn(written([HEADERS, ...records], how), encoding)));
        },
      ),
      { ...SETTINGS, numRuns: RUNS * 3 },
    );
  });

  it('keeps the ids of all other rows where quotes and line ends are put in below the header', async () => {
    await fc.assert(
      fc.asyncProperty(
        table,
        dialect,
        fc.array(fc.oneof(quote, lineBreak), { maxLength: 3 }),
        async (rows, how, harms) => {
          const header = `${HEADERS.join(how.delimiter)}\n`;
          const records = recordsOf(rows);
          const body = Buffer.from(written(records, { ...how, lineEnd: how.lineEnd === '\r' ? '\n' : how.lineEnd }));
          const sheet = await read(
            Buffer.concat([Buffer.from(header), harms.reduce<Buffer>((bytes, harm) => harm(bytes), body)]),
          );
          if (sheet === null) return;
          const texts = [...cellsOf(sheet).flat(), ...sheet.setAside.map(({ excerpt }) => excerpt)].join('\n');
          const lost = records.filter(([id]) => !new RegExp(`${id}(?!\\d)`).test(texts)).map(([id]) => id);
          expect(lost.length, lost.join(', ')).toBeLessThanOrEqual(harms.length);
        },
      ),
      SETTINGS,
    );
  });

  const rows = Array.from(
    { length: 40 },
    (_, at) =>
      `<row r="${at + 1}"><c r="A${at + 1}" t="inlineStr"><is><t>${at === 0 ? 'ID' : `D-${at}`}</t></is></c><c r="B${at + 1}" t="s"><v>${at % 4}</v></c><c r="C${at + 1}" s="1"><v>${at === 0 ? 1 : 45_000 + at}</v></c></row>`,
  ).join('');
  const sheet = worksheet(rows, '<mergeCells><mergeCell ref="B3:B5"/></mergeCells>');
  const changes = {
    'xl/styles.xml': styles('yyyy-mm-dd'),
    'xl/sharedStrings.xml': sharedStrings('<t>Stage</t>', '<t>Won</t>', '<t>赢单</t>', '<t>a&#10;b</t>'),
  };

  it('as a workbook of damaged parts is read with every row accounted for, or refused', async () => {
    const parts = partsOf(sheet, changes);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.keys(parts)),
        fc.oneof(anyOf(otherNumber), anyOf(flip, slice, loss, end)),
        async (name, harm) => {
          const part = harm(Buffer.from(parts[name] as string));
          await readBothWays(bookOf(sheet, { ...changes, [name]: part }));
        },
      ),
      SETTINGS,
    );
  });

  it('as an archive with damage is read with every row accounted for, or refused', async () => {
    const archives = [0, 8].map((method) =>
      zipOf(entriesOf(partsOf(sheet, changes)).map((entry) => ({ ...entry, method }))),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...archives), anyOf(flip, slice, loss, end), async (archive, harm) => {
        await readBothWays(harm(archive));
      }),
      SETTINGS,
    );
  });
});
