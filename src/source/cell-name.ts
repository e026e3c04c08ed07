/** Letters of a 0-based column: 0 is A, 26 is AA. */
export function columnLetters(position: number): string {
  let letters = '';
  for (let left = position; left >= 0; left = Math.floor(left / 26) - 1) {
    letters = String.fromCharCode(65 + (left % 26)) + letters;
  }
  return letters;
}

/** Name of a cell as a spreadsheet shows it (`F47`), from its 0-based column and 1-based row. */
export function cellName(position: number, row: number): string {
  return `${columnLetters(position)}${row}`;
}
