import { clustersOf, displayWidth } from './width.ts';

/** Cuts a text out of its middle to `width` columns, so that texts of the same beginning can be told apart. */
export function cutMiddle(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  const clusters = clustersOf(text);
  const room = Math.max(0, width - 1);
  let head = '';
  let used = 0;
  for (const cluster of clusters) {
    if (used + cluster.width > Math.ceil(room / 2)) break;
    head += cluster.text;
    used += cluster.width;
  }
  let tail = '';
  for (const cluster of clusters.toReversed()) {
    if (used + cluster.width > room) break;
    tail = cluster.text + tail;
    used += cluster.width;
  }
  return `${head}…${tail}`;
}
