import { FunnelintError } from '../../errors.ts';
import type { Text } from '../../i18n/text.ts';
import type { FormatParts } from '../excel-date.ts';
import type { SheetState } from '../grid.ts';
import type { Fail } from '../workbook/archive.ts';
import { startFormats } from './cell-formats.ts';
import {
  GLOBALS,
  needBytes,
  nextRecord,
  RECORD,
  type Records,
  readStart,
  readSubstreams,
  recordsFrom,
  type Substream,
  type Version,
  WORKSHEET,
} from './records.ts';
import { codePageDecoder, contentOf, readByteText, readLong, readUnicodeText, readWord } from './texts.ts';

/** A sheet with cells and where its records start. */
export interface BookSheet {
  readonly name: string;
  readonly state: SheetState;
  readonly at: number;
}

/** What the cells of all sheets lean on. */
export interface Book {
  readonly bytes: Buffer;
  readonly fail: Fail;
  readonly version: Version;
  readonly date1904: boolean;
  readonly sharedStrings: readonly string[];
  /** See `FormatReader`. */
  readonly formatOf: (cell: number) => FormatParts | null;
  /** Decodes the texts of versions up to 5. */
  readonly decode: (bytes: Buffer) => string;
  readonly sheets: readonly BookSheet[];
}

const PROTECTED: Text = { en: 'a password-protected workbook', zh: '加密的工作簿' };
const NO_RECORDS: Text = { en: 'it is no workbook of a known version', zh: '不是已知版本的工作簿' };
const WESTERN = 1252;

/** Up to version 4 a file is one sheet, and says of itself what others say in a part for all sheets. */
const ONLY_SHEET = 'Sheet1';

/** The failure of a workbook that cannot be read without its password. */
export function protectedWorkbook(file: string): FunnelintError {
  return new FunnelintError('file/not-a-table', { file, found: { text: PROTECTED } });
}

/**
 * Reads what a workbook says of itself ahead of its sheets.
 * @param bytes its records
 * @throws FunnelintError `file/damaged`, `file/not-a-table` when it is encrypted
 */
export function readBook(file: string, bytes: Buffer, fail: Fail): Book {
  const records = recordsFrom(bytes, 0, fail);
  nextRecord(records);
  const start = readStart(records);
  if (start === null || (start.kind !== GLOBALS && start.kind !== WORKSHEET)) throw fail(NO_RECORDS);
  const { version, kind } = start;
  const globals: Globals = { version, codePage: WESTERN, date1904: false, sharedStrings: [], sheets: [] };
  const formats = startFormats(version, () => codePageDecoder(globals.codePage));
  for (nextRecord(records); records.type !== RECORD.eof; nextRecord(records)) {
    if (records.type === RECORD.password) throw protectedWorkbook(file);
    if (!formats.read(records)) readGlobal(globals, records);
  }
  const substreams = readSubstreams(bytes, fail);
  const sheets: BookSheet[] =
    kind === WORKSHEET
      ? [{ name: ONLY_SHEET, state: 'visible', at: 0 }]
      : placedSheets(globals.sheets, substreams, fail);
  const { codePage, date1904, sharedStrings } = globals;
  const formatOf = formats.finish();
  return { bytes, fail, version, date1904, sharedStrings, formatOf, decode: codePageDecoder(codePage), sheets };
}

interface Globals {
  readonly version: Version;
  codePage: number;
  date1904: boolean;
  sharedStrings: readonly string[];
  readonly sheets: NamedSheet[];
}

function readGlobal(globals: Globals, records: Records): void {
  const { type } = records;
  if (type === RECORD.codePage) globals.codePage = flag(records);
  else if (type === RECORD.date1904) globals.date1904 = flag(records) === 1;
  else if (type === RECORD.sharedStrings) globals.sharedStrings = readSharedStrings(records);
  else if (type === RECORD.sheet) globals.sheets.push(readSheet(records, globals));
}

function flag(records: Records): number {
  needBytes(records, 2);
  return records.bytes.readUInt16LE(records.start);
}

interface NamedSheet extends BookSheet {
  /** Macros, charts and modules have others than `HAS_CELLS`. */
  readonly kind: number;
}

const HAS_CELLS = 0;

const STATES: readonly SheetState[] = ['visible', 'hidden', 'veryHidden'];

function readSheet(records: Records, { version, codePage }: Globals): NamedSheet {
  needBytes(records, 7);
  const { bytes, start } = records;
  const at = bytes.readUInt32LE(start);
  const state = STATES[(bytes[start + 4] ?? 0) & 3] ?? 'visible';
  const kind = bytes[start + 5] ?? 0;
  const length = bytes[start + 6] ?? 0;
  const content = contentOf(records, 7);
  const name =
    version === 8 ? readUnicodeText(content, length) : readByteText(content, length, codePageDecoder(codePage));
  return { name, state, at, kind };
}

/** Each sheet has records of its own, so that none is read twice. */
function placedSheets(
  named: readonly NamedSheet[],
  substreams: ReadonlyMap<number, Substream>,
  fail: Fail,
): BookSheet[] {
  const used = new Set<number>();
  const sheets: BookSheet[] = [];
  for (const { name, state, at, kind } of named) {
    const substream = substreams.get(at);
    const isSheet = kind !== HAS_CELLS || substream?.kind === WORKSHEET;
    if (substream === undefined || !isSheet || used.has(at)) {
      throw fail({ en: `the content of sheet “${name}” is missing`, zh: `工作表“${name}”的内容缺失` });
    }
    used.add(at);
    if (kind === HAS_CELLS) sheets.push({ name, state, at });
  }
  if (sheets.length === 0) throw fail({ en: 'it has no sheets', zh: '没有工作表' });
  return sheets;
}

/** Every text has its length and its flags, which bounds how many there are. */
const TEXT_HEADER_BYTES = 3;

function readSharedStrings(records: Records): string[] {
  needBytes(records, 8);
  const content = contentOf(records, 4);
  const count = readLong(content);
  const bytes = content.pieces.reduce((sum, [start, end]) => sum + end - start, 0);
  if (count * TEXT_HEADER_BYTES > bytes) {
    throw content.fail({ en: 'it has fewer shared texts than it says', zh: '共享文本少于声明的数量' });
  }
  const texts: string[] = [];
  for (let index = 0; index < count; index++) texts.push(readUnicodeText(content, readWord(content)));
  return texts;
}
