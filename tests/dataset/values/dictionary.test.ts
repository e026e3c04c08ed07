import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dictionaryOf } from '../../../src/dataset/values/dictionary.ts';
import { utf8Texts } from '../utf8-texts.ts';

const part = fc.constantFrom('', '', 'a', 'b c', '无', '\u00e9', '\ud83d\ude00');
const blank = fc.constantFrom('', '', '', ' ', '\u3000', '\u200b', '\ufeff', ' \u00ad', '\t');
const text = fc.tuple(blank, part, blank, part, blank).map((parts) => parts.join(''));

it.each([true, false])('gives texts the same codes by their bytes as by their characters, trimmed: %j', (trimmed) => {
  fc.assert(
    fc.property(fc.uniqueArray(text, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (values, numbers) => {
      const codes = Int32Array.from({ length: 20 }, () => (numbers.next().value! % (values.length + 1)) - 1);
      const column = { header: 'Name', position: 0, codes };
      const byText = dictionaryOf({ ...column, values }, trimmed);
      const byBytes = dictionaryOf({ ...column, values: utf8Texts(values) }, trimmed);
      expect([...byBytes.codes]).toEqual([...byText.codes]);
      expect([...byBytes.texts]).toEqual([...byText.texts]);
    }),
  );
});

it('puts texts together that differ in blanks alone', () => {
  const values = utf8Texts([' b', 'a', 'b\u200b', 'a ', 'b', '\u3000']);
  const codes = Int32Array.of(0, 1, 2, 3, 4, 5, -1);
  const dictionary = dictionaryOf({ header: 'Name', position: 0, codes, values }, true);
  expect([...dictionary.texts]).toEqual(['b', 'a', '']);
  expect([...dictionary.codes]).toEqual([0, 1, 0, 1, 0, 2, 2]);
});
