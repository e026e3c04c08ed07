import { type CellBatch, NO_TEXT, OWN_TEXT, textOfCell, textPlace } from './cell-batch.ts';
import { type HeaderTest, isDigit, isPlainText, looksPlain, type PlainShape } from './plain-row.ts';

/** What a text is at the start of a row. */
type Start = typeof UNKNOWN | typeof BLANK | typeof PLAIN | typeof UNCLEAR;

const UNKNOWN = 0;
const BLANK = 1;
/** No row below a table starts with it. */
const PLAIN = 2;
const UNCLEAR = 3;

/** True for a row of a batch that is surely a deal: `takeRow` would keep it. */
export type PlainCellsTest = (batch: CellBatch, row: number, shape: PlainShape) => boolean;

/** Starts to look at rows whose texts have numbers, each of them once. */
export function startPlainCellsTest(isHeader: HeaderTest): PlainCellsTest {
  const starts = { known: new Uint8Array(0) };
  return (batch, row, shape) => {
    const texts = batch.shared.count + batch.made.count;
    if (starts.known.length < texts) starts.known = grown(starts.known, texts);
    const { filledCell, headers } = shape;
    if (filledCell !== null && startOf(batch, filledCell * batch.room + row, headers, starts.known) === BLANK)
      return false;
    if (!startsPlain(batch, row, headers, starts.known)) return false;
    return hasNumber(batch, row, shape) || !isHeader(textsOf(batch, row));
  };
}

function grown(bytes: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const longer = new Uint8Array(length + (length >> 2));
  longer.set(bytes);
  return longer;
}

function startsPlain(batch: CellBatch, row: number, headers: readonly string[], known: Uint8Array): boolean {
  for (let cell = 0; cell < batch.width; cell++) {
    const start = startOf(batch, cell * batch.room + row, headers, known);
    if (start !== BLANK) return start === PLAIN;
  }
  return false;
}

function startOf(batch: CellBatch, place: number, headers: readonly string[], known: Uint8Array): Start {
  const number = batch.numbers[place]!;
  if (number === NO_TEXT) return BLANK;
  if (number === OWN_TEXT) return kindOf(batch, place, headers);
  if (known[number] === UNKNOWN) known[number] = kindOf(batch, place, headers);
  return known[number] as Start;
}

function kindOf(batch: CellBatch, place: number, headers: readonly string[]): Start {
  const { bytes, start, end } = textPlace(batch, place);
  if (start === end) return BLANK;
  if (looksPlain(bytes, start, end)) return PLAIN;
  const text = textOfCell(batch, place);
  // A byte order mark is blank, and yet belongs to no cell.
  if (text.trim() === '' && !text.startsWith('\uFEFF')) return BLANK;
  return isPlainText(text, headers) ? PLAIN : UNCLEAR;
}

/** True where a cell starts with a digit that is a name in all headers. */
function hasNumber(batch: CellBatch, row: number, { named }: PlainShape): boolean {
  const { numbers, room, width } = batch;
  for (let cell = 0; cell < width; cell++) {
    const place = cell * room + row;
    if (numbers[place] === NO_TEXT || named[cell] !== true) continue;
    const { bytes, start, end } = textPlace(batch, place);
    if (start < end && isDigit(bytes[start]!)) return true;
  }
  return false;
}

function textsOf(batch: CellBatch, row: number): string[] {
  const texts: string[] = [];
  for (let cell = 0; cell < batch.width; cell++) texts.push(textOfCell(batch, cell * batch.room + row));
  return texts;
}
