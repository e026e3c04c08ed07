import { describe, expect, it } from 'vitest';
import type { Lang } from '../../src/i18n/text.ts';
import { displayWidth } from '../../src/i18n/width.ts';
import { METRICS } from '../../src/metrics/index.ts';
import type { ScorecardsResult } from '../../src/metrics/owners/owner-scorecards.ts';
import type { AuditReport } from '../../src/report/report.ts';
import { reportDocument } from '../../src/report/report-document.ts';
import type { ViewName } from '../../src/report/views/names.ts';
import { renderDocument } from '../../src/reporters/terminal.ts';
import { auditSample, EXPORT_OF, type Story, samplePath } from '../sample-audit.ts';

const PAGES: readonly ViewName[] = ['standup', 'completeness', 'scorecard', 'heatmap', 'summary', 'whatif'];
const LANGS: readonly Lang[] = ['en', 'zh'];
const STORIES: readonly Story[] = ['salesforce', 'hubspot', 'fxiaoke'];

const audits = new Map<Story, Promise<AuditReport>>(
  STORIES.map((story) => {
    const history = story === 'salesforce' ? samplePath(story, 'history.csv') : null;
    return [story, auditSample(story, samplePath(story, EXPORT_OF[story]), history)];
  }),
);

/** The report as it was saved and read again. */
async function savedReport(story: Story): Promise<AuditReport> {
  return JSON.parse(JSON.stringify(await audits.get(story)));
}

function documentOf(report: AuditReport, view: ViewName, lang: Lang) {
  return reportDocument(report, METRICS, { lang, maxFindings: 3, view });
}

function pageOf(report: AuditReport, view: ViewName, lang: Lang, width = 80): string {
  return renderDocument(documentOf(report, view, lang), { lang, width, colour: false });
}

/** Second-level headings of a page, without what stands behind them. */
function partsOf(report: AuditReport, view: ViewName, lang: Lang): string[] {
  return documentOf(report, view, lang).flatMap((block) => {
    if (block.type !== 'heading' || block.level !== 2) return [];
    const [first = ''] = typeof block.text === 'string' ? [block.text] : block.text;
    return [typeof first === 'string' ? first : first.text];
  });
}

describe.each(STORIES)('%s', (story) => {
  it.each(PAGES)('%s says what it is, of which day and file, in both languages and widths', async (view) => {
    const report = await savedReport(story);
    for (const lang of LANGS) {
      for (const width of [80, 160]) {
        const page = pageOf(report, view, lang, width);
        expect(page).toContain('2026-11-01');
        expect(page).toContain(EXPORT_OF[story].slice(0, 12));
        expect(page).not.toMatch(/\b(undefined|NaN|null|Infinity)\b|\{\w+\}/);
      }
    }
  });

  it('has a stand-up of exactly three blocks on one screen', async () => {
    const report = await savedReport(story);
    expect(partsOf(report, 'standup', 'zh')).toEqual(['卡点商机', '异常数据', 'Top 销售方法论']);
    for (const lang of LANGS)
      expect(pageOf(report, 'standup', lang).trimEnd().split('\n').length).toBeLessThanOrEqual(24);
  });

  it('has a summary of four panels', async () => {
    const report = await savedReport(story);
    expect(partsOf(report, 'summary', 'zh')).toEqual(['线索转化率', '跟进效率', '报价错误', '业绩预测']);
  });
});

it('names the stuck deals with the largest amounts first, by history or else by rule', async () => {
  for (const story of ['salesforce', 'fxiaoke'] as const) {
    const document = documentOf(await savedReport(story), 'standup', 'en');
    const table = document.find((block) => block.type === 'table');
    const amounts = table?.rows.map(
      (row) => Number(String(row[2]).replace(/[^\d.]/g, '')) * (/k$/.test(String(row[2])) ? 1000 : 1),
    );
    expect(amounts?.length).toBeGreaterThanOrEqual(8);
    expect(amounts).toEqual(amounts?.toSorted((a, b) => b - a));
  }
});

it('stays on one screen when there is much of everything', async () => {
  const report = await savedReport('salesforce');
  const scorecards = structuredClone(report.metrics['ownerScorecards']?.result) as ScorecardsResult;
  const long = '很长的名字 a very long name '.repeat(20);
  const practice = {
    ...{ practice: 'firstStageDays', unit: 'days', top: 12.3, rest: 45.6, topOwners: 2, restOwners: 6 },
    ...{ difference: -33.3, interval: [-40.1, -20.2], probability: 0.001, adjusted: 0.001, stands: true },
  } as const;
  const result = {
    ...scorecards,
    owners: { ...scorecards.owners, cards: scorecards.owners.cards.map((card) => ({ ...card, value: long })) },
    practices: { ...scorecards.practices, practices: Array.from({ length: 5 }, () => practice) },
  };
  const metrics = { ...report.metrics, ownerScorecards: { ...report.metrics['ownerScorecards']!, result } };
  const rules = report.rules.map((rule) => ({ ...rule, title: { en: long, zh: long } }));
  for (const lang of LANGS) {
    const page = pageOf({ ...report, metrics, rules }, 'standup', lang)
      .trimEnd()
      .split('\n');
    expect(page.length).toBeLessThanOrEqual(24);
    expect(page.filter((line) => displayWidth(line) > 80)).toEqual([]);
  }
});

it('says what a page lacks where the file cannot fill it', async () => {
  const report = await savedReport('hubspot');
  expect(pageOf(report, 'heatmap', 'en')).toContain('needs the change log (--history)');
  expect(pageOf(report, 'whatif', 'zh')).toContain('需要阶段变更记录（--history）');
  expect(pageOf(report, 'completeness', 'en')).toContain('needs an earlier export (--previous)');
  expect(pageOf(report, 'summary', 'en')).toContain('No quotes in the input');
});

it('shows a report without any metric as one that lacks everything', async () => {
  const report = { ...(await savedReport('hubspot')), metrics: {}, rules: [], findings: [] };
  for (const view of PAGES) for (const lang of LANGS) expect(pageOf(report, view, lang)).toContain('2026-11-01');
  expect(pageOf(report, 'standup', 'en')).toContain('Not known');
});
