import { foldColumn } from '../../i18n/fold.ts';
import { NO_CELL } from '../../source/sheet.ts';
import { type Column, type Dataset, PRESENT } from '../dataset.ts';
import { normaliseForMissing } from '../values/placeholder.ts';
import { readColumn } from '../values/read-column.ts';
import type { DealLog } from './deal-log.ts';

/** One a distinct text of the field column: 1 where it names the field, by its headers, labels or id. */
function namesField({ texts, state }: Column, dataset: Dataset, field: string): Uint8Array {
  const definition = dataset.fields.find(({ id }) => id === field);
  const { columns = [], label = { en: field, zh: field } } = definition ?? {};
  const names = new Set([...columns, field, label.en, label.zh].map(foldColumn));
  return Uint8Array.from(texts, (text, code) => Number(state[code] === PRESENT && names.has(foldColumn(text))));
}

/** The values of a column of mixed texts, of the rows marked alone, read as the field; NaN elsewhere; null where unreadable. */
function readMarked(column: Column, marked: Uint8Array, dataset: Dataset, field: string): Float64Array | null {
  const recode = new Int32Array(column.texts.length).fill(NO_CELL);
  const values: string[] = [];
  const codes = new Int32Array(marked.length).fill(NO_CELL);
  for (let row = 0; row < codes.length; row++) {
    if (marked[row] === 0) continue;
    const code = column.codes[row] as number;
    if (recode[code] === NO_CELL) recode[code] = values.push(column.texts.at(code) as string) - 1;
    codes[row] = recode[code] as number;
  }
  const { source } = dataset.ruleset;
  const own = dataset.columns.get(field);
  const told = own?.reading['dates'];
  const raw = { header: column.header, position: column.position, codes, values };
  const read = readColumn(
    raw,
    { id: field, type: own?.type ?? (field === 'close' ? 'date' : 'money') },
    {
      missing: new Set(source.missing.map(normaliseForMissing)),
      order: source.dates[field] ?? (told === 'DMY' || told === 'MDY' ? told : null),
      timezone: source.timezone,
    },
  );
  if ('ambiguous' in read) return null;
  const { codes: valueCodes, numbers } = read;
  const numbersOfRows = new Float64Array(marked.length).fill(Number.NaN);
  for (let row = 0; row < marked.length; row++) {
    if (marked[row] === 1) numbersOfRows[row] = numbers[valueCodes[row] as number] ?? Number.NaN;
  }
  return numbersOfRows;
}

/**
 * What a field was and became, one a row of a log of all fields, NaN in rows about other fields; null where the log is
 * none, no row of it names the field, or its dates do not tell day and month apart.
 */
export function valuesOfFieldLog(
  dataset: Dataset,
  { columns }: DealLog,
  field: string,
): { readonly old: Float64Array; readonly new: Float64Array } | null {
  const fieldColumn = columns.get('field');
  const newColumn = columns.get('new_value');
  const oldColumn = columns.get('old_value');
  if (fieldColumn === undefined || newColumn === undefined || oldColumn === undefined) return null;
  const ofCode = namesField(fieldColumn, dataset, field);
  const marked = new Uint8Array(fieldColumn.codes.length);
  for (let row = 0; row < marked.length; row++) marked[row] = ofCode[fieldColumn.codes[row] as number] as number;
  if (!marked.includes(1)) return null;
  const before = readMarked(oldColumn, marked, dataset, field);
  const after = readMarked(newColumn, marked, dataset, field);
  return before === null || after === null ? null : { old: before, new: after };
}
