import type { FormatParts } from '../excel-date.ts';
import type { SheetState } from '../grid.ts';
import type { Fail } from '../workbook/archive.ts';
import { numberText, otherText } from '../workbook/cell-text.ts';
import { count } from '../workbook/sheet-notices.ts';
import { attributeOf, textOf, type XmlHandler, type XmlToken } from '../workbook/xml-token.ts';
import { PLAIN, type StyleReader, startStyles } from './cell-styles.ts';
import { type GapBudget, MOST_GAP_CELLS, type SheetBuilder, startSheet, type XmlSheet } from './sheet-builder.ts';

/** Reads the XML of a spreadsheet into its sheets. */
export interface SheetsReader extends XmlHandler {
  finish(): XmlSheet[];
}

const MOST_SHEETS = 10_000;
/** Cells hold texts of 32,767 characters. */
const MOST_CHARACTERS = 2 ** 24;
const ROOT = 'Workbook';

interface Sheets {
  readonly fail: Fail;
  readonly styles: StyleReader;
  readonly gaps: GapBudget;
  readonly done: XmlSheet[];
  /** Names of the open elements. */
  readonly path: string[];
  sheet: SheetBuilder | null;
  date1904: boolean;
  cellStyle: string | null;
  hasFormula: boolean;
  /** Null for a cell without data. */
  data: string | null;
  type: string;
  /** What a `Visible` or `Date1904` element says. */
  setting: string;
}

export function startSheets(fail: Fail): SheetsReader {
  const sheets: Sheets = {
    fail,
    styles: startStyles(),
    gaps: { left: MOST_GAP_CELLS },
    done: [],
    path: [],
    sheet: null,
    date1904: false,
    cellStyle: null,
    hasFormula: false,
    data: null,
    type: '',
    setting: '',
  };
  return {
    open(token) {
      open(sheets, token);
      sheets.path.push(token.name);
    },
    text: (token) => takeText(sheets, token),
    close(token) {
      sheets.path.pop();
      close(sheets, token.name);
    },
    finish: () => sheets.done,
  };
}

function open(sheets: Sheets, token: XmlToken): void {
  const { path, fail } = sheets;
  const parent = path.at(-1);
  if (parent === undefined && token.name !== ROOT) {
    throw fail({ en: 'it is XML but no spreadsheet', zh: '是 XML，但不是表格' });
  }
  if (sheets.sheet !== null) openInSheet(sheets, sheets.sheet, token, parent ?? '');
  else if (token.name === 'Worksheet' && parent === ROOT) openSheet(sheets, token);
  else if (path.includes('Styles')) sheets.styles.open(token);
  else if (token.name === 'Date1904') sheets.date1904 = true;
}

function openSheet(sheets: Sheets, token: XmlToken): void {
  if (sheets.done.length >= MOST_SHEETS) throw sheets.fail({ en: 'it has too many sheets', zh: '工作表过多' });
  const name = attributeOf(token, 'Name') ?? `Sheet${sheets.done.length + 1}`;
  sheets.sheet = startSheet(name, sheets.fail, sheets.gaps);
}

function openInSheet(sheets: Sheets, sheet: SheetBuilder, token: XmlToken, parent: string): void {
  const { name } = token;
  if (name === 'Cell' && parent === 'Row') {
    sheet.openCell(token);
    sheets.cellStyle = attributeOf(token, 'StyleID');
    sheets.hasFormula = attributeOf(token, 'Formula') !== null;
    sheets.data = null;
  } else if (name === 'Data' && parent === 'Cell') {
    sheets.data = '';
    sheets.type = attributeOf(token, 'Type') ?? 'String';
  } else if (name === 'Row' && parent === 'Table') sheet.openRow(token);
  else if (name === 'Column' && parent === 'Table') sheet.column(token);
  else if (name === 'Visible') sheets.setting = '';
}

function takeText(sheets: Sheets, token: XmlToken): void {
  const { path } = sheets;
  const parent = path.at(-1);
  if (parent === 'Visible' && sheets.setting.length < 100) sheets.setting += textOf(token);
  if (sheets.data === null || (parent !== 'Data' && !path.includes('Data'))) return;
  // A comment has data too, and is none of the cell.
  if (path.includes('Comment')) return;
  sheets.data += textOf(token);
  if (sheets.data.length > MOST_CHARACTERS) {
    throw sheets.fail({ en: 'a text in it has more than 16 million characters', zh: '其中有超过 1600 万字的文本' });
  }
}

const STATES: Readonly<Record<string, SheetState>> = { SheetHidden: 'hidden', SheetVeryHidden: 'veryHidden' };

function close(sheets: Sheets, name: string): void {
  const { sheet, path } = sheets;
  if (sheet === null) return;
  const parent = path.at(-1);
  if (name === 'Cell' && parent === 'Row') closeCell(sheets, sheet);
  else if (name === 'Row' && parent === 'Table') sheet.closeRow();
  else if (name === 'Visible' && parent === 'WorksheetOptions') {
    sheet.state = STATES[sheets.setting.trim()] ?? sheet.state;
  } else if (name === 'Worksheet' && parent === ROOT) {
    sheets.done.push(sheet.finish());
    sheets.sheet = null;
  }
}

function closeCell(sheets: Sheets, sheet: SheetBuilder): void {
  const { data, hasFormula } = sheets;
  if (data !== null) sheet.addText(cellText(sheets, sheet, data));
  else if (hasFormula) {
    const { row, column } = sheet.place();
    count(sheet.tallies.uncalculated, row, column);
    sheet.addText('');
  }
}

function cellText(sheets: Sheets, sheet: SheetBuilder, data: string): string {
  const { type } = sheets;
  if (type === 'String' || data === '') return data;
  const text = typedText(sheets, sheet, data);
  if (text !== null) return text;
  const { row, column } = sheet.place();
  count(sheet.tallies.odd, row, column);
  return data;
}

/** Null for data that is not of its type. */
function typedText(sheets: Sheets, sheet: SheetBuilder, data: string): string | null {
  if (sheets.type === 'Boolean') return otherText('b', data, PLAIN);
  if (sheets.type === 'Error') return data;
  const format = formatOf(sheets, sheet);
  if (sheets.type === 'Number') return numberText(data, format, sheets.date1904);
  return sheets.type === 'DateTime' ? dateText(data, format) : null;
}

function formatOf({ styles, cellStyle }: Sheets, sheet: SheetBuilder): FormatParts {
  const format = styles.of(cellStyle ?? sheet.styleAround());
  if (format !== null) return format;
  const { row, column } = sheet.place();
  count(sheet.tallies.unformatted, row, column);
  return PLAIN;
}

/** Day 0, which stands for no day. */
const NO_DAY = /^1899-12-3[01]T/;
const MIDNIGHT = /T00:00(?::00(?:\.0+)?)?$/;

/** Every date is written with a time; one without a format shows what it has of both. */
function dateText(data: string, format: FormatParts): string | null {
  const written = data.trim();
  if (format.date || format.time) return otherText('d', written, format);
  const time = !MIDNIGHT.test(written);
  return otherText('d', written, { ...format, date: !NO_DAY.test(written), time });
}
