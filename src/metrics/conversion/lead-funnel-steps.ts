import { numberAt } from '../../dataset/cells.ts';
import type { Dataset, LinkedTable } from '../../dataset/dataset.ts';
import { openStageIndexes } from '../../dataset/journeys/journeys.ts';
import { currentState, OUTCOME, summarizeJourneys } from '../../dataset/journeys/visits.ts';
import { type DealsBehind, dealsBehind } from '../deals-behind.ts';
import type { MetricContext } from '../define.ts';
import { type Rate, rateOf } from '../rate.ts';

/** Steps of the way from a lead to a won deal; stages of these ids. */
const STEP_IDS = ['lead', 'mql', 'sql', 'opportunity'] as const;
/** With either of these the stages tell leads from deals. */
const TELLING_IDS: readonly string[] = ['mql', 'sql'];

/** From one step to the next. `dealKeys` got to the next step. */
export interface LeadStep extends DealsBehind {
  readonly from: string;
  readonly to: string;
  /** Deals that reached `from` or went beyond. */
  readonly reached: number;
  /** Of those, at `from` and still open. */
  readonly pending: number;
  /** Reached `to`: pending deals count as not (yet) there, so a lower bound. Null without a history. */
  readonly toDate: Rate | null;
  /** Of those that got to `to` or were lost before it; biased while deals are pending. Null without a history. */
  readonly resolved: Rate | null;
  /** Lower and upper bound of the rate, as nobody knows how far lost deals got; null with a history. */
  readonly bounds: readonly [number, number] | null;
}

/** Open stages that are steps of the way, in funnel order: id and number of the open stage. */
function stepStages({ stages }: Dataset): readonly { readonly id: string; readonly openIndex: number }[] {
  const openIndex = openStageIndexes(stages);
  const steps = stages.flatMap(({ id, kind }, index) =>
    kind === 'open' && (STEP_IDS as readonly string[]).includes(id) ? [{ id, openIndex: openIndex[index]! }] : [],
  );
  return steps.some(({ id }) => TELLING_IDS.includes(id)) ? steps : [];
}

/** Whether the stages tell leads from deals. */
export function hasLeadStages(dataset: Dataset): boolean {
  return stepStages(dataset).length > 0;
}

/** How far each deal is known to have got: number of the open stage, all of them for won, -1 for nowhere. */
function reachOf(dataset: Dataset): Int16Array {
  const { stages, journeys, rowCount } = dataset;
  if (journeys !== null) return summarizeJourneys(journeys, stages).reach;
  const { stage, outcome } = currentState(dataset);
  const openIndex = openStageIndexes(stages);
  const openCount = stages.filter(({ kind }) => kind === 'open').length;
  const reach = new Int16Array(rowCount).fill(-1);
  for (let row = 0; row < rowCount; row += 1) {
    if (outcome[row] === OUTCOME.won) reach[row] = openCount;
    else if (stage[row]! >= 0) reach[row] = openIndex[stage[row]!]!;
  }
  return reach;
}

/** The steps by the deals that reached them; empty where the stages do not tell leads from deals. */
export function leadSteps({ dataset, details }: MetricContext): LeadStep[] {
  const reach = reachOf(dataset);
  const { outcome } = currentState(dataset);
  const openCount = dataset.stages.filter(({ kind }) => kind === 'open').length;
  const steps = [...stepStages(dataset), { id: 'won', openIndex: openCount }];
  const lost = outcome.reduce((total, each) => total + Number(each === OUTCOME.lost || each === OUTCOME.dormant), 0);
  return steps.slice(0, -1).map(({ id, openIndex }, index) => {
    const next = steps[index + 1]!;
    const { reached, advanced, pending } = countStep(reach, outcome, openIndex, next.openIndex);
    const isSnapshot = dataset.journeys === null;
    return {
      from: id,
      to: next.id,
      reached,
      pending,
      toDate: isSnapshot ? null : rateOf(advanced, reached),
      resolved: isSnapshot ? null : rateOf(advanced, reached - pending),
      bounds: isSnapshot ? boundsOf(advanced, reached, next.openIndex === openCount ? 0 : lost, lost) : null,
      ...dealsBehind(dataset, details, () => rowsFrom(reach, next.openIndex)),
    };
  });
}

/** Deals at a step or beyond, of those the ones at the next step or beyond, and the open ones in between. */
function countStep(reach: Int16Array, outcome: Uint8Array, from: number, to: number) {
  const counts = { reached: 0, advanced: 0, pending: 0 };
  for (let row = 0; row < reach.length; row += 1) {
    if (reach[row]! < from) continue;
    counts.reached += 1;
    if (reach[row]! >= to) counts.advanced += 1;
    else if (outcome[row] === OUTCOME.open) counts.pending += 1;
  }
  return counts;
}

/** Lost deals may all have been lost before the step, or after it; the last step, to won, none of them made. */
function boundsOf(
  advanced: number,
  reached: number,
  lostBeyond: number,
  lost: number,
): readonly [number, number] | null {
  if (reached + lost === 0) return null;
  return [advanced / (reached + lost), (advanced + lostBeyond) / (reached + lostBeyond || 1)];
}

function rowsFrom(reach: Int16Array, least: number): number[] {
  const rows: number[] = [];
  for (let row = 0; row < reach.length; row += 1) if (reach[row]! >= least) rows.push(row);
  return rows;
}

/** Leads that became deals, of all leads of their table. */
export interface ConvertedLeads {
  readonly leads: number;
  /** Of the leads that say whether they were converted. */
  readonly converted: Rate;
  readonly unknown: number;
}

export function hasConvertedLeads({ tables }: Dataset): boolean {
  return tables.get('leads')?.columns.has('converted') === true;
}

/** Null without a table of leads that says whether they were converted. */
export function convertedLeads({ tables }: Dataset): ConvertedLeads | null {
  const leads: LinkedTable | undefined = tables.get('leads');
  const column = leads?.columns.get('converted');
  if (leads === undefined || column === undefined) return null;
  let converted = 0;
  let known = 0;
  for (let row = 0; row < leads.sheet.rowCount; row += 1) {
    const flag = numberAt(column, row);
    if (Number.isNaN(flag)) continue;
    known += 1;
    converted += flag;
  }
  return { leads: leads.sheet.rowCount, converted: rateOf(converted, known), unknown: leads.sheet.rowCount - known };
}
