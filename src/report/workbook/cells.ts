import type { Translator } from '../../i18n/translator.ts';
import type { Cell, FoundBy, Look } from './workbook.ts';

/** Marks of a cell, left out where there are none. */
function marked(look: Look | undefined): { readonly look?: Look } {
  return look === undefined ? {} : { look };
}

export function textCell(text: string, look?: Look): Cell | null {
  return text === '' ? null : { type: 'text', text, ...marked(look) };
}

/** A text of more than a line. */
export function proseCell(text: string, look?: Look): Cell | null {
  return text === '' ? null : { type: 'text', text, wrap: true, ...marked(look) };
}

/** A text that runs over the columns to its right. */
export function wideCell(text: string, look?: Look): Cell | null {
  return text === '' ? null : { type: 'text', text, wrap: true, across: true, ...marked(look) };
}

export function linkCell(text: string, sheet: string, cell: string, found?: FoundBy): Cell {
  return { type: 'link', text, sheet, cell, ...(found === undefined ? {} : { found }) };
}

/** True for what stands at the right of its cell. */
export function isFigure(cell: Cell | null | undefined): boolean {
  if (cell == null) return false;
  return cell.right === true || cell.type === 'number' || cell.type === 'rate' || cell.type === 'money';
}

/** Letters of a column by its 0-based number. */
export function columnLetters(position: number): string {
  let letters = '';
  for (let rest = position + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

/** Where nothing is known there is a word, and never a 0. */
function unknownCell(translator: Translator): Cell {
  return { type: 'text', text: translator.value(null), look: 'muted', right: true };
}

function isKnown(value: number | null | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

export function numberCell(value: number | null | undefined, translator: Translator, look?: Look): Cell {
  return isKnown(value) ? { type: 'number', value, ...marked(look) } : unknownCell(translator);
}

/** Days with at most one decimal, as they are counted. */
export function daysCell(value: number | null | undefined, translator: Translator): Cell {
  return isKnown(value) ? { type: 'number', value: Math.round(value * 10) / 10 } : unknownCell(translator);
}

export function rateCell(value: number | null | undefined, translator: Translator, look?: Look): Cell {
  return isKnown(value) ? { type: 'rate', value, ...marked(look) } : unknownCell(translator);
}

/** An amount of the currency that its column or the cell beside it names; none where there is none. */
export function amountCell(value: number | null | undefined): Cell | null {
  return isKnown(value) ? { type: 'money', value, currency: null } : null;
}

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

export function dateCell(iso: string, translator: Translator): Cell {
  return ISO_DATE.test(iso) ? { type: 'date', iso } : { type: 'text', text: translator.value(iso) };
}

/** A digit too many, and a number no longer says what the file says. */
const MOST_DIGITS = 15;
const PLAIN_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.(\d+))?$/;

/** A cell as the file has it: plain decimal numbers as numbers with as many decimals, everything else as text. */
export function copiedCell(text: string): Cell | null {
  if (text === '') return null;
  const found = text.length > MOST_DIGITS + 2 ? null : PLAIN_NUMBER.exec(text);
  const digits = text.replace(/\D/g, '').length;
  // A number has no minus zero to show.
  if (found === null || digits > MOST_DIGITS || /^-[0.]+$/.test(text)) return { type: 'text', text };
  return { type: 'number', value: Number(text), decimals: found[1]?.length ?? 0 };
}
