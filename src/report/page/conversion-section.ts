import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import type {
  ConversionResult,
  HistoryConversion,
  SnapshotConversion,
  StageConversion,
} from '../../metrics/conversion/conversion.ts';
import { countsCell, percentCell } from '../../metrics/conversion/conversion-cells.ts';
import type { BoundedStep } from '../../metrics/conversion/conversion-ladder.ts';
import type { SnapshotStage } from '../../metrics/conversion/conversion-snapshot.ts';
import { unknownStartBlocks } from '../../metrics/first-export.ts';
import { shareOf } from '../../metrics/rate.ts';
import type { IntervalRow } from '../chart.ts';
import { type Block, callout, paragraph } from '../document.ts';
import { chartBlock, describedRows, figureTable, greatest } from './page-parts.ts';

/** Below this number of deals there is no percentage. */
const PERCENT_FROM = 5;

const STAGE: Text = say('Stage', '阶段');
const WON: Text = say('Won', '赢单');
const LEAST: Text = say('The lowest share goes on from {stage}: {share}', '转化率最低的阶段是“{stage}”：{share}');
const WITHIN: Text = say('{share} in {days}', '{share}，{days}内');
const GOES_ON: Text = say('Share of the deals of each stage that go on', '各阶段的转化率');
const GOES_ON_NOTE: Text = say(
  'Each stage has its own days: nine of ten deals that went on had done so by then. Only deals that have had these days count; ≈ is estimated from all that entered, while fewer than 30 have. Lines are 95% intervals.',
  '天数按阶段各自而定：推进的单中九成在此期间内推进。只计已满该天数的单；“≈”表示满期的单不足 30 单，由全部进入的单估算。横线为 95% 区间。',
);
const ESTIMATED: Text = say('≈{rate}, estimated', '≈{rate}，估算');
const GOES_ON_GIVEN: Text = say(
  'Only deals that have had the days given count; ≈ is estimated from all that entered, while fewer than 30 have. Lines are 95% intervals.',
  '只计已满指定天数的单；“≈”表示满期的单不足 30 单，由全部进入的单估算。横线为 95% 区间。',
);
const GOES_ON_COLUMNS = [
  STAGE,
  say('Entered', '进入'),
  say('Advanced', '推进'),
  say('Lost here', '在此流失'),
  say('Undecided', '未定'),
  say('To date', '截至目前'),
  say('Goes on', '转化率'),
  say('Within', '观察期'),
] as const;
const LADDER_TITLE: Text = say(
  '{share} of the deals that reached {stage} are won so far',
  '到达“{stage}”的单中，目前已赢 {share}',
);
const LADDER: Text = say('How far deals get, of those that reached the first stage', '到达首阶段的单走到了哪一步');
const LADDER_NOTE: Text = say(
  'To date is a lower bound: the line runs from the 95% lower limit of that to the upper limit as if every open deal got there.',
  '截至目前的比例是下限：横线从其 95% 区间下限，到在途单全部到达时的 95% 区间上限。',
);
const LADDER_COLUMNS = [
  STAGE,
  say('Reached', '到达'),
  say('Of the step before', '占上一步'),
  say('Of the first', '占首阶段'),
  say('At most', '上限'),
] as const;
const AT_MOST: Text = say(
  'At most {rate} of the deals that reached {stage} go on',
  '到达“{stage}”的单至多 {rate} 进入下一阶段',
);
const BOUNDS: Text = say('Between which bounds the share that goes on lies', '各阶段进入下一阶段的比例的上下界');
const RANGE: Text = say('{low}–{high} ({least} to {most})', '{low}–{high}（{least} 至 {most}）');
const AT_MOST_TEXT: Text = say('at most {high} ({most})', '至多 {high}（{most}）');
const TOO_FEW: Text = say('too few deals ({of})', '单数太少（{of} 单）');
const BOUND_COLUMNS = [
  STAGE,
  say('Reached, at least', '到达（至少）'),
  say('Reached, at most', '到达（至多）'),
  say('Still here', '仍在此'),
  say('Goes on, at least', '转化率（至少）'),
  say('Goes on, at most', '推进（至多）'),
] as const;

/** A share with the days of its stage. */
function within(share: string, { windowDays }: StageConversion, translator: Translator): string {
  return windowDays === null ? share : translator.text(WITHIN, { share, days: { days: windowDays } });
}

function headlineRow(stage: StageConversion, translator: Translator): IntervalRow {
  const label = translator.stage(stage.stage);
  const unknown = { label, value: null, low: null, high: null };
  if (stage.headline === 'matured' && stage.matured !== null) {
    const { value, interval } = stage.matured;
    const [low, high] = interval ?? [null, null];
    return { label, value, low, high, text: within(shareOf(stage.matured, translator), stage, translator) };
  }
  if (stage.estimated === null) return { ...unknown, text: translator.number(null) };
  const { value, of, interval } = stage.estimated;
  // An estimate from a handful of deals would look more certain than its counts do.
  if (of < PERCENT_FROM || value === null) return { ...unknown, text: shareOf(stage.toDate, translator) };
  const [low, high] = interval ?? [null, null];
  const text = translator.text(ESTIMATED, { rate: percentCell(stage.estimated, translator) });
  return { label, value, low, high, text: within(text, stage, translator), tone: 'muted' };
}

/** The stage from which the lowest share goes on, where the shares are counted rather than estimated. */
function goesOnTitle({ stages, startUnknown }: HistoryConversion, translator: Translator): string {
  const isCounted = stages.every(({ headline, matured }) => headline === 'matured' && matured !== null);
  const least = greatest(stages, ({ matured }) => (matured === null || matured.value === null ? null : -matured.value));
  if (!isCounted || least === null || least.matured === null || startUnknown) return translator.text(GOES_ON);
  return translator.text(LEAST, { stage: { stage: least.stage }, share: shareOf(least.matured, translator) });
}

