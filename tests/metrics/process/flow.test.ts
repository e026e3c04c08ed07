import { describe, expect, it } from 'vitest';
import flow, { type FlowResult } from '../../../src/metrics/process/flow.ts';
import { contextOf, datasetOf, MICRO12_STAGES, micro12, micro12Snapshot } from '../dataset-fixture.ts';

// Three deals: A goes on and is won, B is lost and comes back, C is created before the periods shown.
const DATASET = datasetOf({
  asOf: '2024-03-10',
  stages: MICRO12_STAGES,
  deals: 'id,stage\nA,Won\nB,Lead\nC,Lead',
  history: [
    'id,stage,at',
    'A,Lead,2024-01-05',
    'A,Qualified,2024-02-03',
    'A,Won,2024-02-20',
    'B,Lead,2024-01-10',
    'B,Lost,2024-02-11',
    'B,Lead,2024-03-01',
    'C,Lead,2022-12-01',
  ].join('\n'),
});

const resultOf = (details = false) => flow.compute(contextOf(DATASET, { details })) as FlowResult;

describe('the flow through the stages', () => {
  it('shows twelve complete periods and the running one', () => {
    const { periods } = resultOf();
    expect(periods).toHaveLength(13);
    expect(periods[0]).toEqual({ from: '2023-03-01', until: '2023-03-31', isComplete: true });
    expect(periods[12]).toEqual({ from: '2024-03-01', until: '2024-03-10', isComplete: false });
  });

  it('counts who came and went by hand', () => {
    const { stages, funnel } = resultOf();
    const lead = stages[0]!.periods;
    // January: A and B come to Lead beside C. February: A goes on, B is lost. March: B is back.
    expect(lead[10]).toMatchObject({ entries: 2, net: 2, workInProgress: 3 });
    expect(lead[11]).toMatchObject({ entries: 0, forward: 1, lost: 1, net: -2, workInProgress: 1 });
    expect(lead[12]).toMatchObject({ entries: 1, net: 1, workInProgress: 2 });
    expect(funnel[11]).toMatchObject({ entries: 0, won: 1, lost: 1, forward: 0, net: -2, workInProgress: 1 });
    expect(funnel[12]).toMatchObject({ entries: 1, workInProgress: 2 });
  });

  it('ends with the deals that are open now', () => {
    const { stages } = flow.compute(contextOf(micro12())) as FlowResult;
    // statistics.md 1.2, pending by stage: 11 − 10, 8 − 6, 7 − 6, 4 − 3.
    expect(stages.map(({ periods }) => periods.at(-1)?.workInProgress)).toEqual([1, 2, 1, 1]);
  });

  it('carries the deals that entered on request alone', () => {
    expect(resultOf(true).stages[0]!.periods[10]?.dealKeys).toEqual(['A', 'B']);
    expect(resultOf().stages[0]!.periods[10]).not.toHaveProperty('dealKeys');
  });

  it('needs a change log', () => {
    expect(flow.missing?.(contextOf(micro12Snapshot()))?.en).toBe('needs the change log (--history)');
  });
});
