import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../src/i18n/translator.ts';
import { findingBlocks } from '../../src/report/findings-view.ts';
import type { AuditReport } from '../../src/report/report.ts';
import { reportSchema } from '../../src/report/schema.ts';
import { renderDocument } from '../../src/reporters/terminal.ts';
import { RulesetError } from '../../src/ruleset/diagnostic.ts';
import { loadRuleset } from '../../src/ruleset/load.ts';
import { auditTables, messagesOf, ruleOf } from './audit-rules.ts';

const STAGES = `version: 1
extends: [funnelint:recommended]
stages:
  - {id: lead, label: {en: Lead, zh: 线索}, match: [Lead], probability: 50%}
  - {id: proposal, label: {en: Proposal, zh: 方案}, match: [Proposal], require: [amount]}
  - {id: won, kind: won, match: [Won]}
  - {id: lost, kind: lost, match: [Lost]}
`;

/** How deals went that entered Lead on a day: so many went on to Proposal ten days later, the others were lost. */
interface Cohort {
  readonly day: string;
  readonly entered: number;
  readonly wentOn: number;
}

function tablesOf(cohorts: readonly Cohort[]) {
  const all = cohorts.flatMap(({ day, entered, wentOn }) =>
    Array.from({ length: entered }, (_, deal) => ({ day, stage: deal < wentOn ? 'Proposal' : 'Lost' })),
  );
  const later = (day: string): string => new Date(Date.parse(day) + 10 * 86_400_000).toISOString().slice(0, 10);
  const history = all.map(({ day, stage }, deal) => `${deal},Lead,${day}\n${deal},${stage},${later(day)}`);
  return {
    deals: `id,stage,amount\n${all.map(({ stage }, deal) => `${deal},${stage},1000`).join('\n')}\n`,
    history: `deal_id,to_stage,changed_at\n${history.join('\n')}\n`,
  };
}

/** January to March 30 of 60, in April 6 of 30. */
const FALLING = tablesOf([
  { day: '2026-01-10', entered: 20, wentOn: 10 },
  { day: '2026-02-10', entered: 20, wentOn: 10 },
  { day: '2026-03-10', entered: 20, wentOn: 10 },
  { day: '2026-04-10', entered: 30, wentOn: 6 },
]);

function audit(rule: string, { deals, history }: { deals: string; history?: string } = FALLING, more = '') {
  const rules = `${STAGES}${more}rules:\n  my/rule: ${rule}\n`;
  return auditTables({ rules, deals, ...(history === undefined ? {} : { history }) });
}

function segmentsOf(report: AuditReport) {
  return ruleOf(report, 'my/rule').segments.map(({ segment, verdict }) => [segment, verdict]);
}

describe('any stage', () => {
  it('is judged one by one, and named in the finding with value and base', async () => {
    const report = await audit('{metric: conversion(any), fail: "< 60%"}');
    const rule = ruleOf(report, 'my/rule');
    expect(segmentsOf(report)).toEqual([
      ['lead', 'fail'],
      ['proposal', 'inconclusive'],
    ]);
    expect(rule).toMatchObject({ verdict: 'fail', parts: 'stage', figure: null });
    // 36 of 90 went on; those in Proposal are all still open.
    expect(rule.segments[0]?.figure).toMatchObject({ value: 0.4, count: 36, of: 90 });
    expect(messagesOf(report, 'my/rule')).toEqual(['Lead: conversion is 40% (36 of 90); bad is < 60%']);
    expect(messagesOf(report, 'my/rule', 'zh')).toEqual(['线索：转化率 40%（36/90），触发阈值 < 60%']);
    expect(reportSchema.safeParse(JSON.parse(JSON.stringify(report))).error).toBeUndefined();
  });

  it('is shown by its label in both languages', async () => {
    const report = await audit('{metric: conversion(any), fail: "< 60%"}');
    const shown = (lang: 'en' | 'zh'): string =>
      renderDocument(findingBlocks(report, createTranslator(lang, report.labels), 5), {
        lang,
        width: 100,
        colour: false,
      });
    expect(shown('en')).toContain('✖ Lead  36 of 90 (40%)');
    expect(shown('en')).toContain('1 of 2 stages');
    expect(shown('zh')).toContain('✖ 线索  36/90（40%）');
  });

  it('makes a rule that has data for one stage only pass by that', async () => {
    const report = await audit('{metric: dwell(any), fail: "> 20d", min_rows: 40}');
    expect(segmentsOf(report)).toEqual([
      ['lead', 'pass'],
      ['proposal', 'no-data'],
    ]);
    expect(ruleOf(report, 'my/rule').verdict).toBe('pass');
  });

  it('tells the amount lost in a stage', async () => {
    const report = await audit('{metric: lost_here(any), fail: "> 40%"}');
    expect(ruleOf(report, 'my/rule').amount).toEqual({ XXX: 54_000 });
    expect(messagesOf(report, 'my/rule')).toEqual(['Lead: share lost here is 60% (54 of 90), worth 54k; bad is > 40%']);
  });
});

