import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../../src/i18n/translator.ts';
import heatMap, { type HeatMapResult } from '../../../src/metrics/owners/heat-map.ts';
import { heatTables } from '../../../src/metrics/owners/heat-map-blocks.ts';
import { contextOf, datasetOf, MICRO12_DEALS, micro12, micro12Snapshot } from '../dataset-fixture.ts';

const asked = { by: ['owner'], period: 'month' } as const;
const result = heatMap.compute(contextOf(micro12(), asked)) as HeatMapResult;

describe('the twelve deals', () => {
  it('are lost from their stages as counted by hand', () => {
    // Entries 11/8/7/4, one lost from each stage, pending D09; D06, D10; D07; D08.
    expect(result.stages).toEqual(['Lead', 'Qualified', 'Proposal', 'Negotiation']);
    expect(result.all.map(({ loss, pending }) => [loss.count, loss.of, pending])).toEqual([
      [1, 11, 1],
      [1, 8, 2],
      [1, 7, 1],
      [1, 4, 1],
    ]);
  });

  it('stay as long as the reference says (Kaplan–Meier), and a cell of four stays blank', () => {
    expect(result.all.map(({ dwell }) => [dwell.visits, dwell.medianDays])).toEqual([
      [11, 10],
      [9, 10],
      [9, 20],
      [4, null],
    ]);
    expect(result.all[3]?.loss.value).toBeNull();
    expect(result.all[0]?.loss.value).toBe(1 / 11);
  });

  it('add up over the owners and over the months', () => {
    for (const sheet of result.sheets) {
      result.all.forEach((all, stage) => {
        const total = sheet.columns.reduce((sum, { cells }) => sum + cells[stage]!.loss.of, 0);
        expect([sheet.field, stage, total]).toEqual([sheet.field, stage, all.loss.of]);
      });
    }
    expect(result.sheets.map(({ field }) => field)).toEqual(['owner', null]);
  });

  it('are named where they were lost, on request', () => {
    const { all } = heatMap.compute(contextOf(micro12(), { details: true })) as HeatMapResult;
    expect(all.map(({ loss, dealKeys }) => [loss.count, dealKeys?.length])).toEqual(all.map(() => [1, 1]));
    expect(result.all[0]).not.toHaveProperty('dealKeys');
  });

  it('say what is missing without a log', () => {
    expect(heatMap.missing?.(contextOf(micro12Snapshot()))?.en).toContain('--history');
  });
});

describe('the map', () => {
  const [header = '', ...rows] = MICRO12_DEALS.trim().split('\n');

  it('is the same whatever the order of the rows', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(rows, { minLength: rows.length }), (shuffled) => {
        const dataset = micro12({ deals: [header, ...shuffled].join('\n') });
        expect(heatMap.compute(contextOf(dataset, asked))).toEqual(result);
      }),
      { numRuns: 20 },
    );
  });
});

/** A group of deals that enter `A` on a day and are won after 10 days, lost after 5, or open still. */
interface Group {
  readonly owner: string;
  readonly on: string;
  readonly won: number;
  readonly lost: number;
  readonly open?: number;
}

