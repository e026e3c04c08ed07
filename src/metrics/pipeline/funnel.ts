import type { Dataset } from '../../dataset/dataset.ts';
import { currentState, OUTCOME } from '../../dataset/journeys/visits.ts';
import type { Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type BarRow, type Block, heading, paragraph } from '../../report/document.ts';
import type { StageDefinition } from '../../ruleset/ruleset.ts';
import { type AmountGroup, amountsOfRows, amountsText, groupedAmounts } from '../amounts.ts';
import { defineMetric } from '../define.ts';
import { FIELD_FIGURES } from '../figures/field-figures.ts';
import type { Basis } from '../rate.ts';
import { rowsOfOutcome } from '../row-facts.ts';

export interface FunnelStage extends AmountGroup {
  readonly stage: string;
  readonly kind: StageDefinition['kind'];
}

export interface FunnelResult {
  readonly basis: Basis;
  readonly deals: number;
  /** All stages in funnel order, empty ones too. */
  readonly stages: readonly FunnelStage[];
  readonly kinds: Readonly<Record<StageDefinition['kind'] | 'unknown', AmountGroup>>;
  /** Deals without a row in the history; their stage is the one in the table. */
  readonly dealsWithoutHistory: number;
  /** Deals whose stage in the table is missing or not in the stage list, and that the history places. */
  readonly placedByHistory: number;
  /** Deals whose last stage in the history is not the one in the table; the history counts. */
  readonly stageDisagreements: number;
}

const TITLE: Text = { en: 'Funnel', zh: '销售漏斗' };
const STAGE_TEXT: Text = { en: '{deals}', zh: '{deals} 单' };
const STAGE_WITH_AMOUNT: Text = { en: '{deals} · {amount}', zh: '{deals} 单 · {amount}' };
const SUMMARY: Text = {
  en: '{deals} deals: {open} open, {won} won, {lost} lost',
  zh: '共 {deals} 单：在途 {open}，赢单 {won}，输单 {lost}',
};
const DORMANT: Text = { en: ', {count} dormant', zh: '，休眠 {count}' };
const UNKNOWN: Text = { en: ', {count} with no known stage', zh: '，阶段不明 {count}' };
const DISAGREE: Text = {
  en: 'In another stage in the table than in the history: {count}; the history counts.',
  zh: '{count} 单在清单中的阶段与阶段历史不一致，以历史为准。',
};
const PLACED: Text = {
  en: 'Without a known stage in the table: {count}, of which the history places {placed}.',
  zh: '清单中阶段不明的有 {count} 单，其中 {placed} 单按阶段历史计入。',
};
const NO_HISTORY: Text = {
  en: 'Without history, counted by their present stage: {count}',
  zh: '{count} 单没有阶段历史，只按当前阶段计。',
};

function compute({ dataset }: { readonly dataset: Dataset }): FunnelResult {
  const state = currentState(dataset);
  const amountsOf = groupedAmounts(dataset, state.stage, dataset.stages.length);
  const ofKind = (kind: StageDefinition['kind']): AmountGroup =>
    amountsOf(dataset.stages.flatMap((stage, position) => (stage.kind === kind ? [position] : [])));
  return {
    basis: dataset.journeys === null ? 'snapshot' : 'history',
    deals: dataset.rowCount,
    stages: dataset.stages.map((stage, position) => ({ stage: stage.id, kind: stage.kind, ...amountsOf([position]) })),
    kinds: {
      open: ofKind('open'),
      won: ofKind('won'),
      lost: ofKind('lost'),
      dormant: ofKind('dormant'),
      unknown: amountsOfRows(dataset, rowsOfOutcome(dataset, OUTCOME.unknown)),
    },
    dealsWithoutHistory: state.dealsWithoutHistory,
    placedByHistory: countPlaced(dataset.stage, state.stage),
    stageDisagreements: state.stageDisagreements,
  };
}

function countPlaced(inTable: ArrayLike<number>, now: ArrayLike<number>): number {
  let placed = 0;
  for (let deal = 0; deal < now.length; deal += 1) if (inTable[deal]! < 0 && now[deal]! >= 0) placed += 1;
  return placed;
}

function stageBar(stage: FunnelStage, translator: Translator): BarRow {
  const amount = amountsText(stage.amounts, translator);
  const template = amount === '' ? STAGE_TEXT : STAGE_WITH_AMOUNT;
  return {
    label: translator.stage(stage.stage),
    value: stage.deals,
    text: translator.text(template, { deals: stage.deals, amount }),
  };
}

function summaryText(result: FunnelResult, translator: Translator): string {
  const { kinds } = result;
  const counts = { deals: result.deals, open: kinds.open.deals, won: kinds.won.deals, lost: kinds.lost.deals };
  const parts = [translator.text(SUMMARY, counts)];
  if (kinds.dormant.deals > 0) parts.push(translator.text(DORMANT, { count: kinds.dormant.deals }));
  if (kinds.unknown.deals > 0) parts.push(translator.text(UNKNOWN, { count: kinds.unknown.deals }));
  return parts.join('');
}

function blocks(result: FunnelResult, translator: Translator): Block[] {
  const openStages = result.stages.filter((stage) => stage.kind === 'open');
  const placed = {
    count: result.kinds.unknown.deals + result.placedByHistory,
    placed: result.placedByHistory,
  };
  const notes = [
    ...(result.dealsWithoutHistory > 0 ? [translator.text(NO_HISTORY, { count: result.dealsWithoutHistory })] : []),
    ...(result.placedByHistory > 0 ? [translator.text(PLACED, placed)] : []),
    ...(result.stageDisagreements > 0 ? [translator.text(DISAGREE, { count: result.stageDisagreements })] : []),
  ];
  return [
    heading(2, translator.text(TITLE)),
    { type: 'bars', rows: openStages.map((stage) => stageBar(stage, translator)) },
    paragraph(summaryText(result, translator)),
    ...notes.map((note) => paragraph([{ text: note, tone: 'muted' }])),
  ];
}

export default defineMetric<FunnelResult>({
  metric: 'funnel',
  title: TITLE,
  definition: {
    en: 'Deals and amounts by the stage they are in on the as-of day; currencies are kept apart.',
    zh: '按基准日所处阶段统计的单数与金额；不同币种分开列示，不相加。',
  },
  formula: { en: 'deals, and Σ amount by currency, by present stage', zh: '按当前阶段统计的单数与各币种金额合计' },
  place: 'glance',
  needsStages: true,
  compute,
  blocks,
  figures: FIELD_FIGURES,
});
