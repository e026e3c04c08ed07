import { describe, expect, it } from 'vitest';
import cycle, { type CycleResult } from '../../../src/metrics/pipeline/cycle.ts';
import { contextOf, datasetOf, MICRO12_STAGES, micro12, readReference, USUAL_OPTIONS } from '../dataset-fixture.ts';

const expected = JSON.parse(readReference('micro12.json'));

describe('cycle', () => {
  it('measures won and lost deals apart', () => {
    const result = cycle.compute(contextOf(micro12())) as CycleResult;
    expect(result.closedField).toBe('closed');
    expect(result.won).toEqual({
      deals: 3,
      meanDays: expected.cycleWon.mean,
      medianDays: expected.cycleWon.median,
      p90Days: 47,
      uncomputable: 0,
      negative: 0,
    });
    expect(result.lost).toMatchObject({ deals: 4, meanDays: 40, medianDays: 45 });
  });

  it('counts what it cannot compute, and deals closed before they were created', () => {
    const dataset = datasetOf({
      asOf: '2024-04-01',
      stages: MICRO12_STAGES,
      deals: 'id,stage,created,close\nA,Won,2024-01-01,2024-01-11\nB,Won,,2024-01-11\nC,Won,2024-02-01,2024-01-11',
    });
    const result = cycle.compute(contextOf(dataset)) as CycleResult;
    expect(result.closedField).toBe('close');
    expect(result.won).toMatchObject({ deals: 1, medianDays: 10, uncomputable: 1, negative: 1 });
    expect(result.lost).toMatchObject({ deals: 0, medianDays: null });
  });

  it('is nothing without both dates', () => {
    const dataset = datasetOf({ asOf: '2024-04-01', stages: MICRO12_STAGES, deals: 'id,stage\nA,Won' });
    expect(cycle.compute(contextOf(dataset))).toBeNull();
  });

  it('is a figure with a quantile', () => {
    const dataset = micro12();
    const select = new Uint8Array(dataset.rowCount).fill(1);
    const figure = cycle.figures!.cycle!;
    const context = { ...USUAL_OPTIONS, dataset, select };
    expect(figure([], { ...context, quantile: null })).toMatchObject({ value: 35, of: 3, unit: 'days' });
    expect(figure([], { ...context, quantile: 0.9 }).value).toBe(47);
  });
});
