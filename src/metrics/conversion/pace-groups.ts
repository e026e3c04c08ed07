import { type Dataset, type Journeys, PRESENT } from '../../dataset/dataset.ts';
import { stayDays } from '../../dataset/journeys/visits.ts';
import type { StageDefinition } from '../../ruleset/ruleset.ts';

/** How fast the deals with one value of a field go through their stages. */
export interface PaceGroup {
  /** Natural logarithm of the stays that ended, as a multiple of those expected at the pace of all. */
  readonly logPace: number;
  readonly variance: number;
  readonly ended: number;
}

/** Stays in each open stage, ended ones and their days. */
interface StageStays {
  /** Days of all stays, those that last included. */
  readonly days: Float64Array;
  readonly ended: Float64Array;
  readonly endedDays: Float64Array;
  readonly endedSquares: Float64Array;
}

/** Calls `visit` for each stay of the selected deals in an open stage: whether it ended, and its days so far. */
function forEachStay(
  journeys: Journeys,
  { stages, asOfDay }: Dataset,
  select: Uint8Array,
  visit: (deal: number, stage: number, days: number, hasEnded: boolean) => void,
): void {
  const isOpen = Uint8Array.from(stages, ({ kind }: StageDefinition) => Number(kind === 'open'));
  for (let deal = 0; deal < select.length; deal += 1) {
    if (select[deal] !== 1) continue;
    for (let stay = journeys.offsets[deal]!; stay < journeys.offsets[deal + 1]!; stay += 1) {
      const stage = journeys.stage[stay]!;
      if (isOpen[stage] !== 1) continue;
      visit(deal, stage, stayDays(journeys, stay, asOfDay), !Number.isNaN(journeys.end[stay]!));
    }
  }
}

function staysByStage(journeys: Journeys, dataset: Dataset, select: Uint8Array): StageStays {
  const empty = () => new Float64Array(dataset.stages.length);
  const stays = { days: empty(), ended: empty(), endedDays: empty(), endedSquares: empty() };
  forEachStay(journeys, dataset, select, (_deal, stage, days, hasEnded) => {
    stays.days[stage]! += days;
    if (!hasEnded) return;
    stays.ended[stage]! += 1;
    stays.endedDays[stage]! += days;
    stays.endedSquares[stage]! += days * days;
  });
  return stays;
}

/**
 * Squared coefficient of variation of the stays that ended, within their stages: how much more their number varies than
 * that of events at an even rate would, at least 1.
 */
function overdispersion({ ended, endedDays, endedSquares }: StageStays): number {
  let degrees = 0;
  let sum = 0;
  for (let stage = 0; stage < ended.length; stage += 1) {
    const count = ended[stage]!;
    const mean = endedDays[stage]! / count;
    if (count < 2 || mean === 0) continue;
    degrees += count - 1;
    sum += (endedSquares[stage]! - count * mean * mean) / (mean * mean);
  }
  return degrees === 0 ? 1 : Math.max(1, sum / degrees);
}

/**
 * Pace by the value of a field: the stays that ended, against those expected had each stage been left at the rate at
 * which all deals leave it. Stays that last count with the days they have lasted, and a value is held to its own mix of
 * stages (indirect standardisation: Breslow and Day, Statistical Methods in Cancer Research II, IARC 1987, chapter 2).
 * @param least values with fewer ended stays are left out.
 */
export function paceByValue(dataset: Dataset, select: Uint8Array, field: string, least: number): readonly PaceGroup[] {
  const { journeys } = dataset;
  const column = dataset.columns.get(field);
  if (journeys === null || column === undefined) return [];
  const stays = staysByStage(journeys, dataset, select);
  const rates = stays.ended.map((ended, stage) => (stays.days[stage]! > 0 ? ended / stays.days[stage]! : 0));
  const expected = new Float64Array(column.texts.length);
  const ended = new Float64Array(column.texts.length);
  forEachStay(journeys, dataset, select, (deal, stage, days, hasEnded) => {
    const code = column.codes[deal]!;
    if (column.state[code] !== PRESENT) return;
    expected[code]! += days * rates[stage]!;
    if (hasEnded) ended[code]! += 1;
  });
  const scale = overdispersion(stays);
  return Array.from(ended, (count, code) => ({
    logPace: Math.log(count / expected[code]!),
    variance: scale / count,
    ended: count,
  })).filter(({ ended: count, logPace }) => count >= Math.max(1, least) && Number.isFinite(logPace));
}
