import type { Dataset, Journeys } from '../../dataset/dataset.ts';
import { currentState, daysBetween, OUTCOME } from '../../dataset/journeys/visits.ts';
import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, paragraph, span, type TableBlock } from '../../report/document.ts';
import { median } from '../../stats/quantile.ts';
import { type DealsBehind, dealsBehind } from '../deals-behind.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { lackOfTime } from '../dwell/log-time.ts';
import { isFromFirstExport } from '../first-export.ts';
import { type Rate, rateOf, shareOf } from '../rate.ts';
import { figureColumn, wordColumn } from '../table-columns.ts';
import { type PathTree, pathOf, pathTree } from './path-variants-trie.ts';

export interface PathVariant extends DealsBehind {
  /** Stages in order, without the closing; empty for deals that were closed from the start. */
  readonly stages: readonly string[];
  readonly deals: number;
  /** Of all deals with a history. */
  readonly share: Rate;
  /** With all paths that are more frequent. */
  readonly cumulative: Rate;
  readonly won: number;
  readonly lost: number;
  readonly open: number;
  /** Won of won and lost. */
  readonly winRate: Rate;
  /** Days from the first change to the closing, of the deals now won or lost. */
  readonly medianCycleDays: number | null;
}

export interface PathVariantsResult {
  readonly basis: 'history';
  readonly deals: number;
  readonly dealsWithoutHistory: number;
  /** Distinct paths. */
  readonly variants: number;
  /** The most frequent ones. */
  readonly top: readonly PathVariant[];
  readonly rest: { readonly variants: number; readonly deals: Rate };
}

const TOP = 20;
const SHOWN = 10;
const NO_HISTORY: Text = say('needs the change log (--history)', '需要阶段变更记录（--history）');

/** Nodes with deals, the most frequent first, then by the order of the stages of their paths. */
function rankedNodes(tree: PathTree, dealsOfNode: Int32Array): number[] {
  const nodes = Array.from(dealsOfNode.keys()).filter((node) => dealsOfNode[node]! > 0);
  const counts = Float64Array.from(nodes, (node) => dealsOfNode[node]!).sort();
  const least = counts[Math.max(0, counts.length - TOP)] ?? 0;
  // Only paths that may be shown are spelled out: there can be as many as there are deals.
  const candidates = nodes.filter((node) => dealsOfNode[node]! >= least);
  const above = candidates.filter((node) => dealsOfNode[node]! > least);
  const paths = new Map<number, number[]>();
  const spelled = (node: number): number[] => {
    const known = paths.get(node) ?? pathOf(tree, node);
    paths.set(node, known);
    return known;
  };
  const byPath = (a: number, b: number): number => compareNumbers(spelled(a), spelled(b));
  const level = candidates.filter((node) => dealsOfNode[node] === least).sort(byPath);
  above.sort((a, b) => dealsOfNode[b]! - dealsOfNode[a]! || byPath(a, b));
  return [...above, ...level].slice(0, TOP);
}

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) if (a[at] !== b[at]) return a[at]! - b[at]!;
  return a.length - b.length;
}

/** The deals of the nodes that are shown, node after node. */
function dealsOfNodes(tree: PathTree, nodes: readonly number[]): number[][] {
  const rankOfNode = new Map(nodes.map((node, rank) => [node, rank]));
  const deals: number[][] = nodes.map(() => []);
  for (let deal = 0; deal < tree.nodeOfDeal.length; deal += 1) {
    const rank = rankOfNode.get(tree.nodeOfDeal[deal]!);
    if (rank !== undefined) deals[rank]!.push(deal);
  }
  return deals;
}

function cycleDays(dataset: Dataset, journeys: Journeys, deals: readonly number[]): number[] {
  return deals.flatMap((deal) => {
    const last = journeys.offsets[deal + 1]! - 1;
    const kind = dataset.stages[journeys.stage[last]!]?.kind;
    if (kind !== 'won' && kind !== 'lost') return [];
    if (isFromFirstExport(dataset, journeys.offsets[deal]!, deal)) return [];
    return [daysBetween(journeys.start[journeys.offsets[deal]!]!, journeys.start[last]!, journeys.hasTime)];
  });
}

