import type { Column } from './dataset.ts';
import { PRESENT } from './dataset.ts';
import { visitBytes } from './text-bytes.ts';
import { findNumber, numberOf, startTextNumbers } from './text-numbers.ts';

const SHORT_ID = 15;
const LONG_ID = 18;

/** Salesforce writes one id with 15 or 18 characters; the first 15 are the same, and case counts. */
export function joinKey(id: string): string {
  return id.length === LONG_ID && /^[0-9A-Za-z]{18}$/.test(id) ? id.slice(0, SHORT_ID) : id;
}

function isLetterOrDigit(byte: number): boolean {
  const lower = byte | 0x20;
  return (byte >= 0x30 && byte <= 0x39) || (lower >= 0x61 && lower <= 0x7a);
}

/** Where the `joinKey` of the text from `start` to before `end` ends; it begins where the text does. */
export function joinKeyEnd(bytes: Uint8Array, start: number, end: number): number {
  if (end - start !== LONG_ID) return end;
  let at = start;
  while (at < end && isLetterOrDigit(bytes[at]!)) at++;
  return at === end ? start + SHORT_ID : end;
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
  const keys = startTextNumbers(deals.texts.length);
  const rowOfKey = new Int32Array(deals.texts.length).fill(deals.codes.length);
  visitBytes(deals.texts, (code, bytes, start, end) => {
    const row = rowOfCode[code]!;
    if (deals.state[code] !== PRESENT || row < 0) return;
    const key = numberOf(keys, bytes, start, joinKeyEnd(bytes, start, end));
    if (row < rowOfKey[key]!) rowOfKey[key] = row;
  });
  const target = new Int32Array(other.texts.length).fill(-1);
  visitBytes(other.texts, (code, bytes, start, end) => {
    if (other.state[code] !== PRESENT) return;
    const key = findNumber(keys, bytes, start, joinKeyEnd(bytes, start, end));
    if (key >= 0) target[code] = rowOfKey[key]!;
  });
  const rows = new Int32Array(other.codes.length);
  for (let row = 0; row < rows.length; row++) rows[row] = target[other.codes[row]!]!;
  return rows;
}
