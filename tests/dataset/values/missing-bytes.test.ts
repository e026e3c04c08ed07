import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { surelyPresent } from '../../../src/dataset/values/missing-bytes.ts';
import { isMissing, normaliseForMissing, PLACEHOLDERS } from '../../../src/dataset/values/placeholder.ts';
import { utf8Texts } from '../utf8-texts.ts';

const NONE: ReadonlySet<string> = new Set();
const EXTRA: ReadonlySet<string> = new Set(
  ['9999', 'Keine Angabe', 'être', 'k', '無し', 'x́', '㈱', '한'].map(normaliseForMissing),
);

function present(texts: readonly string[], extra: ReadonlySet<string>): number[] {
  return [...surelyPresent(utf8Texts(texts).utf8!, extra)];
}

/** Texts that are surely present by their bytes although they are missing. */
function mistaken(texts: readonly string[], extra: ReadonlySet<string>): string[] {
  const sure = present(texts, extra);
  return texts.filter((text, code) => sure[code] === 1 && isMissing(text, extra));
}

const blank = fc.constantFrom('', ' ', '\t', '\u00a0', '\u3000', '\u200b', '\ufeff', '\u00ad', '\u0301', '\u0338', 'ﾞ');
const word = fc.constantFrom(...PLACEHOLDERS, ...EXTRA, 'être', 'Ｎ／Ａ', 'K', 'Select…', '（空）');
const piece = fc.oneof(
  word,
  blank,
  fc.string({ unit: 'grapheme', maxLength: 2 }),
  fc.string({ unit: 'binary', maxLength: 2 }),
);
const text = fc
  .tuple(fc.array(piece, { maxLength: 4 }), fc.boolean(), fc.boolean())
  .map(([pieces, isUpper, isDecomposed]) => {
    const joined = pieces.join('');
    const cased = isUpper ? joined.toUpperCase() : joined;
    return isDecomposed ? cased.normalize('NFD') : cased;
  });

describe('surelyPresent', () => {
  it('never takes a missing text for a value', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 30 }), fc.constantFrom(NONE, EXTRA), (texts, extra) => {
        expect(mistaken(texts, extra)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('never does so for any character before, behind or inside a word', () => {
    const texts: string[] = [];
    for (let code = 0; code < 0x11000; code++) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const character = String.fromCodePoint(code);
      texts.push(character, `${character}na`, `na${character}`, `n${character}a`, `e${character}tre`, `x${character}`);
    }
    expect(mistaken(texts, EXTRA)).toEqual([]);
    expect(texts.filter((each) => isMissing(each, EXTRA)).length).toBeGreaterThan(100);
  });

  it('is sure of usual values without looking at a string', () => {
    const values = [
      '188002.09',
      '2026-05-01',
      '006000000000000AAA',
      'Account 38510',
      'North',
      '无锡',
      '华东',
      'New café',
      '-5',
    ];
    expect(present(values, NONE)).toEqual(values.map(() => 1));
    expect(present(['9998', 'Keine', 'Kunde'], EXTRA)).toEqual([1, 0, 1]);
  });

  it('leaves all else to the strings', () => {
    expect(present(['', ' ', 'n/a', 'N/A ', 'é', 'e\u0301', '-', '待定', '\u200bx'], NONE)).toEqual(
      new Array(9).fill(0),
    );
  });
});
