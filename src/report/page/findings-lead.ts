import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import type { AuditReport } from '../report.ts';
import { worstFirst } from '../rule-order.ts';
import { sentences } from './page-parts.ts';

const NONE: Text = say('No findings.', '没有发现问题。');
const COUNTS: Text = say('{n} findings: {parts}.', '发现问题 {n} 项：{parts}。');
const ONE: Text = say('{n} finding: {parts}.', '发现问题 {n} 项：{parts}。');
const SEVERITIES = [
  ['error', say('{n} error', '错误 {n}'), say('{n} errors', '错误 {n}')],
  ['warn', say('{n} warning', '警告 {n}'), say('{n} warnings', '警告 {n}')],
  ['info', say('{n} note', '提示 {n}'), say('{n} notes', '提示 {n}')],
] as const;
const WORST: Text = say('Worst first, beginning with: {title} ({n}).', '最严重的在前，首先是：{title}（{n} 项）。');
const KEPT: Text = say('This report keeps {kept} of them.', '该报告只保留了其中 {kept} 项。');
const KNOWN: Text = say('{n} of them are in the baseline and do not count.', '其中 {n} 项已在基线中，不计入结果。');

type Severity = (typeof SEVERITIES)[number][0];

interface Tally {
  readonly bySeverity: Record<Severity, number>;
  /** Of each rule with findings. */
  readonly byRule: Map<string, number>;
  readonly known: number;
}

/** Findings there were; saved reports keep but some of them. */
function tallyOf({ rules, findings }: AuditReport): Tally {
  const bySeverity = { error: 0, warn: 0, info: 0 };
  const byRule = new Map<string, number>();
  const found = new Map(rules.flatMap((rule) => (rule.found === undefined ? [] : [[rule.id, rule.found] as const])));
  for (const [id, { error, warn, info }] of found) {
    bySeverity.error += error;
    bySeverity.warn += warn;
    bySeverity.info += info;
    byRule.set(id, error + warn + info);
  }
  let known = 0;
  for (const finding of findings) {
    if (finding.known === true) known += 1;
    if (found.has(finding.rule)) continue;
    bySeverity[finding.severity] += 1;
    byRule.set(finding.rule, (byRule.get(finding.rule) ?? 0) + 1);
  }
  return { bySeverity, byRule, known };
}

/** How many findings there are, of which severity, and which rule to begin with. */
export function findingsLead(report: AuditReport, translator: Translator): string {
  const { bySeverity, byRule, known } = tallyOf(report);
  const all = bySeverity.error + bySeverity.warn + bySeverity.info;
  if (all === 0) return translator.text(NONE);
  const parts = SEVERITIES.flatMap(([severity, one, many]) => {
    const n = bySeverity[severity];
    return n === 0 ? [] : [translator.text(n === 1 ? one : many, { n })];
  });
  const [worst] = report.rules.filter(({ id }) => byRule.has(id)).sort(worstFirst);
  const lines = [
    translator.text(all === 1 ? ONE : COUNTS, { n: all, parts: { list: parts } }),
    worst === undefined ? '' : translator.text(WORST, { title: { text: worst.title }, n: byRule.get(worst.id) ?? 0 }),
    report.findings.length < all ? translator.text(KEPT, { kept: report.findings.length }) : '',
    known > 0 ? translator.text(KNOWN, { n: known }) : '',
  ];
  return sentences(lines, translator);
}
