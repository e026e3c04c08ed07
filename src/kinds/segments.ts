import { type Dataset, PRESENT } from '../dataset/dataset.ts';
import type { Rule } from '../ruleset/ruleset.ts';

/** The deals by the value of a field: each row has the number of its segment. */
export interface Segments {
  /** In code-unit order, null (no value) last. */
  readonly names: readonly (string | null)[];
  readonly ofRow: Int32Array;
}

function byName(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a < b ? -1 : Number(a > b);
}

/** The segments of a rule with `per:`, null for a rule without. */
export function segmentsOf(rule: Rule, dataset: Dataset): Segments | null {
  const column = rule.per === null ? undefined : dataset.columns.get(rule.per);
  if (column === undefined) return null;
  const { codes, texts, state } = column;
  const used = new Uint8Array(texts.length);
  for (let row = 0; row < codes.length; row++) used[codes[row] as number] = 1;
  const nameOfCode: (string | null)[] = new Array(texts.length).fill(null);
  for (let code = 0; code < texts.length; code++) {
    if (used[code] === 1 && state[code] === PRESENT) nameOfCode[code] = texts.at(code) as string;
  }
  const names = [...new Set(nameOfCode.filter((_, code) => used[code] === 1))].sort(byName);
  const numberOf = new Map(names.map((name, number) => [name, number]));
  const ofCode = Int32Array.from(nameOfCode, (name) => numberOf.get(name) ?? -1);
  const ofRow = new Int32Array(codes.length);
  for (let row = 0; row < codes.length; row++) ofRow[row] = ofCode[codes[row] as number] as number;
  return { names, ofRow };
}
