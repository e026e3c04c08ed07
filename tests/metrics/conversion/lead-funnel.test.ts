import { describe, expect, it } from 'vitest';
import type { LeadFunnelResult } from '../../../src/metrics/conversion/lead-funnel.ts';
import { HISTORY, metricsOf } from '../process-audit.ts';

describe('from lead to won', () => {
  it('counts by the history who reached each step', async () => {
    const { result } = (await metricsOf({ history: HISTORY }))['leadFunnel']!;
    const { steps, basis } = result as LeadFunnelResult;
    expect(basis).toBe('history');
    expect(
      steps.map(({ from, to, toDate, resolved, pending }) => [
        from,
        to,
        toDate?.count,
        toDate?.of,
        resolved?.of,
        pending,
      ]),
    ).toEqual([
      // 5 is still there; 1, 2, 3, 4 and 6 went on.
      ['lead', 'mql', 5, 6, 5, 1],
      // 1 and 3 got further, 6 was lost, 2 and 4 are there.
      ['mql', 'opportunity', 2, 5, 3, 2],
      ['opportunity', 'won', 1, 2, 1, 1],
    ]);
  });

  it('gives bounds where nobody knows how far lost deals got', async () => {
    const { result } = (await metricsOf({}))['leadFunnel']!;
    // Not lost: 5 at lead, 2 and 4 at mql, 3 at opportunity, 1 won; one is lost (statistics.md 1.3).
    expect((result as LeadFunnelResult).steps.map(({ bounds }) => bounds)).toEqual([
      [4 / 6, 5 / 6],
      [2 / 5, 3 / 5],
      [1 / 3, 1 / 2],
    ]);
  });

  it('reads the leads that say whether they were converted', async () => {
    const leads = 'Lead ID,Lead Name,Converted\nL1,a,Yes\nL2,b,No\nL3,c,No\nL4,d,\n';
    const { result } = (await metricsOf({ tables: { leads } }))['leadFunnel']!;
    expect((result as LeadFunnelResult).leads).toMatchObject({ leads: 4, converted: { count: 1, of: 3 }, unknown: 1 });
  });
});
