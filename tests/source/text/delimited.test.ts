import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FunnelintError } from '../../../src/errors.ts';
import { fileBytes } from '../../../src/source/byte-source.ts';
import { readByteFacts } from '../../../src/source/bytes.ts';
import { checkTextBytes, detectContainer } from '../../../src/source/container.ts';
import { decodeFile, decodeSample } from '../../../src/source/encoding/decode.ts';
import { decideEncoding } from '../../../src/source/encoding/encoding.ts';
import type { PlainShape } from '../../../src/source/table/plain-row.ts';
import { startTable } from '../../../src/source/table/table.ts';
import { type CsvOptions, readCsv } from '../../../src/source/text/csv.ts';
import { type DelimitedReceiver, readDelimited } from '../../../src/source/text/delimited.ts';
import { sniffDialect } from '../../../src/source/text/dialect.ts';
import { cellTexts } from '../../../src/source/text/record-batch.ts';
import { readAll } from '../temp-file.ts';

type Read = (chunks: AsyncIterable<Buffer>, options: CsvOptions, receiver: DelimitedReceiver) => Promise<void>;

/** What one way of reading gives: records, damaged lines and the table they make, and the errors of either. */
interface Outcome {
  readonly events: readonly unknown[];
  readonly eventsError: unknown;
  readonly table: unknown;
}

async function* cut(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function faultOf(error: unknown): unknown {
  if (error instanceof FunnelintError) return { code: error.code, args: error.args };
  throw error;
}

async function outcomeOf(read: Read, bytes: Buffer, options: CsvOptions, size: number): Promise<Outcome> {
  const events: unknown[] = [];
  let width = 0;
  const eventsError = await read(cut(bytes, size), options, {
    record(cells, line) {
      width = cells.length;
      events.push({ cells, line });
    },
    damagedLine: (damaged, mended, line) => events.push({ damaged, mended, line }),
    strayReturn: (line) => events.push({ strayReturn: line }),
    plainShape: () => (events.length % 3 === 0 || width === 0 ? null : shapeOf(width)),
    plainRecords(batch, records, line) {
      for (let record = 0, at = line; record < records; record++) {
        events.push({ cells: cellTexts(batch, record, width), line: at });
        at += 1 + batch.lineBreaks[record]!;
      }
    },
    plainRun: () => false,
    mayBeHeader: () => false,
    handedOver() {},
  }).then(() => null, faultOf);
  return { events, eventsError, table: await tableOf(read, bytes, options, size).catch(faultOf) };
}

/** Any record of so many cells that does not look like the end of a table. */
function shapeOf(width: number): PlainShape {
  const headers = new Array<string>(width).fill('\0');
  return { headers, width, namedWidth: width, filledCell: null, named: headers.map(() => true) };
}

async function tableOf(read: Read, bytes: Buffer, options: CsvOptions, size: number): Promise<unknown> {
  const table = startTable({ file: options.file, layout: 'text', read: readAll });
  let row = 0;
  await read(cut(bytes, size), options, {
    record: (cells, line) => table.row(cells, ++row, line),
    damagedLine: (text, mended, line) => table.damagedLine(text, mended, ++row, line),
    strayReturn() {},
    plainShape: () => table.bytesFrom(row + 1)?.plainShape() ?? null,
    mayBeHeader: (cells) => table.bytesFrom(row + 1)?.mayBeHeader(cells) ?? true,
    handedOver() {},
    plainRecords(batch, records, line) {
      table.bytesFrom(row + 1)?.plainRows(batch, records, row + 1, line);
      row += records;
    },
    plainRun: () => false,
  });
  const parts = table.finish();
  return { ...parts, columns: parts.columns.map((column) => ({ ...column, values: [...column.values] })) };
}

const PLAIN: CsvOptions = {
  file: 'deals.csv',
  delimiter: ',',
  columns: 0,
  firstLine: 1,
  returnsEndRecords: true,
  blanksBeforeQuotes: false,
};

async function expectSame(text: string | Buffer, options: Partial<CsvOptions> = {}, size = 1 << 20): Promise<Outcome> {
  const bytes = Buffer.from(text);
  const all: CsvOptions = { ...PLAIN, ...options };
  const expected = await outcomeOf(readCsv, bytes, all, size);
  expect(await outcomeOf(readDelimited, bytes, all, size)).toEqual(expected);
  return expected;
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const FOLDERS = ['tests/fixtures', 'samples', '../shared/corpora/csv'].map((path) => join(ROOT, path));
const FILES = FOLDERS.filter((folder) => existsSync(folder)).flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, file))
    .filter((file) => statSync(file).isFile() && statSync(file).size < 4e6),
);

