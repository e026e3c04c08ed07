import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { amountsText } from '../../metrics/amounts.ts';
import type { ScorecardsResult } from '../../metrics/owners/owner-scorecards.ts';
import { cardTableBlock, wonText } from '../../metrics/owners/owner-scorecards-blocks.ts';
import type { CardTable } from '../../metrics/owners/owner-scorecards-cards.ts';
import { practiceLines, ratingText } from '../../metrics/owners/owner-scorecards-words.ts';
import { type Block, heading, type Inline, paragraph, span, type TableBlock } from '../document.ts';
import { resultOf } from '../metric-result.ts';
import { defineView } from './view.ts';
import { cannotShow, cut, partHeading, viewHead } from './view-parts.ts';

const MOST_OWNERS = 50;
const MOST_VALUES = 10;

const PURPOSE: Text = say(
  'A card for each owner, with the base of each figure; ranked only where the win rates differ beyond chance.',
  '每位负责人一行，数字均附样本数；赢单率差异超出随机波动时才排名。',
);
const AMOUNT: Text = say('{amount} ({deals})', '{amount}（{deals} 单）');
const OWNERS: Text = say('Owners', '负责人');
const METHODS: Text = say('What the top do differently', '前三分之一的不同做法');
const WON: Text = say('Won by quarter', '各季度赢单额');
const BY: Text = say('By {field}', '按{field}');

/** Won amount and deals of each owner by quarter: the latest quarters stay where space is short. */
function quarterTable({ cards, field }: CardTable, translator: Translator): TableBlock | null {
  const [first] = cards;
  const quarters = (first?.wonByQuarter ?? []).flatMap(({ quarter }, index) =>
    cards.some(({ wonByQuarter }) => wonByQuarter[index]!.deals > 0) ? [{ quarter, index }] : [],
  );
  if (quarters.length === 0) return null;
  const cellOf = ({ amounts, deals }: CardTable['cards'][number]['wonByQuarter'][number]): string => {
    const amount = amountsText(amounts, translator);
    return amount === '' ? wonText({ deals, amounts }, translator) : translator.text(AMOUNT, { amount, deals });
  };
  return {
    type: 'table',
    columns: [
      { title: translator.field(field), align: 'left', priority: 0 },
      ...quarters.map(({ quarter }, place) => ({
        title: quarter,
        align: 'right' as const,
        priority: quarters.length - place - 1,
      })),
    ],
    rows: cards
      .slice(0, MOST_OWNERS)
      .map(({ value, wonByQuarter }): Inline[] => [
        cut(value, 24, translator),
        ...quarters.map(({ index }) => cellOf(wonByQuarter[index]!)),
      ]),
  };
}

function bodyOf({ owners, others, practices, rankedFrom }: ScorecardsResult, translator: Translator): Block[] {
  const quarters = quarterTable(owners, translator);
  return [
    partHeading(OWNERS, translator),
    cardTableBlock(owners, translator, MOST_OWNERS),
    paragraph([span(ratingText(owners, rankedFrom, translator), 'muted')]),
    partHeading(METHODS, translator),
    { type: 'list', items: practiceLines(practices, translator) },
    ...(quarters === null ? [] : [partHeading(WON, translator), quarters]),
    ...others
      .filter(({ cards }) => cards.length > 0)
      .flatMap((table) => [
        heading(2, translator.text(BY, { field: { field: table.field } })),
        cardTableBlock(table, translator, MOST_VALUES),
      ]),
  ];
}

export default defineView({
  view: 'scorecard',
  title: { en: 'Owner scorecards', zh: '负责人记分卡' },
  purpose: PURPOSE,
  blocks: (report, { translator }) => {
    const result = resultOf<ScorecardsResult>(report, 'ownerScorecards');
    const head = viewHead(report, PURPOSE, [], translator);
    return result === null
      ? [head, cannotShow(report, 'ownerScorecards', translator)]
      : [head, ...bodyOf(result, translator)];
  },
});
