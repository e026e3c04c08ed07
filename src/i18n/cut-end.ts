const FIRST_HALF = /[\ud800-\udbff]$/;

/** A text of at most so many UTF-16 units; one that is longer ends in `…`, and no character is torn. */
export function cutEnd(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(FIRST_HALF, '')}…`;
}
