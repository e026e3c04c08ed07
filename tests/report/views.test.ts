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
      (row) => Number(String(row[3]).replace(/[^\d.]/g, '')) * (/k$/.test(String(row[3])) ? 1000 : 1),
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
  expect(pageOf(report, 'heatmap', 'en')).toContain('Cannot be shown. Add --history log.csv with the columns deal id');
  expect(pageOf(report, 'whatif', 'zh')).toContain('无法生成：请加 --history 变更记录.csv');
  expect(pageOf(report, 'completeness', 'en')).toContain('needs an earlier export (--previous)');
  expect(pageOf(report, 'summary', 'en')).toContain('No quotes in the input');
});

it('shows a report without any metric as one that lacks everything', async () => {
  const report = { ...(await savedReport('hubspot')), metrics: {}, rules: [], findings: [] };
  for (const view of PAGES) for (const lang of LANGS) expect(pageOf(report, view, lang)).toContain('2026-11-01');
  expect(pageOf(report, 'standup', 'en')).toContain('Not known');
});

describe('the stand-up', () => {
  it('counts the rules that fail or warn as the verdict does', async () => {
    for (const story of STORIES) {
      const report = await savedReport(story);
      const { failing, warning } = report.gate;
      expect(pageOf(report, 'standup', 'en')).toContain(`top 5 of the ${failing + warning} rules that fail or warn`);
    }
  });

  it('says where each deal stands, who has it and what to do, and uses the width there is', async () => {
    const report = await savedReport('salesforce');
    const [narrow, wide] = [pageOf(report, 'standup', 'en'), pageOf(report, 'standup', 'en', 160)];
    expect(narrow).toMatch(/^ {2}Larkfield Marine - .*… {2}[A-Z]+\d+ {2}Colin Abernathy {2}/m);
    expect(wide).toMatch(
      /^ {2}Larkfield Marine - Migration 2026Q2 +[A-Z]+\d+ {2}Colin Abernathy .*Proposal\/Price Quote/m,
    );
    expect(narrow).toContain('→ Agree a next step and a date today');
    expect(pageOf(report, 'standup', 'zh')).toContain('→ 今天定下一步和日期');
  });

  it('tells of an untouched deal in words', async () => {
    const report = await savedReport('fxiaoke');
    expect(pageOf(report, 'standup', 'zh')).toMatch(/ {2}\d+ 天未跟进$/m);
    const findings = report.findings.map((finding) => ({
      ...finding,
      args: { ...finding.args, values: { list: [{ cellOf: 'activity', value: null }] } },
    }));
    expect(pageOf({ ...report, findings }, 'standup', 'zh')).toMatch(/ {2}从未跟进$/m);
    expect(pageOf({ ...report, findings }, 'standup', 'en')).toMatch(/ {2}never$/m);
  });
});

it('puts the share that meets a rule beside those that pass, and bounds without a bar', async () => {
  const page = pageOf(await savedReport('fxiaoke'), 'summary', 'en');
  expect(page).toMatch(/\d+–\d+% go on \(\d+ of \d+ to \d+ of \d+\)/);
  expect(page).not.toContain('█');
  expect(page).toMatch(/! Open deals were touched within 30 days {2}not met by 12 of 91/);
});

it('shows all stages on the heat map at 80 columns, their names uncut', async () => {
  const report = await savedReport('salesforce');
  const page = pageOf(report, 'heatmap', 'en');
  for (const stage of ['Prospecting', 'Perception Analysis', 'Negotiation/Review']) {
    expect(page).toMatch(new RegExp(`^ {2}${stage} `, 'm'));
  }
  expect(page).not.toContain('not shown at this width');
  for (const lang of LANGS) {
    const lines = pageOf(report, 'heatmap', lang).split('\n');
    expect(lines.filter((line) => displayWidth(line) > 80)).toEqual([]);
  }
});
