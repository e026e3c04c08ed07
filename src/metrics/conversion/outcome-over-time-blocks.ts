import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, type Inline, paragraph, span, type TableBlock } from '../../report/document.ts';
import { figureColumn, wordColumn } from '../table-columns.ts';
import type { OutcomeOverTime, OutcomePoint, OutcomeShare } from './outcome-over-time.ts';

const TITLE: Text = say('Outcome over time', '商机结局随时间变化');
const COLUMNS = {
  by: say('Days since creation', '创建后天数'),
  won: say('Won', '赢单'),
  lost: say('Lost', '输单'),
  open: say('Still open', '仍在途'),
  atRisk: say('Still open and followed', '仍在途且已观察到此时'),
} as const;
const SHARE: Text = say('{rate} ({low}–{high})', '{rate}（{low}–{high}）');
const WINDOW: Text = say('{days} (window)', '{days}（观察期）');
const COUNTS: Text = say(
  '{deals} deals from creation: {won} won, {lost} lost, {open} still open. In brackets the 95% interval.',
  '从创建起共 {deals} 单：赢单 {won}，输单 {lost}，在途 {open}。括号内为 95% 区间。',
);
const COUNTS_ALONE: Text = say(
  '{deals} deals from creation: {won} won, {lost} lost, {open} still open; too few for shares by day.',
  '从创建起共 {deals} 单：赢单 {won}，输单 {lost}，在途 {open}；单数太少，不给出按天的比例。',
);
const PLATEAU: Text = say(
  'The curve is shown up to {days}, with {atRisk} deals still open and followed: {won} won, {lost} lost, {open} open.',
  '曲线显示到 {days}（此时仍在途且已观察到的有 {atRisk} 单）：赢单 {won}，输单 {lost}，在途 {open}。',
);
const UNTOLD: Text = say(
  'Not shown, as fewer than 10 deals were still open and followed: {days}.',
  '仍在途且已观察到此时的单不足 10 单，未显示：{days}。',
);
const UNDATED: Text = say(
  'Left out, as dates are missing or contradict each other: {count}.',
  '缺日期或日期矛盾，未计入：{count} 单。',
);
const UNPLACED: Text = say('Left out, with no known stage: {count}.', '阶段不明，未计入：{count} 单。');
/** Below this number of deals there is no percentage. */
const PERCENT_FROM = 5;

function shareText({ value, interval }: OutcomeShare, translator: Translator): string {
  const rate = translator.percent(value, 0);
  if (interval === null) return rate;
  const [low, high] = interval;
  return translator.text(SHARE, { rate, low: translator.number(low * 100, 0), high: translator.percent(high, 0) });
}

function pointRow(point: OutcomePoint, windowDays: number | null, translator: Translator): Inline[] {
  const days = translator.days(point.days);
  return [
    point.days === windowDays ? translator.text(WINDOW, { days }) : days,
    shareText(point.won, translator),
    shareText(point.lost, translator),
    translator.percent(point.open, 0),
    translator.number(point.atRisk),
  ];
}

function pointTable({ points, windowDays }: OutcomeOverTime, translator: Translator): TableBlock {
  return {
    type: 'table',
    columns: [
      wordColumn(COLUMNS.by, 0, translator),
      figureColumn(COLUMNS.won, 0, translator),
      figureColumn(COLUMNS.lost, 0, translator),
      figureColumn(COLUMNS.open, 1, translator),
      { ...figureColumn(COLUMNS.atRisk, 1, translator), wrapTo: 14 },
    ],
    rows: points.map((point) => pointRow(point, windowDays, translator)),
  };
}

function plateauText({ days, atRisk, won, lost, open }: OutcomePoint, translator: Translator): string {
  return translator.text(PLATEAU, {
    days: { days },
    atRisk,
    won: translator.percent(won.value, 0),
    lost: translator.percent(lost.value, 0),
    open: translator.percent(open, 0),
  });
}

export function outcomeOverTimeBlocks(result: OutcomeOverTime, translator: Translator): Block[] {
  const { deals, won, lost, open, points, plateau, untold, undatedDeals, unplacedDeals } = result;
  const isTold = deals >= PERCENT_FROM && points.length > 0;
  const notes = [
    ...(isTold && plateau !== null ? [plateauText(plateau, translator)] : []),
    ...(isTold && untold.length > 0
      ? [translator.text(UNTOLD, { days: { list: untold.map((days) => ({ days })) } })]
      : []),
    ...(undatedDeals > 0 ? [translator.text(UNDATED, { count: undatedDeals })] : []),
    ...(unplacedDeals > 0 ? [translator.text(UNPLACED, { count: unplacedDeals })] : []),
  ];
  return [
    heading(2, translator.text(TITLE)),
    paragraph(translator.text(isTold ? COUNTS : COUNTS_ALONE, { deals, won, lost, open })),
    ...(isTold ? [pointTable(result, translator)] : []),
    ...notes.map((note) => paragraph([span(note, 'muted')])),
  ];
}
