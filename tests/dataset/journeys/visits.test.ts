import { describe, expect, it } from 'vitest';
import {
  currentState,
  daysBetween,
  daysUntilAsOf,
  OUTCOME,
  staysByStage,
  summarizeJourneys,
} from '../../../src/dataset/journeys/visits.ts';
import {
  datasetOf,
  dayOf,
  MICRO12_STAGES,
  micro12,
  micro12Snapshot,
  readReference,
} from '../../metrics/dataset-fixture.ts';

const expected = JSON.parse(readReference('micro12.json'));

describe('daysBetween', () => {
  it('counts calendar days for dates and elapsed days for times', () => {
    const start = Date.UTC(2024, 0, 1, 18);
    const end = Date.UTC(2024, 0, 2, 6);
    expect(daysBetween(start, end, true)).toBe(0.5);
    expect(daysBetween(start, end, false)).toBe(1);
  });

  it('never lets an age fall below 0', () => {
    expect(daysUntilAsOf(Date.UTC(2024, 0, 2, 6), dayOf('2024-01-02'), true)).toBe(0);
  });
});

describe('micro12', () => {
  const dataset = micro12();
  const summary = summarizeJourneys(dataset.journeys!, dataset.stages);
  const id = (deal: number) => dataset.columns.get('id')!.texts.at(deal);
  const idsWhere = (flags: ArrayLike<number>) =>
    Array.from(flags).flatMap((flag, deal) => (flag > 0 ? [id(deal)] : []));

  it('finds regressions, reopened deals and re-entries', () => {
    expect(idsWhere(summary.regressions)).toEqual(expected.regressionDeals);
    expect(idsWhere(summary.reopened)).toEqual(expected.reopenedDeals);
    expect(summary.reEntries.reduce((sum, count) => sum + count, 0)).toBe(3);
  });

  it('reaches as far as the reference', () => {
    const reached = [0, 1, 2, 3, 4].map((stage) => Array.from(summary.reach).filter((reach) => reach >= stage).length);
    expect(reached).toEqual(expected.reached);
  });

  it('knows the first entry of each stage', () => {
    const entries = [0, 1, 2, 3].map(
      (stage) =>
        dataset.rowCount - idsWhere(summary.firstEntry.filter((_, at) => at % 4 === stage).map((e) => -e)).length,
    );
    expect(entries).toEqual([11, 8, 7, 4]);
  });

  it('groups the stays by stage', () => {
    const { offsets } = staysByStage(dataset.journeys!, dataset.stages.length);
    expect(Array.from(offsets.slice(1), (end, stage) => end - offsets[stage]!)).toEqual([11, 9, 9, 4, 3, 5]);
  });

  it('knows the outcomes', () => {
    const { outcome, dealsWithoutHistory, stageDisagreements } = currentState(dataset);
    expect(idsWhere(outcome.map((value) => Number(value === OUTCOME.won)))).toEqual(expected.outcome.won);
    expect(idsWhere(outcome.map((value) => Number(value === OUTCOME.lost)))).toEqual(expected.outcome.lost);
    expect(idsWhere(outcome.map((value) => Number(value === OUTCOME.open)))).toEqual(expected.outcome.open);
    expect({ dealsWithoutHistory, stageDisagreements }).toEqual({ dealsWithoutHistory: 0, stageDisagreements: 0 });
    expect(currentState(micro12Snapshot()).outcome).toEqual(outcome);
  });
});

describe('currentState', () => {
  it('follows the history where there is one, and the table elsewhere', () => {
    const dataset = datasetOf({
      asOf: '2024-04-01',
      stages: MICRO12_STAGES,
      deals: 'id,stage\nA,Won\nB,Won\nC,nonsense',
      history: 'deal_id,stage,changed_at\nA,Lead,2024-01-01',
    });
    expect(currentState(dataset)).toMatchObject({
      outcome: Uint8Array.of(OUTCOME.open, OUTCOME.won, OUTCOME.unknown),
      dealsWithoutHistory: 2,
      stageDisagreements: 1,
    });
  });
});

describe('summarizeJourneys', () => {
  it('does not take a deal back from a dormant stage for a reopened one', () => {
    const dataset = datasetOf({
      asOf: '2024-04-01',
      stages: [...MICRO12_STAGES, { id: 'Dormant', kind: 'dormant' }],
      deals: 'id,stage\nA,Lead',
      history: 'deal_id,stage,changed_at\nA,Lead,2024-01-01\nA,Dormant,2024-01-02\nA,Lead,2024-01-03',
    });
    const summary = summarizeJourneys(dataset.journeys!, dataset.stages);
    expect([...summary.reopened]).toEqual([0]);
    expect([...summary.reEntries]).toEqual([1]);
    expect([...summary.regressions]).toEqual([0]);
  });
});
