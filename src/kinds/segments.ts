import { type Dataset, PRESENT } from '../dataset/dataset.ts';
import type { Rule } from '../ruleset/ruleset.ts';

export interface Segment {
  /** Value of the field, null for the deals without one. */
  readonly segment: string | null;
  readonly mask: Uint8Array;
}

/** The segments of a rule with `per:`, in code-unit order of their names, deals without a value last; else none. */
export function segmentsOf(rule: Rule, dataset: Dataset): readonly Segment[] {
  const column = rule.per === null ? undefined : dataset.columns.get(rule.per);
  if (column === undefined) return [];
  const masks = new Map<string | null, Uint8Array>();
  const maskOfCode = column.texts.map((text, code) => {
    const name = column.state[code] === PRESENT ? text : null;
    let mask = masks.get(name);
    if (mask === undefined) {
      mask = new Uint8Array(dataset.rowCount);
      masks.set(name, mask);
    }
    return mask;
  });
  for (let row = 0; row < dataset.rowCount; row++) (maskOfCode[column.codes[row] as number] as Uint8Array)[row] = 1;
  return [...masks]
    .map(([segment, mask]) => ({ segment, mask }))
    .filter(({ mask }) => mask.includes(1))
    .sort(
      (a, b) =>
        Number(a.segment === null) - Number(b.segment === null) || ((a.segment ?? '') < (b.segment ?? '') ? -1 : 1),
    );
}
