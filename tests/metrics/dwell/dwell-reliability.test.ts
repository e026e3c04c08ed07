import { describe, expect, it } from 'vitest';
import type { Journeys } from '../../../src/dataset/dataset.ts';
import { createTranslator } from '../../../src/i18n/translator.ts';
import dwell, { type HistoryDwell } from '../../../src/metrics/dwell/dwell.ts';
import { type DwellReliability, dwellReliability } from '../../../src/metrics/dwell/dwell-reliability.ts';
import { contextOf, datasetOf, MICRO12_STAGES, micro12 } from '../dataset-fixture.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const START = Date.parse('2025-01-06T00:00:00Z');

interface Change {
  readonly deal: number;
  readonly stage: string;
  readonly millis: number;
}

function datasetOfChanges(
  changes: readonly Change[],
  { hasTime = true, owner = (_deal: number): string => 'Ann' } = {},
) {
  const deals = [...new Set(changes.map(({ deal }) => deal))];
  const text = (millis: number) => new Date(millis).toISOString().slice(0, hasTime ? 19 : 10);
  return datasetOf({
    asOf: '2026-06-01',
    stages: MICRO12_STAGES,
    deals: `id,stage,owner\n${deals.map((deal) => `${deal},Qualified,${owner(deal)}`).join('\n')}`,
    history: `id,stage,at\n${changes.map(({ deal, stage, millis }) => `${deal},${stage},${text(millis)}`).join('\n')}`,
  });
}

function judge(dataset: ReturnType<typeof datasetOf>): DwellReliability {
  return dwellReliability(dataset, dataset.journeys as Journeys) as DwellReliability;
}

/** Deals that enter and move on, one after the other, at odd hours over many months. */
function ordinary(count: number): Change[] {
  return Array.from({ length: count }, (_, deal) => {
    const entered = START + deal * 1.37 * DAY;
    return [
      { deal, stage: 'Lead', millis: entered },
      { deal, stage: 'Qualified', millis: entered + (3 + (deal % 11)) * 1.11 * DAY },
    ];
  }).flat();
}

/** Sixty deals that entered long before, moved in four minutes from 16:04 on 31 March 2026. */
function bulk(count = 60): Change[] {
  const from = Date.parse('2026-03-31T16:04:00Z');
  return Array.from({ length: count }, (_, index) => [
    { deal: 10_000 + index, stage: 'Lead', millis: START + index * 1.53 * DAY },
    { deal: 10_000 + index, stage: 'Qualified', millis: from + Math.round((index * 4 * MINUTE) / (count - 1)) },
  ]).flat();
}

describe('bulk edits', () => {
  it('finds sixty stages changed in four minutes', () => {
    const found = judge(datasetOfChanges([...ordinary(200), ...bulk()]));
    expect(found.bulkEdits).toEqual([
      { from: '2026-03-31 16:04', until: '2026-03-31 16:08', minutes: 4, changes: 60, deals: 60, user: 'Ann' },
    ]);
    // Of 2 × 260 visits the 60 before the edit and the 60 after it are touched.
    expect(found.touchedVisits).toMatchObject({ count: 120, of: 520 });
    expect(found).toMatchObject({ isReliable: false, notRealUntil: '2026-03-31', bulkEditCount: 1, changes: 260 });
  });

  it('names nobody where there were several', () => {
    const changes = [...ordinary(200), ...bulk()];
    const found = judge(datasetOfChanges(changes, { owner: (deal) => (deal % 2 === 0 ? 'Ann' : 'Bo') }));
    expect(found.bulkEdits[0]?.user).toBeNull();
  });

  it('lets a few in an hour be, and one deal that goes to and fro', () => {
    const hourly = Array.from({ length: 12 }, (_, index) => [
      { deal: 5000 + index, stage: 'Lead', millis: START + index * DAY },
      { deal: 5000 + index, stage: 'Qualified', millis: START + 300 * DAY + index * 5 * MINUTE },
    ]).flat();
    const nervous = Array.from({ length: 41 }, (_, index) => ({
      deal: 7000,
      stage: index % 2 === 0 ? 'Lead' : 'Qualified',
      millis: START + 200 * DAY + index * 5000,
    }));
    const found = judge(datasetOfChanges([...ordinary(200), ...hourly, ...nervous]));
    expect(found.bulkEdits).toEqual([]);
    expect(found.isReliable).toBe(true);
  });

  it('takes a busy team for what it is', () => {
    // Fifteen changes in each of a hundred quarters of an hour: the log always looks like this.
    const busy = Array.from({ length: 1500 }, (_, index) => [
      { deal: index, stage: 'Lead', millis: START + index * 0.01 * DAY },
      { deal: index, stage: 'Qualified', millis: START + (100 + Math.floor(index / 15)) * DAY + (index % 15) * 20_000 },
    ]).flat();
    expect(judge(datasetOfChanges(busy)).bulkEdits).toEqual([]);
  });

  it('finds a day of bulk edits in a log of dates', () => {
    const found = judge(datasetOfChanges([...ordinary(200), ...bulk()], { hasTime: false }));
    expect(found.bulkEdits).toMatchObject([{ from: '2026-03-31', until: '2026-03-31', minutes: null, deals: 60 }]);
    expect(found.sameInstantShare).toBeNull();
  });

  it('notes an edit that hardly matters, and trusts the rest', () => {
    const dataset = datasetOfChanges([...ordinary(300), ...bulk(12)]);
    expect(judge(dataset)).toMatchObject({ bulkEditCount: 1, isReliable: true, notRealUntil: null });
    const result = dwell.compute(contextOf(dataset)) as HistoryDwell;
    const blocks = dwell.blocks(result, createTranslator('en', { fields: {}, stages: {} }));
    expect(blocks.map(({ type }) => type)).not.toContain('callout');
    // 24 of 624 visits.
    expect(JSON.stringify(blocks)).toContain('24 of 624 (3.8%) of the visits begin or end in such an edit');
  });

  it('stands above the figures, in both languages', () => {
    const result = dwell.compute(contextOf(datasetOfChanges([...ordinary(200), ...bulk()]))) as HistoryDwell;
    const textIn = (lang: 'en' | 'zh') => {
      const block = dwell.blocks(result, createTranslator(lang, { fields: {}, stages: {} }))[1];
      return block?.type === 'callout' ? block.text : '';
    };
    expect(textIn('en')).toBe(
      'Time in stage before 2026-03-31 is not real: 60 stages were changed in 4 min from 2026-03-31 16:04 by Ann.',
    );
    expect(textIn('zh')).toBe(
      '2026-03-31 之前的停留时长不可信：2026-03-31 16:04 起 4 分钟内集中改了 60 个阶段（Ann）。',
    );
  });
});

