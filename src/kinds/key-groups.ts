import { type Column, PRESENT } from '../dataset/dataset.ts';
import { visitBlocks } from '../dataset/row-blocks.ts';

/** Group of a row whose key has a missing part, and of one whose key is certain to be its own. */
export const MISSING_PART = -1;
const ALONE = -2;

/** Value by which cells are compared: two spellings of one number or day do not hide a duplicate. */
function comparedValue({ type, state, numbers }: Column, code: number): number | string {
  if (type === 'text') return code;
  // What cannot be read is like nothing but itself.
  return state[code] === PRESENT ? (numbers[code] as number) : `${code}`;
}

/** For each code the first code with the same value; null where each is the only one, as in a text column. */
function canonicalCodes(column: Column): Int32Array | null {
  if (column.type === 'text') return null;
  const canonical = new Int32Array(column.texts.length);
  const firstOfValue = new Map<number | string, number>();
  for (let code = 0; code < canonical.length; code++) {
    canonical[code] = code;
    if (column.state[code] !== PRESENT) continue;
    const value = comparedValue(column, code);
    const first = firstOfValue.get(value) ?? code;
    firstOfValue.set(value, first);
    canonical[code] = first;
  }
  return canonical;
}

/** Groups by one column: the code of the first spelling of a value that several rows have, else `ALONE`. */
function groupByFirst(column: Column, selected: Uint8Array): Int32Array {
  const { codes, state, texts } = column;
  const canonical = canonicalCodes(column);
  const group = new Int32Array(codes.length);
  /** Of each value 0, 1, or 2 for several rows. */
  const rowsOf = new Uint8Array(texts.length);
  visitBlocks(codes.length, (from, to) => {
    for (let row = from; row < to; row++) {
      const code = codes[row]!;
      if (selected[row] === 0 || state[code] !== PRESENT) {
        group[row] = MISSING_PART;
        continue;
      }
      const first = canonical === null ? code : canonical[code]!;
      group[row] = first;
      if (rowsOf[first]! < 2) rowsOf[first]! += 1;
    }
  });
  visitBlocks(codes.length, (from, to) => {
    for (let row = from; row < to; row++) {
      const first = group[row]!;
      if (first >= 0 && rowsOf[first] === 1) group[row] = ALONE;
    }
  });
  return group;
}

/**
 * Splits the groups by another column; pairs of group and value are numbered. Rows that stand alone stay alone. A
 * missing cell takes its row out of all groups, or is a value like others where `missing` says so.
 */
export function splitBy(column: Column, group: Int32Array, missing: 'leaves' | 'is a value'): void {
  const { codes, state } = column;
  const numbers = new Map<number, Map<number | string | null, number>>();
  let next = 0;
  const numberOf = (before: number, code: number): number => {
    const within = numbers.get(before) ?? new Map<number | string | null, number>();
    numbers.set(before, within);
    const value = state[code] === PRESENT ? comparedValue(column, code) : null;
    const number = within.get(value) ?? next++;
    within.set(value, number);
    return number;
  };
  const leaves = missing === 'leaves';
  visitBlocks(group.length, (from, to) => {
    for (let row = from; row < to; row++) {
      const before = group[row]!;
      if (before === MISSING_PART) continue;
      const code = codes[row]!;
      if (leaves && state[code] !== PRESENT) group[row] = MISSING_PART;
      else if (before !== ALONE) group[row] = numberOf(before, code);
    }
  });
}

/**
 * Group of each row by its whole key. The column with most distinct values goes first: most rows then stand alone and
 * are not looked at again.
 */
export function groupRows(columns: readonly Column[], selected: Uint8Array): Int32Array {
  const [first, ...others] = [...columns].sort((a, b) => b.texts.length - a.texts.length);
  if (first === undefined) return new Int32Array(selected.length).fill(MISSING_PART);
  const group = groupByFirst(first, selected);
  for (const column of others) splitBy(column, group, 'leaves');
  return group;
}

/** Rows in each group, by its number; those that stand alone or have no whole key are in none. */
export function groupSizes(group: Int32Array): Int32Array {
  let last = -1;
  for (let row = 0; row < group.length; row++) if ((group[row] as number) > last) last = group[row] as number;
  const sizes = new Int32Array(last + 1);
  if (last < 0) return sizes;
  for (let row = 0; row < group.length; row++) {
    const number = group[row] as number;
    if (number >= 0) sizes[number]!++;
  }
  return sizes;
}

/** The rows of each group of several. */
export function membersOf(group: Int32Array, sizes: Int32Array): ReadonlyMap<number, number[]> {
  const members = new Map<number, number[]>();
  for (let row = 0; row < group.length; row++) {
    const number = group[row] as number;
    if (number < 0 || (sizes[number] as number) < 2) continue;
    const rows = members.get(number);
    if (rows === undefined) members.set(number, [row]);
    else rows.push(row);
  }
  return members;
}
