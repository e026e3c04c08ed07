import { isoOf } from '../../dataset/values/calendar.ts';
import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, type Inline, paragraph, span, type TableBlock } from '../../report/document.ts';
import type { Period } from '../../ruleset/expression/expression.ts';
import { type DealsBehind, dealsBehind } from '../deals-behind.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { lackOfTime } from '../dwell/log-time.ts';
import { figureColumn, wordColumn } from '../table-columns.ts';
import { type EntryListener, type FlowCounts, flowOf, flowPeriods, tallyFlow } from './flow-counts.ts';

/** `dealKeys` are the deals that entered. */
type PeriodFlow = FlowCounts & DealsBehind;

export interface FlowResult {
  readonly basis: 'history';
  readonly period: Period;
  /** Oldest first; the last one is running and not complete. */
  readonly periods: readonly { readonly from: string; readonly until: string; readonly isComplete: boolean }[];
  /** Into the funnel and out of it, one a period. */
  readonly funnel: readonly PeriodFlow[];
  /** By open stage, in funnel order, one a period. */
  readonly stages: readonly { readonly stage: string; readonly periods: readonly PeriodFlow[] }[];
}

const NO_HISTORY: Text = say('needs the change log (--history)', '需要阶段变更记录（--history）');

function compute({ dataset, period, details }: MetricContext): FlowResult | null {
  const { journeys, asOfDay, stages } = dataset;
  if (journeys === null) return null;
  const periods = flowPeriods(journeys, asOfDay, period);
  const periodCount = periods.bounds.length - 1;
  const rowsOf = new Map<number, Set<number>>();
  const keep: EntryListener = (group, number, deal) => {
    const place = group * periodCount + number;
    const rows = rowsOf.get(place) ?? new Set();
    rowsOf.set(place, rows.add(deal));
  };
  const tallies = tallyFlow(dataset, journeys, periods, details ? keep : null);
  const flows = (group: number): PeriodFlow[] =>
    flowOf(tallies, group).map((counts, number) => ({
      ...counts,
      ...dealsBehind(dataset, details, () => rowsOf.get(group * periodCount + number) ?? []),
    }));
  const openStages = stages.filter(({ kind }) => kind === 'open');
  return {
    basis: 'history',
    period,
    periods: Array.from({ length: periodCount }, (_, number) => ({
      from: isoOf(periods.bounds[number]!),
      until: isoOf(periods.bounds[number + 1]! - 1),
      isComplete: number + 1 < periodCount,
    })),
    funnel: flows(openStages.length),
    stages: openStages.map(({ id }, group) => ({ stage: id, periods: flows(group) })),
  };
}

const TITLE: Text = say('Flow through the stages', '阶段流量');
const PERIOD = say('From', '起始日');
const STAGE = say('Stage', '阶段');
const ENTERED = say('Entered', '进入');
const FORWARD = say('Moved on', '推进');
const BACK = say('Moved back', '回退');
const WON = say('Won', '赢单');
const LOST = say('Lost', '输单');
const DORMANT = say('Laid aside', '搁置');
const NET = say('Net', '净增');
const WORK = say('In progress at the end', '期末在途');
const RUNNING = say('{from} (running)', '{from}（进行中）');
const FUNNEL = say('Deals that entered the funnel and left it, by period', '各期进入和离开漏斗的单');
const LATEST = say('By stage, from {from} to {until}', '各阶段，{from} 至 {until}');
const NO_RATIO = say(
  'These are counts of different deals: those that leave a stage in a period are not those that entered it then, so no rate is made of them.',
  '同一期内离开某阶段的单与进入该阶段的单不是同一批，因此不用二者相除得出比率。',
);

/** Whether the stage list lets deals rest, and any did: else a column of zeros would take the room of another. */
function isLaidAside(funnel: readonly FlowCounts[]): boolean {
  return funnel.some(({ dormant }) => dormant > 0);
}

function signed(net: number, translator: Translator): string {
  if (net < 0) return `−${translator.number(-net)}`;
  return net > 0 ? `+${translator.number(net)}` : translator.number(net);
}

function funnelTable({ periods, funnel }: FlowResult, translator: Translator): TableBlock {
  return {
    type: 'table',
    caption: translator.text(FUNNEL),
    columns: [
      wordColumn(PERIOD, 0, translator),
      figureColumn(ENTERED, 0, translator),
      figureColumn(WON, 1, translator),
      figureColumn(LOST, 1, translator),
      ...(isLaidAside(funnel) ? [figureColumn(DORMANT, 3, translator)] : []),
      figureColumn(NET, 0, translator),
      figureColumn(WORK, 0, translator),
    ],
    rows: periods.map(({ from, isComplete }, number): Inline[] => {
      const flow = funnel[number]!;
      return [
        isComplete ? translator.date(from) : translator.text(RUNNING, { from: { date: from } }),
        translator.number(flow.entries),
        translator.number(flow.won),
        translator.number(flow.lost),
        ...(isLaidAside(funnel) ? [translator.number(flow.dormant)] : []),
        signed(flow.net, translator),
        translator.number(flow.workInProgress),
      ];
    }),
  };
}

function stageTable({ periods, stages, funnel }: FlowResult, translator: Translator): TableBlock {
  const latest = Math.max(0, periods.length - 2);
  const { from, until } = periods[latest]!;
  return {
    type: 'table',
    caption: translator.text(LATEST, { from: { date: from }, until: { date: until } }),
    columns: [
      wordColumn(STAGE, 0, translator),
      figureColumn(ENTERED, 0, translator),
      figureColumn(FORWARD, 1, translator),
      figureColumn(BACK, 2, translator),
      figureColumn(WON, 2, translator),
      figureColumn(LOST, 1, translator),
      ...(isLaidAside(funnel) ? [figureColumn(DORMANT, 3, translator)] : []),
      figureColumn(NET, 0, translator),
      figureColumn(WORK, 0, translator),
    ],
    rows: stages.map(({ stage, periods: flows }): Inline[] => {
      const flow = flows[latest]!;
      return [
        translator.stage(stage),
        translator.number(flow.entries),
        translator.number(flow.forward + flow.skipForward),
        translator.number(flow.backward),
        translator.number(flow.won),
        translator.number(flow.lost),
        ...(isLaidAside(funnel) ? [translator.number(flow.dormant)] : []),
        signed(flow.net, translator),
        translator.number(flow.workInProgress),
      ];
    }),
  };
}

function blocks(result: FlowResult, translator: Translator): Block[] {
  return [
    heading(2, translator.text(TITLE)),
    funnelTable(result, translator),
    stageTable(result, translator),
    paragraph([span(translator.text(NO_RATIO), 'muted')]),
  ];
}

export default defineMetric<FlowResult>({
  metric: 'flow',
  title: TITLE,
  definition: say(
    'How many deals came into each stage and left it in each period, by how they left, and how many were in it at the end.',
    '各期进入、离开每个阶段的单数（按离开方式区分），以及期末仍在该阶段的单数。',
  ),
  formula: say(
    'net = entries − exits; in progress = in progress before + net',
    '净增 = 进入 − 离开；期末在途 = 期初在途 + 净增',
  ),
  place: 'further',
  needsStages: true,
  missing: ({ dataset: { journeys } }) =>
    journeys === null || journeys.stage.length === 0 ? NO_HISTORY : lackOfTime(journeys),
  compute,
  blocks,
});