/** The text of a file as `readSheet` would cut it, null when it is refused before its records are read. */
async function textOf(file: string): Promise<{ bytes: Buffer; options: CsvOptions } | null> {
  try {
    const facts = await readByteFacts(fileBytes(file));
    if (detectContainer(file, facts.head) !== 'text') return null;
    const encoding = await decideEncoding(fileBytes(file), facts);
    if (!encoding.name.startsWith('utf-16')) checkTextBytes(file, facts.head);
    const dialect = sniffDialect(decodeSample(facts.head, encoding), readAll.knownHeader);
    const chunks: Buffer[] = [];
    for await (const chunk of decodeFile(fileBytes(file), encoding, () => {})) chunks.push(chunk);
    const bytes = Buffer.concat(chunks).subarray(Buffer.byteLength(dialect.separatorLine));
    return { bytes, options: { ...dialect, file, firstLine: dialect.separatorLine === '' ? 1 : 2 } };
  } catch (error) {
    faultOf(error);
    return null;
  }
}

/** Rows that are not deals, or damaged; a string is a line as it stands. */
const ODD_ROWS: readonly (string | readonly string[])[] = [
  '',
  'Total',
  ['Grand Total', '', '5', ''],
  ['East Total', '', '5', ''],
  ['', '合计', '5', ''],
  ['ID', 'Stage', 'Amount', 'Owner'],
  ['\uFEFFID', 'Stage', 'Amount', 'Owner'],
  ['', '', '', ''],
  [' ', '\u3000', '', ''],
  'Confidential Information - Do Not Distribute',
  '1,5" pipe,x,y',
  '1,"Won" deal,x,y',
  '1,"Won,x,y',
  '1,"a\nb,c,d,e\nf,g,h,i\nj",x,y',
  '1,"a\nb\nc\nd",x,y',
  '1,"a\nb,c,d,e\nf",x',
  ['Copyright (c) 2026', '', '', ''],
  ['id', 'stage', 'amount', 'owner'],
  ['Deal Name', 'Stage', 'Amount', 'Close Date'],
  ['Opportunity Name', 'Owner', 'Close Date', ''],
  ['East Average', '', '5', ''],
  ['2024 Count', '', '5', ''],
  ['--- END ---', '', '', ''],
  ['***End***', '', '', ''],
  ['-End', '', '', ''],
  ['>> end of report <‹', '', '', ''],
  ['=== 完 ===', '', '', ''],
  ['*单位:USD', '', '', ''],
  ['Zwischensumme:', '', '5', ''],
  ['Zwischensumme (x):', '', '5', ''],
  [',5 records', '', '', ''],
  ['7', 'Won', '70'],
  ['7', 'Won'],
];

function cell(): fc.Arbitrary<string> {
  const piece = fc.constantFrom('a', 'Won', '12', '字', 'é', '😀', ' ', ',', ';', '"', '\n', '\r', '\r\n', '\0');
  return fc.oneof(
    fc.constantFrom('Won', 'Lost', '谈判', '', '5'),
    fc.array(piece, { maxLength: 4 }).map((each) => each.join('')),
  );
}

