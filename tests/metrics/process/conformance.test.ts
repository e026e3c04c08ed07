import { describe, expect, it } from 'vitest';
import type { ConformanceResult } from '../../../src/metrics/process/conformance.ts';
import { DEALS, HISTORY, metricsOf } from '../process-audit.ts';

describe('exit criteria met', () => {
  it('judges the deals beyond a stage, as a snapshot', async () => {
    const { result } = (await metricsOf({}))['conformance']!;
    const { stages, met, unknown, by, basis } = result as ConformanceResult;
    // Beyond Lead are 1 (met), 2 (amount 5), 3 (no source) and 4 (no amount: unknown); how far 6 got nobody knows.
    expect(basis).toBe('snapshot');
    expect(stages).toHaveLength(1);
    expect(stages[0]).toMatchObject({ stage: 'lead', met: { count: 1, of: 3 }, unknown: 1, dealKeys: ['2', '3'] });
    expect(stages[0]!.criteria).toMatchObject([
      { criterion: 'source is present', met: { count: 3, of: 4 } },
      { criterion: 'amount > 10', met: { count: 2, of: 3 } },
    ]);
    expect([met.count, met.of, unknown]).toEqual([1, 3, 1]);
    const owners = by.find(({ field }) => field === 'owner');
    expect(owners?.rows).toMatchObject([
      { value: 'Ann', met: { count: 1, of: 2 } },
      { value: 'Bo', met: { count: 0, of: 1 } },
    ]);
  });

  it('knows from the history how far a lost deal got', async () => {
    const { result } = (await metricsOf({ history: HISTORY }))['conformance']!;
    expect((result as ConformanceResult).stages[0]).toMatchObject({ met: { count: 2, of: 4 }, unknown: 1 });
  });

  it('judges stages by the columns that the file has', async () => {
    const deals = `${DEALS.replace('Owner\n', 'Owner,Budget\n')}7,Won,5,Web,Bo,x\n`;
    const { result } = (await metricsOf({ deals }))['conformance']!;
    expect((result as ConformanceResult).stages.map(({ stage }) => stage)).toEqual(['lead', 'opportunity']);
  });
});
