import { describe, expect, it } from 'vitest';
import { NO_CURRENCY } from '../../src/i18n/number-format.ts';
import { createTranslator } from '../../src/i18n/translator.ts';
import { STEPS } from '../../src/metrics/pipeline/pipeline-bridge.ts';
import waterfallMetric from '../../src/metrics/pipeline/waterfall.ts';
import { compareReports } from '../../src/report/compare/compare.ts';
import { comparisonDocument } from '../../src/report/compare/comparison-document.ts';
import { pipelineBlocks } from '../../src/report/compare/pipeline-blocks.ts';
import { sinceDocument } from '../../src/report/compare/since-document.ts';
import { type Block, spansOf } from '../../src/report/document.ts';
import type { AuditReport } from '../../src/report/report.ts';
import { renderDocument } from '../../src/reporters/terminal.ts';
import { type DealFixture, lineAmount, reportOf } from './report-fixture.ts';

const BEFORE: readonly DealFixture[] = [
  { key: 'A', stage: 'lead', amount: 100, close: '2026-10-28', owner: 'Ann' },
  { key: 'B', stage: 'offer', amount: 200.1, close: '2026-11-15' },
  { key: 'C', stage: 'talks', amount: 300, close: '2026-12-01' },
  { key: 'D', stage: 'lead', amount: 50, close: '2027-01-10' },
  { key: 'E', stage: 'offer', amount: 400, close: '2026-12-15' },
  { key: 'F', stage: 'won', amount: 70, close: '2026-10-01' },
  { key: 'G', stage: 'lead', amount: 60, close: '2026-11-20' },
  { key: 'I', stage: 'lead', amount: 10, currency: 'EUR', close: '2026-11-05' },
  { key: 'J', stage: 'offer', amount: null, close: '2026-10-26' },
  { key: 'K', stage: 'rest', amount: 40 },
  { key: 'L', stage: 'talks', amount: 20, close: '2026-10-30' },
  { key: null, stage: 'lead', amount: 7 },
  { key: 'N', stage: 'lead', amount: 1 },
  { key: 'N', stage: 'lead', amount: 2 },
];
const AFTER: readonly DealFixture[] = [
  { key: 'N', stage: 'lead', amount: 3 },
  { key: 'A', stage: 'offer', amount: 100, close: '2026-10-28', owner: 'Ann' },
  { key: 'B', stage: 'won', amount: 250, close: '2026-10-31' },
  { key: 'C', stage: 'lost', amount: 300, close: '2026-10-30' },
  { key: 'D', stage: 'lead', amount: 80.05, close: '2026-12-20' },
  { key: 'E', stage: 'lead', amount: 350, close: '2027-02-01' },
  { key: 'F', stage: 'talks', amount: 70, close: '2026-11-30' },
  { key: 'H', stage: 'lead', amount: 90, close: '2026-11-11', created: '2026-10-28' },
  { key: 'I', stage: 'lead', amount: 12, currency: 'USD', close: '2026-11-05' },
  { key: 'J', stage: 'offer', amount: 5, close: '2026-10-26' },
  { key: 'K', stage: 'rest', amount: 40 },
  { key: 'L', stage: 'rest', amount: 20, close: '2026-10-30' },
  { key: null, stage: 'lead', amount: 7 },
  { key: 'N', stage: 'lead', amount: 1 },
];

const before = reportOf({ date: '2026-10-25', deals: BEFORE });
const after = reportOf({ date: '2026-11-01', deals: AFTER });

const compare = (first: AuditReport, second: AuditReport) =>
  compareReports({ file: 'first.json', report: first }, { file: 'second.json', report: second });
const codes = (first: AuditReport, second: AuditReport) => compare(first, second).notes.map(({ code }) => code);

