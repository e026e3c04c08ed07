import { currentState } from '../../dataset/journeys/visits.ts';
import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, type Inline, paragraph, type TableBlock } from '../../report/document.ts';
import { wilson } from '../../stats/intervals.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { lackOfTime } from '../dwell/log-time.ts';
import { missingOutcomes } from '../win/win-rate-counts.ts';
import { chanceUntil, lastingLonger, type VisitCohort, visitCohorts } from './landmark-cohorts.ts';

/** Chance of a deal that has been in its stage for some days. */
export interface ChanceAtAge {
  readonly ageDays: number;
  /** Visits to the stage that lasted longer. */
  readonly visits: number;
  /** Of these, deals decided since. */
  readonly decided: number;
  /** Share won in the end; null with fewer than ten decided. */
  readonly value: number | null;
  /** Wilson's at 95 % for as many deals as were decided: near enough, as those still open say little. */
  readonly interval: readonly [number, number] | null;
}

export interface WinChances {
  readonly stages: readonly {
    readonly stage: string;
    /** What the rules file takes for the chance of the stage, 0–1; null where it says none. */
    readonly configured: number | null;
    readonly ages: readonly ChanceAtAge[];
  }[];
  readonly agesDays: readonly number[];
}

const AGES_DAYS = [0, 15, 30, 60, 90, 180];
const FEWEST_DECIDED = 10;

function missing({ dataset }: MetricContext): Text | null {
  if (dataset.journeys === null) return say('needs the change log (--history)', '需要阶段变更记录（--history）');
  return missingOutcomes(currentState(dataset).outcome) ?? lackOfTime(dataset.journeys);
}

function chancesOf(visits: VisitCohort): ChanceAtAge[] {
  let cohort = visits;
  return AGES_DAYS.map((ageDays) => {
    if (ageDays > 0) cohort = lastingLonger(cohort, ageDays);
    const { share, decided } = chanceUntil(cohort, Number.POSITIVE_INFINITY);
    const isTold = decided >= FEWEST_DECIDED;
    const value = isTold ? Math.min(1, share) : null;
    const interval = value === null ? null : wilson(value * decided, decided);
    return { ageDays, visits: cohort.days.length, decided, value, interval };
  });
}

function compute({ dataset }: MetricContext): WinChances | null {
  if (dataset.journeys === null) return null;
  const cohorts = visitCohorts(dataset, dataset.journeys);
  const stages = dataset.stages.flatMap(({ id, kind, probability }, index) =>
    kind === 'open' ? [{ stage: id, configured: probability, ages: chancesOf(cohorts.stages[index]!) }] : [],
  );
  return { stages, agesDays: AGES_DAYS };
}

const TITLE = say('Chance to win by stage and age', '按阶段和停留时长的赢单概率');
const NOTE = say(
  'Of the deals that were still in the stage after so many days, the share won in the end; those still open count as undecided. n: deals decided. Fewer than 10: not told.',
  '停留满若干天仍在该阶段的商机中，最终赢单的占比；在途的按尚无结果处理。n 为已有结果的单数，少于 10 单不给出。',
);
const COLUMNS = {
  stage: say('Stage', '阶段'),
  configured: say('Configured', '设定赢率'),
  entry: say('On entry', '刚进入'),
  after: say('After {days}', '满 {days}'),
} as const;
const CELL = say('{rate} (n {n})', '{rate}（n {n}）');

function cellOf({ value, decided }: ChanceAtAge, translator: Translator): Inline {
  if (value === null) return '–';
  return translator.text(CELL, { rate: translator.percent(value, 0), n: decided });
}

function tableOf({ stages, agesDays }: WinChances, translator: Translator): TableBlock {
  const titles = agesDays.map((days) =>
    days === 0 ? translator.text(COLUMNS.entry) : translator.text(COLUMNS.after, { days: { days } }),
  );
  return {
    type: 'table',
    columns: [
      { title: translator.text(COLUMNS.stage), align: 'left', priority: 0 },
      { title: translator.text(COLUMNS.configured), align: 'right', priority: 1 },
      // The longer the age, the fewer the deals it is known of.
      ...titles.map((title, index) => ({ title, align: 'right' as const, priority: index === 0 ? 0 : 1 + index })),
    ],
    rows: stages.map(({ stage, configured, ages }) => [
      translator.stage(stage),
      configured === null ? '–' : translator.percent(configured, 0),
      ...ages.map((age) => cellOf(age, translator)),
    ]),
  };
}

function blocks(result: WinChances, translator: Translator): Block[] {
  return [heading(2, translator.text(TITLE)), tableOf(result, translator), paragraph(translator.text(NOTE))];
}

export default defineMetric<WinChances>({
  metric: 'winChances',
  title: TITLE,
  definition: {
    en: 'What became of the deals that were in each stage for as long: the share won in the end, beside the probability configured for the stage.',
    zh: '在各阶段停留同样久的商机后来的结果：最终赢单的占比，并与该阶段设定的赢率对照。',
  },
  formula: {
    en: 'Aalen–Johansen share won, of the visits that lasted longer than the age',
    zh: '停留超过该天数的商机中最终赢单的占比（Aalen–Johansen）',
  },
  place: 'further',
  needsStages: true,
  missing,
  compute,
  blocks,
});
