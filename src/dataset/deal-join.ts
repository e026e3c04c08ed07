import type { Column } from './dataset.ts';
import { PRESENT } from './dataset.ts';

const SHORT_ID = 15;
const LONG_ID = 18;

/** Salesforce writes one id with 15 or 18 characters; the first 15 are the same, and case counts. */
export function joinKey(id: string): string {
  return id.length === LONG_ID && /^[0-9A-Za-z]{18}$/.test(id) ? id.slice(0, SHORT_ID) : id;
}

// Journeys, field changes and every earlier export ask for the same join; columns never change once they are typed.
const joined = new WeakMap<Column, WeakMap<Column, Int32Array>>();

/**
 * Dataset row of each row of another sheet, -1 where the table has no such deal. Of deals with the same key the first
 * one is joined. Each distinct key is looked up once, and two columns are joined once.
 */
export function joinDeals(deals: Column, other: Column): Int32Array {
  const ofDeals = joined.get(deals) ?? new WeakMap<Column, Int32Array>();
  joined.set(deals, ofDeals);
  const rows = ofDeals.get(other) ?? joinColumns(deals, other);
  ofDeals.set(other, rows);
  return rows;
}

function joinColumns(deals: Column, other: Column): Int32Array {
  const rowOfCode = new Int32Array(deals.texts.length).fill(-1);
  for (let row = deals.codes.length - 1; row >= 0; row--) rowOfCode[deals.codes[row] as number] = row;
  const rowOfKey = new Map<string, number>();
  for (let code = 0; code < rowOfCode.length; code++) {
    const row = rowOfCode[code]!;
    if (deals.state[code] !== PRESENT || row < 0) continue;
    const key = joinKey(deals.texts.at(code)!);
    const known = rowOfKey.get(key);
    if (known === undefined || row < known) rowOfKey.set(key, row);
  }
  const target = new Int32Array(other.texts.length).fill(-1);
  for (let code = 0; code < target.length; code++) {
    if (other.state[code] === PRESENT) target[code] = rowOfKey.get(joinKey(other.texts.at(code)!)) ?? -1;
  }
  const rows = new Int32Array(other.codes.length);
  for (let row = 0; row < rows.length; row++) rows[row] = target[other.codes[row]!]!;
  return rows;
}
