import type { Text } from '../../i18n/text.ts';
import { breakdownBy, breakdownsOf } from '../breakdown.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { scorecardBlocks } from './owner-scorecards-blocks.ts';
import { type CardTable, cardTable, RANKED_FROM } from './owner-scorecards-cards.ts';
import { comparePractices, type PracticeComparison } from './owner-scorecards-practices.ts';
import { dealTraits } from './owner-scorecards-traits.ts';

export interface ScorecardsResult {
  /** Closed deals from which on an owner is ranked. */
  readonly rankedFrom: number;
  readonly owners: CardTable;
  /** The same by the other fields that figures are broken down by. */
  readonly others: readonly CardTable[];
  readonly practices: PracticeComparison;
}

const NO_OWNER: Text = { en: 'no column for the owner', zh: '没有负责人列' };

function compute(context: MetricContext): ScorecardsResult | null {
  const { dataset, details } = context;
  const owners = breakdownBy(dataset, 'owner');
  if (owners === null) return null;
  const traits = dealTraits(dataset);
  const table = cardTable(dataset, traits, owners, details);
  return {
    rankedFrom: RANKED_FROM,
    owners: table,
    others: breakdownsOf(context)
      .filter(({ field }) => field !== 'owner')
      .map((breakdown) => cardTable(dataset, traits, breakdown, details)),
    practices: comparePractices(table.cards),
  };
}

export default defineMetric<ScorecardsResult>({
  metric: 'ownerScorecards',
  title: { en: 'Owner scorecards', zh: '负责人记分卡' },
  definition: {
    en: 'Volume, win rate, pace, upkeep and won amounts of each owner, each with its base; only owners with at least 20 closed deals are ranked, and what the top third do differently is told only where it is beyond chance.',
    zh: '每位负责人的单量、赢单率、节奏、数据维护和赢单金额，均附样本数；已关闭满 20 单者才参与排名，前三分之一的不同做法只在超出随机波动时才列出。',
  },
  formula: { en: 'won ÷ (won + lost) of each owner', zh: '每位负责人的赢单 ÷（赢单 + 输单）' },
  place: 'further',
  needsStages: true,
  missing: ({ dataset }) => (dataset.columns.has('owner') ? null : NO_OWNER),
  compute,
  blocks: scorecardBlocks,
});