function compute({ dataset, details }: MetricContext): PathVariantsResult | null {
  const { journeys, stages } = dataset;
  if (journeys === null) return null;
  const { outcome, dealsWithoutHistory } = currentState(dataset);
  const tree = pathTree(dataset, journeys);
  const dealsOfNode = new Int32Array(tree.parent.length);
  for (const node of tree.nodeOfDeal) if (node >= 0) dealsOfNode[node]! += 1;
  const variants = dealsOfNode.reduce((total, deals) => total + Number(deals > 0), 0);
  const total = dataset.rowCount - dealsWithoutHistory;
  const nodes = rankedNodes(tree, dealsOfNode);
  let covered = 0;
  const top = dealsOfNodes(tree, nodes).map((deals, rank): PathVariant => {
    covered += deals.length;
    const won = deals.filter((deal) => outcome[deal] === OUTCOME.won).length;
    const lost = deals.filter((deal) => outcome[deal] === OUTCOME.lost).length;
    return {
      stages: pathOf(tree, nodes[rank]!).map((stage) => stages[stage]!.id),
      deals: deals.length,
      share: rateOf(deals.length, total),
      cumulative: rateOf(covered, total),
      won,
      lost,
      open: deals.length - won - lost,
      winRate: rateOf(won, won + lost),
      medianCycleDays: median(cycleDays(dataset, journeys, deals)),
      ...dealsBehind(dataset, details, () => deals),
    };
  });
  const rest = { variants: variants - top.length, deals: rateOf(total - covered, total) };
  return { basis: 'history', deals: total, dealsWithoutHistory, variants, top, rest };
}

const TITLE: Text = say('Paths through the stages', '阶段路径');
const PATH = say('Path', '路径');
const SHARE = say('Deals', '单数');
const CUMULATIVE = say('With those above', '累计占比');
const WIN = say('Won of closed', '已关闭的单中赢单');
const OPEN = say('Open', '在途');
const CYCLE = say('Median days to close', '关闭天数中位数');
const STARTED_CLOSED = say('(closed from the start)', '（一开始即为关闭）');
const TOTAL = say(
  '{variants} different paths of {deals} deals; the {shown} most frequent stand here.',
  '{deals} 单共有 {variants} 条不同路径；此处列出最常见的 {shown} 条。',
);
const WITHOUT = say('Left out, without a history: {count}.', '没有阶段历史，未计入：{count} 单。');
const CAVEAT = say(
  'A path ends where the deal ended or stands now, so short paths hold the deals lost early: compare paths of one length.',
  '路径止于关闭处或当前阶段，短路径里自然多是早期输掉的单；请在长度相同的路径之间比较。',
);

function variantTable(top: readonly PathVariant[], translator: Translator): TableBlock {
  return {
    type: 'table',
    columns: [
      { ...wordColumn(PATH, 0, translator), wrapTo: 24 },
      figureColumn(SHARE, 0, translator),
      figureColumn(CUMULATIVE, 3, translator),
      figureColumn(WIN, 1, translator),
      figureColumn(OPEN, 3, translator),
      figureColumn(CYCLE, 2, translator),
    ],
    rows: top.map((variant) => [
      variant.stages.map((stage) => translator.stage(stage)).join(' → ') || translator.text(STARTED_CLOSED),
      shareOf(variant.share, translator),
      translator.percent(variant.cumulative.value),
      shareOf(variant.winRate, translator),
      translator.number(variant.open),
      translator.days(variant.medianCycleDays),
    ]),
  };
}

function blocks(result: PathVariantsResult, translator: Translator): Block[] {
  const top = result.top.slice(0, SHOWN);
  const without = result.dealsWithoutHistory;
  const counts = { variants: result.variants, deals: result.deals, shown: top.length };
  return [
    heading(2, translator.text(TITLE)),
    paragraph(translator.text(TOTAL, counts)),
    variantTable(top, translator),
    ...(without > 0 ? [paragraph([span(translator.text(WITHOUT, { count: without }), 'muted')])] : []),
    paragraph([span(translator.text(CAVEAT), 'muted')]),
  ];
}

export default defineMetric<PathVariantsResult>({
  metric: 'pathVariants',
  title: TITLE,
  definition: say(
    'The different sequences of stages that deals went through, how frequent each is, and what became of its deals.',
    '商机走过的不同阶段顺序、各自的占比，以及走这条路径的单的结果。',
  ),
  formula: say(
    'deals with the path ÷ deals with a history; won ÷ (won + lost)',
    '走该路径的单 ÷ 有历史的单；赢单 ÷（赢单 + 输单）',
  ),
  place: 'further',
  needsStages: true,
  missing: ({ dataset: { journeys } }) =>
    journeys === null || journeys.stage.length === 0 ? NO_HISTORY : lackOfTime(journeys),
  compute,
  blocks,
});
