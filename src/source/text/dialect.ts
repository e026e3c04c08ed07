import { mostKnown } from '../table/header.ts';

/** How the text of a delimited file is cut into records. */
export interface Dialect {
  readonly delimiter: string;
  /** The usual number of columns, 0 when the sample does not tell. */
  readonly columns: number;
  /** A leading `sep=;` line with its line end, '' when there is none; it is no row of the sheet. */
  readonly separatorLine: string;
  /** A carriage return alone ends a record, as in files of old Macs; else it is part of a cell. */
  readonly returnsEndRecords: boolean;
  /** Blanks stand between a delimiter and the quote that opens a cell. */
  readonly blanksBeforeQuotes: boolean;
}

const CANDIDATES = [',', ';', '\t', '|'];
const SAMPLE_RECORDS = 60;
const LF = 0x0a;
const CR = 0x0d;
const SEPARATOR_LINE = /^"?sep=(.)"?(?:\r\n|\n|\r|$)/i;

/**
 * Finds the delimiter of a sample of text: the one under which a record holds most known headers, else the one that
 * cuts the records into the same number of columns most often.
 * @param knownHeader true for a cell that is the header of some field
 */
export function sniffDialect(sample: string, knownHeader: (cell: string) => boolean, asked?: string): Dialect {
  const separator = SEPARATOR_LINE.exec(sample);
  const separatorLine = separator?.[0] ?? '';
  const body = sample.slice(separatorLine.length);
  const certain = asked ?? separator?.[1];
  const [first = ',', ...others] = certain === undefined ? CANDIDATES : [certain];
  let best = measure(body, first, knownHeader);
  for (const delimiter of others) {
    // It would cut nothing, and so be no better.
    if (!body.includes(delimiter)) continue;
    const other = measure(body, delimiter, knownHeader);
    if (isBetter(other, best)) best = other;
  }
  return {
    delimiter: best.delimiter,
    columns: best.columns,
    separatorLine,
    returnsEndRecords: !endsWithLineFeeds(body, best.delimiter),
    blanksBeforeQuotes: hasBlanksBeforeQuotes(body, best.delimiter),
  };
}

/** True when some record of the sample ends with a line feed; those inside quoted cells end none. */
function endsWithLineFeeds(sample: string, delimiter: string): boolean {
  for (let at = 0; at < sample.length; ) {
    const end = cellEnd(sample, at, delimiter);
    if (sample[end] === '\n' || sample.startsWith('\r\n', end)) return true;
    at = end + (sample.startsWith(delimiter, end) ? delimiter.length : 1);
  }
  return false;
}

/** Looks for a cell in quotes behind blanks that closes where a cell may end. */
function hasBlanksBeforeQuotes(sample: string, delimiter: string): boolean {
  if (!sample.includes(' "') && !sample.includes('\t"')) return false;
  for (let at = 0; at < sample.length; ) {
    const quote = firstBehindBlanks(sample, at, delimiter);
    const end = quote > at && sample[quote] === '"' ? closingQuote(sample, quote) : quote;
    if (end > quote && endsCell(sample, end, delimiter)) return true;
    const next = cellEnd(sample, at, delimiter);
    at = next + (sample.startsWith(delimiter, next) ? delimiter.length : 1);
  }
  return false;
}

function firstBehindBlanks(sample: string, start: number, delimiter: string): number {
  let at = start;
  while ((sample[at] === ' ' || sample[at] === '\t') && !sample.startsWith(delimiter, at)) at++;
  return at;
}

function endsCell(sample: string, at: number, delimiter: string): boolean {
  return at >= sample.length || sample[at] === '\n' || sample[at] === '\r' || sample.startsWith(delimiter, at);
}

interface Measure {
  readonly delimiter: string;
  readonly columns: number;
  readonly known: number;
  readonly score: number;
}

function isBetter(other: Measure, best: Measure): boolean {
  const otherKnown = other.known >= 2 ? other.known : 0;
  const bestKnown = best.known >= 2 ? best.known : 0;
  return otherKnown === bestKnown ? other.score > best.score : otherKnown > bestKnown;
}

function measure(sample: string, delimiter: string, knownHeader: (cell: string) => boolean): Measure {
  const records = sampleRecords(sample, delimiter);
  const counts = new Map<number, number>();
  let known = 0;
  for (const record of records) {
    known = mostKnown(record, known, knownHeader);
    if (record.length > 1) counts.set(record.length, (counts.get(record.length) ?? 0) + 1);
  }
  let columns = 0;
  let score = 0;
  for (const [width, times] of counts) {
    const share = times / records.length;
    // A delimiter that cuts every record alike is not chance, however few cells it makes.
    const regular = share === 1 ? 1.5 : 1;
    const widthScore = records.length === 1 ? Math.min(2, width - 1) : regular * share * share * Math.log2(1 + width);
    if (widthScore > score) {
      score = widthScore;
      columns = width;
    }
  }
  return { delimiter, columns, known, score };
}

/** The first records that are not blank, cut with regard to quotes; one cut off by the end of the sample is left out. */
export function sampleRecords(sample: string, delimiter: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let at = 0;
  while (at < sample.length && records.length < SAMPLE_RECORDS) {
    const end = cellEnd(sample, at, delimiter);
    record.push(unquoted(sample.slice(at, end)));
    if (sample.startsWith(delimiter, end)) {
      at = end + delimiter.length;
      continue;
    }
    if (record.some((cell) => cell.trim() !== '')) records.push(record);
    record = [];
    at = end + (sample.startsWith('\r\n', end) ? 2 : 1);
  }
  return records;
}

/** Index of the delimiter or line end after the cell that starts at `start`. */
function cellEnd(sample: string, start: number, delimiter: string): number {
  const from = sample[start] === '"' ? closingQuote(sample, start) : start;
  const first = delimiter.charCodeAt(0);
  for (let at = from; at < sample.length; at++) {
    const unit = sample.charCodeAt(at);
    if (unit === LF || unit === CR || (unit === first && sample.startsWith(delimiter, at))) return at;
  }
  return sample.length;
}

/** Index after the closing quote; the start itself when the quote never closes, so that the rest is still cut. */
function closingQuote(sample: string, start: number): number {
  for (let at = sample.indexOf('"', start + 1); at !== -1; at = sample.indexOf('"', at + 2)) {
    if (sample[at + 1] !== '"') return at + 1;
  }
  return start;
}

function unquoted(cell: string): string {
  return cell.length > 1 && cell.startsWith('"') && cell.endsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
}
