import type { Expression } from '../../ruleset/expression/expression.ts';
import { operandsOf } from '../../ruleset/expression/operands.ts';
import type { Dataset } from '../dataset.ts';
import { currencyOfRows } from '../row-currencies.ts';
import { joinTable } from '../view-join.ts';
import { pickedKeys } from './picked-keys.ts';
import type { WholeEvaluation } from './whole.ts';

/** The first part of an amount that says which currency it is in. */
function moneyLeaf(expression: Expression): Expression | null {
  if (expression.type === 'money' && (expression.op === 'field' || expression.op === 'aggregate')) return expression;
  for (const operand of operandsOf(expression)) {
    const found = moneyLeaf(operand);
    if (found !== null) return found;
  }
  return null;
}

/** A number for the currency of an amount in each row: the same for the same currency, -1 where it has none. */
export function currencyCodes(expression: Expression, dataset: Dataset, whole: WholeEvaluation): Int32Array {
  const { rowCount, columns, ruleset } = dataset;
  const leaf = moneyLeaf(expression);
  if (leaf?.op === 'field') return Int32Array.from(currencyOfRows(columns, rowCount, ruleset, leaf.field).currency);
  const none = new Int32Array(rowCount).fill(-1);
  if (leaf?.op !== 'aggregate' || leaf.value === null) return none;
  const join = joinTable(dataset, leaf.table);
  if (join === null) return none;
  const inner = currencyCodes(leaf.value, join.table, whole);
  const picked = pickedKeys(join, leaf.condition, whole);
  const ofKey = new Int32Array(join.keys).fill(-1);
  for (let row = picked.length - 1; row >= 0; row -= 1) if (picked[row]! >= 0) ofKey[picked[row]!] = inner[row]!;
  return join.ofRow.map((key) => ofKey[key] ?? -1);
}
