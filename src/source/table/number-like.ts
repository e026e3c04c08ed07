/** Starts with a digit, a sign before one, or a currency sign: an amount, a date, a percentage. */
const NUMBER_LIKE = /^\s*[([（+-]?\s*[$€£¥￥]?\s*[.,]?\d/;

/** True for a cell that no header has. */
export function isNumberLike(cell: string): boolean {
  return NUMBER_LIKE.test(cell);
}
