import type { Ruleset } from '../ruleset/ruleset.ts';
import type { Notice, Sheet } from '../source/sheet.ts';
import { mapHeaders } from './columns/mapping.ts';

/** Fields that only a change log has, each with what must stand beside it. */
const TELLING: readonly (readonly string[])[] = [
  ['from_stage', 'changed_at'],
  ['field', 'new_value', 'changed_at'],
];

/** A notice where a list of deals has the columns of a change log, in which each deal stands once for every change. */
export function logNotices({ headers, headerLine }: Sheet, { historyFields }: Ruleset): Notice[] {
  const mapped = mapHeaders(
    headers.map(({ text }) => text),
    historyFields,
  );
  const found = new Map(mapped.map(({ field, header }) => [field, header]));
  const named = found.has('deal_id') || found.has('deal_name');
  const telling = TELLING.find((fields) => fields.every((field) => found.has(field)));
  if (!named || telling === undefined) return [];
  const columns = { list: telling.map((field) => found.get(field) ?? field) };
  return [{ code: 'table/looks-like-log', args: { columns }, line: headerLine, cell: null }];
}