function later(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

function endOf({ won, lost }: Group, deal: number): 'Won' | 'Lost' | null {
  if (deal < won) return 'Won';
  return deal < won + lost ? 'Lost' : null;
}

function rowsOf(group: Group, index: number): { deals: string[]; history: string[] } {
  const { owner, on, won, lost, open = 0 } = group;
  const ends = Array.from({ length: won + lost + open }, (_, deal) => endOf(group, deal));
  return {
    deals: ends.map((end, deal) => `${index}-${deal},${end ?? 'A'},${owner}`),
    history: ends.flatMap((end, deal) => {
      const entry = `${index}-${deal},A,${on}`;
      return end === null ? [entry] : [entry, `${index}-${deal},${end},${later(on, end === 'Won' ? 10 : 5)}`];
    }),
  };
}

function mapOf(groups: readonly Group[]): HeatMapResult {
  const rows = groups.map(rowsOf);
  const deals = ['id,stage,owner', ...rows.flatMap((each) => each.deals)].join('\n');
  const history = ['id,stage,at', ...rows.flatMap((each) => each.history)].join('\n');
  const stages = [{ id: 'A' }, { id: 'Won', kind: 'won' }, { id: 'Lost', kind: 'lost' }] as const;
  return heatMap.compute(contextOf(datasetOf({ asOf: '2024-06-01', stages, deals, history }), asked)) as HeatMapResult;
}

function cellOf({ sheets }: HeatMapResult, owner: string) {
  return sheets[0]!.columns.find(({ value }) => value === owner)!.cells[0]!;
}

describe('the loss of a stage', () => {
  it('gives young deals no better look: only deals that have had the window count', () => {
    // All are won on day 10, so the window is 10 days. Half of the old deals are lost on day 5; the new ones, of whom
    // nothing is known yet, entered 3 days ago.
    const map = mapOf([
      { owner: 'Old', on: '2024-01-01', won: 20, lost: 20 },
      { owner: 'New', on: '2024-05-29', won: 0, lost: 0, open: 40 },
    ]);
    const [old, young] = [cellOf(map, 'Old'), cellOf(map, 'New')];
    expect(old.lossWithin).toMatchObject({ windowDays: 10, value: 0.5, basis: 'matured', comparison: null });
    expect(young).toMatchObject({ pending: 40, loss: { count: 0, of: 40 } });
    expect(young.lossWithin).toMatchObject({ value: null, basis: null, comparison: null });
    expect(map.all[0]?.lossWithin.matured).toMatchObject({ count: 20, of: 40 });
  });

  it('is held against the other deals of the stage, all comparisons counted', () => {
    const map = mapOf([
      { owner: 'Ann', on: '2024-01-01', won: 28, lost: 12 },
      { owner: 'Bo', on: '2024-01-01', won: 38, lost: 2 },
    ]);
    // 12 of 40 against 2 of 40: hypergeometric tail 0.006448; Newcombe 0.0843 to 0.4085. Both tests are the same one.
    const { comparison } = cellOf(map, 'Ann').lossWithin;
    expect(comparison).toMatchObject({ rest: { count: 2, of: 40 }, flag: 'more' });
    expect(comparison?.difference).toBeCloseTo(0.25, 10);
    expect(comparison?.probability).toBeCloseTo(0.006448, 6);
    expect(comparison?.differenceInterval[0]).toBeCloseTo(0.084305, 6);
    expect(comparison?.differenceInterval[1]).toBeCloseTo(0.408485, 6);
    expect(comparison?.adjustedProbability).toBeCloseTo(comparison?.probability ?? 0, 10);
    expect(cellOf(map, 'Bo').lossWithin.comparison?.flag).toBe('fewer');
    expect(map.sheets[0]?.tests).toBe(2);
  });

  it('stands out for nobody where a difference is chance or small', () => {
    const map = mapOf([
      { owner: 'Ann', on: '2024-01-01', won: 14, lost: 6 },
      { owner: 'Bo', on: '2024-01-01', won: 16, lost: 4 },
    ]);
    expect(['Ann', 'Bo'].map((owner) => cellOf(map, owner).lossWithin.comparison?.flag)).toEqual([null, null]);
  });

  it('is estimated where fewer than ten deals have had the time, if most of them are known', () => {
    // Of 6 old deals 3 are lost on day 5. Two that entered 3 days ago are censored before: 3 of 6 at risk, 0.5.
    const map = mapOf([
      { owner: 'Ann', on: '2024-01-01', won: 3, lost: 3 },
      { owner: 'Ann', on: '2024-05-29', won: 0, lost: 0, open: 2 },
      { owner: 'Bo', on: '2024-01-01', won: 30, lost: 10 },
    ]);
    const { lossWithin } = cellOf(map, 'Ann');
    expect(lossWithin).toMatchObject({ basis: 'estimated', comparison: null, matured: { count: 3, of: 6 } });
    expect(lossWithin.value).toBeCloseTo(0.5, 10);
  });
});

it('shows every stage, and cuts no word, however many values there are', () => {
  const [sheet] = result.sheets;
  const columns = Array.from({ length: 9 }, (_, index) => ({
    ...sheet!.columns[0]!,
    value: `Representative Number${index}`,
  }));
  const translator = createTranslator('en', { fields: {}, stages: {} });
  const tables = heatTables(result, { ...sheet!, columns }, 'loss', translator, 9);
  expect(tables.length).toBeGreaterThan(1);
  expect(tables.flatMap((table) => table.columns.slice(1)).map(({ title }) => title)).toEqual([
    'All',
    ...columns.map(({ value }) => value),
  ]);
  for (const table of tables) {
    expect(table.rows.map(([stage]) => stage)).toEqual(result.stages);
    const widths = table.columns.map(({ wrapTo = 0 }) => wrapTo);
    expect(Math.min(...widths.slice(table === tables[0] ? 2 : 1))).toBeGreaterThanOrEqual('Representative'.length);
    expect(widths.reduce((sum, width) => sum + width + 2, -2)).toBeLessThanOrEqual(78);
  }
});