describe('heaping', () => {
  /** A change a day, of which every so many are put off to the Friday of their week. */
  const weekly = (isPutOff: (day: number) => boolean) =>
    Array.from({ length: 400 }, (_, day) => {
      const weekday = day % 7;
      const moved = weekday < 5 && isPutOff(day) ? day - weekday + 4 : day;
      const isWeekend = weekday > 4;
      return isWeekend
        ? []
        : [
            { deal: day, stage: 'Lead', millis: START + (day - 20) * DAY },
            { deal: day, stage: 'Qualified', millis: START + moved * DAY + 9 * 3_600_000 + day * 1000 },
          ];
    }).flat();

  it('knows a log that is even', () => {
    expect(judge(datasetOfChanges(weekly(() => false))).heaping).toEqual([]);
  });

  it('names Fridays, and distrusts them where they have most changes', () => {
    const some = judge(datasetOfChanges(weekly((day) => day % 3 === 0)));
    expect(some.heaping).toMatchObject([{ where: 'weekday', weekday: 5, expectedShare: 0.2, isMost: false }]);
    // A fifth, and a third of the other four fifths.
    expect(some.heaping[0]?.changes.value).toBeCloseTo(0.2 + 0.8 / 3, 1);
    expect(some.isReliable).toBe(true);
    const all = judge(datasetOfChanges(weekly(() => true)));
    expect(all.heaping).toMatchObject([{ weekday: 5, isMost: true, changes: { value: 1 } }]);
    expect(all.isReliable).toBe(false);
  });

  it('names ends of months, and of quarters where it is those', () => {
    const ends = (months: readonly number[]) => {
      const even = weekly(() => false);
      const heaped = months.flatMap((month) =>
        Array.from({ length: 9 }, (_, index) => {
          const deal = 20_000 + month * 100 + index;
          const end = Date.UTC(2025, month, 0) - (index % 3) * DAY + 10 * 3_600_000 + index * 20 * MINUTE;
          return [
            { deal, stage: 'Lead', millis: end - 40 * DAY },
            { deal, stage: 'Qualified', millis: end },
          ];
        }).flat(),
      );
      return judge(datasetOfChanges([...even, ...heaped])).heaping.map(({ where }) => where);
    };
    expect(ends([2, 3, 4, 5, 6, 7, 8, 9, 10, 11])).toEqual(['month-end']);
    expect(ends([3, 6, 9, 12])).toEqual(['quarter-end']);
  });
});

it('finds nothing in twelve deals', () => {
  expect(judge(micro12())).toMatchObject({ isReliable: true, bulkEdits: [], heaping: [] });
});

it('does not judge journeys out of earlier exports', () => {
  const dataset = micro12();
  expect(dwellReliability(dataset, { ...(dataset.journeys as Journeys), from: 'snapshots' })).toBeNull();
});
