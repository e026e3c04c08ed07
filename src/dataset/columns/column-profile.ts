import { NO_CELL, type RawColumn } from '../../source/sheet.ts';
import type { Texts } from '../../source/texts.ts';
import { isMissing, trimText } from '../values/placeholder.ts';
import { hashOfText, quickHashOfBytes } from './text-hash.ts';

/** Distinct texts of a column that are looked at; of more, those are taken whose hash is low. */
const SAMPLE_SIZE = 600;
/** Fewer than this of a sample that should hold more: the texts differ where the quick hash does not look. */
const THIN_SAMPLE = 120;
const HASH_RANGE = 2 ** 32;
const UNKNOWN = -1;

/** What a column holds, by a sample of its distinct texts that does not depend on the order of the rows. */
export interface ColumnProfile {
  /** Index into the header list. */
  readonly index: number;
  readonly raw: RawColumn;
  /** Filled texts that were looked at, trimmed. */
  readonly texts: readonly string[];
  /** One a text: its code in the column. */
  readonly codes: readonly number[];
  /** One a text: rows that have it. */
  readonly counts: readonly number[];
  /** Rows of the texts that were looked at. */
  readonly filled: number;
  /** Distinct texts of the whole column, blanks not counted. */
  readonly distinct: number;
  /** Rows of the whole column without a text; placeholders count where they were looked at. */
  readonly blank: number;
  readonly rowCount: number;
}

/** Codes of the texts with a low hash, and of the empty text. */
function codesBelow(values: Texts, reach: 'quick' | 'whole'): number[] {
  const limit = (SAMPLE_SIZE / values.length) * HASH_RANGE;
  const codes: number[] = [];
  for (let code = 0; code < values.length; code++) {
    const quick = reach === 'quick' ? quickHash(values, code) : UNKNOWN;
    if (quick >= limit) continue;
    const text = values.at(code) as string;
    if (text.length === 0 || hashOfText(text, reach) < limit) codes.push(code);
  }
  return codes;
}

/** The quick hash where the bytes of a text tell it without a string, else `UNKNOWN`; of an empty text too. */
function quickHash({ utf8 }: Texts, code: number): number {
  if (utf8 === undefined) return UNKNOWN;
  const [start, end] = [utf8.starts[code]!, utf8.starts[code + 1]!];
  return start === end ? UNKNOWN : quickHashOfBytes(utf8.bytes, start, end);
}

function sampleCodes(values: Texts): readonly number[] {
  if (values.length <= SAMPLE_SIZE) return values.map((_, code) => code);
  const quick = codesBelow(values, 'quick');
  const chosen = quick.length >= THIN_SAMPLE ? quick : codesBelow(values, 'whole');
  return chosen.length <= 4 * SAMPLE_SIZE ? chosen : byText(chosen, values).slice(0, 4 * SAMPLE_SIZE);
}

function byText(codes: readonly number[], values: Texts): number[] {
  return [...codes].sort((a, b) => ((values.at(a) as string) < (values.at(b) as string) ? -1 : 1));
}

function countCodes({ codes, values }: RawColumn): { readonly counts: Int32Array; readonly noCell: number } {
  const counts = new Int32Array(values.length);
  let noCell = 0;
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number;
    if (code === NO_CELL) noCell++;
    else counts[code] = (counts[code] as number) + 1;
  }
  return { counts, noCell };
}

/** Looks at a raw column; `missing` holds the words for “no value”, each through `normaliseForMissing`. */
export function profileColumn(index: number, raw: RawColumn, missing: ReadonlySet<string>): ColumnProfile {
  const { counts, noCell } = countCodes(raw);
  const texts: string[] = [];
  const codes: number[] = [];
  const filledCounts: number[] = [];
  let filled = 0;
  let blank = noCell;
  let blankTexts = 0;
  for (const code of sampleCodes(raw.values)) {
    const text = raw.values.at(code) as string;
    const count = counts[code] as number;
    if (count === 0) continue;
    if (isMissing(text, missing)) {
      blank += count;
      blankTexts++;
      continue;
    }
    texts.push(trimText(text));
    codes.push(code);
    filledCounts.push(count);
    filled += count;
  }
  const distinct = raw.values.length - blankTexts;
  return { index, raw, texts, codes, counts: filledCounts, filled, distinct, blank, rowCount: raw.codes.length };
}

/** Rows of the texts for which `holds` is true. */
export function rowsWhere({ texts, counts }: ColumnProfile, holds: (text: string, at: number) => boolean): number {
  let rows = 0;
  for (let at = 0; at < texts.length; at++) if (holds(texts[at] as string, at)) rows += counts[at] as number;
  return rows;
}

/** Distinct texts for which `holds` is true, as a part of those looked at. */
export function shareOfTexts({ texts }: ColumnProfile, holds: (text: string) => boolean): number {
  return texts.length === 0 ? 0 : texts.filter(holds).length / texts.length;
}
