import { foldWord } from './fold.ts';

/** What stands in brackets behind a name and says nothing of whose it is; brackets around the legal form go with it. */
const ASIDE = /\((?:中国|集团|中国大陆|china|prc|group|有限合伙|普通合伙|株|有)\)/g;
const CHINESE_FORM =
  /(?:股份有限责任公司|有限责任公司|股份有限公司|责任有限公司|有限公司|股份公司|集团公司|有限合伙|普通合伙|株式会社|有限会社|合同会社|集团|(?<![分子])公司)$/;
const JAPANESE_FORM_IN_FRONT = /^(?:株式会社|有限会社|合同会社)(?=.)/;
/** What of all below only legal forms can change, but for case and spaces. */
const PLAIN = /^[A-Za-z0-9 ]*$/;
const SPACES = / +/g;

/** Legal forms at the end of a name in letters, as the last word of it in small letters without points. */
export const LATIN_FORMS: ReadonlySet<string> = new Set([
  ...['inc', 'incorporated', 'corp', 'corporation', 'co', 'company', 'llc', 'llp', 'lp', 'ltd', 'limited', 'plc'],
  ...['pty', 'pte', 'pvt', 'bhd', 'sdn', 'kk', 'gk', 'yk'],
  ...['gmbh', 'mbh', 'ag', 'kg', 'kgaa', 'ohg', 'ug', 'eg', 'ev', 'se'],
  ...[
    'sa',
    'sas',
    'sarl',
    'srl',
    'spa',
    'sl',
    'slu',
    'ltda',
    'bv',
    'nv',
    'ab',
    'oy',
    'oyj',
    'aps',
    'sro',
    'zrt',
    'kft',
  ],
]);

/** Words without the legal forms at their end; a name of nothing else stays as it is. */
function withoutLatinForms(words: readonly string[]): readonly string[] {
  let end = words.length;
  // "& Co. KG": the sign became the word and.
  while (end > 1 && (LATIN_FORMS.has(words[end - 1] as string) || (end < words.length && words[end - 1] === 'and'))) {
    end--;
  }
  return words.slice(0, end);
}

function withoutChineseForms(name: string): string {
  let rest = name.replace(JAPANESE_FORM_IN_FRONT, '');
  for (;;) {
    const shorter = rest.replace(CHINESE_FORM, '').trim();
    if (shorter === rest || shorter === '') return rest;
    rest = shorter;
  }
}

/** Words of letters and digits alone; between ideographs there is no space. */
function inWords(name: string): string {
  // Expressions with classes of characters take long to make, and plain names need none.
  return name
    .replace(/(?<![\p{L}\p{N}])(?:\p{L}\.){2,}/gu, (abbreviation) => abbreviation.replace(/\./g, ''))
    .replace(/['’]/g, '')
    .replace(/[&+]/g, ' and ')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim()
    .replace(
      /(?<=[\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}]) | (?=[\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}])/gu,
      '',
    );
}

/**
 * A company's name as people mean it: width, case, traditional characters, punctuation, legal forms (有限公司, Inc., GmbH,
 * 株式会社) and （中国） or （集团） make no difference. Words are parted by single spaces. It is for comparing, not for
 * showing; two names that are equal then are most likely one company.
 */
export function companyName(text: string): string {
  if (PLAIN.test(text)) {
    return withoutLatinForms(text.trim().toLowerCase().replace(SPACES, ' ').split(' ')).join(' ');
  }
  const folded = foldWord(text);
  const spelled = inWords(folded.replace(ASIDE, ' '));
  if (spelled === '') return folded;
  const name = withoutChineseForms(spelled);
  return withoutLatinForms(name.split(' ')).join(' ');
}
