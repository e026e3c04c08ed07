import { type Args, say, type Text } from '../i18n/text.ts';
import type { Translator } from '../i18n/translator.ts';
import type { Metric } from '../metrics/define.ts';
import { detailHeading, glanceBlocks } from './at-a-glance.ts';
import { type Block, callout, heading, type Inline, paragraph, span, type Tone } from './document.ts';
import { findingBlocks } from './findings-view.ts';
import { noticeText } from './notice-texts.ts';
import type { AuditReport, ReportInput, ReportNotice } from './report.ts';
import { VIEW_NAMES } from './views/names.ts';
import type { ViewContext } from './views/view.ts';

const AS_OF_FROM: Readonly<Record<AuditReport['asOf']['from'], Text>> = {
  flag: say('--as-of', '--as-of'),
  rules: say('rules file', '规则文件'),
  fileName: say('file name', '文件名'),
  today: say('today', '今天'),
};

const ROWS = {
  deals: say('{audited} deals', '{audited} 条商机'),
  history: say('{audited} changes', '{audited} 条变更记录'),
  previous: say('{audited} deals, an earlier export', '{audited} 条商机，更早的导出'),
  table: say('{audited} rows, looked up as {table}', '{audited} 行，作为 {table} 查对'),
} as const;

/** File, deals, encoding, header row, rows set aside: what was read, so that nothing is lost silently. */
function inputLine(input: ReportInput, translator: Translator): Inline {
  const { rows, encoding, headerRow, sheet, file } = input;
  const part = (text: Text, args: Args): string => translator.text(text, args);
  const facts = [part(ROWS[input.role], { audited: rows.audited, table: input.table ?? '' })];
  if (sheet !== null) facts.push(part(say('sheet {sheet}', '工作表 {sheet}'), { sheet }));
  if (encoding !== null) facts.push(encoding);
  facts.push(part(say('header row {row}', '表头第 {row} 行'), { row: headerRow }));
  const accounting = say(
    '{read} rows = {audited} audited + {aside} set aside + {blank} blank',
    '共 {read} 行 = 计入 {audited} + 未计入 {aside} + 空行 {blank}',
  );
  facts.push(part(accounting, { read: rows.read, audited: rows.audited, aside: rows.setAside, blank: rows.blank }));
  return [span(translator.value(file), 'strong'), span(`  ${facts.join(' · ')}`, 'muted')];
}

function headBlocks(report: AuditReport, translator: Translator): Block[] {
  const from = translator.text(AS_OF_FROM[report.asOf.from]);
  const asOf = translator.text(say('as of {date} ({from})', '截至 {date}（{from}）'), {
    date: { date: report.asOf.date },
    from,
  });
  const name = report.name === null ? null : translator.text(report.name);
  const packs = translator.text(say('rules: {packs}', '规则：{packs}'), {
    packs: { list: [...report.packs, ...(report.rulesFile === null ? [] : [report.rulesFile])] },
  });
  return [
    ...(name === null ? [] : [heading(1, name)]),
    {
      type: 'list',
      items: [
        ...report.inputs.map((input) => inputLine(input, translator)),
        ...historyLine(report, translator),
        ...snapshotLine(report, translator),
        [span(`${asOf} · ${packs}`, 'muted')],
        ...ratesLine(report, translator),
        ...report.inputs.flatMap((input) => noticeLines(input, translator)),
      ],
    },
  ];
}

/** What amounts in other currencies were counted at. */
function ratesLine({ rates }: AuditReport, translator: Translator): Inline[] {
  if (rates === undefined) return [];
  const text = say(
    'amounts in {to} at the rates of {date}: {rates}; these say nothing of other days',
    '金额按 {date} 的汇率折算为 {to}：{rates}；其他日期的汇率可能不同',
  );
  const listed = Object.entries(rates.of).map(([code, worth]) => `${code} ${worth}`);
  return [[span(translator.text(text, { to: rates.to, date: { date: rates.on }, rates: { list: listed } }), 'muted')]];
}

