import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dealChangesOf } from '../../src/report/compare/deal-changes.ts';
import { pairDeals } from '../../src/report/compare/deal-pairs.ts';
import {
  type DealWaterfall,
  everyOpenDeal,
  openDealsDue,
  type Waterfall,
  waterfallOf,
} from '../../src/report/compare/waterfall.ts';
import { type DealFixture, dealsOf, STAGES } from './report-fixture.ts';

const QUARTER = ['2026-10-01', '2026-12-31'] as const;
const DAYS = { before: '2026-10-25', after: '2026-11-01' };

/** Few keys, so that they meet again on the other side and stand in several rows. */
const deal: fc.Arbitrary<DealFixture> = fc.record({
  key: fc.option(fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F', 'G', '0065g00000Qv4n0', '0065g00000Qv4n0AAB')),
  stage: fc.option(fc.constantFrom(...STAGES)),
  amount: fc.option(fc.oneof(fc.integer({ min: -500, max: 900_000 }), fc.double({ min: 0, max: 1e6, noNaN: true }))),
  currency: fc.constantFrom('USD', 'CNY', 'XXX'),
  close: fc.option(fc.constantFrom('2026-09-15', '2026-10-27', '2026-12-31', '2027-01-01')),
});
const list = fc.array(deal, { maxLength: 40 });
/** A second list that has much in common with the first. */
const twoLists = list.chain((before) =>
  fc.tuple(
    fc.constant(before),
    fc.array(before.length === 0 ? deal : fc.oneof(deal, fc.constantFrom(...before)), { maxLength: 40 }),
  ),
);

/** Hundredths of cents, as whole numbers: what the program is not to use is what it is checked by. */
function units(amount: number): bigint {
  const whole = Math.trunc(amount);
  return BigInt(whole) * 10_000n + BigInt(Math.round((amount - whole) * 10_000));
}

function openAmounts(deals: readonly DealFixture[], isCounted: (deal: DealFixture) => boolean) {
  const sums = new Map<string, bigint>();
  for (const each of deals) {
    const isOpen = each.stage === 'lead' || each.stage === 'offer' || each.stage === 'talks';
    if (!isOpen || !isCounted(each) || typeof each.amount !== 'number') continue;
    const currency = each.currency ?? '';
    sums.set(currency, (sums.get(currency) ?? 0n) + units(each.amount));
  }
  return sums;
}

function isBalanced({ start, lines, end }: Waterfall): boolean {
  const gap = lines.reduce((sum, { amount }) => sum + units(amount), units(start.amount)) - units(end.amount);
  return gap === 0n;
}

function isBalancedByNumber({ start, lines, end }: DealWaterfall): boolean {
  return lines.reduce((sum, { deals }) => sum + deals, start) === end;
}

const isDueInQuarter = ({ close }: DealFixture): boolean =>
  typeof close === 'string' && close >= QUARTER[0] && close <= QUARTER[1];

function checked(before: readonly DealFixture[], after: readonly DealFixture[]) {
  const [was, is] = [dealsOf(before), dealsOf(after)];
  const pairs = pairDeals(was, is);
  return {
    pairs,
    all: waterfallOf(everyOpenDeal(was), everyOpenDeal(is), pairs),
    due: waterfallOf(openDealsDue(was, ...QUARTER), openDealsDue(is, ...QUARTER), pairs),
    changes: dealChangesOf({ before: was, after: is }, pairs, DAYS),
  };
}

describe('the waterfall of any two lists', () => {
  it('adds up in every currency, all of it and what is due in the quarter, and by number of deals', () => {
    fc.assert(
      fc.property(twoLists, ([before, after]) => {
        const { all, due } = checked(before, after);
        const waterfalls = [...all.currencies, ...due.currencies];
        return waterfalls.every(isBalanced) && [all.deals, due.deals].every(isBalancedByNumber);
      }),
      { numRuns: 500 },
    );
  });

  it('starts and ends with what the lists hold', () => {
    fc.assert(
      fc.property(twoLists, ([before, after]) => {
        const { all, due } = checked(before, after);
        for (const [waterfall, isCounted] of [
          [all, () => true],
          [due, isDueInQuarter],
        ] as const) {
          const [start, end] = [openAmounts(before, isCounted), openAmounts(after, isCounted)];
          for (const currency of ['USD', 'CNY', 'XXX']) {
            const found = waterfall.currencies.find((each) => each.currency === currency);
            expect(units(found?.start.amount ?? 0)).toBe(start.get(currency) ?? 0n);
            expect(units(found?.end.amount ?? 0)).toBe(end.get(currency) ?? 0n);
          }
        }
      }),
    );
  });

  it('accounts for every row of either list once', () => {
    fc.assert(
      fc.property(twoLists, ([before, after]) => {
        const { pairs } = checked(before, after);
        const rows = (length: number): number[] => Array.from({ length }, (_, row) => row);
        const sorted = (...parts: (readonly number[])[]): number[] => parts.flat().sort((a, b) => a - b);
        expect(sorted(pairs.before, pairs.gone, pairs.unmatchedBefore)).toEqual(rows(before.length));
        expect(sorted(pairs.after, pairs.added, pairs.unmatchedAfter)).toEqual(rows(after.length));
      }),
    );
  });

  it('does not depend on the order of the rows', () => {
    fc.assert(
      fc.property(
        twoLists.chain(([before, after]) =>
          fc.tuple(
            fc.constant([before, after] as const),
            fc.shuffledSubarray(before, { minLength: before.length }),
            fc.shuffledSubarray(after, { minLength: after.length }),
          ),
        ),
        ([[before, after], shuffledBefore, shuffledAfter]) => {
          const [first, second] = [checked(before, after), checked(shuffledBefore, shuffledAfter)];
          expect(second.all).toEqual(first.all);
          expect(second.due).toEqual(first.due);
          expect(second.changes).toEqual(first.changes);
        },
      ),
    );
  });

  it('finds no change between a list and itself', () => {
    fc.assert(
      fc.property(list, (deals) => {
        const { all, changes } = checked(deals, deals);
        const lines = all.currencies.flatMap((each) => each.lines);
        const explained = lines.filter(({ line }) => !line.startsWith('unmatched'));
        const { matched: _, unmatchedBefore, unmatchedAfter, due: _due, newButOlder: _older, ...lists } = changes;
        const { slipped: _slipped, ...others } = lists;
        expect(explained).toEqual([]);
        expect(unmatchedBefore).toBe(unmatchedAfter);
        expect(Object.values(others).map((change) => change.deals)).toEqual(Object.values(others).map(() => 0));
      }),
    );
  });
});
