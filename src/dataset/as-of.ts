import { fileName } from '../i18n/file-name.ts';
import { DAY_MILLIS, dayOf } from './values/calendar.ts';

const CALENDAR_DATE = /(?<!\d)(20\d{2})[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?=\D|\d{6}(?!\d)|$)/g;
const EPOCH_MILLIS = /(?<!\d)(1[4-9]\d{11})(?!\d)/;

/**
 * Day number of the date in the name of an export: `report1642777476321.csv` (epoch milliseconds),
 * `Deals_2026_05_28.csv`, `…_20260501103000.xlsx`. Null when there is none or more than one.
 */
export function dateInFileName(path: string): number | null {
  const name = fileName(path);
  const epoch = EPOCH_MILLIS.exec(name);
  if (epoch !== null) return Math.floor(Number(epoch[1]) / DAY_MILLIS);
  const days = [...name.matchAll(CALENDAR_DATE)].map(([, year, month, day]) =>
    dayOf(Number(year), Number(month), Number(day)),
  );
  const [first] = days;
  return days.length === 1 && first !== undefined && !Number.isNaN(first) ? first : null;
}
