import { displayWidth } from '../i18n/width.ts';

/** Swaps text for stand-ins of the same width, and back. */
export interface StandIns {
  hide(text: string): string;
  restore(text: string): string;
}

const ASCII_ONLY = /^[\x20-\x7e]*$/;
/** Plane 15 is for private use: every width table, old or new, gives its characters one column. */
const FIRST = 0xf0000;
const LAST = 0xffffc;
const FILLER = '\u{ffffd}';
const STAND_IN = /[\u{f0000}-\u{ffffd}]/gu;

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
      const code = FIRST + hiddenBy.size;
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
