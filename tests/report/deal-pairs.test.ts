import { describe, expect, it } from 'vitest';
import { compareReports } from '../../src/report/compare/compare.ts';
import { pairDeals } from '../../src/report/compare/deal-pairs.ts';
import { type DealFixture, dealsOf, reportOf } from './report-fixture.ts';

const ROWS = 200_000;

/** Very many rows of one key: half of them alike, the others all different, from `first` on. */
function rowsOfOneKey(first: number): DealFixture[] {
  return Array.from({ length: ROWS }, (_, index) => ({
    key: 'A',
    stage: 'lead',
    amount: index < ROWS / 2 ? 1 : first + index,
  }));
}

describe('a key that very many rows share', () => {
  it('is joined where rows are alike, in a moment', () => {
    const pairs = pairDeals(dealsOf(rowsOfOneKey(1_000_000)), dealsOf(rowsOfOneKey(2_000_000)));
    expect(pairs.before).toHaveLength(ROWS / 2);
    expect(pairs.unmatchedBefore).toHaveLength(ROWS / 2);
    expect(pairs.unmatchedAfter).toHaveLength(ROWS / 2);
  }, 10_000);

  it('is new in a moment, and gone', () => {
    const rows = Array.from({ length: ROWS }, () => ({ key: 'A', stage: 'lead', amount: 1 }));
    const [first, second] = [rows, []].map((deals, index) => ({
      file: `${index}.json`,
      report: reportOf({ date: `2026-11-0${index + 1}`, deals }),
    }));
    expect(compareReports(first!, second!).deals?.gone.deals).toBe(ROWS);
  }, 10_000);
});
