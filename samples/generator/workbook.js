import ExcelJS from 'exceljs';

const LOCAL_FILE = 0x04034b50;
const CENTRAL_DIRECTORY_FILE = 0x02014b50;
/** 2026-11-01 00:00 as MS-DOS writes it: time in the low half, date in the high half. */
const DOS_MOMENT = (((2026 - 1980) << 25) | (11 << 21) | (1 << 16)) >>> 0;

/** @typedef {string | number | Date | null | { moment: Date }} CellContent */

/**
 * A workbook whose bytes depend on its contents alone.
 *
 * @param {readonly { name: string, hidden: boolean, rows: readonly (readonly CellContent[])[] }[]} sheets
 * @param {Date} savedAt
 * @returns {Promise<Uint8Array>}
 */
export async function workbookBytes(sheets, savedAt) {
  const workbook = new ExcelJS.Workbook();
  workbook.creator = 'funnelint';
  workbook.lastModifiedBy = 'funnelint';
  workbook.created = savedAt;
  workbook.modified = savedAt;
  for (const { name, hidden, rows } of sheets) {
    const sheet = workbook.addWorksheet(name, { state: hidden ? 'hidden' : 'visible' });
    for (const [index, row] of rows.entries()) {
      for (const [column, content] of row.entries()) fillCell(sheet.getCell(index + 1, column + 1), content);
    }
  }
  return withFixedTimes(new Uint8Array(await workbook.xlsx.writeBuffer()));
}

function fillCell(cell, content) {
  if (content === null || content === '') return;
  if (typeof content === 'object' && 'moment' in content) {
    cell.value = content.moment;
    cell.numFmt = 'yyyy-mm-dd hh:mm';
    return;
  }
  cell.value = content;
  if (content instanceof Date) cell.numFmt = 'yyyy-mm-dd';
  else if (typeof content === 'number') cell.numFmt = '#,##0.00';
}

/** The packer stamps each entry of the archive with the clock; every stamp becomes the same moment. */
function withFixedTimes(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = view.getUint32(bytes.length - 6, true);
  while (view.getUint32(at, true) === CENTRAL_DIRECTORY_FILE) {
    const local = view.getUint32(at + 42, true);
    if (view.getUint32(local, true) !== LOCAL_FILE) throw new Error('not an archive without a comment');
    view.setUint32(at + 12, DOS_MOMENT, true);
    view.setUint32(local + 10, DOS_MOMENT, true);
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return bytes;
}
