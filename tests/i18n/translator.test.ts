import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ArgValue } from '../../src/i18n/text.ts';
import { createTranslator } from '../../src/i18n/translator.ts';

fc.configureGlobal({ seed: 20260701 });

const labels = {
  fields: { close: { en: 'Close date', zh: '预计成交日期' } },
  stages: { won: { en: 'Closed won', zh: '赢单' } },
};
const en = createTranslator('en', labels);
const zh = createTranslator('zh', labels);

describe('numbers', () => {
  it.each([
    [1204, undefined, '1,204'],
    [0, undefined, '0'],
    [-1234567.891, undefined, '-1,234,567.89'],
    [-0.001, undefined, '0'],
    [7.5, undefined, '7.5'],
    [7.5, 2, '7.50'],
    [999999.999, 1, '1,000,000.0'],
    [null, undefined, 'n/a'],
    [Number.NaN, undefined, 'n/a'],
  ])('%s with %s digits is %s', (value, digits, expected) => {
    expect(en.number(value, digits)).toBe(expected);
  });

  it.each([
    [31 / 412, '7.5%'],
    [0.632, '63.2%'],
    [430 / 812, '53.0%'],
    [0.81, '81%'],
    [1, '100%'],
    [0, '0%'],
    [0.99996, '>99.9%'],
    [0.0001, '<0.1%'],
    [-0.075, '-7.5%'],
    [-0.0001, '<-0.1%'],
    [null, 'n/a'],
  ])('rate %s is %s', (rate, expected) => {
    expect(en.percent(rate)).toBe(expected);
  });

  it('never rounds a rate to a certainty', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 1_000_000 }), fc.nat(), fc.nat(2), (of, seed, digits) => {
        const shown = en.percent((1 + (seed % (of - 1))) / of, digits);
        expect(shown).not.toBe('0%');
        expect(shown).not.toBe('100%');
      }),
    );
  });

  it('says in Chinese that nothing is known', () => {
    expect(zh.percent(null)).toBe('无');
    expect(zh.money(null, 'CNY')).toBe('无');
  });
});

describe('money', () => {
  it.each([
    [8_200_000, 'CNY', 'CN¥8.2M', '¥820万'],
    [450_000, 'USD', '$450k', '$45万'],
    [9_999, 'EUR', '€9,999', '€9,999'],
    [10_000, 'GBP', '£10k', '£1万'],
    [123_456_789, 'CNY', 'CN¥123.5M', '¥1.2亿'],
    [12_345_678, 'JPY', '¥12.3M', 'JP¥1,234.6万'],
    [1204, 'CAD', 'CAD 1,204', 'CAD 1,204'],
    [999_960, 'USD', '$1M', '$100万'],
    [99_999_600, 'CNY', 'CN¥100M', '¥1亿'],
    [2.5e12, 'CNY', 'CN¥2.5T', '¥2.5万亿'],
    [1204, 'CHF', 'CHF 1,204', 'CHF 1,204'],
    [-450_000, 'USD', '-$450k', '-$45万'],
    [0.5, 'USD', '$0.5', '$0.5'],
    [31_368, null, '31.4k', '3.1万'],
    [31_368, 'XXX', '31.4k', '3.1万'],
  ])('%s %s', (amount, currency, english, chinese) => {
    expect(en.money(amount, currency)).toBe(english);
    expect(zh.money(amount, currency)).toBe(chinese);
  });
});

describe('shares', () => {
  it('travel with their counts', () => {
    expect(en.share(31, 412)).toBe('31 of 412 (7.5%)');
    expect(zh.share(31, 412)).toBe('31/412（7.5%）');
    expect(en.share(1190, 1204)).toBe('1,190 of 1,204 (98.8%)');
  });

  it('of fewer than five are counts only', () => {
    expect(en.share(3, 4)).toBe('3 of 4');
    expect(zh.share(3, 4, [0.3, 0.95])).toBe('3/4');
    expect(en.share(0, 0)).toBe('0 of 0');
  });

  it('of fewer than thirty carry the interval and a mark', () => {
    expect(en.share(4, 17, [0.0956, 0.4726])).toBe('4 of 17 (24%, 10–47%, low n)');
    expect(zh.share(4, 17, [0.0956, 0.4726])).toBe('4/17（24%，10–47%，样本少）');
    expect(en.share(3, 5)).toBe('3 of 5 (60%, low n)');
    expect(en.share(9, 30, [0.16, 0.48])).toBe('9 of 30 (30%)');
  });
});

describe('values', () => {
  it.each<[ArgValue, string, string]>([
    ['Acme', 'Acme', 'Acme'],
    [1204, '1,204', '1,204'],
    [null, 'n/a', '无'],
    [{ field: 'close' }, 'Close date', '预计成交日期'],
    [{ field: 'toString' }, 'toString', 'toString'],
    [{ stage: 'won' }, 'Closed won', '赢单'],
    [{ stage: 'unheard' }, 'unheard', 'unheard'],
    [{ money: 8_200_000, currency: 'CNY' }, 'CN¥8.2M', '¥820万'],
    [{ date: '2026-07-01' }, '2026-07-01', '2026-07-01'],
    [{ days: 31 }, '31 days', '31 天'],
    [{ days: 1 }, '1 day', '1 天'],
    [{ days: 0.96 }, '1 day', '1 天'],
    [{ days: 12.46 }, '12.5 days', '12.5 天'],
    [{ rate: 0.075 }, '7.5%', '7.5%'],
    [{ text: { en: 'empty', zh: '空' } }, 'empty', '空'],
    [{ list: [{ field: 'close' }, 'x'] }, 'Close date, x', '预计成交日期、x'],
  ])('%j', (value, english, chinese) => {
    expect(en.value(value)).toBe(english);
    expect(zh.value(value)).toBe(chinese);
  });

  it('fill the slots of a text', () => {
    const text = { en: '{field} is empty at stage {stage}', zh: '阶段「{stage}」缺少「{field}」' };
    const args = { field: { field: 'close' }, stage: { stage: 'won' } };
    expect(en.text(text, args)).toBe('Close date is empty at stage Closed won');
    expect(zh.text(text, args)).toBe('阶段「赢单」缺少「预计成交日期」');
  });

  it('stay text when they look like a slot, and a slot without a value stays visible', () => {
    expect(en.text({ en: '{a} {b} {toString}', zh: '' }, { a: '{b}', b: 'x' })).toBe('{b} x {toString}');
  });

  it('cannot carry terminal controls, whichever way they come', () => {
    const hostile = '\u001b[31m\u202e\u009b';
    const rude = createTranslator('en', { fields: { f: { en: hostile, zh: '' } }, stages: {} });
    const values: ArgValue[] = [
      hostile,
      { field: 'f' },
      { stage: hostile },
      { date: hostile },
      { money: 1, currency: hostile },
      { text: { en: hostile, zh: '' } },
      { list: [hostile] },
    ];
    for (const value of values) {
      expect(rude.value(value)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
      expect(rude.text({ en: `{v}${hostile}`, zh: '' }, { v: value })).not.toMatch(
        /[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/,
      );
    }
  });
});
