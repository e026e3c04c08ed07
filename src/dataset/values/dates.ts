import type { Texts } from '../../source/texts.ts';
import { MISSING, PRESENT, UNREADABLE } from '../dataset.ts';
import { visitBlocks } from '../row-blocks.ts';
import { DAY_MILLIS, dayOf } from './calendar.ts';
import { readPlainDate } from './date-bytes.ts';
import { fullYear, readWrittenDate, type WrittenDate } from './date-shapes.ts';
import { textCursor } from './text-cursor.ts';
import type { TimeOfDay } from './time-of-day.ts';
import { wallClockOf } from './wall-clock.ts';

export type DateOrder = 'DMY' | 'MDY' | 'YMD';

/** Distinct texts of a date column, read. */
export interface DateReading {
  readonly state: Uint8Array;
  /** One a text: days since 1970-01-01, NaN unless PRESENT. */
  readonly days: Float64Array;
  /** One a text: wall clock as epoch milliseconds, NaN unless PRESENT; null where no text has a time but midnight. */
  readonly millis: Float64Array | null;
  /** Order of day and month; null where no text needed one. */
  readonly order: DateOrder | null;
}

/** Day and month cannot be told apart; `example` is one text where it matters. */
export interface AmbiguousDates {
  readonly ambiguous: { readonly example: string; readonly code: number };
}

type OrderedDate = Extract<WrittenDate, { kind: 'order' }>;

type Proof = 'DMY' | 'MDY' | 'either' | 'both' | 'none';

interface Clock {
  /** No time zone is known: times stay as written, whatever their offset. */
  readonly keepsWritten: boolean;
  readonly wallOf: (utcMillis: number) => number;
}

interface Pending {
  readonly index: number;
  readonly date: OrderedDate;
}

/** Systems write it where a date is empty. */
const EMPTY_DAY = dayOf(1900, 1, 1);
const EMPTY_TEXT = '0000-00-00';

/**
 * Reads the distinct texts of a column as dates; `state` marks the missing ones. Epoch numbers and times with an offset
 * are turned to the wall clock of `timezone`; without one, the clock stays as written and epoch numbers are UTC.
 * 1900-01-01 and 0000-00-00 are MISSING. Day and month are ordered as `order` says, else as most of the distinct texts
 * prove (`26/02/2018`); texts that contradict it are UNREADABLE. Without proof, or with as much for either side, the
 * column is ambiguous, unless every text is the same both ways (`3/3/2026`).
 */
export function readDates(
  texts: Texts,
  state: Uint8Array,
  settings: { readonly order: DateOrder | null; readonly timezone: string | null },
): DateReading | AmbiguousDates {
  const clock: Clock = { keepsWritten: settings.timezone === null, wallOf: wallClockOf(settings.timezone) };
  const wall = new Float64Array(texts.length).fill(Number.NaN);
  const pending = readUnordered(texts, state, clock, wall);
  const order = settings.order ?? decideOrder(pending);
  if (typeof order === 'number') return { ambiguous: { example: texts.at(order) as string, code: order } };
  for (const { index, date } of pending) {
    wall[index] = clockMillis(orderedDay(date, order ?? 'DMY'), date.time, clock);
  }
  return finish(wall, state, pending.length === 0 ? null : order);
}

/** Fills `wall` where the text alone decides, and returns the texts whose order the column has to decide. */
function readUnordered(texts: Texts, state: Uint8Array, clock: Clock, wall: Float64Array): Pending[] {
  const pending: Pending[] = [];
  const cursor = textCursor(texts);
  const readOther = (index: number): void => {
    const text = texts.at(index) as string;
    const date = readWrittenDate(text);
    if (date?.kind === 'order') pending.push({ index, date });
    else wall[index] = date === null ? emptyDate(text) : wallMillis(date, clock);
  };
  visitBlocks(texts.length, (from, to) => {
    for (let index = from; index < to; index++) {
      if (state[index] === MISSING) continue;
      cursor.moveTo(index);
      const millis = readPlainDate(cursor.bytes, cursor.start, cursor.end);
      wall[index] = millis;
      if (Number.isNaN(millis)) readOther(index);
    }
  });
  return pending;
}

function wallMillis(date: Exclude<WrittenDate, OrderedDate>, clock: Clock): number {
  return date.kind === 'instant' ? clock.wallOf(date.utcMillis) : clockMillis(date.day, date.time, clock);
}

function clockMillis(day: number, time: TimeOfDay | null, clock: Clock): number {
  const written = day * DAY_MILLIS + (time?.millis ?? 0);
  const offset = time?.offsetMinutes ?? null;
  if (offset === null || clock.keepsWritten || Number.isNaN(written)) return written;
  return clock.wallOf(written - offset * 60_000);
}

/** The day that stands for an empty date, NaN for any other unreadable text. */
function emptyDate(text: string): number {
  return text.trim().startsWith(EMPTY_TEXT) ? EMPTY_DAY * DAY_MILLIS : Number.NaN;
}

/** The order that is proved, null where none is needed, or the index of a text that cannot be decided. */
function decideOrder(pending: readonly Pending[]): 'DMY' | 'MDY' | null | number {
  const proofs: Record<Proof, number> = { DMY: 0, MDY: 0, either: 0, both: 0, none: 0 };
  const examples: Partial<Record<Proof, number>> = {};
  for (const { index, date } of pending) {
    const proof = proofOf(date);
    proofs[proof]++;
    examples[proof] ??= index;
  }
  if (proofs.DMY !== proofs.MDY) return proofs.DMY > proofs.MDY ? 'DMY' : 'MDY';
  return examples.either ?? examples.DMY ?? null;
}

/** What one text proves: an order; nothing, as both orders give a day (`either`), the same one (`both`) or none. */
function proofOf(date: OrderedDate): Proof {
  const dayFirst = orderedDay(date, 'DMY');
  const monthFirst = orderedDay(date, 'MDY');
  if (Number.isNaN(dayFirst)) return Number.isNaN(monthFirst) ? 'none' : 'MDY';
  if (Number.isNaN(monthFirst)) return 'DMY';
  return dayFirst === monthFirst ? 'both' : 'either';
}

function orderedDay(date: OrderedDate, order: DateOrder): number {
  const { first, second, third, shortYear } = date;
  if (order === 'YMD') return shortYear ? dayOf(fullYear(first), second, third) : Number.NaN;
  const year = shortYear ? fullYear(third) : third;
  return order === 'DMY' ? dayOf(year, second, first) : dayOf(year, first, second);
}

function finish(wall: Float64Array, state: Uint8Array, order: DateOrder | null): DateReading {
  const days = new Float64Array(wall.length).fill(Number.NaN);
  const settled = new Uint8Array(wall.length);
  let hasTime = false;
  visitBlocks(wall.length, (from, to) => {
    for (let index = from; index < to; index++) {
      if (state[index] === MISSING) continue;
      const millis = wall[index] as number;
      const day = Math.floor(millis / DAY_MILLIS);
      if (day === EMPTY_DAY) {
        wall[index] = Number.NaN;
        continue;
      }
      settled[index] = Number.isNaN(day) ? UNREADABLE : PRESENT;
      days[index] = day;
      if (millis !== day * DAY_MILLIS && settled[index] === PRESENT) hasTime = true;
    }
  });
  return { state: settled, days, millis: hasTime ? wall : null, order };
}
