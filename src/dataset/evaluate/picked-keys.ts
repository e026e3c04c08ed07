import type { Expression } from '../../ruleset/expression/expression.ts';
import type { Join } from '../view-join.ts';
import { dealsOf } from '../views.ts';
import { TRUE } from './sources.ts';
import type { WholeEvaluation } from './whole.ts';

const LOG = 'history';

// Rows of the change log after the day of the audit are not known on that day.
const KNOWN_KEYS = new WeakMap<Join, Int32Array>();

function knownKeys(join: Join): Int32Array {
  const { table, ofTableRow } = join;
  const dates = table.view?.table === LOG ? dealsOf(table).tables.get(LOG)?.order : null;
  if (dates === null || dates === undefined) return ofTableRow;
  const known =
    KNOWN_KEYS.get(join) ??
    ofTableRow.map((key, row) => ((dates.numbers[dates.codes[row] as number] as number) > table.asOfDay ? -1 : key));
  KNOWN_KEYS.set(join, known);
  return known;
}

/** Key of each row of the table that the condition picks, -1 for the others; one that is unknown is not picked. */
export function pickedKeys(join: Join, condition: Expression | null, whole: WholeEvaluation): Int32Array {
  const known = knownKeys(join);
  if (condition === null) return known;
  const holds = whole.truths(condition, join.table);
  const picked = Int32Array.from(known);
  for (let row = 0; row < picked.length; row += 1) if (holds[row] !== TRUE) picked[row] = -1;
  return picked;
}
