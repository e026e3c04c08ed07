import { isWideCodePoint } from './east-asian-wide.ts';

/** What a reader sees as one character, with the terminal columns it takes. */
export interface Cluster {
  readonly text: string;
  /** 0, 1 or 2. */
  readonly width: number;
  /** Clusters of one name have the same number, and no line ends between them if that can be helped. */
  readonly name?: number;
}

/** Latin letters, dashes, quotes, signs of currencies, arrows, bars, ✔ and ✖: one column each, and none joins another. */
const SINGLE_WIDTH =
  /^[\x20-\x7e\xa0-\xac\xae-\u02ff\u2010-\u2027\u20a0-\u20bf\u2190-\u21ff\u2500-\u259f\u2714\u2716]*$/;
/** Combining marks, format characters, Hangul vowels and finals that join the syllable before them. */
const ZERO_WIDTH = /[\p{Mn}\p{Me}\p{Cf}\p{Cc}\u1160-\u11ff\ud7b0-\ud7ff]/u;
const EMOJI = /\p{Emoji_Presentation}/u;
const PICTOGRAPH = /\p{Extended_Pictographic}/u;
/** Symbols, and the digits of keycaps, that an emoji style selector makes wide. */
const HAS_EMOJI_FORM = /^\p{Emoji}/u;
const SKIN_TONE = /\p{Emoji_Modifier}/u;
const REGIONAL_INDICATOR = /\p{Regional_Indicator}/u;
/** Regional indicators and skin tones stand from here on. */
const FIRST_JOINING = 0x1f1e6;
const JOINER = '\u200d';
/** Asks for the coloured, wide form of the symbol before it. */
const EMOJI_STYLE = '\ufe0f';

function widthOfCharacter(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x300) return code < 0x20 || (code >= 0x7f && code < 0xa0) || code === 0xad ? 0 : 1;
  if (ZERO_WIDTH.test(character)) return 0;
  return isWideCodePoint(code) || EMOJI.test(character) ? 2 : 1;
}

function joins(previous: string, character: string): boolean {
  if (previous.endsWith(JOINER)) return PICTOGRAPH.test(character) && PICTOGRAPH.test(previous);
  if ((character.codePointAt(0) ?? 0) < FIRST_JOINING) return false;
  if (SKIN_TONE.test(character)) return PICTOGRAPH.test(previous);
  return REGIONAL_INDICATOR.test(character) && REGIONAL_INDICATOR.test(previous) && previous.length === 2;
}

/** Splits into what moves together: marks stay with their letter, the parts of a joined emoji or flag with each other. */
export function clustersOf(text: string): Cluster[] {
  const clusters: { text: string; width: number }[] = [];
  for (const character of text) {
    const last = clusters.at(-1);
    const width = widthOfCharacter(character);
    if (last === undefined || (width > 0 && last.width > 0 && !joins(last.text, character))) {
      clusters.push({ text: character, width });
      continue;
    }
    last.text += character;
    last.width = Math.max(last.width, width);
    if (character === EMOJI_STYLE && HAS_EMOJI_FORM.test(last.text)) last.width = 2;
  }
  return clusters;
}

/** Whether all characters of a text are known to take one column and to stand for themselves. */
export function isSingleWidth(text: string): boolean {
  return SINGLE_WIDTH.test(text);
}

/** Terminal columns a text takes: East Asian wide characters and emoji two, combining and hidden characters none. */
export function displayWidth(text: string): number {
  if (isSingleWidth(text)) return text.length;
  let width = 0;
  for (const cluster of clustersOf(text)) width += cluster.width;
  return width;
}

/** Fills up with spaces to `width` columns; longer text stays as it is. */
export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

/** Fills up with spaces in front to `width` columns. */
export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - displayWidth(text))) + text;
}

/** Cuts to `width` columns (at least 1); what was cut shows as `…`. */
export function truncateToWidth(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let kept = '';
  let used = 0;
  for (const cluster of clustersOf(text)) {
    if (used + cluster.width > width - 1) break;
    kept += cluster.text;
    used += cluster.width;
  }
  return `${kept}…`;
}
