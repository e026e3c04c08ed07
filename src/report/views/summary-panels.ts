import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { amountsText } from '../../metrics/amounts.ts';
import type { ConversionResult, SnapshotConversion } from '../../metrics/conversion/conversion.ts';
import type { SnapshotStage } from '../../metrics/conversion/conversion-snapshot.ts';
import type { FreshnessResult } from '../../metrics/pipeline/freshness.ts';
import type { WinRateResult } from '../../metrics/win/win-rate.ts';
import { type BarRow, type Block, type Inline, paragraph, span, type Tone } from '../document.ts';
import { resultOf } from '../metric-result.ts';
import type { AuditReport, ReportRule } from '../report.ts';
import type { ViewContext } from './view.ts';
import { lackLines, lacksOf } from './view-parts.ts';

const WON: Text = say('Won', '赢单');
const REACHED: Text = say(
  'Share of the deals that reached the first stage, to date; open deals may yet go on.',
  '占到达首阶段的单的比例（截至目前）；在途单仍可能推进。',
);
const BETWEEN: Text = say('{low}–{high} go on ({least} to {most})', '{low}–{high} 进入下一步（{least} 至 {most}）');
const AT_MOST: Text = say('at most {high} go on ({most})', '至多 {high} 进入下一步（{most}）');
const COUNTS: Text = say('{count} of {of}', '{count}/{of}');
const TOO_FEW: Text = say('too few deals ({of})', '单数太少（{of} 单）');
/** Below this number of deals there is no percentage. */
const PERCENT_FROM = 5;
const WIN_RATE: Text = say('Won of closed: {share}', '已关闭单中赢单：{share}');
const NO_LADDER: Text = say('No conversion can be told from this file.', '此文件无法得出转化率。');
const DORMANT: Text = say(
  'Open deals without activity or change for {days}: {share}',
  '{days}无活动也无修改的在途单：{share}',
);
const PAST_DUE: Text = say('Open deals past their close date: {share}', '预计成交日已过的在途单：{share}');
const NO_FOLLOW_UP: Text = say(
  'No dates of activity or change, and no rule on follow-up ran.',
  '没有活动或修改日期，也没有运行跟进类规则。',
);
const NO_QUOTES: Text = say(
  'No quotes in the input, and no rule on quotes ran (--table quotes=file).',
  '没有报价单，也没有运行报价类规则（--table quotes=文件）。',
);
const NO_FORECAST: Text = say('No forecast can be told from this file.', '此文件无法得出预测。');

/** Rules on how leads and deals are followed up, and on quotes, by the beginnings of their ids. */
const FOLLOW_UP = [
  'lead/first-response',
  'lead/no-response',
  'lead/never-touched',
  'lead/status-',
  'lead/dormant',
  'lead/behind-cadence',
  'deal/dormant',
  'deal/stalled',
  'deal/behind-cadence',
  'deal/late-stage-no-engagement',
  'stage/required-activity-missing',
];
const QUOTES = [
  'quote/',
  'deal/quote-mismatch',
  'deal/line-sum-mismatch',
  'deal/discount-unapproved',
  'process/orphan-quote',
  'win/contract-sum-mismatch',
];

/** A rule is called by what should hold: those that pass say how many do, the others how many do not. */
const NOT_MET: Text = say('not met by {share}', '不符 {share}');
const TONES: Partial<Record<ReportRule['verdict'], Tone>> = { fail: 'bad', warn: 'warn', pass: 'good' };
const MARKS: Partial<Record<ReportRule['verdict'], string>> = { fail: '✖', warn: '!', pass: '✔' };

function ruleLine({ verdict, title, counts, amount }: ReportRule, translator: Translator): Inline {
  const sum = amountsText(amount, translator);
  const { violating, checked } = counts;
  const isMet = verdict === 'pass';
  const share = translator.share(isMet ? checked - violating : violating, checked);
  const facts = [isMet ? share : translator.text(NOT_MET, { share }), ...(sum === '' || isMet ? [] : [sum])];
  return [
    span(`${MARKS[verdict] ?? '?'} `, TONES[verdict] ?? 'muted'),
    `${translator.text(title)}  `,
    span(facts.join(' · '), 'muted'),
  ];
}

/** The rules of a panel that looked at something. */
function ruleLines({ rules }: AuditReport, beginnings: readonly string[], translator: Translator): Inline[] {
  return rules
    .filter(({ id, counts }) => counts.checked > 0 && beginnings.some((beginning) => id.startsWith(beginning)))
    .map((rule) => ruleLine(rule, translator));
}

/** A metric as it shows itself, without its heading; nothing where it was not computed. */
function ownBlocks(report: AuditReport, name: string, { metrics, translator }: ViewContext): readonly Block[] {
  const result = resultOf<unknown>(report, name);
  const metric = metrics.find((each) => each.metric === name);
  return result === null || metric === undefined ? [] : metric.blocks(result, translator).slice(1);
}

