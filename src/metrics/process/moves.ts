import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, type Inline, paragraph, span, type TableBlock } from '../../report/document.ts';
import { amountsText, sumAmounts } from '../amounts.ts';
import { type DealsBehind, dealsBehind, rowsWhere } from '../deals-behind.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { lackOfTime } from '../dwell/log-time.ts';
import { type Rate, rateOf, shareOf } from '../rate.ts';
import { figureColumn, wordColumn } from '../table-columns.ts';
import { MOVE_KINDS, type MoveKind, type Transition, tallyKinds, transitionsOf } from './moves-counts.ts';

export interface MoveCounts extends DealsBehind {
  readonly kind: MoveKind;
  /** Null where the log has no times of day to tell. */
  readonly moves: number | null;
  /** Deals with such a move, of those with a history. */
  readonly deals: Rate | null;
  readonly amounts: Readonly<Record<string, number>>;
}

export interface MovesResult {
  readonly basis: 'history';
  /** Changes from one stage to another. */
  readonly moves: number;
  readonly dealsWithHistory: number;
  readonly kinds: readonly MoveCounts[];
  /** Deals that skipped a stage on their way: moved over one, or won before the last. */
  readonly skipped: Rate;
  /** Most frequent first. */
  readonly transitions: readonly Transition[];
}

/** Transitions listed for people. */
const SHOWN_TRANSITIONS = 15;
const NO_HISTORY: Text = say('needs the change log (--history)', '需要阶段变更记录（--history）');

function compute({ dataset, details }: MetricContext): MovesResult | null {
  const { journeys } = dataset;
  if (journeys === null) return null;
  let dealsWithHistory = 0;
  for (let deal = 0; deal + 1 < journeys.offsets.length; deal += 1) {
    if (journeys.offsets[deal + 1]! > journeys.offsets[deal]!) dealsWithHistory += 1;
  }
  const { moves, dealMasks } = tallyKinds(dataset, journeys);
  const groupOf = new Int8Array(dataset.rowCount);
  const kinds = MOVE_KINDS.map((kind, index): MoveCounts => {
    if (kind === 'instant' && !journeys.hasTime) return { kind, moves: null, deals: null, amounts: {} };
    const mask = dealMasks[index]!;
    for (let deal = 0; deal < mask.length; deal += 1) groupOf[deal] = mask[deal]! - 1;
    const [group] = sumAmounts(dataset, groupOf, 1);
    return {
      kind,
      moves: moves[index]!,
      deals: rateOf(group?.deals ?? 0, dealsWithHistory),
      amounts: group?.amounts ?? {},
      ...dealsBehind(dataset, details, () => rowsWhere(mask)),
    };
  });
  return {
    basis: 'history',
    moves: journeys.stage.length - dealsWithHistory,
    dealsWithHistory,
    kinds,
    skipped: rateOf(countEither(dealMasks), dealsWithHistory),
    transitions: transitionsOf(dataset, journeys),
  };
}

/** Deals that moved over a stage or were won before the last one. */
function countEither(dealMasks: readonly Uint8Array[]): number {
  const over = dealMasks[MOVE_KINDS.indexOf('skip')]!;
  const early = dealMasks[MOVE_KINDS.indexOf('wonEarly')]!;
  let deals = 0;
  for (let deal = 0; deal < over.length; deal += 1) deals += over[deal]! | early[deal]!;
  return deals;
}

