import { createTranslator } from '../i18n/translator.ts';
import { findingRows } from '../report/finding-rows.ts';
import type { AuditReport, ReportFinding } from '../report/report.ts';
import { findingLine } from './finding-line.ts';
import { slashedPath } from './finding-place.ts';
import { jsonListPieces } from './json-list.ts';
import type { Reporter, ReporterContext } from './reporter.ts';
import { uniqueFingerprints } from './unique-fingerprints.ts';

/** Of GitLab's info, minor, major, critical and blocker. */
const SEVERITIES: Readonly<Record<ReportFinding['severity'], string>> = { error: 'major', warn: 'minor', info: 'info' };

function* issues(report: AuditReport, lang: ReporterContext['lang']): Generator<object> {
  const translator = createTranslator(lang, report.labels);
  const fingerprintOf = uniqueFingerprints(report.findings);
  for (const row of findingRows(report, translator)) {
    const { finding, rule } = row;
    if (finding.known === true) continue;
    yield {
      description: findingLine(row, translator),
      check_name: rule.id,
      fingerprint: fingerprintOf(finding),
      severity: SEVERITIES[finding.severity],
      location: { path: slashedPath(finding.at.file), lines: { begin: Math.max(1, finding.at.line ?? 1) } },
    };
  }
}

/** GitLab's report of code quality: what the baseline does not know, worst rule first. */
function* pieces(report: AuditReport, { lang }: ReporterContext): Generator<string> {
  yield* jsonListPieces(issues(report, lang), 0);
  yield '\n';
}

const reporter: Reporter = { format: 'gitlab', render: pieces };

export default reporter;
