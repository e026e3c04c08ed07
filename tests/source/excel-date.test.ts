import { describe, expect, it } from 'vitest';
import { formatParts, percentText, serialDateText } from '../../src/source/excel-date.ts';

const date = { date: true, time: false, percent: false };
const dateTime = { date: true, time: true, percent: false };
const time = { date: false, time: true, percent: false };

const plain = { date: false, time: false, percent: false };

describe('formatParts', () => {
  it.each([
    ['yyyy-mm-dd', date],
    ['m/d/yy', date],
    ['mmm', date],
    ['yyyy"年"m"月"d"日"', date],
    ['[$-409]d-mmm-yy;@', date],
    ['dd/mm/yyyy hh:mm', dateTime],
    ['m/d/yy h:mm AM/PM', dateTime],
    ['h:mm:ss', time],
    ['[h]:mm', time],
    ['mm:ss.0', time],
    ['0.00%', { date: false, time: false, percent: true }],
    ['General', { date: false, time: false, percent: false }],
    ['#,##0.00 "days";[Red]-#,##0.00', { date: false, time: false, percent: false }],
    ['0\\%', { date: false, time: false, percent: false }],
    ['"$"#,##0.00', { ...plain, currency: '$' }],
    ['$#,##0', { ...plain, currency: '$' }],
    ['[$€-407] #,##0.00', { ...plain, currency: '€' }],
    ['#,##0.00\\ [$EUR]', { ...plain, currency: 'EUR' }],
    ['_($* #,##0.00_);_($* (#,##0.00)', { ...plain, currency: '$' }],
    ['¥#,##0;[Red]¥-#,##0', { ...plain, currency: '¥' }],
    ['"USD" #,##0.00', { ...plain, currency: 'USD' }],
    ['0 "DAY"', plain],
    ['[$-804]0.00', plain],
    ['"$"@', plain],
  ])('%s', (format, expected) => {
    expect(formatParts(format)).toEqual(expected);
  });
});

describe('serialDateText', () => {
  it.each([
    [46_143, date, '2026-05-01'],
    [46_143.431944, dateTime, '2026-05-01T10:22:00'],
    [46_143, dateTime, '2026-05-01T00:00:00'],
    [46_142.999999, dateTime, '2026-05-01T00:00:00'],
    [1, date, '1900-01-01'],
    [59, date, '1900-02-28'],
    [61, date, '1900-03-01'],
    [0.431944, time, '10:22:00'],
    [1.5, time, '36:00:00'],
  ])('%f', (serial, parts, expected) => {
    expect(serialDateText(serial, false, parts)).toBe(expected);
  });

  it('knows the 1904 system', () => {
    expect(serialDateText(0, true, date)).toBe('1904-01-01');
    expect(serialDateText(46_143 - 1462, true, date)).toBe('2026-05-01');
  });
});

describe('percentText', () => {
  it.each([
    [0.6, '60%'],
    [0.07, '7%'],
    [0.123456789012345, '12.3456789012%'],
    [-0.005, '-0.5%'],
    [2, '200%'],
  ])('%f', (value, expected) => {
    expect(percentText(value)).toBe(expected);
  });
});
