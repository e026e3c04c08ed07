import { describe, expect, it } from 'vitest';
import dwell, { type DwellResult, type HistoryDwell, type SnapshotDwell } from '../../src/metrics/dwell.ts';
import { agesOf } from '../../src/metrics/dwell-stages.ts';
import {
  contextOf,
  datasetOf,
  MICRO12_STAGES,
  micro12,
  micro12Snapshot,
  readReference,
  USUAL_OPTIONS,
} from './dataset-fixture.ts';

const expected = JSON.parse(readReference('micro12.json'));
const survival = JSON.parse(readReference('micro12-survival.json'));
const STAGES: string[] = expected.stages;

describe('micro12', () => {
  const result = dwell.compute(contextOf(micro12())) as HistoryDwell;

  it.each(STAGES.map((stage, index) => [stage, index] as const))('has the medians of %s', (stage, index) => {
    const wanted = expected.perStage[stage].dwell;
    const got = result.stages[index]!;
    expect(got.stage).toBe(stage);
    expect(got.closedVisits).toBe(wanted.closed.length);
    expect(got.openVisits).toBe(wanted.open.length);
    expect(got.medianDays).toBe(wanted.kmMedian);
    expect(got.medianInterval).toEqual([survival[stage].lower, survival[stage].upper]);
    expect(got.closedOnly.meanDays).toBeCloseTo(wanted.naiveMean, 9);
    expect(got.closedOnly.medianDays).toBe(wanted.naiveMedian);
    expect(got.openAges.maxDays).toBe(Math.max(...wanted.open));
  });

  it('notes where closed visits alone mislead', () => {
    expect(result.stages[0]!.notes).toContain('closed-only-differs');
    expect(result.stages[1]!.notes).toEqual(['many-open']);
    expect(result.stages[2]!.notes).toEqual([]);
  });

  it('judges only stages with ten visits, and prints the base rate', () => {
    expect(result.stages[0]).toMatchObject({
      typicalDays: 10,
      thresholdDays: 15,
      stalled: { count: 1, of: 1 },
      notJudged: 0,
    });
    expect(result.stages[0]!.baseRate).toBeCloseTo(0.1818181818, 9);
    expect(result.stages[1]).toMatchObject({ typicalDays: null, baseRate: null, stalled: { of: 0 }, notJudged: 2 });
    expect(result.stalled).toMatchObject({ count: 1, of: 1, notJudged: 4, amounts: { USD: 4000 } });
  });

  it('gives the score the stalled share of the judged deals', () => {
    expect(dwell.score?.(result)[0]).toMatchObject({ part: 'stalled', value: 1, floor: 0.6, target: 0.15, weight: 25 });
  });
});

describe('without a history', () => {
  it('is unknown', () => {
    expect(dwell.compute(contextOf(micro12Snapshot()))).toBeNull();
  });

  it('knows the ages of open deals where the table says when they entered', () => {
    const dataset = datasetOf({
      asOf: '2024-04-01',
      stages: MICRO12_STAGES,
      deals: 'id,stage,stage_entered\nA,Lead,2024-03-02\nB,Lead,\nC,Lead,2024-05-01\nD,Won,2024-03-01',
    });
    const result = dwell.compute(contextOf(dataset)) as SnapshotDwell;
    expect(result.stages[0]?.openAges).toEqual({ deals: 1, medianDays: 30, p90Days: 30, maxDays: 30 });
    expect(result.unknown).toBe(2);
    expect(dwell.score?.(result satisfies DwellResult)[0]?.value).toBeNull();
  });
});

describe('dwell(stage)', () => {
  const figure = dwell.figures!.dwell!;
  const dataset = micro12();
  const all = new Uint8Array(dataset.rowCount).fill(1);
  const context = { dataset, select: all, ...USUAL_OPTIONS };

  it('is the Kaplan–Meier median', () => {
    expect(figure([{ type: 'stage', stage: 'Lead' }], context)).toMatchObject({ value: 10, of: 11, interval: [5, 15] });
    expect(figure([{ type: 'stage', stage: 'Negotiation' }], context)).toMatchObject({
      value: 20,
      interval: [5, Infinity],
    });
  });

  it('takes another quantile', () => {
    expect(figure([{ type: 'stage', stage: 'Lead' }], { ...context, quantile: 0.75 }).value).toBe(15);
  });

  it('is unknown for a closed stage', () => {
    expect(figure([{ type: 'stage', stage: 'Won' }], context).value).toBeNull();
  });
});

describe('agesOf', () => {
  it('knows nothing of no deals', () => {
    expect(agesOf(new Float64Array())).toEqual({ deals: 0, medianDays: null, p90Days: null, maxDays: null });
  });
});
