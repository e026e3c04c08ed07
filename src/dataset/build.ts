import { FunnelintError } from '../errors.ts';
import type { FieldType, Ruleset } from '../ruleset/ruleset.ts';
import { cellName } from '../source/cell-name.ts';
import type { RawColumn, Sheet } from '../source/sheet.ts';
import { type Column, type Dataset, type InputSummary, type Journeys, PRESENT } from './dataset.ts';
import { joinDeals } from './deal-join.ts';
import { buildJourneys } from './journeys.ts';
import { type HeaderMapping, mapHeaders } from './mapping.ts';
import { createStageMatcher } from './stage-match.ts';
import { DAY_MILLIS } from './values/calendar.ts';
import { resolveCurrency } from './values/currency-marks.ts';
import { normaliseForMissing } from './values/placeholder.ts';
import { readColumn } from './values/read-column.ts';

/** Currency of an amount when neither the file nor the rules name one (ISO 4217 “no currency”). */
const NO_CURRENCY = 'XXX';

export interface DatasetInput {
  readonly sheet: Sheet;
  readonly history: Sheet | null;
  readonly ruleset: Ruleset;
  /** Day number. */
  readonly asOfDay: number;
}

function headerTexts(sheet: Sheet): readonly string[] {
  return sheet.headers.map(({ text }) => text);
}

/**
 * Reads one raw column as a field.
 * @throws FunnelintError `dates/ambiguous` when nothing tells day and month apart.
 */
function typedColumn(
  raw: RawColumn,
  target: { readonly id: string; readonly type: FieldType; readonly confidence: number },
  sheet: Sheet,
  { source }: Ruleset,
): Column {
  const missing = new Set(source.missing.map(normaliseForMissing));
  const settings = { missing, order: source.dates[target.id] ?? null, timezone: source.timezone };
  const column = readColumn(raw, target, settings);
  if (!('ambiguous' in column)) return column;
  const { example, code } = column.ambiguous;
  const row = raw.codes.indexOf(code);
  throw new FunnelintError('dates/ambiguous', {
    file: sheet.file,
    header: raw.header,
    example,
    cell: cellName(raw.position, sheet.rows[row] ?? 0),
    field: target.id,
  });
}

function typedColumns(sheet: Sheet, mappings: readonly HeaderMapping[], ruleset: Ruleset): ReadonlyMap<string, Column> {
  const rawAt = new Map(sheet.columns.map((column) => [column.position, column]));
  const columns = new Map<string, Column>();
  for (const { index, field, type, confidence } of mappings) {
    const raw = rawAt.get(sheet.headers[index]?.position ?? -1);
    if (raw !== undefined) columns.set(field, typedColumn(raw, { id: field, type, confidence }, sheet, ruleset));
  }
  return columns;
}

/** Columns that rules name by header, typed as the rules use them. */
function namedColumns(sheet: Sheet, ruleset: Ruleset): ReadonlyMap<string, Column> {
  const columns = new Map<string, Column>();
  for (const [header, type] of ruleset.extraHeaders) {
    const raw = sheet.columns.find((column) => column.header.trim() === header);
    if (raw !== undefined) columns.set(header, typedColumn(raw, { id: header, type, confidence: 1 }, sheet, ruleset));
  }
  return columns;
}

