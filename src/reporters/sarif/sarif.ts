import { say } from '../../i18n/text.ts';
import { createTranslator } from '../../i18n/translator.ts';
import { findingsOfSeverity } from '../../report/kept-findings.ts';
import type { AuditReport } from '../../report/report.ts';
import { indented, safeJson } from '../json.ts';
import { jsonListPieces } from '../json-list.ts';
import type { Reporter, ReporterContext } from '../reporter.ts';
import { worstFindings } from '../worst-findings.ts';
import { driverOf, LANGUAGES } from './driver.ts';
import { invocationOf } from './invocation.ts';
import { resultsOf, SOURCE_ROOT } from './result.ts';

/** What the places that show code scanning take of one run. */
const MOST_RESULTS = 5000;

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const ROOT = say('The folder that the audit ran in.', '运行检查时所在的目录。');
/** Columns in which the entries of the run and of a result begin. */
const RUN_INDENT = 6;

/** Those that a saved report does not keep are counted, those that were asked to be left away are not. */
function countFindings(report: AuditReport): number {
  const counted =
    findingsOfSeverity(report, 'error') + findingsOfSeverity(report, 'warn') + findingsOfSeverity(report, 'info');
  const holdsKnown = report.findings.some(({ known }) => known === true);
  const removed = holdsKnown ? 0 : (report.baseline?.known ?? 0);
  return Math.max(report.findings.length, counted - removed);
}

/** SARIF 2.1.0 with one run, in pieces. */
function* pieces(report: AuditReport, { lang }: ReporterContext): Generator<string> {
  const translator = createTranslator(lang, report.labels);
  const found = worstFindings(report, MOST_RESULTS);
  const run = {
    tool: { driver: driverOf(report, translator) },
    language: LANGUAGES[lang],
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { [SOURCE_ROOT]: { description: { text: translator.text(ROOT) } } },
    invocations: [invocationOf(report, countFindings(report), found.length, translator)],
  };
  const margin = ' '.repeat(RUN_INDENT);
  yield `{\n  "$schema": ${JSON.stringify(SCHEMA)},\n  "version": "2.1.0",\n  "runs": [\n    {\n`;
  for (const [key, value] of Object.entries(run)) {
    yield `${margin}${JSON.stringify(key)}: ${indented(safeJson(value), RUN_INDENT)},\n`;
  }
  yield `${margin}"results": `;
  yield* jsonListPieces(resultsOf(found, report, translator), RUN_INDENT);
  yield '\n    }\n  ]\n}\n';
}

const reporter: Reporter = { format: 'sarif', render: pieces };

export default reporter;
