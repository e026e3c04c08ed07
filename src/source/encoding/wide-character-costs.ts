import { HANGUL, KANJI, SIMPLIFIED, TRADITIONAL } from './frequent-characters.ts';

/** What each character of an encoding with characters of several bytes costs in bits, by UTF-16 code unit. */
export interface WideEncoding {
  /** A label of the WHATWG Encoding Standard. */
  readonly label: string;
  readonly costs: () => Uint8Array;
}

/** The bits of a character that texts hardly ever hold. */
const RARE = 22;

/** Rows of a national standard: those whose first byte is from `first` to `last`, with second bytes from 0xA1 or 0x40. */
interface Rows {
  readonly first: number;
  readonly last: number;
  readonly bits: number;
}

function charactersOf(label: string, { first, last }: Rows, firstTrail: number): string {
  const bytes = Buffer.alloc((last - first + 1) * (0xff - firstTrail) * 3, ' ');
  let at = 0;
  for (let lead = first; lead <= last; lead++) {
    for (let trail = firstTrail; trail < 0xff; trail++) {
      bytes[at] = lead;
      bytes[at + 1] = trail;
      at += 3;
    }
  }
  return new TextDecoder(label).decode(bytes);
}

function charge(costs: Uint8Array, characters: string, bits: number): void {
  for (let at = 0; at < characters.length; at++) {
    const unit = characters.charCodeAt(at);
    if (unit > 0x7f && unit !== 0xfffd) costs[unit] = bits;
  }
}

function chargeRange(costs: Uint8Array, first: number, last: number, bits: number): void {
  costs.fill(bits, first, last + 1);
}

/** Punctuation and signs that texts of all these languages set between their characters. */
const COMMON_SIGNS = '　、。，．・：；？！（）「」『』【】《》〈〉“”‘’…—－～％＋／￥';
const OTHER_FULL_WIDTH_BITS = 13;

interface Language {
  readonly label: string;
  readonly firstTrail: number;
  readonly rows: readonly Rows[];
  readonly frequent: string;
  readonly frequentBits: number;
  readonly ranges?: readonly (readonly [first: number, last: number, bits: number])[];
}

/** The costs of a language, worked out when first asked for. */
function wideEncoding({ label, firstTrail, rows, frequent, frequentBits, ranges = [] }: Language): WideEncoding {
  let costs: Uint8Array | null = null;
  const build = (): Uint8Array => {
    const all = new Uint8Array(0x10000).fill(RARE);
    for (const each of rows) charge(all, charactersOf(label, each, firstTrail), each.bits);
    chargeRange(all, 0xff01, 0xff5e, OTHER_FULL_WIDTH_BITS);
    charge(all, COMMON_SIGNS, 9);
    for (const [first, last, bits] of ranges) chargeRange(all, first, last, bits);
    charge(all, frequent, frequentBits);
    return all;
  };
  return {
    label,
    costs: () => {
      costs ??= build();
      return costs;
    },
  };
}

const KANA: Language['ranges'] = [
  [0x3041, 0x3093, 8],
  [0x30a1, 0x30f4, 8],
  [0x30fc, 0x30fc, 6],
];

/** Encodings of East Asia, each with the language it is used for. */
export const WIDE_ENCODINGS: readonly WideEncoding[] = [
  wideEncoding({
    label: 'gb18030',
    firstTrail: 0xa1,
    rows: [
      { first: 0xa1, last: 0xa3, bits: 16 },
      { first: 0xb0, last: 0xd7, bits: 14 },
      { first: 0xd8, last: 0xf7, bits: 19 },
    ],
    frequent: SIMPLIFIED,
    frequentBits: 10,
  }),
  wideEncoding({
    label: 'big5',
    firstTrail: 0x40,
    rows: [
      { first: 0xa1, last: 0xa3, bits: 16 },
      { first: 0xa4, last: 0xc6, bits: 14 },
      { first: 0xc9, last: 0xf9, bits: 19 },
    ],
    frequent: TRADITIONAL,
    frequentBits: 10,
  }),
  wideEncoding({
    label: 'shift_jis',
    firstTrail: 0x40,
    rows: [
      { first: 0x81, last: 0x81, bits: 16 },
      { first: 0x88, last: 0x98, bits: 15 },
      { first: 0x99, last: 0xea, bits: 20 },
    ],
    frequent: KANJI,
    frequentBits: 10,
    ranges: [...KANA, [0xff61, 0xff9f, 6]],
  }),
  wideEncoding({
    label: 'euc-jp',
    firstTrail: 0xa1,
    rows: [
      { first: 0xa1, last: 0xa2, bits: 16 },
      { first: 0xb0, last: 0xcf, bits: 15 },
      { first: 0xd0, last: 0xf4, bits: 20 },
    ],
    frequent: KANJI,
    frequentBits: 10,
    ranges: [...KANA, [0xff61, 0xff9f, 6]],
  }),
  wideEncoding({
    label: 'euc-kr',
    firstTrail: 0xa1,
    rows: [
      { first: 0xa1, last: 0xa3, bits: 16 },
      { first: 0xb0, last: 0xc8, bits: 13 },
    ],
    frequent: HANGUL,
    frequentBits: 8,
  }),
];
