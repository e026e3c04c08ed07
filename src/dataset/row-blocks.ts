/** Few enough for a loop over them to be called often, and many enough for the calls not to count. */
const BLOCK = 4096;

/**
 * Calls `visit` for one block of `length` items after the other, with the first and the one behind the last. A function
 * that is called again and again runs compiled from the next call on; one long loop runs on as it began.
 */
export function visitBlocks(length: number, visit: (from: number, to: number) => void): void {
  for (let from = 0; from < length; from += BLOCK) visit(from, Math.min(length, from + BLOCK));
}
