import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MISSING, PRESENT, UNREADABLE } from '../../../src/dataset/dataset.ts';
import { resolveCurrency } from '../../../src/dataset/values/currency-marks.ts';
import { type NumberReading, readNumbers } from '../../../src/dataset/values/numbers.ts';

function read(texts: readonly string[]): NumberReading {
  return readNumbers(texts, new Uint8Array(texts.length).fill(PRESENT), 'money');
}

function only(text: string): { number: number; currency: string | null } {
  const { numbers, currencies } = read([text]);
  return { number: numbers[0] as number, currency: currencies[0] ?? null };
}

describe('readNumbers, one text', () => {
  it.each<[string, number, string | null]>([
    ['1200000', 1_200_000, null],
    ['1,200,000.00', 1_200_000, null],
    ['¥1,200,000.00', 1_200_000, '¥'],
    ['￥1,200', 1200, '¥'],
    ['$22,700.00', 22_700, '$'],
    ['€ 1.234,56', 1234.56, 'EUR'],
    ['1.234,56 €', 1234.56, 'EUR'],
    ["CHF 1'234.50", 1234.5, 'CHF'],
    ['1’234.50', 1234.5, null],
    ['USD 500', 500, 'USD'],
    ['500 cny', 500, 'CNY'],
    ['人民币 5000元', 5000, 'CNY'],
    ['RMB 5,000', 5000, 'CNY'],
    ['HK$1,000', 1000, 'HKD'],
    ['US$ 1.5M', 1_500_000, 'USD'],
    ['NT$300', 300, 'TWD'],
    ['£99.99', 99.99, 'GBP'],
    ['₹12,34,567', 1_234_567, 'INR'],
    ['₩5000', 5000, 'KRW'],
    ['120万', 1_200_000, null],
    ['1.2亿', 120_000_000, null],
    ['1200万元', 12_000_000, '¥'],
    ['1,200万', 12_000_000, null],
    ['45k', 45_000, null],
    ['1.2M', 1_200_000, null],
    ['1.2e5', 120_000, null],
    ['1.2E+05', 120_000, null],
    ['(1,234)', -1234, null],
    ['($1,234.00)', -1234, '$'],
    ['-5', -5, null],
    ['−5', -5, null],
    ['5-', -5, null],
    ['-¥5', -5, '¥'],
    ['１２３', 123, null],
    ['１，２３４．５', 1234.5, null],
    ['1 234 567,89', 1_234_567.89, null],
    ['1\u00a0234\u00a0567', 1_234_567, null],
    ['1\u2009234.5', 1234.5, null],
    ['.5', 0.5, null],
    ['1,23', 1.23, null],
    ['1.005k', 1005, null],
    ['0.1', 0.1, null],
    ['123456789012345', 123_456_789_012_345, null],
    ['12345678901234567', Number.NaN, null],
    ['-1e308', Number.NaN, null],
    ['-0', 0, null],
  ])('%j', (text, number, currency) => {
    expect(only(text)).toEqual({ number, currency });
  });

  it.each([
    ...['abc', '12abc', '1,2345,678', '1.2.3', '10-20万', '100万+', '约5万', '5²', '①', '½', '1,234.56.7', '--5'],
    ...['¥5 USD', '(5', '5)', '60%', '1 23', '12:30', 'Q2', 'DEAL-5', 'Infinity', '9'.repeat(400), '1e999', '5 %'],
  ])('%j is no number, never a guess', (text) => {
    const { state, numbers } = read([text]);
    expect([state[0], numbers[0]]).toEqual([UNREADABLE, Number.NaN]);
  });
});

