import { describe, expect, it } from 'vitest';
import { runAudit } from '../../../src/audit.ts';
import type { Lang } from '../../../src/i18n/text.ts';
import type { CompletenessResult } from '../../../src/metrics/completeness/completeness.ts';
import type { HistoryConversion } from '../../../src/metrics/conversion/conversion.ts';
import type { HistoryDwell } from '../../../src/metrics/dwell/dwell.ts';
import type { ForecastResult } from '../../../src/metrics/forecast/forecast.ts';
import type { FunnelResult } from '../../../src/metrics/pipeline/funnel.ts';
import type { WinRatePeriodsResult } from '../../../src/metrics/win/win-rate-periods.ts';
import type { ChartBlock } from '../../../src/report/document.ts';
import { resultOf } from '../../../src/report/metric-result.ts';
import type { AuditReport } from '../../../src/report/report.ts';
import { loadRuleset } from '../../../src/ruleset/load.ts';
import { PLAIN_REQUEST } from '../../audit-request.ts';
import { auditSample, EXPORT_OF, type Story, samplePath } from '../../sample-audit.ts';
import { cellsOf, chartsIn, chartsOf, pageOf, plain, rowNames, sectionOf } from './page-fixture.ts';

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

const COUNTS = /\d[\d,]*(?: of |\/)\d[\d,]*/g;

function expectSameFigures({ title, description, chart, table }: ChartBlock): void {
  const names = rowNames(chart);
  const cells = cellsOf({ table });
  expect(cells.map(([first]) => first).slice(0, names.length)).toEqual(names);
  expect(cells.every(({ length }) => length === table.columns.length)).toBe(true);
  expect(title.length).toBeGreaterThan(5);
  expect(description.length).toBeGreaterThan(title.length / 2);
  const rows = chart.type === 'intervals' ? chart.rows : chart.type === 'control' ? chart.points : [];
  for (const [index, { text }] of rows.entries()) {
    for (const counts of text.match(COUNTS) ?? []) expect(cells[index]?.join(' ')).toContain(counts);
  }
}

describe.each(STORIES)('%s', (story) => {
  it.each(LANGS)('has no slot, unknown word or broken number in any text (%s)', async (lang) => {
    const { sections, ...head } = pageOf(await savedReport(story), lang);
    for (const part of [head, ...sections.filter(({ id }) => id !== 'all-figures')]) {
      expect(JSON.stringify(part)).not.toMatch(/\{\w+\}|\bundefined\b|NaN|Infinity|\[object/);
    }
  });

  it.each(LANGS)('has a table beside each chart with the same rows, and words for both (%s)', async (lang) => {
    const charts = pageOf(await savedReport(story), lang).sections.flatMap(chartsOf);
    expect(charts.length).toBeGreaterThanOrEqual(6);
    for (const chart of charts) expectSameFigures(chart);
  });

  it('says the same in both languages', async () => {
    const report = await savedReport(story);
    const shape = (lang: Lang) =>
      pageOf(report, lang).sections.map(({ id, blocks }) => [
        id,
        blocks.map((block) =>
          block.type === 'chart' ? JSON.stringify(block.chart).match(/-?\d+\.\d{4,}/g) : block.type,
        ),
      ]);
    expect(shape('zh')).toEqual(shape('en'));
  });

  it('has ids that are unique', async () => {
    const ids = pageOf(await savedReport(story)).sections.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => /^[a-z-]+$/.test(id))).toBe(true);
  });

  it('has the figures of the metrics in its charts', async () => {
    const report = await savedReport(story);
    const page = pageOf(report);
    const funnel = resultOf<FunnelResult>(report, 'funnel')!.stages.filter(({ kind }) => kind === 'open');
    expect(chartsIn(page, 'funnel', 'funnel')[0]?.chart.rows.map(({ value }) => value)).toEqual(
      funnel.map(({ deals }) => deals),
    );
    const { cells } = resultOf<CompletenessResult>(report, 'completeness')!;
    const [byStage] = chartsIn(page, 'completeness', 'heat');
    const shown = byStage!.chart.rows.flatMap((row) => row.cells.slice(1).flatMap(({ value }) => value ?? []));
    expect(shown).toEqual(cells.map(({ value }) => value));
    const periods = resultOf<WinRatePeriodsResult>(report, 'winRatePeriods')!;
    const [control] = chartsIn(page, 'win-rate', 'control');
    expect(control!.chart.points.map(({ value }) => value)).toEqual(periods.closed.map(({ value }) => value));
    const [trend] = chartsIn(page, 'trend', 'series');
    const sum = (values: readonly (number | null)[] = []) =>
      values.reduce<number>((all, value) => all + (value ?? 0), 0);
    expect(sum(trend?.chart.series[0]?.values)).toBe(sum(periods.created.map(({ created }) => created)));
    expect(sum(trend?.chart.series[1]?.values)).toBe(
      sum(periods.closed.map(({ count }) => count)) + periods.current.count,
    );
    const { currencies } = resultOf<ForecastResult>(report, 'forecast')!;
    const money = chartsIn(page, 'forecast', 'intervals')[0]!.chart.rows.map(({ value }) => value);
    const models = currencies[0]!.models.flatMap(({ withWon }) => withWon ?? []);
    expect(money).toEqual([...models, currencies[0]!.won!.amount]);
  });

  it('has every metric that has a result among all figures', async () => {
    const { blocks } = sectionOf(pageOf(await savedReport(story)), 'all-figures');
    const headings = blocks.flatMap((block) => (block.type === 'heading' ? [plain(block.text)] : []));
    expect(headings).toEqual(expect.arrayContaining(['Funnel', 'Stage conversion', 'Forecast', 'Completeness']));
    expect(blocks.every((block) => block.type !== 'heading' || block.level > 1)).toBe(true);
  });
});

