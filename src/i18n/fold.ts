import { simplify } from './simplify.ts';

/** Text that only its case and its spaces can vary. */
const PLAIN = /^[\x20-\x7e]*$/;
/** Characters without width: joiners, directions, soft hyphens and byte order marks that exports leave behind. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
const SPACES = /\s+/g;
const SPACE_AT_HAN = /(?<=\p{Script=Han}) | (?=\p{Script=Han})/gu;
const SPACE_IN_BRACKETS = /(?<=[([【〔]) | (?=[)\]】〕])/g;
const JOINT = /(?<=\p{Script=Latin})[_-](?=\p{Script=Latin})/gu;
const HAS_JOINT = /[_-]/;

/**
 * A text without what people vary when they mean the same word: width, case, traditional characters, spaces at its ends
 * or next to Chinese characters, and whether Latin words are joined by a space, a dash or an underscore (a dash between
 * spaces parts two names and stays). Folding what is folded changes nothing.
 */
export function foldWord(text: string): string {
  return withoutJoints(foldSpelling(text));
}

function withoutJoints(folded: string): string {
  return HAS_JOINT.test(folded) ? folded.replace(JOINT, ' ') : folded;
}

function foldSpelling(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase().replace(SPACES, ' ').trim();
  const plain = text.replace(INVISIBLE, '').normalize('NFKC').toLowerCase().normalize('NFKC');
  return simplify(plain).replace(SPACES, ' ').trim().replace(SPACE_AT_HAN, '');
}

/** What forms say of a field, folded; without brackets only behind a star, since 必填 may be part of a name. */
const REQUIREMENTS = ['必填项', '选填项', '必填', '选填', 'required', 'optional'];
const BRACKETS = ['()', '[]', '【】', '〔〕'];
const MARKS = [
  ...REQUIREMENTS.flatMap((word) => BRACKETS.map(([open, close]) => `${open}${word}${close}`)),
  ...REQUIREMENTS.map((word) => `*${word}`),
  // Sorted columns carry an arrow in formatted reports.
  '↑',
  '↓',
  '*',
  ':',
  ' ',
];

/**
 * A header cell as it is told whose it is: `商機金額（必填）`, `*商机 金额：` and `商机金额` are one, but `close_date`, which
 * a database would write, is not the `Close Date` of some vendor.
 */
export function foldHeader(header: string): string {
  const known = FOLDED.get(header);
  if (known !== undefined) return known;
  const folded = foldedHeader(header);
  if (FOLDED.size < MOST_FOLDED) FOLDED.set(header, folded);
  return folded;
}

/** The headers that rules know are folded again for each file and each question about it. */
const FOLDED = new Map<string, string>();
const MOST_FOLDED = 4096;

function foldedHeader(header: string): string {
  const folded = foldSpelling(header).replace(SPACE_IN_BRACKETS, '');
  let start = 0;
  let end = folded.length;
  // Moving the bounds looks at each character once, however many marks there are.
  for (let mark = markAt(folded, start); mark !== ''; mark = markAt(folded, start)) start += mark.length;
  for (let mark = markBefore(folded, end); mark !== '' && end > start; mark = markBefore(folded, end))
    end -= mark.length;
  return folded.slice(start, Math.max(start, end));
}

/** What marks begin and end with: most headers begin and end otherwise, which is told without trying all marks. */
const FIRST_OF_MARKS: ReadonlySet<string> = new Set(MARKS.map((mark) => mark.charAt(0)));
const LAST_OF_MARKS: ReadonlySet<string> = new Set(MARKS.map((mark) => mark.slice(-1)));

function markAt(text: string, start: number): string {
  if (!FIRST_OF_MARKS.has(text.charAt(start))) return '';
  return MARKS.find((mark) => text.startsWith(mark, start)) ?? '';
}

function markBefore(text: string, end: number): string {
  if (!LAST_OF_MARKS.has(text.charAt(end - 1))) return '';
  return MARKS.find((mark) => text.endsWith(mark, end)) ?? '';
}

/** A header cell as it is compared with the columns a field is known by: `close_date` and `Close Date` are one too. */
export function foldColumn(header: string): string {
  return withoutJoints(foldHeader(header));
}
