import type { Dataset } from '../../dataset/dataset.ts';
import { type DealFacts, dealFacts } from '../../dataset/deal-facts.ts';
import { currentState, OUTCOME } from '../../dataset/journeys/visits.ts';
import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, type Inline, type TableBlock } from '../../report/document.ts';
import { quantile } from '../../stats/quantile.ts';
import { type AmountGroup, amountsText, sumAmounts } from '../amounts.ts';
import { keysOf } from '../deals-behind.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { type Rate, rateOf, shareOf } from '../rate.ts';
import { slippedDeals } from './pipeline-compare.ts';
import { closeChangesOf, dateMoves } from './pipeline-date-moves.ts';
import { allRows, rowsWhere } from './pipeline-rows.ts';
import { topRows } from './pipeline-top-deals.ts';

/** Deals whose close date was moved one way, and how often. */
export interface MovedDates extends AmountGroup {
  readonly moves: number;
  readonly dealKeys?: readonly string[];
}

export interface PushedDeal extends DealFacts {
  readonly pushes: number;
  /** Days of all its pushes together. */
  readonly pushedDays: number;
}

export interface DueDateMovesResult {
  /** The change log tells of each move; earlier exports only of the difference between two of them. */
  readonly basis: 'history' | 'exports';
  readonly pushed: MovedDates;
  readonly pulledIn: MovedDates;
  readonly medianPushDays: number | null;
  readonly pushedOverMonth: number;
  readonly pushedOverQuarter: number;
  readonly pushedAfterDue: number;
  readonly cleared: number;
  readonly filledIn: number;
  /** Of the deals due between the latest earlier export and today, those still open; null without such an export. */
  readonly slipped: (Rate & { readonly amounts: AmountGroup['amounts'] }) | null;
  /** Open deals by the number of pushes, the most first; no more than 20. */
  readonly mostPushed: readonly PushedDeal[];
}

const TITLE: Text = { en: 'Moved close dates', zh: '成交日变动' };
const MOST_LISTED = 20;
/** Of those, named on the screen. */
const MOST_SHOWN = 8;

function missing({ dataset }: MetricContext): Text | null {
  if (!dataset.columns.has('close')) return say('no column for the close date', '没有预计成交日列');
  if (closeChangesOf(dataset) !== null) return null;
  return say('needs an earlier export (--previous)', '需要更早的导出（--previous）');
}

function movedDates(dataset: Dataset, moves: Int32Array, details: boolean): MovedDates {
  const groupOf = moves.map((count) => (count > 0 ? 0 : -1));
  const [group] = sumAmounts(dataset, groupOf, 1);
  const facts = { ...group!, moves: moves.reduce((sum, count) => sum + count, 0) };
  const rows = () => rowsWhere(allRows(dataset.rowCount), (row) => groupOf[row] === 0);
  return details ? { ...facts, dealKeys: keysOf(dataset, rows()) } : facts;
}

function slippedOf(dataset: Dataset): DueDateMovesResult['slipped'] {
  const slipped = slippedDeals(dataset, null);
  if (slipped === null) return null;
  const groupOf = new Int8Array(dataset.rowCount).fill(-1);
  for (const row of slipped.open) groupOf[row] = 0;
  return { ...rateOf(slipped.open.length, slipped.due.length), amounts: sumAmounts(dataset, groupOf, 1)[0]!.amounts };
}

function compute({ dataset, details }: MetricContext): DueDateMovesResult | null {
  const changes = closeChangesOf(dataset);
  if (changes === null) return null;
  const moves = dateMoves(changes);
  const { outcome } = currentState(dataset);
  const pushedOpen = rowsWhere(
    allRows(dataset.rowCount),
    (row) => outcome[row] === OUTCOME.open && moves.pushes[row]! > 0,
  );
  const factsOf = dealFacts(dataset);
  const most = topRows(dataset, pushedOpen, (row) => moves.pushes[row]!, MOST_LISTED);
  return {
    basis: changes.from,
    pushed: movedDates(dataset, moves.pushes, details),
    pulledIn: movedDates(dataset, moves.pulls, details),
    medianPushDays: quantile(moves.daysOfPush, 0.5),
    pushedOverMonth: moves.overMonth,
    pushedOverQuarter: moves.overQuarter,
    pushedAfterDue: moves.afterDue,
    cleared: moves.cleared,
    filledIn: moves.filledIn,
    slipped: slippedOf(dataset),
    mostPushed: most.map((row) => ({
      ...factsOf(row),
      pushes: moves.pushes[row]!,
      pushedDays: moves.pushedDays[row]!,
    })),
  };
}

