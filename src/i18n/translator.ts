import { formatMoney, formatNumber, formatPercent } from './number-format.ts';
import { safeText } from './safe-text.ts';
import { fillTemplate } from './template.ts';
import type { Args, ArgValue, Lang, Text } from './text.ts';

/** Names of the fields and stages of the rules in force; an id without a label stands for itself. */
export interface Labels {
  readonly fields: Readonly<Record<string, Text>>;
  readonly stages: Readonly<Record<string, Text>>;
}

/**
 * Turns language-free values into text of one language. Nothing depends on the machine's locale, unknown numbers
 * (`null`, NaN) read “n/a”, and no value can carry terminal control characters into the result.
 */
export interface Translator {
  readonly lang: Lang;
  text(text: Text, args?: Args): string;
  value(value: ArgValue): string;
  field(id: string): string;
  stage(id: string): string;
  /** `1,204`; exactly `digits` decimals, or up to two. */
  number(value: number | null, digits?: number): string;
  /** Rate 0–1 as `7.5%`, with `digits` decimals (one) unless it is a whole percentage. */
  percent(rate: number | null, digits?: number): string;
  /** Compact: `CN¥8.2M`, `¥820万`. */
  money(amount: number | null, currency: string | null): string;
  /** `31 days`, `1 day`, `31 天`; up to one decimal. */
  days(days: number | null): string;
  /** ISO calendar date, the same in both languages. */
  date(iso: string | null): string;
  list(items: readonly string[]): string;
  /**
   * `31 of 412 (7.5%)`. Under five there are only the counts; under thirty the interval (0–1) is added where known,
   * and a mark that the base is small.
   */
  share(count: number, of: number, interval?: readonly [number, number] | null): string;
}

const EMPTY: Text = { en: '(empty)', zh: '（空）' };
const NOT_AVAILABLE: Text = { en: 'n/a', zh: '无' };
const DAY: Text = { en: '{count} day', zh: '{count} 天' };
const DAYS: Text = { en: '{count} days', zh: '{count} 天' };
const COUNTS: Text = { en: '{count} of {of}', zh: '{count}/{of}' };
const SHARE: Text = { en: '{count} of {of} ({detail})', zh: '{count}/{of}（{detail}）' };
const LOW_COUNT: Text = { en: 'low n', zh: '样本少' };
const SEPARATOR: Text = { en: ', ', zh: '，' };
const LIST_SEPARATOR: Text = { en: ', ', zh: '、' };

/** Below this, a percentage says more than is known. */
const PERCENT_FROM = 5;
/** Below this, the interval belongs to the figure. */
const LOW_BELOW = 30;
/** Below this, a decimal of a percentage is noise. */
const DECIMAL_FROM = 100;

function labelOf(labels: Readonly<Record<string, Text>>, id: string, lang: Lang): string {
  return safeText((Object.hasOwn(labels, id) ? labels[id]?.[lang] : undefined) ?? id);
}

function shareText(lang: Lang, count: number, of: number, interval: readonly [number, number] | null): string {
  const counts = { count: formatNumber(count), of: formatNumber(of) };
  const fill = (template: Text, slots: Readonly<Record<string, string>>) =>
    fillTemplate(template[lang], (slot) => slots[slot]);
  if (!(of >= PERCENT_FROM)) return fill(COUNTS, counts);
  const details = [formatPercent(count / of, of < DECIMAL_FROM ? 0 : 1)];
  if (of < LOW_BELOW) {
    if (interval !== null) details.push(`${(interval[0] * 100).toFixed(0)}–${(interval[1] * 100).toFixed(0)}%`);
    details.push(LOW_COUNT[lang]);
  }
  return fill(SHARE, { ...counts, detail: details.join(SEPARATOR[lang]) });
}

function daysText(lang: Lang, days: number): string {
  const count = formatNumber(Number(days.toFixed(1)));
  return fillTemplate((count === '1' ? DAY : DAYS)[lang], () => count);
}

function cellText(translator: Translator, field: string, text: string | null): string {
  return `${translator.field(field)} ${text === null ? EMPTY[translator.lang] : safeText(text)}`;
}

function structuredText(translator: Translator, arg: Exclude<ArgValue, string | number | null>): string {
  if ('field' in arg) return translator.field(arg.field);
  if ('cellOf' in arg) return cellText(translator, arg.cellOf, arg.value);
  if ('stage' in arg) return translator.stage(arg.stage);
  if ('money' in arg) return translator.money(arg.money, arg.currency);
  if ('date' in arg) return translator.date(arg.date);
  if ('days' in arg) return translator.days(arg.days);
  if ('rate' in arg) return translator.percent(arg.rate);
  if ('text' in arg) return translator.text(arg.text, arg.args);
  return translator.list(arg.list.map((item) => translator.value(item)));
}

function valueText(translator: Translator, arg: ArgValue): string {
  if (arg === null) return NOT_AVAILABLE[translator.lang];
  if (typeof arg === 'string') return safeText(arg);
  return typeof arg === 'number' ? translator.number(arg) : structuredText(translator, arg);
}

/** A translator for one language with the labels of one set of rules. */
export function createTranslator(lang: Lang, labels: Labels): Translator {
  const orNotAvailable = (value: number | null, format: (value: number) => string) =>
    value !== null && Number.isFinite(value) ? format(value) : NOT_AVAILABLE[lang];
  const translator: Translator = {
    lang,
    text: (template, args = {}) => {
      const slotText = (slot: string) => (Object.hasOwn(args, slot) ? translator.value(args[slot] ?? null) : undefined);
      return safeText(fillTemplate(template[lang], slotText));
    },
    value: (arg) => valueText(translator, arg),
    field: (id) => labelOf(labels.fields, id, lang),
    stage: (id) => labelOf(labels.stages, id, lang),
    number: (value, digits) => orNotAvailable(value, (known) => formatNumber(known, digits)),
    percent: (rate, digits) => orNotAvailable(rate, (known) => formatPercent(known, digits)),
    money: (amount, currency) => orNotAvailable(amount, (known) => safeText(formatMoney(known, currency, lang))),
    days: (days) => orNotAvailable(days, (known) => daysText(lang, known)),
    date: (iso) => (iso === null ? NOT_AVAILABLE[lang] : safeText(iso)),
    list: (items) => items.join(LIST_SEPARATOR[lang]),
    share: (count, of, interval = null) => shareText(lang, count, of, interval),
  };
  return translator;
}
