import type { EarlierExport } from '../dataset.ts';
import type { LogSheet } from './build-journeys.ts';
import { dayOfExport } from './build-snapshots.ts';

/** Earlier exports of which the day is known, oldest first. */
export function datedExports(earlier: readonly LogSheet[], asOfDay: number): readonly EarlierExport[] {
  return earlier
    .flatMap((sheet): EarlierExport[] => {
      const day = dayOfExport(sheet, asOfDay);
      return day === null ? [] : [{ day, columns: sheet.columns, rowCount: sheet.sheet.rowCount }];
    })
    .sort((a, b) => a.day - b.day);
}
