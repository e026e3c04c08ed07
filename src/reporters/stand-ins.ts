import { displayWidth } from '../i18n/width.ts';

/** Swaps text for stand-ins of the same width, and back. */
export interface StandIns {
  hide(text: string): string;
  restore(text: string): string;
}

const ASCII_ONLY = /^[\x20-\x7e]*$/;
/**
 * These are for private use: every width table, old or new, gives them one column. Those of one code unit come first,
 * as the table layout cuts text that is longer than it is wide bit by bit.
 */
const FIRST = 0xe000;
const FILLER = '\uf8ff';
const SHORT_ONES = 0xf8ff - FIRST;
const FIRST_LONG = 0xf0000;
const LAST = 0xffffd;
const STAND_IN = /[\ue000-\uf8ff\u{f0000}-\u{ffffd}]/gu;

/**
 * The table layout measures text by an older Unicode version than ours (newer emoji and most combining marks come out
 * wrong, and its columns would be ragged or too wide). So it gets stand-ins that both measure alike.
 */
export function createStandIns(): StandIns {
  const hiddenBy = new Map<string, string>();
  const standInOf = new Map<string, string>();
  return {
    hide: (text) => {
      if (ASCII_ONLY.test(text)) return text;
      const known = standInOf.get(text);
      if (known !== undefined) return known;
      const width = displayWidth(text);
      const hidden = hiddenBy.size;
      const code = hidden < SHORT_ONES ? FIRST + hidden : FIRST_LONG + hidden - SHORT_ONES;
      if (width === 0 || code > LAST) return width === 0 ? '' : text;
      const character = String.fromCodePoint(code);
      const standIn = character + FILLER.repeat(width - 1);
      hiddenBy.set(character, text);
      standInOf.set(text, standIn);
      return standIn;
    },
    restore: (text) => text.replace(STAND_IN, (character) => hiddenBy.get(character) ?? ''),
  };
}
