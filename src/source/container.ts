import { FunnelintError } from '../errors.ts';
import type { Text } from '../i18n/text.ts';
import { isAbsurdRatio, partName, readZipDirectory } from './workbook/zip-directory.ts';

const SIGNATURES: readonly { readonly bytes: readonly number[]; readonly found: Text }[] = [
  { bytes: [0x1f, 0x8b], found: { en: 'a gzip archive', zh: 'gzip 压缩包' } },
  { bytes: [0x25, 0x50, 0x44, 0x46, 0x2d], found: { en: 'a PDF document', zh: 'PDF 文档' } },
  { bytes: [0x89, 0x50, 0x4e, 0x47], found: { en: 'a PNG image', zh: 'PNG 图片' } },
  { bytes: [0xff, 0xd8, 0xff], found: { en: 'a JPEG image', zh: 'JPEG 图片' } },
  { bytes: [0x52, 0x61, 0x72, 0x21], found: { en: 'a RAR archive', zh: 'RAR 压缩包' } },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], found: { en: 'a 7z archive', zh: '7z 压缩包' } },
];
const ZIP = [0x50, 0x4b];
const OLE = [0xd0, 0xcf, 0x11, 0xe0];

const LEGACY_WORKBOOK: Text = { en: 'a legacy .xls workbook', zh: '旧版 .xls 工作簿' };
const PROTECTED_WORKBOOK: Text = { en: 'a password-protected workbook', zh: '加密的工作簿' };

/**
 * What the bytes are, by content and never by name: a zip archive, or text still to be decoded.
 * @throws FunnelintError `file/not-a-table` for the signatures of other formats
 */
export function detectContainer(file: string, head: Buffer): 'zip' | 'text' {
  // A web server may have put line ends before the archive.
  const start = head.subarray(
    Math.max(
      0,
      head.findIndex((byte) => byte !== 0x0d && byte !== 0x0a),
    ),
  );
  if (startsWith(start, ZIP) && (start[2] ?? 0) < 0x09) return 'zip';
  if (startsWith(head, OLE)) {
    const encrypted = head.includes(Buffer.from('EncryptedPackage', 'utf16le'));
    throw notATable(file, encrypted ? PROTECTED_WORKBOOK : LEGACY_WORKBOOK);
  }
  const known = SIGNATURES.find((signature) => startsWith(head, signature.bytes));
  if (known !== undefined) throw notATable(file, known.found);
  return 'text';
}

function startsWith(head: Buffer, bytes: readonly number[]): boolean {
  return bytes.every((byte, index) => head[index] === byte);
}

/**
 * Refuses a zip archive that is no XLSX workbook, is cut off, or would unpack to an absurd size.
 * @throws FunnelintError `file/not-a-table`, `file/damaged`
 */
export function checkWorkbookArchive(file: string, bytes: Buffer): void {
  const entries = readZipDirectory(bytes);
  if (entries === null) throw damaged(file, { en: 'the end of the file is missing', zh: '文件结尾缺失' });
  const names = entries.map(({ name }) => partName(name));
  const other = otherArchive(names);
  if (other !== null) throw notATable(file, other);
  if (entries.some((entry) => entry.encrypted)) throw notATable(file, PROTECTED_WORKBOOK);
  const unpackedBytes = entries.reduce((sum, entry) => sum + entry.unpackedBytes, 0);
  if (isAbsurdRatio(unpackedBytes, bytes.length)) {
    throw damaged(file, { en: 'it unpacks to an absurd size', zh: '解压后的体积异常' });
  }
}

function otherArchive(names: readonly string[]): Text | null {
  if (names.includes('xl/workbook.bin')) return { en: 'a binary .xlsb workbook', zh: '.xlsb 二进制工作簿' };
  if (names.some((name) => name.startsWith('xl/'))) return null;
  if (names.some((name) => name.startsWith('word/'))) return { en: 'a Word document', zh: 'Word 文档' };
  if (names.some((name) => name.startsWith('ppt/'))) return { en: 'a PowerPoint file', zh: 'PowerPoint 文件' };
  if (names.includes('content.xml')) return { en: 'an OpenDocument file', zh: 'OpenDocument 文件' };
  return names.includes('[content_types].xml') ? null : { en: 'a ZIP archive', zh: 'ZIP 压缩包' };
}

/** Share of control bytes from which on the head of a file is no text. */
const MOST_CONTROL_SHARE = 0.01;

/**
 * Refuses bytes that are no text in an encoding of single bytes or UTF-8.
 * @throws FunnelintError `file/not-a-table`
 */
export function checkTextBytes(file: string, head: Buffer): void {
  let control = 0;
  for (const byte of head) {
    if (byte < 0x09 || (byte > 0x0d && byte < 0x1b)) control++;
  }
  if (control > MOST_CONTROL_SHARE * head.length && control > 1) {
    throw notATable(file, { en: 'binary data', zh: '二进制数据' });
  }
}

const MARKUP: readonly { readonly start: RegExp; readonly found: Text }[] = [
  { start: /^\s*<\?xml[\s\S]{0,2000}?<(?:\w+:)?Workbook\b/i, found: { en: 'an XML spreadsheet', zh: 'XML 表格' } },
  {
    start: /^\s*(?:<!--[\s\S]{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|table|style|script|div)\b/i,
    found: { en: 'an HTML page', zh: 'HTML 网页' },
  },
  { start: /^\s*<\?xml\b/i, found: { en: 'an XML file', zh: 'XML 文件' } },
  { start: /^\s*(?:\[\s*[[{"\]]|\{\s*["}])/, found: { en: 'a JSON file', zh: 'JSON 文件' } },
  { start: /^%PDF-/, found: { en: 'a PDF document', zh: 'PDF 文档' } },
  { start: /^\{\\rtf/, found: { en: 'an RTF document', zh: 'RTF 文档' } },
];

/**
 * Refuses text that is markup and no delimited table.
 * @throws FunnelintError `file/not-a-table`
 */
export function checkText(file: string, sample: string): void {
  const markup = MARKUP.find(({ start }) => start.test(sample));
  if (markup !== undefined) throw notATable(file, markup.found);
}

function notATable(file: string, found: Text): FunnelintError {
  return new FunnelintError('file/not-a-table', { file, found: { text: found } });
}

/** The failure of a workbook that cannot be read, with a reason in both languages. */
export function damaged(file: string, reason: Text): FunnelintError {
  return new FunnelintError('file/damaged', { file, reason: { text: reason } });
}
