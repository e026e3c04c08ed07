import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FunnelintError } from '../../../src/errors.ts';
import { type Fail, openArchive, type Part } from '../../../src/source/workbook/archive.ts';
import { type CellSource, startCells } from '../../../src/source/workbook/cell-reader.ts';
import { readCellFormats } from '../../../src/source/workbook/number-formats.ts';
import { startPlainCells } from '../../../src/source/workbook/plain-cells.ts';
import { type BuiltRow, startRows } from '../../../src/source/workbook/row-builder.ts';
import { startSharedStrings } from '../../../src/source/workbook/shared-strings.ts';
import { startTallies } from '../../../src/source/workbook/sheet-notices.ts';
import { startTextStore, textOfNumber, textStoreOf } from '../../../src/source/workbook/text-store.ts';
import { startXml } from '../../../src/source/workbook/xml-reader.ts';
import type { XmlHandler } from '../../../src/source/workbook/xml-token.ts';
import { readZipDirectory } from '../../../src/source/workbook/zip-directory.ts';
import { styles, worksheet } from './book.ts';

const fail: Fail = (reason) => new FunnelintError('file/damaged', { file: 'a.xlsx', reason: { text: reason } });
const partOf = (xml: string): Part => ({
  name: 'part',
  fail,
  async *chunks() {
    yield Buffer.from(xml);
  },
});
const CHUNK_BYTES = 256 * 1024;

/** Feeds bytes in chunks to a handler; the message of the failure, or null. */
function failureOf(handler: XmlHandler, bytes: Buffer, chunk: number, afterChunk: () => void): string | null {
  try {
    const reader = startXml(handler, fail);
    for (let at = 0; at < bytes.length; at += chunk) {
      reader.push(bytes.subarray(at, at + chunk));
      afterChunk();
    }
    reader.end();
    return null;
  } catch (error) {
    if (error instanceof FunnelintError) return error.message;
    throw error;
  }
}

/** The handler as it is, or one that is told of everything. */
function handlerOf(handler: XmlHandler, takesPlain: boolean): XmlHandler {
  const { open, text, close } = handler;
  return takesPlain ? handler : { open, text, close };
}

interface Options {
  readonly inOrder?: boolean;
  readonly chunk?: number;
}

/** All that comes of the XML of a sheet. */
function readingOf(
  xml: Buffer,
  source: CellSource,
  takesPlain: boolean,
  { inOrder = true, chunk = CHUNK_BYTES }: Options,
) {
  const tallies = startTallies();
  const rows = startRows(fail, tallies, inOrder);
  const cells = startCells(source, rows, fail, tallies);
  const read: BuiltRow[] = [];
  const failure = failureOf(handlerOf(cells, takesPlain), xml, chunk, () => read.push(...rows.take()));
  read.push(...rows.takeLast());
  cells.countHiddenColumns();
  return { read, failure, tallies, lastColumn: rows.lastColumn() };
}

function expectSame(xml: string | Buffer, source: CellSource, options: Options = {}): void {
  const bytes = Buffer.from(xml);
  expect(readingOf(bytes, source, true, options)).toEqual(readingOf(bytes, source, false, options));
}

function textsOf(xml: Buffer, takesPlain: boolean, chunk = CHUNK_BYTES) {
  const store = startTextStore();
  const failure = failureOf(handlerOf(startSharedStrings(fail, store), takesPlain), xml, chunk, () => {});
  return { store, texts: Array.from({ length: store.count }, (_, number) => textOfNumber(store, number)), failure };
}

