import { type Dataset, EXIT, type Journeys } from '../dataset/dataset.ts';
import { stayDays } from '../dataset/journeys/visits.ts';
import { DAY_MILLIS } from '../dataset/values/calendar.ts';

/** Moves a rule can forbid. */
export const MOVES = [
  'skip',
  'regression',
  'reopening',
  'reentry',
  'instant',
  'late-start',
  'bulk',
  'gap',
  'no-history',
] as const;
export type Move = (typeof MOVES)[number];

/** Either a move that is forbidden, or the moves that are allowed. */
export interface StepOptions {
  readonly forbid: Move | null;
  /** `reentry`: visits a stage may have; `bulk`: moves one owner may make on one day. */
  readonly limit: number | null;
  /** `instant`: a shorter stay is one. */
  readonly underDays: number;
  /** Stage id → ids of the stages it may move to. */
  readonly moves: Readonly<Record<string, readonly string[]>> | null;
}

/** Whether the step from stay `stay` to the next one (or the beginning of `stay`) is one the rule forbids. */
export type StepTest = (stay: number, first: number, after: number, deal: number) => boolean;

function openStagesBackwards(dataset: Dataset): readonly number[] {
  return dataset.stages.flatMap((stage, index) => (stage.kind === 'open' ? [index] : [])).reverse();
}

function allowedMoves(dataset: Dataset, moves: Readonly<Record<string, readonly string[]>>): StepTest {
  const indexOf = new Map(dataset.stages.map((stage, index) => [stage.id, index]));
  const allowed = new Map<number, Set<number>>();
  for (const [from, targets] of Object.entries(moves)) {
    allowed.set(indexOf.get(from) ?? -1, new Set(targets.map((target) => indexOf.get(target) ?? -1)));
  }
  const { stage } = dataset.journeys as Journeys;
  return (stay, _first, after) => {
    if (stay + 1 >= after) return false;
    const targets = allowed.get(stage[stay] as number);
    return targets !== undefined && !targets.has(stage[stay + 1] as number);
  };
}

/** Stays that began on a day on which their deal's owner moved more deals than the limit. */
function bulkTest(dataset: Dataset, limit: number): StepTest {
  const { offsets, start } = dataset.journeys as Journeys;
  const owners = dataset.columns.get('owner');
  const counts = new Map<number, number>();
  const keyOf = (deal: number, stay: number): number =>
    ((owners?.codes[deal] ?? 0) + 1) * 1_000_000 + Math.floor((start[stay] as number) / DAY_MILLIS);
  for (let deal = 0; deal < dataset.rowCount; deal++) {
    for (let stay = (offsets[deal] as number) + 1; stay < (offsets[deal + 1] as number); stay++) {
      const key = keyOf(deal, stay);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return (stay, first, _after, deal) => stay > first && (counts.get(keyOf(deal, stay)) ?? 0) > limit;
}

function reentryTest({ stage }: Journeys, limit: number): StepTest {
  return (stay, first) => {
    let visits = 0;
    for (let earlier = first; earlier <= stay; earlier++) if (stage[earlier] === stage[stay]) visits++;
    return visits > limit;
  };
}

/** What is wrong with single steps of a journey; `gap` and `no-history` are of the whole deal, and never true here. */
export function stepTest(dataset: Dataset, { forbid, limit, underDays, moves }: StepOptions): StepTest {
  const journeys = dataset.journeys as Journeys;
  const { exit, stage } = journeys;
  const kindOf = (stay: number): string | undefined => dataset.stages[stage[stay] as number]?.kind;
  if (moves !== null) return allowedMoves(dataset, moves);
  const openBackwards = openStagesBackwards(dataset);
  // Where a funnel has two open stages, its first one is no late start.
  const lateStages = new Set(openBackwards.slice(0, -1).slice(0, 2));
  const isLastOpen = (stay: number): boolean => kindOf(stay) !== 'open' || stage[stay] === openBackwards[0];
  switch (forbid) {
    case 'skip':
      // A win from anywhere but the last open stage has left stages out as well.
      return (stay) => exit[stay] === EXIT.skipForward || (exit[stay] === EXIT.won && !isLastOpen(stay));
    case 'regression':
      return (stay) => exit[stay] === EXIT.backward && kindOf(stay) === 'open';
    case 'reopening':
      return (stay, _first, after) =>
        stay + 1 < after && (kindOf(stay) === 'won' || kindOf(stay) === 'lost') && kindOf(stay + 1) === 'open';
    case 'reentry':
      return reentryTest(journeys, limit ?? 1);
    case 'instant':
      return (stay, _first, after) =>
        stay + 1 < after && kindOf(stay) === 'open' && stayDays(journeys, stay, dataset.asOfDay) < underDays;
    case 'late-start':
      return (stay, first) => stay === first && lateStages.has(stage[stay] as number);
    case 'bulk':
      return bulkTest(dataset, limit ?? 20);
    default:
      return () => false;
  }
}