describe('the waterfall, by hand', () => {
  const comparison = compare(before, after);

  it('leads from one open amount to the other', () => {
    const [eur, usd] = comparison.pipeline?.currencies ?? [];
    // A 100 + B 200.10 + C 300 + D 50 + E 400 + G 60 + L 20 + one without id 7 + N 1 + N 2
    expect(usd?.start).toEqual({ deals: 10, amount: 1140.1 });
    expect(Object.fromEntries(usd?.lines.map(({ line, amount }) => [line, amount]) ?? [])).toEqual({
      new: 90,
      reopened: 70,
      raised: 36.05, // D 30.05, J filled in with 5, N from 2 to 3
      lowered: -50,
      won: -200.1,
      lost: -300,
      dormant: -20,
      gone: -60,
      currencyIn: 12,
      unmatchedIn: 7,
      unmatchedOut: -7,
    });
    expect(usd?.end).toEqual({ deals: 10, amount: 718.05 });
    expect(eur).toMatchObject({ currency: 'EUR', start: { amount: 10 }, end: { amount: 0 } });
    expect(lineAmount(comparison, 'EUR', 'currencyOut')).toBe(-10);
  });

  it('knows what moved into and out of the running quarter', () => {
    const quarter = comparison.pipeline?.quarter;
    expect(quarter).toMatchObject({ name: '2026-Q4', from: '2026-10-01', until: '2026-12-31' });
    const usd = quarter?.currencies.find(({ currency }) => currency === 'USD');
    expect(usd).toMatchObject({ start: { amount: 1080.1 }, end: { amount: 357.05 } });
    const lines = Object.fromEntries(usd?.lines.map(({ line, amount }) => [line, amount]) ?? []);
    expect(lines).toMatchObject({ pulledIn: 80.05, pushedOut: -400, raised: 5, new: 90 });
    expect(lines).not.toHaveProperty('lowered');
  });

  it('tells deals that were re-dated to a later day from those that were pulled in', () => {
    const was = [
      { key: 'overdue', stage: 'lead', amount: 1, close: '2026-08-01' },
      { key: 'undated', stage: 'lead', amount: 2 },
      { key: 'sooner', stage: 'lead', amount: 4, close: '2027-02-01' },
      { key: 'later', stage: 'lead', amount: 8, close: '2026-12-01' },
      { key: 'cleared', stage: 'lead', amount: 16, close: '2026-12-01' },
      { key: 'back', stage: 'lead', amount: 32, close: '2026-12-01' },
    ];
    const days = ['2026-11-20', '2026-11-20', '2026-11-20', '2027-03-01', null, '2026-09-01'];
    const is = was.map((deal, index) => ({ ...deal, close: days[index] }));
    const { pipeline } = compare(
      reportOf({ date: '2026-10-25', deals: was }),
      reportOf({ date: '2026-11-01', deals: is }),
    );
    const [usd] = pipeline?.quarter.currencies ?? [];
    expect(usd?.lines).toEqual([
      { line: 'pulledIn', deals: 1, amount: 4 },
      { line: 'rolledIn', deals: 2, amount: 3 },
      { line: 'pushedOut', deals: 1, amount: -8 },
      { line: 'movedOut', deals: 2, amount: -48 },
    ]);
    expect(pipeline?.currencies[0]?.lines).toEqual([]);
  });

  it('puts amounts whose currency was filled in on a line of their own', () => {
    const was = [{ key: 'A', stage: 'lead', amount: 5, currency: NO_CURRENCY }];
    const is = [{ key: 'A', stage: 'lead', amount: 7, currency: 'USD' }];
    const comparison = compare(
      reportOf({ date: '2026-10-25', deals: was }),
      reportOf({ date: '2026-11-01', deals: is }),
    );
    expect([NO_CURRENCY, 'USD'].map((currency) => lineAmount(comparison, currency, 'relabelled'))).toEqual([-5, 7]);
  });

  it('is in the words of the pipeline bridge', () => {
    const view = {
      startAmount: 1,
      startDeals: 1,
      steps: STEPS.map((step) => ({ step, amount: 1, deals: 1 })),
      otherAmount: 0,
      endAmount: 1,
      endDeals: 1,
    };
    const result = {
      from: '2026-10-25',
      until: '2026-11-01',
      quarter: { from: '2026-10-01', until: '2026-12-31', label: '2026-Q4' },
      currencies: [{ currency: 'USD', whole: view, inQuarter: view }],
    };
    const lines = STEPS.map((line) => ({ line, deals: 1, amount: 1 }));
    const sums = { currency: 'USD', start: { deals: 1, amount: 1 }, lines, end: { deals: 1, amount: 1 } };
    const counts = { start: 1, lines: STEPS.map((line) => ({ line, deals: 1 })), end: 1 };
    const quarter = { name: '2026-Q4', from: '2026-10-01', until: '2026-12-31', deals: counts, currencies: [sums] };
    const pipeline = { deals: counts, currencies: [sums], quarter };
    for (const lang of ['en', 'zh'] as const) {
      const translator = createTranslator(lang, { fields: {}, stages: {} });
      const names = (blocks: readonly Block[]) =>
        blocks.flatMap((block) =>
          block.type === 'table' ? block.rows.map(([name]) => spansOf(name ?? '')[0]?.text) : [],
        );
      const bridge = names(waterfallMetric.blocks(result as never, translator));
      const days = { start: result.from, end: result.until };
      expect(names(pipelineBlocks(pipeline, days, translator))).toEqual(bridge);
    }
  });

  it('counts the open deals, with and without an amount', () => {
    expect(comparison.pipeline?.deals).toMatchObject({ start: 12, end: 10 });
  });
});

