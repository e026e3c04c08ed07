import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../../src/dataset/dataset.ts';
import { figureFunctions } from '../../../src/metrics/index.ts';
import type { FigureArgument } from '../../../src/ruleset/expression/expression.ts';
import { datasetOf, micro12, stagesOf, USUAL_OPTIONS } from '../dataset-fixture.ts';

const figures = figureFunctions();
const STAGES = [{ id: 'Lead' }, { id: 'Proposal' }, { id: 'Won', kind: 'won' }, { id: 'Lost', kind: 'lost' }] as const;

function run(name: string, dataset: Dataset, args: readonly FigureArgument[] = [], select?: Uint8Array) {
  const all = new Uint8Array(dataset.rowCount).fill(1);
  return figures[name]!(args, { ...USUAL_OPTIONS, dataset, select: select ?? all, all });
}

describe('figures over the deals as the table has them', () => {
  const dataset = datasetOf({
    asOf: '2026-06-01',
    stages: STAGES,
    deals: `id,stage,source,probability
A,Lead,Web,0.2
B,Lead,,0.35
C,Proposal,tbd,0.5
D,Won,Web,1
E,Lead,Fair,`,
  });

  it('portion is the share of a segment, or of a stage', () => {
    expect(run('portion', dataset, [], Uint8Array.of(1, 0, 0, 1, 0))).toMatchObject({ count: 2, of: 5, value: 0.4 });
    expect(run('portion', dataset, [{ type: 'stage', stage: 'Lead' }])).toMatchObject({ count: 3, of: 5 });
  });

  it('filled and known count what is neither blank nor a placeholder', () => {
    const field: FigureArgument = { type: 'field', field: 'source' };
    expect(run('filled', dataset, [field])).toMatchObject({ count: 3, of: 5, value: 0.6, unit: 'rate' });
    expect(run('known', dataset, [field])).toMatchObject({ value: 3, of: 5, unit: 'count' });
    expect(run('filled', dataset, [{ type: 'field', field: 'nothing' }])).toMatchObject({ value: null, of: 0 });
  });

  it('decided counts won and lost deals', () => {
    expect(run('decided', micro12())).toMatchObject({ value: 7, of: 12, unit: 'count' });
  });

  it('probability_by_hand compares open deals with the default of their stage', () => {
    const defaults = [0.2, 0.5, 1, 0];
    const stages = stagesOf(STAGES).map((stage, index) => ({ ...stage, probability: defaults[index]! }));
    // A and C have the default, B has not, E has none, D is closed.
    expect(run('probability_by_hand', { ...dataset, stages })).toMatchObject({ count: 1, of: 3 });
    expect(run('probability_by_hand', dataset)).toMatchObject({ value: null, of: 0 });
  });
});