const TITLE: Text = say('Moves between stages', '阶段变动');
const KIND_TEXTS: Readonly<Record<MoveKind, Text>> = {
  regression: say('Moved back', '回退'),
  reEntry: say('Came to a stage again', '再次进入同一阶段'),
  reopening: say('Opened again after closing', '关闭后重新打开'),
  skip: say('Moved on over a stage', '越级推进'),
  wonEarly: say('Won before the last stage', '未到最后阶段即赢单'),
  instant: say('Left a stage within a minute', '一分钟内离开阶段'),
};
const DIRECTIONS: Readonly<Record<Transition['direction'], Text>> = {
  forward: say('next', '推进'),
  skip: say('over a stage', '越级'),
  back: say('back', '回退'),
  won: say('won', '赢单'),
  lost: say('lost', '输单'),
  dormant: say('laid aside', '搁置'),
};
const KIND = say('Kind of move', '变动类型');
const MOVES = say('Moves', '次数');
const DEALS = say('Deals', '单数');
const AMOUNT = say('Amount', '金额');
const FROM = say('From', '从');
const TO = say('To', '到');
const DIRECTION = say('Direction', '方向');
const MEDIAN = say('Median days before', '变动前停留中位数');
const MOST = say('The most frequent moves', '最常见的变动');
const SKIPPED = say(
  'Skipped a stage on their way, by moving over it or by winning before the last one: {share}',
  '途中跳过阶段（越级推进，或未到最后阶段即赢单）的单：{share}',
);
const NO_TIMES = say(
  'The change log has dates only, so moves within a minute cannot be seen.',
  '变更记录只有日期、没有时刻，看不出一分钟内的变动。',
);

function kindTable({ kinds }: MovesResult, translator: Translator): TableBlock {
  return {
    type: 'table',
    columns: [
      wordColumn(KIND, 0, translator),
      figureColumn(MOVES, 1, translator),
      figureColumn(DEALS, 0, translator),
      figureColumn(AMOUNT, 2, translator),
    ],
    rows: kinds.flatMap(({ kind, moves, deals, amounts }): Inline[][] => {
      if (deals === null) return [];
      const share = shareOf(deals, translator);
      return [[translator.text(KIND_TEXTS[kind]), translator.number(moves), share, amountsText(amounts, translator)]];
    }),
  };
}

function transitionTable({ transitions }: MovesResult, translator: Translator): TableBlock {
  return {
    type: 'table',
    caption: translator.text(MOST),
    columns: [
      wordColumn(FROM, 0, translator),
      wordColumn(TO, 0, translator),
      wordColumn(DIRECTION, 2, translator),
      figureColumn(MOVES, 0, translator),
      figureColumn(DEALS, 1, translator),
      figureColumn(MEDIAN, 1, translator),
    ],
    rows: transitions
      .slice(0, SHOWN_TRANSITIONS)
      .map(({ from, to, direction, moves, deals, medianDays }) => [
        translator.stage(from),
        translator.stage(to),
        translator.text(DIRECTIONS[direction]),
        translator.number(moves),
        translator.number(deals),
        translator.days(medianDays),
      ]),
  };
}

function blocks(result: MovesResult, translator: Translator): Block[] {
  const skippedText = translator.text(SKIPPED, { share: shareOf(result.skipped, translator) });
  const withoutTimes = result.kinds.some(({ deals }) => deals === null);
  return [
    heading(2, translator.text(TITLE)),
    kindTable(result, translator),
    ...(result.skipped.count > 0 ? [paragraph(skippedText)] : []),
    ...(withoutTimes ? [paragraph([span(translator.text(NO_TIMES), 'muted')])] : []),
    ...(result.transitions.length > 0 ? [transitionTable(result, translator)] : []),
  ];
}

export default defineMetric<MovesResult>({
  metric: 'moves',
  title: TITLE,
  definition: say(
    'Moves back, to a stage again, out of a closed stage, over a stage, and within a minute, with their deals and amounts; and how often deals go from which stage to which.',
    '回退、再次进入、关闭后重开、跳过阶段和一分钟内离开的变动，涉及的单数和金额；以及各阶段之间变动的次数。',
  ),
  formula: say('deals with such a move ÷ deals with a history', '有此类变动的单 ÷ 有历史的单'),
  place: 'further',
  needsStages: true,
  missing: ({ dataset: { journeys } }) =>
    journeys === null || journeys.stage.length === 0 ? NO_HISTORY : lackOfTime(journeys),
  compute,
  blocks,
});
