import { FunnelintError } from '../../errors.ts';
import type { Text } from '../../i18n/text.ts';
import { damaged } from '../container.ts';
import type { Grid } from '../grid.ts';
import type { Part } from '../workbook/archive.ts';
import { readXml } from '../workbook/xml-reader.ts';
import type { XmlSheet } from './sheet-builder.ts';
import { startSheets } from './sheet-reader.ts';

const MEGABYTE = 2 ** 20;
/** All cells are held, since a sheet says behind its rows whether it is hidden. */
const MOST_BYTES = 512 * MEGABYTE;
const CHUNK_BYTES = 256 * 1024;

/**
 * Reads an XML spreadsheet of Excel 2003 (`Workbook` in `urn:schemas-microsoft-com:office:spreadsheet`), in the
 * encoding that it declares.
 * @throws FunnelintError `file/damaged` for what is not well-formed or has a DOCTYPE, `file/too-large`
 */
export async function readSpreadsheetXml(file: string, bytes: Buffer): Promise<Grid[]> {
  if (bytes.length > MOST_BYTES) {
    const megabytes = MOST_BYTES / MEGABYTE;
    const reason: Text = { en: `more than ${megabytes} MB`, zh: `超过 ${megabytes} MB` };
    throw new FunnelintError('file/too-large', { file, reason: { text: reason } });
  }
  const part = partOf(file, bytes);
  const sheets = startSheets(part.fail);
  await readXml(part, sheets);
  const found = sheets.finish();
  if (found.length === 0) throw part.fail({ en: 'it has no sheets', zh: '没有工作表' });
  return found.map(gridOf);
}

/** Blanks ahead of the declaration, which some web systems send, would hide it. */
function partOf(file: string, bytes: Buffer): Part {
  const start = bytes.findIndex((byte) => byte !== 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d);
  const content = bytes.subarray(Math.max(0, start));
  return {
    name: file,
    fail: (reason) => damaged(file, reason),
    async *chunks() {
      for (let at = 0; at < content.length; at += CHUNK_BYTES) yield content.subarray(at, at + CHUNK_BYTES);
    },
  };
}

function gridOf({ name, state, rows, notices }: XmlSheet): Grid {
  return {
    name,
    state,
    async *rows(tell = () => {}) {
      yield* rows;
      for (const notice of notices) tell(notice);
    },
  };
}
