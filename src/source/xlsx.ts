import type { Row, Workbook, Worksheet } from 'exceljs';
import { damaged } from './container.ts';
import { cellText } from './workbook-cell.ts';

/** A row of a workbook that has a value in some cell. */
export interface WorkbookRow {
  /** 1-based. */
  readonly row: number;
  /** Texts by 0-based column, '' where there is no value. Of merged cells only the first has one. */
  readonly cells: readonly string[];
  /** The same with merged cells repeating their value, which is how a header is meant. */
  readonly headerCells: readonly string[];
  /** 0-based columns of formulas without a result in the file; their text is ''. */
  readonly uncalculated: readonly number[];
}

export interface WorkbookSheet {
  readonly name: string;
  readonly hidden: boolean;
  /** Rows from the top, blank ones left out. */
  rows(): Iterable<WorkbookRow>;
}

/** Parts of a sheet that hold no cell; some of them make exceljs run for ever. */
const IGNORED_NODES = [
  'dataValidations',
  'conditionalFormatting',
  'hyperlinks',
  'drawing',
  'picture',
  'legacyDrawing',
  'tableParts',
  'extLst',
];

/**
 * Reads a workbook whose archive was checked before.
 * @throws FunnelintError `file/damaged`
 */
export async function readWorkbook(file: string, bytes: Buffer): Promise<WorkbookSheet[]> {
  const workbook = await loadWorkbook(file, bytes);
  const sheets = workbook.worksheets.map((worksheet) => workbookSheet(worksheet, workbook.properties.date1904));
  if (sheets.length === 0) throw damaged(file, { en: 'it has no sheets', zh: '没有工作表' });
  return sheets;
}

async function loadWorkbook(file: string, bytes: Buffer): Promise<Workbook> {
  const { default: exceljs } = await import('exceljs/lib/exceljs.bare.js');
  const workbook = new exceljs.Workbook();
  const content = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  try {
    return await workbook.xlsx.load(content, { ignoreNodes: IGNORED_NODES });
  } catch (error) {
    const reason = shortReason(error);
    throw damaged(file, { en: reason, zh: reason });
  }
}

function shortReason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split(/[\r\n]/)[0] ?? '').slice(0, 100);
}

function workbookSheet(worksheet: Worksheet, date1904: boolean): WorkbookSheet {
  return {
    name: worksheet.name,
    hidden: worksheet.state !== 'visible',
    *rows() {
      const rows: Row[] = [];
      worksheet.eachRow((row) => rows.push(row));
      for (const row of rows) yield workbookRow(row, date1904);
    },
  };
}

function workbookRow(row: Row, date1904: boolean): WorkbookRow {
  const cells: string[] = [];
  const headerCells: string[] = [];
  const uncalculated: number[] = [];
  row.eachCell((cell, column) => {
    const position = column - 1;
    while (cells.length < position) {
      cells.push('');
      headerCells.push('');
    }
    const text = cellText(cell, date1904);
    const repeats = cell.isMerged && cell.master !== cell;
    cells.push(repeats ? '' : (text ?? ''));
    headerCells.push(text ?? '');
    if (text === null && !repeats) uncalculated.push(position);
  });
  return { row: row.number, cells, headerCells, uncalculated };
}
