import { type Cluster, clustersOf } from './width.ts';

/** Chinese punctuation that may not begin a line, with the Latin signs that lean on what stands before them. */
const STICKS_TO_PREVIOUS = new Set('，。、；：！？）」』】》〉”’…—％%,.;:!?)]}');
/** What may not end a line. */
const STICKS_TO_NEXT = new Set('（「『【《〈“‘([{¥￥$€£#');

/** Ends a line, also behind a space. */
const SEPARATOR = '·';

function mayBreakBetween(before: Cluster, after: Cluster): boolean {
  if (before.name !== undefined && before.name === after.name) return false;
  if (after.text === ' ' || after.text === SEPARATOR) return false;
  if (before.text === ' ') return true;
  if (before.width < 2 && after.width < 2) return false;
  // “820万” and “7月” are read as one.
  if (/\d$/.test(before.text)) return false;
  return !STICKS_TO_PREVIOUS.has(after.text) && !STICKS_TO_NEXT.has(before.text);
}

function widthOf(clusters: readonly Cluster[], from: number, to: number): number {
  let width = 0;
  for (let index = from; index < to; index += 1) width += clusters[index]?.width ?? 0;
  return width;
}

function trimmed<C extends Cluster>(clusters: readonly C[], from: number, to: number): C[] {
  let end = to;
  while (end > from && clusters[end - 1]?.text.trim() === '') end -= 1;
  return clusters.slice(from, end);
}

/** Index where the line that starts at `from` ends at the latest, and the last good place to break before it. */
function lineEnd(clusters: readonly Cluster[], from: number, width: number): number {
  let used = 0;
  let breakAt = from;
  for (let index = from; index < clusters.length; index += 1) {
    const cluster = clusters[index];
    const before = clusters[index - 1];
    if (cluster === undefined) break;
    if (index > from && before !== undefined && mayBreakBetween(before, cluster)) breakAt = index;
    used += cluster.width;
    // Spaces at the end of a line are dropped, so they never make it too long.
    if (used > width && cluster.text !== ' ') return breakAt > from ? breakAt : Math.max(index, from + 1);
  }
  return clusters.length;
}

/**
 * Breaks into lines of at most `width` columns (2 or more): at spaces, beside wide characters unless punctuation
 * forbids it, and inside a word or a name only where the word alone is wider than a line. Space at the end of a line goes.
 * Works on anything that carries clusters, so styled text wraps like plain text.
 */
export function wrapClusters<C extends Cluster>(clusters: readonly C[], width: number): C[][] {
  if (widthOf(clusters, 0, clusters.length) <= width) return [trimmed(clusters, 0, clusters.length)];
  const lines: C[][] = [];
  let from = 0;
  while (from < clusters.length) {
    const end = lineEnd(clusters, from, width);
    lines.push(trimmed(clusters, from, end));
    from = end;
  }
  return lines;
}

function singleWidthLineEnd(text: string, from: number, width: number): number {
  let over = from + width;
  while (text[over] === ' ') over += 1;
  if (over >= text.length) return text.length;
  for (let at = over; at > from; at -= 1) {
    if (text[at - 1] === ' ' && text[at] !== ' ' && text[at] !== SEPARATOR) return at;
  }
  return over;
}

/** Where the lines of a text begin and end that `isSingleWidth`: as `wrapClusters` breaks it, without its clusters. */
export function singleWidthLines(text: string, width: number): (readonly [from: number, to: number])[] {
  const lines: [number, number][] = [];
  for (let from = 0; from < text.length; ) {
    const end = singleWidthLineEnd(text, from, width);
    lines.push([from, from + text.slice(from, end).trimEnd().length]);
    from = end;
  }
  return lines;
}

/** The lines of a text at `width` columns; see `wrapClusters`. An empty text is one empty line. */
export function wrapToWidth(text: string, width: number): string[] {
  return wrapClusters(clustersOf(text), width).map((line) => line.map((cluster) => cluster.text).join(''));
}
