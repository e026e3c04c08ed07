import { CHANGE_FIELDS } from '../ruleset/expression/figures.ts';
import type { FigureFunction } from './define.ts';
import { unknownFigure } from './rate.ts';

/**
 * Days from the newest change in the file to the as-of day; unknown where no deal has a readable date. Dates after the
 * as-of day are plans or mistakes and make no file newer.
 */
export const dataAge: FigureFunction = (_args, { dataset, select }) => {
  let newest = Number.NEGATIVE_INFINITY;
  let dated = 0;
  const columns = CHANGE_FIELDS.flatMap((field) => dataset.columns.get(field) ?? []);
  for (let row = 0; row < select.length; row += 1) {
    if (select[row] !== 1) continue;
    let known = false;
    for (const { codes, numbers } of columns) {
      const day = numbers[codes[row] as number] as number;
      if (!(day <= dataset.asOfDay)) continue;
      known = true;
      if (day > newest) newest = day;
    }
    if (known) dated += 1;
  }
  const figure = unknownFigure('days', 'snapshot', dated);
  return dated === 0 ? figure : { ...figure, value: dataset.asOfDay - newest };
};
