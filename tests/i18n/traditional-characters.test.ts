import { describe, expect, it } from 'vitest';
import { simplify } from '../../src/i18n/simplify.ts';
import { TRADITIONAL_CHARACTERS } from '../../src/i18n/traditional-characters.ts';
import { traditionalCharactersModule } from './make-traditional-characters.ts';

describe('the table of traditional characters', () => {
  it('is what the character pairs of opencc-js give (npx vitest run tests/i18n -u)', async () => {
    await expect(await traditionalCharactersModule()).toMatchFileSnapshot('../../src/i18n/traditional-characters.ts');
  });

  it('is small, and no character stands in it twice', () => {
    expect(Buffer.byteLength(TRADITIONAL_CHARACTERS)).toBeLessThan(30_000);
    const characters = TRADITIONAL_CHARACTERS.replace(/\s/g, '');
    expect(new Set(characters).size).toBe(characters.length);
  });
});

describe('simplify', () => {
  it.each([
    ['商機名稱', '商机名称'],
    ['預計成交日期', '预计成交日期'],
    ['贏單', '赢单'],
    ['裡 裏 里', '里 里 里'],
    ['後 后', '后 后'],
    ['著 着', '着 着'],
    ['乾 干', '干 干'],
    ['Stage 阶段 😀𠮷', 'Stage 阶段 😀𠮷'],
    ['かな Größe', 'かな Größe'],
    ['', ''],
  ])('%s', (text, expected) => {
    expect(simplify(text)).toBe(expected);
  });
});
