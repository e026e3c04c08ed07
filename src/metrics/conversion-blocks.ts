import type { Text } from '../i18n/text.ts';
import type { Translator } from '../i18n/translator.ts';
import {
  type BarRow,
  type BarsBlock,
  type Block,
  callout,
  heading,
  paragraph,
  type TableBlock,
} from '../report/document.ts';
import type { ConversionResult, HistoryConversion, SnapshotConversion, StageConversion } from './conversion.ts';
import type { LadderStep } from './conversion-counts.ts';
import { shareOf } from './rate.ts';

const TITLE: Text = { en: 'Stage conversion', zh: '阶段转化率' };
const COLUMNS = {
  stage: { en: 'Stage', zh: '阶段' },
  goesOn: { en: 'Goes on', zh: '继续推进' },
  window: { en: 'Within', zh: '观察期' },
  toDate: { en: 'To date', zh: '截至目前' },
  pending: { en: 'Pending', zh: '待定' },
  lostHere: { en: 'Lost here', zh: '在此流失' },
  movedBack: { en: 'Moved back', zh: '回退' },
  skipped: { en: 'Skipped', zh: '跳过' },
  reEntries: { en: 'Re-entries', zh: '重复进入' },
} as const satisfies Record<string, Text>;
const ESTIMATED: Text = { en: '≈{rate}, estimated from {deals}', zh: '约 {rate}（由 {deals} 单估算）' };
const ESTIMATED_LOW: Text = {
  en: '≈{rate} ({interval}, low n), estimated from {deals}',
  zh: '约 {rate}（{interval}，样本少，由 {deals} 单估算）',
};
/** Below these numbers of deals: no percentage, and the interval with it. */
const PERCENT_FROM = 5;
const LOW_BELOW = 30;
const LADDER: Text = {
  en: 'Deals that reached each stage or went beyond, of those that reached the first',
  zh: '到达或越过各阶段的单，占到达首阶段者的比例',
};
const WON: Text = { en: 'Won', zh: '赢单' };
const EXTRAS: Text = {
  en: 'Reopened after closing: {reopened} · moved back: {regressed} · without history: {untracked}',
  zh: '关闭后重新打开 {reopened} 单 · 发生回退 {regressed} 单 · 没有历史 {untracked} 单',
};
const BOUNDS: Text = { en: 'between {low} and {high}', zh: '介于 {low} 与 {high} 之间' };
const TOO_FEW: Text = { en: 'too few deals', zh: '单数太少' };

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

function stageTable(result: HistoryConversion, translator: Translator): TableBlock {
  const right = (title: Text, priority: number) => ({
    title: translator.text(title),
    align: 'right' as const,
    priority,
  });
  return {
    type: 'table',
    columns: [
      { title: translator.text(COLUMNS.stage), align: 'left', priority: 0 },
      right(COLUMNS.goesOn, 0),
      right(COLUMNS.window, 2),
      right(COLUMNS.toDate, 1),
      right(COLUMNS.pending, 1),
      right(COLUMNS.lostHere, 2),
      right(COLUMNS.movedBack, 3),
      right(COLUMNS.skipped, 3),
      right(COLUMNS.reEntries, 4),
    ],
    rows: result.stages.map((stage) => [
      translator.stage(stage.stage),
      headlineText(stage, translator),
      translator.days(stage.windowDays),
      shareOf(stage.toDate, translator),
      translator.number(stage.pending),
      translator.number(stage.lostHere),
      translator.number(stage.movedBack),
      translator.number(stage.skipped),
      translator.number(stage.reEntries),
    ]),
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
  const { reopenedDeals, regressedDeals, dealsWithoutHistory } = result;
  const extras = { reopened: reopenedDeals, regressed: regressedDeals, untracked: dealsWithoutHistory };
  return [
    heading(2, translator.text(TITLE)),
    ladderBars(result.ladder, translator),
    stageTable(result, translator),
    paragraph([{ text: translator.text(EXTRAS, extras), tone: 'muted' }]),
  ];
}

function snapshotBlocks(result: SnapshotConversion, translator: Translator): Block[] {
  const rows = result.stages.map((stage): BarRow => {
    const { stepLow, stepHigh } = stage;
    const label = translator.stage(stage.stage);
    if (stepLow === null || stepHigh === null || stage.reachedHigh < PERCENT_FROM) {
      return { label, value: null, text: translator.text(TOO_FEW) };
    }
    const bounds = { low: { rate: stepLow }, high: { rate: stepHigh } };
    return { label, value: null, low: stepLow, high: stepHigh, text: translator.text(BOUNDS, bounds) };
  });
  return [
    heading(2, translator.text(TITLE)),
    callout('warn', translator.text(result.caveat)),
    { type: 'bars', rows, max: 1 },
    paragraph(translator.text(result.remedy)),
  ];
}

export function conversionBlocks(result: ConversionResult, translator: Translator): Block[] {
  return result.basis === 'history' ? historyBlocks(result, translator) : snapshotBlocks(result, translator);
}
