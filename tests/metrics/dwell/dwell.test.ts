import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../../src/dataset/dataset.ts';
import { createTranslator } from '../../../src/i18n/translator.ts';
import dwell, { type DwellResult, type HistoryDwell, type SnapshotDwell } from '../../../src/metrics/dwell/dwell.ts';
import { agesOf } from '../../../src/metrics/dwell/dwell-curve.ts';
import type { ReportSettings } from '../../../src/ruleset/ruleset.ts';
import {
  contextOf,
  datasetOf,
  dayOf,
  MICRO12_STAGES,
  micro12,
  micro12Snapshot,
  readReference,
  USUAL_OPTIONS,
} from '../dataset-fixture.ts';

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
    expect(got.openAges.days).toEqual([...wanted.open].sort((a, b) => a - b));
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

  it('gives the score nothing of fewer than ten judged deals', () => {
    const part = { part: 'stalled', floor: 0.6, target: 0.15, weight: 25 };
    expect(dwell.score?.(result)[0]).toMatchObject({ ...part, value: null });
    const stalled = { ...result.stalled, count: 4, of: 10, value: 0.4 };
    expect(dwell.score?.({ ...result, stalled })[0]).toMatchObject({ ...part, value: 0.4 });
    expect(dwell.score?.({ ...result, stalled: { ...stalled, of: 9 } })[0]).toMatchObject({ ...part, value: null });
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
    expect(result.stages[0]?.openAges).toEqual({ deals: 1, medianDays: 30, p90Days: 30, maxDays: 30, days: [30] });
    expect(result.unknown).toBe(2);
    expect(dwell.score?.(result satisfies DwellResult)[0]?.value).toBeNull();
  });
});

