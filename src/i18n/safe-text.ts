const LINE_BREAK = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/g;

/** C0, DEL, C1, bidirectional marks, overrides and isolates, and characters that show nothing at all. */
const HIDDEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/g;

/** Half of a surrogate pair, which is no character. */
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** The common case, decided in one pass. */
const HARMLESS = /^[\u0020-\u007e\u00a0-\u00ac\u00ae-\u0600\u2190-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/;

function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '␡';
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}

/**
 * One line of text that can do nothing but be read: a line break becomes `↵`, a tab a space, and every character that
 * would move the cursor, turn the writing direction or hide itself is spelled out (`␛`, `<U+202E>`). Safe text stays
 * as it is, so applying it twice changes nothing.
 */
export function safeText(text: string): string {
  if (HARMLESS.test(text)) return text;
  return text.replace(LINE_BREAK, '↵').replaceAll('\t', ' ').replace(HIDDEN, visible).replace(LONE_SURROGATE, '\ufffd');
}
