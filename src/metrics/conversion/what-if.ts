import type { Dataset, Journeys } from '../../dataset/dataset.ts';
import { currentState, OUTCOME } from '../../dataset/journeys/visits.ts';
import type { Text } from '../../i18n/text.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { type Rate, rateOf } from '../rate.ts';
import { whatIfBlocks } from './what-if-blocks.ts';
import { averageWon, type StepCohort, stepCohort, type YearlyVolume, yearlyVolume } from './what-if-steps.ts';

type Amounts = Readonly<Record<string, number>>;

/** A change to one step alone: what it adds in a year. */
export interface StepGain {
  /** Rate of the step that is aimed at, 0–1. */
  readonly target: number;
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
  readonly now: Rate;
  /** Deals a year that come to the step. */
  readonly yearlyDeals: number | null;
  /** Share of the deals behind the step that are won in the end, 0–1. */
  readonly downstream: number;
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
  /** From the first stage to won. */
  readonly winRate: Rate;
  /** (1 + uplift)^steps − 1: what the improvement of all steps would add if no step were capped. */
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
const NOTHING_WON: Text = { en: 'no won deal', zh: '没有赢单' };
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

function stepsOf(dataset: Dataset, { reached }: StepCohort, uplift: number, money: Money): WhatIfStep[] {
  const stages = dataset.stages.filter(({ kind }) => kind === 'open').map(({ id }) => id);
  return stages.map((from, step): WhatIfStep => {
    const now = rateOf(reached[step + 1]!, reached[step]!);
    const value = now.value ?? 0;
    const downstream = reached[step + 1]! > 0 ? reached[stages.length]! / reached[step + 1]! : 0;
    const yearlyDeals = money.volume === null ? null : (money.volume.deals * reached[step]!) / reached[0]!;
    const weight = yearlyDeals === null ? null : yearlyDeals * downstream;
    const gain = (target: number): StepGain => stepGain(target, value, weight, money);
    const benchmark = benchmarkOf(dataset, from);
    return {
      from,
      to: stages[step + 1] ?? null,
      now,
      yearlyDeals,
      downstream,
      uplifted: { ...gain(Math.min(1, value * (1 + uplift))), capped: value * (1 + uplift) > 1 },
      onePoint: gain(Math.min(1, value + ONE_POINT)),
      benchmark: benchmark === null || benchmark <= value ? null : gain(benchmark),
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

function compute({ dataset, windowDays }: MetricContext): WhatIfResult | null {
  const { journeys } = dataset;
  return journeys === null ? null : resultOf(dataset, journeys, windowDays);
}

function resultOf(dataset: Dataset, journeys: Journeys, windowDays: number | null): WhatIfResult | null {
  const { uplift } = dataset.ruleset.parameters;
  const cohort = stepCohort(dataset, journeys, windowDays);
  const [entered, won] = [cohort.reached[0]!, cohort.reached.at(-1)!];
  if (entered === 0 || won === 0) return null;
  const money = { volume: yearlyVolume(dataset, journeys), average: averageWon(dataset) };
  const steps = stepsOf(dataset, cohort, uplift, money);
  const winRate = rateOf(won, entered);
  const improved = steps.reduce((product, step) => product * step.uplifted.target, 1);
  const more = money.volume === null ? null : money.volume.deals * (improved - won / entered);
  return {
    uplift,
    cohort,
    steps,
    winRate,
    arithmetic: (1 + uplift) ** steps.length - 1,
    all: { winRate: improved, relative: improved / (won / entered) - 1, ...gainOf(more, money) },
    volume: money.volume,
    averageWon: money.average,
    best: bestStep(steps),
  };
}

/** Whether a deal was won whose journey is known; without one no step leads anywhere. */
function hasWon(dataset: Dataset, journeys: Journeys): boolean {
  return currentState(dataset).outcome.some(
    (outcome, deal) => outcome === OUTCOME.won && journeys.offsets[deal + 1]! > journeys.offsets[deal]!,
  );
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
  missing: ({ dataset }) => {
    if (dataset.journeys === null) return NO_HISTORY;
    return hasWon(dataset, dataset.journeys) ? null : NOTHING_WON;
  },
  compute,
  blocks: whatIfBlocks,
});
