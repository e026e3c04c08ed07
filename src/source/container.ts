import { FunnelintError } from '../errors.ts';
import type { Text } from '../i18n/text.ts';
import { isLegacyWorkbook } from './legacy/signature.ts';
import { isAbsurdRatio, partName, readZipDirectory } from './workbook/zip-directory.ts';

const SIGNATURES: readonly { readonly bytes: readonly number[]; readonly found: Text }[] = [
  { bytes: [0x25, 0x50, 0x44, 0x46, 0x2d], found: { en: 'a PDF document', zh: 'PDF 文档' } },
  { bytes: [0x89, 0x50, 0x4e, 0x47], found: { en: 'a PNG image', zh: 'PNG 图片' } },
  { bytes: [0xff, 0xd8, 0xff], found: { en: 'a JPEG image', zh: 'JPEG 图片' } },
  { bytes: [0x52, 0x61, 0x72, 0x21], found: { en: 'a RAR archive', zh: 'RAR 压缩包' } },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], found: { en: 'a 7z archive', zh: '7z 压缩包' } },
];
const ZIP = [0x50, 0x4b];
const GZIP = [0x1f, 0x8b];

const PROTECTED_WORKBOOK: Text = { en: 'a password-protected workbook', zh: '加密的工作簿' };

/** What holds a table, by the bytes it starts with. */
export type Container = 'zip' | 'gzip' | 'legacy-workbook' | 'text';

/**
 * What the bytes are, by content and never by name; text is still to be decoded.
 * @throws FunnelintError `file/not-a-table` for the signatures of other formats
 */
export function detectContainer(file: string, head: Buffer): Container {
  // A web server may have put line ends before the archive.
  const start = head.subarray(
    Math.max(
      0,
      head.findIndex((byte) => byte !== 0x0d && byte !== 0x0a),
    ),
  );
  if (startsWith(start, ZIP) && (start[2] ?? 0) < 0x09) return 'zip';
  if (startsWith(head, GZIP)) return 'gzip';
  if (isLegacyWorkbook(head)) return 'legacy-workbook';
  const known = SIGNATURES.find((signature) => startsWith(head, signature.bytes));
  if (known !== undefined) throw notATable(file, known.found);
  return 'text';
}

function startsWith(head: Buffer, bytes: readonly number[]): boolean {
  return bytes.every((byte, index) => head[index] === byte);
}

/**
 * Tells an XLSX workbook from an archive of files. Refuses other documents, what is cut off, and a workbook that would
 * unpack to an absurd size.
 * @throws FunnelintError `file/not-a-table`, `file/damaged`
 */
export function checkZip(file: string, bytes: Buffer): 'workbook' | 'archive' {
  const entries = readZipDirectory(bytes);
  if (entries === null) throw damaged(file, { en: 'the end of the file is missing', zh: '文件结尾缺失' });
  const names = entries.map(({ name }) => partName(name));
  const other = otherDocument(names);
  if (other !== null) throw notATable(file, other);
  if (!names.some((name) => name.startsWith('xl/') || name === '[content_types].xml')) return 'archive';
  if (entries.some((entry) => entry.encrypted)) throw notATable(file, PROTECTED_WORKBOOK);
  const unpackedBytes = entries.reduce((sum, entry) => sum + entry.unpackedBytes, 0);
  if (isAbsurdRatio(unpackedBytes, bytes.length)) {
    throw damaged(file, { en: 'it unpacks to an absurd size', zh: '解压后的体积异常' });
  }
  return 'workbook';
}

function otherDocument(names: readonly string[]): Text | null {
  if (names.includes('xl/workbook.bin')) return { en: 'a binary .xlsb workbook', zh: '.xlsb 二进制工作簿' };
  if (names.some((name) => name.startsWith('xl/'))) return null;
  if (names.some((name) => name.startsWith('word/'))) return { en: 'a Word document', zh: 'Word 文档' };
  if (names.some((name) => name.startsWith('ppt/'))) return { en: 'a PowerPoint file', zh: 'PowerPoint 文件' };
  return names.includes('content.xml') ? { en: 'an OpenDocument file', zh: 'OpenDocument 文件' } : null;
}

/** Share of control bytes from which on the head of a file is no text. */
const MOST_CONTROL_SHARE = 0.01;
/** Bytes that stand in no text, whatever its encoding: white space and escape sequences do. */
const CONTROLS = Array.from({ length: 0x1b }, (_, byte) => byte).filter((byte) => byte < 0x09 || byte > 0x0d);

/**
 * Refuses bytes that are no text in an encoding of single bytes or UTF-8.
 * @throws FunnelintError `file/not-a-table`
 */
export function checkTextBytes(file: string, head: Buffer): void {
  if (!CONTROLS.some((byte) => head.includes(byte))) return;
  let control = 0;
  let first = 0;
  for (let at = 0; at < head.length; at++) {
    const byte = head[at] as number;
    if (byte >= 0x1b || (byte >= 0x09 && byte <= 0x0d)) continue;
    if (control++ === 0) first = at;
  }
  if (control <= MOST_CONTROL_SHARE * head.length || control < 2) return;
  const line = head.toString('latin1', 0, first).split('\n').length;
  throw new FunnelintError('file/binary', { file, byte: first, line });
}

const SPREADSHEET_XML = /^\s*<\?xml[\s\S]{0,2000}?<(?:\w+:)?Workbook\b/i;
const HTML = /^\s*(?:<!--[\s\S]{0,100000}?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|table|style|script|div)\b/i;
/** A byte order mark in UTF-8, read as latin1; a decoded one is white space. */
const MARK = '\xef\xbb\xbf';

/** Markup that holds tables, by how it starts; null for other text. */
export function detectMarkup(sample: string): 'spreadsheet-xml' | 'html' | null {
  const text = sample.startsWith(MARK) ? sample.slice(MARK.length) : sample;
  // Patterns are compiled for a long text, which most need not be.
  if (!text.trimStart().startsWith('<')) return null;
  if (SPREADSHEET_XML.test(text)) return 'spreadsheet-xml';
  return HTML.test(text) ? 'html' : null;
}

const MARKUP: readonly { readonly start: RegExp; readonly found: Text }[] = [
  { start: /^\s*<\?xml\b/i, found: { en: 'an XML file', zh: 'XML 文件' } },
  { start: /^\s*(?:\[\s*[[{"\]]|\{\s*["}])/, found: { en: 'a JSON file', zh: 'JSON 文件' } },
  { start: /^\s*%PDF-/, found: { en: 'a PDF document', zh: 'PDF 文档' } },
  { start: /^\{\\rtf/, found: { en: 'an RTF document', zh: 'RTF 文档' } },
];

const MARKUP_STARTS = '<[{%';

/**
 * Refuses text that is markup and no delimited table.
 * @throws FunnelintError `file/not-a-table`
 */
export function checkText(file: string, sample: string): void {
  if (!MARKUP_STARTS.includes(sample.trimStart().charAt(0))) return;
  const markup = MARKUP.find(({ start }) => start.test(sample));
  if (markup !== undefined) throw notATable(file, markup.found);
}

/** The refusal of what is no table. */
export function notATable(file: string, found: Text): FunnelintError {
  return new FunnelintError('file/not-a-table', { file, found: { text: found } });
}

/** The failure of a workbook that cannot be read, with a reason in both languages. */
export function damaged(file: string, reason: Text): FunnelintError {
  return new FunnelintError('file/damaged', { file, reason: { text: reason } });
}
