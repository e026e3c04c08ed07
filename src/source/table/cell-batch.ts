import type { ByteDictionary } from '../byte-dictionary.ts';
import { textOfBytes, type Utf8Texts } from '../texts.ts';

/** A cell without a value, among text numbers. */
export const NO_TEXT = -1;
/** A cell whose text stands among the bytes of its batch, among text numbers. */
export const OWN_TEXT = -2;

/** Texts by number. */
export interface NumberedTexts extends Utf8Texts {
  readonly count: number;
}

/** Rows of a grid whose cells are texts by number or places in a buffer, good until the next ones are put into them. */
export interface CellBatch {
  /** Rows there is room for: what is known of cell `cell` of row `row` stands at `cell * room + row`. */
  readonly room: number;
  readonly width: number;
  /** Number of each text, `NO_TEXT` or `OWN_TEXT`. */
  readonly numbers: Int32Array;
  /** Where each `OWN_TEXT` stands, and what `hashOfBytes` makes of it. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly hashes: Int32Array;
  /** UTF-8. */
  bytes: Buffer;
  /** The texts that many cells share; numbers from their count on are those of `made`. */
  readonly shared: NumberedTexts;
  readonly made: NumberedTexts;
  /** The shared texts by what they say, with their numbers for codes; null where two of them are the same. */
  readonly distinct: ByteDictionary | null;
}

const MOST_ROWS = 256;
const MOST_CELLS = 1 << 16;

/** A batch of rows of that many cells. */
export function emptyCells(
  width: number,
  { shared, made, distinct }: Pick<CellBatch, 'shared' | 'made' | 'distinct'>,
): CellBatch {
  const room = Math.max(1, Math.min(MOST_ROWS, Math.floor(MOST_CELLS / width)));
  const cells = room * width;
  return {
    room,
    width,
    numbers: new Int32Array(cells),
    starts: new Int32Array(cells),
    ends: new Int32Array(cells),
    hashes: new Int32Array(cells),
    bytes: Buffer.alloc(0),
    shared,
    made,
    distinct,
  };
}

/** Where the text of a cell stands. */
export interface TextPlace {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/** Where the text of a cell that has one stands. */
export function textPlace({ numbers, starts, ends, bytes, shared, made }: CellBatch, place: number): TextPlace {
  const number = numbers[place]!;
  if (number === OWN_TEXT) return { bytes, start: starts[place]!, end: ends[place]! };
  const texts = number < shared.count ? shared : made;
  const index = number < shared.count ? number : number - shared.count;
  return { bytes: texts.bytes, start: texts.starts[index]!, end: texts.starts[index + 1]! };
}

/** The text of a cell, '' where it has no value. */
export function textOfCell(batch: CellBatch, place: number): string {
  if (batch.numbers[place] === NO_TEXT) return '';
  const { bytes, start, end } = textPlace(batch, place);
  return textOfBytes(bytes, start, end);
}
