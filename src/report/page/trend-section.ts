import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import type { CyclePeriodsResult } from '../../metrics/pipeline/cycle-periods.ts';
import type { WinRatePeriodsResult } from '../../metrics/win/win-rate-periods.ts';
import type { IntervalRow, Series } from '../chart.ts';
import type { Block } from '../document.ts';
import { chartBlock, describedRows, figureTable, greatest, sentences } from './page-parts.ts';
import { MOST_PERIODS, periodsUpTo } from './periods-shown.ts';

const PERIOD: Text = say('Period', '周期');
const CREATED: Text = say('Created', '创建');
const WON: Text = say('Won', '赢单');
const LOST: Text = say('Lost', '输单');
const OPEN: Text = say('Open', '未定');
const BUSIEST: Text = say('{period} has the most deals created: {n}', '{period} 创建的单最多：{n} 单');
const LEAD: Text = say('Deals created, won and lost, period by period', '各周期创建、赢单与输单数');
const COUNTS: Text = say('{name} {n}', '{name} {n}');
const PARTIAL: Text = say('{period} is not over.', '{period} 尚未结束。');
const CYCLE_LEAD: Text = say(
  'Median days from creation to won, by the period created',
  '从创建到赢单天数的中位数，按创建时间',
);
const CYCLE_ROW: Text = say('{days} ({won} won)', '{days}（赢单 {won}）');
const CYCLE_YOUNG: Text = say(
  '{days} ({won} won; too young, looks fast)',
  '{days}（赢单 {won}；尚未成熟，中位数偏短）',
);
const CYCLE_NOTE: Text = say(
  'Periods that are too young look fast, as only their fast deals are won yet.',
  '尚未成熟的周期中位数偏短，因为只有快的单先赢下。',
);
const LATEST: Text = say('The latest {n} periods.', '仅为最近 {n} 个周期。');
const NONE_WON: Text = say('none won', '无赢单');
const CYCLE_COLUMNS = [
  say('Created in', '创建于'),
  CREATED,
  WON,
  LOST,
  OPEN,
  say('Median of won', '赢单周期中位数'),
] as const;

/** Counts by period; periods in which nothing happened have 0. */
function seriesOf(
  { created, closed, current }: WinRatePeriodsResult,
  periods: readonly string[],
  translator: Translator,
) {
  const closedOf = new Map([...closed, current].map((each) => [each.period, each]));
  const createdOf = new Map(created.map((each) => [each.period, each.created]));
  const hasClosed = closed.length > 0 || current.of > 0;
  const made: Series[] = [];
  const add = (title: Text, tone: NonNullable<Series['tone']>, value: (period: string) => number): void => {
    made.push({ label: translator.text(title), tone, values: periods.map(value) });
  };
  if (created.length > 0) add(CREATED, 'muted', (period) => createdOf.get(period) ?? 0);
  if (hasClosed) add(WON, 'good', (period) => closedOf.get(period)?.count ?? 0);
  if (hasClosed) {
    add(LOST, 'bad', (period) => {
      const each = closedOf.get(period);
      return each === undefined ? 0 : each.of - each.count;
    });
  }
  return made;
}

function countsBlock(result: WinRatePeriodsResult, translator: Translator): Block[] {
  const { created, closed, current, length } = result;
  const names = [...created, ...closed, ...(current.of > 0 ? [current] : [])].map(({ period }) => period);
  if (names.length === 0) return [];
  const periods = periodsUpTo(names, length);
  const series = seriesOf(result, periods, translator);
  const rows = periods.map((period, index) => ({
    label: translator.value(period),
    text: translator.list(
      series.map(({ label, values }) => translator.text(COUNTS, { name: label, n: values[index] ?? null })),
    ),
  }));
  const busiest = greatest(
    created.filter(({ period }) => periods.includes(period)),
    (each) => each.created,
  );
  const title =
    busiest === null ? translator.text(LEAD) : translator.text(BUSIEST, { period: busiest.period, n: busiest.created });
  const isLastPartial = periods.at(-1) === current.period;
  const table = figureTable(
    [PERIOD, ...series.map(({ label }) => say(label, label))],
    rows.map(({ label }, index) => [label, ...series.map(({ values }) => translator.number(values[index] ?? null))]),
    translator,
  );
  return [
    chartBlock({
      title,
      description: describedRows(translator.text(LEAD), rows, translator),
      chart: { type: 'series', unit: 'count', periods: rows.map(({ label }) => label), series, isLastPartial },
      table,
      ...(isLastPartial ? { caption: translator.text(PARTIAL, { period: current.period }) } : {}),
    }),
  ];
}

function cycleRow(
  { period, medianWonDays, won, isMatured }: CyclePeriodsResult['periods'][number],
  translator: Translator,
): IntervalRow {
  const unknown = { label: translator.value(period), value: medianWonDays, low: null, high: null };
  if (medianWonDays === null) return { ...unknown, text: translator.text(NONE_WON), tone: 'muted' };
  const args = { days: translator.days(medianWonDays), won };
  if (isMatured) return { ...unknown, text: translator.text(CYCLE_ROW, args) };
  return { ...unknown, text: translator.text(CYCLE_YOUNG, args), tone: 'muted' };
}

function cycleBlock(
  { periods }: CyclePeriodsResult,
  counts: WinRatePeriodsResult | null,
  translator: Translator,
): Block[] {
  const shown = periods.slice(-MOST_PERIODS);
  if (shown.every(({ medianWonDays }) => medianWonDays === null)) return [];
  const rows = shown.map((period) => cycleRow(period, translator));
  const lead = translator.text(CYCLE_LEAD);
  const [first] = shown;
  const hasEarlier = counts?.created.some(({ period }) => first !== undefined && period < first.period) === true;
  const isAnyYoung = shown.some(({ isMatured, medianWonDays }) => !isMatured && medianWonDays !== null);
  const notes = [
    hasEarlier ? translator.text(LATEST, { n: shown.length }) : '',
    isAnyYoung ? translator.text(CYCLE_NOTE) : '',
  ];
  const table = figureTable(
    CYCLE_COLUMNS,
    shown.map((each, index) => [
      rows[index]?.label ?? '',
      ...[each.created, each.won, each.lost, each.open].map((count) => translator.number(count)),
      rows[index]?.text ?? '',
    ]),
    translator,
  );
  return [
    chartBlock({
      title: lead,
      description: describedRows(lead, rows, translator),
      chart: { type: 'intervals', unit: 'days', rows },
      table,
      caption: sentences(notes, translator),
    }),
  ];
}

/** What happened from period to period; each result may be absent. */
export function trendBlocks(
  counts: WinRatePeriodsResult | null,
  cycle: CyclePeriodsResult | null,
  translator: Translator,
): Block[] {
  return [
    ...(counts === null ? [] : countsBlock(counts, translator)),
    ...(cycle === null ? [] : cycleBlock(cycle, counts, translator)),
  ];
}
