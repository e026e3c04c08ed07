import type { Expression } from '../../ruleset/expression/expression.ts';
import type { Join } from '../view-join.ts';
import { TRUE } from './sources.ts';
import type { WholeEvaluation } from './whole.ts';

/** Key of each row of the table that the condition picks, -1 for the others; one that is unknown is not picked. */
export function pickedKeys(join: Join, condition: Expression | null, whole: WholeEvaluation): Int32Array {
  if (condition === null) return join.ofTableRow;
  const holds = whole.truths(condition, join.table);
  const picked = Int32Array.from(join.ofTableRow);
  for (let row = 0; row < picked.length; row += 1) if (holds[row] !== TRUE) picked[row] = -1;
  return picked;
}
