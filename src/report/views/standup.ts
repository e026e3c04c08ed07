import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { displayWidth } from '../../i18n/width.ts';
import { type Block, heading, type Inline, paragraph, span, type TableColumn } from '../document.ts';
import type { AuditReport } from '../report.ts';
import { anomaliesOf, anomalyRow, MOST_ANOMALIES } from './standup-anomalies.ts';
import { methodsOf, type TopMethods } from './standup-methods.ts';
import { type StuckDeal, type StuckDeals, stuckDeals } from './standup-stuck.ts';
import { defineView } from './view.ts';
import { cut, factsLine } from './view-parts.ts';

const STUCK: Text = say('Stuck deals', '卡点商机');
const ANOMALIES: Text = say('Anomalies', '异常数据');
const METHODS: Text = say('What the top reps do', 'Top 销售方法论');
const NO_STUCK: Text = say(
  'Not known: no change log (--history), and no rule on stalled or dormant deals ran.',
  '无法判断：没有阶段变更记录（--history），也没有运行停滞或休眠规则。',
);
const NONE_STUCK: Text = say('None.', '无。');
const NEXT_STEP: Text = say('→ Agree a next step and a date today', '→ 今天定下一步和日期');
const MORE: Text = say('… {more} more', '… 另有 {more} 单');
const NO_ANOMALY: Text = say('No rule fails or warns.', '没有规则不通过或警告。');
const TOP_RULES: Text = say(
  'top {shown} of the {all} rules that fail or warn',
  '{all} 条不通过或警告的规则中的前 {shown} 条',
);
const ALL_RULES: Text = say('rules that fail or warn: {all}', '不通过或警告的规则：{all} 条');

/** Lines of a screen that are left for what stands under the three headings. */
const CONTENT_LINES = 16;
const MOST_STUCK = 10;
/** Columns of a line on the narrowest screen, without its margin and bullet. */
const LINE = 76;
const PLAIN: TableColumn = { title: '', align: 'left', priority: 0 };
const FIGURE: TableColumn = { title: '', align: 'right', priority: 0 };
/** Long text is cut to what room there is, so that each deal and each rule keeps to one line. */
const textColumn = (priority: number, wrapTo: number): TableColumn => ({ ...PLAIN, priority, wrapTo, cut: true });
const STUCK_COLUMNS = [textColumn(0, 20), textColumn(0, 6), textColumn(0, 18), FIGURE, textColumn(2, 14)];
const SINCE_COLUMN = textColumn(0, 24);
/** A text of a file never takes more, however wide the screen. */
const LONGEST = 60;

/** A heading with a few words of its block behind it, on one line. */
function titled(title: Text, facts: string, translator: Translator): Block {
  const name = translator.text(title);
  const room = LINE - displayWidth(name);
  return heading(2, facts === '' ? name : [name, span(`  ${cut(facts, room, translator)}`, 'muted')]);
}

function stuckRow(deal: StuckDeal, translator: Translator): Inline[] {
  return [
    cut(deal.name, LONGEST, translator),
    [span(cut(deal.place, LONGEST, translator), 'muted')],
    cut(deal.owner, LONGEST, translator),
    deal.amount === null ? '' : translator.money(deal.amount, deal.currency),
    deal.stage === null ? '' : translator.stage(deal.stage),
    cut(deal.since, LONGEST, translator),
  ];
}

function stuckBlock(stuck: StuckDeals | null, most: number, translator: Translator): Block[] {
  const head = titled(STUCK, stuck?.summary ?? '', translator);
  const deals = stuck?.deals.slice(0, most) ?? [];
  if (stuck === null || deals.length === 0)
    return [head, paragraph(translator.text(stuck === null ? NO_STUCK : NONE_STUCK))];
  const rows = deals.map((deal) => stuckRow(deal, translator));
  const used = [...STUCK_COLUMNS, SINCE_COLUMN].map((_, index) => rows.some((row) => row[index] !== ''));
  const isUsed = (_: unknown, index: number): boolean => used[index] === true;
  const more = stuck.all - deals.length;
  const todo = translator.text(NEXT_STEP);
  return [
    head,
    {
      type: 'table',
      header: false,
      columns: [...STUCK_COLUMNS, SINCE_COLUMN].filter(isUsed),
      rows: rows.map((row) => row.filter(isUsed)),
      caption: [...(more > 0 ? [`${translator.text(MORE, { more })}  `] : []), span(todo, 'strong')],
    },
  ];
}

function anomalyBlock(report: AuditReport, translator: Translator): Block[] {
  const { rules, all } = anomaliesOf(report);
  const text = translator.text(rules.length < all ? TOP_RULES : ALL_RULES, { shown: rules.length, all });
  const head = titled(ANOMALIES, rules.length === 0 ? '' : text, translator);
  if (rules.length === 0) return [head, paragraph(translator.text(NO_ANOMALY))];
  const rows = rules.map((rule) => anomalyRow(rule, translator));
  return [head, { type: 'table', header: false, columns: [PLAIN, textColumn(0, 24), textColumn(0, 34), FIGURE], rows }];
}

function methodBlock({ facts, lines }: TopMethods, translator: Translator): Block[] {
  return [titled(METHODS, facts, translator), { type: 'list', items: lines }];
}

/** Lines that texts take on the narrowest screen. */
function linesOn(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Math.max(1, Math.ceil(displayWidth(text) / (LINE - 10))), 0);
}

export default defineView({
  view: 'standup',
  title: { en: 'Stand-up', zh: '15 分钟站会' },
  purpose: {
    en: 'The quarter-hour stand-up of a sales team: stuck deals, anomalies and what the top reps do, on one screen.',
    zh: '销售团队 15 分钟站会：卡点商机、异常数据、Top 销售方法论，一屏看完。',
  },
  blocks: (report, { translator }) => {
    const methods = methodsOf(report, translator);
    const anomalies = Math.max(1, Math.min(MOST_ANOMALIES, anomaliesOf(report).rules.length));
    const taken = linesOn(methods.lines) + anomalies;
    // One line is for what to do about them.
    const most = Math.max(1, Math.min(MOST_STUCK, CONTENT_LINES - taken - 1));
    return [
      paragraph([span(cut(factsLine(report, translator), LINE, translator), 'muted')]),
      ...stuckBlock(stuckDeals(report, translator), most, translator),
      ...anomalyBlock(report, translator),
      ...methodBlock(methods, translator),
    ];
  },
});
