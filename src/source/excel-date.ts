const SECONDS_PER_DAY = 86_400;
/** Days from 1899-12-30, day 0 of the 1900 system from March 1900 on, to 1970-01-01. */
const UNIX_EPOCH_SERIAL = 25_569;
/** Days between the day 0 of the 1900 and the 1904 system. */
const DAYS_TO_1904 = 1462;
/** The 1900 system counts a 29 February 1900 that never was. */
const FIRST_SERIAL_AFTER_GAP = 61;

/** What a number format shows of a number. */
export interface FormatParts {
  readonly date: boolean;
  readonly time: boolean;
  readonly percent: boolean;
  /** Sign or ISO code of the currency that it shows; absent for none. */
  readonly currency?: string;
}

const QUOTED = /"[^"]*"|\\.|_.|\*./g;
const BRACKETED = /\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi;

/** Reads an Excel number format; its first section decides. */
export function formatParts(format: string): FormatParts {
  const bare = format.replace(QUOTED, '').replace(BRACKETED, '').split(';')[0] ?? '';
  if (/^general$/i.test(bare.trim())) return { date: false, time: false, percent: false };
  const time = /[hs]|am\/pm/i.test(bare);
  const date = /[yd]/i.test(bare) || (!time && /m/i.test(bare));
  const percent = bare.includes('%');
  const currency = date || time || percent ? null : shownCurrency(format);
  return { date, time, percent, ...(currency === null ? {} : { currency }) };
}

const SIGN = /^(?:(?:US|HK|NT|AU|CA|NZ|R)?\$|[€£¥￥₩₹₽฿₫₺])$/;
/** What a format shows as it stands: `[$€-407]`, `"USD"`, `\$`, or a bare sign. */
const LITERALS = /\[\$([^\]-]*)[^\]]*\]|"([^"]*)"|\\(.)|([$€£¥￥₩₹₽฿₫₺])/g;

/** `USD` is a currency, `DAY` is none. */
function isCode(literal: string): boolean {
  return /^[A-Z]{3}$/.test(literal) && Intl.supportedValuesOf('currency').includes(literal);
}

/** The currency in the first section of a number format, null where it shows none. */
function shownCurrency(format: string): string | null {
  const [section = ''] = format.split(';');
  if (!/[0#?]/.test(section)) return null;
  for (const [, bracketed, quoted, escaped, bare] of section.matchAll(LITERALS)) {
    const literal = (bracketed ?? quoted ?? escaped ?? bare ?? '').trim();
    if (SIGN.test(literal) || isCode(literal)) return literal;
  }
  return null;
}

/**
 * Text of a date serial, rounded to the second: `2026-05-01`, `2026-05-01T10:22:00`, or `10:22:00` for a format that
 * shows a time only (where hours may pass 24).
 * @param serial days since day 0 of the workbook's date system
 */
export function serialDateText(serial: number, date1904: boolean, parts: FormatParts): string {
  const seconds = Math.round(serial * SECONDS_PER_DAY);
  const time = clockText(((seconds % SECONDS_PER_DAY) + SECONDS_PER_DAY) % SECONDS_PER_DAY);
  if (parts.time && !parts.date) return serial < 1 ? time : clockText(seconds);
  const day = Math.floor(seconds / SECONDS_PER_DAY);
  const date = calendarText(date1904 ? day + DAYS_TO_1904 : day);
  return parts.time ? `${date}T${time}` : date;
}

/** Days in the 1900 system to an ISO date; serial 60, which is no day, becomes 1 March 1900. */
function calendarText(serial: number): string {
  const shifted = serial < FIRST_SERIAL_AFTER_GAP ? serial + 1 : serial;
  return new Date((shifted - UNIX_EPOCH_SERIAL) * SECONDS_PER_DAY * 1000).toISOString().slice(0, 10);
}

function clockText(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

/** Text of a number under a percent format: `60%`. */
export function percentText(value: number): string {
  return `${Number((value * 100).toPrecision(12))}%`;
}
