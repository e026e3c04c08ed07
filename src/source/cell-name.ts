/** Letters of a 0-based column: 0 is A, 26 is AA. */
export function columnLetters(position: number): string {
  let letters = '';
  for (let left = position; left >= 0; left = Math.floor(left / 26) - 1) {
    letters = String.fromCharCode(65 + (left % 26)) + letters;
  }
  return letters;
}

/** 0-based column of letters in capitals: 0 of A, 26 of AA. */
export function columnPosition(letters: string): number {
  let position = 0;
  for (let at = 0; at < letters.length; at++) position = position * 26 + letters.charCodeAt(at) - 64;
  return position - 1;
}

/** Name of a cell as a spreadsheet shows it (`F47`), from its 0-based column and 1-based row. */
export function cellName(position: number, row: number): string {
  return `${columnLetters(position)}${row}`;
}
