import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BridgeView, WaterfallResult } from '../../../src/metrics/pipeline/waterfall.ts';
import { type AuditFiles, metricsOf } from '../pipeline-audit.ts';

const HEADER = 'ID,Stage,Amount,Close Date\n';

async function bridge(before: string, after: string, details = false): Promise<WaterfallResult> {
  const files: AuditFiles = { deals: HEADER + after, previous: { '2026-05-01': HEADER + before } };
  return (await metricsOf(files, { details })).waterfall as WaterfallResult;
}

/** What moved, by step. */
function moved(view: BridgeView | null | undefined): Readonly<Record<string, readonly [number, number]>> {
  const steps = view?.steps.filter(({ amount, deals }) => amount !== 0 || deals !== 0) ?? [];
  return Object.fromEntries(steps.map(({ step, amount, deals }) => [step, [amount, deals]]));
}

describe('the bridge from one export to the next', () => {
  const before = `1,Lead,100,2026-06-10
2,Lead,200,2026-06-10
3,Lead,300,2026-06-10
4,Lead,400,2026-09-10
5,Lead,500,2026-06-10
6,Lead,600,2026-06-10
7,Lost,700,2026-04-10
8,Lead,800,2026-03-10
9,Lead,900,2026-06-10
`;
  const after = `1,Lead,150,2026-06-10
2,Lead,180,2026-06-10
3,Lead,310,2026-09-10
4,Lead,400,2026-06-10
5,Won,555,2026-06-10
6,Lost,600,2026-06-10
7,Lead,700,2026-06-30
8,Lead,800,2026-06-30
10,Lead,10.05,2026-06-30
`;

  it('says what each deal moved, of all open deals and of those due in the quarter', async () => {
    const { currencies, from, until, quarter } = await bridge(before, after);
    expect([from, until, quarter.label]).toEqual(['2026-05-01', '2026-06-01', '2026-Q2']);
    const [only] = currencies;
    expect([only?.whole.startAmount, only?.whole.startDeals]).toEqual([3800, 8]);
    expect([only?.whole.endAmount, only?.whole.endDeals]).toEqual([2550.05, 7]);
    expect(moved(only?.whole)).toEqual({
      new: [10.05, 1],
      reopened: [700, 1],
      raised: [60, 2],
      lowered: [-20, 1],
      won: [-500, 1],
      lost: [-600, 1],
      gone: [-900, 1],
    });
    expect(moved(only?.inQuarter)).toEqual({
      new: [10.05, 1],
      reopened: [700, 1],
      pulledIn: [400, 1],
      rolledIn: [800, 1],
      raised: [50, 1],
      lowered: [-20, 1],
      pushedOut: [-300, 1],
      won: [-500, 1],
      lost: [-600, 1],
      gone: [-900, 1],
    });
    expect([only?.inQuarter?.startAmount, only?.inQuarter?.endAmount]).toEqual([2600, 2240.05]);
    expect([only?.whole.otherAmount, only?.inQuarter?.otherAmount]).toEqual([0, 0]);
  });

  it('names the deals of a step where asked', async () => {
    const { currencies } = await bridge(before, after, true);
    const raised = currencies[0]?.whole.steps.find(({ step }) => step === 'raised');
    expect(raised?.dealKeys).toEqual(['1', '3']);
  });

  it('leaves over what no deal explains: a deal in two rows, and one that is in another currency now', async () => {
    const twice = await bridge('1,Lead,100,2026-06-10\n', '1,Lead,100,2026-06-10\n1,Lead,30,2026-06-10\n');
    expect(twice.currencies[0]?.whole.otherAmount).toBe(30);
    const dollars = await bridge('1,Lead,¥100,2026-06-10\n', '1,Lead,$70,2026-06-10\n');
    expect(dollars.currencies.map(({ currency, whole }) => [currency, whole.otherAmount])).toEqual([
      ['USD', 70],
      ['CNY', -100],
    ]);
  });
});

it('balances to the cent whatever happens between two exports', async () => {
  const deal = fc.record({
    stage: fc.constantFrom('Lead', 'Proposal', 'Won', 'Lost', 'On Hold', 'Nowhere'),
    cents: fc.integer({ min: -1000, max: 10_000_000 }),
    mark: fc.constantFrom('', '$', '€'),
    close: fc.constantFrom('2026-03-10', '2026-05-10', '2026-06-10', '2026-07-10', ''),
    id: fc.constantFrom('', '1', '2', '3', '4', '5', '6'),
  });
  const exported = fc.array(deal, { minLength: 1, maxLength: 12 });
  const rowsOf = (
    deals: readonly { stage: string; cents: number; mark: string; close: string; id: string }[],
  ): string =>
    deals
      .map(({ id, stage, cents, mark, close }) => `${id},${stage},${mark}${(cents / 100).toFixed(2)},${close}\n`)
      .join('');
  const cents = (amount: number): number => Math.round(amount * 100);
  await fc.assert(
    fc.asyncProperty(exported, exported, async (before, after) => {
      for (const { whole, inQuarter } of (await bridge(rowsOf(before), rowsOf(after))).currencies) {
        for (const view of inQuarter === null ? [whole] : [whole, inQuarter]) {
          const steps = view.steps.reduce((sum, { amount }) => sum + cents(amount), 0);
          expect(cents(view.startAmount) + steps + cents(view.otherAmount)).toBe(cents(view.endAmount));
        }
        const amountOf = (wanted: string) => whole.steps.find(({ step }) => step === wanted)?.amount ?? Number.NaN;
        expect(amountOf('raised')).toBeGreaterThanOrEqual(0);
        expect(amountOf('lowered')).toBeLessThanOrEqual(0);
      }
    }),
    { numRuns: 25 },
  );
});
