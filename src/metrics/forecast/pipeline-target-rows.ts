import { textAt } from '../../dataset/cells.ts';
import type { Dataset } from '../../dataset/dataset.ts';
import type { HeldTarget } from '../../dataset/targets.ts';
import { foldWord } from '../../i18n/fold.ts';
import { allRows, rowsByCode, rowsWhere } from '../pipeline/pipeline-rows.ts';

/** The deals with one value of a field, however it is spelt. */
type RowsOfValue = (value: string) => Int32Array;

function byValue(dataset: Dataset, field: string): RowsOfValue {
  const column = dataset.columns.get(field);
  if (column === undefined) return () => new Int32Array();
  const rowsOfCode = rowsByCode(column);
  const codesOf = new Map<string, number[]>();
  for (const [code, text] of column.texts.entries()) {
    const word = foldWord(text);
    const codes = codesOf.get(word);
    if (codes === undefined) codesOf.set(word, [code]);
    else codes.push(code);
  }
  return (value) => {
    const [first, ...others] = (codesOf.get(foldWord(value)) ?? []).map(rowsOfCode);
    if (first === undefined || others.length === 0) return first ?? new Int32Array();
    return Int32Array.from([first, ...others].flatMap((rows) => Array.from(rows))).sort();
  };
}

/**
 * Finds the deals that targets are about: those with all values of a target, all deals for one that names none. The rows
 * are grouped once a field, so that a thousand owners with a target each cost one pass.
 */
export function targetRows(dataset: Dataset): (of: HeldTarget['of']) => Int32Array {
  const fields = new Map<string, RowsOfValue>();
  const rowsOf = (field: string, value: string): Int32Array => {
    const known = fields.get(field) ?? byValue(dataset, field);
    fields.set(field, known);
    return known(value);
  };
  return (of) => {
    const [first, ...others] = Object.entries(of);
    if (first === undefined) return allRows(dataset.rowCount);
    return others.reduce(
      (rows, [field, value]) => {
        const column = dataset.columns.get(field);
        const wanted = foldWord(value);
        return rowsWhere(rows, (row) => {
          const text = textAt(column, row);
          return text !== null && foldWord(text) === wanted;
        });
      },
      rowsOf(...first),
    );
  };
}
