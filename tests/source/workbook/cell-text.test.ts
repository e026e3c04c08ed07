import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatParts } from '../../../src/source/excel-date.ts';
import { numberText, otherText, startNumberTexts } from '../../../src/source/workbook/cell-text.ts';
import { isoDateText } from '../../../src/source/workbook/iso-date.ts';
import { startNumberCells } from '../../../src/source/workbook/number-cells.ts';

const GENERAL = formatParts('General');

describe('numberText', () => {
  it.each([
    ['0', '0'],
    ['-0', '0'],
    ['0.0', '0'],
    ['1.50', '1.5'],
    ['+7', '7'],
    ['007', '7'],
    ['.5', '0.5'],
    ['5.', '5'],
    [' 12 ', '12'],
    ['1E+3', '1000'],
    ['1e-7', '1e-7'],
    ['0.0000001', '1e-7'],
    ['0.000001', '0.000001'],
    ['123456789012345', '123456789012345'],
    ['12345678901234567', '12345678901234568'],
    ['0.30000000000000004', '0.30000000000000004'],
    ['1e21', '1e+21'],
    ['-12.25', '-12.25'],
  ])('%s is %s', (text, expected) => {
    expect(numberText(text, GENERAL, false)).toBe(expected);
  });

  it('is what JavaScript makes of the number', () => {
    const number = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer(),
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    );
    const digits = fc.integer({ min: 0, max: 17 });
    fc.assert(
      fc.property(number, digits, (value, places) => {
        for (const text of [String(value), value.toFixed(places), value.toExponential(places)]) {
          if (!Number.isFinite(Number(text))) continue;
          expect(numberText(text, GENERAL, false)).toBe(String(Number(text) + 0));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['abc', 'NaN', 'Infinity', '0x10', '1e999', '1,5', '1 2', '--1', '.', 'e5', '1e', '五'])(
    'has none for %s',
    (text) => {
      expect(numberText(text, GENERAL, false)).toBeNull();
    },
  );

  it.each([
    ['45292', 'yyyy-mm-dd', '2024-01-01'],
    ['45292.5', 'yyyy-mm-dd hh:mm', '2024-01-01T12:00:00'],
    ['45292.5', 'yyyy-mm-dd', '2024-01-01'],
    ['45292', 'yyyy"年"m"月"d"日"', '2024-01-01'],
    ['45292', '[$-804]yyyy&quot;年&quot;m&quot;月&quot;'.replaceAll('&quot;', '"'), '2024-01-01'],
    ['45292', 'm"月"d"日"', '2024-01-01'],
    ['45292.75', '[$-F400]h:mm:ss AM/PM', '1087026:00:00'],
    ['0.75', 'h:mm', '18:00:00'],
    ['1.5', '[h]:mm', '36:00:00'],
    ['60', 'yyyy-mm-dd', '1900-03-01'],
    ['61', 'yyyy-mm-dd', '1900-03-01'],
    ['59', 'yyyy-mm-dd', '1900-02-28'],
    ['2958465', 'yyyy-mm-dd', '9999-12-31'],
    ['0.6', '0%', '60%'],
    ['0.07', '0.00%', '7%'],
    ['45292', '0.00"d"', '45292'],
    ['45292', '[Red]0.00;[$-409]0', '45292'],
    ['-5', '"$"0', '-$5'],
    ['1e3', '"USD" #,##0.00', 'USD 1000'],
  ])('%s as %s is %s', (text, format, expected) => {
    expect(numberText(text, formatParts(format), false)).toBe(expected);
  });

  it.each(['-1', '2958466', '1e10'])('has no date for %s', (text) => {
    expect(numberText(text, formatParts('yyyy-mm-dd'), false)).toBeNull();
  });

  it('counts days of the 1904 system from there', () => {
    const format = formatParts('yyyy-mm-dd');
    expect(numberText('0', format, true)).toBe('1904-01-01');
    expect(numberText('43831', format, true)).toBe('2024-01-02');
    expect(numberText('2957003', format, true)).toBe('9999-12-31');
    expect(numberText('2957004', format, true)).toBeNull();
  });
});

describe('startNumberTexts', () => {
  it('gives the same, the second time too', () => {
    const texts = startNumberTexts(false);
    const formats = ['General', '0%', 'yyyy-mm-dd', 'h:mm'].map(formatParts);
    for (let time = 0; time < 2; time++) {
      for (const format of formats) {
        for (const text of ['0.25', '45292', 'x', '-3'])
          expect(texts(text, format)).toBe(numberText(text, format, false));
      }
    }
  });
});

describe('dates of one workbook', () => {
  it('are the same as dates alone', () => {
    const formats = ['yyyy-mm-dd', 'yyyy-mm-dd hh:mm:ss', 'h:mm', '[h]:mm', 'd'].map(formatParts);
    const second = fc.integer({ min: 0, max: 3_000_000 * 86_400 }).map((seconds) => seconds / 86_400);
    const serial = fc.oneof(second, fc.double({ min: 0, max: 100, noNaN: true }), fc.integer({ min: 0, max: 100 }));
    for (const date1904 of [false, true]) {
      const texts = startNumberTexts(date1904);
      fc.assert(
        fc.property(serial, fc.constantFrom(...formats), (value, format) => {
          expect(texts(String(value), format)).toBe(numberText(String(value), format, date1904));
        }),
        { numRuns: 2000 },
      );
    }
  });
});

describe('numbers of cells', () => {
  it('keep their styles apart', () => {
    const formats = [GENERAL, formatParts('0%')];
    // Styles this far apart share their places among the numbers seen last.
    const styles = [0, 2 ** 20, 2 ** 21];
    const numbers = startNumberCells(
      { of: (style) => formats[styles.indexOf(style)] ?? null },
      startNumberTexts(false),
    );
    const bytes = Buffer.from('x0.50.5y');
    for (let round = 0; round < 2; round++) {
      expect(styles.map((style) => numbers(bytes, 1, 4, style))).toEqual(['0.5', '50%', null]);
      expect(numbers(bytes, 1, 3, 0)).toBe('0');
      expect(numbers(bytes, 0, 4, 0)).toBe(null);
    }
  });
});

describe('otherText', () => {
  it.each([
    ['b', '1', 'TRUE'],
    ['b', '0', 'FALSE'],
    ['b', 'TRUE', 'TRUE'],
    ['b', 'false', 'FALSE'],
    ['b', '2', null],
    ['e', '#N/A', '#N/A'],
    ['d', '2024-05-01', '2024-05-01'],
    ['d', '2024-13-45', null],
    ['zzz', '1', null],
  ])('of type %s, %s is %s', (type, value, expected) => {
    expect(otherText(type, value, GENERAL)).toBe(expected);
  });
});

describe('isoDateText', () => {
  it.each([
    ['2024-05-01', 'General', '2024-05-01'],
    ['2024-05-01T10:22:30', 'General', '2024-05-01T10:22:30'],
    ['2024-05-01T10:22:30.123Z', 'General', '2024-05-01T10:22:30'],
    ['2024-05-01T10:22+08:00', 'General', '2024-05-01T10:22:00'],
    ['2024-05-01T10:22:30', 'yyyy-mm-dd', '2024-05-01'],
    ['2024-05-01', 'yyyy-mm-dd hh:mm', '2024-05-01T00:00:00'],
    ['2024-05-01T10:22:30', 'hh:mm', '10:22:30'],
    ['10:22:30', 'General', '10:22:30'],
    ['2024-02-29', 'General', '2024-02-29'],
  ])('%s as %s is %s', (text, format, expected) => {
    expect(isoDateText(text, formatParts(format))).toBe(expected);
  });

  it.each(['', '2023-02-29', '2024-00-10', '2024-05-01T25:00:00', '10:61', 'P1D', 'yesterday', '2024-05-0110:22'])(
    '%s is none',
    (text) => {
      expect(isoDateText(text, GENERAL)).toBeNull();
    },
  );
});
