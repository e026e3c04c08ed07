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
  const nameOfCode = column.texts.map((text, code) => (column.state[code] === PRESENT ? text : null));
  const used = new Uint8Array(nameOfCode.length);
  for (const code of column.codes) used[code] = 1;
  const names = [...new Set(nameOfCode.filter((_, code) => used[code] === 1))].sort(byName);
  const numberOf = new Map(names.map((name, number) => [name, number]));
  const ofCode = Int32Array.from(nameOfCode, (name) => numberOf.get(name) ?? -1);
  return { names, ofRow: column.codes.map((code) => ofCode[code] as number) };
}
