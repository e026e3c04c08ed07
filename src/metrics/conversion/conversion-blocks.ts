import type { Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type BarRow, type BarsBlock, type Block, heading, paragraph, type TableBlock } from '../../report/document.ts';
import { unknownStartBlocks } from '../first-export.ts';
import { shareOf } from '../rate.ts';
import { figureColumn, wordColumn } from '../table-columns.ts';
import type { ConversionResult, HistoryConversion, StageConversion } from './conversion.ts';
import { countsCell, rangeText } from './conversion-cells.ts';
import type { BoundedStep } from './conversion-ladder.ts';
import { snapshotBlocks } from './conversion-snapshot-blocks.ts';

const TITLE: Text = { en: 'Stage conversion', zh: '阶段转化率' };
const COLUMNS = {
  stage: { en: 'Stage', zh: '阶段' },
  goesOn: { en: 'Goes on', zh: '转化率' },
  window: { en: 'Within', zh: '观察期' },
  toDate: { en: 'To date', zh: '截至目前' },
  resolved: { en: 'Of decided', zh: '仅看已有结果' },
  upperBound: { en: 'At most', zh: '上限' },
  entries: { en: 'Entered', zh: '进入' },
  advanced: { en: 'Went on', zh: '推进' },
  lostHere: { en: 'Lost here', zh: '在此流失' },
  stillHere: { en: 'Still here', zh: '仍在此' },
  nowEarlier: { en: 'Now earlier', zh: '现已退回' },
  dormantHere: { en: 'Dormant', zh: '休眠' },
  skipped: { en: 'Never in it', zh: '越过未入' },
  movedBack: { en: 'Moved back', zh: '回退次数' },
  reEntries: { en: 'Re-entries', zh: '重复进入' },
  reopened: { en: 'Reopened', zh: '重新打开' },
} as const satisfies Record<string, Text>;
/** How the deals that entered a stage stand, and the detours, which go first where space is short. */
const STANDING = [
  { key: 'entries', priority: 0 },
  { key: 'advanced', priority: 0 },
  { key: 'lostHere', priority: 0 },
  { key: 'stillHere', priority: 0 },
  { key: 'nowEarlier', priority: 1 },
  { key: 'dormantHere', priority: 1 },
  { key: 'skipped', priority: 2 },
  { key: 'movedBack', priority: 3 },
  { key: 'reEntries', priority: 4 },
  { key: 'reopened', priority: 5 },
] as const;
const STANDING_SUM: Text = {
  en: 'Entered = went on + lost here + still here + now in an earlier stage',
  zh: '进入 = 推进 + 在此流失 + 仍在此 + 现已退回更早阶段',
};
const STANDING_SUM_DORMANT: Text = {
  en: 'Entered = went on + lost here + still here + now in an earlier stage + dormant',
  zh: '进入 = 推进 + 在此流失 + 仍在此 + 现已退回更早阶段 + 休眠',
};
const ESTIMATED: Text = { en: '≈{rate}, estimated from {deals}', zh: '约 {rate}（由 {deals} 单估算）' };
const ESTIMATED_BETWEEN: Text = {
  en: '≈{rate} ({interval}), estimated from {deals}',
  zh: '约 {rate}（{interval}，由 {deals} 单估算）',
};
const ESTIMATED_LOW: Text = {
  en: '≈{rate} ({interval}, low n), estimated from {deals}',
  zh: '约 {rate}（{interval}，样本少，由 {deals} 单估算）',
};
/** Below these numbers of deals: no percentage, and the interval with it. */
const PERCENT_FROM = 5;
const LOW_BELOW = 30;
const LADDER_TEXT: Text = { en: '{counts} ({toDate}, at most {most})', zh: '{counts}（{toDate}，至多 {most}）' };
const LADDER: Text = {
  en: 'Deals that got to each stage or beyond, of those that got to the first. The share to date is a lower bound; at most: if every open deal still got there.',
  zh: '到达或越过各阶段的单，占到达首阶段者。截至目前的比例是下限；“至多”为在途单全部到达时的比例。',
};
const LEGEND: Text = {
  en: '█ low end (95%)  ▓ to date  ░ high end if all open deals got there (95%)',
  zh: '█ 95% 区间下限  ▓ 截至目前  ░ 在途单全部到达时的 95% 区间上限',
};
const HEADLINE: Text = {
  en: '“Goes on” gives every deal the same days (Within); shares to date differ, as they count deals that had less time or more.',
  zh: '“转化率”只看已满观察期的单，各单天数相同；截至目前的比例还计入时间更短或更长的单，所以不同。',
};
const ESTIMATES: Text = {
  en: '≈ is estimated from all deals that entered, while fewer than 30 have had the days; in brackets the 95% interval.',
  zh: '“约”：满观察期的单不足 30 单时，由进入该阶段的全部单估算；括号内为 95% 区间。',
};
const AT_ONCE: Text = {
  en: 'Nine of ten deals that went on did so at the very instant they came, so there is no time to tell a rate by: {stages}',
  zh: '推进的单有九成以上在进入的同一时刻就离开，没有时间可用来计算转化率：{stages}',
};
const WON: Text = { en: 'Won', zh: '赢单' };
const EXTRAS: Text = {
  en: 'Deals that skipped a stage on their way: {skipped} · entered beyond the first stage: {beyond} · moved back: {regressed} · entered a stage again: {reEntered} · reopened after closing: {reopened} · without history: {untracked}',
  zh: '途中跳过阶段 {skipped} 单 · 从首阶段之后进入 {beyond} 单 · 发生回退 {regressed} 单 · 重复进入 {reEntered} 单 · 关闭后重新打开 {reopened} 单 · 没有历史 {untracked} 单',
};

