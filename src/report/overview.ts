import { say, type Text } from '../i18n/text.ts';
import type { Translator } from '../i18n/translator.ts';
import { glanceBlocks } from './at-a-glance.ts';
import { type Block, callout, heading, paragraph, span, type Tone } from './document.ts';
import { drawn } from './drawn.ts';
import { findingBlocks } from './findings-view.ts';
import { headBlocks } from './head.ts';
import { detailBlocks, type MetricRange } from './metric-details.ts';
import type { AuditReport, ReportRule } from './report.ts';
import type { ViewContext } from './views/view.ts';

/** What failed, what warns and what the data cannot tell; apart from that, what it means for the exit code. */
export function verdictParts(
  report: AuditReport,
  translator: Translator,
): { readonly tone: Tone; readonly counts: string; readonly gate: string } {
  const { failing, warning, inconclusive, notRun, passing, exitCode } = report.gate;
  const count = (test: (rule: ReportRule) => boolean): number => report.rules.filter(test).length;
  const notes = count(({ verdict, severity }) => verdict === 'warn' && severity === 'info');
  const withoutData = count(({ verdict }) => verdict === 'no-data');
  const counts: [number, Text][] = [
    [failing, say('{n} failing', '{n} 条不通过')],
    [warning, say(warning === 1 ? '{n} warning' : '{n} warnings', '{n} 条警告')],
    [notes, say(notes === 1 ? '{n} note' : '{n} notes', '{n} 条提示')],
    [inconclusive, say('{n} inconclusive', '{n} 条无法判断')],
    [withoutData, say('{n} without data', '{n} 条无数据')],
    [notRun, say('{n} not run', '{n} 条未运行')],
    [passing, say('{n} passing', '{n} 条通过')],
  ];
  const parts = counts.filter(([n]) => n > 0).map(([n, text]) => translator.text(text, { n }));
  const gate = translator.text(gateText(report.gate), { code: exitCode });
  return { tone: verdictTone(report), counts: parts.join(' · '), gate };
}

/** Good is only what passed, where nothing that could have failed was left out. */
function verdictTone({ gate, rules }: AuditReport): Tone {
  const { failing, warning, inconclusive, passing, exitCode } = gate;
  if (failing > 0 || exitCode > 1) return 'bad';
  if (warning + inconclusive > 0 || exitCode === 1) return 'warn';
  const isPartial = rules.some(({ verdict, severity }) => verdict === 'not-run' && severity === 'error');
  return passing === 0 || isPartial ? 'plain' : 'good';
}

const GATES = {
  open: say('gate passed (exit {code})', '门禁通过（退出码 {code}）'),
  off: say('gate off (exit {code})', '门禁未启用（退出码 {code}）'),
  tripped: say('gate failed (exit {code})', '门禁未通过（退出码 {code}）'),
  empty: say('no verdict (exit {code})', '没有结论（退出码 {code}）'),
  broken: say('a part of the audit failed (exit {code})', '部分体检出错（退出码 {code}）'),
} as const;

function gateText({ exitCode, failOn }: AuditReport['gate']): Text {
  if (exitCode === 0) return failOn === 'never' ? GATES.off : GATES.open;
  return exitCode === 1 ? GATES.tripped : exitCode === 2 ? GATES.empty : GATES.broken;
}

/**
 * The gate in one line: what failed, what warns, what is noted, what the data cannot tell, and what that means for the
 * exit code. The counts add up to the rules.
 */
export function verdictLine(
  report: AuditReport,
  translator: Translator,
): { readonly tone: Tone; readonly text: string } {
  const { tone, counts, gate } = verdictParts(report, translator);
  return { tone, text: `${counts} · ${gate}` };
}

const BASELINE = say(
  'baseline: {known} known, {fresh} new, {gone} gone',
  '基线：已知 {known}，新增 {fresh}，已消失 {gone}',
);
const PRUNE = say(' (funnelint baseline prune)', '（可用 funnelint baseline prune 清理）');
const UNCHECKED = say(
  'of the baseline, {n} belong to rules that were not judged this time: {rules}',
  '基线中 {n} 个问题所属的规则本次未判断：{rules}',
);

const LOST = say(
  'could not run; the gate counts them as failed, at their severity: {rules}',
  '无法运行，门禁按其严重程度计为不通过：{rules}',
);

/** What the baseline knows, and what it does not. */
export function baselineBlocks({ baseline, rules }: AuditReport, translator: Translator): Block[] {
  if (baseline === undefined) return [];
  const { known, new: fresh, gone, unchecked } = baseline;
  const prune = gone > 0 ? translator.text(PRUNE) : '';
  const lines = [`${translator.text(BASELINE, { known, fresh, gone })}${prune}`];
  if (unchecked !== undefined) {
    lines.push(translator.text(UNCHECKED, { n: unchecked.findings, rules: { list: [...unchecked.rules] } }));
    const lost = rules.filter(
      ({ id, verdict, severity }) => verdict === 'not-run' && severity !== 'info' && unchecked.rules.includes(id),
    );
    if (lost.length > 0) lines.push(translator.text(LOST, { rules: { list: lost.map(({ id }) => id) } }));
  }
  return [{ type: 'list', items: lines.map((line) => [span(line, 'muted')]) }];
}

