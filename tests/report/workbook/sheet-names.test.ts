import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSheetNames } from '../../../src/report/workbook/sheet-names.ts';

describe('createSheetNames', () => {
  it.each([
    ['Deals [2026]/Q1: a*b?c\\d', 'Deals _2026__Q1_ a_b_c_d'],
    ["'quoted'", 'quoted'],
    ['  ', 'Sheet'],
    ['History', 'History_'],
    ['商机数据', '商机数据'],
    ['a'.repeat(40), 'a'.repeat(31)],
  ])('%j becomes %j', (wanted, name) => {
    expect(createSheetNames()(wanted)).toBe(name);
  });

  it('tells names apart whatever their case', () => {
    const nameOf = createSheetNames();
    const long = 'x'.repeat(31);
    expect(['Findings', 'findings', 'FINDINGS', long, long].map(nameOf)).toEqual([
      'Findings',
      'findings (2)',
      'FINDINGS (3)',
      long,
      `${'x'.repeat(27)} (2)`,
    ]);
  });

  it('gives what every spreadsheet takes', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { maxLength: 30 }), (wanted) => {
        const names = wanted.map(createSheetNames());
        expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
        for (const name of names) {
          expect(name.length).toBeGreaterThan(0);
          expect(name.length).toBeLessThanOrEqual(31);
          expect(name).not.toMatch(/\p{Cs}/u);
          expect(name).not.toMatch(/[[\]:*?/\\\p{Cc}]|^'|'$/u);
        }
      }),
    );
  });
});
