import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../../src/dataset/dataset.ts';
import { createTranslator } from '../../../src/i18n/translator.ts';
import type { MetricContext } from '../../../src/metrics/define.ts';
import forecast, { type ForecastResult } from '../../../src/metrics/forecast/forecast.ts';
import { contextOf, datasetOf, MICRO12_DEALS, MICRO12_STAGES, micro12 } from '../dataset-fixture.ts';

/** What the sellers of micro12 say (reference: fixtures.json, forecast). */
const MANUAL: Readonly<Record<string, string>> = { D06: '0.2', D07: '0.6', D08: '0.9', D09: '0.05', D10: '0.3' };
const STAGE: Readonly<Record<string, number>> = { Lead: 0.1, Qualified: 0.25, Proposal: 0.5, Negotiation: 0.75 };

/** Micro12 with probabilities and categories, and close dates where told. */
function sold(close?: Readonly<Record<string, string>>): Dataset {
  const [header, ...rows] = MICRO12_DEALS.trim().split('\n');
  const extended = rows.map((row) => {
    const id = row.split(',')[0]!;
    const category = id === 'D08' ? 'Commit' : id === 'D07' ? 'Best Case' : 'Pipeline';
    return `${row},${MANUAL[id] ?? ''},${category}${close === undefined ? '' : `,${close[id] ?? ''}`}`;
  });
  const names = `${header},probability,forecast_category${close === undefined ? '' : ',close'}`;
  const dataset = micro12({ deals: [names, ...extended].join('\n') });
  return { ...dataset, stages: dataset.stages.map((stage) => ({ ...stage, probability: STAGE[stage.id] ?? null })) };
}

function resultOf(dataset: Dataset, asked: Partial<MetricContext> = {}): ForecastResult {
  const result = forecast.compute(contextOf(dataset, asked)) as ForecastResult;
  expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  return result;
}

function modelsOf(dataset: Dataset, asked: Partial<MetricContext> = {}) {
  return Object.fromEntries(resultOf(dataset, asked).currencies[0]!.models.map((model) => [model.model, model]));
}

const ALL_IN_APRIL = { D06: '2024-04-10', D07: '2024-04-10', D08: '2024-04-30', D09: '2024-04-01', D10: '2024-04-20' };

describe('the forecast of micro12 (reference: fixtures.json, forecast)', () => {
  it.each([
    ['with all deals due this month', sold(ALL_IN_APRIL)],
    ['without close dates, of all open deals', sold()],
  ])('sets four models side by side %s', (_name, dataset) => {
    const { stage, manual, commit, historical } = modelsOf(dataset);
    expect(stage?.expected).toBeCloseTo(34_900, 8);
    expect(manual?.expected).toBeCloseTo(40_400, 8);
    expect(commit?.expected).toBe(30_000);
    expect(historical?.expected).toBeCloseTo(31_368.36734693878, 8);
    expect(stage?.standardDeviation).toBeCloseTo(16_130.406070524077, 8);
    expect(manual?.standardDeviation).toBeCloseTo(12_898.061869908983, 8);
    expect(historical?.standardDeviation).toBeCloseTo(18_010.145082865725, 8);
    expect(commit?.standardDeviation).toBe(0);
    expect(stage?.wins?.expected).toBeCloseTo(1.85, 10);
    expect(manual?.wins?.expected).toBeCloseTo(2.05, 10);
    expect(historical?.wins?.expected).toBeCloseTo(2.1044217687074833, 10);
    expect(commit?.wins).toBeNull();
    expect([stage, manual, commit, historical].map((model) => [model?.deals, model?.unknown])).toEqual(
      Array.from({ length: 4 }, () => [5, 0]),
    );
  });

  it('says how many will be won: of five deals at 10, 25, 25, 50 and 75 %, none to four', () => {
    // P(0) = .9·.75·.75·.5·.25 = .0633, more than 2.5 %. P(5) = .1·.25·.25·.5·.75 = .0023 and P(4) = P(5) × the sum of
    // the (1 − p) ÷ p, 9 + 3 + 3 + 1 + 1/3, = .0383: together more than 2.5 %, P(5) alone less.
    expect(modelsOf(sold()).stage?.wins).toMatchObject({ low: 0, high: 4 });
  });

  it('names the best case apart from the commit, and how far the models lie apart', () => {
    const [only] = resultOf(sold()).currencies;
    expect(only?.bestCase).toEqual({ amount: 15_000, deals: 1 });
    const middle = (34_900 + 31_368.36734693878) / 2;
    expect(only?.spread.value).toBeCloseTo(10_400 / middle, 10);
    expect(only?.spread.deals).toBe(5);
  });

  it('says which deal decides: 30,000 × .5306 of 31,368', () => {
    const biggest = resultOf(sold()).currencies[0]?.biggest;
    expect(biggest).toMatchObject({ deal: 'D08', model: 'historical', amount: 30_000 });
    expect(biggest?.share).toBeCloseTo((30_000 * 0.5306122448979592) / 31_368.36734693878, 10);
  });
});

