import { FunnelintError } from '../errors.ts';
import type { Text } from '../i18n/text.ts';
import { isNamedWorkbook } from './archive/archive-name.ts';
import { allBytes } from './byte-source.ts';
import { checkText, checkTextBytes, detectMarkup, notATable } from './container.ts';
import { declaredHtmlCharset } from './encoding/declared-encoding.ts';
import { decodeFile, decodeSample, type Encoding } from './encoding/decode.ts';
import { decideEncoding } from './encoding/encoding.ts';
import type { OpenedFile, OpenedGrids, Opening } from './open-file.ts';

/**
 * Opens a text: delimited records, a page with tables, or a workbook written as XML.
 * @throws FunnelintError `file/…`
 */
export async function openText(opening: Opening, askedEncoding: string | undefined): Promise<OpenedFile> {
  const { source, facts } = opening;
  const written = detectMarkup(facts.head.toString('latin1'));
  if (written === 'spreadsheet-xml') return openSpreadsheetXml(opening);
  const declared = written === 'html' && facts.invalidUtf8At !== null ? declaredHtmlCharset(facts.head) : null;
  const encoding = await decideEncoding(source, facts, askedEncoding ?? declared ?? undefined);
  if (!encoding.name.startsWith('utf-16')) checkTextBytes(source.name, facts.head);
  const sample = decodeSample(facts.head, encoding);
  const markup = detectMarkup(sample);
  if (markup === 'spreadsheet-xml') return openSpreadsheetXml(opening);
  if (markup === 'html') return openHtml(opening, encoding);
  checkText(source.name, sample);
  if (isNamedWorkbook(source.name) && !/[,;\t|]/.test(sample)) throw notATable(source.name, PLAIN_TEXT);
  return { ...opening, kind: 'text', encoding, sample };
}

const PLAIN_TEXT: Text = { en: 'plain text', zh: '纯文本' };
const HTML_PAGE: Text = { en: 'an HTML page', zh: 'HTML 网页' };
const TOO_LARGE: Text = { en: 'it is larger than 256 MB', zh: '超过 256 MB' };
/** Pages are read as one text. */
const MOST_MARKUP_BYTES = 256 * 2 ** 20;

function checkSize({ source, facts }: Opening): void {
  if (facts.size <= MOST_MARKUP_BYTES) return;
  throw new FunnelintError('file/too-large', { file: source.name, reason: { text: TOO_LARGE } });
}

async function openSpreadsheetXml(opening: Opening): Promise<OpenedGrids> {
  checkSize(opening);
  const { readSpreadsheetXml } = await import('./spreadsheet-xml/spreadsheet-xml.ts');
  const grids = await readSpreadsheetXml(opening.source.name, await allBytes(opening.source));
  return { ...opening, kind: 'grids', format: 'xml', encoding: null, grids };
}

async function openHtml(opening: Opening, encoding: Encoding): Promise<OpenedGrids> {
  checkSize(opening);
  const chunks: Buffer[] = [];
  for await (const chunk of decodeFile(opening.source, encoding, () => {})) chunks.push(chunk);
  const { readHtmlTables } = await import('./html/html-table.ts');
  const grids = readHtmlTables(opening.source.name, Buffer.concat(chunks).toString('utf8'));
  if (grids.length === 0) throw notATable(opening.source.name, HTML_PAGE);
  return { ...opening, kind: 'grids', format: 'html', encoding, grids };
}
