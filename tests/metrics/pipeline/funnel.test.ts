import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../../src/i18n/translator.ts';
import funnel, { type FunnelResult } from '../../../src/metrics/pipeline/funnel.ts';
import { contextOf, datasetOf, MICRO12_STAGES, micro12, readReference } from '../dataset-fixture.ts';

const expected = JSON.parse(readReference('micro12.json'));

describe('funnel', () => {
  it('counts deals and amounts by stage and kind', () => {
    const result = funnel.compute(contextOf(micro12())) as FunnelResult;
    for (const [stage, deals] of Object.entries(expected.snapshot.currentStock)) {
      expect(result.stages.find((entry) => entry.stage === stage)?.deals).toBe(deals);
    }
    expect(result.kinds.open).toEqual({ deals: 5, dealsWithAmount: 5, amounts: { USD: expected.outcome.openValue } });
    expect(result.kinds.won.amounts).toEqual({ USD: expected.outcome.wonValue });
    expect(result.kinds.unknown).toEqual({ deals: 0, dealsWithAmount: 0, amounts: {} });
  });

  it('keeps currencies apart, those of most deals first, and adds exactly', () => {
    const cents = Array.from({ length: 10 }, (_, index) => `${index},Lead,0.1,USD`);
    const dataset = datasetOf({
      asOf: '2024-04-01',
      stages: MICRO12_STAGES,
      deals: ['id,stage,amount,currency', ...cents, 'x,Lead,5,CNY', 'y,Lead,7,', 'z,gone,,USD'].join('\n'),
    });
    const result = funnel.compute(contextOf(dataset)) as FunnelResult;
    expect(result.stages[0]?.amounts).toEqual({ CNY: 5, USD: 1, XXX: 7 });
    expect(Object.keys(result.stages[0]!.amounts)).toEqual(['USD', 'CNY', 'XXX']);
    expect(result.kinds.unknown).toMatchObject({ deals: 1, dealsWithAmount: 0 });
  });

  it('says how many deals of an unknown stage the history places', () => {
    const dataset = datasetOf({
      asOf: '2024-04-01',
      stages: MICRO12_STAGES,
      deals: 'id,stage\nA,gone\nB,gone\nC,Lead',
      history: 'id,stage,at\nA,Lead,2024-01-01\nC,Lead,2024-01-02',
    });
    const result = funnel.compute(contextOf(dataset)) as FunnelResult;
    expect(result).toMatchObject({ placedByHistory: 1, kinds: { open: { deals: 2 }, unknown: { deals: 1 } } });
    const translator = createTranslator('en', { fields: {}, stages: {} });
    expect(JSON.stringify(funnel.blocks(result, translator))).toContain(
      'Without a known stage in the table: 2, of which the history places 1.',
    );
  });
});