const PUSHED: Text = {
  en: 'Pushes: {moves}, of {deals} deals worth {amount}; median {days}',
  zh: '推迟：{moves} 次，{deals} 单，{amount}；中位数 {days}',
};
const OVER: Text = {
  en: 'Pushes into a later month: {month}, into a later quarter: {quarter}, made after the date had passed: {late}',
  zh: '其中 {month} 次跨月，{quarter} 次跨季，{late} 次是到期后才改',
};
const PULLED: Text = {
  en: 'Pulled in: {moves}, of {deals} deals worth {amount}',
  zh: '提前：{moves} 次，{deals} 单，{amount}',
};
const SLIPPED: Text = {
  en: 'Slipped (due since the earlier export, still open): {share}, {amount}',
  zh: '逾期未成交（上次导出后到期，至今在途）：{share}，{amount}',
};
const BETWEEN: Text = {
  en: 'Earlier exports show only the difference between two of them, so several pushes in between count as one.',
  zh: '由多次导出比较得出：两次导出之间的多次改动只计一次。',
};
const COLUMNS = {
  deal: { en: 'Most pushed', zh: '推迟最多' },
  owner: { en: 'Owner', zh: '负责人' },
  amount: { en: 'Amount', zh: '金额' },
  pushes: { en: 'Pushes', zh: '次数' },
  days: { en: 'Together', zh: '累计' },
} as const satisfies Record<string, Text>;

function mostPushedTable(deals: readonly PushedDeal[], translator: Translator): TableBlock {
  const priorities = { deal: 0, owner: 2, amount: 1, pushes: 0, days: 0 } as const;
  return {
    type: 'table',
    columns: (Object.keys(priorities) as (keyof typeof priorities)[]).map((column) => ({
      title: translator.text(COLUMNS[column]),
      align: column === 'deal' || column === 'owner' ? 'left' : 'right',
      priority: priorities[column],
    })),
    rows: deals
      .slice(0, MOST_SHOWN)
      .map((deal) => [
        translator.value(deal.name ?? deal.deal ?? deal.at.cell),
        translator.value(deal.owner),
        translator.money(deal.amount, deal.currency),
        translator.number(deal.pushes),
        translator.days(deal.pushedDays),
      ]),
  };
}

function blocks(result: DueDateMovesResult, translator: Translator): Block[] {
  const { pushed, pulledIn, slipped, mostPushed } = result;
  const amount = (amounts: AmountGroup['amounts']): string =>
    amountsText(amounts, translator) || translator.number(null);
  const moved = ({ moves, deals, amounts }: MovedDates) => ({ moves, deals, amount: amount(amounts) });
  const items: Inline[] = [
    translator.text(PUSHED, { ...moved(pushed), days: translator.days(result.medianPushDays) }),
    translator.text(OVER, {
      month: result.pushedOverMonth,
      quarter: result.pushedOverQuarter,
      late: result.pushedAfterDue,
    }),
    translator.text(PULLED, moved(pulledIn)),
  ];
  if (slipped !== null && slipped.of > 0) {
    items.push(translator.text(SLIPPED, { share: shareOf(slipped, translator), amount: amount(slipped.amounts) }));
  }
  if (result.basis === 'exports') items.push([{ text: translator.text(BETWEEN), tone: 'muted' }]);
  return [
    heading(2, translator.text(TITLE)),
    { type: 'list', items },
    ...(mostPushed.length > 0 ? [mostPushedTable(mostPushed, translator)] : []),
  ];
}

export default defineMetric<DueDateMovesResult>({
  metric: 'dueDateMoves',
  title: TITLE,
  definition: {
    en: 'How often close dates were put off or brought forward, by the change log or by earlier exports, and which open deals were put off most.',
    zh: '预计成交日被推迟或提前的次数（按变更记录或多次导出），以及推迟最多的在途单。',
  },
  formula: {
    en: 'pushed: new close date − old one > 0; pulled in: < 0',
    zh: '推迟：新成交日 − 旧成交日 > 0；提前：< 0',
  },
  place: 'further',
  needsStages: true,
  missing,
  compute,
  blocks,
});