function noticeLine(notice: ReportNotice, input: ReportInput, translator: Translator): string {
  const place = notice.cell ?? (notice.line === null ? null : String(notice.line));
  const where = place === null ? input.file : `${input.file}:${place}`;
  return `${translator.value(where)}  ${translator.text(noticeText(notice.code), notice.args)}`;
}

function noticeLines(input: ReportInput, translator: Translator): Inline[] {
  return input.notices.map((notice) => [span(noticeLine(notice, input, translator), 'muted')]);
}

const HISTORY_PARTS: readonly [Exclude<keyof NonNullable<AuditReport['history']>, 'rows' | 'tied'>, Text][] = [
  ['stays', say('{n} stage changes', '{n} 次阶段变更')],
  ['repeats', say('{n} without a change of stage', '{n} 行阶段未变')],
  ['otherFields', say('{n} about other fields', '{n} 行属于其他字段')],
  ['otherDeals', say('{n} of deals not in the table', '{n} 行属于表外商机')],
  ['unknownStage', say('{n} with an unknown stage', '{n} 行阶段未知')],
  ['unreadableTime', say('{n} without a readable time', '{n} 行时间无法读取')],
  ['afterAsOf', say('{n} after the as-of day', '{n} 行晚于基准日')],
];

/** How journeys were rebuilt from dated exports. */
function snapshotLine({ snapshots }: AuditReport, translator: Translator): Inline[] {
  if (snapshots === null) return [];
  const text = say(
    'journeys rebuilt from the exports of {dates}: each change lies between two of them; {vanished} deals vanished, {unobserved} moves may hide a stage',
    '阶段变更由 {dates} 的导出重建：每次变更发生在相邻两次导出之间；消失 {vanished} 单，{unobserved} 次变更可能漏看了中间阶段',
  );
  const { dates, vanished, possiblyUnobserved: unobserved } = snapshots;
  return [[span(translator.text(text, { dates: { list: dates }, vanished, unobserved }), 'muted')]];
}

/** What became of the rows of the change log; they add up. */
function historyLine({ history }: AuditReport, translator: Translator): Inline[] {
  if (history === null) return [];
  const parts = HISTORY_PARTS.filter(([key]) => (history[key] ?? 0) > 0).map(([key, text]) =>
    translator.text(text, { n: history[key] ?? 0 }),
  );
  const rows = translator.text(say('change log: {n} rows = ', '变更记录：{n} 行 = '), { n: history.rows });
  return [[span(rows + parts.join(' + '), 'muted')]];
}

/** The gate in one line: what failed, what warns, what the data cannot tell, and what that means for the exit code. */
export function verdictLine(
  report: AuditReport,
  translator: Translator,
): { readonly tone: Tone; readonly text: string } {
  const { failing, warning, inconclusive, notRun, passing, exitCode, failOn } = report.gate;
  const counts: [number, Text][] = [
    [failing, say('{n} failing', '{n} 条不通过')],
    [warning, say(warning === 1 ? '{n} warning' : '{n} warnings', '{n} 条警告')],
    [inconclusive, say('{n} inconclusive', '{n} 条无法判断')],
    [notRun, say('{n} not run', '{n} 条未运行')],
    [passing, say('{n} passing', '{n} 条通过')],
  ];
  const parts = counts.filter(([n]) => n > 0).map(([n, text]) => translator.text(text, { n }));
  const gate = translator.text(say('gate: {failOn} → exit {code}', '门禁：{failOn} → 退出码 {code}'), {
    failOn,
    code: exitCode,
  });
  const tone: Tone = failing > 0 || exitCode > 1 ? 'bad' : warning + inconclusive > 0 ? 'warn' : 'good';
  return { tone, text: `${parts.join(' · ')} · ${gate}` };
}

