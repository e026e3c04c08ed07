import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { truncateToWidth } from '../../i18n/width.ts';
import { type Block, heading, type Inline, paragraph, span, type TableBlock } from '../../report/document.ts';
import { type AmountGroup, amountsText } from '../amounts.ts';
import type { Rate } from '../rate.ts';
import type { ScorecardsResult } from './owner-scorecards.ts';
import type { CardTable, MedianDays, Scorecard } from './owner-scorecards-cards.ts';
import { practiceLines, ratingText } from './owner-scorecards-words.ts';

const MOST_SHOWN = 15;
/** Columns that a value of a field takes at most. */
const LONGEST_NAME = 40;
/** Below this number of deals there is no percentage. */
const PERCENT_FROM = 5;

const COLUMNS = {
  rank: say('#', '名次'),
  deals: say('Deals', '单数'),
  open: say('Open', '在途'),
  winRate: say('Win rate', '赢单率'),
  closed: say('Won of closed', '赢单/已关闭'),
  won: say('Won', '赢单额'),
  cycle: say('Cycle', '周期'),
  stalled: say('Stalled', '停滞'),
  pastDue: say('Past due', '过期'),
  completeness: say('Filled', '完整度'),
  idle: say('Last activity', '距上次活动'),
} as const satisfies Record<string, Text>;

const COUNTS = say('{count} of {of}', '{count}/{of}');
const SHARES = {
  deals: say('{count} of {of} ({rate})', '{rate}（{count}/{of} 单）'),
  fields: say('{count} of {of} fields ({rate})', '{rate}（{count}/{of} 项）'),
} as const satisfies Record<string, Text>;
const DAYS = say('{days} (n {deals})', '{days}（{deals} 单）');
const WIN_RATE = say('{rate} of {of}, {low}–{high}', '{rate}（{of} 单），{low}–{high}');
const NO_AMOUNT = say('no amount ({deals})', '无金额（{deals} 单）');

/** A rate as short as its base allows: counts under five, else with the percentage. */
function shortRate(rate: Rate | null, translator: Translator, of: keyof typeof SHARES = 'deals'): string {
  if (rate === null || rate.value === null) return '–';
  const counts = { count: rate.count, of: rate.of };
  if (rate.of < PERCENT_FROM) return translator.text(COUNTS, counts);
  return translator.text(SHARES[of], { ...counts, rate: translator.percent(rate.value, 0) });
}

function shortDays(days: MedianDays | null, translator: Translator): string {
  if (days === null || days.medianDays === null) return '–';
  return translator.text(DAYS, { days: translator.days(days.medianDays), deals: days.deals });
}

/** The rate to compare by, with its interval where the base is large enough for a percentage. */
function comparedText({ comparedRate }: Pick<Scorecard, 'comparedRate'>, translator: Translator): string {
  const { value, of, interval } = comparedRate;
  if (value === null || interval === null || of < PERCENT_FROM) return shortRate(comparedRate, translator);
  return translator.text(WIN_RATE, {
    rate: translator.percent(value, 0),
    of,
    low: translator.number(interval[0] * 100, 0),
    high: translator.percent(interval[1], 0),
  });
}

/** Amounts of some deals; where none of them has one, how many they are. */
export function wonText({ deals, amounts }: Pick<AmountGroup, 'deals' | 'amounts'>, translator: Translator): string {
  if (deals === 0) return '–';
  const text = amountsText(amounts, translator);
  return text === '' ? translator.text(NO_AMOUNT, { deals }) : text;
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
    [column(COLUMNS.winRate, 0, 'left'), (card) => comparedText(card, translator)],
    [column(COLUMNS.closed, 1), ({ winRate }) => shortRate(winRate, translator)],
    [column(COLUMNS.won, 2), ({ won }) => wonText(won, translator)],
    [column(COLUMNS.open, 5), ({ open }) => amountsText(open.amounts, translator)],
    [column(COLUMNS.cycle, 4), ({ cycle }) => shortDays(cycle, translator)],
    [column(COLUMNS.completeness, 3), ({ completeness }) => shortRate(completeness, translator, 'fields')],
    [column(COLUMNS.pastDue, 3), ({ pastDue }) => shortRate(pastDue, translator)],
    [column(COLUMNS.stalled, 5), ({ stalled }) => shortRate(stalled, translator)],
    [column(COLUMNS.idle, 6), ({ idle }) => shortDays(idle, translator)],
  ];
  const used = columns.filter(([{ title }, cell], index) => {
    if (index === 0) return isRanked;
    if (title === translator.text(COLUMNS.closed)) return table.ranking.basis !== 'closed';
    return title !== '' && (index < 4 || shown.some((card) => !['–', ''].includes(String(cell(card)))));
  });
  return {
    type: 'table',
    columns: used.map(([each]) => each),
    rows: shown.map((card) => used.map(([, cell]) => cell(card))),
    ...(more > 0 ? { caption: translator.text(say('… {more} more', '… 另有 {more} 个'), { more }) } : {}),
  };
}

/** The owners' scorecards, and what the best of them do differently. */
export function scorecardBlocks({ owners, practices, rankedFrom }: ScorecardsResult, translator: Translator): Block[] {
  return [
    heading(2, translator.text(say('Owner scorecards', '负责人记分卡'))),
    cardTableBlock(owners, translator),
    paragraph([span(ratingText(owners, rankedFrom, translator), 'muted')]),
    { type: 'list', items: practiceLines(practices, translator) },
  ];
}
