import { isReportLine, isTotalRow } from './footer.ts';
import { cellText, type ScannedRecord } from './record-scan.ts';

/**
 * True for a row that is surely a deal, whatever its other cells hold: it has a cell for each header or fewer, but more
 * than one, and the first one filled is neither a label of what stands below tables nor the header once more.
 */
export function isPlainRow(record: ScannedRecord, headers: readonly string[]): boolean {
  const { width, starts, ends } = record;
  if (width > headers.length || (width === 1 && headers.length > 1)) return false;
  let first = 0;
  while (first < width && starts[first] === ends[first]) first++;
  if (first === width) return false;
  const text = cellText(record, first);
  if (text.trim() === '' || isHeader(text, headers[first])) return false;
  // Alone in its row a label counts for most, so that one which is none here is none beside other cells.
  const alone = [text];
  return !isReportLine(alone, 0) && !isTotalRow(alone, 0, headers.length);
}

/** A file appended to another brings its byte order mark along. */
function isHeader(text: string, header: string | undefined): boolean {
  return text === header || text === `\uFEFF${header}`;
}
