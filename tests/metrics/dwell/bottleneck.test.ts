import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../../src/dataset/dataset.ts';
import { createTranslator } from '../../../src/i18n/translator.ts';
import bottleneck, { type BottleneckResult } from '../../../src/metrics/dwell/bottleneck.ts';
import dwell, { type HistoryDwell } from '../../../src/metrics/dwell/dwell.ts';
import { contextOf, datasetOf, micro12 } from '../dataset-fixture.ts';

const STAGES = [
  { id: 'Lead' },
  { id: 'Offer' },
  { id: 'Won', kind: 'won' as const },
  { id: 'Lost', kind: 'lost' as const },
];

/** Forty leads, ten days each: half go on to Offer, where six of twenty are won after five days and one still waits. */
function funnel(): Dataset {
  const deals: string[] = [];
  const history: string[] = [];
  for (let deal = 0; deal < 40; deal += 1) {
    const goesOn = deal < 20;
    const last = !goesOn ? 'Lost' : deal < 6 ? 'Won' : deal < 19 ? 'Lost' : 'Offer';
    deals.push(`D${deal},${last},100`);
    history.push(`D${deal},Lead,2024-01-01`);
    history.push(`D${deal},${goesOn ? 'Offer' : 'Lost'},2024-01-11`);
    if (goesOn && last !== 'Offer') history.push(`D${deal},${last},2024-01-16`);
  }
  return datasetOf({
    asOf: '2024-03-01',
    stages: STAGES,
    currency: 'USD',
    deals: ['id,stage,amount', ...deals].join('\n'),
    history: ['id,stage,at', ...history].join('\n'),
  });
}

const resultOf = (dataset: Dataset) =>
  bottleneck.compute(contextOf(dataset, { windowDays: 30, details: true })) as BottleneckResult;

describe('bottlenecks', () => {
  it('measures stages against the median where no benchmark is set', () => {
    const [lead, offer] = resultOf(funnel()).stages;
    // Lead 20 of 40, matured; Offer 6 of 20, estimated: 13 lost and 6 won at one time of 20 at risk. Median .4.
    expect(lead).toMatchObject({ conversion: { value: 0.5, of: 40 }, gap: 0, lossRank: null, lostDeals: 20 });
    expect(offer?.conversion.value).toBeCloseTo(0.3, 9);
    expect(offer?.benchmark).toMatchObject({ from: 'median' });
    expect(offer?.gap).toBeCloseTo(0.1, 9);
    // .4 against 6 of 20: no more than chance.
    expect(offer?.isBeyondChance).toBe(false);
    expect(offer?.lossScore).toBeCloseTo(130, 9);
    expect(offer).toMatchObject({ lossRank: 1, lostDeals: 13, lostAmounts: { USD: 1300 } });
  });

  it('finds what is stuck, with the days beyond typical', () => {
    const offer = resultOf(funnel()).stages[1]!;
    // In Offer since 11 January, 50 days, where 5 are typical.
    expect(offer).toMatchObject({
      typicalDays: 5,
      thresholdDays: 7.5,
      stuckDeals: 1,
      stuckAmounts: { USD: 100 },
      excessDays: 45,
      excessAmountDays: { USD: 4500 },
      stuckRank: 1,
      dealKeys: ['D19'],
    });
  });

  it('prefers the benchmarks of the rules', () => {
    const dataset = funnel();
    const origin = { file: 'rules.yaml', line: 1 };
    const benchmarks = [{ figure: 'conversion', stage: 'Lead', value: 0.8, unit: 'rate' as const, origin }];
    const [lead] = resultOf({ ...dataset, ruleset: { ...dataset.ruleset, benchmarks } }).stages;
    expect(lead?.benchmark).toEqual({ value: 0.8, from: 'rules' });
    expect(lead?.lossScore).toBeCloseTo(0.3 * 2000, 9);
    expect(lead?.lossRank).toBe(1);
    // 80 % against 20 of 40, whose upper limit is 65 %.
    expect(lead?.isBeyondChance).toBe(true);
  });

  it('says it in a sentence', () => {
    const text = JSON.stringify(
      bottleneck.blocks(resultOf(funnel()), createTranslator('en', { fields: {}, stages: {} })),
    );
    expect(text).toContain('Offer loses most for its gap: 13 deals · $1,300 lost there');
    expect(text).toContain('The gap is no larger than chance may make it');
    expect(text).toContain('Offer holds most that is stuck: 1 deal · $100 for more than 7.5 days');
  });

  it('judges nothing typical by a few visits', () => {
    expect(resultOf(micro12()).stages[3]).toMatchObject({ typicalDays: null, stuckDeals: 0, stuckRank: null });
  });
});

it('counts in the days of the dwell metric, and names them', () => {
  const plain = funnel();
  const report = { ...plain.ruleset.report, workingDays: { holidays: [], workdays: [] } };
  const dataset = { ...plain, ruleset: { ...plain.ruleset, report } };
  const result = resultOf(dataset);
  // Monday 1 to Thursday 11 January: eight working days of ten.
  expect(result).toMatchObject({ unit: 'working days', stages: [{ typicalDays: 8 }, {}] });
  const study = dwell.compute(contextOf(dataset)) as HistoryDwell;
  expect(result.stages.map(({ typicalDays }) => typicalDays)).toEqual(
    study.stages.map(({ typicalDays }) => typicalDays),
  );
  const [title] = bottleneck.blocks(result, createTranslator('en', { fields: {}, stages: {} }));
  expect(title).toMatchObject({ text: 'Bottlenecks, working days' });
});
