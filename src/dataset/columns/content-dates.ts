import { PRESENT } from '../dataset.ts';
import { readDates } from '../values/dates.ts';
import type { ColumnContents } from './column-contents.ts';
import { rowsWhere } from './column-profile.ts';
import type { ContentScore } from './content-scores.ts';

const NEARLY_ALL = 0.98;
/** An open deal closes in the future; a column without such days may be a last contact as well. */
const FUTURE_SHARE = 0.03;
const ORDERED = 0.72;
const POSSIBLE = 0.45;
const MOSTLY = 0.8;

/** Days by code of a column that was looked at in part, NaN for the others. */
function daysOfCodes({ profile, days }: ColumnContents): Float64Array {
  const ofCode = new Float64Array(profile.raw.values.length).fill(Number.NaN);
  for (const [at, code] of profile.codes.entries()) ofCode[code] = days?.[at] ?? Number.NaN;
  return ofCode;
}

/** Days by code of all texts that stand beside a known day of another column. */
function daysBeside(contents: ColumnContents, other: ColumnContents, otherDays: Float64Array): Float64Array {
  const { codes, values } = contents.profile.raw;
  const otherCodes = other.profile.raw.codes;
  const ofCode = new Float64Array(values.length).fill(Number.NaN);
  const wanted = new Set<number>();
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number;
    if (code >= 0 && !Number.isNaN(otherDays[otherCodes[row] as number] ?? Number.NaN)) wanted.add(code);
  }
  const texts = [...wanted].map((code) => values.at(code) as string);
  const read = readDates(texts, new Uint8Array(texts.length).fill(PRESENT), { order: null, timezone: null });
  if (!('ambiguous' in read)) for (const [at, code] of [...wanted].entries()) ofCode[code] = read.days[at] as number;
  return ofCode;
}

/** Days by code of two columns: all that stand beside a day that was looked at in the one with more texts. */
function daysOfPair(first: ColumnContents, second: ColumnContents): readonly [Float64Array, Float64Array] {
  if (first.profile.distinct >= second.profile.distinct) {
    const days = daysOfCodes(first);
    return [days, daysBeside(second, first, days)];
  }
  const days = daysOfCodes(second);
  return [daysBeside(first, second, days), days];
}

/** Whether nearly all rows that have both days have them in order, and some days differ. */
function inOrder(first: ColumnContents, second: ColumnContents): boolean {
  const [from, to] = daysOfPair(first, second);
  const fromCodes = first.profile.raw.codes;
  const toCodes = second.profile.raw.codes;
  let both = 0;
  let ordered = 0;
  let apart = 0;
  for (let row = 0; row < fromCodes.length; row++) {
    const gap = (to[toCodes[row] as number] ?? Number.NaN) - (from[fromCodes[row] as number] ?? Number.NaN);
    if (Number.isNaN(gap)) continue;
    both++;
    if (gap >= 0) ordered++;
    if (gap > 0) apart++;
  }
  return both >= 3 && ordered >= both * NEARLY_ALL && apart >= both / 2;
}

function futureShare({ profile, days }: ColumnContents, asOfDay: number): number {
  return rowsWhere(profile, (_, at) => (days?.[at] as number) > asOfDay) / profile.filled;
}

function isFull({ profile, dateShare }: ColumnContents): boolean {
  return dateShare >= NEARLY_ALL && profile.blank <= profile.rowCount * 0.1;
}

function isDates({ dateShare, profile }: ColumnContents): boolean {
  return profile.filled > 0 && dateShare >= MOSTLY;
}

/** What the sheet knows of dates without looking at the cells of unknown columns. */
export interface KnownDates {
  readonly asOfDay: number;
  /** Columns that a header has mapped, where it has. */
  readonly created: ColumnContents | null;
  readonly close: ColumnContents | null;
}

/**
 * How far each column of dates speaks for the day a deal was created, and the day it closes. They are told apart only
 * where two columns, known or not, are in order on nearly all rows, the first never lies after the as-of day and the
 * second does here and there; everything else is possible and no more.
 */
export function scoreDates(
  columns: readonly ColumnContents[],
  { asOfDay, created, close }: KnownDates,
): readonly { readonly contents: ColumnContents; readonly created: ContentScore; readonly close: ContentScore }[] {
  const dated = columns.filter(isDates);
  const free = dated.filter((contents) => isFull(contents) && !contents.unordered);
  const past = free.filter((contents) => futureShare(contents, asOfDay) === 0);
  const coming = free.filter((contents) => futureShare(contents, asOfDay) >= FUTURE_SHARE);
  const starts = created === null ? past : [created];
  const ends = close === null ? coming : [close];
  const pairs = starts.flatMap((start) => ends.filter((end) => inOrder(start, end)).map((end) => ({ start, end })));
  const pair = pairs.length === 1 && dated.length + Number(created !== null) + Number(close !== null) <= 2;
  return dated.map((contents) => {
    const { profile, dateShare, unordered } = contents;
    const matched = Math.round(dateShare * profile.filled);
    const agrees = unordered ? 0 : dateShare;
    const score = (chosen: ColumnContents | undefined, possible: boolean): ContentScore => ({
      alone: pair && chosen === contents ? ORDERED : possible ? POSSIBLE : 0,
      agrees,
      matched,
    });
    const notAfter = futureShare(contents, asOfDay) < FUTURE_SHARE;
    return { contents, created: score(pairs[0]?.start, notAfter), close: score(pairs[0]?.end, true) };
  });
}
