import { numberAt } from '../../dataset/cells.ts';
import type { Column, Dataset } from '../../dataset/dataset.ts';
import { type DealFacts, dealFacts } from '../../dataset/deal-facts.ts';
import { dealKeys } from '../../dataset/deal-keys.ts';
import { currentState, OUTCOME } from '../../dataset/journeys/visits.ts';
import { isoOf } from '../../dataset/values/calendar.ts';
import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, paragraph, span, type TableBlock } from '../../report/document.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { figureColumn, wordColumn } from '../table-columns.ts';
import {
  accountAt,
  CLOSE_NEAR_DAYS,
  pointsAt,
  pointsSource,
  REASON_POINTS,
  RECENT_DAYS,
  type Reason,
  type ReasonCode,
  reasonsAt,
  SOME_DAYS,
} from './priority-list-points.ts';
import { firstOf } from './priority-list-top.ts';

export interface PriorityDeal extends Omit<DealFacts, 'at'> {
  readonly account: string | null;
  /** ISO date. */
  readonly closeDate: string | null;
  readonly points: number;
  readonly reasons: readonly Reason[];
}

export interface PriorityListResult {
  readonly openDeals: number;
  readonly points: Readonly<Record<ReasonCode, number>>;
  /** Fields that a part of the points rests on and the file lacks. */
  readonly withoutFields: readonly string[];
  /** What tells deals of equal points apart: amounts of several currencies cannot be compared. */
  readonly tiesBy: 'amount' | 'key';
  readonly deals: readonly PriorityDeal[];
}

const LISTED = 100;
const SHOWN = 20;
const NO_OPEN_DEAL: Text = say('no open deal', '没有在途单');

function missing({ dataset }: MetricContext): Text | null {
  return currentState(dataset).outcome.includes(OUTCOME.open) ? null : NO_OPEN_DEAL;
}

/** Whether the amounts of some deals can be held against each other. */
function isOneCurrency({ currency }: Dataset, amount: Column | undefined, rows: readonly number[]): boolean {
  let seen: number | null = null;
  for (const row of rows) {
    if (Number.isNaN(numberAt(amount, row))) continue;
    if (seen !== null && seen !== currency[row]) return false;
    seen = currency[row]!;
  }
  return true;
}

function compute({ dataset }: MetricContext): PriorityListResult {
  const { outcome } = currentState(dataset);
  const source = pointsSource(dataset);
  const points = new Uint8Array(dataset.rowCount);
  const open: number[] = [];
  for (let row = 0; row < dataset.rowCount; row += 1) {
    if (outcome[row] !== OUTCOME.open) continue;
    open.push(row);
    points[row] = pointsAt(source, row);
  }
  const keyOf = dealKeys(dataset);
  const tiesBy = isOneCurrency(dataset, source.amount, open) ? 'amount' : 'key';
  const amountOf = (row: number): number => {
    const amount = numberAt(source.amount, row);
    return Number.isNaN(amount) ? 0 : amount;
  };
  const byKey = (a: number, b: number): number => {
    const [first, second] = [keyOf(a) ?? '', keyOf(b) ?? ''];
    return first === second ? a - b : first < second ? -1 : 1;
  };
  const byAmount = (a: number, b: number): number => (tiesBy === 'amount' ? amountOf(b) - amountOf(a) : 0);
  const compare = (a: number, b: number): number => points[b]! - points[a]! || byAmount(a, b) || byKey(a, b);
  const factsOf = dealFacts(dataset);
  return {
    openDeals: open.length,
    points: REASON_POINTS,
    withoutFields: ['account', 'activity', 'close', 'amount'].filter((field) => !dataset.columns.has(field)),
    tiesBy,
    deals: firstOf(open, LISTED, compare).map((row) => {
      const { at: _, ...facts } = factsOf(row);
      const close = numberAt(source.close, row);
      return {
        ...facts,
        account: accountAt(source, row),
        closeDate: Number.isNaN(close) ? null : isoOf(close),
        points: points[row]!,
        reasons: reasonsAt(source, row),
      };
    }),
  };
}