it('knows nothing of what was won in a period where the file has no close dates', () => {
  const result = resultOf(sold());
  expect(result.scope).toBe('allOpen');
  expect(result.currencies[0]?.won).toBeNull();
  const translator = createTranslator('en', { fields: {}, stages: {} });
  expect(JSON.stringify(forecast.blocks(result, translator))).not.toContain('Won so far');
});

it('says by how much the highest and the lowest forecast differ', () => {
  const translator = createTranslator('en', { fields: {}, stages: {} });
  // Manual 40,400 and commit 30,000.
  expect(JSON.stringify(forecast.blocks(resultOf(sold(ALL_IN_APRIL)), translator))).toContain(
    'Highest and lowest forecast differ by $10.4k.',
  );
});

describe('what is due', () => {
  const spread = { D06: '2024-03-31', D07: '2024-05-01', D08: '2024-04-30', D09: '2024-04-01' };

  it('is what closes from today to the end of the running month; the past is listed, the rest counted', () => {
    const result = resultOf(sold(spread));
    expect(result.period).toEqual({ from: '2024-04-01', until: '2024-04-30', label: '2024-04' });
    expect(result.scope).toBe('due');
    const [only] = result.currencies;
    expect(only?.models.map(({ model, expected, deals }) => [model, expected, deals])).toEqual([
      ['stage', 30_000 * 0.75 + 4000 * 0.1, 2],
      ['manual', 30_000 * 0.9 + 4000 * 0.05, 2],
      ['commit', 30_000, 2],
      ['historical', expect.closeTo(30_000 * 0.5306122448979592 + 4000 * 0.37142857142857144, 8), 2],
    ]);
    expect(only?.pastDue).toEqual({ amount: 12_000, deals: 1 });
    expect(result.pastDueDeals.map(({ deal }) => deal)).toEqual(['D06']);
    expect([result.withoutDate, result.withoutDateAmounts, result.laterDeals]).toEqual([1, { USD: 6000 }, 1]);
  });

  it('reaches to the end of the quarter where figures are shown by quarters', () => {
    const result = resultOf(sold(spread), { period: 'quarter' });
    expect(result.period).toEqual({ from: '2024-04-01', until: '2024-06-30', label: '2024-Q2' });
    expect(result.currencies[0]?.models[0]).toMatchObject({ expected: 30_000 * 0.75 + 4000 * 0.1 + 15_000 * 0.5 });
  });

  it('stands beside what is won in the period', () => {
    const dataset = { ...sold(ALL_IN_APRIL), asOfDay: Date.UTC(2024, 2, 20) / 86_400_000 };
    // D11 (7,000) was won on 6 March, D01 and D03 before; nothing is due in March.
    const [only] = resultOf(dataset).currencies;
    expect(only?.won).toEqual({ amount: 7000, deals: 1 });
    expect(only?.models[0]).toMatchObject({ expected: null, withWon: null, deals: 0 });
    const quarter = resultOf({ ...dataset, asOfDay: dataset.asOfDay + 12 }, { period: 'year' }).currencies[0];
    expect(quarter?.won).toEqual({ amount: 37_000, deals: 3 });
    expect(quarter?.models[2]).toMatchObject({ model: 'commit', expected: 30_000, withWon: 67_000 });
  });

  it('gives the historical chance no longer than the period', () => {
    // Twelve deals of 24 were won 10 days after they came, twelve lost after 30. One that came today and is due by the
    // end of April can be won; on 25 April only five days are left, and none was ever won within five.
    const closed = Array.from({ length: 24 }, (_, index) => `C${index}`);
    const at = (asOf: string) =>
      datasetOf({
        asOf,
        stages: MICRO12_STAGES,
        currency: 'USD',
        deals: [
          'id,stage,amount,close',
          ...closed.map((id, index) => `${id},${index < 12 ? 'Won' : 'Lost'},1,2024-02-01`),
          'Open,Lead,1000,2024-04-30',
        ].join('\n'),
        history: [
          'deal,stage,at',
          ...closed.flatMap((id, index) => [
            `${id},Lead,2024-01-01`,
            index < 12 ? `${id},Won,2024-01-11` : `${id},Lost,2024-01-31`,
          ]),
          `Open,Lead,${asOf}`,
        ].join('\n'),
      });
    expect(modelsOf(at('2024-04-01')).historical?.expected).toBeCloseTo(500, 9);
    expect(modelsOf(at('2024-04-25')).historical?.expected).toBe(0);
  });
});