describe('any field', () => {
  const rows = Array.from({ length: 40 }, (_, deal) => `${deal},Proposal,${deal < 10 ? 5 : ''},`).join('\n');
  const deals = `id,stage,amount,next_step\n${rows}\n`;

  it('is each required field for completeness, and each column for filled', async () => {
    const complete = await audit('{metric: completeness(any), fail: "< 90%"}', { deals });
    expect(segmentsOf(complete)).toEqual([['amount', 'fail']]);
    expect(messagesOf(complete, 'my/rule')).toEqual([
      'Amount: share filled where required is 25% (10 of 40); bad is < 90%',
    ]);
    const filled = await audit('{metric: filled(any), fail: "< 10%"}', { deals });
    expect(segmentsOf(filled)).toEqual([
      ['id', 'pass'],
      ['stage', 'pass'],
      ['amount', 'pass'],
      ['next_step', 'fail'],
    ]);
  });
});

describe('against its own history', () => {
  it('compares the last month in which every deal had its time with the months before', async () => {
    // 6 of 30 against 30 of 60: −30 points, −60 %.
    const points = await audit('{metric: {figure: conversion(lead), against: history, unit: pp}, fail: "< -5 pp"}');
    const { figure, verdict } = ruleOf(points, 'my/rule');
    expect(verdict).toBe('fail');
    expect(figure).toMatchObject({ unit: 'points', of: 30, count: null });
    expect(figure?.value).toBeCloseTo(-0.3, 12);
    expect(figure?.compared).toMatchObject({
      against: 'history',
      figure: { count: 6, of: 30 },
      reference: { count: 30, of: 60 },
    });
    // Newcombe: −0.3 ∓ √((.2−.0951)² + (.6231−.5)²) and √((.3731−.2)² + (.5−.3769)²)
    expect(figure?.interval?.[0]).toBeCloseTo(-0.4617, 3);
    expect(figure?.interval?.[1]).toBeCloseTo(-0.0876, 3);
    expect(messagesOf(points, 'my/rule')).toEqual([
      'Conversion Lead → next stage is 20% (6 of 30) against 50%, -30 pp; bad is < -5 pp',
    ]);
  });

  it.each([
    ['pp', '< -5 pp', 'fail'],
    ['pp', '< -20 pp', 'inconclusive'],
    ['pp', '< -35 pp', 'pass'],
    ['relative', '< -15%', 'fail'],
    ['relative', '< -70%', 'pass'],
  ])('in %s: %s', async (unit, threshold, verdict) => {
    const report = await audit(
      `{metric: {figure: conversion(lead), against: history, unit: ${unit}}, fail: "${threshold}"}`,
    );
    expect(ruleOf(report, 'my/rule').verdict).toBe(verdict);
  });

  it('takes as many periods as it is told, of the length it is told', async () => {
    const month = await audit(
      '{metric: {figure: conversion(lead), against: history, unit: pp, periods: 1}, fail: "< -5 pp"}',
    );
    expect(ruleOf(month, 'my/rule').figure?.compared?.reference).toMatchObject({ count: 10, of: 20 });
    const quarter = await audit(
      '{metric: {figure: entries(lead), against: history, unit: relative, period: quarter, periods: 2}, fail: "< -50%"}',
    );
    // January to March is the last complete quarter: 60 entries; of the two before there are none.
    expect(ruleOf(quarter, 'my/rule')).toMatchObject({ verdict: 'no-data', figure: { value: null } });
  });

  it('takes the mean of the periods for figures that add up', async () => {
    const report = await audit(
      '{metric: {figure: entries(lead), against: history, unit: relative, periods: 3}, warn: "> 20%"}',
      tablesOf([
        { day: '2026-02-03', entered: 4, wentOn: 2 },
        { day: '2026-03-03', entered: 8, wentOn: 2 },
        { day: '2026-04-03', entered: 6, wentOn: 2 },
        { day: '2026-05-03', entered: 9, wentOn: 2 },
      ]),
    );
    const { figure } = ruleOf(report, 'my/rule');
    expect(figure?.compared).toMatchObject({ figure: { value: 9 }, reference: { value: 6 } });
    expect(figure?.value).toBeCloseTo(0.5, 12);
  });

  it('has nothing to say without a past', async () => {
    const report = await audit(
      '{metric: {figure: dwell(lead), against: history, unit: relative}, fail: "> 25%"}',
      tablesOf([{ day: '2026-05-03', entered: 9, wentOn: 2 }]),
    );
    expect(ruleOf(report, 'my/rule')).toMatchObject({
      verdict: 'no-data',
      reason: { en: 'no deals in the periods to compare' },
    });
  });
});

