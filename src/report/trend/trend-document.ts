import { say, type Text } from '../../i18n/text.ts';
import { createTranslator, type Translator } from '../../i18n/translator.ts';
import { differenceText, headlineText, headlineTitle, headlineValue } from '../compare/headline-blocks.ts';
import { type Block, callout, type Document, heading, type Inline, paragraph, span, type Tone } from '../document.ts';
import { FEWEST_POINTS } from './judge-series.ts';
import type { Trend, TrendPoint, TrendSeries } from './trend.ts';
import { noteTexts } from './trend-notes.ts';

const STEPS = '▁▂▃▄▅▆▇█';
/** The newest values, as many as a line can show. */
const MOST_STEPS = 26;

/** A line of blocks from the least value to the greatest; a gap where the value is unknown. */
function sparkline(points: readonly TrendPoint[]): Inline {
  const shown = points.slice(-MOST_STEPS);
  const values = shown.flatMap(({ value }) => (value === null ? [] : [value]));
  const [least, greatest] = [Math.min(...values), Math.max(...values)];
  return shown.map(({ value, isOdd }) => {
    if (value === null) return ' ';
    const share = greatest === least ? 0.5 : (value - least) / (greatest - least);
    const step = STEPS[Math.round(share * (STEPS.length - 1))] as string;
    return isOdd ? span(step, 'warn') : step;
  });
}

function lastKnown(points: readonly TrendPoint[]): TrendPoint | undefined {
  return points.findLast(({ value }) => value !== null);
}

function valueText(series: TrendSeries, value: number | null, translator: Translator): string {
  return headlineValue({ figure: series.figure, part: series.part, value }, translator);
}

/** The change since the report before the last one. */
function changeOf(series: TrendSeries, translator: Translator): string {
  const [before, now] = series.points.filter(({ value }) => value !== null).slice(-2);
  if (before?.value == null || now?.value == null) return '';
  return differenceText(series, now.value - before.value, translator);
}

/** The limits of a count are means: a decimal, but no more. */
function limitText(series: TrendSeries, limit: number | null, translator: Translator): string {
  return series.unit === 'count' ? translator.number(limit, 1) : valueText(series, limit, translator);
}

function limitsText(series: TrendSeries, translator: Translator): string {
  const point = series.points.findLast(({ lower }) => lower !== null);
  if (point === undefined) return translator.text(say('not judged', '未判断'));
  const [lower, upper] = [point.lower, point.upper].map((limit) => limitText(series, limit, translator));
  return `${lower} – ${upper}`;
}

const STATES: Readonly<Record<TrendSeries['state'], { readonly text: Text; readonly tone: Tone }>> = {
  steady: { text: say('steady', '平稳'), tone: 'good' },
  odd: { text: say('odd', '异常'), tone: 'bad' },
  moving: { text: say('no level', '无稳定水平'), tone: 'muted' },
  notJudged: { text: say('not judged', '未判断'), tone: 'muted' },
};

function stateText({ state }: TrendSeries, translator: Translator): Inline {
  const { text, tone } = STATES[state];
  return [span(translator.text(text), tone)];
}

/** Days shown of one figure, newest first: those are what people can still act on. */
const MOST_DAYS = 3;

function daysText(series: TrendSeries, test: (point: TrendPoint) => boolean, translator: Translator): string | null {
  const flagged = series.points.filter(test).toReversed();
  if (flagged.length === 0) return null;
  const more = flagged.length - MOST_DAYS;
  const days = flagged.slice(0, MOST_DAYS).map(({ date, value }) =>
    translator.text(say('{date} ({value})', '{date}（{value}）'), {
      date: { date },
      value: valueText(series, value, translator),
    }),
  );
  const rest = more > 0 ? [translator.text(say('{more} more', '另有 {more} 次'), { more })] : [];
  return translator.list([...days, ...rest]);
}

/** The days that stand out, a line a figure; of one without a level every other day would. */
function flagBlocks(series: readonly TrendSeries[], translator: Translator): Block[] {
  const items = series.flatMap((each): Inline[] => {
    if (each.state === 'moving') return [];
    const odd = daysText(each, ({ isOdd }) => isOdd, translator);
    return odd === null ? [] : [[span(headlineTitle(each, translator), 'strong'), `  ${odd}`]];
  });
  if (items.length === 0) return [];
  return [heading(2, translator.text(say('Days that stand out', '需留意的日期'))), { type: 'list', items }];
}

