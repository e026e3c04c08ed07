import { numberAt } from '../../dataset/cells.ts';
import type { Column, Dataset } from '../../dataset/dataset.ts';
import { DAY_MILLIS } from '../../dataset/values/calendar.ts';
import { CHANGE_FIELDS } from '../../ruleset/expression/figures.ts';
import type { FigureFunction } from '../define.ts';
import { unknownFigure } from '../rate.ts';

/** The newest day of a deal up to the as-of day, -Infinity where it has none. */
function newestDay(columns: readonly Column[], row: number, asOfDay: number): number {
  let newest = Number.NEGATIVE_INFINITY;
  for (let column = 0; column < columns.length; column += 1) {
    const day = numberAt(columns[column], row);
    if (day <= asOfDay && day > newest) newest = day;
  }
  return newest;
}

/** The newest day of the change log up to the as-of day; journeys rebuilt from exports are dated by the exports. */
function newestChange({ journeys, asOfDay }: Dataset): number {
  let newest = Number.NEGATIVE_INFINITY;
  if (journeys === null || journeys.from === 'snapshots') return newest;
  for (const millis of journeys.start) {
    const day = Math.floor(millis / DAY_MILLIS);
    if (day <= asOfDay && day > newest) newest = day;
  }
  return newest;
}

/**
 * Days from the newest change in the file or its change log to the as-of day; unknown where no deal has a readable
 * date. Dates after the as-of day are plans or mistakes and make no file newer.
 */
export const dataAge: FigureFunction = (_args, { dataset, select }) => {
  const columns = CHANGE_FIELDS.flatMap((field) => dataset.columns.get(field) ?? []);
  let newest = newestChange(dataset);
  let dated = 0;
  for (let row = 0; row < select.length; row += 1) {
    const day = select[row] === 1 ? newestDay(columns, row, dataset.asOfDay) : Number.NEGATIVE_INFINITY;
    if (day === Number.NEGATIVE_INFINITY) continue;
    dated += 1;
    if (day > newest) newest = day;
  }
  const figure = unknownFigure('days', 'snapshot', dated);
  return dated === 0 ? figure : { ...figure, value: dataset.asOfDay - newest };
};
