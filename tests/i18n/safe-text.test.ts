import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeText } from '../../src/i18n/safe-text.ts';

fc.configureGlobal({ seed: 20260701 });

const FORBIDDEN = /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;

describe('safeText', () => {
  it.each([
    ['plain 北京 Müller 🚀', 'plain 北京 Müller 🚀'],
    ['\u001b[2J\u001b]0;title\u0007', '␛[2J␛]0;title␇'],
    ['a\r\nb\nc\u2028d', 'a↵b↵c↵d'],
    ['a\tb', 'a b'],
    ['\u009b31m', '<U+009B>31m'],
    ['evil\u202exslx', 'evil<U+202E>xslx'],
    ['\u2066x\u2069', '<U+2066>x<U+2069>'],
    ['Won\u200b', 'Won<U+200B>'],
    ['\ufeffID', '<U+FEFF>ID'],
    ['\u007f', '␡'],
    ['half \ud83d', 'half \ufffd'],
    ['👩‍👩‍👧', '👩‍👩‍👧'],
  ])('shows %j as %j', (text, expected) => {
    expect(safeText(text)).toBe(expected);
  });

  it('leaves nothing that acts on a terminal, and nothing to do a second time', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\u001b', '\u202e', '\u0085')) }),
        (text) => {
          const safe = safeText(text);
          expect(safe).not.toMatch(FORBIDDEN);
          expect(safeText(safe)).toBe(safe);
        },
      ),
    );
  });
});
