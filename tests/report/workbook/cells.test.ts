import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../../src/i18n/translator.ts';
import { copiedCell, numberCell, rateCell } from '../../../src/report/workbook/cells.ts';
import { cellAt } from '../../../src/report/workbook/marks.ts';
import { cellName } from '../../../src/source/cell-name.ts';

const english = createTranslator('en', { fields: {}, stages: {} });

describe('copiedCell', () => {
  it.each([
    ['12', 12, 0],
    ['-3.50', -3.5, 2],
    ['0', 0, 0],
    ['0.25', 0.25, 2],
    ['123456789012345', 123_456_789_012_345, 0],
    ['12345678901234.5', 12_345_678_901_234.5, 1],
  ])('%s is a number', (text, value, decimals) => {
    expect(copiedCell(text)).toEqual({ type: 'number', value, decimals });
  });

  it.each([
    '007',
    '00.5',
    '1e5',
    '1,234',
    '+1',
    '1.',
    '.5',
    '1234567890123456',
    '-0',
    '-0.0',
    ' 1',
    '=1+1',
    '１２',
    'x',
  ])('%s stays the text it is', (text) => {
    expect(copiedCell(text)).toEqual({ type: 'text', text });
  });

  it('loses no digit: a number shown with its decimals reads as in the file', () => {
    const digits = fc.tuple(fc.integer({ min: -999_999_999, max: 999_999_999 }), fc.stringMatching(/^\d{1,6}$/));
    fc.assert(
      fc.property(digits, ([whole, after]) => {
        const text = `${whole}.${after}`;
        const cell = copiedCell(text);
        if (cell?.type === 'number') expect(cell.value.toFixed(cell.decimals)).toBe(text);
        else expect(cell).toEqual({ type: 'text', text });
      }),
    );
  });

  it('leaves empty cells empty', () => {
    expect(copiedCell('')).toBeNull();
  });
});

describe('cells of figures', () => {
  it('say a word where nothing is known, and never 0', () => {
    for (const unknown of [null, undefined, Number.NaN]) {
      expect(rateCell(unknown, english)).toMatchObject({ type: 'text', text: 'n/a' });
      expect(numberCell(unknown, english)).toMatchObject({ type: 'text', text: 'n/a' });
    }
    expect(rateCell(0, english)).toMatchObject({ type: 'rate', value: 0 });
  });
});

describe('cellAt', () => {
  it('finds the cell of a name', () => {
    expect(cellAt('A1')).toEqual({ row: 1, position: 0 });
    expect(cellAt('F47')).toEqual({ row: 47, position: 5 });
    expect(cellAt('XFD1048576')).toEqual({ row: 1_048_576, position: 16_383 });
    for (const none of ['', 'F', '47', 'F0', 'XFE1', 'A1048577', 'f47', 'A1:B2']) expect(cellAt(none)).toBeNull();
  });

  it('is the other way round of cellName', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 16_383 }), fc.integer({ min: 1, max: 1_048_576 }), (position, row) => {
        expect(cellAt(cellName(position, row))).toEqual({ row, position });
      }),
    );
  });
});
