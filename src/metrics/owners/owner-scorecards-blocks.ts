import { type Args, say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { truncateToWidth } from '../../i18n/width.ts';
import { type Block, heading, type Inline, paragraph, span, type TableBlock } from '../../report/document.ts';
import { amountsText } from '../amounts.ts';
import type { Rate } from '../rate.ts';
import type { ScorecardsResult } from './owner-scorecards.ts';
import type { CardTable, MedianDays, Scorecard } from './owner-scorecards-cards.ts';
import type { Practice, PracticeComparison, PracticeDifference } from './owner-scorecards-practices.ts';

const MOST_SHOWN = 15;
/** Columns that a value of a field takes at most. */
const LONGEST_NAME = 40;

const COLUMNS = {
  rank: say('#', '名次'),
  deals: say('Deals', '单数'),
  open: say('Open', '在途'),
  winRate: say('Win rate', '赢单率'),
  won: say('Won', '赢单额'),
  cycle: say('Cycle', '周期'),
  stalled: say('Stalled', '停滞'),
  pastDue: say('Past due', '过期'),
  completeness: say('Filled', '完整度'),
  idle: say('Last activity', '距上次活动'),
} as const satisfies Record<string, Text>;

/** A rate as short as its base allows: counts under five, else the percentage with its base. */
function shortRate(rate: Rate | null, translator: Translator): string {
  if (rate === null || rate.value === null) return '–';
  if (rate.of < 5) return translator.text(say('{count} of {of}', '{count}/{of}'), { count: rate.count, of: rate.of });
  return `${translator.percent(rate.value, 0)} (n ${translator.number(rate.of)})`;
}

function shortDays(days: MedianDays | null, translator: Translator): string {
  if (days === null || days.medianDays === null) return '–';
  return `${translator.days(days.medianDays)} (n ${translator.number(days.deals)})`;
}

/** The win rate with its interval where the base is large enough for a percentage. */
function winRateText({ winRate }: Scorecard, translator: Translator): string {
  const short = shortRate(winRate, translator);
  if (winRate.interval === null || winRate.of < 5) return short;
  const [low, high] = winRate.interval;
  return `${short} ${translator.number(low * 100, 0)}–${translator.percent(high, 0)}`;
}

/** Scorecards as a table: at a narrow width name, deals and win rate stay. */
export function cardTableBlock(table: CardTable, translator: Translator, most = MOST_SHOWN): TableBlock {
  const { cards, field, omitted } = table;
  const column = (title: Text, priority: number, align: 'left' | 'right' = 'right') => ({
    title: translator.text(title),
    align,
    priority,
  });
  const shown = cards.slice(0, most);
  const more = cards.length - shown.length + omitted;
  const isRanked = cards.some(({ rank }) => rank !== null);
  const columns: [ReturnType<typeof column>, (card: Scorecard) => Inline][] = [
    [column(COLUMNS.rank, 0), ({ rank }) => (rank === null ? '–' : translator.number(rank))],
    [
      { title: translator.field(field), align: 'left', priority: 0 },
      (card) => [span(truncateToWidth(translator.value(card.value), LONGEST_NAME), 'strong')],
    ],
    [column(COLUMNS.deals, 1), ({ deals }) => translator.number(deals)],
    [column(COLUMNS.winRate, 0, 'left'), (card) => winRateText(card, translator)],
    [column(COLUMNS.won, 2), ({ won }) => amountsText(won.amounts, translator)],
    [column(COLUMNS.open, 5), ({ open }) => amountsText(open.amounts, translator)],
    [column(COLUMNS.cycle, 4), ({ cycle }) => shortDays(cycle, translator)],
    [column(COLUMNS.completeness, 3), ({ completeness }) => shortRate(completeness, translator)],
    [column(COLUMNS.pastDue, 3), ({ pastDue }) => shortRate(pastDue, translator)],
    [column(COLUMNS.stalled, 5), ({ stalled }) => shortRate(stalled, translator)],
    [column(COLUMNS.idle, 6), ({ idle }) => shortDays(idle, translator)],
  ];
  const used = columns.filter(([{ title }, cell], index) => {
    if (index === 0) return isRanked;
    return title !== '' && (index < 4 || shown.some((card) => !['–', ''].includes(String(cell(card)))));
  });
  return {
    type: 'table',
    columns: used.map(([each]) => each),
    rows: shown.map((card) => used.map(([, cell]) => cell(card))),
    ...(more > 0 ? { caption: translator.text(say('… {more} more', '… 另有 {more} 个'), { more }) } : {}),
  };
}

const HABITS: Readonly<Record<Practice, Text>> = {
  completeness: say('required fields filled', '必填字段完整度'),
  firstStageDays: say('days in the first stage (median)', '首阶段停留天数（中位数）'),
  idleDays: say('days since the last activity (median)', '距上次活动天数（中位数）'),
  skipped: say('deals that jump over a stage', '跳过阶段的单'),
  pastDue: say('open deals past due', '过期的在途单'),
};
const HABIT = say(
  '{habit}: {top} against {rest} (difference {low} to {high})',
  '{habit}：{top}，其他人 {rest}（相差 {low} 至 {high}）',
);
const TOO_FEW = say(
  'Not compared: {ranked} owners have 20 closed deals or more, {needed} are needed.',
  '未比较：已关闭满 20 单的负责人有 {ranked} 位，至少需要 {needed} 位。',
);
const NOTHING = say(
  'No difference beyond chance between the top third ({top}) and the rest, in {tests} habits compared.',
  '前三分之一（{top}）与其他人相比，{tests} 项做法均无超出随机波动的差异。',
);
const WHO = say('The top third by win rate: {top}', '赢单率前三分之一：{top}');

function amountOf(practice: PracticeDifference, value: number, translator: Translator): string {
  return practice.unit === 'days' ? translator.days(value) : translator.percent(value, 0);
}

/** One habit of the top third beside the rest. */
export function habitText(practice: PracticeDifference, translator: Translator): string {
  const of = (value: number): string => amountOf(practice, value, translator);
  return translator.text(HABIT, {
    habit: translator.text(HABITS[practice.practice]),
    top: of(practice.top),
    rest: of(practice.rest),
    low: of(practice.interval[0]),
    high: of(practice.interval[1]),
  });
}

/** What the top third do differently, a line each; or why nothing is said. */
export function practiceLines(comparison: PracticeComparison, translator: Translator): string[] {
  const { ranked, neededRanked, top, practices } = comparison;
  const line = (text: Text, args: Args): string => translator.text(text, args);
  if (ranked < neededRanked) return [line(TOO_FEW, { ranked, needed: neededRanked })];
  const standing = practices.filter(({ stands }) => stands);
  if (standing.length === 0) return [line(NOTHING, { top: { list: [...top] }, tests: practices.length })];
  return [line(WHO, { top: { list: [...top] } }), ...standing.map((practice) => habitText(practice, translator))];
}

/** The owners' scorecards, and what the best of them do differently. */
export function scorecardBlocks({ owners, practices }: ScorecardsResult, translator: Translator): Block[] {
  const title = say('Owner scorecards', '负责人记分卡');
  const note = say(
    'Ranked by win rate, from 20 closed deals on; beside each rate its 95% interval.',
    '按赢单率排名，需已关闭满 20 单；赢单率后为 95% 区间。',
  );
  return [
    heading(2, translator.text(title)),
    cardTableBlock(owners, translator),
    paragraph([span(translator.text(note), 'muted')]),
    { type: 'list', items: practiceLines(practices, translator) },
  ];
}