describe('several currencies', () => {
  const deals =
    'id,stage,amount,close,currency,probability\nA,Lead,100,2024-04-30,USD,0.5\nB,Lead,1000,2024-04-30,CNY,0.5\nC,Won,7,2024-03-31,USD,\nD,Lead,,2024-04-30,USD,0.5';
  const dataset = datasetOf({ asOf: '2024-04-01', stages: MICRO12_STAGES, deals });

  it('are never added up', () => {
    const { currencies } = resultOf(dataset);
    expect(
      currencies.map(({ currency, models, dueDeals, withoutAmount }) => [
        currency,
        models[1]?.expected,
        dueDeals,
        withoutAmount,
      ]),
    ).toEqual([
      ['USD', 50, 2, 1],
      ['CNY', 500, 1, 0],
    ]);
  });

  it('are at most four on the screen, and the others are told', () => {
    const row = (currency: string) => `${currency},Lead,10,2024-04-30,${currency},0.5`;
    const several = [
      'id,stage,amount,close,currency,probability',
      ...['CHF', 'EUR', 'GBP', 'SEK', 'USD'].map(row),
    ].join('\n');
    const result = resultOf(datasetOf({ asOf: '2024-04-01', stages: MICRO12_STAGES, deals: several }));
    const shown = JSON.stringify(forecast.blocks(result, createTranslator('en', { fields: {}, stages: {} })));
    expect(shown).toContain('"SEK"');
    expect(shown).not.toContain('"USD"');
    expect(shown).toContain('Not shown: 1 more currency');
  });

  it('carry the keys of their deals where asked', () => {
    expect(resultOf(dataset).currencies[0]).not.toHaveProperty('dealKeys');
    const { currencies } = resultOf(dataset, { details: true });
    expect(currencies.map(({ dealKeys }) => dealKeys?.due)).toEqual([['A', 'D'], ['B']]);
  });

  it('carry the keys of the won deals that are counted, not of those without an amount', () => {
    const rows = ['A,Won,100,2024-04-02', 'B,Won,,2024-04-02', 'C,Won,100,2024-03-31', 'D,Lead,100,2024-04-30'];
    const deals = ['id,stage,amount,close', ...rows].join('\n');
    const several = datasetOf({ asOf: '2024-04-10', stages: MICRO12_STAGES, deals, currency: 'USD' });
    const [only] = resultOf(several, { details: true }).currencies;
    expect(only?.won).toEqual({ amount: 100, deals: 1 });
    expect(only?.dealKeys?.won).toEqual(['A']);
  });
});

