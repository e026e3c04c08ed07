import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../../src/i18n/translator.ts';
import repurchase, { type RepurchaseResult } from '../../../src/metrics/customers/repurchase.ts';
import { contextOf, datasetOf, MICRO12_STAGES, micro12 } from '../dataset-fixture.ts';

const HEADER = 'id,stage,account,amount,closed';
const ROWS = [
  // Acme under two spellings: again after 100 days.
  '1,Won,Acme Inc.,10,2022-01-10',
  '2,Won,ACME,10,2022-04-20',
  // Bell: again, but after more than a year.
  '3,Won,Bell,10,2022-01-15',
  '4,Won,Bell,10,2023-03-01',
  // Core: once. Dune: twice on one day. Echo: too recent. Foxy: without a date.
  '5,Won,Core,10,2022-01-20',
  '6,Won,Dune,10,2022-02-01',
  '7,Won,Dune,10,2022-02-01',
  '8,Won,Echo,10,2023-12-01',
  '9,Won,Foxy,10,',
  // No purchases: lost, open, without an account.
  '10,Lost,Golf,10,2022-01-01',
  '11,Lead,Acme,10,',
  '12,Won,,10,2022-01-01',
];

const resultOf = (rows: readonly string[]) =>
  repurchase.compute(
    contextOf(datasetOf({ asOf: '2024-01-01', stages: MICRO12_STAGES, deals: [HEADER, ...rows].join('\n') }), {
      period: 'quarter',
      details: true,
    }),
  ) as RepurchaseResult;

describe('repeat customers', () => {
  it('counts by hand', () => {
    const result = resultOf(ROWS);
    expect(result).toMatchObject({
      customers: 6,
      wonDeals: 10,
      wonWithoutAccount: 1,
      repeat: { count: 3, of: 6 },
      sameDay: 1,
      matured: { count: 2, of: 4 },
      waiting: 1,
      undated: 1,
    });
    expect(result.repeat.dealKeys).toEqual(['1', '2', '3', '4', '6', '7']);
    expect(
      result.cohorts.map(({ from, customers, matured, waiting }) => [
        from,
        customers,
        matured.count,
        matured.of,
        waiting,
      ]),
    ).toEqual([
      ['2022-01-01', 4, 2, 4, 0],
      ['2023-10-01', 1, 0, 0, 1],
    ]);
  });

  it('does not care for the order of the rows', () => {
    const { repeat: _, ...expected } = resultOf(ROWS);
    fc.assert(
      fc.property(fc.shuffledSubarray(ROWS, { minLength: ROWS.length }), (rows) => {
        expect(resultOf(rows)).toMatchObject(expected);
      }),
      { numRuns: 30 },
    );
  });

  it('says what is missing', () => {
    expect(repurchase.missing?.(contextOf(micro12()))?.en).toBe('no column for the account');
    const none = datasetOf({ asOf: '2024-01-01', stages: MICRO12_STAGES, deals: `${HEADER}\n1,Lead,Acme,1,` });
    expect(repurchase.missing?.(contextOf(none))?.en).toBe('no won deal of a known account');
    // As after an import: every deal was won on the day of it.
    const rows = '1,Won,Acme,1,2023-01-01\n2,Won,Acme,1,2023-01-01\n3,Won,Bell,1,2023-01-01';
    const imported = datasetOf({ asOf: '2024-01-01', stages: MICRO12_STAGES, deals: `${HEADER}\n${rows}` });
    expect(repurchase.missing?.(contextOf(imported))?.en).toBe('all won deals are of one day');
  });

  it('shows no shares of nobody where all customers are too recent', () => {
    const translator = createTranslator('en', { fields: {}, stages: {} });
    const young = resultOf(['1,Won,Acme,1,2023-11-01', '2,Won,Bell,1,2023-12-01']);
    const text = JSON.stringify(repurchase.blocks(young, translator));
    expect(text).toContain('2 customers first won less than 365 days ago');
    expect(text).not.toContain('0 of 0');
    expect(text).not.toContain('"table"');
    expect(JSON.stringify(repurchase.blocks(resultOf(ROWS), translator))).toContain('"table"');
  });
});
