import type { Dataset } from '../../dataset/dataset.ts';
import { currentState, OUTCOME } from '../../dataset/journeys/visits.ts';
import type { Text } from '../../i18n/text.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { createdCohort, createdCohortRates } from '../win/win-rate-cohort.ts';
import { whatIfBlocks } from './what-if-blocks.ts';
import {
  averageWon,
  type HeadlineFigure,
  headlineOf,
  type StepCohort,
  stepCohort,
  stepHeadlines,
  type YearlyVolume,
  yearlyVolume,
} from './what-if-steps.ts';

type Amounts = Readonly<Record<string, number>>;

/** A change to one step alone: what it adds in a year. */
export interface StepGain {
  /** Rate of the step that is aimed at, 0–1; null where the rate of today is unknown. */
  readonly target: number | null;
  /** Further won deals a year; null where no year can be told. */
  readonly wonDeals: number | null;
  /** Further won amount a year, by currency. */
  readonly amounts: Amounts | null;
}

export interface WhatIfStep {
  /** Stage id. */
  readonly from: string;
  /** Stage id, null for won. */
  readonly to: string | null;
  /** The headline of the stage in the conversion of the same report; without a value with fewer than five deals. */
  readonly now: HeadlineFigure;
  /** Deals a year that come to the step; null where nobody can tell. */
  readonly yearlyDeals: number | null;
  /** Share of the deals behind the step that are won in the end, 0–1; null where nobody can tell. */
  readonly downstream: number | null;
  /** The relative improvement; worth the same at each step unless capped. */
  readonly uplifted: StepGain & { readonly capped: boolean };
  /** One percentage point more, which tells the steps apart. */
  readonly onePoint: StepGain;
  /** What the rules file gives as a benchmark of the stage; null where it gives none, or it is reached. */
  readonly benchmark: StepGain | null;
}

export interface WhatIfResult {
  /** Relative: 0.1 is a tenth more. */
  readonly uplift: number;
  readonly cohort: StepCohort;
  readonly steps: readonly WhatIfStep[];
  /** The headline of the win rate of the same report. */
  readonly winRate: HeadlineFigure;
  /** (1 + uplift)^steps − 1, of the steps with a rate: what improving all would add if no step were capped. */
  readonly arithmetic: number;
  /** All steps improved, capped at 100 %. */
  readonly all: { readonly winRate: number; readonly relative: number | null } & Omit<StepGain, 'target'>;
  readonly volume: YearlyVolume | null;
  /** Average of won deals, by currency, over the won deals with an amount. */
  readonly averageWon: { readonly deals: number; readonly amounts: Amounts };
  /** Step that is worth most: by the benchmarks where there are any, else by one percentage point; index, or null. */
  readonly best: { readonly step: number; readonly by: 'benchmark' | 'onePoint' } | null;
}

const NO_HISTORY: Text = { en: 'needs the change log (--history)', zh: '需要阶段变更记录（--history）' };
const LACKS = {
  won: { en: 'no won deal', zh: '没有赢单' },
  lost: { en: 'no lost deal', zh: '没有输单' },
  time: {
    en: 'no days from creation to Won to tell how long winning takes',
    zh: '创建与赢单日期看不出赢单要多久',
  },
  deals: { en: 'fewer than 5 deals with dates that fit', zh: '日期可用的单不足 5 单' },
  volume: { en: 'no deal created in the past year', zh: '近一年没有新建的单' },
} as const satisfies Record<string, Text>;
const ONE_POINT = 0.01;

interface Money {
  readonly volume: YearlyVolume | null;
  readonly average: WhatIfResult['averageWon'];
}

function gainOf(wonDeals: number | null, { average }: Money): Omit<StepGain, 'target'> {
  if (wonDeals === null) return { wonDeals, amounts: null };
  const amounts = Object.entries(average.amounts).map(([currency, each]) => [currency, each * wonDeals] as const);
  return { wonDeals, amounts: Object.fromEntries(amounts) };
}

/** yearly volume × (target − now) × downstream win rate × average won. */
function stepGain(target: number, now: number, weight: number | null, money: Money): StepGain {
  return { target, ...gainOf(weight === null ? null : weight * (target - now), money) };
}

function benchmarkOf({ ruleset }: Dataset, stage: string): number | null {
  const found = ruleset.benchmarks.find(
    (benchmark) => benchmark.figure === 'conversion' && benchmark.stage === stage && benchmark.unit === 'rate',
  );
  return found?.value ?? null;
}

interface Base {
  readonly winRate: number;
  readonly uplift: number;
  readonly money: Money;
}

const NO_GAIN: StepGain = { target: null, wonDeals: null, amounts: null };

/**
 * One step. The win rate is its rate times what is before and behind it, so the deals a year that come to it times what
 * is won behind it are the yearly volume × win rate ÷ rate.
 */
