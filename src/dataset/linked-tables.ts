import { FunnelintError } from '../errors.ts';
import type { Ruleset, TableDefinition } from '../ruleset/ruleset.ts';
import type { Sheet } from '../source/sheet.ts';
import { mapHeaders } from './columns/mapping.ts';
import type { Column, LinkedTable } from './dataset.ts';
import { typedColumn } from './typed-columns.ts';

/** A table that was read for the rules to look deals up in. */
export interface TableSheet {
  readonly id: string;
  readonly sheet: Sheet;
}

/** Index of the column by which deals name a row of a table, null where it has none of the known headers. */
export function keyIndex(headers: readonly string[], { id, label, key }: TableDefinition): number | null {
  const field = { id, label, columns: key, type: 'text', optional: false, sensitive: false } as const;
  return mapHeaders(headers, [field])[0]?.index ?? null;
}

/**
 * The tables that deals refer to, by id; the change log is one of them where it names deals by id.
 * @throws FunnelintError `tables/no-key` for a table without a column that deals could name
 */
export function linkTables(
  tables: readonly TableSheet[],
  log: { readonly sheet: Sheet; readonly columns: ReadonlyMap<string, Column> } | null,
  ruleset: Ruleset,
): ReadonlyMap<string, LinkedTable> {
  const linked = new Map(tables.map(({ id, sheet }) => [id, linkTable(id, sheet, ruleset)]));
  const key = log?.columns.get('deal_id');
  if (log !== null && key !== undefined) linked.set('history', { sheet: log.sheet, key });
  return linked;
}

function linkTable(id: string, sheet: Sheet, ruleset: Ruleset): LinkedTable {
  const definition = ruleset.tables.find((table) => table.id === id) ?? {
    id,
    label: { en: id, zh: id },
    key: [],
    file: null,
    fields: [],
    of: null,
    isList: false,
  };
  const index = keyIndex(
    sheet.headers.map(({ text }) => text),
    definition,
  );
  const position = sheet.headers[index ?? -1]?.position;
  const raw = sheet.columns.find((column) => column.position === position);
  if (raw === undefined) {
    const known = definition.key.slice(0, 5).join(', ');
    throw new FunnelintError('tables/no-key', { file: sheet.file, table: id, known });
  }
  return { sheet, key: typedColumn(raw, { id, type: 'text', confidence: 1 }, sheet, ruleset) };
}
