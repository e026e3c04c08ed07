import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../../src/i18n/translator.ts';
import conversion, { type HistoryConversion } from '../../../src/metrics/conversion/conversion.ts';
import conversionSegments, { type ConversionSegments } from '../../../src/metrics/conversion/conversion-segments.ts';
import type { MetricContext } from '../../../src/metrics/define.ts';
import { contextOf, datasetOf, MICRO12_DEALS, MICRO12_STAGES, micro12, micro12Snapshot } from '../dataset-fixture.ts';

function compute(dataset: MetricContext['dataset'], asked: Partial<MetricContext> = {}): ConversionSegments {
  return conversionSegments.compute(contextOf(dataset, { by: ['owner'], ...asked })) as ConversionSegments;
}

describe('conversion by segment', () => {
  const [owners] = compute(micro12(), { windowDays: 16 }).fields;

  it('counts the deals of each value by stage', () => {
    expect(owners).toMatchObject({ field: 'owner', omitted: 0, dealsWithoutValue: 0 });
    const [ann, bo] = owners!.segments;
    // Ann: D01, D03, D05, D07, D09 entered Lead (D11 did not); D05 is lost, D09 is still there.
    expect(ann).toMatchObject({ value: 'Ann', deals: 6 });
    expect(ann?.stages[0]).toMatchObject({ stage: 'Lead', entries: 5, advanced: 3, lostHere: 1, pending: 1 });
    expect(ann?.stages[0]?.rates).toMatchObject({ toDate: { count: 3, of: 5 }, resolved: { count: 3, of: 4 } });
    // Bo: all six went on, D04 after the window.
    expect(bo?.stages[0]).toMatchObject({ entries: 6, advanced: 6, lostHere: 0, pending: 0 });
    expect(bo?.stages[0]?.rates).toMatchObject({ headline: 'estimated', matured: { count: 5, of: 6 } });
    expect(bo?.stages[0]?.rates?.estimated?.value).toBeCloseTo(5 / 6, 12);
  });

  it('gives each a ladder of its own', () => {
    expect(owners?.segments.map(({ ladder }) => ladder.map(({ reached }) => reached))).toEqual([
      [6, 4, 4, 3, 3],
      [6, 6, 3, 2, 0],
    ]);
  });

  it('tells only counts of fewer than five deals', () => {
    expect(owners?.segments[0]?.stages[1]).toMatchObject({ entries: 2, advanced: 2, rates: null });
  });

  it('adds up to the conversion of all deals', () => {
    const all = conversion.compute(contextOf(micro12())) as HistoryConversion;
    for (const [step, stage] of all.stages.entries()) {
      const sum = (key: 'entries' | 'advanced' | 'lostHere' | 'pending') =>
        owners!.segments.reduce((total, segment) => total + segment.stages[step]![key], 0);
      expect([sum('entries'), sum('advanced'), sum('lostHere'), sum('pending')]).toEqual([
        stage.entries,
        stage.advanced,
        stage.lostHere,
        stage.pending,
      ]);
    }
  });

  it('shows the interval of an estimate, however many deals it rests on', () => {
    const ids = Array.from({ length: 40 }, (_, deal) => deal);
    // All entered 60 days before, so none has had the window of 90 days; ten went on.
    const dataset = datasetOf({
      asOf: '2024-03-01',
      stages: MICRO12_STAGES,
      deals: ['id,stage,owner', ...ids.map((id) => `${id},Lead,Li`)].join('\n'),
      history: [
        'id,stage,at',
        ...ids.map((id) => `${id},Lead,2024-01-01${id < 10 ? `\n${id},Qualified,2024-01-06` : ''}`),
      ].join('\n'),
    });
    const result = compute(dataset, { windowDays: 90 });
    const blocks = conversionSegments.blocks(result, createTranslator('en', { fields: {}, stages: {} }));
    // 10 of 40, none censored before; the interval is log-log: 0.25 ^ exp(±1.96 × √(0.25 × 0.75 / 40) / (0.25 × ln 4)).
    expect(JSON.stringify(blocks)).toContain('≈25% (13–39%, n 40)');
  });

  it('takes the matured share for the headline from thirty matured deals on', () => {
    const ids = Array.from({ length: 40 }, (_, deal) => deal);
    const dataset = datasetOf({
      asOf: '2024-04-01',
      stages: MICRO12_STAGES,
      deals: ['id,stage,owner', ...ids.map((id) => `${id},Lead,Li`)].join('\n'),
      history: [
        'id,stage,at',
        ...ids.map((id) => `${id},Lead,2024-01-01${id < 10 ? `\n${id},Qualified,2024-01-06` : ''}`),
      ].join('\n'),
    });
    const rates = compute(dataset, { windowDays: 30 }).fields[0]?.segments[0]?.stages[0]?.rates;
    expect(rates).toMatchObject({ headline: 'matured', matured: { count: 10, of: 40 }, estimated: null });
  });

  it('keeps the 200 largest values, the first by text among equals, and counts the others', () => {
    const ids = Array.from({ length: 260 }, (_, deal) => deal);
    const owner = (id: number) => (id >= 250 ? 'Zoe' : `P${String(id).padStart(3, '0')}`);
    const dataset = datasetOf({
      asOf: '2024-04-01',
      stages: MICRO12_STAGES,
      deals: ['id,stage,owner', ...ids.toReversed().map((id) => `${id},Lead,${owner(id)}`), 'x,Lead,'].join('\n'),
      history: ['id,stage,at', ...[...ids, 'x'].map((id) => `${id},Lead,2024-03-01`)].join('\n'),
    });
    const [field] = compute(dataset).fields;
    expect(field?.segments).toHaveLength(200);
    expect(field?.segments.slice(0, 3).map(({ value }) => value)).toEqual(['Zoe', 'P000', 'P001']);
    expect(field).toMatchObject({ omitted: 51, dealsWithoutValue: 1 });
  });

  it('does not depend on the order of the file', () => {
    const [header, ...rows] = MICRO12_DEALS.trim().split('\n');
    const turned = micro12({ deals: [header, ...rows.toReversed()].join('\n') });
    expect(compute(turned)).toEqual(compute(micro12()));
  });

  it('says what it lacks', () => {
    const missing = (dataset: MetricContext['dataset'], by: readonly string[]) =>
      conversionSegments.missing?.(contextOf(dataset, { by }))?.en ?? null;
    expect(missing(micro12Snapshot(), ['owner'])).toContain('--history');
    expect(missing(micro12(), ['region'])).toContain('column');
    expect(missing(micro12(), ['owner'])).toBeNull();
  });
});