/** Plain cells are only taken well before the end of the bytes. */
const TAIL = `<!--${'-'.repeat(3).replaceAll('-', ' tail')}${' '.repeat(200)}-->`;
const source: CellSource = {
  sharedStrings: textStoreOf(['Won', '客户', '', 'a b']),
  formats: await readCellFormats(partOf(styles('yyyy-mm-dd', 'yyyy-mm-dd hh:mm', '0%', 'h:mm:ss'))),
  date1904: false,
};
const SHAPES = [
  '<c r="@" t="s"><v>1</v></c>',
  '<c r="@" s="1" t="s"><v>0</v></c>',
  '<c r="@" t="s" s="2"><v>2</v></c>',
  '<c r="@"><v>12.5</v></c>',
  '<c r="@" t="n"><v>-0</v></c>',
  '<c r="@"><v>1E-3</v></c>',
  '<c r="@"><v>0.10</v></c>',
  '<c r="@"><v>1.2.3</v></c>',
  '<c r="@"><v>123456789012345678901234567890</v></c>',
  '<c r="@"><v>--</v></c>',
  '<c r="@" s="1"><v>45000</v></c>',
  '<c r="@" s="1"><v>45000.9999999</v></c>',
  '<c r="@" s="1"><v>-1</v></c>',
  '<c r="@" s="2"><v>45880.43125</v></c>',
  '<c r="@" s="2"><v>59.9999999</v></c>',
  '<c r="@" s="3"><v>0.25</v></c>',
  '<c r="@" s="4"><v>1.25</v></c>',
  '<c r="@" s="99"><v>7</v></c>',
  '<c r="@" s="123456"><v>7</v></c>',
  '<c r="@" s="1"/>',
  '<c r="@"/>',
  '<c r="@"></c>',
  '<c r="@"><v/></c>',
  '<c r="@"><v></v></c>',
  '<c r="@" t="s"><v></v></c>',
  '<c r="@" t="s"><v> 1 </v></c>',
  '<c r="@" t="s"><v>4</v></c>',
  '<c r="@" t="s"><v>1.0</v></c>',
  '<c r="@" t="s"><v>0000000001</v></c>',
  '<c r="@" t="str"><v>x</v></c>',
  '<c r="@" t="str"><v>a\tb\n客户_x0041_</v></c>',
  '<c r="@" t="str"><v></v></c>',
  '<c r="@" t="str"><v>a\r\nb &amp; c</v></c>',
  '<c r="@" t="str"><f>1</f><v>x</v></c>',
  '<c r="@" t="strx"><v>x</v></c>',
  '<c r="@" t="sx"><v>1</v></c>',
  '<c r="@" t="inlineStr" s="1"><is><t>客户 _x0041_</t></is></c>',
  '<c r="@" t="inlineStr"><is><t></t></is></c>',
  '<c r="@" t="inlineStr"><is><t>y</t><t>z</t></is></c>',
  '<c r="@" t="inlineStr"><v>5</v></c>',
  '<c r="@" t="b"><v>1</v></c>',
  '<c r="@" t="e"><v>#N/A</v></c>',
  '<c r="@" t="inlineStr"><is><t>y</t></is></c>',
  '<c r="@"><f>1</f><v>5</v></c>',
  '<c r="@"><f>1</f></c>',
  '<c r="@"><v>5</v><v>6</v></c>',
  '<c r="@"><v>5&#49;</v></c>',
  '<c r="@" r="B1"><v>5</v></c>',
  '<c r="@" s="1" s="2"><v>5</v></c>',
  "<c r='@'><v>5</v></c>",
  '<c  r="@"><v>5</v></c>',
  '<c r="@" ><v>5</v></c>',
  '<c><v>5</v></c>',
  '<c t="s"><v>0</v></c>',
  '<x:c r="@"><v>5</v></x:c>',
  '<c x:r="A9" r="@"><v>5</v></c>',
  '<cc r="@"><v>5</v></cc>',
  '<c r="@"><v>5</v></c >',
  '<c r="@"><v>5</v ></c>',
  '<c r="@"><v>5</c></v>',
  '<c r="@"><v>5</v>',
  '<c r="@" t="s"><v>3</v></c><!-- x -->',
];
const TEXT_SHAPES = SHAPES.filter((shape) => /t="(?:str|inlineStr)"/.test(shape)).slice(0, 4);
const TEXT_CELLS = '<c r="AD7" t="str"><v>x</v></c><c r="AE7" t="inlineStr"><is><t>客户</t></is></c>';
/** Names with the row at hand, and such that are none, of another row, or beyond the sheet. */
const NAMES = [
  'A#',
  'B#',
  'C#',
  'D#',
  'AA#',
  'b#',
  'A0#',
  'A',
  '#',
  'A9',
  'XFD#',
  'XFE#',
  'ABCD#',
  'A1048577',
  'A#x',
  '',
];

