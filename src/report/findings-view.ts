import { say, type Text } from '../i18n/text.ts';
import type { Translator } from '../i18n/translator.ts';
import { truncateToWidth } from '../i18n/width.ts';
import { type Block, heading, type Inline, paragraph, span, type Tone } from './document.ts';
import { figureText, thresholdText, undecidedText } from './figure-text.ts';
import type { AuditReport, ReportFinding, ReportInput, ReportRule, ReportSegment } from './report.ts';

const RANK: Readonly<Record<ReportRule['verdict'], number>> = {
  fail: 0,
  warn: 1,
  inconclusive: 2,
  pass: 3,
  'no-data': 4,
  'not-run': 5,
};
const MARKS: Readonly<Record<ReportRule['verdict'], string>> = {
  fail: '✖',
  warn: '!',
  inconclusive: '?',
  pass: '✔',
  'no-data': '–',
  'not-run': '–',
};
const TONES: Readonly<Record<ReportRule['verdict'], Tone>> = {
  fail: 'bad',
  warn: 'warn',
  inconclusive: 'warn',
  pass: 'good',
  'no-data': 'muted',
  'not-run': 'muted',
};

interface View {
  readonly translator: Translator;
  /** Findings shown per rule. */
  readonly limit: number;
  /** The list itself: cells of it need no name of a sheet or a file. */
  readonly deals: Pick<ReportInput, 'file' | 'sheet'>;
}

function totalAtStake(rule: ReportRule): number {
  return Math.max(0, ...Object.values(rule.amount));
}

/** Failing first, then warnings (info last among them), each by money at stake, then by count, then by id. */
function worstFirst(a: ReportRule, b: ReportRule): number {
  return (
    RANK[a.verdict] - RANK[b.verdict] ||
    Number(a.severity === 'info') - Number(b.severity === 'info') ||
    totalAtStake(b) - totalAtStake(a) ||
    b.counts.violating - a.counts.violating ||
    (a.id < b.id ? -1 : 1)
  );
}

const OF_PARTS = {
  stage: say('{bad} of {judged} stages', '{judged} 个阶段中的 {bad} 个'),
  field: say('{bad} of {judged} fields', '{judged} 个字段中的 {bad} 个'),
};

/** What was judged: a figure, stages or fields, or deals. */
function countText({ figure, parts, counts, segments }: ReportRule, translator: Translator): string {
  if (figure !== null) return figureText(figure, translator);
  if (parts === undefined) {
    return translator.text(NOT_MET, { share: translator.share(counts.violating, counts.checked) });
  }
  const judged = segments.filter(({ verdict }) => verdict !== 'no-data').length;
  const bad = segments.filter(({ verdict }) => verdict === 'fail' || verdict === 'warn').length;
  return translator.text(OF_PARTS[parts], { bad, judged });
}

/** A rule is called by what should hold, so a bare count would read as that of the deals that are right. */
const NOT_MET = say('not met by {share}', '不符 {share}');
const FAILS = say('fail {threshold}', '{threshold}即不通过');
const WARNS = say('warn {threshold}', '{threshold}即警告');
const EXPECTED = say('about {share} expected', '正常约为 {share}');

/** `warn > 7d`, 超过 7 天即警告: a figure stands off the Chinese behind it. */
function trippedText(text: Text, threshold: string, translator: Translator): string {
  const words = thresholdText(threshold, translator);
  return translator.text(text, { threshold: translator.lang === 'zh' && /[!-~]$/.test(words) ? `${words} ` : words });
}

function ruleFacts(rule: ReportRule, translator: Translator): string {
  const { counts, thresholds } = rule;
  const facts: string[] = [];
  const undecided = rule.figure && undecidedOf(rule, rule.figure, rule.verdict, translator);
  facts.push(undecided ?? countText(rule, translator));
  if (rule.expectedShare !== undefined) facts.push(translator.text(EXPECTED, { share: { rate: rule.expectedShare } }));
  const tripped = rule.verdict === 'fail' ? thresholds.fail : (thresholds.warn ?? thresholds.fail);
  if (tripped !== null && undecided === null && rule.verdict !== 'inconclusive')
    facts.push(trippedText(rule.verdict === 'fail' ? FAILS : WARNS, tripped, translator));
  for (const [currency, amount] of Object.entries(rule.amount)) {
    if (amount === 0) continue;
    facts.push(
      translator.text(say('{amount} at stake', '涉及金额 {amount}'), {
        amount: { money: amount, currency },
      }),
    );
  }
  if (counts.unknown > 0) facts.push(translator.text(say('{n} unknown', '{n} 条未知'), { n: counts.unknown }));
  if (counts.excepted > 0) facts.push(translator.text(say('{n} excepted', '{n} 条例外'), { n: counts.excepted }));
  return facts.join(' · ');
}

function ruleLine(rule: ReportRule, translator: Translator): Inline {
  const mark = rule.verdict === 'warn' && rule.severity === 'info' ? 'i' : MARKS[rule.verdict];
  const tone = rule.severity === 'info' && rule.verdict === 'warn' ? 'muted' : TONES[rule.verdict];
  return [
    span(`${mark} ${rule.id}`, tone),
    `  ${translator.text(rule.title)}  `,
    span(ruleFacts(rule, translator), 'muted'),
  ];
}

function baseName(file: string): string {
  return file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
}

/** `F47`, `Archive!F47` or `history.csv!B12` beside the list, or the line where there is no cell. */
function placeText({ sheet, cell, line, file }: ReportFinding['at'], deals: View['deals']): string {
  const isInList = file === deals.file && sheet === deals.sheet;
  const table = isInList ? null : (sheet ?? baseName(file));
  if (cell !== null) return table === null ? cell : `${table}!${cell}`;
  return line === null ? baseName(file) : `${baseName(file)}:${line}`;
}

