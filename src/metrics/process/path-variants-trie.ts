import type { Dataset, Journeys } from '../../dataset/dataset.ts';

/** Sequences of stages as a tree: each node is the path from the root to it. */
export interface PathTree {
  /** Node before each node; the root is 0. */
  readonly parent: readonly number[];
  /** Index into the stages that a node adds; -1 for the root. */
  readonly stage: readonly number[];
  /** One a deal: the node of its path, -1 for a deal without a history. */
  readonly nodeOfDeal: Int32Array;
}

/** The path of every deal: its stages in order, without the closed stage it is in now. */
export function pathTree({ stages, rowCount }: Dataset, journeys: Journeys): PathTree {
  const isClosed = Uint8Array.from(stages, ({ kind }) => Number(kind === 'won' || kind === 'lost'));
  const children = new Map<number, number>();
  const parent = [-1];
  const stage = [-1];
  const nodeOfDeal = new Int32Array(rowCount).fill(-1);
  for (let deal = 0; deal < rowCount; deal += 1) {
    const first = journeys.offsets[deal]!;
    let after = journeys.offsets[deal + 1]!;
    if (first === after) continue;
    if (isClosed[journeys.stage[after - 1]!] === 1) after -= 1;
    let node = 0;
    for (let stay = first; stay < after; stay += 1) {
      const place = node * stages.length + journeys.stage[stay]!;
      let next = children.get(place);
      if (next === undefined) {
        next = parent.push(node) - 1;
        stage.push(journeys.stage[stay]!);
        children.set(place, next);
      }
      node = next;
    }
    nodeOfDeal[deal] = node;
  }
  return { parent, stage, nodeOfDeal };
}

/** Indexes of the stages from the root to a node. */
export function pathOf({ parent, stage }: PathTree, node: number): number[] {
  const path: number[] = [];
  for (let at = node; at > 0; at = parent[at]!) path.push(stage[at]!);
  return path.reverse();
}
