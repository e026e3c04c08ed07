import { type Dataset, PRESENT } from '../dataset/dataset.ts';
import { visitsByStage } from '../dataset/journeys/stage-ages.ts';
import { median } from '../stats/quantile.ts';
import { kaplanMeier, survivalQuantile } from '../stats/survival.ts';
import type { StageFacts } from './draft.ts';

/** Fewer deals show no usual probability, fewer finished visits no usual time. */
const FEWEST_DEALS = 3;
const FEWEST_VISITS = 10;
const PROBABILITY_STEP = 20;

function probabilities({ columns, stage, stages, rowCount }: Dataset): readonly (number | null)[] {
  const column = columns.get('probability');
  if (column?.type !== 'percent') return stages.map(() => null);
  const values = stages.map((): number[] => []);
  for (let row = 0; row < rowCount; row++) {
    const code = column.codes[row] as number;
    if (column.state[code] === PRESENT) values[stage[row] as number]?.push(column.numbers[code] as number);
  }
  return values.map((list) => {
    const middle = list.length < FEWEST_DEALS ? null : median(list);
    if (middle === null || middle < 0 || middle > 1) return null;
    return Math.round(middle * PROBABILITY_STEP) / PROBABILITY_STEP;
  });
}

/** What the deals of each stage of the dataset show, one a stage. */
export function stageFacts(dataset: Dataset): readonly StageFacts[] {
  const shares = probabilities(dataset);
  return visitsByStage(dataset).map(({ days, ended }, stage): StageFacts => {
    const finished = ended.reduce((sum, one) => sum + one, 0);
    const isOpen = dataset.stages[stage]?.kind === 'open';
    const p90Days = isOpen && finished >= FEWEST_VISITS ? survivalQuantile(kaplanMeier(days, ended), 0.9) : null;
    return { probability: shares[stage] ?? null, p90Days, visits: days.length };
  });
}

/** A limit in days that people would write: at least as long, and round. */
export function roundedUp(days: number): number {
  const step = days <= 14 ? 1 : days <= 60 ? 5 : days <= 180 ? 10 : 30;
  return Math.max(1, Math.ceil(days / step) * step);
}