/** The health score with what it is made of; none where the rules weigh nothing. */
export function scoreBlocks({ score }: AuditReport, translator: Translator): Block[] {
  if (score.parts.length === 0) return [];
  const measured = score.parts.flatMap(({ title, value, unit = 'rate', points }) => {
    if (value === null || points === null) return [];
    const shown = unit === 'rate' ? translator.percent(value) : translator.number(value, 1);
    const text = say('{name} {shown} → {points} points', '{name} {shown} → {points} 分');
    return [translator.text(text, { name: { text: title }, shown, points: translator.number(points, 0) })];
  });
  const unmeasured = score.parts.filter(({ points }) => points === null).map(({ title }) => translator.text(title));
  const rest = say('not measured: {names}', '未能衡量：{names}');
  const names = { list: unmeasured.map((name) => name.replace(/\s*[(（][^()（）]*[)）]$/, '').toLowerCase()) };
  const parts = [...measured, ...(unmeasured.length === 0 ? [] : [translator.text(rest, { names })])];
  const coverage = translator.percent(score.coverage, 0);
  const head =
    score.value === null
      ? translator.text(
          say('No health score: only {coverage} of it can be measured', '暂无健康分：仅能衡量其中 {coverage}'),
          { coverage },
        )
      : translator.text(say('Health {value} of 100 ({coverage} measured)', '健康分 {value} / 100（覆盖 {coverage}）'), {
          value: translator.number(score.value, 0),
          coverage,
        });
  return [paragraph([span(head, 'strong'), span(`  ${parts.join(' · ')}`, 'muted')])];
}

function notRunBlocks(report: AuditReport, translator: Translator): Block[] {
  const byReason = new Map<string, string[]>();
  for (const { id, verdict, reason } of report.rules) {
    if (verdict !== 'not-run') continue;
    const text = reason === null ? '' : translator.text(reason);
    byReason.set(text, [...(byReason.get(text) ?? []), id]);
  }
  if (byReason.size === 0) return [];
  const lines = [...byReason].map(([reason, ids]) => [
    span(`${reason} — `, 'plain'),
    span(translator.list(ids), 'muted'),
  ]);
  return [heading(2, translator.text(say('Did not run', '未运行'))), { type: 'list', items: lines }];
}

function exceptionBlocks(report: AuditReport, translator: Translator): Block[] {
  const texts = {
    active: null,
    expired: say(
      'the exception for {rule} expired on {until}: {reason}',
      '规则 {rule} 的例外已于 {until} 到期：{reason}',
    ),
    unmatched: say(
      'the exception for {rule} matches nothing: {reason}',
      '规则 {rule} 的例外没有匹配任何商机：{reason}',
    ),
  } as const;
  return report.exceptions.flatMap(({ state, rule, until, reason }) => {
    const text = texts[state];
    if (text === null) return [];
    return [callout(state === 'expired' ? 'warn' : 'muted', translator.text(text, { rule, until, reason }))];
  });
}

/** What broke in the audit itself. */
export function faultBlocks({ faults }: AuditReport, translator: Translator): Block[] {
  return faults.map(({ where, message }) =>
    callout(
      'bad',
      translator.text(say('fault in {where}: {message}', '{where} 内部错误：{message}'), { where, message }),
    ),
  );
}

/** Whether there was nothing to check. */
export function hasNoDeals({ inputs }: AuditReport): boolean {
  return inputs.every(({ role, rows }) => role !== 'deals' || rows.audited === 0);
}

const NO_DEALS = say(
  'no deals in {file}: nothing was checked. Export the list again, or name another sheet with --sheet',
  '{file} 中没有商机，未做任何检查。请重新导出，或用 --sheet 指定其他工作表',
);

/** That there was nothing to check, and what to do about it. */
export function noDealsText({ inputs }: AuditReport, translator: Translator): string {
  const { file = '' } = inputs.find(({ role }) => role === 'deals') ?? {};
  return translator.text(NO_DEALS, { file });
}

/** Of a file without deals there is nothing to say but what was read of it. */
export function emptyBlocks(report: AuditReport, translator: Translator): Block[] {
  return [
    ...headBlocks(report, translator),
    callout('bad', noDealsText(report, translator)),
    ...faultBlocks(report, translator),
  ];
}

const GLANCE = say('The funnel at a glance', '漏斗概览');

/**
 * The report as people read it, whatever the format: what was read, the verdict, the score, the funnel at a glance,
 * the findings worst first, what did not run, and the metrics in full.
 */
export function overviewBlocks(report: AuditReport, context: ViewContext, range: MetricRange): Block[] {
  const { translator, maxFindings } = context;
  const verdict = verdictLine(report, translator);
  if (hasNoDeals(report)) return emptyBlocks(report, translator);
  return [
    ...headBlocks(report, translator),
    callout(verdict.tone, verdict.text),
    ...baselineBlocks(report, translator),
    ...scoreBlocks(report, translator),
    ...drawn(GLANCE, () => glanceBlocks(report, translator), translator),
    ...findingBlocks(report, translator, maxFindings),
    ...notRunBlocks(report, translator),
    ...detailBlocks(report, context, range),
    ...exceptionBlocks(report, translator),
    ...faultBlocks(report, translator),
    callout(verdict.tone, verdict.text),
  ];
}
