import { OUTCOME } from '../../dataset/journeys/visits.ts';
import type { Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, type Inline, paragraph, type TableBlock } from '../../report/document.ts';
import { amountsText } from '../amounts.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { shareOf } from '../rate.ts';
import { figureColumn, wordColumn } from '../table-columns.ts';
import { type ClosingReason, type ReasonPareto, reasonPareto } from './closing-reasons-counts.ts';

export interface ClosingReasonsResult {
  /** Null where there is no column for the reason. */
  readonly lost: ReasonPareto | null;
  readonly won: ReasonPareto | null;
}

function compute({ dataset, details }: MetricContext): ClosingReasonsResult {
  return {
    lost: reasonPareto(dataset, 'loss_reason', OUTCOME.lost, details),
    won: reasonPareto(dataset, 'win_reason', OUTCOME.won, details),
  };
}

const TITLE: Text = { en: 'Why deals are won and lost', zh: '赢单与输单原因' };
const SIDES = {
  lost: { en: 'Lost', zh: '输单原因' },
  won: { en: 'Won', zh: '赢单原因' },
} as const satisfies Record<keyof ClosingReasonsResult, Text>;
const COLUMNS = {
  reason: { en: 'Reason', zh: '原因' },
  share: { en: 'Deals', zh: '单数' },
  cumulative: { en: 'So far', zh: '累计' },
  amount: { en: 'Amount', zh: '金额' },
  stage: { en: 'Mostly at', zh: '主要发生在' },
} as const satisfies Record<string, Text>;
const WITHOUT: Text = { en: 'Without a reason: {share}', zh: '未填原因：{share}' };
const VAGUE: Text = { en: 'With a reason that explains nothing: {share}', zh: '原因等于没写：{share}' };
const VAGUE_MARK: Text = { en: ' (explains nothing)', zh: '（等于没写）' };
const OMITTED: Text = { en: 'Rarer reasons not shown: {count}', zh: '未列出的少见原因：{count} 种' };
const AT: Text = { en: '{stage} ({count} of {of})', zh: '{stage}（{count}/{of}）' };
const NO_DEALS: Text = { en: 'None so far.', zh: '暂无。' };
/** Reasons shown to people. */
const SHOWN = 10;
/** Of fewer deals there is no percentage. */
const PERCENT_FROM = 5;

function stageText({ stages = [], share }: ClosingReason, translator: Translator): string {
  const [most] = stages.toSorted((a, b) => b.count - a.count);
  if (most === undefined) return '';
  return translator.text(AT, { stage: { stage: most.stage }, count: most.count, of: share.count });
}

function reasonTable({ reasons }: ReasonPareto, translator: Translator): TableBlock {
  const hasStages = reasons.some(({ stages }) => stages !== undefined && stages.length > 0);
  const rows = reasons.slice(0, SHOWN).map((reason): Inline[] => {
    const text = translator.value(reason.reason);
    const mark = { text: translator.text(VAGUE_MARK), tone: 'warn' } as const;
    const { cumulative } = reason;
    return [
      reason.isVague ? [text, mark] : text,
      shareOf(reason.share, translator),
      cumulative.of < PERCENT_FROM ? translator.number(cumulative.count) : translator.percent(cumulative.value, 0),
      amountsText(reason.amounts, translator),
      ...(hasStages ? [stageText(reason, translator)] : []),
    ];
  });
  return {
    type: 'table',
    columns: [
      wordColumn(COLUMNS.reason, 0, translator),
      figureColumn(COLUMNS.share, 0, translator),
      figureColumn(COLUMNS.cumulative, 2, translator),
      figureColumn(COLUMNS.amount, 1, translator),
      ...(hasStages ? [wordColumn(COLUMNS.stage, 1, translator)] : []),
    ],
    rows,
  };
}

function sideBlocks(side: keyof ClosingReasonsResult, pareto: ReasonPareto, translator: Translator): Block[] {
  const shown: Block[] = [heading(3, translator.text(SIDES[side]))];
  if (pareto.deals === 0) return [...shown, paragraph(translator.text(NO_DEALS))];
  if (pareto.reasons.length > 0) shown.push(reasonTable(pareto, translator));
  const items = [translator.text(WITHOUT, { share: shareOf(pareto.withoutReason, translator) })];
  if (pareto.vague !== null && pareto.vague.count > 0) {
    items.push(translator.text(VAGUE, { share: shareOf(pareto.vague, translator) }));
  }
  const hidden = pareto.omitted + Math.max(0, pareto.reasons.length - SHOWN);
  if (hidden > 0) items.push(translator.text(OMITTED, { count: hidden }));
  return [...shown, { type: 'list', items }];
}

function blocks(result: ClosingReasonsResult, translator: Translator): Block[] {
  const sides = (['lost', 'won'] as const).flatMap((side) => {
    const pareto = result[side];
    return pareto === null ? [] : sideBlocks(side, pareto, translator);
  });
  return [heading(2, translator.text(TITLE)), ...sides];
}

export default defineMetric<ClosingReasonsResult>({
  metric: 'closingReasons',
  title: TITLE,
  definition: {
    en: 'The reasons given for lost and for won deals, the most frequent first; a share is of the deals that give a reason. How many give none, or one that explains nothing, is said beside it.',
    zh: '输单与赢单所填的原因，从多到少排列；占比以填写了原因的单为基数，并列出未填原因、或填了等于没写的单有多少。',
  },
  formula: {
    en: 'deals with the reason ÷ deals of that outcome with any reason',
    zh: '填该原因的单 ÷ 该结果下填写了原因的单',
  },
  place: 'further',
  needsStages: true,
  missing: ({ dataset: { columns } }) => {
    if (columns.has('loss_reason') || columns.has('win_reason')) return null;
    return { en: 'no column for the loss reason', zh: '没有输单原因列' };
  },
  compute,
  blocks,
});
