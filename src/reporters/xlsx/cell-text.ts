import type { Lang } from '../../i18n/text.ts';

/** A cell holds no more. */
export const MOST_CHARACTERS = 32_767;

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
/** What a reader of workbooks would take for an escaped character. */
const LOOKS_ESCAPED = /_(?=x[0-9A-Fa-f]{4}_)/g;
/** Characters that XML cannot hold, and the carriage return that it would turn into another line break. */
const NOT_IN_XML = /[\u0000-\u0008\u000b-\u001f\u007f\ufffe\uffff]/g;
/** Texts that stay as they are whatever reads them: nothing escaped, no blank at either end, one line. */
const PLAIN = /^[^\s_\p{Cc}\p{Cs}\ufffe\uffff](?:[^\r\n\t_\p{Cc}\p{Cs}\ufffe\uffff]*[^\s_\p{Cc}\p{Cs}\ufffe\uffff])?$/u;

const CUT: Readonly<Record<Lang, (characters: number) => string>> = {
  en: (characters) => `… (cut: ${characters} characters)`,
  zh: (characters) => `……（已截断，原文 ${characters} 个字符）`,
};

function escaped(character: string): string {
  return `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
}

/** A text as long as a cell can hold; one that is longer says how long it is. */
export function cutText(text: string, lang: Lang): string {
  if (text.length <= MOST_CHARACTERS) return text;
  const mark = CUT[lang](text.length);
  const end = MOST_CHARACTERS - mark.length;
  const isTorn = /[\ud800-\udbff]/.test(text.charAt(end - 1));
  return text.slice(0, isTorn ? end - 1 : end) + mark;
}

/** True for texts that need no care at all. */
export function isPlainText(text: string): boolean {
  return PLAIN.test(text);
}

/**
 * A text as a workbook writes it, so that it is read back as it was: characters that XML cannot hold are written
 * `_x0007_`, and what looks like that already has its underscore escaped. Half of a surrogate pair is no character.
 */
export function workbookText(text: string): string {
  return text.replace(LOOKS_ESCAPED, '_x005F_').replace(NOT_IN_XML, escaped).replace(LONE_SURROGATE, '\ufffd');
}
