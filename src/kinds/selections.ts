import type { Dataset } from '../dataset/dataset.ts';
import { evaluatePredicate } from '../dataset/predicate.ts';
import { visitBlocks } from '../dataset/row-blocks.ts';
import type { Rule } from '../ruleset/ruleset.ts';

/** The deals that a rule is about. */
export interface Selection {
  /** One a row: 1 where `where` picks the deal. Rules share it: it is never to be changed. */
  readonly selected: Uint8Array;
  /** Deals that `where` did not pick. */
  readonly filteredOut: number;
}

/** Finds what `where` of a rule picks; a deal for which it is unknown is not picked, and counts as filtered out. */
export type SelectionOf = (rule: Rule, dataset: Dataset) => Selection;

function select({ where }: Rule, dataset: Dataset): Selection {
  if (where === null) return { selected: new Uint8Array(dataset.rowCount).fill(1), filteredOut: 0 };
  const picked = evaluatePredicate(where.expression, dataset);
  let count = 0;
  visitBlocks(picked.length, (from, to) => {
    for (let row = from; row < to; row++) {
      const isPicked = Number(picked[row] === 1);
      picked[row] = isPicked;
      count += isPicked;
    }
  });
  return { selected: new Uint8Array(picked.buffer), filteredOut: picked.length - count };
}

/** Selections for one run of the rules: what several of them say in `where` is decided once. */
export function createSelections(): SelectionOf {
  const bySource = new WeakMap<Dataset, Map<string | null, Selection>>();
  return (rule, dataset) => {
    const known = bySource.get(dataset) ?? new Map<string | null, Selection>();
    bySource.set(dataset, known);
    const source = rule.where?.source ?? null;
    const selection = known.get(source) ?? select(rule, dataset);
    known.set(source, selection);
    return selection;
  };
}
