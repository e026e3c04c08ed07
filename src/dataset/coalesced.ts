import { NO_CELL, type RawColumn } from '../source/sheet.ts';
import { isMissing } from './values/placeholder.ts';

/** One column out of several: of each row the first cell that is filled. It stands where the first column does. */
export function coalesced(columns: readonly RawColumn[], missing: ReadonlySet<string>): RawColumn {
  const [first, ...others] = columns as [RawColumn, ...RawColumn[]];
  if (others.length === 0) return first;
  const codeOf = new Map<string, number>();
  const recoded = columns.map(({ values }) => {
    const newCodes = new Int32Array(values.length).fill(NO_CELL);
    for (let code = 0; code < newCodes.length; code++) {
      const text = values.at(code)!;
      if (isMissing(text, missing)) continue;
      newCodes[code] = codeOf.get(text) ?? codeOf.size;
      codeOf.set(text, newCodes[code]!);
    }
    return newCodes;
  });
  const codes = new Int32Array(first.codes.length).fill(NO_CELL);
  for (const [index, column] of columns.entries()) {
    for (let row = 0; row < codes.length; row++) {
      const code = column.codes[row] as number;
      if (codes[row] === NO_CELL && code !== NO_CELL) codes[row] = recoded[index]?.[code] ?? NO_CELL;
    }
  }
  return { ...first, codes, values: [...codeOf.keys()] };
}
