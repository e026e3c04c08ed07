/** A time of day as written. */
export interface TimeOfDay {
  /** Milliseconds since midnight. */
  readonly millis: number;
  /** Offset from UTC in minutes, null where none is written. */
  readonly offsetMinutes: number | null;
}

const TIME =
  /^(am|pm)? ?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)? ?(am|pm|a\.m\.|p\.m\.)? ?(z|utc|gmt|(?:utc|gmt)?[+-]\d{2}(?::?\d{2})?)?$/;

/**
 * Reads `14:05`, `2:15:33 pm`, `10:22:00.123+08:00`, `下午2:15`, `14时05分`. The text is in NFKC, lower case, trimmed.
 * Null for anything else and for times that do not exist; fractions are cut to milliseconds.
 */
export function readTimeOfDay(text: string): TimeOfDay | null {
  const match = TIME.exec(latinTime(text));
  if (match === null) return null;
  const [, before, hourText, minuteText, secondText = '0', fraction = '', after, zone] = match;
  if (before !== undefined && after !== undefined) return null;
  const hour = hourOf(Number(hourText), before ?? after);
  const minute = Number(minuteText);
  const second = Number(secondText);
  const offsetMinutes = zone === undefined ? null : offsetOf(zone);
  if (hour === null || minute > 59 || second > 59 || Number.isNaN(offsetMinutes)) return null;
  const millis = Number(fraction.slice(0, 3).padEnd(3, '0'));
  return { millis: ((hour * 60 + minute) * 60 + second) * 1000 + millis, offsetMinutes };
}

function latinTime(text: string): string {
  if (!/[^ -~]/.test(text)) return text;
  return text
    .replace(/^上午/, 'am')
    .replace(/^下午/, 'pm')
    .replace(/[时時点點]/, ':')
    .replace('分', ':')
    .replace('秒', '')
    .replace(/:$/, '');
}

function hourOf(hour: number, half: string | undefined): number | null {
  if (half === undefined) return hour <= 23 ? hour : null;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half.startsWith('p') ? 12 : 0);
}

function offsetOf(zone: string): number {
  if (/^[a-z]+$/.test(zone)) return 0;
  const digits = zone.replace(/\D/g, '').padEnd(4, '0');
  const hours = Number(digits.slice(0, 2));
  const minutes = Number(digits.slice(2));
  if (hours > 18 || minutes > 59) return Number.NaN;
  return (zone.includes('-') ? -1 : 1) * (hours * 60 + minutes);
}
