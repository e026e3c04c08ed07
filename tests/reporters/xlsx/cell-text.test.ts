import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutText, isPlainText, MOST_CHARACTERS, workbookText } from '../../../src/reporters/xlsx/cell-text.ts';

/** The decoding of ECMA-376 part 1, 22.9.2.19 (ST_Xstring). */
function decoded(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

describe('workbookText', () => {
  it.each([
    ['plain', 'plain'],
    ['_x0041_', '_x005F_x0041_'],
    ['a\u0007b', 'a_x0007_b'],
    ['a\r\nb\tc', 'a_x000D_\nb\tc'],
    ['\ud800', '\ufffd'],
    ['😀', '😀'],
    ['__x0041_', '__x005F_x0041_'],
    ['_x0041_x0042_', '_x005F_x0041_x005F_x0042_'],
  ])('%j is written %j', (text, written) => {
    expect(workbookText(text)).toBe(written);
  });

  it('is read back as it was, whatever it holds', () => {
    const nasty = fc.constantFrom(
      '_',
      'x',
      '0',
      '4',
      '1',
      'F',
      '5',
      '\u0000',
      '\u001b',
      '\r',
      '\n',
      '\ufffe',
      '=',
      ' ',
      '王',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(nasty).map((parts) => parts.join('')),
          fc.string({ unit: 'binary' }),
        ),
        (text) => {
          const written = workbookText(text);
          expect(decoded(written)).toBe(text);
          expect(written).not.toMatch(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/);
        },
      ),
    );
  });

  it('leaves plain texts as they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        if (isPlainText(text)) expect(workbookText(text)).toBe(text);
        if (/^\s|\s$|[\r\n]|^$/.test(text)) expect(isPlainText(text)).toBe(false);
      }),
    );
  });
});

describe('cutText', () => {
  it('cuts what a cell cannot hold and says how long it was', () => {
    const cut = cutText('a'.repeat(40_000), 'en');
    expect(cut).toHaveLength(MOST_CHARACTERS);
    expect(cut.endsWith('a… (cut: 40000 characters)')).toBe(true);
    expect(cutText('长'.repeat(40_000), 'zh').endsWith('长……（已截断，原文 40000 个字符）')).toBe(true);
  });

  it('tears no pair of surrogates apart', () => {
    for (const before of ['', 'a']) expect(cutText(before + '😀'.repeat(20_000), 'en')).not.toMatch(/\p{Cs}/u);
  });

  it('leaves a text of just the length', () => {
    const text = 'a'.repeat(MOST_CHARACTERS);
    expect(cutText(text, 'en')).toBe(text);
  });
});