/** The headline of a stage: a matured share with its counts, or an estimate marked as one. */
function headlineText(stage: StageConversion, translator: Translator): string {
  if (stage.headline === 'matured' && stage.matured !== null) return shareOf(stage.matured, translator);
  if (stage.estimated === null) return translator.number(null);
  const { value, of, interval } = stage.estimated;
  // An estimate from a handful of deals would look more certain than its counts do.
  if (of < PERCENT_FROM) return shareOf(stage.toDate, translator);
  const rate = translator.percent(value, 0);
  if (interval === null) return translator.text(ESTIMATED, { rate, deals: of });
  const text = of < LOW_BELOW ? ESTIMATED_LOW : ESTIMATED_BETWEEN;
  return translator.text(text, { rate, interval: rangeText(interval, translator), deals: of });
}

function rateTable({ stages }: HistoryConversion, translator: Translator): TableBlock {
  const isEstimated = stages.some(({ headline, estimated }) => headline === 'estimated' && estimated !== null);
  const notes = [HEADLINE, ...(isEstimated ? [ESTIMATES] : [])];
  return {
    type: 'table',
    columns: [
      wordColumn(COLUMNS.stage, 0, translator),
      figureColumn(COLUMNS.goesOn, 0, translator),
      figureColumn(COLUMNS.window, 1, translator),
    ],
    rows: stages.map((stage) => [
      translator.stage(stage.stage),
      headlineText(stage, translator),
      translator.days(stage.windowDays),
    ]),
    caption: notes.map((note) => translator.text(note)).join(translator.lang === 'en' ? ' ' : ''),
  };
}

/** The least, the biased and the greatest share that the counts beside them allow. */
function sharesOf(stage: StageConversion, translator: Translator): string[] {
  return [stage.toDate, stage.resolved, stage.upperBound].map(({ value, of }) =>
    of < PERCENT_FROM ? '' : translator.percent(value, 0),
  );
}

/** Counts that people can check: how each deal that entered stands, then the detours. */
function standingTable({ stages }: HistoryConversion, translator: Translator): TableBlock {
  const hasDormant = stages.some(({ dormantHere }) => dormantHere > 0);
  const shown = STANDING.filter(({ key }) => key !== 'dormantHere' || hasDormant);
  return {
    type: 'table',
    columns: [
      wordColumn(COLUMNS.stage, 0, translator),
      ...shown.map(({ key, priority }) => figureColumn(COLUMNS[key], priority, translator)),
      // Where space is short one rate a stage is enough: that of the table above.
      figureColumn(COLUMNS.toDate, 6, translator),
      figureColumn(COLUMNS.resolved, 7, translator),
      figureColumn(COLUMNS.upperBound, 8, translator),
    ],
    rows: stages.map((stage) => [
      translator.stage(stage.stage),
      ...shown.map(({ key }) => translator.number(stage[key])),
      ...sharesOf(stage, translator),
    ]),
    caption: translator.text(hasDormant ? STANDING_SUM_DORMANT : STANDING_SUM),
  };
}

/** `70 of 422 (17%, at most 45%)`: to date, and as if every open deal got there; one percentage where nothing is open. */
function ladderText({ cumulative, upperBound }: BoundedStep, translator: Translator): string {
  const { count, of, value } = cumulative;
  if (of < PERCENT_FROM || value === null || upperBound.value === null) return countsCell(count, of, translator);
  if (value === upperBound.value) return shareOf(cumulative, translator);
  const toDate = translator.percent(value, 0);
  const most = translator.percent(upperBound.value, 0);
  return translator.text(LADDER_TEXT, { counts: countsCell(count, of, translator), toDate, most });
}

function ladderBars(ladder: readonly BoundedStep[], translator: Translator): BarsBlock {
  const rows = ladder.map((step, index): BarRow => {
    const { interval, value } = step.cumulative;
    const highest = step.upperBound.interval;
    // All deals that reached the first stage reached it: nothing about that is uncertain.
    const isKnown = index === 0 || interval === null || highest === null;
    return {
      label: step.stage === null ? translator.text(WON) : translator.stage(step.stage),
      value,
      text: ladderText(step, translator),
      ...(isKnown ? {} : { low: interval[0], high: highest[1] }),
    };
  });
  return { type: 'bars', rows, max: 1, legend: translator.text(LEGEND), caption: translator.text(LADDER) };
}

function historyBlocks(result: HistoryConversion, translator: Translator): Block[] {
  const extras = {
    skipped: result.skippedOnTheWay,
    beyond: result.enteredBeyondFirst,
    regressed: result.regressedDeals,
    reEntered: result.reEnteredDeals,
    reopened: result.reopenedDeals,
    untracked: result.dealsWithoutHistory,
  };
  const atOnce = result.stages.filter(({ windowDays, advanced }) => windowDays === null && advanced > 0);
  const list = atOnce.map(({ stage }) => ({ stage }));
  return [
    ...unknownStartBlocks(result.startUnknown, 'entries', translator),
    ladderBars(result.ladder, translator),
    rateTable(result, translator),
    ...(atOnce.length > 0 ? [paragraph(translator.text(AT_ONCE, { stages: { list } }))] : []),
    standingTable(result, translator),
    paragraph([{ text: translator.text(EXTRAS, extras), tone: 'muted' }]),
  ];
}

export function conversionBlocks(result: ConversionResult, translator: Translator): Block[] {
  const title = heading(2, translator.text(TITLE));
  const blocks = result.basis === 'history' ? historyBlocks(result, translator) : snapshotBlocks(result, translator);
  return [title, ...blocks];
}
