const LINE_BREAK = /\r\n|\n|\r/;
/** Of fewer columns two lines of a cell may look whole by chance. */
const SURE_COLUMNS = 4;

/**
 * True when a quoted cell holds whole records, so that its quote was never meant to span lines. Then the record starts
 * with a line that is whole without its quotes, which a cell of several lines hardly ever does. It ends with such a line
 * too, or two or more lines between are whole (one, when the record is of the wrong width), most of them. A note in the
 * last column starts on a whole line by its nature, so there the lines between decide.
 */
export function swallowedRecords(record: readonly string[], delimiter: string, columns: number): boolean {
  if (columns < 3) return false;
  const lines = record.join(delimiter).split(LINE_BREAK);
  const isWhole = (line: string | undefined): boolean => line !== undefined && line.split(delimiter).length === columns;
  if (lines.length < 2 || !isWhole(lines[0])) return false;
  const isNote = record.slice(0, -1).every((cell) => !LINE_BREAK.test(cell));
  const ends = [lines[0], lines.at(-1)];
  if (!isNote && columns >= SURE_COLUMNS && ends.every((line) => isWhole(line) && isFilled(line, delimiter)))
    return true;
  const inner = lines.slice(1, -1);
  const whole = inner.filter(isWhole).length;
  return whole >= (record.length === columns ? 2 : 1) && whole * 2 > inner.length;
}

/** A record has more to say than delimiters. */
function isFilled(line: string | undefined, delimiter: string): boolean {
  const cells = line?.split(delimiter) ?? [];
  return cells[0]?.trim() !== '' && cells.filter((cell) => cell.trim() !== '').length * 2 > cells.length;
}
