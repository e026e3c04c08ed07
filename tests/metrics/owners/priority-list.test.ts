import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../../src/i18n/translator.ts';
import priorityList, { type PriorityListResult } from '../../../src/metrics/owners/priority-list.ts';
import { firstOf } from '../../../src/metrics/owners/priority-list-top.ts';
import { contextOf, datasetOf, MICRO12_STAGES } from '../dataset-fixture.ts';

const HEADER = 'id,name,stage,account,amount,activity,close';
const ROWS = [
  'W,old,Won,Acme Inc,5,,',
  'A,one,Lead,ACME,10,2024-03-30,2024-04-10', // 3 + 3 + 2
  'B,two,Lead,Bell,40,2024-03-10,2024-03-31', // 1, due yesterday; 2 for the amount
  'C,three,Lead,Bell,30,,', // the quartile of 10, 40, 30, 20 is 32.5
  'D,four,Lead,Bell,20,2024-01-01,2024-05-01', // active 91 days ago, closes on day 30
];

const resultOf = (rows: readonly string[]) =>
  priorityList.compute(
    contextOf(
      datasetOf({ asOf: '2024-04-01', stages: MICRO12_STAGES, currency: 'USD', deals: [HEADER, ...rows].join('\n') }),
    ),
  ) as PriorityListResult;

describe('the priority list', () => {
  it('adds up the points of its reasons', () => {
    const { deals, openDeals } = resultOf(ROWS);
    expect(openDeals).toBe(4);
    expect(deals.map(({ deal, points }) => [deal, points])).toEqual([
      ['A', 8],
      ['B', 3],
      ['D', 2],
      ['C', 0],
    ]);
    expect(deals[0]?.reasons).toEqual([
      { code: 'past-customer', points: 3, number: 1 },
      { code: 'recent-activity', points: 3, number: 2 },
      { code: 'close-near', points: 2, number: 9 },
    ]);
    expect(deals[1]?.reasons.map(({ code }) => code)).toEqual(['some-activity', 'big-amount']);
    for (const { points, reasons } of deals) expect(reasons.reduce((sum, each) => sum + each.points, 0)).toBe(points);
  });

  it('does not care for the order of the rows', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(ROWS, { minLength: ROWS.length }), (rows) => {
        expect(resultOf(rows)).toEqual(resultOf(ROWS));
      }),
      { numRuns: 30 },
    );
  });

  it('lists a hundred deals at most', () => {
    const many = Array.from({ length: 3000 }, (_, deal) => `${String(deal).padStart(4, '0')},x,Lead,,${deal % 7},,`);
    const { deals, openDeals } = resultOf(many);
    expect(openDeals).toBe(3000);
    expect(deals).toHaveLength(100);
    expect(deals.slice(0, 2).map(({ deal }) => deal)).toEqual(['0006', '0013']);
  });

  it('holds no amounts of different currencies against each other', () => {
    const deals = ['id,stage,amount,currency', 'B,Lead,5,USD', 'A,Lead,4,EUR', 'C,Lead,900,USD', 'D,Lead,,'].join('\n');
    const dataset = datasetOf({ asOf: '2024-04-01', stages: MICRO12_STAGES, deals });
    const { tiesBy, deals: listed } = priorityList.compute(contextOf(dataset)) as PriorityListResult;
    expect(tiesBy).toBe('key');
    // The largest of each currency has the points of the top quarter; the others tie.
    expect(listed.map(({ deal, points }) => [deal, points])).toEqual([
      ['A', 2],
      ['C', 2],
      ['B', 0],
      ['D', 0],
    ]);
  });

  it('does not show a list where all of it ties', () => {
    const result = resultOf(['A,one,Lead,,,,', 'B,two,Lead,,,,']);
    const texts = JSON.stringify(priorityList.blocks(result, createTranslator('en', { fields: {}, stages: {} })));
    expect(texts).toContain('No ranking: all shown deals tie at 0 points.');
    expect(texts).not.toContain('"table"');
  });

  it('says that there is no open deal', () => {
    const closed = datasetOf({ asOf: '2024-04-01', stages: MICRO12_STAGES, deals: 'id,stage\nA,Won' });
    expect(priorityList.missing?.(contextOf(closed))?.en).toBe('no open deal');
  });
});

describe('the first of many', () => {
  it('is what sorting them all would give', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer(), { maxLength: 400 }),
        fc.integer({ min: 1, max: 9 }),
        (numbers, limit) => {
          const compare = (a: number, b: number) => a - b;
          expect(firstOf(numbers, limit, compare)).toEqual(numbers.toSorted(compare).slice(0, limit));
        },
      ),
    );
  });
});