function goesOnBlock(result: HistoryConversion, translator: Translator): Block[] {
  const { stages } = result;
  if (stages.length === 0) return [];
  const rows = stages.map((stage) => headlineRow(stage, translator));
  const title = goesOnTitle(result, translator);
  const table = figureTable(
    GOES_ON_COLUMNS,
    stages.map((stage, index) => [
      translator.stage(stage.stage),
      ...[stage.entries, stage.advanced, stage.lostHere, stage.pending].map((count) => translator.number(count)),
      shareOf(stage.toDate, translator),
      rows[index]?.text ?? '',
      translator.days(stage.windowDays),
    ]),
    translator,
  );
  const description = describedRows(translator.text(GOES_ON), rows, translator);
  const chart = { type: 'intervals', unit: 'rate', rows } as const;
  const isGiven = stages.some(({ windowFrom }) => windowFrom === 'given');
  return [
    chartBlock({ title, description, chart, table, caption: translator.text(isGiven ? GOES_ON_GIVEN : GOES_ON_NOTE) }),
  ];
}

function ladderRow(step: BoundedStep, isFirst: boolean, translator: Translator): IntervalRow {
  const { value, interval } = step.cumulative;
  const highest = step.upperBound.interval;
  // All deals that reached the first stage reached it: nothing about that is uncertain.
  const isKnown = isFirst || interval === null || highest === null;
  return {
    label: step.stage === null ? translator.text(WON) : translator.stage(step.stage),
    value,
    low: isKnown ? null : interval[0],
    high: isKnown ? null : highest[1],
    text: shareOf(step.cumulative, translator),
  };
}

function ladderBlock({ ladder, startUnknown }: HistoryConversion, translator: Translator): Block[] {
  const [first] = ladder;
  const last = ladder.at(-1);
  if (first === undefined || last === undefined || first.stage === null || first.reached === 0) return [];
  const rows = ladder.map((step, index) => ladderRow(step, index === 0, translator));
  const table = figureTable(
    LADDER_COLUMNS,
    ladder.map(({ step, upperBound, reached }, index) => [
      rows[index]?.label ?? '',
      translator.number(reached),
      step === null ? '–' : shareOf(step, translator),
      rows[index]?.text ?? '',
      upperBound.of < PERCENT_FROM
        ? translator.share(upperBound.count, upperBound.of)
        : translator.percent(upperBound.value, 0),
    ]),
    translator,
  );
  const share = translator.share(last.cumulative.count, last.cumulative.of);
  return [
    chartBlock({
      // Deals that left before the first export are missing from the base.
      title: startUnknown
        ? translator.text(LADDER)
        : translator.text(LADDER_TITLE, { share, stage: { stage: first.stage } }),
      description: describedRows(translator.text(LADDER), rows, translator),
      chart: { type: 'intervals', unit: 'rate', rows },
      table,
      caption: translator.text(LADDER_NOTE),
    }),
  ];
}

function boundsRow({ stage, step, reachedHigh }: SnapshotStage, translator: Translator): IntervalRow {
  const label = translator.stage(stage);
  if (step === null || reachedHigh < PERCENT_FROM) {
    return { label, value: null, low: null, high: null, text: translator.text(TOO_FEW, { of: reachedHigh }) };
  }
  const [low, high] = [step.low.count / step.low.of, step.high.count / step.high.of];
  const text = translator.text(low === high ? AT_MOST_TEXT : RANGE, {
    low: translator.number(low * 100, 0),
    high: translator.percent(high, 0),
    least: countsCell(step.low.count, step.low.of, translator),
    most: countsCell(step.high.count, step.high.of, translator),
  });
  return { label, value: low === high ? low : null, low, high, text };
}

function snapshotBlocks(result: SnapshotConversion, translator: Translator): Block[] {
  const { stages, caveat, remedy } = result;
  const head = callout('warn', translator.text(caveat));
  if (stages.length === 0) return [head];
  const rows = stages.map((stage) => boundsRow(stage, translator));
  const lowest = greatest(
    stages.filter((_, index) => rows[index]?.high !== null),
    ({ stepHigh }) => (stepHigh === null ? null : -stepHigh),
  );
  const title =
    lowest === null
      ? translator.text(BOUNDS)
      : translator.text(AT_MOST, { rate: translator.percent(lowest.stepHigh, 0), stage: { stage: lowest.stage } });
  const countText = (part: NonNullable<SnapshotStage['step']>['low'] | undefined): string =>
    part === undefined ? '–' : translator.share(part.count, part.of);
  const table = figureTable(
    BOUND_COLUMNS,
    stages.map(({ stage, reachedLow, reachedHigh, stillHere, step }) => [
      translator.stage(stage),
      ...[reachedLow, reachedHigh, stillHere].map((count) => translator.number(count)),
      countText(step?.low),
      countText(step?.high),
    ]),
    translator,
  );
  const description = describedRows(translator.text(BOUNDS), rows, translator);
  return [
    head,
    chartBlock({ title, description, chart: { type: 'intervals', unit: 'rate', rows }, table }),
    paragraph(translator.text(remedy)),
  ];
}

/** What share of the deals goes on from each stage, and how far they get; bounds where there is no history. */
export function conversionBlocks(result: ConversionResult, translator: Translator): Block[] {
  if (result.basis === 'snapshot') return snapshotBlocks(result, translator);
  return [
    ...unknownStartBlocks(result.startUnknown, 'entries', translator),
    ...goesOnBlock(result, translator),
    ...ladderBlock(result, translator),
  ];
}
