import { type Dataset, EXIT, type Journeys } from '../dataset/dataset.ts';
import { openStageIndexes } from '../dataset/journeys/journeys.ts';
import { stayDays } from '../dataset/journeys/visits.ts';
import { type BulkMoves, type BulkSpan, bulkMoves } from './transition-bulk.ts';

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
  /** `reentry`: visits a stage may have; `bulk`: moves one person may make within `span`. */
  readonly limit: number | null;
  readonly span: BulkSpan;
  /** `instant`: a shorter stay is one. */
  readonly underDays: number;
  /** Stage id → ids of the stages it may move to; or one open stage forward, with a loss from anywhere. */
  readonly moves: Readonly<Record<string, readonly string[]>> | 'one-forward' | null;
}

/** Whether the step from stay `stay` to the next one (or the beginning of `stay`) is one the rule forbids. */
export type StepTest = (stay: number, first: number, after: number, deal: number) => boolean;

function openStagesBackwards(dataset: Dataset): readonly number[] {
  return dataset.stages.flatMap((stage, index) => (stage.kind === 'open' ? [index] : [])).reverse();
}

/**
 * One open stage forward, a win from the last one, a loss or a rest from any, and from a rest to any open stage or a
 * loss; nothing after closing.
 */
function oneForward(dataset: Dataset): StepTest {
  const { stage } = dataset.journeys as Journeys;
  const openIndex = openStageIndexes(dataset.stages);
  const lastOpen = openIndex.reduce((last, each) => Math.max(last, each), -1);
  const { stages } = dataset;
  const isAllowed = (from: number, to: number): boolean => {
    const fromKind = stages[from]?.kind;
    const toKind = stages[to]?.kind;
    if (fromKind === 'dormant') return toKind !== 'won';
    if (fromKind !== 'open') return false;
    if (toKind === 'won') return openIndex[from] === lastOpen;
    return toKind !== 'open' || openIndex[to] === (openIndex[from] as number) + 1;
  };
  const allowed = stages.map((_, from) => stages.map((__, to) => isAllowed(from, to)));
  return (stay, _first, after) =>
    stay + 1 < after && allowed[stage[stay] as number]?.[stage[stay + 1] as number] === false;
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

function reentryTest({ stage }: Journeys, limit: number): StepTest {
  return (stay, first) => {
    let visits = 0;
    for (let earlier = first; earlier <= stay; earlier++) if (stage[earlier] === stage[stay]) visits++;
    return visits > limit;
  };
}

/** Moves a person may make within a minute or a day where the rule names no other number. */
const BULK_LIMIT = 20;

/** The moves made in bulk, for a rule about them; null for other rules, and where nobody is named. */
export function bulkOf(dataset: Dataset, { forbid, limit, span }: StepOptions): BulkMoves | null {
  return forbid === 'bulk' ? bulkMoves(dataset, limit ?? BULK_LIMIT, span) : null;
}

/** What is wrong with single steps of a journey; `gap` and `no-history` are of the whole deal, and never true here. */
export function stepTest(dataset: Dataset, options: StepOptions, bulk: BulkMoves | null): StepTest {
  const { forbid, limit, underDays, moves } = options;
  const journeys = dataset.journeys as Journeys;
  const { exit, stage } = journeys;
  const kindOf = (stay: number): string | undefined => dataset.stages[stage[stay] as number]?.kind;
  if (moves === 'one-forward') return oneForward(dataset);
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
      return (stay, _first, _after, deal) => bulk !== null && bulk.sizeAt(stay, deal) > 0;
    default:
      return () => false;
  }
}
