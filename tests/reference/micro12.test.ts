import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { HistoryConversion, SnapshotConversion } from '../../src/metrics/conversion/conversion.ts';
import type { HistoryDwell } from '../../src/metrics/dwell/dwell.ts';
import type { CycleResult } from '../../src/metrics/pipeline/cycle.ts';
import type { FunnelResult } from '../../src/metrics/pipeline/funnel.ts';
import type { WinRateResult } from '../../src/metrics/win/win-rate.ts';
import type { AuditReport } from '../../src/report/report.ts';
import { loadRuleset } from '../../src/ruleset/load.ts';
import { auditReference, metricOf, rulesFile } from './reference-audit.ts';

const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/reference/${name}`, import.meta.url));
const readJson = <Shape>(name: string): Shape => JSON.parse(readFileSync(fixture(name), 'utf8')) as Shape;

interface ExpectedStage {
  readonly visits: number;
  readonly entries: number;
  readonly reached: number;
  readonly skippedBy: readonly string[];
  readonly reEntries: number;
  readonly advanced: number;
  readonly lostHere: number;
  readonly pending: number;
  readonly exits: Readonly<Record<'forward' | 'skipForward' | 'backward' | 'won' | 'lost' | 'open', number>>;
  readonly convToDate: number;
  readonly convResolved: number;
  readonly convUpper: number;
  readonly matured30: { readonly n: number; readonly converted: number; readonly rate: number };
  readonly dwell: { readonly kmMedian: number; readonly naiveMean: number; readonly naiveMedian: number };
}
interface Expected {
  readonly asOf: string;
  readonly stages: readonly string[];
  readonly perStage: Readonly<Record<string, ExpectedStage>>;
  readonly reached: readonly number[];
  readonly stepReached: readonly number[];
  readonly outcome: Readonly<
    Record<'winRateClosed' | 'winRateCohortToDate' | 'winRateUpper' | 'winRateValueClosed', number>
  >;
  readonly cycleWon: { readonly mean: number; readonly median: number };
  readonly cycleAllClosedMean: number;
  readonly regressionDeals: readonly string[];
  readonly reopenedDeals: readonly string[];
  readonly snapshot: {
    readonly reachedLow: readonly number[];
    readonly reachedHigh: readonly number[];
    readonly stepLow: readonly number[];
    readonly stepHigh: readonly number[];
    readonly currentStock: Readonly<Record<string, number>>;
  };
}

const expected = readJson<Expected>('micro12.json');
const survival =
  readJson<
    Readonly<Record<string, { readonly median: number; readonly lower: number; readonly upper: number | null }>>
  >('micro12-survival.json');
const STAGES = expected.stages.map((label) => [label.toLowerCase(), expected.perStage[label]!, label] as const);

/** The recommended pack with the four stages of the data in place of its own, of which one more is in between. */
const FOUR_STAGES = `version: 1
extends: [funnelint:recommended]
stages:
  - {id: lead, match: [Lead]}
  - {id: qualified, match: [Qualified]}
  - {id: proposal, match: [Proposal]}
  - {id: negotiation, match: [Negotiation]}
  - {id: won, kind: won, match: [Won]}
  - {id: lost, kind: lost, match: [Lost]}
