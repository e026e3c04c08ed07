import type { ArgValue } from '../i18n/text.ts';

const HOURS_PER_DAY = 24;
const MINUTES_PER_HOUR = 60;

/** A duration for a message: days as such, shorter ones in hours or minutes, where days would read as 0. */
export function durationArg(days: number): ArgValue {
  if (days === 0) return { text: { en: 'the same day', zh: '当天' } };
  if (!(days < 1)) return { days };
  const hours = Math.round(days * HOURS_PER_DAY);
  if (hours >= 1) return { text: { en: hours === 1 ? '1 hour' : `${hours} hours`, zh: `${hours} 小时` } };
  const minutes = Math.max(1, Math.round(days * HOURS_PER_DAY * MINUTES_PER_HOUR));
  return { text: { en: minutes === 1 ? '1 minute' : `${minutes} minutes`, zh: `${minutes} 分钟` } };
}
