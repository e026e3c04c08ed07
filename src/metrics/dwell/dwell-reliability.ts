import type { Dataset, Journeys } from '../../dataset/dataset.ts';
import { isLoggedMove, moversOf } from '../../dataset/journeys/movers.ts';
import { DAY_MILLIS, dateTextOf, isoOf } from '../../dataset/values/calendar.ts';
import { sortAscending } from '../../stats/sort-ascending.ts';
import { type Rate, rateOf } from '../rate.ts';
import { bulkSpans, type Span } from './dwell-bulk.ts';
import { type HeapedDates, heapedDates } from './dwell-heaping.ts';

/** Changes of different deals in so short a time that they tell when somebody edited, not when deals moved. */
export interface BulkEdit {
  /** `2026-03-31 16:04`, or `2026-03-31` where the log has dates only. */
  readonly from: string;
  readonly until: string;
  /** Minutes from the first to the last change, begun ones counted; null where the log has dates only. */
  readonly minutes: number | null;
  readonly changes: number;
  readonly deals: number;
  /** Who made them, where that is one person. */
  readonly user: string | null;
}

/** Whether the dates of the changes are those on which deals really moved. */
export interface DwellReliability {
  readonly isReliable: boolean;
  /** Changes of stage, the entries of deals not counted. */
  readonly changes: number;
  readonly bulkEditCount: number;
  /** The largest ones, in order of time. */
  readonly bulkEdits: readonly BulkEdit[];
  /** Visits to open stages that began or ended in a bulk edit. */
  readonly touchedVisits: Rate;
  /** Last day of a bulk edit, where they make dwell unreliable: stays that were over by then are not real. */
  readonly notRealUntil: string | null;
  readonly heaping: readonly HeapedDates[];
  /** Share of the changes that have their instant in common with another one; null where the log has dates only. */
  readonly sameInstantShare: number | null;
}

const TOUCHED_LIMIT = 0.05;
const BULK_DEALS = 10;
const LISTED_EDITS = 20;

interface CountedSpan extends Span {
  changes: number;
  deals: number;
  lastDeal: number;
  /** -2 before the first change, -1 for several persons or none. */
  person: number;
}

/** When deals were moved, ascending, epoch milliseconds. */
function moveTimes({ rowCount }: Dataset, journeys: Journeys): Float64Array {
  const { offsets, start, hasTime } = journeys;
  // Whole days are small numbers, which are quicker to sort.
  const unit = hasTime ? 1 : DAY_MILLIS;
  const times = new Float64Array(start.length);
  let moves = 0;
  for (let deal = 0; deal < rowCount; deal += 1) {
    for (let stay = offsets[deal]!; stay < offsets[deal + 1]!; stay += 1) {
      if (isLoggedMove(journeys, stay, deal)) times[moves++] = Math.floor(start[stay]! / unit);
    }
  }
  const sorted = sortAscending(times.subarray(0, moves));
  for (let move = 0; move < moves; move += 1) sorted[move]! *= unit;
  return sorted;
}

/** Index of the span an instant lies in, -1 for none; spans are ascending and apart. */
function spanAt(spans: readonly Span[], millis: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (spans[middle]!.from <= millis) low = middle + 1;
    else high = middle;
  }
  return low > 0 && millis <= spans[low - 1]!.until ? low - 1 : -1;
}

/** Counts what happened in each span, and drops those of few deals: one deal moved to and fro is no bulk edit. */
function countSpans(dataset: Dataset, journeys: Journeys, spans: readonly Span[]): CountedSpan[] {
  if (spans.length === 0) return [];
  const personAt = moversOf(dataset, journeys)?.codeAt ?? (() => -1);
  const counted = spans.map((span): CountedSpan => ({ ...span, changes: 0, deals: 0, lastDeal: -1, person: -2 }));
  for (let deal = 0; deal < dataset.rowCount; deal += 1) {
    for (let stay = journeys.offsets[deal]!; stay < journeys.offsets[deal + 1]!; stay += 1) {
      const span = counted[spanAt(spans, journeys.start[stay]!)];
      if (span !== undefined && isLoggedMove(journeys, stay, deal)) addMove(span, deal, personAt(stay, deal));
    }
  }
  return counted.filter(({ deals }) => deals >= BULK_DEALS);
}

function addMove(span: CountedSpan, deal: number, person: number): void {
  span.changes += 1;
  if (span.lastDeal !== deal) span.deals += 1;
  span.lastDeal = deal;
  span.person = span.person === -2 || span.person === person ? person : -1;
}

/** Visits to open stages, and those that began or ended in one of the spans. */
function touchedVisits({ stages }: Dataset, journeys: Journeys, spans: readonly Span[]): Rate {
  const isOpen = Uint8Array.from(stages, ({ kind }) => Number(kind === 'open'));
  const { stage, start, end } = journeys;
  let visits = 0;
  let touched = 0;
  for (let stay = 0; stay < stage.length; stay += 1) {
    if (isOpen[stage[stay]!] === 0) continue;
    visits += 1;
    if (spans.length > 0 && (spanAt(spans, start[stay]!) >= 0 || spanAt(spans, end[stay]!) >= 0)) touched += 1;
  }
  return rateOf(touched, visits);
}

function shareAtSameInstant(times: Float64Array): number | null {
  let shared = 0;
  for (let index = 0; index < times.length; index += 1) {
    if (times[index] === times[index - 1] || times[index] === times[index + 1]) shared += 1;
  }
  return times.length === 0 ? null : shared / times.length;
}

function editOf(dataset: Dataset, journeys: Journeys, span: CountedSpan): BulkEdit {
  const text = (millis: number): string =>
    journeys.hasTime ? dateTextOf(millis / DAY_MILLIS) : isoOf(Math.floor(millis / DAY_MILLIS));
  return {
    from: text(span.from),
    until: text(span.until),
    minutes: journeys.hasTime ? Math.max(1, Math.ceil((span.until - span.from) / 60_000)) : null,
    changes: span.changes,
    deals: span.deals,
    user: span.person < 0 ? null : (moversOf(dataset, journeys)?.nameOf(span.person) ?? null),
  };
}

/**
 * Looks for bulk edits and for days on which changes are heaped. Null for journeys out of earlier exports, whose changes
 * all stand in the middle between two exports.
 */
export function dwellReliability(dataset: Dataset, journeys: Journeys): DwellReliability | null {
  if (journeys.from === 'snapshots') return null;
  const times = moveTimes(dataset, journeys);
  const spans = countSpans(dataset, journeys, bulkSpans(times, journeys.hasTime));
  const touched = touchedVisits(dataset, journeys, spans);
  const heaping = heapedDates(times, (millis) => spanAt(spans, millis) >= 0);
  const isBulky = touched.count > TOUCHED_LIMIT * touched.of;
  const last = spans[spans.length - 1];
  return {
    isReliable: !isBulky && heaping.every(({ isMost }) => !isMost),
    changes: times.length,
    bulkEditCount: spans.length,
    bulkEdits: spans
      .toSorted((a, b) => b.changes - a.changes || a.from - b.from)
      .slice(0, LISTED_EDITS)
      .sort((a, b) => a.from - b.from)
      .map((span) => editOf(dataset, journeys, span)),
    touchedVisits: touched,
    notRealUntil: isBulky && last !== undefined ? isoOf(Math.floor(last.until / DAY_MILLIS)) : null,
    heaping,
    sameInstantShare: journeys.hasTime ? shareAtSameInstant(times) : null,
  };
}
