import { say } from '../i18n/text.ts';
import type { Translator } from '../i18n/translator.ts';
import type { ReportRule } from './report.ts';

type Figure = NonNullable<ReportRule['figure']>;
type PlainFigure = Omit<Figure, 'note' | 'compared'>;

/** Below this number of deals a rule's rate is told by its counts alone. */
const PERCENT_FROM = 20;

function valueText({ value, unit, currency }: PlainFigure, translator: Translator, digits?: number): string {
  switch (unit) {
    case 'rate':
      return translator.percent(value, digits);
    case 'points':
      return translator.text(say('{points} pp', '{points} 个百分点'), {
        points: value === null ? null : Number((value * 100).toFixed(1)),
      });
    case 'days':
      return translator.days(value);
    case 'money':
      return translator.money(value, currency);
    default:
      return translator.number(value);
  }
}

function plainText(figure: PlainFigure, translator: Translator): string {
  const { unit, of, count, interval, value } = figure;
  if (unit === 'rate' && count !== null && value !== null) {
    if (of >= PERCENT_FROM) return translator.share(count, of, interval);
    return translator.text(say('{count} of {of}', '{count}/{of}'), { count, of });
  }
  const shown = valueText(figure, translator);
  return of === 0 ? shown : translator.text(say('{shown} (n {of})', '{shown}（n {of}）'), { shown, of });
}

const UNDECIDED = say(
  '{value} ({base}), {low} – {high}, bad is {threshold}: too few to tell',
  '{value}（{base}），区间 {low} – {high}，触发条件为{threshold}：样本太少，无法判断',
);

/** Why nobody can tell whether a figure is beyond its threshold: it may lie anywhere in its interval. */
export function undecidedText(figure: Figure, threshold: string, translator: Translator): string | null {
  const { interval, count, of } = figure;
  if (interval === null) return null;
  const counts = { count, of };
  const base = count === null ? say('n {of}', 'n {of}') : say('{count} of {of}', '{count}/{of}');
  const [low, high] = interval.map((value) =>
    Number.isFinite(value) ? valueText({ ...figure, value }, translator, 0) : '∞',
  );
  return translator.text(UNDECIDED, {
    value: valueText(figure, translator),
    base: { text: base, args: counts },
    low: low ?? null,
    high: high ?? null,
    threshold: thresholdText(threshold, translator),
  });
}

const LIMIT = /^(<=|>=|<|>)\s*(.+)$/;
const BAND = /^outside\s+(.+?)\s*\.\.\s*(.+)$/;
const OPERATORS: Readonly<Record<string, string>> = { '>': '超过', '>=': '达到', '<': '低于', '<=': '不超过' };
const QUANTITY = /^(-?\d+(?:\.\d+)?)\s*(\D*)$/;
const UNITS: Readonly<Record<string, string>> = {
  pp: ' 个百分点',
  row: ' 行',
  rows: ' 行',
  行: ' 行',
  d: ' 天',
  w: ' 周',
  mo: ' 个月',
  h: ' 小时',
  min: ' 分钟',
  s: ' 秒',
};

/** `7d` as people write it. */
function chineseQuantity(source: string): string {
  const [, number = source, unit = ''] = QUANTITY.exec(source) ?? [];
  return `${number}${UNITS[unit] ?? unit}`;
}

/** A threshold of the rules file for people: English readers have it as it is written, `> 7d` is 超过 7 天 in Chinese. */
export function thresholdText(source: string, { lang }: Translator): string {
  if (lang === 'en') return source;
  const [, low, high] = BAND.exec(source) ?? [];
  if (low !== undefined && high !== undefined) return `超出 ${chineseQuantity(low)} 至 ${chineseQuantity(high)}`;
  const [, operator, quantity] = LIMIT.exec(source) ?? [];
  const words = OPERATORS[operator ?? ''];
  return words === undefined || quantity === undefined ? source : `${words} ${chineseQuantity(quantity)}`;
}

/** A figure for people: a rate with its counts, anything else with its base; a difference after what it is one of. */
export function figureText(figure: Figure, translator: Translator): string {
  const { compared } = figure;
  if (compared === undefined) return plainText(figure, translator);
  return translator.text(
    say('{figure} against {reference}: {difference}', '{figure}，参照 {reference}，相差 {difference}'),
    {
      figure: plainText(compared.figure, translator),
      reference: plainText(compared.reference, translator),
      difference: valueText(figure, translator),
    },
  );
}