describe('against a number that is given', () => {
  const WIN_RATE = 'id,stage,owner\n';
  const closed = (owner: string, won: number, lost: number): string =>
    ['Won', 'Lost']
      .flatMap((stage, index) =>
        Array.from({ length: index === 0 ? won : lost }, (_, deal) => `${owner}${stage}${deal},${stage},${owner}\n`),
      )
      .join('');

  it('takes the benchmark of the stage, and cannot run without any', async () => {
    const rule = '{metric: {figure: conversion(any), against: benchmark, unit: pp}, fail: "< -5 pp"}';
    const given = await audit(rule, FALLING, 'benchmarks: {conversion: {lead: 60%}}\n');
    expect(segmentsOf(given)).toEqual([
      ['lead', 'fail'],
      ['proposal', 'no-data'],
    ]);
    expect(messagesOf(given, 'my/rule')).toEqual([
      'Lead: conversion is 40% (36 of 90) against 60%, -20 pp; bad is < -5 pp',
    ]);
    const absent = ruleOf(await audit(rule), 'my/rule');
    expect(absent).toMatchObject({ verdict: 'not-run' });
    expect(absent.reason?.en).toBe(
      'no benchmark is given for it under `benchmarks:`; write benchmarks: {conversion: {lead: 25%}}',
    );
  });

  it('takes the probability of the stage', async () => {
    // 3 of 30 won from Lead, against 50 %: 10 % − 50 %.
    const history = Array.from(
      { length: 30 },
      (_, deal) => `${deal},Lead,2026-01-01\n${deal},${deal < 3 ? 'Won' : 'Lost'},2026-02-01`,
    );
    const deals = `id,stage\n${history.map((_, deal) => `${deal},${deal < 3 ? 'Won' : 'Lost'}`).join('\n')}\n`;
    const log = `deal_id,to_stage,changed_at\n${history.join('\n')}\n`;
    const rule = '{metric: {figure: win_from(any), against: probability, unit: pp}, fail: outside -10 pp..10 pp}';
    const report = await audit(rule, { deals, history: log });
    expect(segmentsOf(report)).toEqual([
      ['lead', 'fail'],
      ['proposal', 'no-data'],
    ]);
    expect(ruleOf(report, 'my/rule').segments[0]?.figure?.value).toBeCloseTo(-0.4, 12);
  });

  it('takes the target of the owner, else that of all', async () => {
    const deals = WIN_RATE + closed('Ann', 10, 30) + closed('Bo', 20, 20);
    const rule = '{metric: {figure: win_rate, against: target, unit: pp}, per: owner, fail: "< 0 pp"}';
    const targets =
      'targets:\n  - {metric: win_rate, at_least: 20%, until: 2026-12-31}\n  - {metric: win_rate, at_least: 80%, until: 2026-12-31, owner: Bo}\n';
    const report = await audit(rule, { deals }, targets);
    expect(segmentsOf(report)).toEqual([
      ['Ann', 'pass'],
      ['Bo', 'fail'],
    ]);
    const expired = await audit(rule, { deals }, targets.replaceAll('2026-12-31', '2026-03-31'));
    expect(ruleOf(expired, 'my/rule').verdict).toBe('not-run');
  });

  it('sets a segment against the rest of the deals', async () => {
    const deals = WIN_RATE + closed('Ann', 4, 36) + closed('Bo', 30, 10) + closed('Cy', 30, 10);
    const rule = '{metric: {figure: win_rate, against: rest, unit: pp}, per: owner, fail: "< -20 pp"}';
    const report = await audit(rule, { deals });
    expect(segmentsOf(report)).toEqual([
      ['Ann', 'fail'],
      ['Bo', 'pass'],
      ['Cy', 'pass'],
    ]);
    // 4 of 40 against 60 of 80.
    expect(messagesOf(report, 'my/rule')).toEqual([
      'Ann: win rate is 10% (4 of 40) against 75%, -65 pp; bad is < -20 pp',
    ]);
  });

  it('shows the counts of a few deals without percentages', async () => {
    const report = await audit('{metric: win_rate, fail: "< 90%"}', { deals: WIN_RATE + closed('Ann', 2, 15) });
    expect(messagesOf(report, 'my/rule')).toEqual(['Win rate is 2 of 17 (fewer than 20); bad is < 90%']);
    expect(messagesOf(report, 'my/rule', 'zh')).toEqual(['赢单率：2/17（不足 20 个），触发阈值 < 90%']);
  });

  it('has no win rate of a file without lost deals', async () => {
    const report = await audit('{metric: win_rate, fail: "< 90%"}', { deals: WIN_RATE + closed('Ann', 30, 0) });
    expect(ruleOf(report, 'my/rule').verdict).toBe('no-data');
    expect(ruleOf(report, 'my/rule').reason?.en).toContain('not one closed deal is lost');
  });
});

