import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../../src/dataset/dataset.ts';
import { createTranslator } from '../../../src/i18n/translator.ts';
import type { MetricContext } from '../../../src/metrics/define.ts';
import closingReasons, { type ClosingReasonsResult } from '../../../src/metrics/win/closing-reasons.ts';
import { loadRuleset } from '../../../src/ruleset/load.ts';
import { contextOf, datasetOf } from '../dataset-fixture.ts';

const STAGES = [{ id: 'Lead' }, { id: 'Demo' }, { id: 'Won', kind: 'won' }, { id: 'Lost', kind: 'lost' }] as const;
const DEALS = [
  'id,stage,loss_reason,amount,currency',
  'A,Lost,Price,100,USD',
  'B,Lost,Price,50,CNY',
  'C,Lost,Timing,10,USD',
  'D,Lost,Other,1,USD',
  'E,Lost,,999,USD',
  'F,Won,Price,5,USD',
  'G,Lead,Timing,5,USD',
  'H,Lost,Price,,USD',
].join('\n');
const HISTORY = [
  'id,stage,at',
  'A,Lead,2026-01-01',
  'A,Demo,2026-01-02',
  'A,Lost,2026-01-03',
  'B,Lead,2026-01-01',
  'B,Lost,2026-01-03',
  'C,Lost,2026-01-03',
  'H,Demo,2026-01-01',
  'H,Lead,2026-01-02',
  'H,Demo,2026-01-03',
  'H,Lost,2026-01-04',
].join('\n');

function table(change: { history?: string; deals?: string } = {}): Dataset {
  return datasetOf({ asOf: '2026-06-01', stages: STAGES, deals: DEALS, ...change });
}

function compute(dataset: Dataset, asked: Partial<MetricContext> = {}): ClosingReasonsResult {
  return closingReasons.compute(contextOf(dataset, asked)) as ClosingReasonsResult;
}

describe('the reasons of lost deals', () => {
  const { lost, won } = compute(table());

  it('are counted of the deals that give one, the most frequent first', () => {
    // Six lost deals, five with a reason; what a won or an open deal says is no reason for a loss.
    expect(lost).toMatchObject({ deals: 6, withoutReason: { count: 1, of: 6 }, omitted: 0 });
    expect(lost?.reasons.map(({ reason, share }) => [reason, share.count, share.of])).toEqual([
      ['Price', 3, 5],
      ['Other', 1, 5],
      ['Timing', 1, 5],
    ]);
    expect(lost?.reasons.map(({ cumulative }) => cumulative.count)).toEqual([3, 4, 5]);
    expect(won).toBeNull();
  });

  it('carry their amounts by currency', () => {
    expect(lost?.reasons[0]?.amounts).toEqual({ CNY: 50, USD: 100 });
  });

  it('are told by the last open stage, where a history knows it', () => {
    expect(lost?.reasons[0]).not.toHaveProperty('stages');
    const withHistory = compute(table({ history: HISTORY })).lost;
    expect(withHistory?.reasons[0]?.stages).toEqual([
      { stage: 'Lead', count: 1 },
      { stage: 'Demo', count: 2 },
    ]);
    expect(withHistory?.reasons.find(({ reason }) => reason === 'Timing')?.stages).toEqual([]);
  });

  it('are vague where the rules in force say so', () => {
    expect(lost?.vague).toBeNull();
    const ruled: Dataset = { ...table(), ruleset: loadRuleset({ file: null, packs: [] }) };
    const judged = compute(ruled).lost;
    expect(judged?.vague).toMatchObject({ count: 1, of: 5 });
    expect(judged?.reasons.filter(({ isVague }) => isVague).map(({ reason }) => reason)).toEqual(['Other']);
  });

  it('carry the deals where asked for', () => {
    expect(compute(table(), { details: true }).lost?.reasons[0]?.dealKeys).toEqual(['A', 'B', 'H']);
    expect(lost?.reasons[0]).not.toHaveProperty('dealKeys');
  });
});

it('keeps the hundred most frequent of free texts', () => {
  const rows = Array.from({ length: 130 }, (_, deal) => `${deal},Won,because ${deal}`);
  const { won } = compute(table({ deals: ['id,stage,win_reason', ...rows].join('\n') }));
  expect(won?.reasons).toHaveLength(100);
  expect(won).toMatchObject({ omitted: 30, deals: 130 });
});

it('is missing without a column for either', () => {
  const missing = (deals: string) => closingReasons.missing?.(contextOf(table({ deals })));
  expect(missing('id,stage\nA,Lost')?.zh).toBe('没有输单原因列');
  expect(missing('id,stage,win_reason\nA,Lost,x')).toBeNull();
});

it('can be read', () => {
  const text = (lang: 'en' | 'zh') => {
    const translator = createTranslator(lang, { fields: {}, stages: {} });
    return JSON.stringify(closingReasons.blocks(compute(table({ history: HISTORY })), translator));
  };
  expect(text('en')).toContain('Demo (2 of 3)');
  expect(text('zh')).toContain('未填原因：1/6');
});
