import { NOT_PLAIN, NUMBER, type PlainCell, readValue, SHARED } from './plain-cells.ts';
import { isAt } from './plain-texts.ts';

const QUOTE = 0x22;
const CELL_OPEN = Buffer.from('<c r="');
/** By bytes that count of the next four: the bits that do. */
const MASKS = Int32Array.of(0, 0xff, 0xffff, 0xffffff, -1);
const WORD_BYTES = 4;

/** What is remembered of a cell, of each column one behind another. */
const LEAD = 0;
const LEAD_LENGTH = 1;
const TAIL = 2;
const TAIL_LENGTH = 3;
const KIND = 4;
const STYLE = 5;
const FACTS = 6;

/** Cells further up in the same bytes: those below are mostly written like them, but for number of row and value. */
export interface CellsAbove {
  view: DataView;
  /** Where the number of the row at hand stands in its tag. */
  digits: number;
  digitCount: number;
  /** By column: where `<c r="B` and what is between row number and value stand, how long they are, kind and style. */
  readonly facts: Int32Array;
}

export function startCellsAbove(width: number): CellsAbove {
  return { view: new DataView(new ArrayBuffer(0)), digits: 0, digitCount: 0, facts: new Int32Array(width * FACTS) };
}

/** Goes on with other bytes, in which no cell is known. */
export function forgetCells(above: CellsAbove, bytes: Buffer): void {
  above.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  above.facts.fill(0);
}

/** Goes on with a row whose number stands at `digits`. */
export function enterRow(above: CellsAbove, row: number, digits: number): void {
  above.digits = digits;
  above.digitCount = 1;
  for (let more = 10; more <= row; more *= 10) above.digitCount++;
}

/** Reads the cell of a column where it is written like the one above. As `readPlainCell`. */
export function readLikeAbove(
  cell: PlainCell,
  { view, digits, digitCount, facts }: CellsAbove,
  bytes: Buffer,
  start: number,
  column: number,
): number {
  const first = column * FACTS;
  const leadLength = facts[first + LEAD_LENGTH]!;
  const tailLength = facts[first + TAIL_LENGTH]!;
  const number = start + leadLength;
  const tail = number + digitCount;
  if (leadLength === 0 || !areSame(view, start, facts[first + LEAD]!, leadLength)) return NOT_PLAIN;
  if (!areSame(view, number, digits, digitCount) || !areSame(view, tail, facts[first + TAIL]!, tailLength))
    return NOT_PLAIN;
  cell.column = column;
  cell.kind = facts[first + KIND] === SHARED ? SHARED : NUMBER;
  cell.style = facts[first + STYLE]!;
  return readValue(cell, bytes, tail + tailLength);
}

/** True where the same bytes stand at two places, at least a word before the end. */
function areSame(view: DataView, one: number, other: number, length: number): boolean {
  for (let at = 0; at < length; at += WORD_BYTES) {
    const counting = length - at < WORD_BYTES ? MASKS[length - at]! : -1;
    if (((view.getInt32(one + at, true) ^ view.getInt32(other + at, true)) & counting) !== 0) return false;
  }
  return true;
}

/** Remembers a cell of the row at hand, as it was read at `start`. */
export function rememberCell(
  { view, digits, digitCount, facts }: CellsAbove,
  { column, kind, style, text }: PlainCell,
  bytes: Buffer,
  start: number,
): void {
  if ((kind !== NUMBER && kind !== SHARED) || !isAt(bytes, start, CELL_OPEN)) return;
  const number = start + CELL_OPEN.length + lettersOf(column);
  const tail = number + digitCount;
  if (bytes[tail] !== QUOTE || !areSame(view, number, digits, digitCount)) return;
  const first = column * FACTS;
  facts[first + LEAD] = start;
  facts[first + LEAD_LENGTH] = number - start;
  facts[first + TAIL] = tail;
  facts[first + TAIL_LENGTH] = text.start - tail;
  facts[first + KIND] = kind;
  facts[first + STYLE] = style;
}

function lettersOf(column: number): number {
  if (column < 26) return 1;
  return column < 26 * 27 ? 2 : 3;
}
