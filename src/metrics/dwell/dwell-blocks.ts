import type { Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import {
  type Block,
  callout,
  heading,
  type Inline,
  paragraph,
  type TableBlock,
  type TableColumn,
} from '../../report/document.ts';
import { amountsText } from '../amounts.ts';
import { unknownStartBlocks } from '../first-export.ts';
import { shareOf } from '../rate.ts';
import type { DwellResult, HistoryDwell, SnapshotDwell, StalledDeals } from './dwell.ts';
import type { OpenAges } from './dwell-curve.ts';
import { reliabilityBlocks, reliabilityNotes } from './dwell-reliability-blocks.ts';
import type { DwellCheck, DwellNote, StageDwell } from './dwell-stages.ts';
import { titleWithUnit } from './dwell-study.ts';

const TITLE: Text = { en: 'Time in stage', zh: '阶段停留时长' };
const COLUMNS = {
  stage: { en: 'Stage', zh: '阶段' },
  median: { en: 'Median', zh: '中位数' },
  p75: { en: '75% within', zh: '75% 不超过' },
  p90: { en: '90% within', zh: '90% 不超过' },
  visits: { en: 'Ended + open', zh: '已离开 + 在途' },
  closedOnly: { en: 'Ended only: mean, median', zh: '仅已离开：平均、中位数' },
  openAge: { en: 'Open now, median age', zh: '在途已停留中位数' },
  oldest: { en: 'Oldest', zh: '最久' },
  openDeals: { en: 'Open deals', zh: '在途单' },
  stalled: { en: 'Stalled', zh: '停滞' },
} as const satisfies Record<string, Text>;
const NOT_REACHED: Text = { en: 'not reached (> {days})', zh: '未达到（> {days}）' };
const BEYOND: Text = { en: 'over {days}', zh: '超过 {days}' };
const WITH_INTERVAL: Text = { en: '{median} ({low}–{high})', zh: '{median}（{low}–{high}）' };
const AT_LEAST: Text = { en: '{median} ({low} or more)', zh: '{median}（至少 {low}）' };
const NOT_JUDGED: Text = { en: 'not judged', zh: '未判定' };
const VISITS: Text = { en: '{closed} + {open}', zh: '{closed} + {open}' };
const STALLED: Text = {
  en: 'Stalled (over {factor}× the median): {share} open deals{amount}. {base} of past visits also took that long, so about {expected} of open deals are over it even when all is as usual.',
  zh: '停滞（超过中位数 {factor} 倍）的在途单：{share}{amount}。历史停留中也有 {base} 这么久，所以平常也约有 {expected} 的在途单超过此线。',
};
const AMOUNT: Text = { en: ', {amount}', zh: '，{amount}' };
const NOTHING_JUDGED: Text = {
  en: 'No stage has enough visits to call a deal stalled.',
  zh: '各阶段的停留记录都太少，无法判定停滞。',
};
const NOTES: Readonly<Record<DwellNote | DwellCheck, Text>> = {
  'many-open': {
    en: 'many deals are still in it, so finished visits alone look too short: {stages}',
    zh: '较多单仍在其中，只看已离开的会偏短：{stages}',
  },
  skewed: {
    en: 'a few very long stays pull the mean up, so read the median: {stages}',
    zh: '少数超长停留拉高了平均值，请看中位数：{stages}',
  },
  'closed-only-differs': {
    en: 'the median of finished visits alone would be: {stages}',
    zh: '若只看已离开的，中位数为：{stages}',
  },
  're-entries': {
    en: 'over 10% of the visits are of deals that came back; the median of first visits alone is: {stages}',
    zh: '超过 10% 的停留是重复进入；只看首次进入，中位数为：{stages}',
  },
  'median-not-reached': {
    en: 'half of the visits are not over by the longest time observed; the mean stay within that time is: {stages}',
    zh: '到最长观察期为止仍有一半以上未离开；该期限内的平均停留为：{stages}',
  },
};
const UNKNOWN: Text = {
  en: 'Open deals without a usable date of entry: {count}',
  zh: '{count} 单在途单没有可用的进入日期。',
};

function medianText(stage: StageDwell, translator: Translator): string {
  if (stage.medianDays === null) {
    return stage.maxFollowUpDays === null
      ? translator.days(null)
      : translator.text(NOT_REACHED, { days: { days: stage.maxFollowUpDays } });
  }
  const [low, high] = stage.medianInterval;
  const median = translator.days(stage.medianDays);
  if (low === null) return median;
  if (high === null) return translator.text(AT_LEAST, { median, low: translator.number(low, 0) });
  return translator.text(WITH_INTERVAL, { median, low: translator.number(low, 0), high: translator.number(high, 0) });
}

function quantileText(days: number | null, stage: StageDwell, translator: Translator): string {
  if (days !== null || stage.maxFollowUpDays === null) return translator.days(days);
  return translator.text(BEYOND, { days: { days: stage.maxFollowUpDays } });
}

function closedOnlyText({ closedOnly: { meanDays, medianDays } }: StageDwell, translator: Translator): string {
  return meanDays === null
    ? translator.days(null)
    : `${translator.number(meanDays, 1)}, ${translator.days(medianDays)}`;
}

function column(title: Text, priority: number, translator: Translator): TableColumn {
  return {
    title: translator.text(title),
    align: title === COLUMNS.stage ? 'left' : 'right',
    priority,
  };
}

function stalledCell(stage: StageDwell, translator: Translator): string {
  if (stage.typicalDays === null) return translator.text(NOT_JUDGED);
  return shareOf(stage.stalled, translator);
}

function historyTable(result: HistoryDwell, translator: Translator): TableBlock {
  return {
    type: 'table',
    columns: [
      column(COLUMNS.stage, 0, translator),
      column(COLUMNS.median, 0, translator),
      column(COLUMNS.p75, 4, translator),
      column(COLUMNS.p90, 1, translator),
      column(COLUMNS.visits, 1, translator),
      column(COLUMNS.closedOnly, 5, translator),
      column(COLUMNS.openAge, 3, translator),
      column(COLUMNS.stalled, 2, translator),
    ],
    rows: result.stages.map((stage) => [
      translator.stage(stage.stage),
      medianText(stage, translator),
      quantileText(stage.p75Days, stage, translator),
      quantileText(stage.p90Days, stage, translator),
      translator.text(VISITS, { closed: stage.closedVisits, open: stage.openVisits }),
      closedOnlyText(stage, translator),
      translator.days(stage.openAges.medianDays),
      stalledCell(stage, translator),
    ]),
  };
}

function stalledText(stalled: StalledDeals, translator: Translator): string {
  if (stalled.of === 0) return translator.text(NOTHING_JUDGED);
  const amount = amountsText(stalled.amounts, translator);
  return translator.text(STALLED, {
    factor: stalled.factor,
    share: shareOf(stalled, translator),
    amount: amount === '' ? '' : translator.text(AMOUNT, { amount }),
    base: translator.percent(stalled.baseRate, 0),
    expected: translator.percent(stalled.expectedShare, 0),
  });
}

/** What a note says of a stage beyond its name. */
const FIGURE_OF_NOTE: Readonly<Partial<Record<DwellNote | DwellCheck, (stage: StageDwell) => number | null>>> = {
  'closed-only-differs': (stage) => stage.closedOnly.medianDays,
  're-entries': (stage) => stage.firstVisitMedianDays,
  'median-not-reached': (stage) => stage.restrictedMeanDays,
};

/** One line a note, with the stages it is about: the same sentence under every stage would bury the next one. */
function notesOf(result: HistoryDwell, translator: Translator): Inline[] {
  const names = Object.keys(NOTES) as (DwellNote | DwellCheck)[];
  return names.flatMap((note) => {
    const stages = result.stages.filter(({ notes, checks }) => [...notes, ...checks].includes(note));
    if (stages.length === 0) return [];
    const figure = FIGURE_OF_NOTE[note];
    const list = stages.map((stage) => {
      const name = translator.stage(stage.stage);
      return figure === undefined ? name : `${name} ${translator.days(figure(stage))}`;
    });
    return [translator.text(NOTES[note], { stages: { list } })];
  });
}

function historyBlocks(result: HistoryDwell, translator: Translator): Block[] {
  const notes = [...notesOf(result, translator), ...reliabilityNotes(result.reliability, translator)];
  return [
    heading(2, titleWithUnit(TITLE, result, translator)),
    ...unknownStartBlocks(result.startUnknown, 'stays', translator),
    ...reliabilityBlocks(result.reliability, translator),
    historyTable(result, translator),
    paragraph(stalledText(result.stalled, translator)),
    ...(notes.length > 0 ? [{ type: 'list' as const, items: notes }] : []),
  ];
}

function ageRow(stage: string, ages: OpenAges, translator: Translator): string[] {
  return [
    translator.stage(stage),
    translator.number(ages.deals),
    translator.days(ages.medianDays),
    translator.days(ages.p90Days),
    translator.days(ages.maxDays),
  ];
}

function snapshotBlocks(result: SnapshotDwell, translator: Translator): Block[] {
  const titles = [COLUMNS.stage, COLUMNS.openDeals, COLUMNS.openAge, COLUMNS.p90, COLUMNS.oldest];
  const table: TableBlock = {
    type: 'table',
    columns: titles.map((title, index) => column(title, index < 3 ? 0 : 1, translator)),
    rows: result.stages.map(({ stage, openAges }) => ageRow(stage, openAges, translator)),
  };
  const unknown = result.unknown > 0 ? [paragraph(translator.text(UNKNOWN, { count: result.unknown }))] : [];
  const title = titleWithUnit(TITLE, result, translator);
  return [heading(2, title), callout('warn', translator.text(result.caveat)), table, ...unknown];
}

export function dwellBlocks(result: DwellResult, translator: Translator): Block[] {
  return result.basis === 'history' ? historyBlocks(result, translator) : snapshotBlocks(result, translator);
}
