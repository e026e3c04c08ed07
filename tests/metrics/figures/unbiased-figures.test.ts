import { describe, expect, it } from 'vitest';
import { auditTables, ruleOf } from '../../kinds/audit-rules.ts';

const STAGES = `stages:
  - {id: lead, label: {en: Lead, zh: 线索}, probability: 10%}
  - {id: proposal, label: {en: Proposal, zh: 方案}, probability: 50%}
  - {id: won, kind: won, label: {en: Won, zh: 赢单}}
  - {id: lost, kind: lost, label: {en: Lost, zh: 输单}}
`;

interface Files {
  readonly deals: string;
  readonly history?: string;
  readonly previous?: Readonly<Record<string, string>>;
}

/** The rule with that `metric:` on some files; as of 2026-06-01. */
async function judged(rule: string, files: Files, more = '') {
  const rules = `version: 1\nextends: [funnelint:recommended]\n${STAGES}${more}rules:\n  my/figure: {${rule}}\n`;
  return ruleOf(await auditTables({ rules, ...files }), 'my/figure');
}

const rows = (count: number, row: (id: number) => string): string =>
  Array.from({ length: count }, (_, id) => row(id)).join('\n');

describe('deals without a probability of their own', () => {
  const close = '2026-06-10';
  const deals = `id,stage,amount,close,probability\n1,Proposal,100,${close},90%\n2,Proposal,100000,${close},\n3,Proposal,100000,${close},\n`;
  const targets = 'targets:\n  - {metric: won_amount, at_least: "100000", from: 2026-04-01, until: 2026-06-15}\n';

  it('take that of their stage: 90 + 2 × 50000 of 100000', async () => {
    const { figure, counts } = await judged('metric: attainment, warn: "< 100%"', { deals }, targets);
    expect(figure?.value).toBeCloseTo(1.0009, 12);
    expect(counts.unknown).toBe(0);
  });

  it('make the forecasts no further apart: 100090 by hand against 100050 by stage', async () => {
    const { figure } = await judged('metric: forecast_spread, warn: "> 30%"', { deals });
    expect(figure?.value).toBeCloseTo(40 / 100_070, 12);
  });

  it('count as unknown where no model knows them, between nothing and all they may bring', async () => {
    const none = STAGES.replaceAll(/, probability: \d+%/g, '');
    const rules = `version: 1\nextends: [funnelint:recommended]\n${none}${targets}rules:\n  my/figure: {metric: attainment, mode: point, warn: "< 100%"}\n`;
    const { figure, counts, verdict } = ruleOf(await auditTables({ rules, deals }), 'my/figure');
    expect(figure).toMatchObject({ value: null, interval: [0.0009, 2.0009] });
    expect([counts.unknown, verdict]).toEqual([2, 'inconclusive']);
  });
});

it('does not hold a target in one currency against deals in another', async () => {
  const deals = 'id,stage,amount,currency,close\n1,Proposal,100,EUR,2026-06-10\n';
  const targets = 'targets:\n  - {metric: won_amount, at_least: "¥5,000", until: 2026-12-31}\n';
  const { figure, verdict } = await judged('metric: coverage, warn: "< 3"', { deals }, targets);
  expect(figure?.note?.en).toMatch(/another currency/);
  expect(verdict).toBe('no-data');
});

it('keeps what is expected between nothing and all of it', async () => {
  // 50 ± 1.96 × 50.
  const deals = 'id,stage,amount\n1,Proposal,100\n';
  const { figure } = await judged('metric: weighted(stage), warn: "> 140"', { deals });
  expect(figure).toMatchObject({ value: 50, interval: [0, 100] });
});

it('looks at every deal for what portion is in a stage', async () => {
  const deals = `id,stage\n${rows(100, (id) => `${id},${id < 57 ? 'Lead' : 'Proposal'}`)}\n`;
  const { figure, verdict } = await judged('metric: portion(lead), warn: "> 50%"', { deals });
  expect(figure).toMatchObject({ count: 57, of: 100, interval: null });
  expect(verdict).toBe('warn');
});