describe('the ages of open deals', () => {
  it('are told one by one up to 200, ascending', () => {
    expect(agesOf(Float64Array.of(7, 1, 3)).days).toEqual([1, 3, 7]);
    const all = Float64Array.from({ length: 200 }, (_, index) => 200 - index);
    expect(agesOf(all).days).toEqual([...all].reverse());
  });

  it('are those of 200 deals of more, the youngest and the oldest among them', () => {
    // 1991 deals of 0 to 1990 days: every tenth of them.
    const { deals, days } = agesOf(Float64Array.from({ length: 1991 }, (_, index) => 1990 - index));
    expect(deals).toBe(1991);
    expect(days).toEqual(Array.from({ length: 200 }, (_, index) => index * 10));
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

describe('what stands beside the median', () => {
  const result = dwell.compute(contextOf(micro12())) as HistoryDwell;

  it('is the share expected over the limit at any time', () => {
    // Lead: S is 1 to 5, 6/11 to 10, 3/11 to 15, 2/11 to 20, 1/11 to 31 days.
    const within15 = 5 + (5 * 6) / 11 + (5 * 3) / 11;
    const whole = within15 + (5 * 2) / 11 + 11 / 11;
    expect(result.stages[0]!.expectedShare).toBeCloseTo(1 - within15 / whole, 12);
    expect(result.stalled.expectedShare).toBeCloseTo(1 - within15 / whole, 12);
    expect(result.stages[1]!.expectedShare).toBeNull();
  });

  it('is the median of first visits where over a tenth are re-entries', () => {
    expect(result.stages.map(({ reEntries }) => reEntries)).toEqual([0, 1, 2, 0]);
    expect(result.stages.map(({ checks }) => checks)).toEqual([[], ['re-entries'], ['re-entries'], []]);
    expect(result.stages[0]!.firstVisitMedianDays).toBeNull();
    // First visits to Qualified: six or seven of 10 days, of eight.
    expect(result.stages[1]!.firstVisitMedianDays).toBe(10);
  });

  it('is the mean up to the longest time observed where no median is reached', () => {
    const dataset = datasetOf({
      asOf: '2024-04-01',
      stages: MICRO12_STAGES,
      deals: 'id,stage\nA,Won\nB,Lead\nC,Lead\nD,Lead',
      history:
        'id,stage,at\nA,Lead,2024-03-22\nA,Won,2024-03-27\nB,Lead,2024-03-22\nC,Lead,2024-03-22\nD,Lead,2024-03-12',
    });
    const { stages } = dwell.compute(contextOf(dataset)) as HistoryDwell;
    // One of four ends after 5 days, the longest is 20: 5 + 15 · 3/4.
    expect(stages[0]).toMatchObject({ medianDays: null, maxFollowUpDays: 20, checks: ['median-not-reached'] });
    expect(stages[0]!.restrictedMeanDays).toBeCloseTo(16.25, 12);
    const text = JSON.stringify(
      dwell.blocks(dwell.compute(contextOf(dataset)), createTranslator('en', { fields: {}, stages: {} })),
    );
    expect(text).toContain('not reached (> 20 days)');
    expect(text).toContain('Lead 16.3 days');
  });

  it('is the keys of the deals where asked', () => {
    const detailed = dwell.compute(contextOf(micro12(), { details: true })) as HistoryDwell;
    expect(detailed.stages[0]).toMatchObject({ openDeals: ['D09'], stalledDeals: ['D09'] });
    expect(detailed.stages[1]).toMatchObject({ openDeals: ['D06', 'D10'], stalledDeals: [] });
    expect(result.stages[0]).not.toHaveProperty('openDeals');
  });
});

/** The rules file asks for another way to measure stays. */
function reported(dataset: Dataset, report: Partial<ReportSettings>): Dataset {
  return { ...dataset, ruleset: { ...dataset.ruleset, report: { ...dataset.ruleset.report, ...report } } };
}

const DAYS_OFF = { holidays: [dayOf('2024-03-06')], workdays: [dayOf('2024-03-09')] };
const TRANSLATOR = createTranslator('en', { fields: {}, stages: {} });

describe('working days', () => {
  // Monday 4 to Monday 11 March, with Wednesday off and Saturday worked; open since Monday 18 March.
  const history = 'id,stage,at\nA,Lead,2024-03-04\nA,Won,2024-03-11\nB,Lead,2024-03-18';
  const plain = datasetOf({ asOf: '2024-04-01', stages: MICRO12_STAGES, deals: 'id,stage\nA,Won\nB,Lead', history });
  const result = dwell.compute(contextOf(reported(plain, { workingDays: DAYS_OFF }))) as HistoryDwell;

  it('are counted without weekends and days off', () => {
    expect(result.stages[0]!.closedOnly.meanDays).toBe(5);
    expect(result.stages[0]!.openAges.maxDays).toBe(10);
    expect(dwell.compute(contextOf(plain))).toMatchObject({ stages: [{ closedOnly: { meanDays: 7 } }, {}, {}, {}] });
  });

  it('are named', () => {
    expect(result.unit).toBe('working days');
    expect(dwell.blocks(result, TRANSLATOR)[0]).toMatchObject({ text: 'Time in stage, working days' });
  });

  it('count the part of a day in a log with times', () => {
    const timed = datasetOf({
      asOf: '2024-04-01',
      stages: MICRO12_STAGES,
      deals: 'id,stage\nA,Won',
      history: 'id,stage,at\nA,Lead,2024-03-08T18:00:00\nA,Won,2024-03-11T06:00:00',
    });
    const workingDays = { holidays: [], workdays: [] };
    const { stages } = dwell.compute(contextOf(reported(timed, { workingDays }))) as HistoryDwell;
    // A quarter of the Friday and a quarter of the Monday.
    expect(stages[0]!.closedOnly.meanDays).toBe(0.5);
  });

  it('are those of the ages that the table tells, too', () => {
    const table = datasetOf({
      asOf: '2024-03-11',
      stages: MICRO12_STAGES,
      deals: 'id,stage,stage_entered\nA,Lead,2024-03-04',
    });
    const ages = dwell.compute(contextOf(reported(table, { workingDays: DAYS_OFF })));
    expect(ages).toMatchObject({ unit: 'working days', stages: [{ openAges: { maxDays: 5 } }, {}, {}, {}] });
  });
});

describe('the total of a stage', () => {
  const dataset = datasetOf({
    asOf: '2024-04-01',
    stages: MICRO12_STAGES,
    deals: 'id,stage\nA,Won\nB,Lead',
    history: `id,stage,at
A,Lead,2024-03-01\nA,Qualified,2024-03-05\nA,Lead,2024-03-10\nA,Won,2024-03-20
B,Lead,2024-03-01\nB,Qualified,2024-03-03\nB,Lead,2024-03-25`,
  });
  const result = dwell.compute(contextOf(reported(dataset, { dwell: 'stage-total' }))) as HistoryDwell;

  it('adds the visits of a deal up, open where the deal is there now', () => {
    expect(result.stages[0]).toMatchObject({ closedVisits: 1, openVisits: 1, reEntries: 0 });
    // A: 4 and 10 days. B: 2 days, and 7 by now.
    expect(result.stages[0]!.closedOnly.meanDays).toBe(14);
    expect(result.stages[0]!.openAges.maxDays).toBe(9);
    expect(result.stages[1]).toMatchObject({ closedVisits: 2, openVisits: 0 });
  });

  it('is named', () => {
    expect(result.per).toBe('stage-total');
    expect(dwell.blocks(result, TRANSLATOR)[0]).toMatchObject({ text: expect.stringContaining('added up') });
  });
});

it('needs a change log or the day of entry', () => {
  expect(dwell.missing?.(contextOf(micro12Snapshot()))?.en).toContain('--history');
  expect(dwell.missing?.(contextOf(micro12()))).toBeNull();
});

describe('agesOf', () => {
  it('knows nothing of no deals', () => {
    expect(agesOf(new Float64Array())).toEqual({ deals: 0, medianDays: null, p90Days: null, maxDays: null, days: [] });
  });
});
