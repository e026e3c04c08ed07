import { NOT_PLAIN } from './plain-cells.ts';
import { isAt } from './plain-texts.ts';
import { wholeNumber, type XmlToken } from './xml-token.ts';

/** How the tags of rows that are shown go on behind the number: `" spans="1:20">`. */
export interface RowEndings {
  readonly known: Buffer[];
  /** The one that came last. */
  usual: Buffer;
}

/** How the tag of a row starts, up to its number. */
export const ROW_OPEN = Buffer.from('<row r="');
const QUOTE = 0x22;
const GREATER = 0x3e;
const MOST_ENDINGS = 16;
const LONGEST_ENDING = 256;
const MOST_DIGITS = 7;

export function startRowEndings(): RowEndings {
  return { known: [], usual: Buffer.alloc(0) };
}

/** Remembers how the tag of a row goes on, which was read and says nothing of its cells. */
export function rememberEnding({ known }: RowEndings, { bytes, attributes, attributeCount }: XmlToken): void {
  if (attributeCount === 0 || known.length === MOST_ENDINGS) return;
  const start = attributes[3] as number;
  const end = (attributes[attributeCount * 4 - 1] as number) + 1;
  if (!isAt(bytes, (attributes[0] as number) - ROW_OPEN.length + 3, ROW_OPEN)) return;
  if (bytes[start] !== QUOTE || bytes[end] !== GREATER || end - start > LONGEST_ENDING) return;
  const ending = Buffer.from(bytes.subarray(start, end + 1));
  if (!known.some((each) => each.equals(ending))) known.push(ending);
}

/** Offset behind the tag of a row of that number and one of the known endings, -1 where none stands there. */
export function behindRowTag(endings: RowEndings, bytes: Buffer, start: number, row: number): number {
  if (!isAt(bytes, start, ROW_OPEN)) return NOT_PLAIN;
  const digits = start + ROW_OPEN.length;
  let at = digits;
  while (at < digits + MOST_DIGITS && bytes[at] !== QUOTE) at++;
  if (wholeNumber(bytes, digits, at) !== row) return NOT_PLAIN;
  if (endings.usual.length > 0 && isAt(bytes, at, endings.usual)) return at + endings.usual.length;
  for (const ending of endings.known) {
    if (!isAt(bytes, at, ending)) continue;
    endings.usual = ending;
    return at + ending.length;
  }
  return NOT_PLAIN;
}
