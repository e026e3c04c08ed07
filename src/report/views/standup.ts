import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { displayWidth } from '../../i18n/width.ts';
import { amountsText } from '../../metrics/amounts.ts';
import type { ScorecardsResult } from '../../metrics/owners/owner-scorecards.ts';
import { habitText } from '../../metrics/owners/owner-scorecards-blocks.ts';
import { type Block, heading, type Inline, paragraph, span, type TableColumn } from '../document.ts';
import type { AuditReport, ReportRule } from '../report.ts';
import { type StuckDeal, type StuckDeals, stuckDeals } from './standup-stuck.ts';
import { defineView } from './view.ts';
import { cut, factsLine, lacksOf, resultOf } from './view-parts.ts';

const STUCK: Text = say('Stuck deals', '卡点商机');
const ANOMALIES: Text = say('Anomalies', '异常数据');
const METHODS: Text = say('What the top reps do', 'Top 销售方法论');
const NO_STUCK: Text = say(
  'Not known: no change log (--history), and no rule on stalled or dormant deals ran.',
  '无法判断：没有阶段变更记录（--history），也没有运行停滞或休眠规则。',
);
const NONE_STUCK: Text = say('None.', '无。');
const NO_ANOMALY: Text = say('No rule fails or warns.', '没有规则不通过或告警。');
const NOT_COMPUTED: Text = say('Not known: the report has no scorecards.', '无法判断：报告中没有负责人记分卡。');
const TOP: Text = say('{place} {name} {rate} (n {of})', '{place} {name} {rate}（n {of}）');
const TOO_FEW: Text = say(
  'Not ranked: {ranked} reps have {least} closed deals or more, {needed} are needed to compare.',
  '未比较：已关闭满 {least} 单的负责人有 {ranked} 位，至少需要 {needed} 位。',
);
const NO_DIFFERENCE: Text = say(
  'No difference beyond chance from the others in {tests} habits compared.',
  '与其他人相比，{tests} 项做法均无超出随机波动的差异。',
);

/** Lines of a screen that are left for what stands under the three headings. */
const CONTENT_LINES = 16;
const MOST_STUCK = 10;
const MOST_ANOMALIES = 5;
const MOST_METHODS = 4;
/** Columns of a line on the narrowest screen, without its margin and bullet. */
const LINE = 76;
const PLAIN: TableColumn = { title: '', align: 'left', priority: 0 };
const FIGURE: TableColumn = { title: '', align: 'right', priority: 0 };

/** A heading with a few words of its block behind it, on one line. */
function titled(title: Text, facts: string, translator: Translator): Block {
  const name = translator.text(title);
  const room = LINE - displayWidth(name);
  return heading(2, facts === '' ? name : [name, span(`  ${cut(facts, room, translator)}`, 'muted')]);
}

function stuckRow(deal: StuckDeal, translator: Translator): Inline[] {
  const stage = deal.stage === null ? [] : [cut(translator.stage(deal.stage), 16, translator)];
  return [
    cut(deal.name, 20, translator),
    cut(deal.owner, 12, translator),
    deal.amount === null ? '' : translator.money(deal.amount, deal.currency),
    ...stage,
    cut(deal.since, deal.stage === null ? 32 : 16, translator),
  ];
}

function stuckBlock(stuck: StuckDeals | null, most: number, translator: Translator): Block[] {
  const head = titled(STUCK, stuck?.summary ?? '', translator);
  const deals = stuck?.deals.slice(0, most) ?? [];
  const [first] = deals;
  if (first === undefined) return [head, paragraph(translator.text(stuck === null ? NO_STUCK : NONE_STUCK))];
  const columns = [PLAIN, PLAIN, FIGURE, ...(first.stage === null ? [] : [PLAIN]), PLAIN];
  return [head, { type: 'table', header: false, columns, rows: deals.map((deal) => stuckRow(deal, translator)) }];
}

const MARK = { fail: '✖', warn: '!' } as const;

function atStake({ amount }: ReportRule): number {
  return Math.max(0, ...Object.values(amount));
}

/** Rules on deals that fail or warn, failing ones first, then by money at stake, then by count. */
function anomaliesOf({ rules }: AuditReport, stuckRule: string | null): ReportRule[] {
  return rules
    .filter(
      ({ verdict, counts, id }) =>
        (verdict === 'fail' || verdict === 'warn') && counts.violating > 0 && id !== stuckRule,
    )
    .toSorted(
      (a, b) =>
        Number(a.verdict === 'warn') - Number(b.verdict === 'warn') ||
        Number(a.severity === 'info') - Number(b.severity === 'info') ||
        atStake(b) - atStake(a) ||
        b.counts.violating - a.counts.violating ||
        (a.id < b.id ? -1 : 1),
    );
}

