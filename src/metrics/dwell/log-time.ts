import type { Dataset, Journeys } from '../../dataset/dataset.ts';
import { DAY_MILLIS } from '../../dataset/values/calendar.ts';
import { say, type Text } from '../../i18n/text.ts';

/** Fewer changes may well stand together. */
const LEAST_CHANGES = 10;
const SECOND_MILLIS = 1000;

const ONE_SECOND: Text = say(
  'all changes of the log happened within one second: it holds no time',
  '变更记录中的所有变更都发生在同一秒内，不含时间信息',
);
const ONE_DAY: Text = say(
  'all changes of the log are dated on one day: it holds no time',
  '变更记录中的所有变更都在同一天，不含时间信息',
);

// Several metrics ask; journeys never change once they are built.
const found = new WeakMap<Journeys, Text | null>();

function readSpan({ start, hasTime }: Journeys): Text | null {
  if (start.length < LEAST_CHANGES) return null;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (let stay = 0; stay < start.length; stay += 1) {
    if (start[stay]! < first) first = start[stay]!;
    if (start[stay]! > last) last = start[stay]!;
  }
  if (hasTime) return last - first <= SECOND_MILLIS ? ONE_SECOND : null;
  return last - first < DAY_MILLIS ? ONE_DAY : null;
}

/** Why a log says nothing of time, as where a whole list was loaded at once; null where it does. */
export function lackOfTime(journeys: Journeys): Text | null {
  const known = found.get(journeys);
  if (known !== undefined) return known;
  const lack = readSpan(journeys);
  found.set(journeys, lack);
  return lack;
}

/** The journeys, where their times can be gone by. */
export function timedJourneys({ journeys }: Dataset): Journeys | null {
  return journeys === null || lackOfTime(journeys) !== null ? null : journeys;
}
