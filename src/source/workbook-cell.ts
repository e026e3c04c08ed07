import type { Cell, CellValue } from 'exceljs';
import { formatParts, percentText, serialDateText, serialOfDate } from './excel-date.ts';

/**
 * Text of a workbook cell as its CSV would have it: ISO dates, shortest decimals, `60%`, `TRUE`, `#N/A`.
 * Null for a formula whose result is not in the file.
 */
export function cellText(cell: Cell, date1904: boolean): string | null {
  return valueText(cell.value, cell.numFmt ?? '', date1904);
}

function valueText(value: CellValue, format: string, date1904: boolean): string | null {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(value, format);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (value instanceof Date) return dateText(value, format, date1904);
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  if ('hyperlink' in value) return valueText(value.text, format, date1904);
  if ('error' in value) return value.error;
  return resultText(value, format, date1904);
}

function numberText(value: number, format: string): string {
  return formatParts(format).percent ? percentText(value) : String(value);
}

function dateText(value: Date, format: string, date1904: boolean): string | null {
  if (Number.isNaN(value.getTime())) return null;
  const parts = formatParts(format);
  const serial = serialOfDate(value, date1904);
  // An ISO date cell may have no date format at all.
  const shown = parts.date || parts.time ? parts : { date: true, time: !Number.isInteger(serial), percent: false };
  return serialDateText(serial, date1904, shown);
}

/** Formulas; exceljs takes the empty text in a cell with a date format for day 0. */
function resultText(value: CellValue, format: string, date1904: boolean): string | null {
  const result = value !== null && typeof value === 'object' && 'result' in value ? value.result : undefined;
  if (result === undefined || result === null) return null;
  const emptyText = result instanceof Date && serialOfDate(result, false) === 0 && formatParts(format).date;
  return emptyText ? '' : valueText(result, format, date1904);
}