function anomalyRow(rule: ReportRule, translator: Translator): Inline[] {
  const isFailing = rule.verdict === 'fail';
  return [
    [span(isFailing ? MARK.fail : MARK.warn, isFailing ? 'bad' : 'warn')],
    cut(translator.text(rule.title), 40, translator),
    translator.share(rule.counts.violating, rule.counts.checked),
    amountsText(rule.amount, translator),
  ];
}

function anomalyBlock(rules: readonly ReportRule[], translator: Translator): Block[] {
  const shown = rules.slice(0, MOST_ANOMALIES);
  const facts = say('{shown} of {all} rules that fail or warn', '{all} 条不通过或告警的规则，列出 {shown} 条');
  const text = translator.text(facts, { shown: shown.length, all: rules.length });
  const head = titled(ANOMALIES, shown.length === 0 ? '' : text, translator);
  if (shown.length === 0) return [head, paragraph(translator.text(NO_ANOMALY))];
  const rows = shown.map((rule) => anomalyRow(rule, translator));
  return [head, { type: 'table', header: false, columns: [PLAIN, PLAIN, PLAIN, FIGURE], rows }];
}

/** The top reps and what they do differently, or why nothing is said of it: one line each, no more than a few. */
function methodLines(result: ScorecardsResult, translator: Translator): string[] {
  const { owners, practices, rankedFrom } = result;
  const ranked = owners.cards.filter(({ rank }) => rank !== null).slice(0, 3);
  const names = ranked.map(({ rank, value, winRate }) => {
    const rate = translator.percent(winRate.value, 0);
    return translator.text(TOP, { place: rank, name: cut(value, 10, translator), rate, of: winRate.of });
  });
  const podium = names.length === 0 ? [] : [names.join(' · ')];
  if (practices.ranked < practices.neededRanked) {
    const args = { ranked: practices.ranked, least: rankedFrom, needed: practices.neededRanked };
    return [...podium, translator.text(TOO_FEW, args)];
  }
  const standing = practices.practices.filter(({ stands }) => stands);
  if (standing.length === 0) return [...podium, translator.text(NO_DIFFERENCE, { tests: practices.practices.length })];
  return [...podium, ...standing.map((practice) => habitText(practice, translator))].slice(0, MOST_METHODS);
}

function methodBlock(lines: readonly string[], translator: Translator): Block[] {
  const facts = say('by win rate, from 20 closed deals on', '按赢单率，已关闭满 20 单');
  return [titled(METHODS, translator.text(facts), translator), { type: 'list', items: lines }];
}

/** Lines that texts take on the narrowest screen. */
function linesOn(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Math.max(1, Math.ceil(displayWidth(text) / (LINE - 8))), 0);
}

export default defineView({
  view: 'standup',
  title: { en: 'Stand-up', zh: '15 分钟站会' },
  purpose: {
    en: 'The quarter-hour stand-up of a sales team: stuck deals, anomalies and what the top reps do, on one screen.',
    zh: '销售团队 15 分钟站会：卡点商机、异常数据、Top 销售方法论，一屏看完。',
  },
  blocks: (report, { translator }) => {
    const scorecards = resultOf<ScorecardsResult>(report, 'ownerScorecards');
    const lacks = lacksOf(report, ['ownerScorecards']).map((lack) => translator.text(lack));
    const unknown = lacks.length === 0 ? [translator.text(NOT_COMPUTED)] : lacks;
    const methods = scorecards === null ? unknown : methodLines(scorecards, translator);
    const stuck = stuckDeals(report, translator);
    const anomalies = anomaliesOf(report, stuck?.rule ?? null);
    const taken = linesOn(methods) + Math.max(1, Math.min(MOST_ANOMALIES, anomalies.length));
    const most = Math.max(1, Math.min(MOST_STUCK, CONTENT_LINES - taken));
    return [
      paragraph([span(cut(factsLine(report, translator), LINE, translator), 'muted')]),
      ...stuckBlock(stuck, most, translator),
      ...anomalyBlock(anomalies, translator),
      ...methodBlock(methods, translator),
    ];
  },
});
