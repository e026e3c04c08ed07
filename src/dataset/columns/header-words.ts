import { foldHeader } from '../../i18n/fold.ts';
import { currencyOfWord } from '../values/currency-marks.ts';

const LONGEST = 120;
const CAMEL_STEP = /([a-z\d])([A-Z])/g;
const BRACKETS = /[([][^()[\]]*[)\]]/g;
const WORD_BREAKS = /[\s_\-./:：|,'"#]+/gu;

/** Powers of ten that a header can name for the whole column. */
const POWERS: ReadonlyMap<string, number> = new Map([
  ['千', 3],
  ['万', 4],
  ['萬', 4],
  ['w', 4],
  ['百万', 6],
  ['千万', 7],
  ['亿', 8],
  ['億', 8],
  ['k', 3],
  ['t', 3],
  ["'000", 3],
  ['000', 3],
  ['000s', 3],
  ["'000s", 3],
  ['thousand', 3],
  ['thousands', 3],
  ['tsd', 3],
  ['m', 6],
  ['mm', 6],
  ['mn', 6],
  ['mio', 6],
  ['million', 6],
  ['millions', 6],
]);
const LEAD_IN = /^(?:in|单位|unit)\s*[:：]?\s*/u;
/** A unit behind the name without brackets: `Betrag in TEUR`, `金额/万元`, `Amount_k€`. */
const BEHIND = /(?:^|\s)in\s+(\S{1,12})$|[/_-]\s*([^\s/_-]{1,12})$|\s(\S{1,12})$/u;

/** What a header says of every cell below it. */
export interface HeaderUnit {
  /** The cells are in units of ten to this power; 0 where the header names a currency alone. */
  readonly power: number;
  /** ISO code, `¥`, `$` or null. */
  readonly currency: string | null;
  /** As the header writes it. */
  readonly text: string;
}

function splitUnit(word: string): HeaderUnit | null {
  const currency = currencyOfWord(word.toUpperCase());
  if (currency !== undefined) return { power: 0, currency, text: word };
  const power = POWERS.get(word);
  return power === undefined ? null : { power, currency: null, text: word };
}

/** `万元`, `k€`, `teur`, `$000`, `k usd`: a power, a currency, or both in either order. */
function unitOf(text: string): HeaderUnit | null {
  const word = text.replace(LEAD_IN, '').replace(/[\s/]+/g, '');
  if (word === '' || word.length > 16) return null;
  // A bare t is a tonne or a trillion as well.
  const whole = word === 't' ? null : splitUnit(word);
  if (whole !== null) return { ...whole, text };
  for (let at = 1; at < word.length; at++) {
    const left = splitUnit(word.slice(0, at));
    const right = left === null ? null : splitUnit(word.slice(at));
    if (left === null || right === null || (left.currency === null) === (right.currency === null)) continue;
    return { power: left.power + right.power, currency: left.currency ?? right.currency, text };
  }
  return null;
}

/**
 * The unit a header names for its column, as in `金额（万元）`, `Amount (k USD)`, `Betrag in TEUR`, `预计成交金额(元)`;
 * null where it names none. A bare letter counts only in brackets.
 */
export function headerUnit(header: string): HeaderUnit | null {
  const folded = foldHeader(header.slice(0, LONGEST));
  for (const [bracket] of folded.matchAll(BRACKETS)) {
    for (const part of bracket.slice(1, -1).split(/[,;，；]/u)) {
      const unit = unitOf(part.trim());
      if (unit !== null) return unit;
    }
  }
  const match = BEHIND.exec(folded);
  const word = match?.[1] ?? match?.[2] ?? match?.[3];
  return word === undefined || word.length < 2 ? null : unitOf(word);
}

/**
 * The words of a header, lower case, with one blank between and around them, so that a word can be looked for with its
 * blanks. `bare` lacks what stands in brackets; camel case, underscores and hyphens part words.
 */
export function headerWords(header: string): { readonly all: string; readonly bare: string } {
  const spaced = header.slice(0, LONGEST).replace(CAMEL_STEP, '$1 $2');
  const folded = foldHeader(spaced);
  return { all: padded(folded.replace(/[()[\]]/g, ' ')), bare: padded(folded.replace(BRACKETS, ' ')) };
}

function padded(text: string): string {
  return ` ${text.replace(WORD_BREAKS, ' ').trim()} `;
}
