import { type Dataset, EXIT, type Journeys } from '../../dataset/dataset.ts';
import { openStageIndexes } from '../../dataset/journeys/journeys.ts';
import { stayDays, summarizeJourneys } from '../../dataset/journeys/visits.ts';
import type { StageKind } from '../../ruleset/ruleset.ts';
import { quantileOfSorted } from '../../stats/quantile.ts';
import { sortAscending } from '../../stats/sort-ascending.ts';

/** A stage left sooner than this was not worked in. */
const INSTANT_BELOW_SECONDS = 60;

/** Ways of moving that are worth a look; one move may be several of them. */
export const MOVE_KINDS = ['regression', 'reEntry', 'reopening', 'skip', 'wonEarly', 'instant'] as const;
export type MoveKind = (typeof MOVE_KINDS)[number];

/** From one stage to another. */
export interface Transition {
  readonly from: string;
  readonly to: string;
  readonly moves: number;
  /** Distinct deals. */
  readonly deals: number;
  /** Days spent in `from` before the move. */
  readonly medianDays: number | null;
  readonly direction: 'forward' | 'skip' | 'back' | 'won' | 'lost' | 'dormant';
}

interface KindTallies {
  readonly moves: Int32Array;
  /** By kind, one a deal: 1 where the deal made such a move. */
  readonly dealMasks: readonly Uint8Array[];
}

/** Moves and deals of each kind, in the order of `MOVE_KINDS`. */
export function tallyKinds(dataset: Dataset, journeys: Journeys): KindTallies {
  const tallies = {
    moves: new Int32Array(MOVE_KINDS.length),
    dealMasks: MOVE_KINDS.map(() => new Uint8Array(dataset.rowCount)),
  };
  const { reEntries } = summarizeJourneys(journeys, dataset.stages);
  const kindsOf = moveKinds(dataset, journeys);
  for (let deal = 0; deal < dataset.rowCount; deal += 1) {
    if (reEntries[deal]! > 0) note(tallies, 'reEntry', deal, reEntries[deal]!);
    for (let stay = journeys.offsets[deal]!; stay < journeys.offsets[deal + 1]! - 1; stay += 1) {
      for (const kind of kindsOf(stay)) note(tallies, kind, deal, 1);
    }
  }
  return tallies;
}

function note({ moves, dealMasks }: KindTallies, kind: MoveKind, deal: number, times: number): void {
  const index = MOVE_KINDS.indexOf(kind);
  moves[index]! += times;
  dealMasks[index]![deal] = 1;
}

/** What the move that ends a stay is; the list for each case is made once. */
function moveKinds({ stages }: Dataset, journeys: Journeys): (stay: number) => readonly MoveKind[] {
  const openIndex = openStageIndexes(stages);
  const lastOpen = stages.filter(({ kind }) => kind === 'open').length - 1;
  const plain = stages.map((_, stage) =>
    Object.values(EXIT).map((exit) => kindOfExit(stages[stage]!.kind, openIndex[stage]! < lastOpen, exit)),
  );
  const kinds = plain.map((exits) => exits.map((kind) => (kind === null ? [] : [kind])));
  const instant = plain.map((exits) => exits.map((kind): MoveKind[] => [...(kind === null ? [] : [kind]), 'instant']));
  const shortest = journeys.hasTime ? INSTANT_BELOW_SECONDS * 1000 : 0;
  return (stay) => {
    const stage = journeys.stage[stay]!;
    const isInstant = openIndex[stage]! >= 0 && journeys.end[stay]! - journeys.start[stay]! < shortest;
    return (isInstant ? instant : kinds)[stage]![journeys.exit[stay]!]!;
  };
}

function kindOfExit(kind: StageKind, isBeforeLast: boolean, exit: number): MoveKind | null {
  if (kind !== 'open') return kind !== 'dormant' && exit === EXIT.backward ? 'reopening' : null;
  if (exit === EXIT.backward) return 'regression';
  if (exit === EXIT.skipForward) return 'skip';
  return exit === EXIT.won && isBeforeLast ? 'wonEarly' : null;
}

function directionOf(exit: number): Transition['direction'] {
  if (exit === EXIT.forward) return 'forward';
  if (exit === EXIT.skipForward) return 'skip';
  if (exit === EXIT.backward) return 'back';
  if (exit === EXIT.won) return 'won';
  return exit === EXIT.lost ? 'lost' : 'dormant';
}

/** All moves from one stage to another, most frequent first, then in the order of the stages. */
export function transitionsOf({ stages, asOfDay }: Dataset, journeys: Journeys): Transition[] {
  const width = stages.length;
  const offsets = new Int32Array(width * width + 1);
  const deals = new Int32Array(width * width);
  const lastDeal = new Int32Array(width * width).fill(-1);
  const direction = new Uint8Array(width * width);
  forEachMove(journeys, width, (pair, stay, deal) => {
    offsets[pair + 1]! += 1;
    direction[pair] = journeys.exit[stay]!;
    if (lastDeal[pair] === deal) return;
    lastDeal[pair] = deal;
    deals[pair]! += 1;
  });
  for (let pair = 0; pair < deals.length; pair += 1) offsets[pair + 1]! += offsets[pair]!;
  const days = new Float64Array(offsets[deals.length]!);
  const next = offsets.slice();
  forEachMove(journeys, width, (pair, stay) => {
    days[next[pair]!] = stayDays(journeys, stay, asOfDay);
    next[pair]! += 1;
  });
  const pairs = Array.from(deals.keys()).filter((pair) => deals[pair]! > 0);
  const movesOf = (pair: number): number => offsets[pair + 1]! - offsets[pair]!;
  pairs.sort((a, b) => movesOf(b) - movesOf(a) || a - b);
  return pairs.map((pair) => ({
    from: stages[Math.floor(pair / width)]!.id,
    to: stages[pair % width]!.id,
    moves: movesOf(pair),
    deals: deals[pair]!,
    medianDays: quantileOfSorted(sortAscending(days.subarray(offsets[pair]!, offsets[pair + 1]!)), 0.5),
    direction: directionOf(direction[pair]!),
  }));
}

function forEachMove(
  journeys: Journeys,
  width: number,
  visit: (pair: number, stay: number, deal: number) => void,
): void {
  for (let deal = 0; deal + 1 < journeys.offsets.length; deal += 1) {
    for (let stay = journeys.offsets[deal]!; stay < journeys.offsets[deal + 1]! - 1; stay += 1) {
      visit(journeys.stage[stay]! * width + journeys.stage[stay + 1]!, stay, deal);
    }
  }
}
