import type { Ruleset } from '../ruleset/ruleset.ts';
import { setRowsAside } from '../source/join-sheets.ts';
import type { Notice, Sheet } from '../source/sheet.ts';
import { millisOfRows } from './cells.ts';
import { mapColumns } from './columns/content-mapping.ts';
import { type Column, PRESENT } from './dataset.ts';
import { joinKey } from './deal-join.ts';
import { typedColumns } from './typed-columns.ts';

/**
 * One list out of several files: of deals that more than one file has, the rows of the copy changed last count, and the
 * others are set aside. Copies within one file stay: they are duplicates, not versions.
 */
export function latestOfEach(
  sheet: Sheet,
  ruleset: Ruleset,
  asOfDay: number,
): { readonly sheet: Sheet; readonly notices: readonly Notice[] } {
  const { partOfRow } = sheet;
  if (partOfRow === undefined) return { sheet, notices: [] };
  const wanted = mapColumns(sheet, ruleset, asOfDay).mappings.filter(
    ({ field }) => field === 'id' || field === 'modified',
  );
  const columns = typedColumns(sheet, wanted, ruleset);
  const id = columns.get('id');
  if (id === undefined) return { sheet, notices: [{ code: 'list/no-key', args: {}, line: null, cell: null }] };
  const first = firstCodeOfKey(id);
  const modified = columns.get('modified');
  const newestPart = newestParts(id, first, partOfRow, modified === undefined ? null : millisOfRows(modified));
  const aside = new Uint8Array(sheet.rowCount);
  for (let row = 0; row < sheet.rowCount; row++) {
    const key = first[id.codes[row] as number] as number;
    if (key !== NO_KEY && newestPart[key] !== partOfRow[row]) aside[row] = 1;
  }
  const rounded = id.texts.find((text) => ROUNDED.test(text));
  const notices: Notice[] =
    rounded === undefined ? [] : [{ code: 'list/rounded-ids', args: { id: rounded }, line: null, cell: null }];
  return { sheet: setRowsAside(sheet, aside, 'superseded'), notices };
}

/** A long number that a spreadsheet has written in short: others end up the same. */
const ROUNDED = /^\d(?:[.,]\d+)?E\+\d+$/i;

const NO_KEY = -1;

/** One a distinct id: the first code that joins with it, `NO_KEY` for a blank. */
function firstCodeOfKey({ texts, state }: Column): Int32Array {
  const codeOf = new Map<string, number>();
  const first = new Int32Array(texts.length).fill(NO_KEY);
  for (let code = 0; code < first.length; code++) {
    if (state[code] !== PRESENT) continue;
    const text = texts.at(code)!;
    if (ROUNDED.test(text)) continue;
    const key = joinKey(text);
    first[code] = codeOf.get(key) ?? code;
    codeOf.set(key, first[code]!);
  }
  return first;
}

/**
 * By first code of the key: the file with the copy that was changed last, of equal ones the later file. A copy whose
 * change is unknown is older than one whose is known.
 */
function newestParts(id: Column, first: Int32Array, partOfRow: Int32Array, changed: Float64Array | null): Int32Array {
  const part = new Int32Array(first.length).fill(-1);
  const latest = new Float64Array(first.length);
  for (let row = 0; row < partOfRow.length; row++) {
    const key = first[id.codes[row] as number] as number;
    if (key === NO_KEY) continue;
    const own = partOfRow[row] as number;
    const millis = changed?.[row] ?? Number.NaN;
    const at = Number.isNaN(millis) ? Number.NEGATIVE_INFINITY : millis;
    const known = part[key] as number;
    if (known !== -1 && (at < (latest[key] as number) || (at === latest[key] && own < known))) continue;
    part[key] = own;
    latest[key] = at;
  }
  return part;
}
