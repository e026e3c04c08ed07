import type { CellValue } from 'exceljs';
import type { Lang } from '../../i18n/text.ts';
import type { Cell } from '../../report/workbook/workbook.ts';
import { cutText, isPlainText, workbookText } from './cell-text.ts';

/** A formula holds no longer text between quotes. */
const MOST_FORMULA_TEXT = 255;

/** Texts without what a search takes for a wildcard. */
const FINDABLE = /^[\w./-]{1,255}$/;

type LinkCell = Extract<Cell, { readonly type: 'link' }>;

/** A text between the quotes of a formula. */
function quoted(text: string): string {
  return `"${text.slice(0, MOST_FORMULA_TEXT).replaceAll('"', '""')}"`;
}

/**
 * The only formulas there are: the places they lead to and the words they show are ours. A sheet may have 65,530 links
 * of the other kind, and any number of these.
 */
function linkFormula({ sheet, cell, text, found }: LinkCell): string {
  const name = `'${sheet.replaceAll("'", "''")}'`;
  if (found === undefined || !FINDABLE.test(found.text))
    return `HYPERLINK(${quoted(`#${name}!${cell}`)},${quoted(text)})`;
  const [, letters = 'A', row = '1'] = /^([A-Z]+)(\d+)$/.exec(cell) ?? [];
  const match = `MATCH(${quoted(found.text)},${name}!$${found.column}:$${found.column},0)`;
  return `HYPERLINK(${quoted(`#${name}!${letters}`)}&IFERROR(${match},${row}),${quoted(text)})`;
}

/**
 * A text, whatever it begins with. Plain texts are written the short way; in that way blanks at the ends, line breaks
 * and escaped characters are lost in some spreadsheets, which keep them in a text of runs.
 */
function textValue(text: string, lang: Lang): CellValue {
  if (text === '') return null;
  const whole = cutText(text, lang);
  return isPlainText(whole) ? whole : { richText: [{ text: workbookText(whole) }] };
}

/** The value of a cell as exceljs takes it. */
export function cellValue(cell: Cell, lang: Lang): CellValue {
  switch (cell.type) {
    case 'text':
      return textValue(cell.text, lang);
    case 'date':
      return new Date(`${cell.iso}T00:00:00Z`);
    case 'link': {
      const text = workbookText(cell.text);
      return { formula: workbookText(linkFormula(cell)), result: text };
    }
    default:
      return cell.value;
  }
}
