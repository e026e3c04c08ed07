import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_CELL } from '../../../src/source/sheet.ts';
import { growingInts, startColumns } from '../../../src/source/table/column-builder.ts';
import { startDictionary } from '../../../src/source/table/text-dictionary.ts';

describe('startDictionary', () => {
  it('numbers distinct texts in order of first appearance', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 3 })), (texts) => {
        const dictionary = startDictionary();
        const distinct = [...new Set(texts)];
        expect(texts.map((text) => dictionary.codeOf(text))).toEqual(texts.map((text) => distinct.indexOf(text)));
        expect(dictionary.values).toEqual(distinct);
      }),
    );
  });

  it('keeps its codes while it grows', () => {
    const dictionary = startDictionary();
    for (let round = 0; round < 2; round++) {
      for (let number = 0; number < 50_000; number++) expect(dictionary.codeOf(`deal ${number}`)).toBe(number);
    }
  });

  it('tells texts apart that end alike', () => {
    const texts = ['deal 00001', 'lead 00001', 'dealt 0001', '00001', '', 'x', 'y', 'deal 00001'.slice(0, 5)];
    const dictionary = startDictionary();
    for (let round = 0; round < 3; round++) {
      for (const [code, each] of texts.entries()) {
        expect(dictionary.codeOf(each)).toBe(code);
        expect(dictionary.codeOf(`${each.slice(0, 1)}${each.slice(1)}`)).toBe(code);
      }
    }
  });

  it('keeps its codes when texts are made to collide', () => {
    const texts = collidingTexts(600);
    const dictionary = startDictionary();
    expect(dictionary.codeOf('first')).toBe(0);
    for (let round = 0; round < 2; round++) {
      expect(texts.map((text) => dictionary.codeOf(text))).toEqual(texts.map((_, index) => index + 1));
    }
    expect(dictionary.codeOf('first')).toBe(0);
    expect(dictionary.values).toEqual(['first', ...texts]);
  });
});

/** Texts of three characters with one hash: the second and third bring the state of every first one to the same. */
function collidingTexts(count: number): string[] {
  const texts: string[] = [];
  for (let first = 0; texts.length < count; first++) {
    const state = Math.imul(3 ^ first, 0x01000193);
    for (let second = 0; second < 0x10000; second++) {
      const next = Math.imul(state ^ second, 0x01000193);
      if (next >>> 16 !== 0x1234) continue;
      texts.push(String.fromCharCode(first, second, (next & 0xffff) ^ 0x5678));
      break;
    }
  }
  return texts;
}

describe('startColumns', () => {
  it('encodes the kept columns, marks missing cells, and grows', () => {
    const columns = startColumns(['ID', 'Stage', 'Owner'], [2, 0]);
    for (let row = 0; row < 3000; row++) columns.push(row % 2 === 0 ? [`${row}`, 'Won', 'A'] : [`${row}`]);
    const [owner, id] = columns.finish();
    expect(owner).toMatchObject({ header: 'Owner', position: 2, values: ['A'] });
    expect([...(owner?.codes.slice(0, 3) ?? [])]).toEqual([0, NO_CELL, 0]);
    expect(id?.codes).toHaveLength(3000);
    expect(id?.values.at(2999)).toBe('2999');
  });
});

describe('growingInts', () => {
  it('gives an array of exactly the numbers pushed', () => {
    const numbers = growingInts();
    for (let number = 0; number < 5000; number++) numbers.push(number * 2);
    const finished = numbers.finish();
    expect(finished).toHaveLength(5000);
    expect(finished[4999]).toBe(9998);
  });
});
