import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clustersOf, displayWidth, padEnd, padStart, truncateToWidth } from '../../src/i18n/width.ts';

fc.configureGlobal({ seed: 20260701 });

const text = fc.string({
  unit: fc.constantFrom('a', ' ', '，', '北', '京', 'é', 'e\u0301', '🚀', '👩‍👩‍👧', '🇨🇳', '1', 'ｶ'),
});

describe('displayWidth', () => {
  it.each([
    ['', 0],
    ['Deals!F47', 9],
    ['北京星河', 8],
    ['（必填）', 8],
    ['Ａ１', 4],
    ['ｶﾅ', 2],
    ['東京タワー', 10],
    ['한국어', 6],
    ['\u1112\u1161\u11ab', 2],
    ['か\u3099', 2],
    ['𠮷野家', 6],
    ['Müller', 6],
    ['Mu\u0308ller', 6],
    ['สมชาย', 5],
    ['ที่', 1],
    ['🚀', 2],
    ['👍🏽', 2],
    ['👩‍👩‍👧', 2],
    ['🇨🇳🇩🇪', 4],
    ['☎', 1],
    ['☎\ufe0f', 2],
    ['1\ufe0f\u20e3', 2],
    ['🫠', 2],
    ['✖ ✔ █ ▓ ░ ─ · … →', 17],
    ['¥8.2M €', 7],
    ['¥', 1],
    ['￥', 2],
    ['“引”', 4],
    ['a\u200bb', 2],
    ['\u0301', 0],
    ['\u0301a', 1],
  ])('%j takes %i columns', (value, width) => {
    expect(displayWidth(value)).toBe(width);
  });

  it('is the same for a character alone and beside a wide one', () => {
    const different: string[] = [];
    for (let code = 0x20; code < 0xd800; code += 1) {
      const character = String.fromCodePoint(code);
      const besides = clustersOf(`${character}北`).reduce((sum, { width }) => sum + width, 0) - 2;
      if (displayWidth(character) !== besides) different.push(code.toString(16));
    }
    expect(different).toEqual([]);
  });
});

describe('padding', () => {
  it('fills by columns, not by characters', () => {
    expect(`${padEnd('北京', 6)}|`).toBe('北京  |');
    expect(padStart('北京', 6)).toBe('  北京');
    expect(padEnd('too long', 3)).toBe('too long');
  });

  it('makes every text exactly as wide as asked, or leaves it', () => {
    fc.assert(
      fc.property(text, fc.nat(30), (value, width) => {
        expect(displayWidth(padEnd(value, width))).toBe(Math.max(width, displayWidth(value)));
        expect(displayWidth(padStart(value, width))).toBe(Math.max(width, displayWidth(value)));
      }),
    );
  });
});

describe('truncateToWidth', () => {
  it.each([
    ['北京星河', 8, '北京星河'],
    ['北京星河', 7, '北京星…'],
    ['北京星河', 6, '北京…'],
    ['Negotiation', 5, 'Nego…'],
    ['👩‍👩‍👧👩‍👩‍👧', 3, '👩‍👩‍👧…'],
    ['abc', 1, '…'],
  ])('%j in %i columns is %j', (value, width, expected) => {
    expect(truncateToWidth(value, width)).toBe(expected);
  });

  it('never exceeds the width', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 20 }), (value, width) => {
        expect(displayWidth(truncateToWidth(value, width))).toBeLessThanOrEqual(width);
      }),
    );
  });
});
