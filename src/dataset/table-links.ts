import type { Notice } from '../source/sheet.ts';
import { type Column, type LinkedTable, PRESENT } from './dataset.ts';
import { joinKeyEnd } from './deal-join.ts';
import { visitBytes } from './text-bytes.ts';
import { findNumber, numberOf, startTextNumbers, type TextNumbers } from './text-numbers.ts';

function keysOf({ texts, state }: Column): TextNumbers {
  const keys = startTextNumbers(texts.length);
  visitBytes(texts, (code, bytes, start, end) => {
    if (state[code] === PRESENT) numberOf(keys, bytes, start, joinKeyEnd(bytes, start, end));
  });
  return keys;
}

function hasAnyOf(column: Column | undefined, keys: TextNumbers): boolean {
  if (column === undefined) return false;
  const { texts, state } = column;
  let isFound = false;
  visitBytes(texts, (code, bytes, start, end) => {
    if (isFound || state[code] !== PRESENT) return;
    isFound = findNumber(keys, bytes, start, joinKeyEnd(bytes, start, end)) >= 0;
  });
  return isFound;
}

/** Which field of the deals the rows of a table name: their id, or, where not one id is there, their name. */
export function dealFieldOf(names: Column, deals: ReadonlyMap<string, Column>): 'id' | 'name' {
  const keys = keysOf(names);
  return !hasAnyOf(deals.get('id'), keys) && hasAnyOf(deals.get('name'), keys) ? 'name' : 'id';
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
  const isJoined = [deals.get(field), ...others].some((column) => hasAnyOf(column, keys));
  return keys.count === 0 || isJoined ? [] : [say('tables/no-match')];
}
