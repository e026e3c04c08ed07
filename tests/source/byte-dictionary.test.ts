import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FunnelintError } from '../../src/errors.ts';
import {
  codeOfBytes,
  codeOfText,
  finishedTexts,
  putDownAll,
  putDownUnseen,
  settle,
  startByteDictionary,
} from '../../src/source/byte-dictionary.ts';
import { finishedHash, hashOfBytes } from '../../src/source/byte-hash.ts';
import { textsOfBytes } from '../../src/source/texts.ts';

type Dictionary = ReturnType<typeof startByteDictionary>;
type Ask = (dictionary: Dictionary, bytes: Buffer, start: number, end: number, hash: number) => unknown;

/** Asks with the bytes somewhere inside others. */
function ask(dictionary: Dictionary, text: string, by: Ask = codeOfBytes): unknown {
  const bytes = Buffer.from(`"${text}"é`);
  const end = 1 + Buffer.byteLength(text);
  return by(dictionary, bytes, 1, end, finishedHash(hashOfBytes(bytes, 1, end), end - 1));
}

function textsOf(dictionary: Dictionary): string[] {
  const { bytes, starts } = finishedTexts(dictionary);
  return [...textsOfBytes(bytes, starts)];
}

function settled(dictionary: Dictionary, texts: readonly string[]): number[] {
  for (const text of texts) ask(dictionary, text, putDownUnseen);
  return settledCodes(dictionary, texts.length);
}

function settledCodes(dictionary: Dictionary, count: number): number[] {
  const codes = new Int32Array(count + 1).fill(-7);
  settle(dictionary, codes, 1);
  expect(codes[0]).toBe(-7);
  return [...codes.subarray(1)];
}

/** The codes that texts get in order of first appearance. */
function expectedCodes(texts: readonly string[]): { readonly codes: number[]; readonly distinct: string[] } {
  const distinct = [...new Set(texts)];
  return { codes: texts.map((text) => distinct.indexOf(text)), distinct };
}

/** Texts of one hash: pairs of eight bytes each that lead from one state to the same next one, one behind another. */
function collidingTexts(): string[] {
  let texts = [''];
  let state = 0;
  for (let round = 0; round < 8; round++) {
    const seen = new Map<number, string>();
    for (let number = 0; ; number++) {
      const piece = `${round}${number.toString(36).padStart(7, '0')}`;
      const next = stateAfter(state, piece);
      const twin = seen.get(next);
      seen.set(next, piece);
      if (twin === undefined) continue;
      texts = texts.flatMap((text) => [`${text}${twin}`, `${text}${piece}`]);
      state = next;
      break;
    }
  }
  return texts;
}

function stateAfter(state: number, piece: string): number {
  let next = state;
  for (const byte of Buffer.from(piece)) next = Math.imul(next ^ byte, 0x01000193);
  return next;
}

describe('a dictionary of bytes', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 3 }),
    fc.constantFrom('', 'a', 'b', 'é', '字', '😀', '字a', 'ß', 'a'.repeat(3000)),
  );
  const texts = fc.array(text, { maxLength: 60 });

  it('counts texts in order of first appearance, however they come', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('bytes', 'text', 'unseen', 'all'), texts)), (parts) => {
        const dictionary = startByteDictionary('deals.csv');
        const codes = parts.flatMap(([way, some]) => {
          if (way === 'bytes') return some.map((each) => ask(dictionary, each));
          if (way === 'text') return some.map((each) => codeOfText(dictionary, each));
          if (way === 'unseen') return settled(dictionary, some);
          const other = startByteDictionary('deals.csv');
          const own = some.map((each) => codeOfText(other, each));
          putDownAll(dictionary, finishedTexts(other));
          const known = settledCodes(dictionary, other.count);
          return own.map((code) => known[code]);
        });
        const expected = expectedCodes(parts.flatMap(([, some]) => some));
        expect(codes).toEqual(expected.codes);
        expect(textsOf(dictionary)).toEqual(expected.distinct);
      }),
    );
  });

  it('grows', () => {
    const many = Array.from({ length: 40_000 }, (_, index) => `Deal ${index % 30_000}`);
    const [one, other] = [startByteDictionary('deals.csv'), startByteDictionary('deals.csv')];
    const codes = many.map((_, index) => index % 30_000);
    expect(many.map((each) => ask(one, each))).toEqual(codes);
    expect(settled(other, many)).toEqual(codes);
    expect(textsOf(one)).toEqual(many.slice(0, 30_000));
    expect(textsOf(other)).toEqual(many.slice(0, 30_000));
  });

  it('gives texts their codes that are made to collide', () => {
    const colliding = collidingTexts();
    expect(new Set(colliding.map((each) => hashOfBytes(Buffer.from(each), 0, each.length))).size).toBe(1);
    expect(colliding).toHaveLength(256);
    const codes = colliding.map((_, index) => index);
    const [one, other] = [startByteDictionary('deals.csv'), startByteDictionary('deals.csv')];
    for (let round = 0; round < 2; round++) {
      expect(colliding.map((each) => ask(one, each))).toEqual(codes);
      expect(settled(other, colliding)).toEqual(codes);
    }
    expect(one.fallback).not.toBeNull();
    expect(ask(one, 'last')).toBe(256);
    expect(settled(other, ['last', 'last'])).toEqual([256, 256]);
    expect(textsOf(other)).toEqual([...colliding, 'last']);
  });

  it('refuses more bytes than can be counted', () => {
    const dictionary = startByteDictionary('deals.csv');
    dictionary.starts[0] = 2 ** 32 - 2;
    expect(() => codeOfText(dictionary, 'Won')).toThrow(FunnelintError);
  });
});
