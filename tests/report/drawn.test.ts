import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../src/i18n/translator.ts';
import { METRICS } from '../../src/metrics/index.ts';
import type { AuditReport } from '../../src/report/report.ts';
import { reportDocument } from '../../src/report/report-document.ts';
import { VIEW_NAMES } from '../../src/report/views/names.ts';
import { renderDocument } from '../../src/reporters/terminal.ts';
import { auditSample, samplePath } from '../sample-audit.ts';

const SAMPLE = auditSample('salesforce', undefined, samplePath('salesforce', 'history.csv'));
const LOOK = { lang: 'en', width: 100, colour: false } as const;

/** The report with every metric that has a result holding something else. */
function spoilt(report: AuditReport, result: unknown): AuditReport {
  const metrics = Object.fromEntries(
    Object.entries(report.metrics).map(([key, entry]) => [key, entry.result === null ? entry : { ...entry, result }]),
  );
  return { ...report, metrics };
}

describe('a saved report that lacks what is shown now', () => {
  it.each([{}, [], 5, 'x', { stages: null }])('is drawn all the same: %j', async (result) => {
    const report = spoilt(await SAMPLE, result);
    for (const view of [null, ...VIEW_NAMES]) {
      const document = reportDocument(report, METRICS, { lang: 'en', maxFindings: 1, view });
      expect(renderDocument(document, LOOK)).not.toMatch(/undefined|NaN|\[object/);
    }
  });

  it('says what it lacks', async () => {
    const report = spoilt(await SAMPLE, {});
    const { title } = METRICS.find(({ metric }) => metric === 'dwell')!;
    const shown = renderDocument(reportDocument(report, METRICS, { lang: 'zh', maxFindings: 1, view: 'full' }), LOOK);
    expect(shown).toContain(`${createTranslator('zh', report.labels).text(title)}：该报告中没有当前版本所需的内容`);
  });
});
