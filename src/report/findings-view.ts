import { say, type Text } from '../i18n/text.ts';
import type { Translator } from '../i18n/translator.ts';
import { truncateToWidth } from '../i18n/width.ts';
import { amountsText } from '../metrics/amounts.ts';
import { type Block, heading, type Inline, paragraph, span, type Tone } from './document.ts';
import { figureText, thresholdText, undecidedText } from './figure-text.ts';
import { findingsByRule, findingText, type ListOfCells, listOfCells, placeText } from './finding-rows.ts';
import { type LogPlaces, logPlaces, notShown } from './not-shown.ts';
import type { AuditReport, ReportFinding, ReportRule, ReportSegment } from './report.ts';
import { VERDICT_RANK, worstFirst } from './rule-order.ts';

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
  readonly deals: ListOfCells;
  readonly logs: LogPlaces;
}

const OF_PARTS = {
  stage: say('{bad} of {judged} stages', '{judged} 个阶段中的 {bad} 个'),
  field: say('{bad} of {judged} fields', '{judged} 个字段中的 {bad} 个'),
};

/** What was judged: a figure, stages or fields, or deals. */
export function countText({ figure, parts, counts, segments }: ReportRule, translator: Translator): string {
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

/** What the deals found are worth: of closed deals nothing is at stake, and wrong amounts may add up to less than 0. */
function amountFacts({ amount }: ReportRule, translator: Translator): string[] {
  const amounts = Object.fromEntries(Object.entries(amount).filter(([, sum]) => sum !== 0));
  const text = amountsText(amounts, translator);
  return text === '' ? [] : [translator.text(say('amount {amount}', '涉及金额 {amount}'), { amount: text })];
}

const COUNTED = [
  ['unknown', say('{n} unknown', '{n} 条未知')],
  ['known', say('{n} known (baseline)', '基线已知 {n}')],
  ['excepted', say('{n} excepted', '{n} 条例外')],
] as const;

/** The threshold that a rule, or a segment of it, was held to: `fail > 25 rows`; null where it has none. */
export function limitText(
  { thresholds }: Pick<ReportRule, 'thresholds'>,
  verdict: ReportRule['verdict'],
  translator: Translator,
): string | null {
  const limit = verdict === 'fail' ? thresholds.fail : (thresholds.warn ?? thresholds.fail);
  return limit === null ? null : trippedText(verdict === 'fail' ? FAILS : WARNS, limit, translator);
}

function ruleFacts(rule: ReportRule, translator: Translator): string {
  const { counts } = rule;
  const facts: string[] = [];
  const undecided = rule.figure && undecidedOf(rule, rule.figure, rule.verdict, translator);
  facts.push(undecided ?? countText(rule, translator));
  if (rule.expectedShare !== undefined) facts.push(translator.text(EXPECTED, { share: { rate: rule.expectedShare } }));
  const limit =
    undecided === null && rule.verdict !== 'inconclusive' ? limitText(rule, rule.verdict, translator) : null;
  if (limit !== null) facts.push(limit);
  facts.push(...amountFacts(rule, translator));
  for (const [count, text] of COUNTED) {
    const n = counts[count] ?? 0;
    if (n > 0) facts.push(translator.text(text, { n }));
  }
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

const MOST_WIDTH = 240;

/** A cell can hold a whole document; what tells it apart stands at its beginning. */
export function clipped(text: string): string {
  return text.length > MOST_WIDTH ? truncateToWidth(text.slice(0, MOST_WIDTH + 1), MOST_WIDTH) : text;
}

function findingRow(finding: ReportFinding, rule: ReportRule, view: View): Inline[] {
  const { translator, deals } = view;
  return [
    translator.value(placeText(finding.at, deals)),
    clipped(translator.value(finding.owner ?? '')),
    clipped(translator.value(finding.name ?? finding.deal ?? '')),
    clipped(findingText(finding, rule, translator)),
  ];
}

function findingTable(findings: readonly ReportFinding[], rule: ReportRule, view: View): Block {
  const { translator } = view;
  return {
    type: 'table',
    header: false,
    indent: 1,
    // All four wrap until they fit into 80 columns. Where even that is too wide the deal goes first, for its cell leads
    // to it, and the owner last, for that is who mends it.
    columns: [
      { title: translator.text(say('cell', '单元格')), align: 'left', priority: 0 },
      { title: translator.text(say('owner', '负责人')), align: 'left', priority: 1, wrapTo: 12 },
      { title: translator.text(say('deal', '商机')), align: 'left', priority: 2, wrapTo: 14 },
      { title: translator.text(say('finding', '问题')), align: 'left', priority: 0, wrapTo: 24 },
    ],
    rows: findings.map((finding) => findingRow(finding, rule, view)),
  };
}

/** Why a figure is neither good nor bad, null where it is one of them. */
export function undecidedOf(
  { thresholds }: Pick<ReportRule, 'thresholds'>,
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
    .sort((a, b) => VERDICT_RANK[a.verdict] - VERDICT_RANK[b.verdict]);
  if (bad.length === 0) return [];
  return [
    { type: 'list', indent: 1, items: bad.slice(0, limit).map((segment) => segmentLine(rule, segment, translator)) },
  ];
}

function ruleBlocks(rule: ReportRule, all: readonly ReportFinding[], view: View): Block[] {
  const { translator, limit } = view;
  // What the baseline knows is counted in the line of its rule; a page is for what came in since.
  const findings = all.filter(({ known }) => known !== true);
  const line: Block = { ...paragraph(ruleLine(rule, translator)), wide: true };
  const blocks: Block[] = [line, ...segmentBlocks(rule, translator, limit)];
  const shown = findings.slice(0, limit);
  if (shown.length > 0) blocks.push(findingTable(shown, rule, view));
  const more = notShown(rule, findings, shown, view.logs);
  if (more > 0 && shown.length > 0) {
    const text = say(
      '… {n} more (--max-findings 50, or -o findings.xlsx for all)',
      '… 还有 {n} 条（--max-findings 50，或用 -o findings.xlsx 查看全部）',
    );
    blocks.push(paragraph([span(translator.text(text, { n: more }), 'muted')], 1));
  }
  if (rule.advice !== null && rule.verdict !== 'inconclusive')
    blocks.push(paragraph([span(`→ ${translator.text(rule.advice)}`, 'muted')], 1));
  return blocks;
}

/** The rules that fail, warn or are inconclusive, worst first, each with its first findings and its advice. */
export function findingBlocks(report: AuditReport, translator: Translator, limit: number): Block[] {
  const byRule = findingsByRule(report);
  const bad = report.rules.filter(({ verdict }) => VERDICT_RANK[verdict] <= VERDICT_RANK.inconclusive).sort(worstFirst);
  if (bad.length === 0) return [];
  const view = { translator, limit, deals: listOfCells(report), logs: logPlaces(report) };
  return [
    heading(2, translator.text(say('Findings', '问题清单'))),
    ...bad.flatMap((rule) => ruleBlocks(rule, byRule.get(rule.id) ?? [], view)),
  ];
}
