import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../../src/i18n/translator.ts';
import cycle, { type CycleResult } from '../../../src/metrics/pipeline/cycle.ts';
import { medianInterval } from '../../../src/metrics/pipeline/cycle-days.ts';
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
      // One half to the power of three is more than 2.5 %: no three values make an interval of 95 %.
      medianInterval: null,
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

  it('has the median of months that are old enough, as the young ones only have their fast deals', () => {
    const day = (from: string, days: number) =>
      new Date(Date.parse(from) + days * 86_400_000).toISOString().slice(0, 10);
    const old = [10, 20, 30, 40, 50, 60].map((days) => `Won,2024-01-01,${day('2024-01-01', days)}`);
    const young = [1, 2, 3, 4, 5, 6].map((days) => `Won,2024-03-20,${day('2024-03-20', days)}`);
    const dataset = datasetOf({
      asOf: '2024-04-01',
      stages: MICRO12_STAGES,
      deals: ['id,stage,created,closed', ...[...old, ...young].map((row, index) => `${index},${row}`)].join('\n'),
    });
    const { won, matured } = cycle.compute(contextOf(dataset)) as CycleResult;
    // Nine in ten of all twelve within 49 days: deals created by 12 February have had them, and so has all of January.
    expect(won.p90Days).toBeCloseTo(49, 12);
    expect(won.medianDays).toBe(8);
    expect(matured).toEqual({ createdUntil: '2024-01-31', deals: 6, medianDays: 35, medianInterval: [10, 60] });
  });

  it('bounds the median by the second smallest and second greatest of ten', () => {
    // P(X ≤ 1) of ten at one half is 11/1024 = 1.07 %, P(X ≤ 2) 5.5 %.
    expect(medianInterval(Float64Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]))).toEqual([2, 9]);
    expect(medianInterval(Float64Array.from([1, 2, 3, 4, 5]))).toBeNull();
  });

  it('takes the closing day from the history where no column has it', () => {
    const dataset = datasetOf({
      asOf: '2024-04-01',
      stages: MICRO12_STAGES,
      deals: 'id,stage,created\nA,Won,2024-01-01\nB,Lost,2024-01-01',
      history: 'deal,stage,at\nA,Lead,2024-01-01\nA,Won,2024-01-21\nB,Lead,2024-01-01\nB,Lost,2024-01-06',
    });
    const { won, lost } = cycle.compute(contextOf(dataset)) as CycleResult;
    expect([won.medianDays, lost.medianDays]).toEqual([20, 5]);
  });

  it('says what it lacks: dates, or closing days that are no earlier than the creation', () => {
    const lack = (deals: string) =>
      cycle.missing?.(contextOf(datasetOf({ asOf: '2024-04-01', stages: MICRO12_STAGES, deals })))?.en;
    expect(lack('id,stage\nA,Won')).toBe('no column for the creation date');
    expect(lack('id,stage,created\nA,Won,2024-01-01')).toBe('no column for the closing date');
    expect(lack('id,stage,created,closed\nA,Won,2024-02-01,2024-01-01')).toMatch(
      /^every closed deal was closed before/,
    );
    expect(lack('id,stage,created,closed\nA,Won,2024-01-01,2024-02-01')).toBeUndefined();
  });

  it('says that nothing was lost rather than how long it took', () => {
    const deals = 'id,stage,created,closed\nA,Won,2024-01-01,2024-02-01';
    const result = cycle.compute(contextOf(datasetOf({ asOf: '2024-04-01', stages: MICRO12_STAGES, deals })));
    expect(JSON.stringify(cycle.blocks(result, createTranslator('zh', { fields: {}, stages: {} })))).toContain(
      '没有输单',
    );
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