describe('the range on the screen', () => {
  it('is of what the total is of: with what is won', () => {
    const deals = 'id,stage,amount,close,probability\nA,Lead,100,2024-04-30,0.5\nB,Won,1000,2024-04-05,1';
    const result = resultOf(datasetOf({ asOf: '2024-04-10', stages: MICRO12_STAGES, deals, currency: 'USD' }));
    const [table] = forecast
      .blocks(result, createTranslator('en', { fields: {}, stages: {} }))
      .flatMap((block) => (block.type === 'table' ? [block] : []));
    expect(table?.columns.slice(1, 4).map(({ title }) => title)).toEqual([
      'Expected',
      'With won',
      '95% range, with won',
    ]);
    const { interval } = result.currencies[0]!.models.find(({ model }) => model === 'manual')!;
    expect(interval).toEqual([0, 100]);
    // Won 1,000 and one deal of 100 that comes in or not.
    expect(table?.rows[0]?.slice(1, 4)).toEqual(['$50', '$1,050', '$1,000 to $1,100']);
  });
});

describe('a model that cannot be computed', () => {
  it('says why', () => {
    const deals = 'id,stage,amount,close\nA,Lead,100,2024-04-30';
    const dataset = datasetOf({ asOf: '2024-04-01', stages: MICRO12_STAGES, deals, currency: 'USD' });
    const notes = resultOf(dataset).currencies[0]?.models.map(({ expected, note }) => [expected, note?.en]);
    expect(notes).toEqual([
      [null, 'no stage has a probability'],
      [null, 'no probability on the deals'],
      [null, 'no forecast category on the deals'],
      [null, 'no lost deals to go by'],
    ]);
  });

  it('is no forecast at all without amounts', () => {
    const deals = 'id,stage,close\nA,Lead,2024-04-30';
    const dataset = datasetOf({ asOf: '2024-04-01', stages: MICRO12_STAGES, deals });
    expect(forecast.missing?.(contextOf(dataset))?.en).toBe('no column for the amount');
  });
});

describe('what people read', () => {
  it('is the deal that decides', () => {
    const translator = createTranslator('en', { fields: {}, stages: {} });
    const blocks = forecast.blocks(resultOf(sold(ALL_IN_APRIL)), translator);
    expect(JSON.stringify(blocks)).toContain('One deal decides: Deal D08 is 51% of what is expected');
  });
});

it('is the same whatever the order of the rows', () => {
  const stages = ['Lead', 'Proposal', 'Won', 'Lost'];
  const rows = Array.from({ length: 60 }, (_, index) =>
    [
      `D${String(index).padStart(2, '0')}`,
      stages[index % 4],
      index % 9 === 0 ? '' : (index % 7) * 1000.1,
      `2024-0${3 + (index % 3)}-1${index % 9}`,
      index % 5 === 0 ? '' : (index % 11) / 10,
      index % 3 === 0 ? 'CNY' : 'USD',
    ].join(','),
  );
  const of = (list: readonly string[]): unknown => {
    const deals = ['id,stage,amount,close,probability,currency', ...list].join('\n');
    const result = resultOf(datasetOf({ asOf: '2024-04-01', stages: MICRO12_STAGES, deals }), { period: 'quarter' });
    // Where a deal stands is the one thing that moves with it.
    return JSON.parse(JSON.stringify(result, (key, value) => (key === 'at' ? undefined : value)));
  };
  const expected = of(rows);
  fc.assert(
    fc.property(fc.shuffledSubarray(rows, { minLength: rows.length }), (shuffled) => {
      expect(of(shuffled)).toEqual(expected);
    }),
    { numRuns: 30 },
  );
});
