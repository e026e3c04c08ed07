import type { Fill, Font, Style } from 'exceljs';
import type { Cell, Look } from '../../report/workbook/workbook.ts';

const FONT = 'Calibri';
const SIZE = 10;

interface LookStyle {
  readonly font?: Partial<Font>;
  /** ARGB. */
  readonly fill?: string;
}

/** Dark text on a light ground: readable in print and for those who tell no red from green, as the words say it too. */
const LOOKS: Readonly<Record<Look, LookStyle>> = {
  title: { font: { bold: true, size: 16 } },
  section: { font: { bold: true, size: 12, color: { argb: 'FF1F4E79' } } },
  header: { font: { bold: true, color: { argb: 'FFFFFFFF' } }, fill: 'FF1F4E79' },
  strong: { font: { bold: true } },
  muted: { font: { color: { argb: 'FF666666' } } },
  aside: { font: { color: { argb: 'FF595959' }, italic: true }, fill: 'FFE3E3E3' },
  good: { font: { color: { argb: 'FF0B5A21' } }, fill: 'FFE2F3E6' },
  error: { font: { color: { argb: 'FF8A1010' } }, fill: 'FFFAD4D4' },
  warn: { font: { color: { argb: 'FF6B4A00' } }, fill: 'FFFFEDC2' },
  info: { font: { color: { argb: 'FF123F6E' } }, fill: 'FFDCE9F8' },
};

const LINK: Partial<Font> = { color: { argb: 'FF0B57D0' }, underline: true };
/** More decimals than a cell has room for. */
const MOST_DECIMALS = 15;
const CURRENCY = /^[A-Z]{3}$/;

function numberFormat(decimals: number): string {
  return decimals === 0 ? '0' : `0.${'0'.repeat(Math.min(decimals, MOST_DECIMALS))}`;
}

function moneyFormat(value: number, currency: string | null): string {
  const digits = Number.isInteger(value) ? '#,##0' : '#,##0.00';
  // A code of the file's own could end the format and begin another.
  return currency !== null && CURRENCY.test(currency) && currency !== 'XXX' ? `[$${currency}] ${digits}` : digits;
}

/** How a value is shown; '' where it is shown as it is. */
function formatOf(cell: Cell): string {
  switch (cell.type) {
    case 'number':
      if (cell.decimals !== undefined) return numberFormat(cell.decimals);
      return Number.isInteger(cell.value) ? '#,##0' : '#,##0.0#';
    case 'rate':
      return '0.0%';
    case 'money':
      return moneyFormat(cell.value, cell.currency);
    case 'date':
      return 'yyyy-mm-dd';
    default:
      return '';
  }
}

function styleOf(cell: Cell, numFmt: string, isIndented: boolean): Partial<Style> {
  const { font, fill } = cell.look === undefined ? {} : LOOKS[cell.look];
  const link = cell.type === 'link' ? LINK : {};
  const solid: Fill | null = fill === undefined ? null : { type: 'pattern', pattern: 'solid', fgColor: { argb: fill } };
  const isHeader = cell.look === 'header';
  return {
    font: { name: FONT, size: SIZE, ...font, ...link },
    ...(solid === null ? {} : { fill: solid }),
    ...(numFmt === '' ? {} : { numFmt }),
    alignment: {
      vertical: isHeader ? 'middle' : 'top',
      ...(cell.wrap ? { wrapText: true } : {}),
      ...(cell.right ? { horizontal: 'right' } : cell.type === 'date' ? { horizontal: 'left' } : {}),
      ...(isIndented ? { horizontal: 'left', indent: 1 } : {}),
    },
  };
}

/** Gives cells that look alike the same style: exceljs writes each object once. A spaced text stands off what is left of it. */
export function createCellStyles(): (cell: Cell, isSpaced: boolean) => Partial<Style> {
  const known = new Map<string, Partial<Style>>();
  return (cell, isSpaced) => {
    const numFmt = formatOf(cell);
    const isIndented =
      isSpaced && (cell.type === 'text' || cell.type === 'link' || cell.type === 'date') && cell.right !== true;
    const marks = [cell.type === 'link', cell.wrap === true, cell.right === true, isIndented];
    const key = [cell.look ?? '', ...marks, numFmt].join(' ');
    const style = known.get(key) ?? styleOf(cell, numFmt, isIndented);
    known.set(key, style);
    return style;
  };
}
