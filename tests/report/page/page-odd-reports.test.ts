import { describe, expect, it } from 'vitest';
import type { AuditReport } from '../../../src/report/report.ts';
import { type DatasetFixture, datasetOf, MICRO12_STAGES } from '../../metrics/dataset-fixture.ts';
import { CASES } from '../../reporters/cases.ts';
import { auditSample, samplePath } from '../../sample-audit.ts';
import { chartsOf, pageOf, plain, reportOfDataset, sectionOf } from './page-fixture.ts';

type Exception = AuditReport['exceptions'][number];

const SAMPLE = auditSample('salesforce', undefined, samplePath('salesforce', 'history.csv'));
const BROKEN = /\{\w+\}|\bundefined\b|NaN|Infinity|\[object/;

/** Everything but the metrics in full, which draw themselves. */
function ownParts(report: AuditReport): string {
  const { sections, ...head } = pageOf(report);
  return JSON.stringify([head, sections.filter(({ id }) => id !== 'all-figures')]);
}

function numbersIn(value: unknown): unknown[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

function withResult(report: AuditReport, metric: string, result: unknown): AuditReport {
  return { ...report, metrics: { ...report.metrics, [metric]: { ...report.metrics[metric]!, result } } };
}

const USED = [
  'funnel',
  'conversion',
  'dwell',
  'stalled',
  'completeness',
  'freshness',
  'winRate',
  'winRatePeriods',
  'cycle',
  'cyclePeriods',
  'forecast',
  'attainment',
];

describe('a saved report of another version, or edited by hand', () => {
  it.each([{}, [], 5, 'x', { stages: null }, { basis: 'history' }])('is a page all the same: %j', async (result) => {
    const report = await SAMPLE;
    for (const metric of USED) expect(ownParts(withResult(report, metric, result))).not.toMatch(BROKEN);
  });

  it.each(USED)('is a page whatever one part of %s is', async (metric) => {
    const report: AuditReport = JSON.parse(JSON.stringify(await SAMPLE));
    const result = report.metrics[metric]?.result;
    const keys = typeof result === 'object' && result !== null ? Object.keys(result) : [];
    for (const key of keys) {
      for (const value of [undefined, null, 'x', 7, [], {}, [null], [{}], [{ stage: 5, deals: 'many', amounts: 3 }]]) {
        const changed = { ...(result as Record<string, unknown>), [key]: value };
        const page = pageOf(withResult(report, metric, changed), 'en', []);
        const charts = page.sections.flatMap(chartsOf);
        for (const { chart } of charts) expect(numbersIn(chart).every(Number.isFinite)).toBe(true);
        expect(JSON.stringify([charts, page.tiles])).not.toMatch(/\bundefined\b|NaN|Infinity|\[object/);
      }
    }
  });

  it('says in place of a chart that its figures are not what they should be', async () => {
    const report: AuditReport = JSON.parse(JSON.stringify(await SAMPLE));
    const funnel = report.metrics['funnel']?.result as { stages: { deals: unknown }[] };
    funnel.stages[0]!.deals = '14';
    const { blocks } = sectionOf(pageOf(report), 'funnel');
    expect(blocks).toHaveLength(1);
    expect(blocks[0]).toMatchObject({ type: 'callout', tone: 'warn' });
  });

  it('leaves out what the report does not know, and does not ask for what is there', async () => {
    const { funnel: _, ...metrics } = (await SAMPLE).metrics;
    const page = pageOf({ ...(await SAMPLE), metrics });
    expect(page.sections.map(({ id }) => id)).not.toContain('funnel');
  });
});

describe('odd exports', () => {
  const fixtures: Readonly<Record<string, Partial<DatasetFixture>>> = {
    'one row': { deals: 'id,stage,amount,created,close\nA,Lead,5,2024-01-01,2024-05-01' },
    'no amounts': { deals: 'id,stage\nA,Lead\nB,Won\nC,Lost' },
    'no deals in any stage': { deals: 'id,stage\nA,\nB,' },
    'several currencies': {
      deals: ['id,stage,amount,currency', 'A,Lead,5,USD', 'B,Lead,6,EUR', 'C,Lead,7,', 'D,Won,8,CNY'].join('\n'),
    },
    'no stages': { stages: [], deals: 'id,stage\nA,Lead\nB,Won' },
    'no open stage': { stages: [{ id: 'Won', kind: 'won' }], deals: 'id,stage\nA,Won' },
  };

  it.each(Object.entries(fixtures))('make a page: %s', (_, fixture) => {
    const dataset = datasetOf({ asOf: '2024-04-01', stages: MICRO12_STAGES, deals: '', ...fixture });
    const report = reportOfDataset(dataset);
    expect(ownParts(report)).not.toMatch(BROKEN);
    const charts = pageOf(report, 'zh').sections.flatMap(chartsOf);
    for (const { chart } of charts) expect(numbersIn(chart).every(Number.isFinite)).toBe(true);
  });

  it('keep currencies apart', () => {
    const dataset = datasetOf({
      asOf: '2024-04-01',
      stages: MICRO12_STAGES,
      deals: '',
      ...fixtures['several currencies'],
    });
    const page = pageOf(reportOfDataset(dataset));
    const [funnel] = chartsOf(sectionOf(page, 'funnel'));
    expect(funnel?.table.columns.map(({ title }) => title).slice(4)).toEqual([
      'Amount EUR',
      'Amount USD',
      'Amount without a currency',
    ]);
    expect(funnel?.table.rows[0]?.slice(4)).toEqual(['€6', '$5', '7']);
  });

  it('without any known stage say so at once, and draw no empty axes', () => {
    const page = pageOf(reportOfDataset(datasetOf({ asOf: '2024-04-01', stages: MICRO12_STAGES, deals: 'id\nA\nB' })));
    expect(sectionOf(page, 'funnel').blocks).toMatchObject([{ type: 'callout', tone: 'warn' }]);
    expect(page.sections.flatMap(chartsOf)).toEqual([]);
  });

  it('name four currencies everywhere and count the others', () => {
    const codes = ['AUD', 'BRL', 'CAD', 'EUR', 'GBP', 'USD'];
    // Two deals in dollars, one in each of the others.
    const rows = [...codes, 'USD'].map((code, index) => `D${index},Lead,100,${code},2024-04-20`);
    const deals = ['id,stage,amount,currency,close', ...rows].join('\n');
    const page = pageOf(reportOfDataset(datasetOf({ asOf: '2024-04-01', stages: MICRO12_STAGES, deals })));
    const tiles = page.tiles.filter(({ label }) => label.startsWith('Open pipeline'));
    expect(tiles.map(({ label }) => label.slice(-3))).toEqual(['USD', 'AUD', 'BRL', 'CAD']);
    expect(tiles.at(-1)?.detail).toContain('· 2 more currencies');
    const [funnel] = chartsOf(sectionOf(page, 'funnel'));
    expect(funnel?.chart.type === 'funnel' ? funnel.chart.rows[0]?.text : '').toMatch(/ and 2 more currencies$/);
    expect(JSON.stringify(sectionOf(page, 'forecast').blocks)).toContain('2 more currencies: see all figures.');
  });

  it('without stages tell that once', () => {
    const dataset = datasetOf({ asOf: '2024-04-01', stages: [], deals: 'id,stage\nA,Lead' });
    const page = pageOf(reportOfDataset(dataset));
    const lacks = page.sections.filter(({ blocks }) => blocks.some((block) => block.type === 'callout'));
    expect(lacks.map(({ id }) => id)).toEqual(['funnel']);
  });

  it('without deals say so, and show no figures', () => {
    const inputs = CASES.clean.inputs.map((input) => ({ ...input, rows: { ...input.rows, audited: 0 } }));
    const page = pageOf({ ...CASES.clean, inputs });
    expect(page.verdict).toEqual({
      tone: 'bad',
      text: 'No deals in exports/opps.csv: nothing was checked. Export the list again, or name another sheet with --sheet.',
      note: '',
    });
    expect(page.tiles).toEqual([]);
    expect(page.sections.map(({ id }) => id)).toEqual(['inputs', 'not-run']);
    expect(pageOf({ ...CASES.clean, inputs: [] }).verdict.text).toContain('No list of deals was read');
  });
});

describe('the rest of the page', () => {
  it('tells what there is to say of the findings', () => {
    expect(pageOf(CASES.clean).findingsLead).toBe('No findings.');
    expect(pageOf(CASES.one).findingsLead).toBe(
      '1 finding: 1 error. Worst first, beginning with: Open deals close in the future (1).',
    );
    expect(pageOf(CASES.many).findingsLead).toBe(
      '41 findings: 31 errors, 9 warnings, 1 note. Worst first, beginning with: Open deals close in the future (31). 9 of them are in the baseline and do not count.',
    );
  });

  it('counts the findings there were where a saved report keeps some of them', () => {
    const [rule] = CASES.one.rules;
    const rules = [{ ...rule!, found: { error: 40, warn: 0, info: 0, fingerprints: '' } }];
    expect(pageOf({ ...CASES.one, rules }).findingsLead).toContain('40 findings: 40 errors.');
    expect(pageOf({ ...CASES.one, rules }).findingsLead).toContain('This report keeps 1 of them.');
  });

  it('lists the rules that did not run by their reason, the exceptions and the faults', () => {
    const exception: Exception = {
      rule: 'owner/missing',
      keys: ['A', 'B'],
      until: null,
      reason: 'moved',
      state: 'active',
    };
    const expired: Exception = { ...exception, until: '2026-01-31', state: 'expired' };
    const page = pageOf({
      ...CASES.many,
      exceptions: [exception, expired],
      faults: [{ where: 'metric/flow', message: 'boom', stack: null }],
    });
    const rowsOf = (id: string) =>
      sectionOf(page, id).blocks.flatMap((block) =>
        block.type === 'table' ? block.rows.map((row) => row.map(plain)) : [],
      );
    expect(rowsOf('not-run')).toEqual([['no column for Owner', 'owner/unknown']]);
    expect(rowsOf('exceptions')).toEqual([
      ['owner/missing', 'expired', '2', '2026-01-31', 'moved'],
      ['owner/missing', 'active', '2', '–', 'moved'],
    ]);
    expect(sectionOf(page, 'faults').blocks).toMatchObject([{ type: 'callout', tone: 'bad' }]);
  });

  it('keeps hostile text as text, without control characters', () => {
    const page = JSON.stringify(pageOf(CASES.hostile));
    expect(page).not.toMatch(/\\u001b|\\u0000|\\u202e/);
  });
});