describe('what became of the deals, by hand', () => {
  const { deals } = compare(before, after);

  it('sorts them by what happened, the largest first', () => {
    const keys = Object.fromEntries(
      (
        ['new', 'gone', 'advanced', 'movedBack', 'won', 'lost', 'dormant', 'reopened', 'slipped', 'pushed'] as const
      ).map((name) => [name, deals?.[name].list.map(({ deal }) => deal).join(' ')]),
    );
    expect(keys).toEqual({
      new: 'H',
      gone: 'G',
      advanced: 'A',
      movedBack: 'E',
      won: 'B',
      lost: 'C',
      dormant: 'L',
      reopened: 'F',
      slipped: 'A J',
      pushed: 'E',
    });
    expect(deals?.raised.list.map(({ deal }) => deal)).toEqual(['D', 'J', 'N']);
    expect(deals?.raised.amounts).toEqual({ USD: 36.05 });
    expect(deals?.due).toBe(3);
    expect(deals).toMatchObject({ matched: 12, unmatchedBefore: 1, unmatchedAfter: 1, newButOlder: 0 });
  });

  it('tells both sides of a deal, and whose it is', () => {
    expect(deals?.advanced.list[0]).toEqual({
      deal: 'A',
      name: 'Deal A',
      owner: 'Ann',
      before: { stage: 'lead', amount: 100, currency: 'USD', close: '2026-10-28' },
      after: { stage: 'offer', amount: 100, currency: 'USD', close: '2026-10-28' },
    });
  });
});

describe('figures', () => {
  const rate = (count: number, of: number) => ({ value: count / of, count, of, interval: null });
  const dwell = (medianDays: number, medianInterval: readonly [number, number | null]) => ({
    basis: 'history',
    stages: [{ stage: 'lead', medianDays, medianInterval, closedVisits: 20, openVisits: 5 }],
    stalled: rate(0, 0),
  });
  const changes = (was: Record<string, unknown>, is: Record<string, unknown>) =>
    compare(reportOf({ date: '2026-10-25', metrics: was }), reportOf({ date: '2026-11-01', metrics: is })).metrics;

  it('takes a difference of two shares with its Newcombe interval', () => {
    const [winRate] = changes({ winRate: { closed: rate(45, 100) } }, { winRate: { closed: rate(12, 40) } });
    expect(winRate?.change).toBeCloseTo(-0.15, 10);
    expect(winRate?.interval?.[0]).toBeCloseTo(-0.304, 3);
    expect(winRate?.interval?.[1]).toBeCloseTo(0.031, 3);
    expect(winRate?.verdict).toBe('withinNoise');
  });

  it('knows which way is good', () => {
    const freshness = (count: number) => ({ freshness: { pastDue: rate(count, 200), dormant: null } });
    const find = (was: number, is: number) =>
      changes(freshness(was), freshness(is)).find(({ figure }) => figure === 'pastDue')?.verdict;
    expect(find(10, 40)).toBe('worse');
    expect(find(40, 10)).toBe('better');
  });

  it('says nothing of rates of fewer than five deals', () => {
    const [winRate] = changes({ winRate: { closed: rate(0, 1000) } }, { winRate: { closed: rate(4, 4) } });
    expect(winRate?.verdict).toBeNull();
  });

  it('takes a difference of two medians with the interval that follows from theirs', () => {
    const [median] = changes({ dwell: dwell(10, [5, 15]) }, { dwell: dwell(20, [18, 25]) });
    expect(median).toMatchObject({ figure: 'medianDwell', part: 'lead', change: 10, verdict: 'worse' });
    expect(median?.interval?.[0]).toBeCloseTo(10 - Math.hypot(20 - 18, 15 - 10), 10);
    expect(median?.interval?.[1]).toBeCloseTo(10 + Math.hypot(25 - 20, 10 - 5), 10);
  });

  it('leaves a limit open that is not reached', () => {
    const [longer] = changes({ dwell: dwell(10, [5, 15]) }, { dwell: dwell(20, [18, null]) });
    expect(longer?.interval?.[1]).toBeNull();
    expect(longer?.verdict).toBe('worse');
    const [unsure] = changes({ dwell: dwell(10, [5, null]) }, { dwell: dwell(20, [18, 25]) });
    expect(unsure).toMatchObject({ verdict: 'withinNoise', interval: [null, expect.any(Number)] });
  });
});

