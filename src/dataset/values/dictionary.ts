import { finishedTexts } from '../../source/byte-dictionary.ts';
import { NO_CELL, type RawColumn } from '../../source/sheet.ts';
import { type Texts, textsOfBytes, type Utf8Texts } from '../../source/texts.ts';
import { visitBlocks } from '../row-blocks.ts';
import { numberOf, startTextNumbers } from '../text-numbers.ts';
import { trimText } from './placeholder.ts';
import { endsPlainly } from './trim-bytes.ts';

/** The distinct texts of a column and their code in each row. */
interface Dictionary {
  readonly codes: Int32Array;
  readonly texts: Texts;
}

/** Gives rows without the cell the code of the empty text; trims the texts of a text column. */
export function dictionaryOf(raw: RawColumn, trimmed: boolean): Dictionary {
  const whole = lacksCells(raw.codes) ? withEmptyText(raw) : { codes: raw.codes, texts: raw.values };
  return trimmed ? trimDictionary(whole) : whole;
}

/** Whether some row is too short to have the cell: its code alone is negative. */
function lacksCells(codes: Int32Array): boolean {
  let all = 0;
  visitBlocks(codes.length, (from, to) => {
    for (let row = from; row < to; row++) all |= codes[row]!;
  });
  return all < 0;
}

function withEmptyText({ codes: cells, values }: RawColumn): Dictionary {
  const known = values.indexOf('');
  const empty = known >= 0 ? known : values.length;
  const codes = Int32Array.from(cells);
  for (let row = 0; row < codes.length; row++) {
    if (codes[row] === NO_CELL) codes[row] = empty;
  }
  return { codes, texts: known >= 0 ? values : withEmpty(values) };
}

function withEmpty(texts: Texts): Texts {
  if (texts.utf8 === undefined) return [...texts, ''];
  const { bytes, starts } = texts.utf8;
  const longer = new Uint32Array(starts.length + 1);
  longer.set(starts);
  longer[starts.length] = starts[starts.length - 1]!;
  return textsOfBytes(bytes, longer);
}

function trimDictionary(dictionary: Dictionary): Dictionary {
  const { codes, texts } = dictionary;
  if (isTrimmed(texts)) return dictionary;
  const trimmed = texts.utf8 === undefined ? trimTexts(texts) : trimBytes(texts, texts.utf8);
  const recoded = new Int32Array(codes.length);
  for (let row = 0; row < codes.length; row++) recoded[row] = trimmed.recode[codes[row]!]!;
  return { codes: recoded, texts: trimmed.texts };
}

/** The trimmed texts, each once, and their code by the code before. */
interface TrimmedTexts {
  readonly recode: Int32Array;
  readonly texts: Texts;
}

function trimTexts(texts: Texts): TrimmedTexts {
  const codeOf = new Map<string, number>();
  const recode = new Int32Array(texts.length);
  for (const [code, text] of texts.entries()) {
    const trimmed = trimText(text);
    const known = codeOf.get(trimmed);
    recode[code] = known ?? codeOf.size;
    if (known === undefined) codeOf.set(trimmed, codeOf.size);
  }
  return { recode, texts: [...codeOf.keys()] };
}

function trimBytes(texts: Texts, { bytes, starts }: Utf8Texts): TrimmedTexts {
  const numbers = startTextNumbers(texts.length);
  const recode = new Int32Array(texts.length);
  for (let code = 0; code < recode.length; code++) {
    let [start, end] = [starts[code]!, starts[code + 1]!];
    if (!endsPlainly(bytes, start, end)) {
      const text = texts.at(code) as string;
      const trimmed = trimText(text);
      start += Buffer.byteLength(text.slice(0, text.indexOf(trimmed)));
      end = start + Buffer.byteLength(trimmed);
    }
    recode[code] = numberOf(numbers, bytes, start, end);
  }
  const kept = finishedTexts(numbers);
  return { recode, texts: textsOfBytes(kept.bytes, kept.starts) };
}

function isTrimmed(texts: Texts): boolean {
  const { utf8 } = texts;
  let isSo = true;
  visitBlocks(texts.length, (from, to) => {
    for (let code = from; code < to && isSo; code++) {
      if (utf8 !== undefined && endsPlainly(utf8.bytes, utf8.starts[code]!, utf8.starts[code + 1]!)) continue;
      const text = texts.at(code) as string;
      isSo = trimText(text) === text;
    }
  });
  return isSo;
}
