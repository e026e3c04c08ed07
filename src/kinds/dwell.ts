import { z } from 'zod';
import type { Dataset } from '../dataset/dataset.ts';
import { openAgeDays, type StageVisits, visitsByStage } from '../dataset/journeys/stage-ages.ts';
import { kaplanMeier, survivalAt, survivalMedian, survivalQuantile } from '../stats/survival.ts';
import { defineKind, HOLDS, NOT_CHECKED, type Reference, UNKNOWN, VIOLATES } from './define.ts';
import { duration, stageName } from './option-types.ts';
import { blankOutcome, stageIndexOf } from './outcome.ts';

/** Below this many visits a stage has no typical dwell time, and its deals are not judged. */
const MINIMUM_VISITS = 10;

const options = z
  .strictObject({
    stage: z
      .union([z.literal('any'), stageName])
      .optional()
      .meta({
        description: 'One stage id, or `any` open stage (the default) / 某个阶段 id，或 `any` 任意在途阶段（默认）',
      }),
    times: z.number().positive().optional().meta({
      description:
        'Limit: this many times the usual stay in the stage (its Kaplan–Meier median) / 上限为该阶段常态停留（Kaplan–Meier 中位数）的几倍',
    }),
    over: z
      .union([z.literal('max_dwell'), duration])
      .optional()
      .meta({
        description:
          'Limit: a duration such as 14d, or `max_dwell` for that of the stage list / 上限时长，如 14d；或 `max_dwell`，取阶段列表里的设定',
      }),
    quantile: z.number().gt(0).lt(1).optional().meta({
      description:
        'Limit: the time within which this share of stays has ended, such as 0.9 / 上限为该比例的停留已结束的时长，如 0.9',
    }),
  })
  .refine(
    ({ times, over, quantile }) => [times, over, quantile].filter((value) => value !== undefined).length === 1,
    'expected one of times, over, quantile',
  )
  .transform((value) => ({
    stage: value.stage ?? 'any',
    times: value.times ?? null,
    over: value.over ?? null,
    quantile: value.quantile ?? null,
  }));
type Options = z.output<typeof options>;

/** Longest sound age in a stage, with the share of past visits that took longer; null where it cannot be told. */
interface Limit {
  readonly days: number;
  readonly typicalDays: number | null;
  readonly baseRate: number | null;
}

function limitOf(
  dataset: Dataset,
  visits: readonly StageVisits[],
  index: number,
  { times, over, quantile }: Options,
): Limit | null {
  if (over !== null) {
    const days = over === 'max_dwell' ? (dataset.stages[index]?.maxDwellDays ?? null) : over;
    return days === null ? null : { days, typicalDays: null, baseRate: null };
  }
  const { days, ended } = visits[index] as StageVisits;
  if (days.length < MINIMUM_VISITS) return null;
  const curve = kaplanMeier(days, ended);
  const typicalDays = survivalMedian(curve).median;
  const limit = quantile === null ? typicalDays : survivalQuantile(curve, quantile);
  if (limit === null) return null;
  const limitDays = limit * (times ?? 1);
  return { days: limitDays, typicalDays, baseRate: survivalAt(curve, limitDays) };
}

export default defineKind({
  kind: 'dwell',
  title: { en: 'Time in stage', zh: '阶段停留时长' },
  why: {
    en: 'A deal that stays much longer than deals usually do seldom closes as planned.',
    zh: '停留明显超过常态的商机，很少能按计划成交。',
  },
  fix: {
    en: 'Agree the next step with the customer, or move the deal to where it really is.',
    zh: '与客户约定下一步，或把商机调整到真实所处的阶段。',
  },
  options,
  messages: {
    overTypical: {
      en: 'in {stage} for {age}; usual {typical}, limit {limit} ({base} of past stays took longer)',
      zh: '在「{stage}」已停留 {age}；常态 {typical}，上限 {limit}（以往 {base} 的停留超过上限）',
    },
    over: { en: 'in {stage} for {age}, over {limit}', zh: '在「{stage}」已停留 {age}，超过 {limit}' },
  },
  example: {
    rule: 'dwell: {stage: any, over: 30d}',
    bad: 'id,stage,stage_entered\n1,Lead,2026-01-01\n',
    good: 'id,stage,stage_entered\n1,Lead,2026-05-20\n2,Won,2025-01-01\n3,Lead,\n',
  },
  references: ({ stage, over }): Reference[] => [
    { type: 'field', name: 'stage', path: [] },
    ...(stage === 'any' ? [] : [{ type: 'stage', name: stage, path: ['stage'] } as const]),
    ...(over === null ? [{ type: 'history' } as const] : []),
  ],
  check({ options: value, dataset, selected, violation }) {
    if (dataset.journeys === null && !dataset.columns.has('stage_entered')) {
      return {
        type: 'not-run',
        reason: {
          en: 'needs the change log (--history) or a column “in stage since”',
          zh: '需要阶段变更记录（--history）或“进入当前阶段时间”列',
        },
      };
    }
    const wanted = value.stage === 'any' ? null : stageIndexOf(dataset, value.stage);
    const visits = visitsByStage(dataset);
    const limits = dataset.stages.map((stage, index) =>
      stage.kind === 'open' && (wanted === null || wanted === index)
        ? limitOf(dataset, visits, index, value)
        : undefined,
    );
    const ages = openAgeDays(dataset);
    const outcome = blankOutcome(dataset);
    const judge = (row: number): number => {
      const limit = limits[dataset.stage[row] as number];
      if (limit === undefined) return NOT_CHECKED;
      const age = ages[row] as number;
      if (limit === null || Number.isNaN(age)) return UNKNOWN;
      return age > limit.days ? VIOLATES : HOLDS;
    };
    for (let row = 0; row < dataset.rowCount; row++) if (selected[row] === 1) outcome[row] = judge(row);
    return {
      type: 'rows',
      outcome,
      describe: (row) => {
        const index = dataset.stage[row] as number;
        const limit = limits[index] as Limit;
        const stage = { stage: dataset.stages[index]?.id ?? '' };
        const age = { days: Math.floor(ages[row] as number) };
        if (limit.typicalDays === null) {
          return [violation('over', { stage, age, limit: { days: limit.days } }, 'stage')];
        }
        const typical = { days: limit.typicalDays };
        const base = limit.baseRate === null ? null : { rate: limit.baseRate };
        return [violation('overTypical', { stage, age, typical, limit: { days: limit.days }, base }, 'stage')];
      },
    };
  },
});