/** A line of cells, quoted where they must be, and where a bit of `quoted` says so. */
function written(row: string | readonly string[], quoted: number, delimiter: string): string {
  if (typeof row === 'string') return row.replaceAll(',', delimiter);
  const must = (text: string): boolean => /["\r\n]/.test(text) || text.includes(delimiter);
  return row
    .map((text, index) => (must(text) || (quoted >> index) % 2 === 1 ? `"${text.replaceAll('"', '""')}"` : text))
    .join(delimiter);
}

describe('reads what csv-parse reads', () => {
  it.each(FILES.map((file) => [basename(file), file]))('of %s', async (_name, file) => {
    const text = await textOf(file);
    if (text === null) return;
    for (const size of [1 << 20, 4099]) await expectSame(text.bytes, text.options, size);
  });

  const size = fc.integer({ min: 1, max: 64 });
  const delimiter = fc.constantFrom(',', ';', '\t', '|', ' ', '、', '||');

  it('of any characters', async () => {
    const pieces = [
      'a',
      '1',
      'Total',
      '字',
      'é',
      '😀',
      ' ',
      '\u3000',
      '\uFEFF',
      '\0',
      ',',
      ';',
      '\t',
      '|',
      '、',
      '"',
      '""',
    ];
    const more = ['\n', '\r', '\r\n', '"a"', '"b,c";', ',"d\ne",', ';"f\r\n""g"""', '"\r"', '\n\n'];
    const text = fc.array(fc.constantFrom(...pieces, ...more), { maxLength: 40 }).map((each) => each.join(''));
    await fc.assert(
      fc.asyncProperty(text, delimiter, fc.integer({ min: 0, max: 4 }), size, async (any, by, columns, chunk) => {
        await expectSame(any, { delimiter: by, columns }, chunk);
      }),
      { numRuns: 1500 },
    );
  });

  const row = fc.oneof(
    { weight: 12, arbitrary: fc.array(cell(), { minLength: 4, maxLength: 4 }) },
    { weight: 2, arbitrary: fc.array(cell(), { maxLength: 6 }) },
    { weight: 3, arbitrary: fc.constantFrom(...ODD_ROWS) },
  );
  const lineEnd = fc.constantFrom('\n', '\r\n', '\r');

  it('of tables with all that stands in and below them', async () => {
    const body = fc.array(fc.tuple(row, fc.integer({ min: 0, max: 63 }), lineEnd), { maxLength: 14 });
    await fc.assert(
      fc.asyncProperty(body, delimiter, lineEnd, fc.nat(30), size, async (rows, by, end, lost, chunk) => {
        // Rows reach the columns as bytes only below those among which the header is looked for.
        const top = ['ID', ...Array.from({ length: 30 }, (_, index) => `A-${index}`)];
        const sound = top.map((id) => [id, 'Stage', 'Amount', 'Owner'].join(by) + end);
        const rest = rows.map(([cells, quoted, own]) => written(cells, quoted, by) + (quoted % 3 === 0 ? own : end));
        const text = sound.join('') + rest.join('');
        await expectSame(text.slice(0, text.length - (lost > 15 ? 0 : lost)), { delimiter: by, columns: 4 }, chunk * 8);
      }),
      { numRuns: 800 },
    );
  });

  const deals = (count: number, row: string) => `${row}\n`.repeat(count);

  it.each([
    ['a return at the end of a file of line feeds', 'ID,Stage\n1,Won\r'],
    ['a return behind a quote at the end', 'ID,Stage\n1,Won\n2,"8"\r'],
    [
      'a header with delimiters behind it',
      `ID,Stage,Amount,,\n${deals(60, '1,Won,5')}ID,Stage,Amount,,\n${deals(99, '1,Won,5,,')}`,
    ],
    [
      'a header of two rows',
      `Deal,,Stage,Amount\nID,Name,,\n${deals(70, '1,n,Won,5')}Deal,,Stage,Amount\nID,Name,,\n1,n,Won,5\n`,
    ],
    ['rows without a number', `ID,Stage,Owner\n${deals(70, 'A,Won,Ann')}ID,Stage,Owner\n${deals(70, 'B,Won,Ann')}`],
    [
      'another table',
      `ID,Stage,Amount\n${deals(60, '7,Won,70')}Opportunity Name,Owner,Close Date\n${deals(5, 'A,Ann,2026-01-02')}`,
    ],
    ['rows of two widths', `ID,Stage,Amount\n${deals(300, '7,Won,70\n8,Won')}`],
  ])('of %s', async (_name, text) => {
    await expectSame(text, { columns: text.split('\n')[0]?.split(',').length ?? 0, returnsEndRecords: false });
  });

  it('of records longer than it scans itself', async () => {
    const note = `"${'long, "" longer\r\n'.repeat(80_000)}"`;
    const { events } = await expectSame(`ID,Note\n1,${note}\n2,x\n3,"y" z\n4,5\n`, { columns: 2 }, 1 << 18);
    expect(events).toHaveLength(5);
  });

  it('of records of more cells than one usually has', async () => {
    const wide = Array.from({ length: 1000 }, (_, index) => `cell ${index}`).join(',');
    const { events } = await expectSame(`${wide}\n${wide}\n`, { columns: 1000 }, 700);
    expect(events).toHaveLength(2);
  });

  it('of an open quote over many records, which another closes', async () => {
    const rows = Array.from({ length: 5000 }, (_, index) => `${index},Won,5,A\n`).join('');
    await expectSame(`ID,Stage,Amount,Owner\n${rows}1,"Won,5,B\n${rows}2,"Lost",6,C\n${rows}`, { columns: 4 }, 9973);
  });

  it('of nothing', async () => {
    await expectSame('');
  });

  it('and closes the file when it gives up', async () => {
    let closed = false;
    async function* chunks(): AsyncGenerator<Buffer> {
      try {
        for (;;) yield Buffer.from('1,"a"b\n'.repeat(100));
      } finally {
        closed = true;
      }
    }
    const receiver = {
      record() {},
      damagedLine() {},
      strayReturn() {},
      plainShape: () => shapeOf(2),
      plainRecords() {},
      plainRun: () => false,
      mayBeHeader: () => false,
      handedOver() {},
    };
    const read = readDelimited(chunks(), { ...PLAIN, columns: 2 }, receiver);
    await expect(read).rejects.toMatchObject({ code: 'table/damaged-quotes', args: { count: 1000, line: 1 } });
    expect(closed).toBe(true);
  });
});
