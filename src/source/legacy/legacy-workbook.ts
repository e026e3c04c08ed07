import { FunnelintError } from '../../errors.ts';
import type { Text } from '../../i18n/text.ts';
import { damaged } from '../container.ts';
import type { Grid } from '../grid.ts';
import type { Fail } from '../workbook/archive.ts';
import { protectedWorkbook, readBook } from './book.ts';
import { openCompoundFile } from './compound-file.ts';
import { legacyRows, type SheetFacts, surveySheet } from './sheet-rows.ts';
import { isCompoundFile } from './signature.ts';

const MEGABYTE = 2 ** 20;
/** A workbook of this kind has 65,536 rows a sheet at most. */
const MOST_BYTES = 256 * MEGABYTE;

/** What else is saved as a compound file, by a stream that it has. */
const OTHERS: readonly (readonly [stream: string, found: Text])[] = [
  ['worddocument', { en: 'a Word document', zh: 'Word 文档' }],
  ['powerpoint document', { en: 'a PowerPoint file', zh: 'PowerPoint 文件' }],
  ['__properties_version1.0', { en: 'an Outlook message', zh: 'Outlook 邮件' }],
];
const UNKNOWN: Text = { en: 'an Office file without a workbook', zh: '不含工作簿的 Office 文件' };

/**
 * Opens an `.xls` workbook of Excel 2.0 to 2003, whose sheets are then read as their rows are asked for.
 *
 * Its records are read here and by no package: they are checked to the last byte, take no more memory than the file
 * and time in proportion to it, however they are damaged.
 * @throws FunnelintError `file/damaged`, `file/too-large`; `file/not-a-table` for what is encrypted or no workbook
 */
export function readLegacyWorkbook(file: string, bytes: Buffer): Grid[] {
  const fail: Fail = (reason) => damaged(file, reason);
  if (bytes.length > MOST_BYTES) {
    const megabytes = MOST_BYTES / MEGABYTE;
    const reason: Text = { en: `more than ${megabytes} MB`, zh: `超过 ${megabytes} MB` };
    throw new FunnelintError('file/too-large', { file, reason: { text: reason } });
  }
  const book = readBook(file, recordsOf(file, bytes, fail), fail);
  return book.sheets.map(({ name, state, at }) => {
    let facts: SheetFacts | null = null;
    const survey = (): SheetFacts => {
      facts ??= surveySheet(book, at);
      return facts;
    };
    return { name, state, rows: (tell = () => {}) => legacyRows(book, at, survey, tell) };
  });
}

function recordsOf(file: string, bytes: Buffer, fail: Fail): Buffer {
  if (!isCompoundFile(bytes)) return bytes;
  const compound = openCompoundFile(bytes, fail);
  const names = compound.names.map((name) => name.toLowerCase());
  if (names.includes('encryptedpackage')) throw protectedWorkbook(file);
  const records = compound.stream('Workbook') ?? compound.stream('Book');
  if (records !== null) return records;
  const found = OTHERS.find(([stream]) => names.includes(stream))?.[1] ?? UNKNOWN;
  throw new FunnelintError('file/not-a-table', { file, found: { text: found } });
}
