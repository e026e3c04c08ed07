import { say } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { figureText } from '../../report/figure-text.ts';
import { listOfCells, placeText } from '../../report/finding-rows.ts';
import { countText, limitText, undecidedOf } from '../../report/findings-view.ts';
import type { AuditReport, ReportFinding, ReportRule, ReportSegment } from '../../report/report.ts';
import { findingLine } from '../finding-line.ts';

/** How a case came out; a case with output only has passed. */
type Outcome = 'passed' | 'output' | 'failure' | 'error' | 'skipped';

/** One case: a rule, a segment of it, or a fault. */
export interface TestCase {
  readonly suite: string;
  readonly name: string;
  readonly outcome: Outcome;
  /** The verdict, by which readers tell outcomes apart. */
  readonly type: string;
  readonly message: string;
  readonly lines: readonly string[];
}

/** Findings told of one rule. */
const MOST_LINES = 20;

const MORE = say('… {n} more', '… 还有 {n} 条');
const NO_DATA = say('no data', '无数据');

type Judged = Pick<ReportRule, 'verdict' | 'figure'>;

function outcomeOf(verdict: ReportRule['verdict'], { strict }: AuditReport['gate']): Outcome {
  switch (verdict) {
    case 'fail':
      return 'failure';
    case 'inconclusive':
      return strict ? 'failure' : 'output';
    case 'warn':
      return 'output';
    case 'no-data':
      return 'skipped';
    case 'not-run':
      return 'error';
    case 'pass':
      return 'passed';
  }
}

/** The facts with the threshold that was passed, or why nobody can tell whether it was. */
function withThreshold(facts: string, { verdict, figure }: Judged, rule: ReportRule, translator: Translator): string {
  if (verdict === 'inconclusive') return (figure && undecidedOf(rule, figure, verdict, translator)) ?? facts;
  const limit = verdict === 'fail' || verdict === 'warn' ? limitText(rule, verdict, translator) : null;
  return limit === null ? facts : `${facts} · ${limit}`;
}

function messageOf(rule: ReportRule, translator: Translator): string {
  if (rule.verdict === 'not-run' && rule.reason !== null) return translator.text(rule.reason);
  if (rule.verdict === 'no-data') return translator.text(rule.reason ?? NO_DATA);
  return withThreshold(countText(rule, translator), rule, rule, translator);
}

/** The first findings with their places, how many more there are, and what to do. */
function findingLines(
  rule: ReportRule,
  findings: readonly ReportFinding[],
  report: AuditReport,
  translator: Translator,
): string[] {
  const deals = listOfCells(report);
  const fresh = findings.filter(({ known }) => known !== true);
  const shown = fresh.slice(0, MOST_LINES);
  const more = Math.max(fresh.length, rule.counts.violating) - shown.length;
  return [
    translator.text(rule.title),
    ...shown.map(
      (finding) => `${translator.value(placeText(finding.at, deals))}: ${findingLine({ finding, rule }, translator)}`,
    ),
    ...(more > 0 && shown.length > 0 ? [translator.text(MORE, { n: more })] : []),
    ...(rule.advice === null ? [] : [`→ ${translator.text(rule.advice)}`]),
  ];
}

function segmentCase(
  rule: ReportRule,
  { segment, verdict, counts, figure }: ReportSegment,
  suite: string,
  gate: AuditReport['gate'],
  translator: Translator,
): TestCase {
  const facts = figure === null ? translator.share(counts.violating, counts.checked) : figureText(figure, translator);
  const message =
    verdict === 'no-data' ? translator.text(NO_DATA) : withThreshold(facts, { verdict, figure }, rule, translator);
  return {
    suite,
    name: `${rule.id} [${segment === null ? '' : translator.value(segment)}]`,
    outcome: outcomeOf(verdict, gate),
    type: verdict,
    message,
    lines: [translator.text(rule.title)],
  };
}

/** The case of a rule, and one for each of its segments. */
export function casesOf(
  rule: ReportRule,
  findings: readonly ReportFinding[],
  report: AuditReport,
  translator: Translator,
): TestCase[] {
  const slash = rule.id.indexOf('/');
  const suite = slash === -1 ? rule.id : rule.id.slice(0, slash);
  const outcome = outcomeOf(rule.verdict, report.gate);
  const message = messageOf(rule, translator);
  const tells = outcome === 'failure' || outcome === 'output';
  const lines = tells ? findingLines(rule, findings, report, translator) : [translator.text(rule.title)];
  return [
    { suite, name: rule.id, outcome, type: rule.verdict, message, lines },
    ...rule.segments.map((segment) => segmentCase(rule, segment, suite, report.gate, translator)),
  ];
}

/** A part of funnelint that failed. */
export function faultCase({ where, message }: AuditReport['faults'][number], translator: Translator): TestCase {
  const told = translator.value(message);
  return {
    suite: 'funnelint',
    name: translator.value(where),
    outcome: 'error',
    type: 'fault',
    message: told,
    lines: [told],
  };
}
