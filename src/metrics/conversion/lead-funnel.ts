import { currentState } from '../../dataset/journeys/visits.ts';
import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, type Inline, paragraph, span, type TableBlock } from '../../report/document.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { type Rate, rateOf, shareOf } from '../rate.ts';
import { figureColumn, wordColumn } from '../table-columns.ts';
import { countOutcomes } from '../win/win-rate-counts.ts';
import {
  type ConvertedLeads,
  convertedLeads,
  hasConvertedLeads,
  hasLeadStages,
  type LeadStep,
  leadSteps,
} from './lead-funnel-steps.ts';

export interface LeadFunnelResult {
  readonly basis: 'history' | 'snapshot';
  /** Steps by stage; empty where the stages do not tell leads from deals. */
  readonly steps: readonly LeadStep[];
  /** Null without a table of leads that says whether they were converted. */
  readonly leads: ConvertedLeads | null;
  /** Deals won of all won and lost: opportunity to won where leads have a table of their own; null otherwise. */
  readonly won: Rate | null;
}

const NO_LEADS: Text = say(
  'needs the stages lead, mql, sql and opportunity, or the table leads with converted (--table leads=file)',
  '需要 lead、mql、sql、opportunity 阶段，或含「是否转化」的线索表（--table leads=文件）',
);

function missing({ dataset }: MetricContext): Text | null {
  return hasLeadStages(dataset) || hasConvertedLeads(dataset) ? null : NO_LEADS;
}

function compute(context: MetricContext): LeadFunnelResult {
  const { dataset } = context;
  const steps = hasLeadStages(dataset) ? leadSteps(context) : [];
  const leads = convertedLeads(dataset);
  const { won, lost } = countOutcomes(currentState(dataset).outcome, null);
  return {
    basis: dataset.journeys === null ? 'snapshot' : 'history',
    steps,
    leads,
    won: leads !== null && steps.length === 0 ? rateOf(won, won + lost) : null,
  };
}

const TITLE: Text = say('From lead to won', '线索到赢单');
const STEP = say('Step', '步骤');
const REACHED = say('Reached the first', '到达前一步');
const TO_DATE = say('Got to the next, to date', '已到达后一步');
const RESOLVED = say('Of those decided', '仅看已有结果');
const PENDING = say('Still there', '仍停留');
const BETWEEN = say('between {low} and {high}', '介于 {low} 与 {high} 之间');
const TOO_FEW = say('too few deals', '单数太少');
const BOUNDS = say(
  'Without a change log nobody knows how far the lost deals had got: each share lies between two bounds.',
  '没有变更记录，无法知道输单曾走到哪一步：每个比例只能给出上下界。',
);
const CONVERTED = say('Leads that became deals: {share}', '转为商机的线索：{share}');
const UNKNOWN_LEADS = say('Leads that do not say so: {count}', '未注明是否转化的线索：{count}');
const OPPORTUNITY_WON = say('Deals won of those closed: {share}', '已结商机中赢单：{share}');
const YOUNG = say(
  'Leads that came lately have had no time to become deals and count as not converted.',
  '近期线索还来不及转化，按未转化计。',
);
/** Below this a bound would say more than is known. */
const PERCENT_FROM = 5;

function rateText({ toDate, bounds, reached }: LeadStep, translator: Translator): string {
  if (toDate !== null) return shareOf(toDate, translator);
  if (bounds === null || reached < PERCENT_FROM) return translator.text(TOO_FEW);
  return translator.text(BETWEEN, { low: { rate: bounds[0] }, high: { rate: bounds[1] } });
}

function stepTable(steps: readonly LeadStep[], translator: Translator): TableBlock {
  const isSnapshot = steps.every(({ resolved }) => resolved === null);
  return {
    type: 'table',
    columns: [
      wordColumn(STEP, 0, translator),
      figureColumn(REACHED, 2, translator),
      figureColumn(TO_DATE, 0, translator),
      ...(isSnapshot ? [] : [figureColumn(RESOLVED, 1, translator)]),
      figureColumn(PENDING, 2, translator),
    ],
    rows: steps.map((step) => [
      `${translator.stage(step.from)} → ${translator.stage(step.to)}`,
      translator.number(step.reached),
      rateText(step, translator),
      ...(isSnapshot ? [] : [step.resolved === null ? '' : shareOf(step.resolved, translator)]),
      translator.number(step.pending),
    ]),
    ...(isSnapshot ? { caption: translator.text(BOUNDS) } : {}),
  };
}

function blocks({ steps, leads, won }: LeadFunnelResult, translator: Translator): Block[] {
  const items: Inline[] = [];
  if (leads !== null) items.push(translator.text(CONVERTED, { share: shareOf(leads.converted, translator) }));
  if (leads !== null && leads.unknown > 0) items.push(translator.text(UNKNOWN_LEADS, { count: leads.unknown }));
  if (won !== null) items.push(translator.text(OPPORTUNITY_WON, { share: shareOf(won, translator) }));
  return [
    heading(2, translator.text(TITLE)),
    ...(steps.length > 0 ? [stepTable(steps, translator)] : []),
    ...(items.length > 0 ? [{ type: 'list', items } as const] : []),
    ...(leads === null ? [] : [paragraph([span(translator.text(YOUNG), 'muted')])]),
  ];
}

export default defineMetric<LeadFunnelResult>({
  metric: 'leadFunnel',
  title: TITLE,
  definition: say(
    'How many leads become qualified, become deals and are won, step by step, on the deals that reached each step.',
    '线索逐步变为合格线索、商机和赢单的比例，以到达各步骤的单为准。',
  ),
  formula: say(
    'reached the next step ÷ reached the step; converted leads ÷ leads',
    '到达后一步的单 ÷ 到达前一步的单；已转化线索 ÷ 线索',
  ),
  place: 'further',
  missing,
  compute,
  blocks,
});
