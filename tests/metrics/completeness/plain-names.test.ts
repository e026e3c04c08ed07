import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MISSING, PRESENT } from '../../../src/dataset/dataset.ts';
import { plainNumbers } from '../../../src/metrics/completeness/plain-names.ts';
import type { Texts } from '../../../src/source/texts.ts';
import { utf8Texts } from '../../dataset/utf8-texts.ts';

function numbersOf(texts: Texts, missing = -1): number[] {
  const state = Uint8Array.from({ length: texts.length }, (_, code) => (code === missing ? MISSING : PRESENT));
  return [...plainNumbers({ texts, state })];
}

/** What makes two names the same, said in one expression. */
function keyOf(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, '');
}

const character = fc.oneof(
  fc.constantFrom(
    ...'aAbB1 -_.\t\u007f',
    'Ａ',
    '１',
    'é',
    'e\u0301',
    '无',
    '㐀',
    '䷀',
    '\u4e00',
    '\u9fff',
    'ı',
    'İ',
    'ß',
  ),
  fc.integer({ min: 0, max: 0x2ffff }).map((code) => (code >> 11 === 0x1b ? ' ' : String.fromCodePoint(code))),
);

it('numbers names as their letters and digits tell, whether they are bytes or not', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: character, maxLength: 6 }), { maxLength: 12 }), (names) => {
      const keys = [...new Set(names.map(keyOf))];
      const expected = names.map((name) => keys.indexOf(keyOf(name)));
      expect(numbersOf(names)).toEqual(expected);
      expect(numbersOf(utf8Texts(names))).toEqual(expected);
    }),
  );
});

it('leaves every character from U+4E00 to U+9FFF what it is', () => {
  const names = Array.from({ length: 0x9fff - 0x4e00 + 1 }, (_, index) => String.fromCharCode(0x4e00 + index));
  expect(names.filter((name) => keyOf(name) !== name)).toEqual([]);
  expect(numbersOf(utf8Texts(names))).toEqual(names.map((_, index) => index));
});

it('takes names of any length', () => {
  const long = `${'Acme '.repeat(1000)}ﷺ`;
  expect(numbersOf(utf8Texts([long, 'other', long.toUpperCase(), `${long}.`, 'ﷺ'.repeat(900)]))).toEqual([
    0, 1, 0, 0, 2,
  ]);
});

it('gives missing names none', () => {
  expect(numbersOf(utf8Texts(['a', '', 'b', 'A']), 1)).toEqual([0, -1, 1, 0]);
});
