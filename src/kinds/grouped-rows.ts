/** Rows by their groups: those of group `n` are `rows[offsets[n] .. offsets[n + 1] - 1]`, in the order they came in. */
export interface GroupedRows {
  readonly offsets: Int32Array;
  readonly rows: Int32Array;
}

/** Puts some rows together by their groups, which are numbered from 0 to before `groups`. */
export function rowsByGroup(rows: Int32Array, groupOfRow: Int32Array, groups: number): GroupedRows {
  const offsets = new Int32Array(groups + 1);
  for (let at = 0; at < rows.length; at++) offsets[(groupOfRow[rows[at] as number] as number) + 1]!++;
  for (let group = 0; group < groups; group++) offsets[group + 1]! += offsets[group] as number;
  const next = offsets.slice();
  const grouped = new Int32Array(rows.length);
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as number;
    grouped[next[groupOfRow[row] as number]!++] = row;
  }
  return { offsets, rows: grouped };
}

/** The rows that have a 1, in order. */
export function markedRows(marks: Uint8Array): Int32Array {
  let count = 0;
  for (let row = 0; row < marks.length; row++) if (marks[row] === 1) count++;
  const rows = new Int32Array(count);
  for (let row = 0, next = 0; next < count; row++) if (marks[row] === 1) rows[next++] = row;
  return rows;
}
