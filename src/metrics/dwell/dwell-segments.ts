import type { Journeys } from '../../dataset/dataset.ts';
import { say } from '../../i18n/text.ts';
import { benjaminiHochberg } from '../../stats/benjamini-hochberg.ts';
import { logRank } from '../../stats/log-rank.ts';
import { type Breakdown, breakdownsOf, hasBreakdown } from '../breakdown.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { dwellSegmentsBlocks } from './dwell-segments-blocks.ts';
import {
  type KeptSegments,
  keepSegments,
  MEDIAN_FROM_VISITS,
  type SegmentDwell,
  segmentDwell,
  splitVisits,
  testableGroups,
  timesOfEnds,
} from './dwell-segments-counts.ts';
import { type DwellUnit, dwellUnitOf, openStageIds } from './dwell-study.ts';
import { type StageVisits, visitsByLength } from './dwell-visits.ts';
import { lackOfTime } from './log-time.ts';

/** Log-rank test that the segments with five visits or more stay equally long. */
interface SegmentTest {
  readonly statistic: number;
  readonly degrees: number;
  readonly pValue: number;
}

export interface StageSegments {
  readonly stage: string;
  /** Those with the most visits in all stages first. */
  readonly segments: readonly SegmentDwell[];
  /** Null with fewer than two segments to compare. */
  readonly test: SegmentTest | null;
  /** Adjusted for the number of tests made (Benjamini–Hochberg). */
  readonly qValue: number | null;
  /** The segments differ by more than chance explains. */
  readonly isFlagged: boolean;
}

export interface DwellSegments extends DwellUnit {
  /** Tests made, over all fields and stages. */
  readonly tests: number;
  /** Flagged below this adjusted p. */
  readonly flaggedBelow: number;
  readonly fields: readonly {
    readonly field: string;
    readonly stages: readonly StageSegments[];
    /** Smaller segments that are left out. */
    readonly omitted: number;
    readonly visitsWithoutValue: number;
  }[];
}

const FLAGGED_BELOW = 0.1;

type Untested = Omit<StageSegments, 'qValue' | 'isFlagged'>;

/** The visits to a stage, and when they ended. */
interface StageTimes {
  readonly stage: string;
  readonly visits: StageVisits;
  readonly ends: Float64Array;
}

function compareStage({ stage, visits, ends }: StageTimes, kept: KeptSegments): Untested {
  const groups = splitVisits(visits, kept);
  const segments = kept.values.flatMap((value, segment) => {
    const group = groups[segment]!;
    return group.events.length === 0 ? [] : [segmentDwell(value, group)];
  });
  const compared = groups.filter(({ events }) => events.length >= MEDIAN_FROM_VISITS);
  const found = compared.length < 2 ? null : logRank(testableGroups(compared, ends));
  if (found === null) return { stage, segments, test: null };
  const { statistic, degrees, probability } = found;
  return { stage, segments, test: { statistic, degrees, pValue: probability } };
}

function compareField(breakdown: Breakdown, stageTimes: readonly StageTimes[]) {
  const kept = keepSegments(
    breakdown,
    stageTimes.map(({ visits }) => visits),
  );
  const stages = stageTimes.map((each) => compareStage(each, kept));
  return { field: breakdown.field, stages, omitted: kept.omitted, visitsWithoutValue: kept.visitsWithoutValue };
}

function compareAll(context: MetricContext, journeys: Journeys): DwellSegments {
  const { dataset } = context;
  const ids = openStageIds(dataset);
  const stageTimes = visitsByLength(dataset, journeys).map(
    (visits, openStage): StageTimes => ({ stage: ids[openStage]!, visits, ends: timesOfEnds(visits) }),
  );
  const fields = breakdownsOf(context).map((breakdown) => compareField(breakdown, stageTimes));
  const tests = fields.flatMap(({ stages }) => stages.flatMap(({ test }) => test ?? []));
  const adjusted = benjaminiHochberg(tests.map(({ pValue }) => pValue));
  const qOf = new Map(tests.map((test, index) => [test, adjusted[index]!]));
  const judged = (stage: Untested): StageSegments => {
    const qValue = stage.test === null ? null : qOf.get(stage.test)!;
    return { ...stage, qValue, isFlagged: qValue !== null && qValue < FLAGGED_BELOW };
  };
  return {
    ...dwellUnitOf(dataset),
    tests: tests.length,
    flaggedBelow: FLAGGED_BELOW,
    fields: fields.map((field) => ({ ...field, stages: field.stages.map(judged) })),
  };
}

export default defineMetric<DwellSegments>({
  metric: 'dwellSegments',
  title: say('Time in stage by segment', '分组停留时长'),
  definition: say(
    'Median stay in each stage of each owner, source, product or region (or the fields asked for), deals still there counted as “at least this long”. Segments are said to differ only where a log-rank test, adjusted for the number of tests, leaves chance less than one in ten.',
    '按负责人、来源、产品、区域（或指定字段）分组的各阶段停留中位数，仍在阶段中的按“至少这么久”计入。只有经多重检验校正的 log-rank 检验显示偶然概率低于 10% 时，才判定各组有差异。',
  ),
  formula: say(
    'Kaplan–Meier median by segment; log-rank p, Benjamini–Hochberg over all tests',
    '各组 Kaplan–Meier 中位数；log-rank p 值，对全部检验做 Benjamini–Hochberg 校正',
  ),
  place: 'breakdown',
  needsStages: true,
  missing: (context) => {
    if (context.dataset.journeys === null) {
      return say('needs the change log (--history)', '需要阶段变更记录（--history）');
    }
    if (!hasBreakdown(context)) return say('no column to break down by', '没有可供分组的列');
    return lackOfTime(context.dataset.journeys);
  },
  compute: (context) => (context.dataset.journeys === null ? null : compareAll(context, context.dataset.journeys)),
  blocks: dwellSegmentsBlocks,
});
