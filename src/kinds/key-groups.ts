import { type Column, PRESENT } from '../dataset/dataset.ts';

/** Group of a row whose key has a missing part, and of one whose key is certain to be its own. */
export const MISSING_PART = -1;
const ALONE = -2;

/** Value by which cells are compared: two spellings of one number or day do not hide a duplicate. */
function comparedValue({ type, state, numbers }: Column, code: number): number | string {
  if (type === 'text') return code;
  // What cannot be read is like nothing but itself.
  return state[code] === PRESENT ? (numbers[code] as number) : `${code}`;
}

/** For each code the first code with the same value. */
function canonicalCodes(column: Column): Int32Array {
  const canonical = new Int32Array(column.texts.length);
  const firstOfValue = new Map<number | string, number>();
  for (let code = 0; code < canonical.length; code++) {
    canonical[code] = code;
    if (column.type === 'text' || column.state[code] !== PRESENT) continue;
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
  const sizes = new Int32Array(texts.length);
  for (let row = 0; row < codes.length; row++) {
    if (selected[row] === 1) sizes[canonical[codes[row] as number] as number]!++;
  }
  const group = new Int32Array(codes.length).fill(MISSING_PART);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number;
    if (selected[row] === 0 || state[code] !== PRESENT) continue;
    const first = canonical[code] as number;
    group[row] = (sizes[first] as number) > 1 ? first : ALONE;
  }
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
  for (let row = 0; row < group.length; row++) {
    const before = group[row] as number;
    if (before === MISSING_PART) continue;
    const code = codes[row] as number;
    const isMissing = state[code] !== PRESENT;
    if (isMissing && missing === 'leaves') {
      group[row] = MISSING_PART;
      continue;
    }
    if (before === ALONE) continue;
    const within = numbers.get(before) ?? new Map<number | string | null, number>();
    numbers.set(before, within);
    const value = isMissing ? null : comparedValue(column, code);
    const number = within.get(value) ?? next++;
    within.set(value, number);
    group[row] = number;
  }
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
