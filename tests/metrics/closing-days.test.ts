import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../src/i18n/translator.ts';
import conversion, { type HistoryConversion } from '../../src/metrics/conversion/conversion.ts';
import type { ConversionPeriods } from '../../src/metrics/conversion/conversion-periods.ts';
import type { OutcomeOverTime } from '../../src/metrics/conversion/outcome-over-time.ts';
import dwell, { type HistoryDwell } from '../../src/metrics/dwell/dwell.ts';
import type { CycleResult } from '../../src/metrics/pipeline/cycle.ts';
import type { CyclePeriodsResult } from '../../src/metrics/pipeline/cycle-periods.ts';
import type { FlowResult } from '../../src/metrics/process/flow.ts';
import type { WinRatePeriodsResult } from '../../src/metrics/win/win-rate-periods.ts';
import type { Block } from '../../src/report/document.ts';
import { dayOf } from './dataset-fixture.ts';
import { type AuditFiles, metricsOf } from './pipeline-audit.ts';

const RULES = 'report: {period: month}';
const HEADER = 'Deal ID,Stage,Created,Close date,Amount\n';

describe('deals that earlier exports have closed already', () => {
  // Exports of 4 May and 18 May; today is 1 June. A and B are closed in the first one.
  const files: AuditFiles = {
    rules: RULES,
    previous: {
      '2026-05-04': `${HEADER}A,Closed Won,2026-01-05,2026-02-10,100
B,Closed Lost,2026-01-05,2026-08-01,100
C,Proposal,2026-02-01,2026-08-01,100
D,Proposal,2026-02-01,2026-05-11,100
`,
      '2026-05-18': `${HEADER}A,Closed Won,2026-01-05,2026-02-10,100
B,Closed Lost,2026-01-05,2026-08-01,100
C,Closed Lost,2026-02-01,2026-08-01,100
D,Closed Won,2026-02-01,2026-05-06,100
E,Closed Won,2026-05-06,2026-05-16,100
`,
    },
    deals: `${HEADER}A,Closed Won,2026-01-05,2026-02-10,100
B,Closed Lost,2026-01-05,2026-08-01,100
C,Closed Lost,2026-02-01,2026-08-01,100
D,Closed Won,2026-02-01,2026-05-06,100
E,Closed Won,2026-05-06,2026-05-16,100
`,
  };

  it('belong to the month of their close date, or to none where that lies after the export', async () => {
    const { winRatePeriods } = (await metricsOf(files)) as { winRatePeriods: WinRatePeriodsResult };
    // A was won in February. B was lost on an unknown day up to 4 May. C, D and E closed in May.
    expect(winRatePeriods.closed).toMatchObject([
      { period: '2026-02', count: 1, of: 1 },
      { period: '2026-05', count: 2, of: 3 },
    ]);
    expect(winRatePeriods.closedUndated).toBe(1);
  });

  it('have a cycle only where their day is known', async () => {
    const { cycle } = (await metricsOf(files)) as { cycle: CycleResult };
    // A: 36 days. D: changed between 4 and 18 May, by the middle of them on the 11th: 99 days. E: 10 days.
    expect(cycle.won).toMatchObject({ deals: 3, medianDays: 36, uncomputable: 0 });
    expect(cycle.won.meanDays).toBeCloseTo((36 + 99 + 10) / 3, 9);
    // C: lost by the middle, 11 May, 99 days, not on its planned day in August. B: unknown.
    expect(cycle.lost).toMatchObject({ deals: 1, medianDays: 99, uncomputable: 1 });
    expect(dayOf('2026-05-11') - dayOf('2026-02-01')).toBe(99);
  });
});

describe('deals that were under way before the first export', () => {
  // Exports of 4 and 18 May; today is 1 June. A, B and C are of January, D of 4 May, E of 10 May.
  const header = 'Deal ID,Stage,Created\n';
  const files: AuditFiles = {
    rules: RULES,
    previous: {
      '2026-05-04': `${header}A,Closed Won,2026-01-05
B,Closed Lost,2026-01-05
C,Prospecting,2026-01-05
D,Prospecting,2026-05-04
`,
      '2026-05-18': `${header}A,Closed Won,2026-01-05
B,Closed Lost,2026-01-05
C,Proposal,2026-01-05
D,Closed Lost,2026-05-04
E,Prospecting,2026-05-10
`,
    },
    deals: `${header}A,Closed Won,2026-01-05
B,Closed Lost,2026-01-05
C,Proposal,2026-01-05
D,Closed Lost,2026-05-04
E,Closed Won,2026-05-10
`,
  };

  it('are left out of what became of created deals, where closing days are unknown', async () => {
    const { outcomeOverTime, winRatePeriods } = (await metricsOf(files)) as {
      outcomeOverTime: OutcomeOverTime;
      winRatePeriods: WinRatePeriodsResult;
    };
    // Nobody knows when A and B were closed; C alone would stand for January. D and E were followed from the start.
    expect(outcomeOverTime).toMatchObject({ won: 1, lost: 1, open: 0 });
    expect(winRatePeriods).toMatchObject({
      closedUndated: 2,
      undatedDeals: 3,
      created: [{ period: '2026-05', created: 2, won: 1, lost: 1, open: 0 }],
    });
  });

  it('entered in no known period', async () => {
    const { conversionPeriods } = (await metricsOf(files)) as { conversionPeriods: ConversionPeriods };
    // D and E enter the first stage in May, C the proposal.
    expect(conversionPeriods.periods.map(({ period, entries }) => [period, entries])).toEqual([
      ['2026-05', 2],
      ['2026-05', 1],
    ]);
  });

  it('were in progress before, and did not come in that month', async () => {
    const { flow } = (await metricsOf(files)) as { flow: FlowResult };
    // May: C was there, D and E came, D was lost, E won by 25 May: C remains.
    expect(flow.funnel[0]).toMatchObject({ entries: 2, lost: 1, won: 1, net: 0, workInProgress: 1 });
    expect(flow.stages[0]?.periods[0]).toMatchObject({ entries: 2, forward: 1, workInProgress: 0 });
  });

  it('are told of where times and shares rest on them', async () => {
    const results = (await metricsOf(files)) as { dwell: HistoryDwell; conversion: HistoryConversion };
    // Visits: C twice, D, E; that of C to the first stage began at some time before.
    const starts = { visits: 1, of: 4, since: '2026-05-04' };
    expect(results.dwell.startUnknown).toEqual(starts);
    expect(results.conversion.startUnknown).toEqual(starts);
    const said = (blocks: readonly Block[]) =>
      blocks.flatMap((block) => (block.type === 'callout' ? [JSON.stringify(block)] : [])).join();
    const translator = createTranslator('en', { fields: {}, stages: {} });
    expect(said(dwell.blocks(results.dwell, translator))).toContain('1 of 4 stays had begun before the first export');
    expect(said(conversion.blocks(results.conversion, translator))).toContain('1 of 4 entries');
  });

  it('do not tell how the time of won deals is shared', async () => {
    const { cyclePeriods } = (await metricsOf(files)) as { cyclePeriods: CyclePeriodsResult };
    // E alone: 15 days in the first stage, from 10 to 25 May.
    expect(cyclePeriods.stages?.filter(({ days }) => days > 0)).toMatchObject([{ days: 15, share: 1 }]);
  });
});