/** A cell can hold a whole document; what tells it apart stands at its beginning. */
const MOST_WIDTH = 240;

function clipped(text: string): string {
  return text.length > MOST_WIDTH ? truncateToWidth(text.slice(0, MOST_WIDTH + 1), MOST_WIDTH) : text;
}

function findingRow(finding: ReportFinding, rule: ReportRule, view: View): Inline[] {
  const { translator, deals } = view;
  const message = rule.messages[finding.message];
  return [
    translator.value(placeText(finding.at, deals)),
    clipped(translator.value(finding.owner ?? '')),
    clipped(translator.value(finding.name ?? finding.deal ?? '')),
    clipped(message === undefined ? finding.message : translator.text(message, finding.args)),
  ];
}

function findingTable(findings: readonly ReportFinding[], rule: ReportRule, view: View): Block {
  const { translator } = view;
  return {
    type: 'table',
    header: false,
    indent: 1,
    columns: [
      { title: translator.text(say('cell', '单元格')), align: 'left', priority: 0 },
      { title: translator.text(say('owner', '负责人')), align: 'left', priority: 2 },
      { title: translator.text(say('deal', '商机')), align: 'left', priority: 1, wrapTo: 24 },
      { title: translator.text(say('finding', '问题')), align: 'left', priority: 0, wrapTo: 32 },
    ],
    rows: findings.map((finding) => findingRow(finding, rule, view)),
  };
}

/** Why a figure is neither good nor bad, null where it is one of them. */
function undecidedOf(
  { thresholds }: ReportRule,
  figure: NonNullable<ReportRule['figure']>,
  verdict: ReportRule['verdict'],
  translator: Translator,
): string | null {
  const threshold = thresholds.warn ?? thresholds.fail;
  return verdict === 'inconclusive' && threshold !== null ? undecidedText(figure, threshold, translator) : null;
}

function segmentLine(rule: ReportRule, segment: ReportSegment, translator: Translator): Inline {
  const { figure, verdict } = segment;
  const facts =
    figure === null
      ? translator.share(segment.counts.violating, segment.counts.checked)
      : (undecidedOf(rule, figure, verdict, translator) ?? figureText(figure, translator));
  const by = rule.per === null ? [] : [span(`  ${translator.field(rule.per)}`, 'muted')];
  const mark = `${MARKS[segment.verdict]} ${segmentName(rule, segment.segment, translator)}`;
  return [span(mark, TONES[segment.verdict]), `  ${facts}`, ...by];
}

/** A stage or field goes by its label, the value of a field as the file has it. */
function segmentName({ parts }: ReportRule, segment: string | null, translator: Translator): string {
  if (segment === null) return translator.text(say('(none)', '（空）'));
  if (parts === 'stage') return translator.stage(segment);
  return parts === 'field' ? translator.field(segment) : translator.value(segment);
}

function segmentBlocks(rule: ReportRule, translator: Translator, limit: number): Block[] {
  const bad = rule.segments
    .filter(({ verdict }) => verdict === 'fail' || verdict === 'warn' || verdict === 'inconclusive')
    .sort((a, b) => RANK[a.verdict] - RANK[b.verdict]);
  if (bad.length === 0) return [];
  return [
    { type: 'list', indent: 1, items: bad.slice(0, limit).map((segment) => segmentLine(rule, segment, translator)) },
  ];
}

function ruleBlocks(rule: ReportRule, findings: readonly ReportFinding[], view: View): Block[] {
  const { translator, limit } = view;
  const blocks: Block[] = [paragraph(ruleLine(rule, translator)), ...segmentBlocks(rule, translator, limit)];
  const shown = findings.slice(0, limit);
  if (shown.length > 0) blocks.push(findingTable(shown, rule, view));
  const total = Math.max(findings.length, rule.counts.violating);
  const more = total - shown.length;
  if (more > 0 && shown.length > 0) {
    const text = say(
      '… {n} more (--max-findings 50, or -f json for all)',
      '… 还有 {n} 条（--max-findings 50，或用 -f json 查看全部）',
    );
    blocks.push(paragraph([span(translator.text(text, { n: more }), 'muted')], 1));
  }
  if (rule.advice !== null && rule.verdict !== 'inconclusive')
    blocks.push(paragraph([span(`→ ${translator.text(rule.advice)}`, 'muted')], 1));
  return blocks;
}

/** The rules that fail, warn or are inconclusive, worst first, each with its first findings and its advice. */
export function findingBlocks(report: AuditReport, translator: Translator, limit: number): Block[] {
  const byRule = new Map<string, ReportFinding[]>();
  for (const finding of report.findings) {
    const list = byRule.get(finding.rule);
    if (list === undefined) byRule.set(finding.rule, [finding]);
    else list.push(finding);
  }
  const bad = report.rules.filter(({ verdict }) => RANK[verdict] <= RANK.inconclusive).sort(worstFirst);
  if (bad.length === 0) return [];
  const lists = report.inputs.filter(({ role }) => role === 'deals');
  const [only] = lists;
  // Of several files every cell has to say which one it is in.
  const deals = lists.length === 1 && only !== undefined ? only : { file: '', sheet: null };
  const view = { translator, limit, deals };
  return [
    heading(2, translator.text(say('Findings', '问题清单'))),
    ...bad.flatMap((rule) => ruleBlocks(rule, byRule.get(rule.id) ?? [], view)),
  ];
}
