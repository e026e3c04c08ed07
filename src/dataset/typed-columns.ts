import { FunnelintError } from '../errors.ts';
import { NO_CURRENCY } from '../i18n/number-format.ts';
import type { FieldType, Ruleset, StageDefinition } from '../ruleset/ruleset.ts';
import { placeOfCell } from '../source/place.ts';
import type { RawColumn, Sheet } from '../source/sheet.ts';
import { coalesced } from './coalesced.ts';
import { inHeaderUnit } from './columns/header-scale.ts';
import type { HeaderMapping } from './columns/mapping.ts';
import { type Column, PRESENT } from './dataset.ts';
import { createStageMatcher } from './stage-match.ts';
import { resolveCurrency } from './values/currency-marks.ts';
import { normaliseForMissing } from './values/placeholder.ts';
import { readColumn } from './values/read-column.ts';

interface Target {
  readonly id: string;
  readonly type: FieldType;
  readonly confidence: number;
}

/**
 * Reads one raw column as a field.
 * @throws FunnelintError `dates/ambiguous` when nothing tells day and month apart.
 */
export function typedColumn(raw: RawColumn, target: Target, sheet: Sheet, { source }: Ruleset): Column {
  const missing = new Set(source.missing.map(normaliseForMissing));
  const settings = { missing, order: source.dates[target.id] ?? null, timezone: source.timezone };
  const column = readColumn(raw, target, settings);
  if (!('ambiguous' in column)) return column;
  const { example, code } = column.ambiguous;
  const row = raw.codes.indexOf(code);
  const { file, cell } = placeOfCell(sheet, row, raw.position);
  throw new FunnelintError('dates/ambiguous', {
    file,
    header: raw.header,
    example,
    cell,
    field: target.id,
  });
}

/** The mapped columns of a sheet by field, sums of money in the unit that their header names. */
export function typedColumns(
  sheet: Sheet,
  mappings: readonly HeaderMapping[],
  ruleset: Ruleset,
): ReadonlyMap<string, Column> {
  const rawAt = new Map(sheet.columns.map((column) => [column.position, column]));
  const columns = new Map<string, Column>();
  const rawsOf = new Map<string, RawColumn[]>();
  for (const { index, field } of mappings) {
    const raw = rawAt.get(sheet.headers[index]?.position ?? -1);
    if (raw !== undefined) rawsOf.set(field, [...(rawsOf.get(field) ?? []), raw]);
  }
  const missing = new Set(ruleset.source.missing.map(normaliseForMissing));
  for (const { field, type, confidence } of mappings) {
    const raws = rawsOf.get(field);
    if (raws === undefined || columns.has(field)) continue;
    const raw = coalesced(raws, missing);
    columns.set(field, inHeaderUnit(typedColumn(raw, { id: field, type, confidence }, sheet, ruleset)));
  }
  return columns;
}

/** Columns that rules name by header, typed as the rules use them. */
export function namedColumns(sheet: Sheet, ruleset: Ruleset): ReadonlyMap<string, Column> {
  const columns = new Map<string, Column>();
  for (const [header, type] of ruleset.extraHeaders) {
    const raw = sheet.columns.find((column) => column.header.trim() === header);
    if (raw !== undefined) columns.set(header, typedColumn(raw, { id: header, type, confidence: 1 }, sheet, ruleset));
  }
  return columns;
}

/** Stage index of each row of a stage column, -1 where missing or unknown; each distinct text is matched once. */
export function stageIndexes(
  column: Column | undefined,
  rowCount: number,
  stages: readonly StageDefinition[],
): Int16Array {
  const indexes = new Int16Array(rowCount).fill(-1);
  if (column === undefined) return indexes;
  const match = createStageMatcher(stages);
  const ofCode = Int16Array.from(column.texts, (text, code) =>
    column.state[code] === PRESENT ? match(text).index : -1,
  );
  for (let row = 0; row < rowCount; row++) indexes[row] = ofCode[column.codes[row] as number] as number;
  return indexes;
}

interface Currencies {
  readonly currency: Int16Array;
  readonly currencies: readonly string[];
}

/** Currency of each deal: its own column, else the sign in the amount, else the default of the rules. */
export function currencyOfRows(
  columns: ReadonlyMap<string, Column>,
  rowCount: number,
  { source }: Ruleset,
): Currencies {
  const names: string[] = [];
  const indexOf = (name: string): number => {
    const known = names.indexOf(name);
    return known >= 0 ? known : names.push(name) - 1;
  };
  const byColumn = columns.get('currency');
  const named = byColumn?.texts.map((text, code) =>
    byColumn.state[code] === PRESENT ? indexOf(text.toUpperCase()) : -1,
  );
  const amount = columns.get('amount');
  const fallback = source.currency ?? NO_CURRENCY;
  const marked = amount?.currencies.map((mark) => indexOf(resolveCurrency(mark, source.currency) ?? fallback));
  const currency = new Int16Array(rowCount).fill(-1);
  for (let row = 0; row < rowCount; row++) {
    const own = named === undefined ? -1 : (named[(byColumn as Column).codes[row] as number] as number);
    if (own >= 0) currency[row] = own;
    else if (marked !== undefined) currency[row] = marked[(amount as Column).codes[row] as number] ?? indexOf(fallback);
  }
  return { currency, currencies: names };
}