describe('findings', () => {
  const withFindings = (date: string, fingerprints: readonly string[], verdict = 'fail') =>
    reportOf({
      date,
      findings: fingerprints.map((fingerprint) => ({ rule: 'a/rule', fingerprint })),
      rules: [{ id: 'a/rule', verdict }],
    });

  it('are the same by their fingerprints, each as often as it stands there', () => {
    const { findings } = compare(
      withFindings('2026-10-25', ['x', 'x', 'y']),
      withFindings('2026-11-01', ['x', 'z', 'y', 'y']),
    );
    expect(findings).toMatchObject({ new: 2, gone: 1, kept: 2 });
    expect(findings.rules[0]).toMatchObject({
      newFingerprints: ['z', 'y'],
      goneFingerprints: ['x'],
      before: 3,
      after: 4,
    });
  });

  it('of a rule that could not look are not gone', () => {
    const { findings } = compare(withFindings('2026-10-25', ['x']), withFindings('2026-11-01', [], 'not-run'));
    expect(findings.gone).toBe(0);
    expect(findings.rules[0]).toMatchObject({ comparable: false, gone: 1, verdictAfter: 'not-run' });
  });
});

describe('what is said first', () => {
  it('is that the order was the wrong one, and it is put right', () => {
    expect(compare(after, before)).toMatchObject({ swapped: true, days: 7, before: { date: '2026-10-25' } });
    expect(codes(after, before)[0]).toBe('swapped');
  });

  it('is that nothing can have changed in the same export', () => {
    expect(codes(before, before)[0]).toBe('sameInput');
    const other = reportOf({ date: '2026-10-25', deals: AFTER, sha256: 'other' });
    expect(codes(before, other)[0]).toBe('sameDate');
  });

  it('is which report does not hold its deals', () => {
    const bare = reportOf({ date: '2026-11-01' });
    const { notes, deals, pipeline } = compare(before, bare);
    expect(notes[0]).toEqual({ code: 'noDeals', args: { files: { list: ['second.json'] } } });
    expect([deals, pipeline]).toEqual([null, null]);
  });

  it('is that the lists have little in common', () => {
    const other = reportOf({
      date: '2026-11-01',
      deals: [
        { key: 'A', stage: 'lead' },
        { key: 'Z', stage: 'lead' },
      ],
    });
    expect(codes(before, other)).toContain('otherList');
  });

  it('is how many new deals are older than the earlier list', () => {
    const older = reportOf({
      date: '2026-11-01',
      deals: [...AFTER, { key: 'Y', stage: 'won', created: '2026-01-05' }],
    });
    const found = compare(before, older).notes.find(({ code }) => code === 'newButOlder');
    expect(found?.args).toMatchObject({ count: 1, deals: 2 });
  });
});

describe.each(['en', 'zh'] as const)('for people (%s)', (lang) => {
  const draw = (width: number) =>
    renderDocument(comparisonDocument(compare(before, after), { lang, maxDeals: 1 }), { lang, width, colour: false });

  it.each([80, 160])('fits %i columns', (width) => {
    const text = draw(width);
    expect(text).not.toMatch(/undefined|NaN|\{\w+\}/);
    expect(text).toContain('Deal D');
    for (const word of lang === 'zh' ? ['有金额的单', '本期内到期'] : ['Deals with amount', 'Due in this period']) {
      expect(text).toContain(word);
    }
    expect(text).toContain(lang === 'zh' ? '另有 2 单' : '2 more');
  });

  it('keeps the verdict at 80 columns, however long a stage is called', () => {
    const funnel = (count: number) => ({
      winRate: { closed: { value: count / 1000, count, of: 1000, interval: null } },
      conversion: {
        basis: 'history',
        stages: [
          {
            stage: 'a stage with a name that is rather long',
            headline: 'matured',
            matured: { value: count / 1000, count, of: 1000 },
          },
        ],
      },
    });
    const [was, is] = [funnel(200), funnel(600)].map((metrics, index) =>
      reportOf({ date: `2026-11-0${index + 1}`, metrics }),
    );
    const document = comparisonDocument(compare(was!, is!), { lang, maxDeals: 1 });
    const text = renderDocument(document, { lang, width: 80, colour: false });
    for (const word of lang === 'zh' ? ['判断', '变好'] : ['Verdict', 'better']) expect(text).toContain(word);
    expect(text).toMatch(lang === 'zh' ? /指标 +现在 +变化 +判断/ : /Figure +Now +Change +Verdict/);
  });

  it('is a few lines under a report', () => {
    const document = sinceDocument(compare(before, after), lang);
    const text = renderDocument(document, { lang, width: 80, colour: false });
    expect(text.split('\n').length).toBeLessThan(20);
    expect(text).toContain(lang === 'zh' ? '在途单数：12' : 'open deals: 12');
  });
});
