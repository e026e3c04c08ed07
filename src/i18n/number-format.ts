import type { Lang } from './text.ts';

/** Signs as CLDR has them, none of two currencies in one language; every other currency goes by its code. */
const SYMBOLS: Readonly<Record<Lang, Readonly<Record<string, string>>>> = {
  en: { CNY: 'CN¥', JPY: '¥', USD: '$', EUR: '€', GBP: '£' },
  zh: { CNY: '¥', JPY: 'JP¥', USD: '$', EUR: '€', GBP: '£' },
};

/** ISO 4217 code of amounts without a currency. */
export const NO_CURRENCY = 'XXX';

/** Sizes from which an amount is shortened, biggest first. */
const SCALES: Readonly<Record<Lang, readonly { readonly size: number; readonly unit: string }[]>> = {
  en: [
    { size: 1e12, unit: 'T' },
    { size: 1e9, unit: 'B' },
    { size: 1e6, unit: 'M' },
    { size: 1e3, unit: 'k' },
  ],
  zh: [
    { size: 1e12, unit: '万亿' },
    { size: 1e8, unit: '亿' },
    { size: 1e4, unit: '万' },
  ],
};

/** Amounts below this are printed in full in both languages. */
const SHORTENED_FROM = 10_000;

function trimZeros(digits: string): string {
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
}

function groupThousands(digits: string): string {
  const point = digits.indexOf('.');
  const whole = point < 0 ? digits : digits.slice(0, point);
  return whole.replace(/\B(?=(\d{3})+$)/g, ',') + (point < 0 ? '' : digits.slice(point));
}

function withSign(value: number, unsigned: string): string {
  return value < 0 && /[1-9]/.test(unsigned) ? `-${unsigned}` : unsigned;
}

/** `1,204`, `7.25`: grouped by thousands; exactly `digits` decimals, or up to two where none are asked for. */
export function formatNumber(value: number, digits?: number): string {
  const rounded = Math.abs(value).toFixed(digits ?? 2);
  return withSign(value, groupThousands(digits === undefined ? trimZeros(rounded) : rounded));
}

/**
 * A rate (0–1) as `7.5%`: with `digits` decimals, or none where it is a whole percentage. What is not exactly 0 % or
 * 100 % is never rounded to it: `<0.1%`, `>99.9%`. A negative rate (a change) has its sign before the digits.
 */
export function formatPercent(rate: number, digits = 1): string {
  const percent = Math.abs(rate) * 100;
  const sign = rate < 0 ? '-' : '';
  const whole = Math.round(percent);
  if (Math.abs(percent - whole) < 1e-9) return `${whole === 0 ? '' : sign}${groupThousands(whole.toFixed(0))}%`;
  const rounded = percent.toFixed(digits);
  const step = 10 ** -digits;
  if (Number(rounded) === 0) return `<${sign}${step.toFixed(digits)}%`;
  if (percent < 100 && Number(rounded) === 100) return `>${sign}${(100 - step).toFixed(digits)}%`;
  return `${sign}${groupThousands(rounded)}%`;
}

function shorten(size: number, lang: Lang): string {
  if (size < SHORTENED_FROM) return groupThousands(trimZeros(size.toFixed(2)));
  // A unit is taken when the rounded amount reaches it, or 999,960 would be “1,000k”.
  const scale = SCALES[lang].find((candidate) => size >= candidate.size - 0.05 * previousSize(candidate.size, lang));
  if (scale === undefined) return groupThousands(trimZeros(size.toFixed(2)));
  return groupThousands(trimZeros((size / scale.size).toFixed(1))) + scale.unit;
}

function previousSize(size: number, lang: Lang): number {
  return SCALES[lang].find((scale) => scale.size < size)?.size ?? 1;
}

function currencyPrefix(currency: string | null, lang: Lang): string {
  if (currency === null || currency === NO_CURRENCY) return '';
  const symbols = SYMBOLS[lang];
  return (Object.hasOwn(symbols, currency) ? symbols[currency] : undefined) ?? `${currency} `;
}

/** Compact amount: `CN¥8.2M`, `$450k`, `¥820万`, `¥1.2亿`; in full below 10,000; other currencies as `CHF 1,204`. */
export function formatMoney(amount: number, currency: string | null, lang: Lang): string {
  const shortened = shorten(Math.abs(amount), lang);
  return withSign(amount, `${currencyPrefix(currency, lang)}${shortened}`);
}
