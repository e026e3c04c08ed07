import { parse } from 'csv-parse/sync';

/** Where the first physical line of some bytes ends, and where the next one starts; null when that cannot be seen yet. */
export function firstLineEnd(bytes: Buffer, atEnd: boolean): { text: number; next: number } | null {
  const feed = bytes.indexOf(0x0a);
  const head = feed === -1 ? bytes : bytes.subarray(0, feed);
  const carriage = head.indexOf(0x0d);
  if (carriage !== -1) {
    if (carriage + 1 === bytes.length && !atEnd) return null;
    return { text: carriage, next: bytes[carriage + 1] === 0x0a ? carriage + 2 : carriage + 1 };
  }
  if (feed !== -1) return { text: feed, next: feed + 1 };
  return atEnd ? { text: bytes.length, next: bytes.length } : null;
}

/**
 * The cells of a line whose only fault is a quote inside a plain cell (`5" pipe`); null when a quoted cell is damaged,
 * because then nobody knows where it ends.
 */
export function mendLine(text: string, delimiter: string): string[] | null {
  let records: string[][];
  try {
    records = parse(text, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
    });
  } catch {
    return null;
  }
  const cells = records[0];
  // The relaxed parser leaves the opening quote in front of a cell it could not close.
  return cells === undefined || records.length > 1 || cells.some((cell) => cell.startsWith('"')) ? null : cells;
}

/** True when a carriage return without a line feed stands outside quotes in the bytes of a sound record. */
export function hasBareReturn(bytes: Buffer): boolean {
  let quoted = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === 0x22) quoted = !quoted;
    else if (byte === 0x0d && !quoted && bytes[at + 1] !== 0x0a && bytes[at + 1] !== 0x0d) return at + 1 < bytes.length;
  }
  return false;
}