it('tells the output of the window by the deals in it, whatever was lost or sold before', async () => {
  const won = rows(9, (id) => `${id},Won,100,USD,2026-05-${10 + id}`);
  const deals = `id,stage,amount,currency,closed\n${won}\n20,Won,50,EUR,2020-05-01\n21,Lost,70,EUR,2026-05-01\n`;
  const { figure } = await judged('metric: output_per_day, warn: "< 1"', { deals });
  expect(figure).toMatchObject({ value: 10, of: 9, currency: 'USD' });
});

it('sees no association where one number is the same for all', async () => {
  const deals = `id,stage,amount,probability\n${rows(30, (id) => `${id},Lead,100,${id}%`)}\n`;
  const flat = await judged('metric: "correlation(amount, probability)", warn: "< 0.1"', { deals });
  expect([flat.figure?.value, flat.verdict]).toEqual([0, 'warn']);
  const turned = await judged('metric: "correlation(probability, amount)", warn: "< 0.1"', { deals });
  expect(turned.verdict).toBe('no-data');
});

describe('counts against the months before', () => {
  const rule = 'metric: {figure: count, against: history, unit: relative, period: month, periods: 3}, warn: "< -15%"';
  const created = (month: string, count: number): string =>
    rows(count, (id) => `${month}-${id},Lead,${month}-${String(1 + (id % 28)).padStart(2, '0')}`);

  it('know nothing of the months before the first deal: 38 against 40 is 5 % less', async () => {
    const deals = `id,stage,created\n${created('2026-04', 40)}\n${created('2026-05', 38)}\n`;
    const { figure, verdict } = await judged(rule, { deals });
    expect(figure?.value).toBeCloseTo(-0.05, 12);
    expect(verdict).toBe('pass');
  });

  it('have a chance of their own: 3 against 4, 4 and 4', async () => {
    const months = [['2026-02', 4] as const, ['2026-03', 4] as const, ['2026-04', 4] as const, ['2026-05', 3] as const];
    const deals = `id,stage,created\n${months.map(([month, count]) => created(month, count)).join('\n')}\n`;
    const { figure, verdict } = await judged(rule, { deals });
    // Wilson of 3 of 15 is 0.0705 to 0.4519; times 3 / (1 - p), less 1.
    expect(figure).toMatchObject({ value: -0.25, interval: [expect.closeTo(-0.7726, 3), expect.closeTo(1.473, 2)] });
    expect(verdict).toBe('inconclusive');
  });
});

it('holds a conversion against a benchmark for the next stage only where it leads there', async () => {
  const history = rows(40, (id) => `${id},Lead,2026-01-01\n${id},Proposal,2026-01-09`);
  const files = {
    deals: `id,stage\n${rows(40, (id) => `${id},Proposal`)}\n`,
    history: `deal_id,to_stage,changed_at\n${history}\n`,
  };
  const rule = (call: string): string => `metric: {figure: "${call}", against: benchmark, unit: pp}, warn: "< -5 pp"`;
  const benchmarks = 'benchmarks: {conversion: {lead: 35%}}\n';
  expect((await judged(rule('conversion(lead, won)'), files, benchmarks)).verdict).toBe('not-run');
  expect((await judged(rule('conversion(lead, proposal)'), files, benchmarks)).figure?.value).toBeCloseTo(0.65, 12);
});

it('compares what came in with what was promised of the same deals', async () => {
  const then = rows(20, (id) => `${id},Proposal,100,2026-05-20,50%`);
  const now = rows(40, (id) => `${id},${id % 2 === 0 ? 'Won' : 'Lost'},100,2026-05-20,`);
  const header = 'id,stage,amount,close,probability\n';
  // Ten of the twenty are won; those that came later are in neither.
  const files = { deals: `${header}${now}\n`, previous: { '2026-05-01': `${header}${then}\n` } };
  const { figure } = await judged('metric: forecast_accuracy, warn: "outside 90%..110%"', files);
  expect(figure).toMatchObject({ value: 1, of: 20 });
});
