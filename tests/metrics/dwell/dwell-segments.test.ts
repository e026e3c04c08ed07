import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../../src/i18n/translator.ts';
import dwellSegments, { type DwellSegments } from '../../../src/metrics/dwell/dwell-segments.ts';
import { testableGroups } from '../../../src/metrics/dwell/dwell-segments-counts.ts';
import { logRank } from '../../../src/stats/log-rank.ts';
import { contextOf, datasetOf, micro12, micro12Snapshot } from '../dataset-fixture.ts';

const STAGES = [{ id: 'Lead' }, { id: 'Won', kind: 'won' }] as const;
const AS_OF_MILLIS = Date.parse('2024-04-01');

function ago(days: number): string {
  return new Date(AS_OF_MILLIS - days * 86_400_000).toISOString().slice(0, 10);
}

/** Deals that left their only stage on the as-of day, or (`isOpen`) are there still. */
function stays(deals: readonly { readonly owner: string; readonly days: number; readonly isOpen?: boolean }[]) {
  return datasetOf({
    asOf: '2024-04-01',
    stages: STAGES,
    deals: `id,stage,owner\n${deals.map(({ owner, isOpen }, each) => `${each},${isOpen === true ? 'Lead' : 'Won'},${owner}`).join('\n')}`,
    history: `id,stage,at\n${deals
      .flatMap(({ days, isOpen }, each) => [
        `${each},Lead,${ago(days)}`,
        ...(isOpen === true ? [] : [`${each},Won,2024-04-01`]),
      ])
      .join('\n')}`,
  });
}

function resultOf(...args: Parameters<typeof contextOf>): DwellSegments {
  return dwellSegments.compute(contextOf(...args)) as DwellSegments;
}

/** Freireich and others (1963): weeks of remission with 6-MP and with placebo; + where it still lasted. */
const SIX_MP = '6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+';
const PLACEBO = '1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23';
const read = (text: string, owner: string) =>
  text.split(' ').map((word) => ({ owner, days: Number.parseInt(word, 10), isOpen: word.endsWith('+') }));

describe('two owners', () => {
  const result = resultOf(stays([...read(SIX_MP, 'Ann'), ...read(PLACEBO, 'Bo')]));
  const stage = result.fields[0]!.stages[0]!;

  it('have their medians', () => {
    // R's survfit of this trial: medians 23 and 8.
    expect(stage.segments).toMatchObject([
      { value: 'Ann', visits: 21, closedVisits: 9, openVisits: 12, medianDays: 23 },
      { value: 'Bo', visits: 21, closedVisits: 21, openVisits: 0, medianDays: 8 },
    ]);
  });

  it('differ by the log-rank test', () => {
    // R's survdiff of this trial: chi-square 16.79 on 1 degree of freedom.
    expect(stage.test?.statistic).toBeCloseTo(16.79, 2);
    expect(stage.test?.degrees).toBe(1);
    expect(result.tests).toBe(1);
    expect(stage.qValue).toBe(stage.test?.pValue);
    expect(stage.isFlagged).toBe(true);
  });

  it('are shown to people', () => {
    const text = JSON.stringify(dwellSegments.blocks(result, createTranslator('en', { fields: {}, stages: {} })));
    expect(text).toContain('so large a difference comes by chance in under 0.1% of cases"');
    expect(text).toContain('23 days');
  });
});

it('words the probability of the test itself, not the one adjusted for the number of tests', () => {
  const result = resultOf(stays([...read(SIX_MP, 'Ann'), ...read(PLACEBO, 'Bo')]));
  const [field] = result.fields;
  const stage = { ...field!.stages[0]!, test: { statistic: 5.8, degrees: 1, pValue: 0.016 }, qValue: 0.047 };
  const shown = { ...result, tests: 3, fields: [{ ...field!, stages: [stage] }] };
  const text = JSON.stringify(dwellSegments.blocks(shown, createTranslator('en', { fields: {}, stages: {} })));
  expect(text).toContain('by chance in 1.6% of cases; it still stands out after 3 tests');
  expect(text).not.toContain('4.7%');
});

it('flags nothing where owners are alike, and tests no handful', () => {
  const alike = ['Ann', 'Bo'].flatMap((owner) => [3, 5, 8, 13, 21, 34].map((days) => ({ owner, days })));
  const result = resultOf(stays([...alike, { owner: 'Cy', days: 1 }, { owner: 'Cy', days: 2 }]));
  const stage = result.fields[0]!.stages[0]!;
  expect(stage.test).toMatchObject({ degrees: 1 });
  expect(stage.test?.statistic).toBeCloseTo(0, 12);
  expect(stage.isFlagged).toBe(false);
  expect(stage.segments[2]).toMatchObject({ value: 'Cy', visits: 2, medianDays: null });
});

it('keeps the two hundred largest of very many', () => {
  const deals = Array.from({ length: 900 }, (_, each) => ({ owner: `O${each % 300}`, days: 1 + (each % 30) }));
  const field = resultOf(stays([...deals, { owner: 'O299', days: 9 }])).fields[0]!;
  expect(field.omitted).toBe(100);
  expect(field.stages[0]?.segments).toHaveLength(200);
  expect(field.stages[0]?.segments[0]).toMatchObject({ value: 'O299', visits: 4 });
});

it('tests many segments with many times by classes of times, and comes to the same', () => {
  let seed = 7;
  const random = (): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const groups = Array.from({ length: 120 }, (_, group) => ({
    durations: Float64Array.from({ length: 40 }, () => -(10 + (group % 3)) * Math.log(random())),
    events: Uint8Array.from({ length: 40 }, () => (random() < 0.8 ? 1 : 0)),
  }));
  const ends = groups.flatMap(({ durations, events }) => [...durations].filter((_, each) => events[each] === 1));
  const classed = testableGroups(groups, Float64Array.from(ends).sort());
  expect(classed).not.toBe(groups);
  const exact = logRank(groups)!;
  const coarse = logRank(classed)!;
  expect(coarse.degrees).toBe(119);
  expect(Math.abs(coarse.statistic / exact.statistic - 1)).toBeLessThan(0.02);
});

it('says what is missing', () => {
  expect(dwellSegments.missing?.(contextOf(micro12Snapshot()))?.en).toContain('--history');
  expect(dwellSegments.missing?.(contextOf(micro12()))).toBeNull();
  const { columns, ...rest } = micro12();
  const bare = { ...rest, columns: new Map([...columns].filter(([field]) => field === 'id')) };
  expect(dwellSegments.missing?.(contextOf(bare))?.en).toContain('break down');
});

const LUNG = new URL('../../../../shared/reference/data/km-lung.csv', import.meta.url);

it.skipIf(!existsSync(LUNG))('comes to the published test of lung by sex', () => {
  const [header = [], ...rows] = readFileSync(LUNG, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.trim().split(','));
  const at = (name: string): number => header.findIndex((cell) => cell.replaceAll('"', '') === name);
  const deals = rows.map((row) => ({
    owner: `sex ${row[at('sex')]}`,
    days: Number(row[at('time')]),
    isOpen: row[at('ev')] === '0',
  }));
  const { test } = resultOf(stays(deals)).fields[0]!.stages[0]!;
  // R's survdiff: 10.3267 on 1 degree of freedom, p .0013.
  expect(test?.statistic).toBeCloseTo(10.3267, 4);
  expect(test?.pValue).toBeCloseTo(0.0013, 4);
});
