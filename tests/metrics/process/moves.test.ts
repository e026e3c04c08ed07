import { describe, expect, it } from 'vitest';
import moves, { type MovesResult } from '../../../src/metrics/process/moves.ts';
import { contextOf, datasetOf, MICRO12_STAGES, micro12 } from '../dataset-fixture.ts';

function kindsOf(result: MovesResult) {
  return Object.fromEntries(result.kinds.map(({ kind, moves, deals }) => [kind, [moves, deals?.count ?? null]]));
}

describe('moves between stages', () => {
  it('agrees with the twelve deals of known answers', () => {
    // statistics.md 1.1: regressions {D04}, reopened {D08}, re-entries 0/1/2/0 over the stages.
    const result = moves.compute(contextOf(micro12(), { details: true })) as MovesResult;
    expect(kindsOf(result)).toMatchObject({ regression: [1, 1], reopening: [1, 1], instant: [null, null] });
    expect(kindsOf(result)['reEntry']?.[0]).toBe(3);
    const keys = Object.fromEntries(result.kinds.map(({ kind, dealKeys }) => [kind, dealKeys]));
    expect(keys['regression']).toEqual(['D04']);
    expect(keys['reopening']).toEqual(['D08']);
  });

  it('sees skips, early wins and moves within a minute with their amounts', () => {
    const dataset = datasetOf({
      asOf: '2024-03-01',
      stages: MICRO12_STAGES,
      currency: 'USD',
      deals: 'id,stage,amount\nA,Won,100\nB,Proposal,20\nC,Lead,3',
      history: [
        'id,stage,at',
        'A,Lead,2024-01-01T09:00:00',
        'A,Won,2024-01-01T09:00:59',
        'B,Lead,2024-01-02T09:00:00',
        'B,Proposal,2024-01-02T09:01:00',
        'C,Lead,2024-01-03T09:00:00',
      ].join('\n'),
    });
    const result = moves.compute(contextOf(dataset)) as MovesResult;
    expect(kindsOf(result)).toEqual({
      regression: [0, 0],
      reEntry: [0, 0],
      reopening: [0, 0],
      skip: [1, 1],
      wonEarly: [1, 1],
      instant: [1, 1],
    });
    expect(result.kinds.find(({ kind }) => kind === 'skip')?.amounts).toEqual({ USD: 20 });
    expect(result.kinds.find(({ kind }) => kind === 'instant')).toMatchObject({
      deals: { count: 1, of: 3 },
      amounts: { USD: 100 },
    });
    expect(result.moves).toBe(2);
    // A won from before the last stage, B moved over one.
    expect(result.skipped).toMatchObject({ count: 2, of: 3 });
  });

  it('says from where to where, with the days before', () => {
    const dataset = datasetOf({
      asOf: '2024-03-01',
      stages: MICRO12_STAGES,
      deals: 'id,stage\nA,Lead\nB,Qualified',
      history: [
        'id,stage,at',
        'A,Lead,2024-01-01',
        'A,Qualified,2024-01-05',
        'A,Lead,2024-01-06',
        'A,Qualified,2024-01-16',
        'A,Lead,2024-01-19',
        'B,Lead,2024-01-01',
        'B,Qualified,2024-01-03',
      ].join('\n'),
    });
    const { transitions } = moves.compute(contextOf(dataset)) as MovesResult;
    expect(transitions).toEqual([
      // 4, 10 and 2 days in Lead.
      { from: 'Lead', to: 'Qualified', moves: 3, deals: 2, medianDays: 4, direction: 'forward' },
      // 1 and 3 days in Qualified.
      { from: 'Qualified', to: 'Lead', moves: 2, deals: 1, medianDays: 2, direction: 'back' },
    ]);
  });
});