/** Stage index of each row of a stage column, -1 where missing or unknown; each distinct text is matched once. */
function stageIndexes(column: Column | undefined, rowCount: number, ruleset: Ruleset): Int16Array {
  const indexes = new Int16Array(rowCount).fill(-1);
  if (column === undefined) return indexes;
  const match = createStageMatcher(ruleset.stages);
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
function currencyOfRows(columns: ReadonlyMap<string, Column>, rowCount: number, { source }: Ruleset): Currencies {
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

/** Epoch milliseconds of each row of a date column, NaN where unreadable. */
function millisOfRows(column: Column): Float64Array {
  const ofCode = column.millis ?? column.numbers.map((day) => day * DAY_MILLIS);
  return Float64Array.from(column.codes, (code) => ofCode[code] as number);
}

function journeysOf(
  history: Sheet,
  logColumns: ReadonlyMap<string, Column>,
  columns: ReadonlyMap<string, Column>,
  input: DatasetInput,
): Journeys {
  const { ruleset, sheet, asOfDay } = input;
  const need = (field: string): Column => {
    const column = logColumns.get(field);
    if (column !== undefined) return column;
    const known =
      ruleset.historyFields
        .find(({ id }) => id === field)
        ?.columns.slice(0, 4)
        .join(', ') ?? '';
    throw new FunnelintError('history/no-column', { file: history.file, field, known });
  };
  const byName = !logColumns.has('deal_id') && logColumns.has('deal_name');
  const keyColumn = columns.get(byName ? 'name' : 'id');
  if (keyColumn === undefined) throw new FunnelintError('history/no-key', { file: sheet.file });
  const changedAt = need('changed_at');
  const log = {
    dealOfRow: joinDeals(keyColumn, need(byName ? 'deal_name' : 'deal_id')),
    stageOfRow: stageIndexes(need('to_stage'), history.rowCount, ruleset),
    millisOfRow: millisOfRows(changedAt),
    hasTime: changedAt.millis !== null,
  };
  return buildJourneys(log, { rowCount: sheet.rowCount, stages: ruleset.stages, asOfDay });
}

function summaryOf(
  role: InputSummary['role'],
  sheet: Sheet,
  mappings: readonly HeaderMapping[],
  columns: ReadonlyMap<string, Column>,
): InputSummary {
  const byIndex = new Map(mappings.map((mapping) => [mapping.index, mapping]));
  const mapping = sheet.headers.map(({ text }, index) => {
    const found = byIndex.get(index);
    const reading = found === undefined ? {} : (columns.get(found.field)?.reading ?? {});
    return { header: text, field: found?.field ?? null, confidence: found?.confidence ?? 0, reading };
  });
  return { role, sheet, mapping };
}

/**
 * Turns sheets into typed deals and journeys.
 * @throws FunnelintError when a date column cannot be decided, or the change log lacks a column it cannot do without.
 */
export function buildDataset(input: DatasetInput): Dataset {
  const { sheet, history, ruleset, asOfDay } = input;
  const mappings = mapHeaders(headerTexts(sheet), ruleset.fields);
  const columns = typedColumns(sheet, mappings, ruleset);
  const inputs = [summaryOf('deals', sheet, mappings, columns)];
  let journeys: Journeys | null = null;
  if (history !== null) {
    const logMappings = mapHeaders(headerTexts(history), ruleset.historyFields);
    const logColumns = typedColumns(history, logMappings, ruleset);
    journeys = journeysOf(history, logColumns, columns, input);
    inputs.push(summaryOf('history', history, logMappings, logColumns));
  }
  return {
    asOfDay,
    rowCount: sheet.rowCount,
    columns,
    headerColumns: namedColumns(sheet, ruleset),
    fields: ruleset.fields,
    stages: ruleset.stages,
    stage: stageIndexes(columns.get('stage'), sheet.rowCount, ruleset),
    ...currencyOfRows(columns, sheet.rowCount, ruleset),
    journeys,
    historySheet: history,
    sheet,
    inputs,
    notices: [...sheet.notices, ...(history?.notices ?? [])],
    ruleset,
  };
}

/** Positions (indexes into the header list) of the columns an audit keeps: those of fields, and those rules name. */
export function keptColumns(
  headers: readonly string[],
  ruleset: Ruleset,
  role: InputSummary['role'],
): readonly number[] {
  const fields = role === 'deals' ? ruleset.fields : ruleset.historyFields;
  const kept = new Set(mapHeaders(headers, fields).map(({ index }) => index));
  if (role === 'deals') {
    for (const [index, header] of headers.entries()) if (ruleset.extraHeaders.has(header.trim())) kept.add(index);
  }
  return [...kept].sort((a, b) => a - b);
}
