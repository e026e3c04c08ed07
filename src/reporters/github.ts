import { say } from '../i18n/text.ts';
import type { Translator } from '../i18n/translator.ts';
import { listOfCells, placeText } from '../report/finding-rows.ts';
import { countText } from '../report/findings-view.ts';
import { verdictLine } from '../report/overview.ts';
import type { AuditReport, ReportFinding, ReportRule } from '../report/report.ts';
import { worstFirst } from '../report/rule-order.ts';
import { findingLine } from './finding-line.ts';
import { slashedPath, textPlaces } from './finding-place.ts';
import type { Reporter } from './reporter.ts';
import { workflowCommand } from './workflow-command.ts';
import { type RuledFinding, worstFindings } from './worst-findings.ts';

type Severity = ReportFinding['severity'];

/** GitHub shows no more of a level than that for one step. */
const MOST_OF_LEVEL = 10;

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warn: 'warning', info: 'notice' };

/** What an annotation is about: a finding, or a rule that tripped without one. */
type Subject = RuledFinding | { readonly finding: null; readonly rule: ReportRule };

function severityOf({ finding, rule }: Subject): Severity {
  if (finding !== null) return finding.severity;
  if (rule.verdict === 'fail') return 'error';
  return rule.severity === 'info' ? 'info' : 'warn';
}

/** Rules that fail or warn and have no finding to show for it, as those that judge a figure may. */
function rulesWithout(found: ReadonlySet<string>, { rules }: AuditReport): Subject[] {
  const tripped = rules.filter(({ id, verdict }) => (verdict === 'fail' || verdict === 'warn') && !found.has(id));
  return tripped.sort(worstFirst).map((rule) => ({ finding: null, rule }));
}

/** At most ten of each level: one of each rule, worst first, before the second one of any. */
function chosen(report: AuditReport): { readonly subjects: readonly Subject[]; readonly others: number } {
  const found = worstFindings(report, report.findings.length).filter(({ finding }) => finding.known !== true);
  const withFinding = new Set(report.findings.map(({ rule }) => rule));
  const all: readonly Subject[] = [...found, ...rulesWithout(withFinding, report)];
  const subjects = (Object.keys(LEVELS) as Severity[]).flatMap((severity) => {
    const ofLevel = all.filter((subject) => severityOf(subject) === severity);
    const met = new Set<string>();
    const firsts = new Set(ofLevel.filter(({ rule }) => !met.has(rule.id) && met.add(rule.id)));
    const rest = ofLevel.filter((subject) => !firsts.has(subject));
    return [...[...firsts].sort((a, b) => worstFirst(a.rule, b.rule)), ...rest].slice(0, MOST_OF_LEVEL);
  });
  return { subjects, others: all.length - subjects.length };
}

function ruleCommand(rule: ReportRule, level: string, translator: Translator): string {
  const message = `${translator.text(rule.title)} · ${countText(rule, translator)}`;
  return workflowCommand(level, { title: rule.id }, message);
}

/** One workflow command a line, in which no text of the data can start another. */
export function annotations(report: AuditReport, translator: Translator): string {
  return annotationsOf(chosen(report).subjects, report, translator);
}

function annotationsOf(subjects: readonly Subject[], report: AuditReport, translator: Translator): string {
  const deals = listOfCells(report);
  const placeOf = textPlaces(report);
  const lines = subjects.map((subject) => {
    const { finding, rule } = subject;
    const level = LEVELS[severityOf(subject)];
    if (finding === null) return ruleCommand(rule, level, translator);
    const place = placeOf(finding.at);
    const advice = rule.advice === null ? [] : [`→ ${translator.text(rule.advice)}`];
    const properties = {
      file: translator.value(slashedPath(finding.at.file)),
      line: place === null ? null : String(place.line),
      col: place?.column === null || place === null ? null : String(place.column),
      title: `${rule.id} · ${translator.value(placeText(finding.at, deals))}`,
    };
    return workflowCommand(level, properties, [findingLine({ finding, rule }, translator), ...advice].join('\n'));
  });
  return lines.join('');
}

const OTHERS = say('{n} more not annotated', '另有 {n} 条未标注');

const reporter: Reporter = {
  format: 'github',
  /** The annotations, and the verdict in a plain line: when all is well that line is the whole document. */
  render(report, { viewContext: { translator } }) {
    const { subjects, others } = chosen(report);
    const more = others === 0 ? '' : ` · ${translator.text(OTHERS, { n: others })}`;
    return `${annotationsOf(subjects, report, translator)}funnelint: ${verdictLine(report, translator).text}${more}\n`;
  },
};

export default reporter;
