import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import {
  type Block,
  heading,
  type Inline,
  paragraph,
  span,
  type TableBlock,
  type TableColumn,
} from '../../report/document.ts';
import type { Period } from '../../ruleset/expression/expression.ts';
import { shareOf } from '../rate.ts';
import { rateCell } from './conversion-cells.ts';
import type { ConversionPeriods, PeriodCohort } from './conversion-periods.ts';

const TITLE: Text = say('Conversion by entry period', '按进入周期的转化率');
const ENTERED_IN: Readonly<Record<Period, Text>> = {
  week: say('Entered in week', '进入周'),
  month: say('Entered in', '进入月份'),
  quarter: say('Entered in', '进入季度'),
  year: say('Entered in', '进入年份'),
};
const COLUMNS = {
  entries: say('Entered', '进入'),
  advanced: say('Went on', '推进'),
  lostHere: say('Lost here', '在此流失'),
  pending: say('Undecided', '未定'),
  goesOn: say('Goes on within {window}', '{window}内转化率'),
} as const;
const STAGE_TABLE: Text = say('{stage}, the stage most deals entered', '{stage}（进入单数最多的阶段）');
const FUNNEL_TABLE: Text = say('All stages, in the order of the funnel', '各阶段（按漏斗顺序）');
const BOUNDS: Text = say('{low} to {high} (n {of})', '{low} 至 {high}（{of} 单）');
const NOTE: Text = say(
  '“56% to 88%” stands where some deals of the period have not had the whole window yet: from those that advanced within it so far to all that still may. Below 30 deals the 95% interval stands beside the share, below five there are only counts.',
  '“56% 至 88%”表示该周期仍有单未满观察期：下限为目前已在观察期内推进的比例，上限为其余未满期的单全部推进。不足 30 单附 95% 区间，不足 5 单只列单数。',
);
const OMITTED: Text = say('Older periods that are left out: {count}', '更早的周期未列出：{count} 个');
/** Periods shown; the result has all. */
const SHOWN = 12;
/** Below this number of deals there is no percentage. */
const PERCENT_FROM = 5;

function column(title: string, align: 'left' | 'right', priority: number): TableColumn {
  return { title, align, priority };
}

/** What the rate of a period may yet come to. */
function boundsCell({ bounds, entries }: PeriodCohort, translator: Translator): Inline {
  const ends = { low: translator.percent(bounds.low.value, 0), high: translator.percent(bounds.high.value, 0) };
  return [span(translator.text(BOUNDS, { ...ends, of: entries }), 'muted')];
}

function isOpenEnded({ matured, entries, bounds }: PeriodCohort): boolean {
  return matured === null && entries >= PERCENT_FROM && bounds.low.count < bounds.high.count;
}

/** The rate of a period that has had its window, or that nothing can change any more; else its bounds. */
function shortRate(cohort: PeriodCohort, translator: Translator): Inline {
  if (isOpenEnded(cohort)) return boundsCell(cohort, translator);
  const text = rateCell(cohort.matured ?? cohort.bounds.low, translator);
  return cohort.entries < PERCENT_FROM ? [span(text, 'muted')] : text;
}

function longRate(cohort: PeriodCohort, translator: Translator): Inline {
  return isOpenEnded(cohort)
    ? boundsCell(cohort, translator)
    : shareOf(cohort.matured ?? cohort.bounds.low, translator);
}

/** The stage that most deals entered, the first of several. */
function busiestStage({ stages, periods }: ConversionPeriods): ConversionPeriods['stages'][number] | null {
  const entries = new Map<string, number>();
  for (const each of periods) entries.set(each.stage, (entries.get(each.stage) ?? 0) + each.entries);
  const most = Math.max(...entries.values());
  return stages.find(({ stage }) => entries.get(stage) === most) ?? null;
}

function stageTable(result: ConversionPeriods, translator: Translator): TableBlock[] {
  const busiest = busiestStage(result);
  if (busiest === null) return [];
  const shown = result.periods.filter(({ stage }) => stage === busiest.stage).slice(-SHOWN);
  const text = (title: Text) => translator.text(title);
  return [
    {
      type: 'table',
      columns: [
        column(text(ENTERED_IN[result.length]), 'left', 0),
        column(text(COLUMNS.entries), 'right', 0),
        column(text(COLUMNS.advanced), 'right', 1),
        column(text(COLUMNS.lostHere), 'right', 2),
        column(text(COLUMNS.pending), 'right', 1),
        column(translator.text(COLUMNS.goesOn, { window: translator.days(busiest.windowDays) }), 'right', 0),
      ],
      rows: shown.map((cohort) => [
        cohort.period,
        translator.number(cohort.entries),
        translator.number(cohort.advanced),
        translator.number(cohort.lostHere),
        translator.number(cohort.pending),
        longRate(cohort, translator),
      ]),
      caption: translator.text(STAGE_TABLE, { stage: { stage: busiest.stage } }),
    },
  ];
}

function funnelTable({ length, stages, periods }: ConversionPeriods, translator: Translator): TableBlock {
  const cells = new Map(periods.map((cohort) => [`${cohort.period} ${cohort.stage}`, cohort]));
  const starts = new Map(periods.map(({ from, period }) => [from, period]));
  const shown = [...starts].sort(([a], [b]) => (a < b ? -1 : 1)).slice(-SHOWN);
  return {
    type: 'table',
    columns: [
      column(translator.text(ENTERED_IN[length]), 'left', 0),
      ...stages.map(({ stage }, step) => column(translator.stage(stage), 'right', step)),
    ],
    rows: shown.map(([, period]) => [
      period,
      ...stages.map(({ stage }) => {
        const cohort = cells.get(`${period} ${stage}`);
        return cohort === undefined ? '' : shortRate(cohort, translator);
      }),
    ]),
    caption: translator.text(FUNNEL_TABLE),
  };
}

export function conversionPeriodsBlocks(result: ConversionPeriods, translator: Translator): Block[] {
  const title = heading(2, translator.text(TITLE));
  if (result.periods.length === 0) return [title];
  const omitted = result.omitted === 0 ? [] : [translator.text(OMITTED, { count: result.omitted })];
  return [
    title,
    ...stageTable(result, translator),
    ...(result.stages.length > 1 ? [funnelTable(result, translator)] : []),
    ...[translator.text(NOTE), ...omitted].map((note) => paragraph([span(note, 'muted')])),
  ];
}
