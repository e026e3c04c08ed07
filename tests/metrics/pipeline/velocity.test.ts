import { describe, expect, it } from 'vitest';
import velocity, { type VelocityResult } from '../../../src/metrics/pipeline/velocity.ts';
import { contextOf, datasetOf, MICRO12_STAGES, micro12 } from '../dataset-fixture.ts';

describe('the velocity of micro12 (reference: micro12.json)', () => {
  const [only] = (velocity.compute(contextOf(micro12(), { details: true })) as VelocityResult).currencies;

  it('is open deals × win rate × average won amount ÷ cycle, by both readings of the cycle', () => {
    expect(only).toMatchObject({ currency: 'USD', openDeals: 5, winRate: { count: 3, of: 7 }, wonDealsWithAmount: 3 });
    const [won, closed] = only!.byCycle;
    expect(won).toMatchObject({ cycle: 'won', meanDays: 35, deals: 3 });
    expect(won?.amountPerDay).toBeCloseTo(755.1020408163265, 10);
    expect(closed?.meanDays).toBeCloseTo(37.857142857142854, 10);
    expect(closed?.amountPerDay).toBeCloseTo(698.1132075471698, 10);
  });

  it('stands beside what was won a day', () => {
    expect(only?.realised).toMatchObject({ days: 90, deals: 3, amount: 37_000 });
    expect(only?.realised?.amountPerDay).toBeCloseTo(411.1111111111111, 10);
    expect(only?.dealKeys?.realised).toEqual(['D01', 'D03', 'D11']);
  });
});

describe('several currencies', () => {
  it('have a velocity each: one open, half won, 100 or 40 each, over ten days', () => {
    const deals = ['USD', 'CNY'].flatMap((currency, index) =>
      [`o,Lead`, `w,Won`, `l,Lost`].map(
        (deal) => `${currency}${deal},${index === 0 ? 100 : 40},2024-01-01,2024-01-11,${currency}`,
      ),
    );
    const dataset = datasetOf({
      asOf: '2024-04-01',
      stages: MICRO12_STAGES,
      deals: ['id,stage,amount,created,closed,currency', ...deals].join('\n'),
    });
    const { currencies } = velocity.compute(contextOf(dataset)) as VelocityResult;
    expect(currencies.map(({ currency, byCycle }) => [currency, byCycle[0]?.amountPerDay])).toEqual([
      ['CNY', 2],
      ['USD', 5],
    ]);
    // The 90 days that end on 1 April begin on 3 January.
    expect(currencies.map(({ realised }) => realised?.amountPerDay)).toEqual([40 / 90, 100 / 90]);
  });
});

describe('what would be too high', () => {
  const result = (deals: string) => {
    const dataset = datasetOf({ asOf: '2024-04-01', stages: MICRO12_STAGES, deals, currency: 'USD' });
    return (velocity.compute(contextOf(dataset)) as VelocityResult).currencies[0];
  };
  const HEADER = 'id,stage,amount,created,closed';

  it('is withheld: no velocity where not one deal of the file is lost', () => {
    const only = result(`${HEADER}\nA,Won,100,2024-01-01,2024-01-11\nB,Lead,100,2024-01-01,`);
    expect(only?.withheld?.en).toMatch(/not one closed deal is lost/);
    expect(only?.winRate).toMatchObject({ value: null, count: 1, of: 1 });
    expect(only?.byCycle.map(({ amountPerDay }) => amountPerDay)).toEqual([null, null]);
    expect(only?.realised?.amount).toBe(100);
  });

  it('counts won deals of 0 apart, as every average of won deals does', () => {
    const rows = 'A,Won,100,2024-01-01,2024-01-11\nB,Won,0,2024-01-01,2024-01-11\nC,Won,,2024-01-01,2024-01-11';
    const only = result(`${HEADER}\n${rows}\nD,Lost,100,2024-01-01,2024-01-11`);
    expect(only).toMatchObject({ averageWonAmount: 100, wonDealsWithAmount: 1, wonDealsWithoutAmount: 2 });
  });
});

it('names the deals it counts as won lately: those without an amount are not among them', () => {
  const deals = [
    'id,stage,amount,created,closed',
    'A,Won,100,2024-01-01,2024-03-11',
    'B,Won,,2024-01-01,2024-03-11',
    'C,Won,0,2024-01-01,2024-03-11',
    'D,Won,100,2023-01-01,2023-01-11',
    'E,Lead,100,2024-01-01,',
  ].join('\n');
  const dataset = datasetOf({ asOf: '2024-04-01', stages: MICRO12_STAGES, deals, currency: 'USD' });
  const [only] = (velocity.compute(contextOf(dataset, { details: true })) as VelocityResult).currencies;
  expect(only?.realised?.deals).toBe(2);
  expect(only?.dealKeys).toEqual({ open: ['E'], realised: ['A', 'C'] });
});
