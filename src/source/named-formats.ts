import { type FormatParts, formatParts } from './excel-date.ts';

const PLAIN: FormatParts = { date: false, time: false, percent: false };

/** Formats that have names in XML spreadsheets and in pages that Excel saved. */
const NAMED: ReadonlyMap<string, FormatParts> = new Map([
  ...['general', 'general number', 'currency', 'euro currency', 'fixed', 'standard', 'scientific'].map(
    (name) => [name, PLAIN] as const,
  ),
  ...['yes/no', 'true/false', 'on/off'].map((name) => [name, PLAIN] as const),
  ...['long date', 'medium date', 'short date'].map((name) => [name, { ...PLAIN, date: true }] as const),
  ...['long time', 'medium time', 'short time'].map((name) => [name, { ...PLAIN, time: true }] as const),
  ['general date', { ...PLAIN, date: true, time: true }],
  ['percent', { ...PLAIN, percent: true }],
]);

/** What a number format shows, whether it is written out or named. */
export function namedFormatParts(format: string): FormatParts {
  return NAMED.get(format.trim().toLowerCase()) ?? formatParts(format);
}