function listOf(items: readonly Inline[]): Block[] {
  return items.length === 0 ? [] : [{ type: 'list', items }];
}

function ladderRows(conversion: ConversionResult | null, translator: Translator): BarRow[] {
  if (conversion?.basis !== 'history') return [];
  return conversion.ladder.map(({ stage, cumulative }) => ({
    label: stage === null ? translator.text(WON) : translator.stage(stage),
    value: cumulative.value,
    text: translator.share(cumulative.count, cumulative.of, cumulative.interval),
  }));
}

/** Between which bounds a share lies, with the counts of both; no bar could show that. */
function boundsText({ step, reachedHigh }: SnapshotStage, translator: Translator): string {
  if (step === null || reachedHigh < PERCENT_FROM) return translator.text(TOO_FEW, { of: reachedHigh });
  const [low, high] = [step.low.count / step.low.of, step.high.count / step.high.of];
  return translator.text(low === high ? AT_MOST : BETWEEN, {
    low: translator.number(low * 100, 0),
    high: translator.percent(high, 0),
    least: translator.text(COUNTS, { ...step.low }),
    most: translator.text(COUNTS, { ...step.high }),
  });
}

function boundsTable({ stages, caveat }: SnapshotConversion, translator: Translator): Block[] {
  const columns = [0, 0].map((priority) => ({ title: '', align: 'left' as const, priority }));
  const rows = stages.map((stage) => [translator.stage(stage.stage), boundsText(stage, translator)]);
  if (rows.length === 0) return [];
  return [{ type: 'table', header: false, columns, rows, caption: translator.text(caveat) }];
}

/** How far deals get: a ladder by their history, else bounds. */
function ladderBlocks(conversion: ConversionResult | null, translator: Translator): Block[] {
  if (conversion?.basis === 'snapshot') return boundsTable(conversion, translator);
  const rows = ladderRows(conversion, translator);
  return rows.length === 0 ? [] : [{ type: 'bars', max: 1, rows, caption: translator.text(REACHED) }];
}

/** How many leads and deals get on: leads where the file tells them apart, else the ladder of the stages. */
export function conversionPanel(report: AuditReport, context: ViewContext): Block[] {
  const { translator } = context;
  const leads = ownBlocks(report, 'leadFunnel', context);
  const conversion = resultOf<ConversionResult>(report, 'conversion');
  const winRate = resultOf<WinRateResult>(report, 'winRate');
  const ladder = ladderBlocks(conversion, translator);
  const closed = winRate?.closed;
  const isKnown = closed !== undefined && closed.withheld === undefined && closed.of > 0;
  const won = isKnown
    ? [translator.text(WIN_RATE, { share: translator.share(closed.count, closed.of, closed.interval) })]
    : [];
  const items = [...won, ...lackLines(lacksOf(report, ['leadFunnel']), translator)];
  const made = [...leads, ...(leads.length === 0 ? ladder : [])];
  return made.length === 0 && won.length === 0
    ? [paragraph(translator.text(NO_LADDER)), ...listOf(items)]
    : [...made, ...listOf(items)];
}

/** How well leads and deals are followed up. */
export function followUpPanel(report: AuditReport, { translator }: ViewContext): Block[] {
  const freshness = resultOf<FreshnessResult>(report, 'freshness');
  const lines: Inline[] = [];
  if (freshness?.dormant && freshness.dormant.of > 0) {
    const { count, of, interval } = freshness.dormant;
    const days = { days: freshness.dormantAfterDays };
    lines.push(translator.text(DORMANT, { days, share: translator.share(count, of, interval) }));
  }
  if (freshness?.pastDue && freshness.pastDue.of > 0) {
    const { count, of, interval } = freshness.pastDue;
    lines.push(translator.text(PAST_DUE, { share: translator.share(count, of, interval) }));
  }
  lines.push(...ruleLines(report, FOLLOW_UP, translator));
  return lines.length === 0 ? [paragraph(translator.text(NO_FOLLOW_UP))] : listOf(lines);
}

/** How right the quotes are. */
export function quotePanel(report: AuditReport, context: ViewContext): Block[] {
  const { translator } = context;
  const own = ownBlocks(report, 'quoteAccuracy', context);
  const lines = ruleLines(report, QUOTES, translator);
  if (own.length === 0 && lines.length === 0) return [paragraph(translator.text(NO_QUOTES))];
  const lacks = own.length === 0 ? lackLines(lacksOf(report, ['quoteAccuracy']), translator) : [];
  return [...own, ...listOf([...lines, ...lacks])];
}

/** What the period will bring. */
export function forecastPanel(report: AuditReport, context: ViewContext): Block[] {
  const { translator } = context;
  const own = ownBlocks(report, 'forecast', context);
  if (own.length > 0) return [...own];
  return [paragraph(translator.text(NO_FORECAST)), ...listOf(lackLines(lacksOf(report, ['forecast']), translator))];
}
