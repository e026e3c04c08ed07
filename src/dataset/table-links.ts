import type { Notice } from '../source/sheet.ts';
import { type Column, type LinkedTable, PRESENT } from './dataset.ts';
import { joinKey } from './deal-join.ts';

function keysOf({ texts, state }: Column): string[] {
  return texts.filter((_, code) => state[code] === PRESENT).map(joinKey);
}

function countShared(names: readonly string[], column: Column | undefined): number {
  if (column === undefined) return 0;
  const known = new Set(keysOf(column));
  return names.filter((name) => known.has(name)).length;
}

/** Which field of the deals the rows of a table name: their id, or, where not one id is there, their name. */
export function dealFieldOf(names: Column, deals: ReadonlyMap<string, Column>): 'id' | 'name' {
  const keys = keysOf(names);
  return countShared(keys, deals.get('id')) === 0 && countShared(keys, deals.get('name')) > 0 ? 'name' : 'id';
}

/**
 * What is to be said of how a table was joined: by names, of which two deals may share one, or not at all. `others` are
 * the keys of the other tables, whose rows it may name instead.
 */
export function linkNotices(
  table: string,
  { of }: LinkedTable,
  deals: ReadonlyMap<string, Column>,
  others: readonly Column[],
): readonly Notice[] {
  const [names, field] = [of?.columns[0], of?.fields[0]];
  if (names === undefined || field === undefined) return [];
  const say = (code: string): Notice => ({ code, args: { table, header: names.header }, line: null, cell: null });
  if (field === 'name') return [say('tables/by-name')];
  const keys = keysOf(names);
  const isJoined = [deals.get(field), ...others].some((column) => countShared(keys, column) > 0);
  return keys.length === 0 || isJoined ? [] : [say('tables/no-match')];
}
