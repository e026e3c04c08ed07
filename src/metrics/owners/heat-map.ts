import type { Dataset, Journeys } from '../../dataset/dataset.ts';
import { DAY_MILLIS, isoOf } from '../../dataset/values/calendar.ts';
import { periodStart, shiftPeriods } from '../../dataset/values/periods.ts';
import type { Text } from '../../i18n/text.ts';
import type { Period } from '../../ruleset/expression/expression.ts';
import { type Breakdown, breakdownsOf } from '../breakdown.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { heatMapBlocks } from './heat-map-blocks.ts';
import { cellsOf, type HeatCell, NOT_LISTED, type StageCells, type StageHeat, stageHeats } from './heat-map-cells.ts';
import { compareLosses } from './heat-map-loss.ts';

export interface HeatColumn {
  /** A value of the field, or the first day of a period (ISO). */
  readonly value: string;
  /** Deals with the value; of a period, those that entered a stage in it. */
  readonly deals: number;
  /** One for each of the stages. */
  readonly cells: readonly HeatCell[];
}

export interface HeatSheet {
  /** Field that the deals are broken down by; null for the period in which they entered the stage. */
  readonly field: string | null;
  /** Of a field: the values with the most deals first; of periods: the oldest first. */
  readonly columns: readonly HeatColumn[];
  /** Values beyond those listed, or earlier periods. */
  readonly omitted: number;
  /** Cells that were held against the other deals of their stage. */
  readonly tests: number;
}

export interface HeatMapResult {
  /** Open stages, in funnel order. */
  readonly stages: readonly string[];
  /** All deals together, one for each of the stages. */
  readonly all: readonly HeatCell[];
  readonly sheets: readonly HeatSheet[];
  readonly period: Period;
}

const MOST_VALUES = 100;
const MOST_PERIODS = 12;
const NO_HISTORY: Text = { en: 'needs the change log (--history)', zh: '需要阶段变更记录（--history）' };

/** The cells of all stages, each held against the other deals of its stage. */
function compared(stages: readonly StageCells[]): { cells: readonly (readonly HeatCell[])[]; tests: number } {
  const { rows, tests } = compareLosses(
    stages.map(({ cells }) => cells.map((cell) => cell.lossWithin)),
    stages.map(({ total }) => total),
  );
  const cells = stages.map((each, stage) =>
    each.cells.map((cell, slot) => ({ ...cell, lossWithin: rows[stage]![slot]! })),
  );
  return { cells, tests };
}

function fieldSheet(heats: readonly StageHeat[], breakdown: Breakdown, details: boolean): HeatSheet {
  const { field, values, groupOf } = breakdown;
  const deals = new Int32Array(values.length);
  for (let row = 0; row < groupOf.length; row += 1) if (groupOf[row]! >= 0) deals[groupOf[row]!]! += 1;
  const order = Array.from(values.keys());
  order.sort((a, b) => deals[b]! - deals[a]! || (values[a]! < values[b]! ? -1 : 1));
  const listed = order.slice(0, MOST_VALUES);
  const slotOfGroup = new Int32Array(values.length).fill(NOT_LISTED);
  for (const [slot, group] of listed.entries()) slotOfGroup[group] = slot;
  const slotOf = new Int16Array(groupOf.length);
  for (let row = 0; row < slotOf.length; row += 1) slotOf[row] = groupOf[row]! < 0 ? -1 : slotOfGroup[groupOf[row]!]!;
  const { cells, tests } = compared(heats.map((heat) => cellsOf(heat, slotOf, listed.length, details)));
  return {
    field,
    columns: listed.map((group, slot) => ({
      value: values[group]!,
      deals: deals[group]!,
      cells: cells.map((ofStage) => ofStage[slot]!),
    })),
    omitted: order.length - listed.length,
    tests,
  };
}

/** The period in which each deal first entered a stage, as its place among those shown. */
function periodsOf({ cohort, enteredAt }: StageHeat, rowCount: number, placeOf: (millis: number) => number) {
  const places = new Int16Array(rowCount).fill(-1);
  for (let member = 0; member < cohort.deal.length; member += 1) {
    const place = placeOf(enteredAt[member]!);
    places[cohort.deal[member]!] = place < 0 ? NOT_LISTED : place;
  }
  return places;
}

function periodSheet({ dataset, period, details }: MetricContext, heats: readonly StageHeat[]): HeatSheet {
  const last = periodStart(dataset.asOfDay, period);
  const starts = Array.from({ length: MOST_PERIODS }, (_, index) =>
    shiftPeriods(last, period, index - (MOST_PERIODS - 1)),
  );
  const placeOfDay = new Map<number, number>();
  const placeOf = (millis: number): number => {
    const day = Math.floor(millis / DAY_MILLIS);
    const known = placeOfDay.get(day) ?? starts.indexOf(periodStart(day, period));
    placeOfDay.set(day, known);
    return known;
  };
  const { cells, tests } = compared(
    heats.map((heat) => cellsOf(heat, periodsOf(heat, dataset.rowCount, placeOf), starts.length, details)),
  );
  const columns = starts.map((start, place) => {
    const own = cells.map((ofStage) => ofStage[place]!);
    return { value: isoOf(start), deals: own.reduce((sum, { loss }) => sum + loss.of, 0), cells: own };
  });
  const isUsed = ({ deals }: HeatColumn): boolean => deals > 0;
  const used = columns.slice(0, columns.findLastIndex(isUsed) + 1).slice(Math.max(0, columns.findIndex(isUsed)));
  return { field: null, columns: used, omitted: 0, tests };
}

function compute(context: MetricContext): HeatMapResult | null {
  const { dataset, period } = context;
  const { journeys } = dataset;
  return journeys === null ? null : mapOf(context, dataset, journeys, period);
}

function mapOf(context: MetricContext, dataset: Dataset, journeys: Journeys, period: Period): HeatMapResult {
  const heats = stageHeats(dataset, journeys, context.windowDays);
  const everyone = new Int16Array(dataset.rowCount);
  return {
    stages: dataset.stages.filter(({ kind }) => kind === 'open').map(({ id }) => id),
    all: heats.map((heat) => cellsOf(heat, everyone, 1, context.details).cells[0]!),
    sheets: [
      ...breakdownsOf(context).map((breakdown) => fieldSheet(heats, breakdown, context.details)),
      periodSheet(context, heats),
    ],
    period,
  };
}

export default defineMetric<HeatMapResult>({
  metric: 'heatMap',
  title: { en: 'Heat map of loss and time in stage', zh: '流失与停留热力图' },
  definition: {
    en: 'By stage and owner, segment or period of entry: the share of the deals lost from the stage within its window, of those that have had the time (estimated where these are fewer than ten), and the median stay in it. Each cell is held against the other deals of its stage; cells with fewer than five deals stay blank.',
    zh: '按阶段与负责人、细分或进入时段：在观察期内于该阶段流失的比例（只算入场已满观察期的单，不足 10 单时改为估算），以及停留天数的中位数。每格与该阶段的其余单比较；不足 5 单的格留空。',
  },
  formula: {
    en: 'lost from the stage within its window ÷ entered at least the window ago',
    zh: '观察期内在该阶段流失 ÷ 入场已满观察期的单',
  },
  place: 'further',
  needsStages: true,
  missing: ({ dataset }) => (dataset.journeys === null ? NO_HISTORY : null),
  compute,
  blocks: heatMapBlocks,
});
