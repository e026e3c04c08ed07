import type { Part } from './archive.ts';
import { type MergedCells, NO_MERGES, readMergedCells } from './merged-cells.ts';
import { utf8Chunks } from './utf8-chunks.ts';

/** What has to be known of a sheet before its first row is given out. */
export interface SheetSurvey {
  /** False when rows have to be sorted or put together first. */
  readonly inOrder: boolean;
  readonly merges: MergedCells;
}

const ROW = 'row';
const ROW_NUMBER = /\sr\s*=\s*["'](\d+)["']/;
const MERGE_MARK = 'mergeCell';
/** No row tag is longer, so that what a chunk cuts need not be kept for ever. */
const LONGEST_ROW_TAG = 4096;

/**
 * Goes over the bytes of a sheet once: that checks them all before a row of it is used, and tells cheaply what few
 * sheets have. What such a look misreads (a tag within a comment) costs time or a failure, never a cell.
 */
export async function surveySheet(part: Part): Promise<SheetSurvey> {
  const order = startOrder();
  let mentionsMerges = false;
  let rest = '';
  for await (const chunk of utf8Chunks(part.chunks(), part.fail)) {
    const text = rest + chunk.toString('latin1');
    order.look(text);
    mentionsMerges ||= text.includes(MERGE_MARK);
    const open = text.lastIndexOf('<');
    rest = open === -1 || text.length - open > LONGEST_ROW_TAG || text.includes('>', open) ? '' : text.slice(open);
  }
  return { inOrder: order.inOrder(), merges: mentionsMerges ? await readMergedCells(part) : NO_MERGES };
}

/** Whether the rows have rising numbers. */
function startOrder(): { look(text: string): void; inOrder(): boolean } {
  let last = 0;
  let rising = true;
  return {
    look(text) {
      for (let at = text.indexOf(ROW); rising && at !== -1; at = text.indexOf(ROW, at + ROW.length)) {
        const end = isTagName(text, at) ? text.indexOf('>', at) : -1;
        if (end === -1) continue;
        const number = ROW_NUMBER.exec(text.slice(at, end))?.[1];
        const row = number === undefined ? last + 1 : Number(number);
        rising = row > last;
        last = row;
      }
    },
    inOrder: () => rising,
  };
}

/** True for `<row` and `<x:row`, which some other name may only start with. */
function isTagName(text: string, at: number): boolean {
  const before = text[at - 1];
  return (before === '<' || before === ':') && /[\s>/]/.test(text[at + ROW.length] ?? '');
}
