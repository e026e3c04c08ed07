import type { Dataset, Journeys } from '../../dataset/dataset.ts';
import { daysBetween, daysUntilAsOf, type JourneySummary, summarizeJourneys } from '../../dataset/journeys/visits.ts';

/** What became of a deal after it first entered a stage. */
export const CAUSE = { pending: 0, advanced: 1, lost: 2 } as const;

/** The deals that entered one stage, as parallel arrays, in order of the deals. */
export interface StageCohort {
  readonly deal: Int32Array;
  /** Days from first entry to the first advance, to the loss, or (pending) to the as-of day. */
  readonly eventDays: Float64Array;
  readonly cause: Uint8Array;
  /** Days from first entry to the as-of day. */
  readonly followUpDays: Float64Array;
}

interface JourneyReader {
  readonly dataset: Dataset;
  readonly journeys: Journeys;
  readonly summary: JourneySummary;
  /** By stage: number of the open stage, `openStageCount` for won, -1 for lost and dormant. */
  readonly rankOfStage: Int16Array;
}

// Several metrics go by the cohorts of all deals; datasets never change once they are built.
const cohortsOfAll = new WeakMap<Dataset, readonly StageCohort[]>();

/**
 * One cohort for each open stage: all deals that ever entered it, judged from their first entry. Further calls for the
 * same dataset are free, as long as no deals are selected.
 */
export function stageCohorts(
  dataset: Dataset,
  journeys: Journeys,
  summary: JourneySummary,
  select: Uint8Array | null = null,
): readonly StageCohort[] {
  const known = select === null ? cohortsOfAll.get(dataset) : undefined;
  if (known !== undefined) return known;
  const reader = readerOf(dataset, journeys, summary);
  const cohorts = Array.from({ length: summary.openStageCount }, (_, openStage) =>
    readCohort(reader, openStage, select),
  );
  if (select === null) cohortsOfAll.set(dataset, cohorts);
  return cohorts;
}

/** The cohort of one open stage. */
export function stageCohort(
  dataset: Dataset,
  journeys: Journeys,
  openStage: number,
  select: Uint8Array | null,
): StageCohort {
  return readCohort(readerOf(dataset, journeys, summarizeJourneys(journeys, dataset.stages)), openStage, select);
}

function readerOf(dataset: Dataset, journeys: Journeys, summary: JourneySummary): JourneyReader {
  const rankOfStage = Int16Array.from(dataset.stages, (stage, position) =>
    stage.kind === 'won' ? summary.openStageCount : summary.openIndexOfStage[position]!,
  );
  return { dataset, journeys, summary, rankOfStage };
}

function readCohort(reader: JourneyReader, openStage: number, select: Uint8Array | null): StageCohort {
  const { dataset, journeys, summary } = reader;
  const members = membersOf(summary, openStage, select);
  const eventDays = new Float64Array(members.length);
  const followUpDays = new Float64Array(members.length);
  const cause = new Uint8Array(members.length);
  for (let member = 0; member < members.length; member += 1) {
    const deal = members[member]!;
    const entry = summary.firstEntry[deal * summary.openStageCount + openStage]!;
    const entryMillis = journeys.start[entry]!;
    const advance = stayBeyond(reader, deal, entry, openStage);
    const last = journeys.offsets[deal + 1]! - 1;
    followUpDays[member] = daysUntilAsOf(entryMillis, dataset.asOfDay, journeys.hasTime);
    if (advance >= 0) {
      cause[member] = CAUSE.advanced;
      eventDays[member] = daysBetween(entryMillis, journeys.start[advance]!, journeys.hasTime);
    } else if (dataset.stages[journeys.stage[last]!]!.kind === 'lost') {
      cause[member] = CAUSE.lost;
      eventDays[member] = daysBetween(entryMillis, journeys.start[last]!, journeys.hasTime);
    } else {
      eventDays[member] = followUpDays[member]!;
    }
  }
  return { deal: members, eventDays, cause, followUpDays };
}

function membersOf(summary: JourneySummary, openStage: number, select: Uint8Array | null): Int32Array {
  const { furthest, firstEntry, openStageCount } = summary;
  const isMember = (deal: number): boolean =>
    (select === null || select[deal] === 1) && firstEntry[deal * openStageCount + openStage] !== -1;
  // Counted first: of one segment among many a list as long as all deals would cost more than the counting.
  let size = 0;
  for (let deal = 0; deal < furthest.length; deal += 1) if (isMember(deal)) size += 1;
  const members = new Int32Array(size);
  let next = 0;
  for (let deal = 0; next < size; deal += 1) {
    if (!isMember(deal)) continue;
    members[next] = deal;
    next += 1;
  }
  return members;
}

/** First stay after `entry` in a higher open stage or in Won, at any later time; -1 where there is none. */
function stayBeyond(reader: JourneyReader, deal: number, entry: number, openStage: number): number {
  const { journeys, rankOfStage } = reader;
  const after = journeys.offsets[deal + 1]!;
  for (let stay = entry + 1; stay < after; stay += 1) {
    if (rankOfStage[journeys.stage[stay]!]! > openStage) return stay;
  }
  return -1;
}