function stepOf(
  now: HeadlineFigure,
  given: number | null,
  reach: { readonly yearlyDeals: number | null; readonly downstream: number | null },
  { winRate, uplift, money }: Base,
): Omit<WhatIfStep, 'from' | 'to'> {
  const { value } = now;
  if (value === null || value === 0) {
    return { now, ...reach, uplifted: { ...NO_GAIN, capped: false }, onePoint: NO_GAIN, benchmark: null };
  }
  const weight = money.volume === null ? null : (money.volume.deals * winRate) / value;
  const gain = (target: number): StepGain => stepGain(target, value, weight, money);
  const raised = value * (1 + uplift);
  return {
    now,
    ...reach,
    uplifted: { ...gain(Math.min(1, raised)), capped: raised > 1 },
    onePoint: gain(Math.min(1, value + ONE_POINT)),
    benchmark: given === null || given <= value ? null : gain(given),
  };
}

function stepsOf(
  dataset: Dataset,
  headlines: readonly HeadlineFigure[],
  { reached }: StepCohort,
  base: Base,
): WhatIfStep[] {
  const stages = dataset.stages.filter(({ kind }) => kind === 'open').map(({ id }) => id);
  const { volume } = base.money;
  return stages.map((from, step): WhatIfStep => {
    const [here, after, won, first] = [reached[step]!, reached[step + 1]!, reached[stages.length]!, reached[0]!];
    const yearlyDeals = volume === null || first === 0 ? null : (volume.deals * here) / first;
    const reach = { yearlyDeals, downstream: after > 0 ? won / after : null };
    return {
      from,
      to: stages[step + 1] ?? null,
      ...stepOf(headlines[step]!, benchmarkOf(dataset, from), reach, base),
    };
  });
}

function bestStep(steps: readonly WhatIfStep[]): WhatIfResult['best'] {
  const by = steps.some(({ benchmark }) => benchmark !== null) ? 'benchmark' : 'onePoint';
  let best = -1;
  let most = 0;
  for (const [index, step] of steps.entries()) {
    const won = step[by]?.wonDeals ?? 0;
    if (won > most) {
      best = index;
      most = won;
    }
  }
  return best < 0 ? null : { step: best, by };
}

/** The win rate of the report with its cohort, and how many deals a year it is of. */
function facts(dataset: Dataset) {
  const cohort = createdCohort(dataset);
  const rates = createdCohortRates(cohort);
  const winRate = rates === null ? null : headlineOf(rates);
  return { cohort, windowDays: rates?.windowDays ?? null, winRate, volume: yearlyVolume(dataset, cohort) };
}

function missing({ dataset }: MetricContext): Text | null {
  if (dataset.journeys === null) return NO_HISTORY;
  const { outcome } = currentState(dataset);
  if (!outcome.includes(OUTCOME.won)) return LACKS.won;
  if (!outcome.includes(OUTCOME.lost)) return LACKS.lost;
  const { cohort, windowDays, winRate, volume } = facts(dataset);
  if (windowDays === null || cohort.deal.length <= cohort.undatedDeals) return LACKS.time;
  if (winRate === null || winRate.value === null) return LACKS.deals;
  if (winRate.value === 0) return LACKS.won;
  return volume !== null && volume.counted === 0 ? LACKS.volume : null;
}

function compute(context: MetricContext): WhatIfResult | null {
  const { dataset } = context;
  const { journeys } = dataset;
  const { cohort, windowDays, winRate, volume } = facts(dataset);
  if (journeys === null || windowDays === null || missing(context) !== null) return null;
  if (winRate === null || winRate.value === null || winRate.basis === null) return null;
  const { uplift } = dataset.ruleset.parameters;
  const money = { volume, average: averageWon(dataset) };
  const base = stepCohort(dataset, journeys, cohort, { basis: winRate.basis, windowDays });
  const headlines = stepHeadlines(dataset, journeys, context.windowDays);
  const steps = stepsOf(dataset, headlines, base, { winRate: winRate.value, uplift, money });
  const known = steps.filter(({ uplifted }) => uplifted.target !== null);
  const factor = known.reduce((product, { now, uplifted }) => (product * uplifted.target!) / now.value!, 1);
  const improved = Math.min(1, winRate.value * factor);
  return {
    uplift,
    cohort: base,
    steps,
    winRate,
    arithmetic: (1 + uplift) ** known.length - 1,
    all: {
      winRate: improved,
      relative: improved / winRate.value - 1,
      ...gainOf(volume === null ? null : volume.deals * (improved - winRate.value), money),
    },
    volume,
    averageWon: money.average,
    best: bestStep(steps),
  };
}

export default defineMetric<WhatIfResult>({
  metric: 'whatIf',
  title: { en: 'What if each step did better', zh: '如果每一步都更好' },
  definition: {
    en: 'What improving each step of the funnel by the same relative amount would bring, by the plain arithmetic of multiplied rates, in deals and money a year; no promise, as a better early step lets weaker deals through.',
    zh: '各步转化率同幅提升后的年度增量（单数与金额），按转化率连乘计算；这不是承诺，前段放宽会让较弱的单流入后段。',
  },
  formula: {
    en: 'yearly volume × (target − now) × downstream win rate × average won',
    zh: '年进入量 ×（目标 − 现状）× 后续赢单率 × 平均赢单额',
  },
  place: 'further',
  needsStages: true,
  missing,
  compute,
  blocks: whatIfBlocks,
});
