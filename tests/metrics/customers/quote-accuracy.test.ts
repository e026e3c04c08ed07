import { describe, expect, it } from 'vitest';
import type { QuoteAccuracyResult } from '../../../src/metrics/customers/quote-accuracy.ts';
import { metricsOf } from '../process-audit.ts';

describe('quote accuracy', () => {
  const quotes = `Quote ID,Deal ID,Quote Amount,Quote Date
Q1,1,110,2024-01-01
Q2,1,101,2024-01-03
Q3,2,200,2024-01-01
Q4,3,70,2024-01-01
Q5,2,,2024-01-02
`;
  const contracts = 'Contract ID,Deal ID,Contract Amount\nC1,1,60\nC2,1,40\nC3,2,197\n';

  it('compares quotes with what the contracts of the deal add up to', async () => {
    const { result } = (await metricsOf({ tables: { quotes, contracts } }))['quoteAccuracy']!;
    // Q1 is off by 10 %, Q2 by exactly 1 %, Q3 by 1.5 %; Q4 has no contract, Q5, the last for deal 2, no amount.
    expect(result as QuoteAccuracyResult).toMatchObject({
      quotes: 5,
      accurate: { count: 1, of: 3 },
      lastAccurate: { count: 1, of: 1 },
      withoutContract: 1,
      withoutAmount: 1,
      quoteKeys: ['Q1', 'Q3'],
    });
    expect((result as QuoteAccuracyResult).medianDistance).toBeCloseTo(3 / 197, 9);
  });

  it('says which table is missing', async () => {
    expect((await metricsOf({}))['quoteAccuracy']?.missing?.en).toBe('needs the table quotes (--table quotes=file)');
    const metrics = await metricsOf({ tables: { quotes } });
    expect(metrics['quoteAccuracy']?.missing?.en).toBe('needs the table contracts (--table contracts=file)');
  });
});
