import { describe, expect, it } from 'vitest';
import { currentState, OUTCOME } from '../../../src/dataset/journeys/visits.ts';
import { createTranslator } from '../../../src/i18n/translator.ts';
import winRate, { closedText, type WinRateResult } from '../../../src/metrics/win/win-rate.ts';
import {
  contextOf,
  datasetOf,
  MICRO12_STAGES,
  micro12,
  micro12Snapshot,
  readReference,
  USUAL_OPTIONS,
} from '../dataset-fixture.ts';

const expected = JSON.parse(readReference('micro12.json')).outcome;
const fixture = JSON.parse(readReference('fixtures.json')).valueWinRate;

describe('micro12', () => {
  const result = winRate.compute(contextOf(micro12())) as WinRateResult;

  it('divides won by closed, with Wilson’s interval', () => {
    expect(result.closed).toMatchObject({ value: expected.winRateClosed, count: 3, of: 7, won: 3, lost: 4 });
    expect(result.closed.interval?.[0]).toBeCloseTo(0.1582, 4);
    expect(result.closed.interval?.[1]).toBeCloseTo(0.7495, 4);
  });

  it('shows what it is at least and at most', () => {
    expect(result.toDate.value).toBe(expected.winRateCohortToDate);
    expect(result.toDate.interval?.[0]).toBeCloseTo(0.0889, 4);
    expect(result.upperBound.value).toBe(expected.winRateUpper);
    expect(result.counts).toEqual({ open: 5, won: 3, lost: 4, dormant: 0, unknown: 0 });
  });

  it('weighs by value with the effective number of deals', () => {
    const [value] = result.byValue.byCurrency;
    expect(value).toMatchObject({
      currency: 'USD',
      value: expected.winRateValueClosed,
      wonAmount: expected.wonValue,
      lostAmount: expected.lostValue,
      withheld: null,
    });
    expect(value?.effectiveDeals).toBeCloseTo(fixture.nEff, 12);
  });

  it('carries the closed deals where asked for', () => {
    const { dealKeys } = winRate.compute(contextOf(micro12(), { details: true })) as WinRateResult;
    expect(dealKeys).toEqual({ won: ['D01', 'D03', 'D11'], lost: ['D02', 'D04', 'D05', 'D12'] });
    expect(result).not.toHaveProperty('dealKeys');
  });

  it('is the same without a history', () => {
    const snapshot = winRate.compute(contextOf(micro12Snapshot())) as WinRateResult;
    expect({ ...snapshot.closed, basis: 'history' }).toEqual(result.closed);
    expect(snapshot.basis).toBe('snapshot');
  });
});

describe('by value', () => {
  const compute = (deals: string) =>
    (winRate.compute(contextOf(datasetOf({ asOf: '2024-04-01', stages: MICRO12_STAGES, deals }))) as WinRateResult)
      .byValue;

  it('is withheld when no lost deal has an amount', () => {
    const { byCurrency, excludedLost, excludedWon } = compute(
      'id,stage,amount\nA,Won,100\nB,Lost,0\nC,Lost,\nD,Won,-5',
    );
    expect(byCurrency[0]).toMatchObject({ value: null, wonAmount: 100, interval: null });
    expect(byCurrency[0]?.withheld?.en).toContain('No lost deal has an amount');
    expect({ excludedLost, excludedWon }).toEqual({ excludedLost: 2, excludedWon: 1 });
  });

  it('never adds across currencies', () => {
    const { byCurrency } = compute(
      'id,stage,amount,currency\nA,Won,100,USD\nB,Lost,300,USD\nC,Won,50,CNY\nD,Lost,50,CNY',
    );
    expect(byCurrency.map(({ currency, value }) => [currency, value])).toEqual([
      ['CNY', 0.5],
      ['USD', 0.25],
    ]);
  });
});

describe('figures', () => {
  const dataset = micro12();
  const context = {
    dataset,
    select: new Uint8Array(dataset.rowCount).fill(1),
    ...USUAL_OPTIONS,
  };

  it('win_rate is the closed rate of the selected deals', () => {
    expect(winRate.figures!.win_rate!([], context)).toMatchObject({ count: 3, of: 7, unit: 'rate' });
    const none = { ...context, select: new Uint8Array(dataset.rowCount) };
    expect(winRate.figures!.win_rate!([], none)).toMatchObject({ value: null, of: 0, interval: null });
  });

  it('win_rate of one who lost nothing is known, that of a file without lost deals is not', () => {
    const wonRows = Uint8Array.from(currentState(dataset).outcome, (outcome) => Number(outcome === OUTCOME.won));
    expect(winRate.figures!.win_rate!([], { ...context, select: wonRows })).toMatchObject({ value: 1, of: 3 });
    const archived = datasetOf({ asOf: '2024-04-01', stages: MICRO12_STAGES, deals: 'id,stage\nA,Won\nB,Won\nC,Lead' });
    const figure = winRate.figures!.win_rate!([], { ...context, dataset: archived, select: Uint8Array.of(1, 1, 1) });
    expect(figure).toMatchObject({ value: null, interval: null, count: 2, of: 2 });
    expect(figure.note?.en).toContain('not one closed deal is lost');
    const result = winRate.compute(contextOf(archived)) as WinRateResult;
    expect(result.closed).toMatchObject({ value: null, interval: null, count: 2, of: 2 });
    const translator = createTranslator('en', { fields: {}, stages: {} });
    expect(closedText(result.closed, translator)).toBe(
      '2 of 2 (not one closed deal is lost, so the rate would be 100% whatever happened)',
    );
  });

  it('win_value_rate is the rate by value, unknown over several currencies', () => {
    expect(winRate.figures!.win_value_rate!([], context).value).toBe(expected.winRateValueClosed);
    const mixed = datasetOf({
      asOf: '2024-04-01',
      stages: MICRO12_STAGES,
      deals: 'id,stage,amount,currency\nA,Won,100,USD\nB,Lost,300,CNY',
    });
    const figure = winRate.figures!.win_value_rate!([], { ...context, dataset: mixed, select: Uint8Array.of(1, 1) });
    expect(figure).toMatchObject({ value: null, of: 2 });
  });
});
