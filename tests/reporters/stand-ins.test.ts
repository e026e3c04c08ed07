import { describe, expect, it } from 'vitest';
import { createStandIns } from '../../src/reporters/stand-ins.ts';

describe('stand-ins', () => {
  it('leave ASCII alone, and are as wide as what they hide, in as many code units', () => {
    const { hide, restore } = createStandIns();
    expect(hide('Won 5%')).toBe('Won 5%');
    for (const [text, width] of [
      ['谈判', 4],
      ['€5 – ü', 6],
      ['👩‍👩‍👧', 2],
      ['\ue000\uf8ff', 2],
      ['\u{f0000}', 1],
    ] as const) {
      expect(hide(text)).toHaveLength(width);
      expect(restore(`| ${hide(text)} |`)).toBe(`| ${text} |`);
    }
  });

  it('are given to every text of a long table, and told apart', () => {
    const { hide, restore } = createStandIns();
    const texts = Array.from({ length: 7000 }, (_, index) => `é${index}`);
    const hidden = texts.map(hide);
    expect(new Set(hidden).size).toBe(texts.length);
    expect(hidden.map(restore)).toEqual(texts);
    expect(hide('é0')).toBe(hidden[0]);
  });
});