const nearly = <Value>(usual: readonly Value[], odd: readonly Value[]): fc.Arbitrary<Value> =>
  fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...usual) }, { weight: 1, arbitrary: fc.constantFrom(...odd) });
const cell = fc
  .tuple(nearly([...SHAPES.slice(0, 7), ...TEXT_SHAPES], SHAPES), nearly(NAMES.slice(0, 4), NAMES))
  .map(([shape, name]) => shape.replaceAll('@', name));
const row = fc.tuple(
  fc.array(cell, { maxLength: 8 }),
  nearly(['<row r="#">'], ['<row>', '<row r="#" hidden="1">', '<row r="1">', '<x:row r="#"><y>']),
);
const sheet = fc
  .array(row, { maxLength: 6 })
  .map((rows) =>
    worksheet(
      rows.map(([cells, open], index) => `${open}${cells.join('')}</row>`.replaceAll('#', String(index + 1))).join(''),
      TAIL,
    ),
  );
const chunks = fc.constantFrom(CHUNK_BYTES, 400, 150, 31);

describe('cells that are taken straight off the bytes', () => {
  it.each(SHAPES)('%s is read as the XML reader has it', (shape) => {
    for (const name of NAMES) {
      const xml = worksheet(
        `<row r="1">${`${shape}<c r="E1"><v>8</v></c>`.replaceAll('@', name.replace('#', '1'))}</row>`,
        TAIL,
      );
      for (const inOrder of [true, false]) expectSame(xml, source, { inOrder });
      expectSame(xml, { ...source, sharedStrings: null });
    }
  });

  it('are those of the usual shapes', () => {
    const taken: string[] = [];
    const take = startPlainCells({
      places: { row: 7, column: -1, rowIsNamed: true, fail },
      sharedText: (index) => `shared ${index}`,
      numberText: (bytes, start, end, style) => `${bytes.toString('latin1', start, end)} in ${style}`,
      add: (column, text) => taken.push(`${column}: ${text}`),
    });
    const cells = `<c r="A7" s="3" t="s"><v>12</v></c><c r="AB7" t="n" s="2"><v>-1.5E+3</v></c><c r="AC7" s="1"/>${TEXT_CELLS}`;
    expect(take(Buffer.from(`${cells}<c r="AD7"><v>x</v></c>${' '.repeat(200)}`), 0)).toBe(Buffer.byteLength(cells));
    expect(taken).toEqual(['0: shared 12', '27: -1.5E+3 in 2', '29: x', '30: 客户']);
  });

  it('are read alike in sheets of all kinds, however they are cut', () => {
    fc.assert(
      fc.property(sheet, chunks, fc.boolean(), (xml, chunk, inOrder) => expectSame(xml, source, { chunk, inOrder })),
      { numRuns: 1500, seed: 20_260_501 },
    );
  });

  it('are read alike when bytes are changed', () => {
    fc.assert(
      fc.property(
        sheet,
        fc.array(fc.tuple(fc.nat(), fc.constantFrom(...'<>/"\'= AZaz09.&cvrst\r\n')), { maxLength: 3 }),
        (xml, changes) => {
          const bytes = Buffer.from(xml);
          for (const [at, character] of changes) bytes[at % bytes.length] = character.charCodeAt(0);
          expectSame(bytes, source);
        },
      ),
      { numRuns: 2500, seed: 20_260_501 },
    );
  });

  it.each([253, 254, 255, 256])('are as deep as other elements may be (%i)', (depth) => {
    const inner = `<sheetData><row r="1">${'<x>'.repeat(depth - 2)}<c r="A1"><v>5</v></c>${'</x>'.repeat(depth - 2)}</row></sheetData>`;
    expectSame(inner + TAIL, source);
  });
});

