const LINE_BREAK = /\r\n|\n|\r/;

/**
 * True when a quoted cell holds whole records, so its quote was never meant to span lines: two or more inner lines
 * (one, when the record is of the wrong width), most of them with the delimiters of a full record.
 */
export function swallowedRecords(record: readonly string[], delimiter: string, columns: number): boolean {
  if (columns < 3) return false;
  const fewest = record.length === columns ? 2 : 1;
  return record.some((cell) => {
    if (!cell.includes(delimiter)) return false;
    const inner = cell.split(LINE_BREAK).slice(1, -1);
    const whole = inner.filter((line) => line.split(delimiter).length === columns).length;
    return whole >= fewest && whole * 2 > inner.length;
  });
}