`;

function audit(rules: string | null, history: boolean): Promise<AuditReport> {
  return auditReference({
    file: fixture('micro12-deals.csv'),
    ...(history ? { history: fixture('micro12-history.csv') } : {}),
    ruleset: loadRuleset({ file: rules === null ? null : rulesFile(rules), packs: [] }),
    asOf: expected.asOf,
    windowDays: 30,
  });
}

function flagged(report: AuditReport, rule: string): readonly (string | null)[] {
  return report.findings
    .filter((finding) => finding.rule === rule)
    .map(({ deal }) => deal)
    .sort();
}

describe.each([
  ['the recommended pack', null],
  ['the recommended pack and four stages', FOUR_STAGES],
])('micro12 with its log and %s', async (_, rules) => {
  const report = await audit(rules, true);
  const conversion = metricOf<HistoryConversion>(report, 'conversion');
  const conversionOf = (stage: string) => conversion.stages.find((each) => each.stage === stage)!;

  it('knows every stage, and every deal by its log', () => {
    expect(report.faults).toEqual([]);
    expect(metricOf<FunnelResult>(report, 'funnel')).toMatchObject({
      deals: 12,
      dealsWithoutHistory: 0,
      stageDisagreements: 0,
      kinds: { unknown: { deals: 0 } },
    });
    expect(flagged(report, 'stage/unknown')).toEqual([]);
    expect(flagged(report, 'process/history-gap')).toEqual([]);
  });

  it.each(STAGES)('counts who came to %s and how it went on', (stage, wanted) => {
    const { visits, entries, reached, reEntries, advanced, lostHere, pending } = wanted;
    const got = conversionOf(stage);
    const skipped = wanted.skippedBy.length;
    expect(got).toMatchObject({ visits, entries, reached, skipped, reEntries, advanced, lostHere, pending });
    const { forward, skipForward, ...others } = wanted.exits;
    expect(got.exits.forward + got.exits.skipForward).toBe(forward + skipForward);
    expect(got.exits).toMatchObject(others);
  });

  it.each(STAGES)('computes conversion out of %s', (stage, wanted) => {
    const got = conversionOf(stage);
    expect(got.toDate.value).toBeCloseTo(wanted.convToDate, 12);
    expect(got.resolved.value).toBeCloseTo(wanted.convResolved, 12);
    expect(got.upperBound.value).toBeCloseTo(wanted.convUpper, 12);
    const { n, converted, rate } = wanted.matured30;
    expect(got).toMatchObject({ windowDays: 30, windowFrom: 'given', matured: { of: n, count: converted } });
    expect(got.matured?.value).toBeCloseTo(rate, 12);
  });

  it.each(STAGES)('estimates the time in %s', (stage, { dwell }, label) => {
    const got = metricOf<HistoryDwell>(report, 'dwell').stages.find((each) => each.stage === stage)!;
    const { median, lower, upper } = survival[label]!;
    expect(got.medianDays).toBe(dwell.kmMedian);
    expect(got.medianDays).toBe(median);
    expect(got.medianInterval).toEqual([lower, upper]);
    expect(got.closedOnly.meanDays).toBeCloseTo(dwell.naiveMean, 12);
    expect(got.closedOnly.medianDays).toBe(dwell.naiveMedian);
  });

  it('finds the deals that went back and that came back', () => {
    expect(conversion).toMatchObject({ regressedDeals: 1, reopenedDeals: 1 });
    expect(flagged(report, 'process/moved-back')).toEqual(expected.regressionDeals);
    expect(flagged(report, 'process/reopened')).toEqual(expected.reopenedDeals);
    expect(flagged(report, 'process/closed-without-history')).toEqual([]);
  });

  it('computes the win rate with its Wilson interval', () => {
    const { closed, toDate, upperBound, byValue } = metricOf<WinRateResult>(report, 'winRate');
    expect(closed).toMatchObject({ count: 3, of: 7, won: 3, lost: 4 });
    expect(closed.value).toBeCloseTo(expected.outcome.winRateClosed, 12);
    // (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n) for p = 3/7, n = 7 and z = 1.959964
    expect(closed.interval?.[0]).toBeCloseTo(0.158219855251, 10);
    expect(closed.interval?.[1]).toBeCloseTo(0.749541635472, 10);
    expect(toDate.value).toBeCloseTo(expected.outcome.winRateCohortToDate, 12);
    expect(upperBound.value).toBeCloseTo(expected.outcome.winRateUpper, 12);
    expect(byValue.byCurrency[0]?.value).toBeCloseTo(expected.outcome.winRateValueClosed, 12);
  });

  it('computes the sales cycle', () => {
    const { won, lost, closedField } = metricOf<CycleResult>(report, 'cycle');
    expect(closedField).toBe('closed');
    expect(won).toMatchObject({ deals: 3, meanDays: expected.cycleWon.mean, medianDays: expected.cycleWon.median });
    expect((won.meanDays! * won.deals + lost.meanDays! * lost.deals) / 7).toBeCloseTo(expected.cycleAllClosedMean, 12);
  });
});

describe('micro12 with four stages', async () => {
  const report = await audit(FOUR_STAGES, true);
  const conversion = metricOf<HistoryConversion>(report, 'conversion');

  it.each(STAGES)('tells the next stage from a later one out of %s', (stage, { exits }) => {
    expect(conversion.stages.find((each) => each.stage === stage)?.exits).toEqual({ ...exits, dormant: 0 });
  });

  it('climbs the ladder', () => {
    expect(conversion.ladder.map(({ reached }) => reached)).toEqual(expected.reached);
    expect(conversion.ladder.slice(1).map(({ step }) => step?.value)).toEqual(expected.stepReached);
  });

  it('finds the deals that left a stage out', () => {
    const skippers = new Set(Object.values(expected.perStage).flatMap(({ skippedBy }) => skippedBy));
    expect(flagged(report, 'process/skipped-stage')).toEqual([...skippers].sort());
  });
});

describe('micro12 without its log', async () => {
  const report = await audit(FOUR_STAGES, false);

  it('gives bounds in place of rates', () => {
    expect(report.shape).toBe('snapshot');
    const { basis, stages } = metricOf<SnapshotConversion>(report, 'conversion');
    const { reachedLow, reachedHigh, stepLow, stepHigh } = expected.snapshot;
    expect(basis).toBe('snapshot');
    expect(stages.map((stage) => stage.reachedLow)).toEqual(reachedLow);
    expect(stages.map((stage) => stage.reachedHigh)).toEqual(reachedHigh);
    // The reference ends with the last step between open stages; the product goes on to won.
    stepLow.forEach((low, index) => {
      expect(stages[index]?.stepLow).toBeCloseTo(low, 12);
      expect(stages[index]?.stepHigh).toBeCloseTo(stepHigh[index]!, 12);
    });
  });

  it('counts where the open deals stand', () => {
    const { stages } = metricOf<FunnelResult>(report, 'funnel');
    for (const [stage, , label] of STAGES) {
      expect(stages.find((each) => each.stage === stage)?.deals).toBe(expected.snapshot.currentStock[label]);
    }
  });

  it('runs no rule that needs the log', () => {
    const process = report.rules.filter(({ id }) => id.startsWith('process/'));
    expect(process.length).toBeGreaterThan(5);
    expect(new Set(process.map(({ verdict }) => verdict))).toEqual(new Set(['not-run']));
  });
});
