import { numberAt } from '../dataset/cells.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { DAY_MILLIS, isoOf } from '../dataset/values/calendar.ts';
import { say, type Text } from '../i18n/text.ts';
import type { Translator } from '../i18n/translator.ts';
import { type Block, callout } from '../report/document.ts';

/** Visits of which the beginning is unknown, in journeys out of earlier exports. */
export interface UnknownStarts {
  /** Those that had begun before the first export. */
  readonly visits: number;
  /** All visits. */
  readonly of: number;
  /** ISO day of the first export, from which they are counted. */
  readonly since: string;
}

/**
 * Whether a stay begins with the first of the exports that the journeys are made of: the deal was there already, nobody
 * knows since when. A deal created on that very day is not.
 */
export function isFromFirstExport({ journeys, snapshots, columns }: Dataset, stay: number, deal: number): boolean {
  const first = snapshots?.days[0];
  if (journeys === null || first === undefined || journeys.start[stay]! > first * DAY_MILLIS) return false;
  return !(numberAt(columns.get('created'), deal) >= first);
}

/** How many visits to open stages began on an unknown day; null where journeys are not made of exports, or none did. */
export function unknownStarts(dataset: Dataset): UnknownStarts | null {
  const { journeys, snapshots, stages } = dataset;
  const first = snapshots?.days[0];
  if (journeys === null || first === undefined) return null;
  let visits = 0;
  let of = 0;
  for (let deal = 0; deal < dataset.rowCount; deal += 1) {
    for (let stay = journeys.offsets[deal]!; stay < journeys.offsets[deal + 1]!; stay += 1) {
      if (stages[journeys.stage[stay]!]!.kind !== 'open') continue;
      of += 1;
      if (isFromFirstExport(dataset, stay, deal)) visits += 1;
    }
  }
  return visits === 0 ? null : { visits, of, since: isoOf(first) };
}

const STAYS_TOO_SHORT: Text = say(
  '{visits} of {of} stays had begun before the first export, nobody knows when: they count from {since} on, so the times here are too short. Earlier exports or a change log (--history) tell more.',
  '{of} 次停留中有 {visits} 次在首份导出前就已开始，起始日不明，只能从 {since} 起算，因此时长偏短。补充更早的导出或阶段变更记录（--history）可得到更准的结果。',
);
const ENTRIES_UNKNOWN: Text = say(
  '{visits} of {of} entries are deals that were in their stage at the first export, nobody knows since when: their days count from {since} on, and deals that left before are not among them. Take the shares for a hint only.',
  '{of} 次进入中有 {visits} 次是首份导出时已在该阶段的单，进入日不明，只能从 {since} 起算；此前已离开的单不在其中。比例仅供参考。',
);

/** A word of caution before times or rates that rest on such visits; nothing where all beginnings are known. */
export function unknownStartBlocks(
  starts: UnknownStarts | null | undefined,
  about: 'stays' | 'entries',
  translator: Translator,
): Block[] {
  if (starts === null || starts === undefined) return [];
  const { visits, of, since } = starts;
  const text = about === 'stays' ? STAYS_TOO_SHORT : ENTRIES_UNKNOWN;
  return [callout('warn', translator.text(text, { visits, of, since: { date: since } }))];
}