describe('a rule on a figure', () => {
  function mistakesOf(rule: string): readonly string[] {
    const folder = mkdtempSync(join(tmpdir(), 'funnelint-metric-'));
    const file = join(folder, 'funnelint.yaml');
    writeFileSync(file, `${STAGES}rules:\n  my/rule:\n${rule}`);
    try {
      loadRuleset({ file, packs: [] });
      return [];
    } catch (error) {
      if (!(error instanceof RulesetError)) throw error;
      return error.diagnostics.map(({ line, column, message }) => `${line}:${column} ${message.en}`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  it.each([
    [
      'per beside any',
      '    metric: conversion(any)\n    per: owner\n    fail: "< 30%"\n',
      '11:10 the figure is judged for any stage or field, one by one; it cannot be judged per segment as well',
    ],
    [
      'a share where points are wanted',
      '    metric: {figure: win_rate, against: target, unit: pp}\n    fail: "< -5%"\n',
      '11:11 the unit is pp: write percentage points, such as "< -5 pp"',
    ],
    [
      'points where a share is wanted',
      '    metric: {figure: win_rate, against: target, unit: relative}\n    fail: "< -5 pp"\n',
      '11:11 percentage points need unit: pp beside the figure',
    ],
    [
      'a comparison without a unit',
      '    metric: {figure: win_rate, against: target}\n    fail: "< 0%"\n',
      '10:13 "unit" is missing: pp or relative',
    ],
  ])('refuses %s', (_, rule, mistake) => {
    expect(mistakesOf(rule)).toEqual([mistake]);
  });
});

describe('a figure of which nobody can tell', () => {
  it('says so with its interval and the threshold, and gives no advice', async () => {
    const deals = `id,stage,owner\n${Array.from({ length: 36 }, (_, deal) => `${deal},${deal < 32 ? 'Won' : 'Lost'},Ann`).join('\n')}\n`;
    const shown = async (rule: string, lang: 'en' | 'zh' = 'en'): Promise<string> => {
      const report = await audit(rule, { deals });
      expect(ruleOf(report, 'my/rule').verdict).toBe('inconclusive');
      const mine = { ...report, rules: report.rules.filter(({ id }) => id === 'my/rule') };
      return renderDocument(findingBlocks(mine, createTranslator(lang, report.labels), 5), {
        lang,
        width: 120,
        colour: false,
      });
    };
    // 32 of 36, Wilson 95 %: 74.7 % to 95.6 %.
    const whole = await shown('{metric: win_rate, fail: "< 90%", advice: Sell more.}');
    expect(whole).toContain('88.9% (32 of 36), 75% – 96%, bad is < 90%: too few to tell');
    expect(whole).not.toContain('Sell more');
    expect(whole).not.toContain('warn < 90%');
    const segments = await shown('{metric: win_rate, per: owner, warn: "< 90%", advice: Sell more.}', 'zh');
    expect(segments).toContain('? Ann  88.9%（32/36），区间 75% – 96%，触发条件为低于 90%：样本太少，无法判断');
    expect(segments).not.toContain('→');
  });
});