const TEXTS = [
  '<si><t>Won</t></si>',
  '<si><t xml:space="preserve"> a\n\tb </t></si>',
  '<si><t>客户 😀</t></si>',
  '<si><t></t></si>',
  '<si><t/></si>',
  '<si/>',
  '<si><t>_x000D_</t></si>',
  '<si><t>a &amp; b</t></si>',
  '<si><t>a\r\nb</t></si>',
  '<si><t>a</t><t>b</t></si>',
  '<si><r><t>a</t></r><rPh><t>b</t></rPh></si>',
  '<si><si><t>a</t></si></si>',
  '<rPh><si><t>a</t></si></rPh>',
  '<t><si><t>a</t></si>b</t>',
  '<si><t>\x01</t></si>',
  '<si><t>]]></t></si>',
  '<si><t>a</t></si >',
  '<si><t>a</si></t>',
];

describe('shared texts that are taken straight off the bytes', () => {
  it('are read as the XML reader has them', () => {
    const list = fc.array(nearly(TEXTS.slice(0, 4), TEXTS), { maxLength: 12 });
    fc.assert(
      fc.property(list, chunks, (texts, chunk) => {
        const xml = Buffer.from(`<sst>${texts.join('')}</sst>`);
        const { texts: taken, failure } = textsOf(xml, true, chunk);
        const told = textsOf(xml, false, chunk);
        expect({ texts: taken, failure }).toEqual({ texts: told.texts, failure: told.failure });
      }),
      { numRuns: 800, seed: 20_260_501 },
    );
  });
});

const CORPUS = fileURLToPath(new URL('../../../../shared/corpora/xlsx/', import.meta.url));

/** The bytes of a part; null for one that cannot be unpacked. */
async function bytesOf(part: Part | null): Promise<Buffer | null> {
  const found: Buffer[] = [];
  try {
    for await (const chunk of part?.chunks() ?? []) found.push(chunk);
    return part === null ? null : Buffer.concat(found);
  } catch (error) {
    if (error instanceof FunnelintError) return null;
    throw error;
  }
}

async function compareWorkbook(bytes: Buffer): Promise<number> {
  const names = (readZipDirectory(bytes) ?? []).map(({ name }) => name);
  if (names.length === 0) return 0;
  const archive = openArchive('a.xlsx', bytes);
  const read = async (pattern: RegExp) => bytesOf(archive.part(names.find((name) => pattern.test(name)) ?? ''));
  const strings = await read(/sharedStrings\.xml$/i);
  if (strings !== null) expect(textsOf(strings, true).texts).toEqual(textsOf(strings, false).texts);
  const stylesXml = await read(/styles\.xml$/i);
  const formats = await readCellFormats(stylesXml === null ? null : partOf(stylesXml.toString())).catch(() =>
    readCellFormats(null),
  );
  const sharedStrings = strings === null ? null : textsOf(strings, false).store;
  let compared = 0;
  for (const name of names.filter((each) => /sheet[^/]*\.xml$/i.test(each))) {
    const xml = await bytesOf(archive.part(name));
    if (xml === null || xml.length > 20e6) continue;
    for (const inOrder of [true, false]) expectSame(xml, { sharedStrings, formats, date1904: false }, { inOrder });
    compared++;
  }
  return compared;
}

describe.skipIf(!existsSync(CORPUS))('workbooks of many programs', () => {
  it('are read alike', { timeout: 120_000 }, async () => {
    let compared = 0;
    for (const name of readdirSync(CORPUS))
      compared += await compareWorkbook(readFileSync(CORPUS + name)).catch((error: unknown) => {
        if (error instanceof FunnelintError) return 0;
        throw error;
      });
    expect(compared).toBeGreaterThan(50);
  });
});
