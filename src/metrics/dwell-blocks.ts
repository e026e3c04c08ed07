import type { Text } from '../i18n/text.ts';
import type { Translator } from '../i18n/translator.ts';
import {
  type Block,
  callout,
  heading,
  type Inline,
  paragraph,
  type TableBlock,
  type TableColumn,
} from '../report/document.ts';
import { amountsText } from './amounts.ts';
import type { DwellResult, HistoryDwell, SnapshotDwell, StalledDeals } from './dwell.ts';
import type { DwellNote, OpenAges, StageDwell } from './dwell-stages.ts';
import { shareOf } from './rate.ts';

const TITLE: Text = { en: 'Time in stage', zh: '阶段停留时长' };
const COLUMNS = {
  stage: { en: 'Stage', zh: '阶段' },
  median: { en: 'Median', zh: '中位数' },
  p90: { en: '90% within', zh: '90% 不超过' },
  visits: { en: 'Ended + open', zh: '已离开 + 在途' },
  openAge: { en: 'Open now, median age', zh: '在途已停留中位数' },
  oldest: { en: 'Oldest', zh: '最久' },
  openDeals: { en: 'Open deals', zh: '在途单' },
  stalled: { en: 'Stalled', zh: '停滞' },
} as const satisfies Record<string, Text>;
const NOT_REACHED: Text = { en: 'over {days}', zh: '超过 {days}' };
const WITH_INTERVAL: Text = { en: '{median} ({low}–{high})', zh: '{median}（{low}–{high}）' };
const NOT_JUDGED: Text = { en: 'not judged', zh: '未判定' };
const VISITS: Text = { en: '{closed} + {open}', zh: '{closed} + {open}' };
const STALLED: Text = {
  en: 'Stalled (over {factor}× the median): {share} open deals{amount}. {base} of past visits also took that long.',
  zh: '停滞（超过中位数 {factor} 倍）的在途单：{share}{amount}。历史停留中也有 {base} 这么久。',
};
const AMOUNT: Text = { en: ', {amount}', zh: '，{amount}' };
const NOTHING_JUDGED: Text = {
  en: 'No stage has enough visits to call a deal stalled.',
  zh: '各阶段的停留记录都太少，无法判定停滞。',
};
const NOTES: Readonly<Record<DwellNote, Text>> = {
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
  if (low === null || high === null) return median;
  return translator.text(WITH_INTERVAL, { median, low: translator.number(low, 0), high: translator.number(high, 0) });
}

function p90Text(stage: StageDwell, translator: Translator): string {
  if (stage.p90Days !== null) return translator.days(stage.p90Days);
  if (stage.maxFollowUpDays === null) return translator.days(null);
  return translator.text(NOT_REACHED, { days: { days: stage.maxFollowUpDays } });
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
      column(COLUMNS.p90, 1, translator),
      column(COLUMNS.visits, 2, translator),
      column(COLUMNS.openAge, 3, translator),
      column(COLUMNS.stalled, 1, translator),
    ],
    rows: result.stages.map((stage) => [
      translator.stage(stage.stage),
      medianText(stage, translator),
      p90Text(stage, translator),
      translator.text(VISITS, { closed: stage.closedVisits, open: stage.openVisits }),
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
  });
}

/** One line a note, with the stages it is about: the same sentence under every stage would bury the next one. */
function notesOf(result: HistoryDwell, translator: Translator): Inline[] {
  const names = Object.keys(NOTES) as DwellNote[];
  return names.flatMap((note) => {
    const stages = result.stages.filter((stage) => stage.notes.includes(note));
    if (stages.length === 0) return [];
    const list = stages.map((stage) => {
      const name = translator.stage(stage.stage);
      return note === 'closed-only-differs' ? `${name} ${translator.days(stage.closedOnly.medianDays)}` : name;
    });
    return [translator.text(NOTES[note], { stages: { list } })];
  });
}

function historyBlocks(result: HistoryDwell, translator: Translator): Block[] {
  const notes = notesOf(result, translator);
  return [
    heading(2, translator.text(TITLE)),
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
  return [heading(2, translator.text(TITLE)), callout('warn', translator.text(result.caveat)), table, ...unknown];
}

export function dwellBlocks(result: DwellResult, translator: Translator): Block[] {
  return result.basis === 'history' ? historyBlocks(result, translator) : snapshotBlocks(result, translator);
}
