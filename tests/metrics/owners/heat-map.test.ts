import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import heatMap, { type HeatMapResult } from '../../../src/metrics/owners/heat-map.ts';
import { contextOf, MICRO12_DEALS, micro12, micro12Snapshot } from '../dataset-fixture.ts';

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
