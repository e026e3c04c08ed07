import { type FormatParts, serialDateText } from '../excel-date.ts';

const SECONDS_PER_DAY = 86_400;
const DATE: FormatParts = { date: true, time: false, percent: false };
const TIME: FormatParts = { date: false, time: true, percent: false };
/** A lifetime of days; more of them are no list of deals. */
const MOST_DAYS = 40_000;

/** The same as `serialDateText`, for one workbook. */
export type DateTexts = (serial: number, date1904: boolean, format: FormatParts) => string;

/** Points in time hardly come twice, but their days and their times of day do, and are computed at some cost. */
export function startDateTexts(): DateTexts {
  const days = new Map<number, string>();
  const times: (string | undefined)[] = [];
  return (serial, date1904, format) => {
    if (!format.date) return serialDateText(serial, date1904, format);
    const seconds = Math.round(serial * SECONDS_PER_DAY);
    const day = Math.floor(seconds / SECONDS_PER_DAY);
    let date = days.get(day);
    if (date === undefined) {
      date = serialDateText(day, date1904, DATE);
      if (days.size < MOST_DAYS) days.set(day, date);
    }
    if (!format.time) return date;
    const second = seconds - day * SECONDS_PER_DAY;
    times[second] ??= `T${serialDateText(second / SECONDS_PER_DAY, date1904, TIME)}`;
    return date + times[second];
  };
}