it('has the stays and the conversion of the change log', async () => {
  const report = await savedReport('salesforce');
  const page = pageOf(report);
  const dwell = resultOf<HistoryDwell>(report, 'dwell')!;
  const [stays] = chartsIn(page, 'dwell', 'quantiles');
  expect(stays?.chart.rows.map(({ median, p75, p90 }) => [median, p75, p90])).toEqual(
    dwell.stages.map(({ medianDays, p75Days, p90Days }) => [medianDays, p75Days, p90Days]),
  );
  const dots = stays?.chart.rows.map(({ openDays }) => openDays.length);
  expect(dots).toEqual(dwell.stages.map(({ openVisits }) => Math.min(200, openVisits)));
  const conversion = resultOf<HistoryConversion>(report, 'conversion')!;
  const [goesOn] = chartsIn(page, 'conversion', 'intervals');
  expect(goesOn?.chart.rows.map(({ value, low, high }) => [value, low, high])).toEqual(
    conversion.stages.map(({ matured }) => [matured!.value, ...matured!.interval!]),
  );
  expect(goesOn?.title).toBe('The lowest share goes on from Qualification: 144 of 213 (67.6%)');
});

it('gives each stage its own window, and names what the rows of a cohort chart leave out', async () => {
  const page = pageOf(await savedReport('salesforce'));
  const [goesOn] = chartsIn(page, 'conversion', 'intervals');
  expect(goesOn?.chart.rows[0]?.text).toBe('245 of 355 (69.0%) in 36 days');
  const [cohorts] = chartsIn(page, 'win-rate', 'intervals');
  const of = cohorts!.chart.rows.map(({ text }) => Number(/ of (\d+)/.exec(text)?.[1]));
  const rest = 167 - of.reduce((sum, each) => sum + each, 0);
  expect(cohorts?.title).toContain('40 of 167');
  expect(plain(cohorts!.caption!)).toContain(`${rest} of the deals`);
});

it('shows the twelve latest cohorts of the cycle and says so, with no superlative', async () => {
  const [cycle] = chartsIn(pageOf(await savedReport('salesforce')), 'trend', 'intervals');
  expect(cycle?.title).toBe('Median days from creation to won, by the period created');
  expect(plain(cycle!.caption!)).toContain('The latest 12 periods.');
});

it('claims nothing that stages begun on an unknown day make false', async () => {
  const folder = 'samples/weekly';
  const report = await runAudit({
    ...PLAIN_REQUEST,
    file: `${folder}/deals-2026-11-01.csv`,
    previous: [`${folder}/deals-2026-10-18.csv`, `${folder}/deals-2026-10-25.csv`],
    ruleset: loadRuleset({ file: `${folder}/funnelint.yaml`, packs: [] }),
    asOf: null,
  });
  const page = pageOf(report, 'zh');
  expect(chartsIn(page, 'conversion', 'intervals').map(({ title }) => title)).toEqual([
    '各阶段的转化率',
    '到达首阶段的单走到了哪一步',
  ]);
  expect(chartsIn(page, 'dwell', 'quantiles').map(({ title }) => title)).toEqual(['单在各阶段停留的时长']);
  expect(page.tiles.map(({ label }) => label)).not.toContain('停滞');
});

it('says at first which rules fail and why, with the exit code apart', async () => {
  const { verdict, reasons } = pageOf(await savedReport('salesforce'));
  expect(verdict.text).not.toContain('exit');
  expect(verdict.note).toContain('exit');
  expect(reasons.rules[0]).toEqual({
    rule: 'duplicate/id',
    tone: 'bad',
    title: 'No id stands in two rows',
    facts: ['not met by 4 of 425 (0.9%)', 'amount $306k'],
    advice: 'Export one row per deal, or delete the surplus record.',
  });
  expect(reasons.rules).toHaveLength(8);
  expect(reasons.more).toMatch(/^… \d+ more rules/);
});

it('names the file, the day, the verdict and the rule to begin with', async () => {
  const page = pageOf(await savedReport('fxiaoke'), 'zh');
  expect(page.title).toBe('商机月度体检');
  expect(page.subtitle).toContain('2026-11-01');
  expect(page.verdict.tone).toBe('bad');
  expect(page.findingsLead).toMatch(/^发现问题 \d+ 项：错误 \d+、警告 \d+、提示 \d+。最严重的在前，首先是：/);
  expect(page.score.parts.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
});
