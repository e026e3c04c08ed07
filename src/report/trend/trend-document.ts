import { say, type Text } from '../../i18n/text.ts';
import { createTranslator, type Translator } from '../../i18n/translator.ts';
import { differenceText, headlineText, headlineTitle, headlineValue } from '../compare/headline-blocks.ts';
import { type Block, callout, type Document, heading, type Inline, paragraph, span, type Tone } from '../document.ts';
import { FEWEST_POINTS } from './judge-series.ts';
import type { Trend, TrendNote, TrendPoint, TrendSeries } from './trend.ts';

const NOTES: Readonly<Record<string, Text>> = {
  sameDay: say(
    '{file} is of the same day as {used} ({date}) and was left out.',
    '{file} 与 {used} 是同一天（{date}），未采用。',
  ),
  otherStages: say(
    'Other stages than in the latest report: {files}. Is it the same list?',
    '阶段与最近一次报告不同：{files}。是同一份列表吗？',
  ),
  otherRules: say(
    'Other rules than in the latest report: {files}. Findings rise and fall with them.',
    '规则与最近一次报告不同：{files}。问题数会随规则增减。',
  ),
  skipped: say('{file} is no saved report and was left out.', '{file} 不是保存的报告，未采用。'),
};

const STEPS = '▁▂▃▄▅▆▇█';
/** The newest values, as many as a line can show. */
const MOST_STEPS = 26;

/** A line of blocks from the least value to the greatest; a gap where the value is unknown. */
function sparkline(points: readonly TrendPoint[]): Inline {
  const shown = points.slice(-MOST_STEPS);
  const values = shown.flatMap(({ value }) => (value === null ? [] : [value]));
  const [least, greatest] = [Math.min(...values), Math.max(...values)];
  return shown.map(({ value, isOdd, isDrifting }) => {
    if (value === null) return ' ';
    const share = greatest === least ? 0.5 : (value - least) / (greatest - least);
    const step = STEPS[Math.round(share * (STEPS.length - 1))] as string;
    return isOdd || isDrifting ? span(step, 'warn') : step;
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
  drifting: { text: say('drifting', '漂移'), tone: 'warn' },
  moving: { text: say('no level', '无稳定水平'), tone: 'warn' },
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
    const drift = daysText(each, ({ isDrifting, isOdd }) => isDrifting && !isOdd, translator);
    const parts = [
      ...(odd === null ? [] : [translator.text(say('odd {odd}', '异常 {odd}'), { odd })]),
      ...(drift === null ? [] : [translator.text(say('drifting {drift}', '漂移 {drift}'), { drift })]),
    ];
    return parts.length === 0 ? [] : [[span(headlineTitle(each, translator), 'strong'), `  ${parts.join(' · ')}`]];
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

function headBlocks({ reports, notes }: Trend, translator: Translator): Block[] {
  const [first, last] = [reports[0], reports.at(-1)];
  const title = say('{count} reports, {from} → {to}', '{count} 份报告，{from} → {to}');
  const args = { count: reports.length, from: { date: first?.date ?? '' }, to: { date: last?.date ?? '' } };
  const few = say(
    'Under {fewest} reports nothing is judged: what is shown may all be chance.',
    '不足 {fewest} 份报告时不做判断：变化可能都是偶然。',
  );
  return [
    heading(1, translator.text(title, args)),
    ...notes.map((note) => callout('muted', noteText(note, translator))),
    ...(reports.length < FEWEST_POINTS ? [callout('muted', translator.text(few, { fewest: FEWEST_POINTS }))] : []),
  ];
}

function noteText({ code, args }: TrendNote, translator: Translator): string {
  const text = NOTES[code];
  return text === undefined ? code : translator.text(text, args);
}

const EXPLAINED: readonly Text[] = [
  say(
    'Limits: where chance alone would keep the latest value. Odd: outside its limits. Drifting: the moving average has slowly gone astray. No level: more than a quarter of the values are odd, so the figure itself is moving.',
    '范围：仅由偶然波动造成时，最近一个值应在的区间。异常：超出范围。漂移：移动平均已缓慢偏离。无稳定水平：超过四分之一的值异常，指标本身在变化。',
  ),
  say(
    'Reports of one list share most of their deals, so figures that count all deals so far (the win rate, conversion, median stays) move slowly, and neighbouring points are no independent evidence.',
    '同一列表的历次报告大部分商机相同，累计类指标（赢单率、转化率、停留中位数）变化较慢，相邻的点不是相互独立的证据。',
  ),
];

/** A trend as people read it: a line a figure. */
export function trendDocument(trend: Trend, lang: Translator['lang']): Document {
  const translator = createTranslator(lang, trend.labels);
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
        column(say('Figure', '指标'), 'left', 0),
        column(say('Over time', '走势'), 'left', 1),
        column(say('Last', '最近'), 'right', 0),
        column(say('Change', '变化'), 'right', 2),
        column(say('Limits', '范围'), 'left', 3),
        column(say('State', '状态'), 'left', 0),
      ],
      rows: trend.series.map((series) => rowOf(series, translator)),
    },
    ...flagBlocks(trend.series, translator),
    ...EXPLAINED.map((text) => paragraph([span(translator.text(text), 'muted')])),
  ];
}
