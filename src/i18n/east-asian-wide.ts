/**
 * Code points of East Asian Width W or F, first and last of each range (Unicode 16). Emoji are told by their own
 * property and left out; blocks are taken whole, unassigned code points included.
 */
const WIDE_RANGES: readonly (readonly [first: number, last: number])[] = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2630, 0x2637],
  [0x268a, 0x268f],
  [0x2e80, 0x303e],
  [0x3041, 0x3247],
  [0x3250, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18dff],
  [0x1aff0, 0x1b2ff],
  [0x1d300, 0x1d376],
  [0x1f200, 0x1f265],
  [0x20000, 0x3fffd],
];

/** Whether a character takes two terminal columns by its East Asian Width. */
export function isWideCodePoint(code: number): boolean {
  if (code < 0x1100) return false;
  for (const [first, last] of WIDE_RANGES) {
    if (code <= last) return code >= first;
  }
  return false;
}
