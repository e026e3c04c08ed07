/** How often one of two came before the other: `counts[a * size + b]` times `a` before `b`. */
export interface Precedence {
  readonly size: number;
  readonly counts: Float64Array;
}

function net({ size, counts }: Precedence, a: number, b: number): number {
  return (counts[a * size + b] as number) - (counts[b * size + a] as number);
}

/** What is won by moving the item at `from` to `to`: moves that go forward then and did not before. */
function gainOf(order: readonly number[], from: number, to: number, precedence: Precedence): number {
  const item = order[from] as number;
  let gain = 0;
  if (to < from) for (let at = to; at < from; at++) gain += net(precedence, item, order[at] as number);
  else for (let at = from + 1; at <= to; at++) gain += net(precedence, order[at] as number, item);
  return gain;
}

/**
 * The order in which most pairs stand as they were seen to follow each other (Kemeny's criterion, by moving one item at
 * a time while that helps); what was never compared keeps the order of `start`.
 */
export function majorityOrder(start: readonly number[], precedence: Precedence): readonly number[] {
  const order = [...start];
  for (;;) {
    let best = { from: 0, to: 0, gain: 0 };
    for (let from = 0; from < order.length; from++) {
      for (let to = 0; to < order.length; to++) {
        const gain = gainOf(order, from, to, precedence);
        const nearer = Math.abs(to - from) < Math.abs(best.to - best.from);
        if (gain > best.gain || (gain === best.gain && gain > 0 && nearer)) best = { from, to, gain };
      }
    }
    if (best.gain <= 0) return order;
    order.splice(best.to, 0, ...order.splice(best.from, 1));
  }
}

/** Whether each neighbour was seen to come after the one before it, more often than before it. */
export function isDecided(order: readonly number[], precedence: Precedence): boolean {
  return order.every((item, at) => at === 0 || net(precedence, order[at - 1] as number, item) > 0);
}
