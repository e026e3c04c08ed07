import { statusKind } from '../stage-match.ts';
import { currencyOfWord } from '../values/currency-marks.ts';
import type { ColumnContents } from './column-contents.ts';
import { rowsWhere, shareOfTexts } from './column-profile.ts';
import { isPersonName, looksLikePeople } from './person-names.ts';

/** How far the cells of a column speak for a field. */
export interface ContentScore {
  /** 0–0.9: confidence by the cells alone. */
  readonly alone: number;
  /** 0–1: how far the cells agree with a header that says so; 0 where they contradict it. */
  readonly agrees: number;
  /** Rows that fit, of those looked at. */
  readonly matched: number;
}

const NEARLY_ALL = 0.95;
const MOSTLY = 0.8;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const ID_SHAPE = /^[\p{Script=Latin}\d][\p{Script=Latin}\d_\-#/.]*$/u;
const HAS_LETTER = /\p{L}/u;
const DIGITS = /^\d+$/;
const ISO_CODE = /^[A-Z]{3}$/;
const YEAR = /^(?:19|20)\d{2}$/;
const PHONE = /^(?:\+?\d[\d\s\-()]{6,18}\d|1[3-9]\d{9})$/;
const URL = /^(?:https?:|www\.)/i;

/** Stage words that no status column has make a column of stages; open, won and lost alone do not. */
export function scoreStage(contents: ColumnContents): ContentScore {
  const { profile, stages } = contents;
  const { texts, filled } = profile;
  const matched = rowsWhere(profile, (_, at) => (stages[at] as number) >= 0);
  const named = new Set(stages.filter((stage) => stage >= 0));
  const own = texts.some((text, at) => (stages[at] as number) >= 0 && statusKind(text) === null);
  const enough = named.size >= 2 || (named.size === 1 && matched === filled);
  const share = filled === 0 ? 0 : matched / filled;
  const ownWords = isText(contents) && profile.distinct * 2 <= filled ? 0.2 : 0;
  return { alone: own && enough ? 0.9 * share : 0, agrees: share >= 0.5 ? share : ownWords, matched };
}

/** Runs of digits as 9 and of letters as A: `OPP-2026-001` is `A-9-9`. */
function shapeOf(text: string): string {
  return text.replace(/\d+/g, '9').replace(/\p{L}+/gu, 'A');
}

function commonest(parts: readonly (string | number)[]): number {
  const times = new Map<string | number, number>();
  for (const part of parts) times.set(part, (times.get(part) ?? 0) + 1);
  return Math.max(0, ...times.values());
}

/** One after the other from 0 or 1 on: the number of the row, not of the deal. */
function isRowNumber({ profile, numbers }: ColumnContents): boolean {
  if (!profile.texts.every((text) => DIGITS.test(text))) return false;
  const last = numbers.reduce((most, value) => Math.max(most, value), 0);
  return numbers.some((value) => value <= 1) && last <= profile.rowCount;
}

function idAlone(contents: ColumnContents, leftmost: boolean): number {
  const { texts } = contents.profile;
  const withLetters = shareOfTexts(contents.profile, (text) => HAS_LETTER.test(text));
  const withDigits = shareOfTexts(contents.profile, (text) => /\d/.test(text));
  if (withDigits < NEARLY_ALL || shareOfTexts(contents.profile, (text) => YEAR.test(text)) > MOSTLY) return 0;
  const oneShape = Math.max(commonest(texts.map(({ length }) => length)), commonest(texts.map(shapeOf)));
  if (oneShape < texts.length * NEARLY_ALL) return 0;
  if (withLetters >= NEARLY_ALL) return leftmost ? 0.85 : 0.75;
  if (isRowNumber(contents)) return leftmost ? 0.5 : 0;
  if (shareOfTexts(contents.profile, (text) => PHONE.test(text)) > 0.5 && !leftmost) return 0;
  return leftmost ? 0.75 : 0.4;
}

/** Unique on every row, never blank, of one shape; preferably the first column. */
export function scoreId(contents: ColumnContents, leftmost: boolean): ContentScore {
  const { profile, dateShare } = contents;
  const { distinct, rowCount, blank, filled } = profile;
  const unique = blank === 0 && distinct === rowCount && rowCount > 1;
  const shaped = rowsWhere(profile, (text) => ID_SHAPE.test(text));
  if (!unique || shaped < filled || dateShare > 0.5) {
    const nearlyUnique = distinct >= (rowCount - blank) * NEARLY_ALL && dateShare <= 0.5;
    return { alone: 0, agrees: nearlyUnique ? 0.7 : 0, matched: shaped };
  }
  return { alone: idAlone(contents, leftmost), agrees: 1, matched: filled };
}

function isText({ numberShare, dateShare, booleanShare }: ColumnContents): boolean {
  return numberShare < 0.2 && dateShare < 0.2 && booleanShare < 0.5;
}

function isTitle(text: string): boolean {
  return text.length >= 2 && text.length <= 120 && HAS_LETTER.test(text) && !EMAIL.test(text) && !URL.test(text);
}

/** Mostly distinct, longer texts that are neither people nor notes. */
export function scoreName(contents: ColumnContents): ContentScore {
  const { profile } = contents;
  const { distinct, rowCount, blank, filled, texts } = profile;
  const matched = rowsWhere(profile, isTitle);
  const agrees = isText(contents) && matched >= filled * MOSTLY ? 0.8 : 0;
  const usualLength = texts.reduce((sum, text) => sum + [...text].length, 0) / Math.max(1, texts.length);
  const wordy = shareOfTexts(profile, (text) => /[\s\p{Script=Han}]/u.test(text));
  const titles = distinct >= (rowCount - blank) * 0.9 && blank <= rowCount * 0.05 && usualLength >= 4 && wordy >= 0.5;
  if (agrees === 0 || !titles) return { alone: 0, agrees, matched };
  const notes = usualLength > 60 || shareOfTexts(profile, (text) => /[.!?。！？；;]\s*$|\n/u.test(text)) > 0.5;
  const people = shareOfTexts(profile, isPersonName) > MOSTLY;
  return { alone: notes ? 0.3 : people ? 0.45 : 0.66, agrees, matched };
}

/** Neither dates, yes and no, stages nor sums. */
function mayBePeople({ profile, stages, dateShare, booleanShare, moneyShare, percentShare }: ColumnContents): boolean {
  const staged = stages.filter((stage) => stage >= 0).length > profile.texts.length / 2;
  return !staged && dateShare < 0.2 && booleanShare < 0.5 && moneyShare + percentShare < 0.2;
}

/** Few people, recurring: names or e-mail addresses. Other words that recur are possible and no more. */
export function scoreOwner(contents: ColumnContents): ContentScore {
  const { profile } = contents;
  const { filled, distinct, texts } = profile;
  if (!mayBePeople(contents)) return { alone: 0, agrees: 0, matched: 0 };
  const recurring = distinct >= 2 && distinct * 2 <= filled;
  const emails = rowsWhere(profile, (text) => EMAIL.test(text));
  if (emails >= filled * NEARLY_ALL) return { alone: recurring ? 0.72 : 0.3, agrees: 0.9, matched: emails };
  const people = rowsWhere(profile, isPersonName);
  if (people >= filled * MOSTLY && looksLikePeople(texts)) {
    return { alone: recurring ? 0.75 : 0, agrees: 0.8, matched: people };
  }
  const words = isText(contents) && rowsWhere(profile, (text) => text.length <= 24 && !/[\d/&]/.test(text)) === filled;
  // Two words are more often a choice than two people.
  return { alone: recurring && words && distinct > 2 ? 0.42 : 0, agrees: 0.8, matched: filled };
}

/** Confidence that bare numbers are sums of money: not years, codes of one length, or numbers that hardly vary. */
function plainSums({ profile, numbers }: ColumnContents): number {
  const { texts } = profile;
  if (shareOfTexts(profile, (text) => YEAR.test(text)) > MOSTLY) return 0;
  if (shareOfTexts(profile, (text) => PHONE.test(text) && text.length > 9) > 0.5) return 0;
  const codes = texts.every((text) => DIGITS.test(text)) && texts.every(({ length }) => length === texts[0]?.length);
  const round = shareOfTexts(profile, (text) => /0$|\.\d+$/.test(text));
  const positive = numbers.filter((value) => value > 0).sort();
  const low = positive[Math.floor(positive.length * 0.1)] ?? 0;
  const high = positive[Math.ceil(positive.length * 0.9) - 1] ?? 0;
  if (positive.length < 3 || high < 1000 || high < low * 1.5) return 0;
  // Postcodes have one length too, and many of them end in zeros.
  return codes ? (round < 0.5 ? 0 : 0.45) : 0.72;
}

/**
 * Sums of money: with marks of money, bare and wide apart, or under a header that names their unit.
 * @param hasUnit the header says what the numbers are in, as in `（万元）`
 */
export function scoreAmount(contents: ColumnContents, hasUnit: boolean): ContentScore {
  const { profile, numberShare, percentShare, moneyShare, dateShare, numbers } = contents;
  const matched = rowsWhere(profile, (_, at) => !Number.isNaN(numbers[at]));
  if (percentShare > 0.1 || dateShare > 0.5) return { alone: 0, agrees: 0, matched };
  const agrees = numberShare >= MOSTLY ? numberShare : 0;
  if (numberShare < 0.9) return { alone: 0, agrees, matched };
  const isMarked = hasUnit || (moneyShare >= 0.5 && !hasBareFractions(contents));
  if (isMarked) return { alone: 0.85 * numberShare, agrees, matched };
  return { alone: plainSums(contents) * numberShare, agrees, matched };
}

/** `0,6`, `+49 30 123`: a mark alone is no mark of money. */
function hasBareFractions({ profile, numbers }: ColumnContents): boolean {
  const small = rowsWhere(profile, (_, at) => Math.abs(numbers[at] as number) < 100);
  return small > profile.filled / 2 && shareOfTexts(profile, (text) => /[^\d.,\s%+-]/.test(text)) < 0.5;
}

/** ISO codes and nothing else. */
export function scoreCurrency({ profile }: ColumnContents): ContentScore {
  const { filled } = profile;
  const codes = rowsWhere(profile, (text) => ISO_CODE.test(text) && currencyOfWord(text) === text);
  const known = rowsWhere(profile, (text) => currencyOfWord(text.toUpperCase()) !== undefined);
  const agrees = filled > 0 && known >= filled * MOSTLY ? known / filled : 0;
  return { alone: filled > 0 && codes === filled ? 0.85 : 0, agrees, matched: codes };
}
