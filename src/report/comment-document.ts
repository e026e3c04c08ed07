import { say } from '../i18n/text.ts';
import type { Translator } from '../i18n/translator.ts';
import { amountsText } from '../metrics/amounts.ts';
import { glanceBlocks } from './at-a-glance.ts';
import { type Block, callout, type Document, heading, type Inline, paragraph, type TableColumn } from './document.ts';
import { drawn } from './drawn.ts';
import { findingsByRule, findingText, type ListOfCells, listOfCells, placeText } from './finding-rows.ts';
import { clipped, countText } from './findings-view.ts';
import { baselineBlocks, emptyBlocks, faultBlocks, hasNoDeals, scoreBlocks, verdictLine } from './overview.ts';
import type { AuditReport, ReportFinding, ReportRule } from './report.ts';
import { isBad, worstFirst } from './rule-order.ts';

/** What is to be read on demand, under a line that says what it is. */
export interface Details {
  readonly summary: string;
  readonly blocks: Document;
}

/** A report as long as a comment may be, one screen while its details are closed. */
export interface CommentDocument {
  readonly head: Document;
  /** A rule each, the worst first. */
  readonly details: readonly Details[];
  readonly tail: Document;
}

const MOST_RULES = 15;
const FIRST_FINDINGS = 3;

const GLANCE = say('The funnel at a glance', '漏斗概览');
const INFORMATION = say('For information: {rules}', '仅供参考：{rules}');
const MORE_RULES = say('… {n} more rules', '… 另有 {n} 条规则');
const MORE_RULE = say('… 1 more rule', '… 另有 1 条规则');
const MORE_FINDINGS = say('… {n} more', '… 还有 {n} 条');
const SUMMARY = say('{mark} {rule}: {shown} of {n} findings', '{mark} {rule}：{n} 条问题中的 {shown} 条');
const FOUND = say('{mark} {rule}: {n} findings', '{mark} {rule}：{n} 条问题');
const FOUND_ONE = say('{mark} {rule}: {n} finding', '{mark} {rule}：{n} 条问题');
const ALL = say(
  'All findings: -o findings.xlsx to work them off, -o findings.csv to hand them out, -o report.html to read.',
  '全部问题：-o findings.xlsx 便于逐条处理，-o findings.csv 便于分发，-o report.html 便于阅读。',
);
const READ = say(
  '{files} · {deals} deals · as of {date} · funnelint {version}',
  '{files} · {deals} 条商机 · 基准日 {date} · funnelint {version}',
);
const READ_ONE = say(
  '{files} · {deals} deal · as of {date} · funnelint {version}',
  '{files} · {deals} 条商机 · 基准日 {date} · funnelint {version}',
);

function mark({ verdict }: ReportRule): string {
  return verdict === 'fail' ? '✖' : '!';
}

function moreRulesText(n: number, translator: Translator): string {
  return n === 1 ? translator.text(MORE_RULE) : translator.text(MORE_RULES, { n });
}

function column(title: string, align: 'left' | 'right', priority: number): TableColumn {
  return { title, align, priority };
}

/** The rules that fail or warn, with how many deals and how much money. */
function ruleBlocks(rules: readonly ReportRule[], translator: Translator): Block[] {
  if (rules.length === 0) return [];
  const hasMoney = rules.some(({ amount }) => Object.values(amount).some((sum) => sum !== 0));
  const row = (rule: ReportRule): Inline[] => [
    `${mark(rule)} ${rule.id}`,
    clipped(translator.text(rule.title)),
    countText(rule, translator),
    ...(hasMoney ? [amountsText(rule.amount, translator)] : []),
  ];
  const columns = [
    column(translator.text(say('Rule', '规则')), 'left', 0),
    column(translator.text(say('What should hold', '要求')), 'left', 2),
    column(translator.text(say('Count', '数量')), 'left', 0),
    ...(hasMoney ? [column(translator.text(say('Amount', '涉及金额')), 'right', 1)] : []),
  ];
  const more = rules.length - MOST_RULES;
  return [
    { type: 'table', columns, rows: rules.slice(0, MOST_RULES).map(row) },
    ...(more > 0 ? [paragraph(moreRulesText(more, translator))] : []),
  ];
}

