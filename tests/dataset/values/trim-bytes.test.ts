import { expect, it } from 'vitest';
import { trimText } from '../../../src/dataset/values/placeholder.ts';
import { endsPlainly } from '../../../src/dataset/values/trim-bytes.ts';

function isPlain(text: string): boolean {
  const bytes = Buffer.from(`\u200b${text} `);
  return endsPlainly(bytes, 3, bytes.length - 1);
}

it('takes no text that is trimmed for one that ends plainly', () => {
  const mistaken: string[] = [];
  for (let code = 0; code < 0x11000; code++) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    const character = String.fromCodePoint(code);
    for (const text of [character, `${character}a`, `无${character}`, `${character}${character}`]) {
      if (isPlain(text) && trimText(text) !== text) mistaken.push(text);
    }
  }
  expect(mistaken).toEqual([]);
});

it.each(['', 'a', '-', 'Acme Ltd', '无锡', '华东 A', 'Ünal', 'café', 'Ёж', '5'])('%j ends plainly', (text) => {
  expect(isPlain(text)).toBe(true);
});

it.each([' a', 'a ', '\u00a0a', 'a\u3000', '\ufeffa', 'a\u200b', '\u00ad', '\n'])('%j does not', (text) => {
  expect(isPlain(text)).toBe(false);
});
