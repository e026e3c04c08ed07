import fc from 'fast-check';
import { expect, it } from 'vitest';
import { profileColumn } from '../../../src/dataset/columns/column-profile.ts';
import type { RawColumn } from '../../../src/source/sheet.ts';
import { utf8Texts } from '../utf8-texts.ts';

const NONE: ReadonlySet<string> = new Set();

function profiled(values: RawColumn['values']): unknown {
  const codes = Int32Array.from({ length: values.length * 2 }, (_, row) => row % values.length);
  const { raw, ...profile } = profileColumn(0, { header: 'Header', position: 0, codes, values }, NONE);
  return profile;
}

it('takes the same sample of texts by bytes as of strings', () => {
  const ending = fc.constantFrom('', '', ' Ltd', '公司', '😀', 'é');
  const beginning = fc.constantFrom('Acme ', '无锡', '😀', 'Ünal ', '');
  fc.assert(
    fc.property(beginning, ending, fc.integer({ min: 0, max: 1e6 }), (head, tail, first) => {
      const values = ['', ...Array.from({ length: 3000 }, (_, index) => `${head}${first + index}${tail}`), 'n/a', 'x'];
      expect(profiled(utf8Texts(values))).toEqual(profiled(values));
    }),
    { numRuns: 60 },
  );
});
