import { describe, expect, it } from 'vitest';
import { DAY_MILLIS } from '../../../src/dataset/values/calendar.ts';
import { historicalForecast } from '../../../src/metrics/forecast/forecast-historical.ts';
import { sharedVariance } from '../../../src/metrics/forecast/forecast-uncertainty.ts';
import { winRange } from '../../../src/metrics/forecast/forecast-wins.ts';
import { datasetOf } from '../dataset-fixture.ts';

const STAGES = [
  { id: 'Lead' },
  { id: 'Proposal' },
  { id: 'Negotiation' },
  { id: 'Won', kind: 'won' },
  { id: 'Lost', kind: 'lost' },
] as const;
const OPEN_STAGES = 3;
const AS_OF = Date.UTC(2026, 0, 1);
const HORIZON_DAYS = 90;

/** Numbers between 0 and 1, the same ones for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Step {
  readonly at: number;
  readonly stage: string;
}

/** Three in four move on, after 30 days on average; the others are lost after 12: who stays long is likelier to win. */
function pathOf(random: () => number): Step[] {
  let at = Date.UTC(2024, 0, 1) + random() * 730 * DAY_MILLIS;
  const path: Step[] = [];
  for (let stage = 0; stage < OPEN_STAGES; stage += 1) {
    path.push({ at, stage: STAGES[stage]!.id });
    const movesOn = random() < 0.75;
    at += -Math.log(1 - random()) * (movesOn ? 30 : 12) * DAY_MILLIS;
    if (!movesOn) return [...path, { at, stage: 'Lost' }];
  }
  return [...path, { at, stage: 'Won' }];
}

/** What is forecast of 1,500 such deals on the as-of day, and how many of the open ones are won within the horizon. */
function forecastOf(seed: number) {
  const random = randomOf(seed);
  const paths = Array.from({ length: 1500 }, () => pathOf(random));
  const seen = paths.map((path) => path.filter(({ at }) => at <= AS_OF));
  const isOpen = seen.map((path) => !['Won', 'Lost'].includes(path.at(-1)!.stage));
  const wins = paths.filter((path, deal) => {
    const last = path.at(-1)!;
    return isOpen[deal] && last.stage === 'Won' && last.at <= AS_OF + HORIZON_DAYS * DAY_MILLIS;
  }).length;
  const dataset = datasetOf({
    asOf: '2026-01-01',
    stages: STAGES,
    currency: 'USD',
    deals: ['id,stage,amount', ...seen.map((path, deal) => `${deal},${path.at(-1)!.stage},1`)].join('\n'),
    history: [
      'deal,stage,at',
      ...seen.flatMap((path, deal) =>
        path.map(({ at, stage }) => `${deal},${stage},${new Date(at).toISOString().slice(0, 19)}`),
      ),
    ].join('\n'),
  });
  const { chanceOf, errors } = historicalForecast(dataset, HORIZON_DAYS)!;
  const ones = Float64Array.from(isOpen, (open) => (open ? 1 : Number.NaN));
  const range = winRange(
    Float64Array.from(isOpen.keys(), chanceOf).filter((chance) => !Number.isNaN(chance)),
    sharedVariance(dataset, ones, errors),
  )!;
  return { wins, ...range };
}

describe('the historical forecast of deals whose truth is known', () => {
  const runs = Array.from({ length: 40 }, (_, seed) => forecastOf(seed));
  const sumOf = (value: (run: (typeof runs)[number]) => number) => runs.reduce((sum, run) => sum + value(run), 0);

  it('expects as many wins as there are, within 5 %', () => {
    const ratio = sumOf(({ expected }) => expected) / sumOf(({ wins }) => wins);
    expect(ratio).toBeGreaterThan(0.95);
    expect(ratio).toBeLessThan(1.05);
  });

  it('covers the wins with its 95 % range', () => {
    const covered = runs.filter(({ wins, low, high }) => wins >= low && wins <= high).length;
    expect(covered).toBeGreaterThanOrEqual(37);
  });
});

it('is stretched on both sides where the chances are estimates: as much again doubles the variance', () => {
  // 100 deals at 50 %: variance 25, range 40 to 60; with 25 more, √2 as wide: 35.9 to 64.1, outwards to whole wins.
  const chances = new Float64Array(100).fill(0.5);
  expect(winRange(chances)).toEqual({ expected: 50, low: 40, high: 60 });
  expect(winRange(chances, 25)).toEqual({ expected: 50, low: 35, high: 65 });
});
