import type { Part } from './archive.ts';
import { type MergedCells, NO_MERGES, readMergedCells } from './merged-cells.ts';
import { utf8Chunks } from './utf8-chunks.ts';
import { isBlankByte } from './xml-tags.ts';
import { wholeNumber } from './xml-token.ts';

/** What has to be known of a sheet before its first row is given out. */
export interface SheetSurvey {
  /** False when rows have to be sorted or put together first. */
  readonly inOrder: boolean;
  readonly merges: MergedCells;
}

const ROW = Buffer.from('row');
const MERGE_MARK = Buffer.from('mergeCell');
const ROW_NUMBER = /\sr\s*=\s*["'](\d+)["']/;
/** No row tag is longer, so that what a chunk cuts need not be kept for ever. */
const LONGEST_ROW_TAG = 4096;

const QUOTE = 0x22;
const SLASH = 0x2f;
const COLON = 0x3a;
const LESS = 0x3c;
const EQUALS = 0x3d;
const GREATER = 0x3e;
const LETTER_R = 0x72;
const NOTHING = Buffer.alloc(0);

/**
 * Goes over the bytes of a sheet once: that checks them all before a row of it is used, and tells cheaply what few
 * sheets have. What such a look misreads (a tag within a comment) costs time or a failure, never a cell.
 */
export async function surveySheet(part: Part): Promise<SheetSurvey> {
  const order = startOrder();
  let mentionsMerges = false;
  let rest: Buffer = NOTHING;
  for await (const chunk of utf8Chunks(part.chunks(), part.fail)) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    order.look(bytes);
    mentionsMerges ||= bytes.includes(MERGE_MARK);
    const open = bytes.lastIndexOf(LESS);
    const isWhole = open === -1 || bytes.length - open > LONGEST_ROW_TAG || bytes.includes(GREATER, open);
    rest = isWhole ? NOTHING : bytes.subarray(open);
  }
  return { inOrder: order.inOrder(), merges: mentionsMerges ? await readMergedCells(part) : NO_MERGES };
}

/** Whether the rows have rising numbers. */
function startOrder(): { look(bytes: Buffer): void; inOrder(): boolean } {
  let last = 0;
  let rising = true;
  return {
    look(bytes) {
      for (let at = bytes.indexOf(ROW); rising && at !== -1; at = bytes.indexOf(ROW, at + ROW.length)) {
        if (!isTagName(bytes, at)) continue;
        const end = bytes.indexOf(GREATER, at);
        if (end === -1) return;
        const row = rowNumber(bytes, at + ROW.length, end) ?? last + 1;
        rising = row > last;
        last = row;
      }
    },
    inOrder: () => rising,
  };
}

/** True for `<row` and `<x:row`, which some other name may only start with. */
function isTagName(bytes: Buffer, at: number): boolean {
  const before = bytes[at - 1];
  if (before !== LESS && before !== COLON) return false;
  const behind = bytes[at + ROW.length] ?? 0;
  return behind === GREATER || behind === SLASH || isBlankByte(behind);
}

/** The number that a row tag names; null for none. */
function rowNumber(bytes: Buffer, start: number, end: number): number | null {
  if (bytes[start + 1] === LETTER_R && bytes[start + 2] === EQUALS && bytes[start + 3] === QUOTE) {
    const row = wholeNumber(bytes, start + 4, bytes.indexOf(QUOTE, start + 4));
    if (row > 0) return row;
  }
  const number = ROW_NUMBER.exec(bytes.toString('latin1', start, end))?.[1];
  return number === undefined ? null : Number(number);
}
