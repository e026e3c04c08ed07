import type { Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type BarRow, type BarsBlock, type Block, heading, paragraph, type TableBlock } from '../../report/document.ts';
import { type Rate, shareOf } from '../rate.ts';
import { figureColumn, wordColumn } from '../table-columns.ts';
import type { ConversionResult, HistoryConversion, StageConversion } from './conversion.ts';
import type { LadderStep } from './conversion-counts.ts';
import { snapshotBlocks } from './conversion-snapshot-blocks.ts';

const TITLE: Text = { en: 'Stage conversion', zh: '阶段转化率' };
const COLUMNS = {
  stage: { en: 'Stage', zh: '阶段' },
  goesOn: { en: 'Goes on', zh: '继续推进' },
  window: { en: 'Within', zh: '观察期' },
  toDate: { en: 'To date', zh: '截至目前' },
  resolved: { en: 'Of decided', zh: '仅看已有结果' },
  upperBound: { en: 'At most', zh: '上限' },
  entries: { en: 'Entered', zh: '进入' },
  advanced: { en: 'Advanced', zh: '推进' },
  lostHere: { en: 'Lost here', zh: '在此流失' },
  stillHere: { en: 'Still here', zh: '仍在此' },
  nowEarlier: { en: 'Now earlier', zh: '现已退回' },
  dormantHere: { en: 'Dormant', zh: '休眠' },
  skipped: { en: 'Skipped', zh: '跳过' },
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
  en: 'Entered = advanced + lost here + still here + now in an earlier stage',
  zh: '进入 = 推进 + 在此流失 + 仍在此 + 现已退回更早阶段',
};
const STANDING_SUM_DORMANT: Text = {
  en: 'Entered = advanced + lost here + still here + now in an earlier stage + dormant',
  zh: '进入 = 推进 + 在此流失 + 仍在此 + 现已退回更早阶段 + 休眠',
};
const ESTIMATED: Text = { en: '≈{rate}, estimated from {deals}', zh: '约 {rate}（由 {deals} 单估算）' };
const ESTIMATED_LOW: Text = {
  en: '≈{rate} ({interval}, low n), estimated from {deals}',
  zh: '约 {rate}（{interval}，样本少，由 {deals} 单估算）',
};
/** Below these numbers of deals: no percentage, and the interval with it. */
const PERCENT_FROM = 5;
const LOW_BELOW = 30;
const COUNTS: Text = { en: '{count} of {of}', zh: '{count}/{of}' };
const SHORT_SHARE: Text = { en: '{counts} ({rate})', zh: '{counts}（{rate}）' };
const LADDER: Text = {
  en: 'Deals that reached each stage or went beyond, of those that reached the first',
  zh: '到达或越过各阶段的单，占到达首阶段者的比例',
};
const WON: Text = { en: 'Won', zh: '赢单' };
const EXTRAS: Text = {
  en: 'Deals that skipped a stage: {skipped} · moved back: {regressed} · entered a stage again: {reEntered} · reopened after closing: {reopened} · without history: {untracked}',
  zh: '跳过阶段 {skipped} 单 · 发生回退 {regressed} 单 · 重复进入 {reEntered} 单 · 关闭后重新打开 {reopened} 单 · 没有历史 {untracked} 单',
};

/** The headline of a stage: a matured share with its counts, or an estimate marked as one. */
function headlineText(stage: StageConversion, translator: Translator): string {
  if (stage.headline === 'matured' && stage.matured !== null) return shareOf(stage.matured, translator);
  if (stage.estimated === null) return translator.number(null);
  const { value, of, interval } = stage.estimated;
  // An estimate from a handful of deals would look more certain than its counts do.
  if (of < PERCENT_FROM) return shareOf(stage.toDate, translator);
  const rate = translator.percent(value, 0);
  if (of >= LOW_BELOW || interval === null) return translator.text(ESTIMATED, { rate, deals: of });
  const [low, high] = interval;
  const range = `${translator.number(low * 100, 0)}–${translator.percent(high, 0)}`;
  return translator.text(ESTIMATED_LOW, { rate, interval: range, deals: of });
}

/** Counts, and the percentage where they bear one; the interval stands with the headline. */
function shortShare({ count, of, value }: Rate, translator: Translator): string {
  const counts = translator.text(COUNTS, { count, of });
  return of < PERCENT_FROM ? counts : translator.text(SHORT_SHARE, { counts, rate: translator.percent(value, 0) });
}

/** The headline, and beside it the least, the biased and the greatest share that the counts allow. */
function rateTable({ stages }: HistoryConversion, translator: Translator): TableBlock {
  return {
    type: 'table',
    columns: [
      wordColumn(COLUMNS.stage, 0, translator),
      figureColumn(COLUMNS.goesOn, 0, translator),
      figureColumn(COLUMNS.window, 1, translator),
      figureColumn(COLUMNS.toDate, 1, translator),
      figureColumn(COLUMNS.resolved, 2, translator),
      figureColumn(COLUMNS.upperBound, 3, translator),
    ],
    rows: stages.map((stage) => [
      translator.stage(stage.stage),
      headlineText(stage, translator),
      translator.days(stage.windowDays),
      shortShare(stage.toDate, translator),
      shortShare(stage.resolved, translator),
      shortShare(stage.upperBound, translator),
    ]),
  };
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
    ],
    rows: stages.map((stage) => [
      translator.stage(stage.stage),
      ...shown.map(({ key }) => translator.number(stage[key])),
    ]),
    caption: translator.text(hasDormant ? STANDING_SUM_DORMANT : STANDING_SUM),
  };
}

function ladderBars(ladder: readonly LadderStep[], translator: Translator): BarsBlock {
  const rows = ladder.map((step): BarRow => {
    const { interval, value } = step.cumulative;
    return {
      label: step.stage === null ? translator.text(WON) : translator.stage(step.stage),
      value,
      text: shareOf(step.cumulative, translator),
      ...(interval === null ? {} : { low: interval[0], high: interval[1] }),
    };
  });
  return { type: 'bars', rows, max: 1, caption: translator.text(LADDER) };
}

function historyBlocks(result: HistoryConversion, translator: Translator): Block[] {
  const extras = {
    skipped: result.skippedDeals,
    regressed: result.regressedDeals,
    reEntered: result.reEnteredDeals,
    reopened: result.reopenedDeals,
    untracked: result.dealsWithoutHistory,
  };
  return [
    ladderBars(result.ladder, translator),
    rateTable(result, translator),
    standingTable(result, translator),
    paragraph([{ text: translator.text(EXTRAS, extras), tone: 'muted' }]),
  ];
}

export function conversionBlocks(result: ConversionResult, translator: Translator): Block[] {
  const title = heading(2, translator.text(TITLE));
  const blocks = result.basis === 'history' ? historyBlocks(result, translator) : snapshotBlocks(result, translator);
  return [title, ...blocks];
}