const TITLE: Text = say('Priority list', '优先跟进清单');
const DEAL = say('Deal', '商机');
const OWNER = say('Owner', '负责人');
const STAGE = say('Stage', '阶段');
const AMOUNT = say('Amount', '金额');
const POINTS = say('Points', '得分');
const WHY = say('Why', '依据');
const REASONS: Readonly<Record<ReasonCode, Text>> = {
  'past-customer': say('bought before ({number} won)', '老客户（赢单 {number} 次）'),
  'recent-activity': say('active {number} d ago', '{number} 天前有跟进'),
  'some-activity': say('active {number} d ago', '{number} 天前有跟进'),
  'close-near': say('closes in {number} d', '{number} 天后预计成交'),
  'big-amount': say('amount in the top quarter', '金额居前四分之一'),
};
const RULE = say(
  'Points: customer who bought before {past}; activity within {recent} {active}, within {some} {idle}; close date within {near} {close}; amount in the top quarter of open deals in its currency {big}.',
  '得分规则：老客户 {past} 分；{recent}内有跟进 {active} 分，{some}内 {idle} 分；{near}内预计成交 {close} 分；金额居同币种在途单前四分之一 {big} 分。',
);
const TIES = {
  amount: say('Equal points: the larger amount first.', '同分时金额大者在前。'),
  key: say(
    'Equal points stand in the order of their ids: amounts of several currencies cannot be compared.',
    '币种不同，金额无法比较，同分时按编号排列。',
  ),
} as const satisfies Record<PriorityListResult['tiesBy'], Text>;
const NO_RANKING = say(
  'No ranking: all shown deals tie at {points} points.',
  '无法排序：所列 {shown} 单同为 {points} 分。',
);
const SHOWN_OF = say('The first {shown} of {open} open deals.', '{open} 个在途单中的前 {shown} 个。');
const WITHOUT = say('No points for what has no column: {fields}.', '没有对应列，未计分：{fields}。');

function reasonText({ code, number }: Reason, translator: Translator): string {
  return translator.text(REASONS[code], { number });
}

function dealTable(deals: readonly PriorityDeal[], translator: Translator): TableBlock {
  return {
    type: 'table',
    columns: [
      { ...wordColumn(DEAL, 0, translator), wrapTo: 24 },
      wordColumn(OWNER, 2, translator),
      wordColumn(STAGE, 3, translator),
      figureColumn(AMOUNT, 1, translator),
      figureColumn(POINTS, 0, translator),
      { ...wordColumn(WHY, 0, translator), wrapTo: 24 },
    ],
    rows: deals.map((deal) => [
      translator.value(deal.name ?? deal.deal),
      deal.owner === null ? '' : translator.value(deal.owner),
      deal.stage === null ? '' : translator.stage(deal.stage),
      deal.amount === null ? '' : translator.money(deal.amount, deal.currency),
      translator.number(deal.points),
      translator.list(deal.reasons.map((reason) => reasonText(reason, translator))),
    ]),
  };
}

/** The list, or that it is none because all deals that it would show are alike. */
function listBlocks({ openDeals, deals }: PriorityListResult, translator: Translator): Block[] {
  const shown = deals.slice(0, SHOWN);
  const [first] = shown;
  if (first !== undefined && shown.length > 1 && shown.every((deal) => deal.points === first.points)) {
    return [paragraph(translator.text(NO_RANKING, { points: first.points, shown: shown.length }))];
  }
  return [paragraph(translator.text(SHOWN_OF, { shown: shown.length, open: openDeals })), dealTable(shown, translator)];
}

function blocks(result: PriorityListResult, translator: Translator): Block[] {
  const { points, withoutFields, tiesBy } = result;
  const rule = translator.text(RULE, {
    past: points['past-customer'],
    recent: { days: RECENT_DAYS },
    active: points['recent-activity'],
    some: { days: SOME_DAYS },
    idle: points['some-activity'],
    near: { days: CLOSE_NEAR_DAYS },
    close: points['close-near'],
    big: points['big-amount'],
  });
  const without = { list: withoutFields.map((field) => ({ field })) };
  return [
    heading(2, translator.text(TITLE)),
    ...listBlocks(result, translator),
    paragraph([span(`${rule}${translator.lang === 'zh' ? '' : ' '}${translator.text(TIES[tiesBy])}`, 'muted')]),
    ...(withoutFields.length > 0 ? [paragraph([span(translator.text(WITHOUT, { fields: without }), 'muted')])] : []),
  ];
}

export default defineMetric<PriorityListResult>({
  metric: 'priorityList',
  title: TITLE,
  definition: say(
    'Open deals in the order of a plain count of points: bought before, active lately, about to close, large. It says whom to call first, not what will be won.',
    '按简单计分排列的在途单：老客户、近期有跟进、临近成交、金额大。用于决定先跟进谁，不代表赢单概率。',
  ),
  formula: say('sum of the points of the reasons', '各项依据得分之和'),
  place: 'further',
  needsStages: true,
  missing,
  compute,
  blocks,
});
