/**
 * Edits (insert, delete, replace, swap neighbours) that lead from one name to the other; the restricted
 * Damerau–Levenshtein distance, over code points.
 */
function editDistance(from: readonly string[], to: readonly string[]): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      let cost = Math.min(previous[column]! + 1, current[column - 1]! + 1, previous[column - 1]! + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) cost = Math.min(cost, beforePrevious[column - 2]! + 1);
      current.push(cost);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[to.length]!;
}

function folded(name: string): readonly string[] {
  return Array.from(name.normalize('NFKC').toLowerCase());
}

/**
 * The candidate a mistyped name most likely means, or null where none is near: at most a third of its characters are
 * wrong (one in a short name). Case does not count; of equally near candidates the first wins.
 */
export function nearest(name: string, candidates: Iterable<string>): string | null {
  const wanted = folded(name);
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  let best: string | null = null;
  let bestDistance = limit + 1;
  for (const candidate of candidates) {
    const offered = folded(candidate);
    const longer = Math.max(wanted.length, offered.length);
    if (Math.abs(wanted.length - offered.length) >= bestDistance) continue;
    const distance = editDistance(wanted, offered);
    // A name that shares nothing with the candidate is no typing error, however short it is.
    if (distance < bestDistance && distance < longer) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}
