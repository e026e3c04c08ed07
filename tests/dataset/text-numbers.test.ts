import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findNumber, numberOf, startTextNumbers, type TextNumbers } from '../../src/dataset/text-numbers.ts';

type Ask = (numbers: TextNumbers, bytes: Uint8Array, start: number, end: number) => number;

/** The answer for a text that stands between others. */
function ask(question: Ask, numbers: TextNumbers, text: string): number {
  const bytes = Buffer.from(`a${text}b`);
  return question(numbers, bytes, 1, bytes.length - 1);
}

const texts = fc.array(fc.oneof(fc.string({ maxLength: 3 }), fc.string({ unit: 'binary', maxLength: 300 })));

it('numbers each distinct text once, in the order in which they first appear', () => {
  fc.assert(
    fc.property(texts, texts, (known, others) => {
      const numbers = startTextNumbers(known.length);
      const distinct = [...new Set(known)];
      expect(known.map((text) => ask(numberOf, numbers, text))).toEqual(known.map((text) => distinct.indexOf(text)));
      expect(others.map((text) => ask(findNumber, numbers, text))).toEqual(
        others.map((text) => distinct.indexOf(text)),
      );
      const { bytes, starts, count } = numbers;
      const written = distinct.map((_, number) =>
        Buffer.from(bytes.subarray(starts[number], starts[number + 1])).toString(),
      );
      expect([count, written]).toEqual([distinct.length, distinct]);
    }),
  );
});

it('knows nothing where it has room for nothing', () => {
  expect(ask(findNumber, startTextNumbers(0), 'a')).toBe(-1);
});

it('tells texts apart that would all stand in one place', () => {
  const numbers = startTextNumbers(700);
  // As if 300 others with the same hash stood before each of them.
  numbers.slots.fill(1);
  numbers.count = 1;
  const many = Array.from({ length: 300 }, (_, index) => `text ${index}`);
  for (const [index, text] of many.entries()) expect(ask(numberOf, numbers, text)).toBe(index + 1);
  for (const [index, text] of many.entries()) expect(ask(findNumber, numbers, text)).toBe(index + 1);
  expect(ask(findNumber, numbers, 'text')).toBe(-1);
});
