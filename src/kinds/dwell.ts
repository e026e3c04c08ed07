import type { Dataset } from '../dataset/dataset.ts';
import { openAgeDays } from '../dataset/journeys/stage-ages.ts';
import type { Text } from '../i18n/text.ts';
import { defineKind, HOLDS, NOT_CHECKED, type Reference, UNKNOWN, VIOLATES } from './define.ts';
import { dwellLimits, hasDwellBenchmark, type Limit } from './dwell-limits.ts';
import { duration, stageName, type Zod } from './option-types.ts';
import { blankOutcome, stageIndexOf } from './outcome.ts';

const BASES = ['typical', 'stage-mean', 'stage-median', 'cycle-mean'] as const;

const options = (z: Zod) =>
  z
    .strictObject({
      stage: z
        .union([z.literal('any'), stageName(z)])
        .optional()
        .meta({
          description: 'One stage id, or `any` open stage (the default) / 某个阶段 id，或 `any` 任意在途阶段（默认）',
        }),
      times: z.number().positive().optional().meta({
        description:
          'Limit: this many times the usual stay in the stage, see basis / 上限为该阶段常态停留的几倍，见 basis',
      }),
      basis: z.enum(BASES).optional().meta({
        description:
          'With times: what is usual. `typical` (the default) is the Kaplan–Meier median, open stays included; `stage-mean` and `stage-median` are of ended stays; `cycle-mean` is the mean cycle of won deals / 与 times 同用，以什么为常态：`typical`（默认）为 Kaplan–Meier 中位数，含未结束的停留；`stage-mean`、`stage-median` 只看已结束的停留；`cycle-mean` 为赢单平均周期',
      }),
      over: z
        .union([z.literal('max_dwell'), duration(z)])
        .optional()
        .meta({
          description:
            'Limit: a duration such as 14d, or `max_dwell` for that of the stage list / 上限时长，如 14d；或 `max_dwell`，取阶段列表里的设定',
        }),
      quantile: z.number().gt(0).lt(1).optional().meta({
        description:
          'Limit: the time within which this share of stays has ended, such as 0.9 / 上限为该比例的停留已结束的时长，如 0.9',
      }),
      benchmark: z.number().positive().optional().meta({
        description:
          'Limit: this many times the dwell that `benchmarks` of the rules file gives for the stage, such as 1.3 / 上限为规则文件 `benchmarks` 中该阶段停留基准的几倍，如 1.3',
      }),
    })
    .refine(
      ({ times, over, quantile, benchmark }) =>
        [times, over, quantile, benchmark].filter((value) => value !== undefined).length === 1,
      'expected one of times, over, quantile, benchmark / 应写 times、over、quantile、benchmark 之一',
    )
    .refine(({ times, basis }) => basis === undefined || times !== undefined, 'basis goes with times')
    .transform((value) => ({
      stage: value.stage ?? 'any',
      times: value.times ?? null,
      basis: value.basis ?? 'typical',
      over: value.over ?? null,
      quantile: value.quantile ?? null,
      benchmark: value.benchmark ?? null,
    }));

/** With a line to copy into the rules file, for the stage that is judged or the first open one. */
function noBenchmark({ stages }: Dataset, wanted: number | null): Text {
  const open = stages.find(({ kind }) => kind === 'open');
  const stage = (wanted === null ? open : stages[wanted])?.id ?? 'proposal';
  const line = `benchmarks: {dwell: {${stage}: 12d}}`;
  return {
    en: `no stage has a dwell under benchmarks in the rules file; write ${line}`,
    zh: `规则文件的 benchmarks 里没有各阶段的停留基准，请写上：${line}`,
  };
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
    overBenchmark: {
      en: 'in {stage} for {age}; benchmark {typical}, limit {limit}',
      zh: '在「{stage}」已停留 {age}；基准 {typical}，上限 {limit}',
    },
    over: { en: 'in {stage} for {age}, over {limit}', zh: '在「{stage}」已停留 {age}，超过 {limit}' },
  },
  example: {
    rule: 'dwell: {stage: any, over: 30d}',
    bad: 'id,stage,stage_entered\n1,Lead,2026-01-01\n',
    good: 'id,stage,stage_entered\n1,Lead,2026-05-20\n2,Won,2025-01-01\n3,Lead,\n',
  },
  references: ({ stage, over, benchmark }): Reference[] => [
    { type: 'field', name: 'stage', path: [] },
    ...(stage === 'any' ? [] : [{ type: 'stage', name: stage, path: ['stage'] } as const]),
    ...(over === null && benchmark === null ? [{ type: 'history' } as const] : []),
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
    if (value.benchmark !== null && !hasDwellBenchmark(dataset)) {
      return { type: 'not-run', reason: noBenchmark(dataset, wanted) };
    }
    const limits = dwellLimits(dataset, value, wanted);
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
    // Against a fixed limit or a benchmark no past stays are held.
    const isUsual = limits.some((limit) => typeof limit?.expectedShare === 'number');
    const shares = Float64Array.from(limits, (limit) => limit?.expectedShare ?? Number.NaN);
    return {
      type: 'rows',
      outcome,
      ...(isUsual ? { expected: Float64Array.from(dataset.stage, (stage) => shares[stage] ?? Number.NaN) } : {}),
      describe: (row) => {
        const index = dataset.stage[row] as number;
        const limit = limits[index] as Limit;
        const stage = { stage: dataset.stages[index]?.id ?? '' };
        const age = { days: Math.floor(ages[row] as number) };
        if (limit.typicalDays === null) {
          return [violation('over', { stage, age, limit: { days: limit.days } }, 'stage')];
        }
        const typical = { days: limit.typicalDays };
        if (value.benchmark !== null) {
          return [violation('overBenchmark', { stage, age, typical, limit: { days: limit.days } }, 'stage')];
        }
        const base = limit.baseRate === null ? null : { rate: limit.baseRate };
        return [violation('overTypical', { stage, age, typical, limit: { days: limit.days }, base }, 'stage')];
      },
    };
  },
});
