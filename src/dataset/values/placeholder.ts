/** Characters without width: soft hyphen, zero-width spaces and joiners, direction marks, byte order mark. */
const INVISIBLE = /[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/gu;
const PRINTABLE_ASCII = /^[ -~]*$/;
/** ASCII that normalising would not change: no blanks, no capital letters. */
const PLAIN_ASCII = /^[!-@[-~]*$/;

/** What people type instead of leaving a cell blank, through `normaliseForMissing`. */
export const PLACEHOLDERS: ReadonlySet<string> = new Set([
  '',
  ...['-', '--', '---', '–', '—', '——', '/', '\\', '?', '??', '???', '.', '...'],
  ...['n/a', '#n/a', 'na', 'n.a.', 'n.a', 'n/a.', 'nan', 'null', '(null)', 'none', '(none)', 'nil', 'undefined'],
  ...['--none--', '-none-', '(no value)', 'no value', '(blank)', 'blank', 'select', 'select...', '--select--'],
  ...['unknown', 'tbd', 'tba', 'tbc', 'not set', 'not available'],
  ...['无', '暂无', '待定', '未知', '空', '(空)', '(空白)', '未填写', '未填', '待补充', '不详', '请选择', '没有'],
  ...['000000000000000', '000000000000000aaa'],
]);

const FIRST_CHARACTERS: ReadonlySet<number> = new Set([...PLACEHOLDERS].map((word) => word.charCodeAt(0)));

/** Digits, plain letters and common Chinese characters: normalising leaves them what they are, but for their case. */
function isPlainCharacter(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x4e00 && code <= 0x9fff)
  );
}

/** Whether a text begins as no built-in placeholder does, as most cells of a large column do. */
function beginsOtherwise(text: string): boolean {
  const first = text.charCodeAt(0);
  const lower = first >= 0x41 && first <= 0x5a ? first + 0x20 : first;
  return isPlainCharacter(first) && !FIRST_CHARACTERS.has(lower);
}

/** The text as placeholders are compared: NFKC, without zero-width characters, trimmed, lower case. */
export function normaliseForMissing(text: string): string {
  if (PLAIN_ASCII.test(text)) return text;
  return text.normalize('NFKC').replace(INVISIBLE, '').trim().toLowerCase();
}

/**
 * True for a blank cell and for what people type instead of leaving one blank. `extra` holds the words of the rules
 * file, each through `normaliseForMissing`. `0` and `test` are values, not placeholders.
 */
export function isMissing(text: string, extra: ReadonlySet<string>): boolean {
  if (extra.size === 0 && beginsOtherwise(text)) return false;
  const word = normaliseForMissing(text);
  return PLACEHOLDERS.has(word) || extra.has(word);
}

/** The text without blanks and zero-width characters at its ends; those inside stay. */
export function trimText(text: string): string {
  const trimmed = text.trim();
  if (!isInvisible(trimmed, 0) && !isInvisible(trimmed, trimmed.length - 1)) return trimmed;
  let start = 0;
  let end = trimmed.length;
  while (start < end && isInvisibleOrBlank(trimmed, start)) start++;
  while (end > start && isInvisibleOrBlank(trimmed, end - 1)) end--;
  return trimmed.slice(start, end);
}

function isInvisible(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 0xad && text.charAt(index).replace(INVISIBLE, '') === '';
}

function isInvisibleOrBlank(text: string, index: number): boolean {
  return isInvisible(text, index) || text.charAt(index).trim() === '';
}

/** The text in NFKC without zero-width characters, trimmed: full-width digits and signs become plain ones. */
export function plainText(text: string): string {
  if (PRINTABLE_ASCII.test(text)) return text.trim();
  return text.normalize('NFKC').replace(INVISIBLE, '').trim();
}
