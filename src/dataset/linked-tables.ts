import { FunnelintError } from '../errors.ts';
import type { FieldDefinition, Ruleset, TableDefinition } from '../ruleset/ruleset.ts';
import type { Sheet } from '../source/sheet.ts';
import { createHeaderTest, mapHeaders } from './columns/mapping.ts';
import type { Column, LinkedTable } from './dataset.ts';
import { dealFieldOf } from './table-links.ts';
import { typedColumn, typedColumns } from './typed-columns.ts';

/** A table that was read for the rules to look deals up in. */
export interface TableSheet {
  readonly id: string;
  readonly sheet: Sheet;
}

/** A sheet with its columns typed. */
interface TypedSheet {
  readonly sheet: Sheet;
  readonly columns: ReadonlyMap<string, Column>;
}

/** The sheets that rules may take for tables. */
export interface TableSources {
  readonly given: readonly TableSheet[];
  /** The audited list, and its columns. */
  readonly list: Sheet;
  readonly deals: ReadonlyMap<string, Column>;
  readonly log: TypedSheet | null;
  /** The latest of the earlier exports. */
  readonly previous: TypedSheet | null;
}

function keyField({ id, label, key }: TableDefinition): FieldDefinition {
  return { id, label, columns: key, type: 'text', optional: false, sensitive: false };
}

/** Index of the column by which deals name a row of a table, null where it has none of the known headers. */
function keyIndex(headers: readonly string[], definition: TableDefinition): number | null {
  return mapHeaders(headers, [keyField(definition)])[0]?.index ?? null;
}

/** Whether a cell is a header by which the key or a field of the table is known. */
export function tableHeaderTest(definition: TableDefinition): (header: string) => boolean {
  return createHeaderTest([keyField(definition), ...definition.fields]);
}

/** Positions (indexes into the header list) of the columns of a table that an audit keeps: its key and its fields. */
export function tableColumns(headers: readonly string[], definition: TableDefinition): readonly number[] {
  const key = keyIndex(headers, definition);
  const fields = mapHeaders(headers, definition.fields).map(({ index }) => index);
  return [...new Set(key === null ? fields : [key, ...fields])].sort((a, b) => a - b);
}

/** Tables that a list with these headers is too, where none is given: it has their key, and some rule asks for them. */
export function tablesOfList(headers: readonly string[], { tables, rules }: Ruleset): readonly TableDefinition[] {
  const isAskedFor = (table: string): boolean =>
    rules.some(({ off, needs }) => !off && needs.some((group) => group.some((need) => need.startsWith(`${table}.`))));
  return tables.filter(
    (definition) => definition.isList && keyIndex(headers, definition) !== null && isAskedFor(definition.id),
  );
}

/**
 * The tables of an audit, by id: those given, the list itself where it is one, and the change log and the latest of the
 * earlier exports where they name deals.
 * @throws FunnelintError `tables/no-key` for a table that neither names others nor can be named
 */
export function linkTables(sources: TableSources, ruleset: Ruleset): Map<string, LinkedTable> {
  const { given, list, deals, log, previous } = sources;
  const linked = new Map(given.map(({ id, sheet }) => [id, linkTable(id, sheet, deals, ruleset)]));
  const headers = list.headers.map(({ text }) => text);
  for (const { id } of tablesOfList(headers, ruleset)) {
    if (!linked.has(id)) linked.set(id, linkTable(id, list, deals, ruleset));
  }
  const ofLog = log === null ? null : linkLog(log, ruleset);
  if (ofLog !== null) linked.set('history', ofLog);
  const ofPrevious = previous === null ? null : linkPrevious(previous, ruleset);
  if (ofPrevious !== null) linked.set('previous', ofPrevious);
  return linked;
}

function linkTable(id: string, sheet: Sheet, deals: ReadonlyMap<string, Column>, ruleset: Ruleset): LinkedTable {
  const definition = ruleset.tables.find((table) => table.id === id) ?? {
    id,
    label: { en: id, zh: id },
    key: [],
    file: null,
    fields: [],
    of: null,
    order: null,
    isList: false,
  };
  const { fields, of, order } = definition;
  const headers = sheet.headers.map(({ text }) => text);
  const columns = typedColumns(sheet, mapHeaders(headers, fields), ruleset);
  const key = keyColumn(sheet, headers, definition, ruleset);
  const names = of === null ? undefined : columns.get(of);
  if (key === null && names === undefined) throw noKey(sheet, definition);
  const linked = names === undefined ? null : { columns: [names], fields: [dealFieldOf(names, deals)] };
  return { sheet, fields, columns, key, of: linked, order: columns.get(order ?? '') ?? null };
}

function keyColumn(
  sheet: Sheet,
  headers: readonly string[],
  definition: TableDefinition,
  ruleset: Ruleset,
): Column | null {
  const position = sheet.headers[keyIndex(headers, definition) ?? -1]?.position;
  const raw = sheet.columns.find((column) => column.position === position);
  if (raw === undefined) return null;
  return typedColumn(raw, { id: definition.id, type: 'text', confidence: 1 }, sheet, ruleset);
}

function noKey({ file }: Sheet, { id, key, fields, of }: TableDefinition): FunnelintError {
  const known = (of === null ? key : (fields.find((field) => field.id === of)?.columns ?? [])).slice(0, 5).join(', ');
  if (of === null) return new FunnelintError('tables/no-key', { file, table: id, known });
  return new FunnelintError('tables/no-deal', { file, table: id, field: of, known });
}

/** The change log names deals by their id, else by their name. */
function linkLog({ sheet, columns }: TypedSheet, { historyFields }: Ruleset): LinkedTable | null {
  const id = columns.get('deal_id');
  const column = id ?? columns.get('deal_name');
  if (column === undefined) return null;
  const of = { columns: [column], fields: [id === undefined ? 'name' : 'id'] };
  return { sheet, fields: historyFields, columns, key: id ?? null, of, order: columns.get('changed_at') ?? null };
}

function linkPrevious({ sheet, columns }: TypedSheet, { source, fields }: Ruleset): LinkedTable | null {
  const key = source.key.flatMap((field) => columns.get(field) ?? []);
  if (key.length < source.key.length) return null;
  return { sheet, fields, columns, key: key[0] ?? null, of: { columns: key, fields: source.key }, order: null };
}