function rowOf(series: TrendSeries, translator: Translator): Inline[] {
  const { figure, part } = series;
  const last = lastKnown(series.points);
  return [
    headlineTitle(series, translator),
    sparkline(series.points),
    headlineText(last === undefined ? null : { ...last, figure, part, interval: null }, translator),
    changeOf(series, translator),
    [span(limitsText(series, translator), 'muted')],
    stateText(series, translator),
  ];
}

function titleText({ reports }: Trend, translator: Translator): string {
  const [first, last] = [reports[0], reports.at(-1)];
  const args = { from: { date: first?.date ?? '' }, to: { date: last?.date ?? '' }, fewest: FEWEST_POINTS };
  if (reports.length === 1) {
    const text = say('1 report ({from}): a trend needs {fewest}', '仅 1 份报告（{from}），趋势至少需要 {fewest} 份');
    return translator.text(text, args);
  }
  const title = say('{count} reports, {from} → {to}', '{count} 份报告，{from} → {to}');
  return translator.text(title, { ...args, count: reports.length });
}

function headBlocks(trend: Trend, translator: Translator): Block[] {
  const { reports, notes } = trend;
  const few = say(
    'Under {fewest} reports nothing is judged: what is shown may all be chance.',
    '不足 {fewest} 份报告时不做判断：变化可能都是偶然。',
  );
  const isFew = reports.length > 1 && reports.length < FEWEST_POINTS;
  return [
    heading(1, titleText(trend, translator)),
    ...noteTexts(notes, translator).map((text) => callout('muted', text)),
    ...(isFew ? [callout('muted', translator.text(few, { fewest: FEWEST_POINTS }))] : []),
  ];
}

const EXPLAINED: readonly Text[] = [
  say(
    'Limits: where chance alone would keep the latest value. Odd: outside its limits. No level: the values wander, or more than a quarter of them are odd, so there is nothing to hold the latest one against.',
    '范围：仅由偶然波动造成时，最近一个值应在的区间。异常：超出范围。无稳定水平：数值一路游走，或超过四分之一的值异常，最近的值没有可比的水平。',
  ),
  say(
    'Reports of one list share most of their deals, so every figure follows the one before it: neighbouring points are no independent evidence. The limits are widened by how much it does; a slow rise or fall within them is not judged.',
    '同一份清单的历次报告大部分商机相同，数值会延续上一次的水平，相邻的点不是相互独立的证据。范围已按延续程度放宽；范围内的缓慢上升或下降不做判断。',
  ),
];

/** A value within its limits is called odd by chance so often, as three standard deviations have it. */
const FALSE_ALARM_RATE = 0.0027;

/** How many values are judged at once, and how many of them chance alone calls odd. */
function alarmsText({ series }: Trend, translator: Translator): string[] {
  const judged = series.map(({ points }) => points.filter(({ lower }) => lower !== null).length);
  const values = judged.reduce((sum, each) => sum + each, 0);
  if (values === 0) return [];
  const text = say(
    '{series} figures with {values} values are judged at once: by chance alone, expect about {alarms} odd ones among them.',
    '同时判断 {series} 个指标、{values} 个值：仅因偶然，其中也会有约 {alarms} 个被判为异常。',
  );
  const alarms = translator.number(values * FALSE_ALARM_RATE, 1);
  return [translator.text(text, { series: judged.filter((each) => each > 0).length, values, alarms })];
}

/** A trend as people read it: a line a figure. */
export function trendDocument(trend: Trend, lang: Translator['lang']): Document {
  const translator = createTranslator(lang, trend.labels);
  const explained =
    trend.reports.length < FEWEST_POINTS
      ? []
      : [...EXPLAINED.map((text) => translator.text(text)), ...alarmsText(trend, translator)];
  const column = (title: Text, align: 'left' | 'right', priority: number) => ({
    title: translator.text(title),
    align,
    priority,
  });
  return [
    ...headBlocks(trend, translator),
    {
      type: 'table',
      columns: [
        { ...column(say('Figure', '指标'), 'left', 0), wrapTo: 24 },
        column(say('Over time', '走势'), 'left', 1),
        column(say('Last', '最近'), 'right', 0),
        column(say('Change', '变化'), 'right', 0),
        column(say('Limits', '范围'), 'left', 3),
        column(say('State', '状态'), 'left', 0),
      ],
      rows: trend.series.map((series) => rowOf(series, translator)),
    },
    ...flagBlocks(trend.series, translator),
    ...explained.map((text) => paragraph([span(text, 'muted')])),
  ];
}