describe('readNumbers, the column', () => {
  const marks = (...texts: string[]) => ({ ...read(texts), numbers: [...read(texts).numbers] });

  it('takes 1,234 for thousands and 1.234 for a decimal where nothing else is known', () => {
    expect(marks('1,234', '5,000').numbers).toEqual([1234, 5000]);
    expect(marks('1.234', '5.000').numbers).toEqual([1.234, 5]);
  });

  it('lets a text that proves the comma decide', () => {
    expect(marks('1.234', '1,234', '1,5', '7')).toMatchObject({ numbers: [1234, 1.234, 1.5, 7], decimal: ',' });
    expect(marks('1.234', '1.234.567')).toMatchObject({ numbers: [1234, 1_234_567], decimal: ',' });
    expect(marks('1234.567', '-123.456', '1,5', '2,5').numbers).toEqual([Number.NaN, -123_456, 1.5, 2.5]);
  });

  it('lets a text that proves the point decide', () => {
    expect(marks('1.234', '1,234', '1.5')).toMatchObject({ numbers: [1.234, 1234, 1.5], decimal: '.' });
    expect(marks('0.123', '1,234')).toMatchObject({ numbers: [0.123, 1234], decimal: '.' });
  });

  it('calls the minority unreadable instead of guessing', () => {
    const reading = read(['1.234,56', '2.345,67', '1,234.56', '1.234']);
    expect([...reading.state]).toEqual([PRESENT, PRESENT, UNREADABLE, PRESENT]);
    expect([...reading.numbers]).toEqual([1234.56, 2345.67, Number.NaN, 1234]);
  });

  it('keeps missing texts missing and says nothing of marks that are not there', () => {
    const reading = readNumbers(['-', '12'], Uint8Array.of(MISSING, PRESENT), 'number');
    expect([...reading.state]).toEqual([MISSING, PRESENT]);
    expect(reading.numbers[0]).toBeNaN();
    expect(reading.decimal).toBeNull();
    expect(reading.currencies).toEqual([]);
  });

  it('reads every grouped format back', () => {
    const cents = fc.integer({ min: -1e11, max: 1e11 });
    fc.assert(
      fc.property(cents, fc.constantFrom(',', '.', ' ', '\u00a0', "'", ''), (amount, group) => {
        const mark = group === '.' ? ',' : '.';
        const text = String(Math.abs(amount)).padStart(3, '0');
        const integer = text.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, group);
        const written = `${amount < 0 ? '-' : ''}${integer}${mark}${text.slice(-2)}`;
        expect(read([written]).numbers[0]).toBe(amount / 100 + 0);
      }),
    );
  });

  it('changes no value when texts that prove nothing are added', () => {
    const any = fc.constantFrom('1.234', '1,234', '1.5', '1,5', '7', '1.234,5', '1,234.5', 'abc', '¥12', '3万');
    const neutral = fc.constantFrom('8', '1,234', '9.876', 'none of it', '¥5', '12万', "1'234");
    fc.assert(
      fc.property(fc.array(any), fc.array(neutral), (texts, more) => {
        expect([...read([...texts, ...more]).numbers].slice(0, texts.length)).toEqual([...read(texts).numbers]);
      }),
    );
  });

  it('reads the plain shape exactly as a number literal', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.nat({ max: 99 }), (whole, fraction) => {
        const text = `${whole}.${String(fraction).padStart(2, '0')}`;
        expect(read([text]).numbers[0]).toBe(Number(text) + 0);
      }),
    );
  });
});

describe('resolveCurrency', () => {
  it.each<[string | null, string | null, string | null]>([
    [null, 'EUR', 'EUR'],
    [null, null, null],
    ['¥', 'JPY', 'JPY'],
    ['¥', 'CNY', 'CNY'],
    ['¥', 'EUR', 'CNY'],
    ['¥', null, 'CNY'],
    ['$', 'SGD', 'SGD'],
    ['$', 'CNY', 'USD'],
    ['$', null, 'USD'],
    ['GBP', 'USD', 'GBP'],
  ])('%s in a column of %s is %s', (mark, defaultCurrency, expected) => {
    expect(resolveCurrency(mark, defaultCurrency)).toBe(expected);
  });
});