function scoreBlocks({ score }: AuditReport, translator: Translator): Block[] {
  if (score.parts.length === 0) return [];
  const parts = score.parts.map(({ title, value, unit = 'rate', points }) => {
    const name = translator.text(title);
    if (value === null || points === null) return `${name} ${translator.value(null)}`;
    const shown = unit === 'rate' ? translator.percent(value) : translator.number(value, 1);
    return `${name} ${shown} → ${translator.number(points, 0)}`;
  });
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

/** Which metrics are shown: those of every report, or all of them. */
export type MetricRange = 'main' | 'all';

/** The metrics in full, under a heading of their own. */
function detailBlocks(report: AuditReport, { metrics, translator }: ViewContext, range: MetricRange): Block[] {
  const shown = metrics.filter(({ place }) => range === 'all' || place === 'main');
  const blocks = shown.flatMap((metric) => {
    const result = report.metrics[metric.metric]?.result ?? null;
    return result === null ? [] : metric.blocks(result, translator);
  });
  const rest =
    range === 'all' ? missingBlocks(report, metrics, translator) : furtherBlocks(report, metrics, translator);
  return blocks.length + rest.length === 0 ? [] : [detailHeading(translator), ...blocks, ...rest];
}

/** Metrics that were computed and are not shown here. */
function furtherBlocks(report: AuditReport, metrics: readonly Metric[], translator: Translator): Block[] {
  const titles = metrics
    .filter(({ place, metric }) => place === 'further' && (report.metrics[metric]?.result ?? null) !== null)
    .map(({ title }) => translator.text(title));
  if (titles.length === 0) return [];
  const text = say(
    'With --view full also: {titles}. Pages of their own: --view {views}',
    '加 --view full 还可看：{titles}。专题页面：--view {views}',
  );
  const views = VIEW_NAMES.filter((name) => name !== 'full').join(' | ');
  return [paragraph([span(translator.text(text, { titles: { list: titles }, views }), 'muted')])];
}

/** What the input lacks for the other metrics, one line for each thing that is missing. */
function missingBlocks(report: AuditReport, metrics: readonly Metric[], translator: Translator): Block[] {
  const byReason = new Map<string, string[]>();
  for (const { metric, title } of metrics) {
    const missing = report.metrics[metric]?.missing;
    if (missing === undefined) continue;
    const reason = translator.text(missing);
    byReason.set(reason, [...(byReason.get(reason) ?? []), translator.text(title)]);
  }
  if (byReason.size === 0) return [];
  const items = [...byReason].map(([reason, titles]) => [`${reason} — `, span(titles.join(', '), 'muted')]);
  return [heading(2, translator.text(say('Not computed', '未计算的指标'))), { type: 'list', items }];
}

function notRunBlocks(report: AuditReport, translator: Translator): Block[] {
  const byReason = new Map<string, string[]>();
  for (const { id, verdict, reason } of report.rules) {
    if (verdict !== 'not-run') continue;
    const text = reason === null ? '' : translator.text(reason);
    byReason.set(text, [...(byReason.get(text) ?? []), id]);
  }
  if (byReason.size === 0) return [];
  const lines = [...byReason].map(([reason, ids]) => [span(`${reason} — `, 'plain'), span(ids.join(', '), 'muted')]);
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

function faultBlocks({ faults }: AuditReport, translator: Translator): Block[] {
  return faults.map(({ where, message }) =>
    callout(
      'bad',
      translator.text(say('fault in {where}: {message}', '{where} 内部错误：{message}'), { where, message }),
    ),
  );
}

/**
 * The report as people read it, whatever the format: what was read, the verdict, the score, the funnel at a glance,
 * the findings worst first, what did not run, and the metrics in full.
 */
export function overviewBlocks(report: AuditReport, context: ViewContext, range: MetricRange): Block[] {
  const { translator, maxFindings } = context;
  const verdict = verdictLine(report, translator);
  return [
    ...headBlocks(report, translator),
    callout(verdict.tone, verdict.text),
    ...scoreBlocks(report, translator),
    ...glanceBlocks(report, translator),
    ...findingBlocks(report, translator, maxFindings),
    ...notRunBlocks(report, translator),
    ...detailBlocks(report, context, range),
    ...exceptionBlocks(report, translator),
    ...faultBlocks(report, translator),
    callout(verdict.tone, verdict.text),
  ];
}
