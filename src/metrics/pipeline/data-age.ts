import type { Column, Dataset } from '../../dataset/dataset.ts';
import { DAY_MILLIS } from '../../dataset/values/calendar.ts';
import { CHANGE_FIELDS } from '../../ruleset/expression/figures.ts';
import type { FigureFunction } from '../define.ts';
import { unknownFigure } from '../rate.ts';

/** The newest day of a column in the selected deals up to the as-of day, -Infinity for none; marks the deals with one. */
function newestDay({ codes, numbers }: Column, select: Uint8Array, asOfDay: number, isDated: Uint8Array): number {
  let newest = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < select.length; row += 1) {
    const day = numbers[codes[row]!]!;
    if (select[row] !== 1 || !(day <= asOfDay)) continue;
    isDated[row] = 1;
    if (day > newest) newest = day;
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
  const isDated = new Uint8Array(select.length);
  const days = columns.map((column) => newestDay(column, select, dataset.asOfDay, isDated));
  const newest = Math.max(newestChange(dataset), ...days);
  let dated = 0;
  for (let row = 0; row < isDated.length; row += 1) dated += isDated[row]!;
  const figure = unknownFigure('days', 'snapshot', dated);
  return dated === 0 ? figure : { ...figure, value: dataset.asOfDay - newest };
};