function findingTable(
  findings: readonly ReportFinding[],
  rule: ReportRule,
  list: ListOfCells,
  translator: Translator,
): Block {
  const text = (value: string | null): string => clipped(translator.value(value ?? ''));
  return {
    type: 'table',
    columns: [
      column(translator.text(say('Cell', '单元格')), 'left', 0),
      column(translator.text(say('Owner', '负责人')), 'left', 2),
      column(translator.text(say('Deal', '商机')), 'left', 1),
      column(translator.text(say('Finding', '问题')), 'left', 0),
    ],
    rows: findings.map((finding) => [
      text(placeText(finding.at, list)),
      text(finding.owner),
      text(finding.name ?? finding.deal),
      clipped(findingText(finding, rule, translator)),
    ]),
  };
}

/** The first findings of a rule that count; null where it has none of its own, as a rule on a figure. */
function detailsOf(
  rule: ReportRule,
  findings: readonly ReportFinding[],
  list: ListOfCells,
  translator: Translator,
): Details | null {
  const counting = findings.filter(({ known }) => known !== true);
  const shown = counting.slice(0, FIRST_FINDINGS);
  if (shown.length === 0) return null;
  const n = Math.max(counting.length, rule.counts.violating);
  const summary = n > shown.length ? SUMMARY : n === 1 ? FOUND_ONE : FOUND;
  return {
    summary: translator.text(summary, { mark: mark(rule), rule: rule.id, shown: shown.length, n }),
    blocks: [
      findingTable(shown, rule, list, translator),
      ...(n > shown.length ? [paragraph(translator.text(MORE_FINDINGS, { n: n - shown.length }))] : []),
      ...(rule.advice === null ? [] : [paragraph(clipped(`→ ${translator.text(rule.advice)}`))]),
    ],
  };
}

/** Rules that found something and weigh nothing. */
function informationBlocks({ rules }: AuditReport, translator: Translator): Block[] {
  const told = rules.filter(({ verdict, severity }) => severity === 'info' && verdict === 'warn').sort(worstFirst);
  if (told.length === 0) return [];
  // What is judged by a figure or by its parts has no deals to count.
  const found = (rule: ReportRule): string =>
    rule.figure === null && rule.parts === undefined
      ? translator.number(rule.counts.violating)
      : countText(rule, translator);
  const ids = told.slice(0, MOST_RULES).map((rule) => `${rule.id} ${found(rule)}`);
  const more = told.length - ids.length;
  const list = [...ids, ...(more > 0 ? [moreRulesText(more, translator)] : [])];
  return [paragraph(translator.text(INFORMATION, { rules: { list } }))];
}

function titleOf(report: AuditReport, translator: Translator): string {
  return report.name === null ? 'funnelint' : clipped(translator.text(report.name));
}

function readBlock(report: AuditReport, translator: Translator): Block {
  const deals = report.inputs.filter(({ role }) => role === 'deals');
  const files = clipped(translator.list([...new Set(deals.map(({ file }) => translator.value(file)))]));
  const audited = deals.reduce((sum, { rows }) => sum + rows.audited, 0);
  const { date } = report.asOf;
  const args = { files, deals: audited, date: { date }, version: report.tool.version };
  return paragraph(translator.text(audited === 1 ? READ_ONE : READ, args));
}

/**
 * A report for a pull request or a chat: the verdict, the score, the rules that fail or warn with what their deals are worth, the
 * first findings of each, the funnel and the key figures, and how to get the rest.
 */
export function commentDocument(report: AuditReport, translator: Translator): CommentDocument {
  if (hasNoDeals(report)) return { head: emptyBlocks(report, translator), details: [], tail: [] };
  const verdict = verdictLine(report, translator);
  const rules = report.rules.filter(isBad).sort(worstFirst);
  const byRule = findingsByRule(report);
  const list = listOfCells(report);
  const shown = rules.slice(0, MOST_RULES);
  return {
    head: [
      heading(1, titleOf(report, translator)),
      callout(verdict.tone, verdict.text),
      ...scoreBlocks(report, translator),
      ...ruleBlocks(rules, translator),
      ...informationBlocks(report, translator),
      ...baselineBlocks(report, translator),
      ...faultBlocks(report, translator),
    ],
    details: shown.flatMap((rule) => detailsOf(rule, byRule.get(rule.id) ?? [], list, translator) ?? []),
    tail: [
      ...drawn(GLANCE, () => glanceBlocks(report, translator), translator),
      readBlock(report, translator),
      ...(report.findings.length === 0 ? [] : [paragraph(translator.text(ALL))]),
    ],
  };
}
