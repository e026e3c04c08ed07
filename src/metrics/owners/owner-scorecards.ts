import type { Text } from '../../i18n/text.ts';
import { breakdownBy, breakdownsOf } from '../breakdown.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { winBase } from '../win/win-base.ts';
import { scorecardBlocks } from './owner-scorecards-blocks.ts';
import { type CardTable, cardTable } from './owner-scorecards-cards.ts';
import { comparePractices, type PracticeComparison } from './owner-scorecards-practices.ts';
import { RANKED_FROM } from './owner-scorecards-ranks.ts';
import { dealTraits } from './owner-scorecards-traits.ts';

export interface ScorecardsResult {
  /** Deals of the base from which on an owner is ranked. */
  readonly rankedFrom: number;
  readonly owners: CardTable;
  /** The same by the other fields that figures are broken down by. */
  readonly others: readonly CardTable[];
  readonly practices: PracticeComparison;
}

const NO_OWNER: Text = { en: 'no column for the owner', zh: '没有负责人列' };

function compute(context: MetricContext): ScorecardsResult | null {
  const { dataset } = context;
  const owners = breakdownBy(dataset, 'owner');
  if (owners === null) return null;
  const traits = dealTraits(dataset);
  const base = winBase(dataset);
  const table = cardTable(context, traits, base, owners);
  return {
    rankedFrom: RANKED_FROM,
    owners: table,
    others: breakdownsOf(context)
      .filter(({ field }) => field !== 'owner')
      .map((breakdown) => cardTable(context, traits, base, breakdown)),
    practices: comparePractices(table),
  };
}

export default defineMetric<ScorecardsResult>({
  metric: 'ownerScorecards',
  title: { en: 'Owner scorecards', zh: '负责人记分卡' },
  definition: {
    en: 'Volume, win rate, pace, upkeep and won amounts of each owner, each with its base. Owners are compared by the deals created long enough ago, and ranked only where six or more have 20 such deals and their rates differ beyond chance; what the top third do differently is told only where it is beyond chance, too.',
    zh: '每位负责人的单量、赢单率、节奏、数据维护和赢单金额，均附样本数。比较时只计创建已满观察期的单；满 20 单者不少于 6 位且赢单率差异超出随机波动时才排名，前三分之一的不同做法也只在超出随机波动时列出。',
  },
  formula: {
    en: 'won within the window ÷ created at least the window ago, of each owner',
    zh: '每位负责人观察期内赢单 ÷ 创建已满观察期的单',
  },
  place: 'further',
  needsStages: true,
  missing: ({ dataset }) => (dataset.columns.has('owner') ? null : NO_OWNER),
  compute,
  blocks: scorecardBlocks,
});
