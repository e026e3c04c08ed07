import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, type Inline, paragraph, span } from '../../report/document.ts';
import { shareOf } from '../rate.ts';
import { figureColumn, wordColumn } from '../table-columns.ts';
import type { Calibration, ProbabilityRange } from './calibration.ts';

/** Below this there are only counts. */
const FEW = 5;
/** Beyond this |z| chance is a poor explanation. */
const BEYOND_CHANCE = 1.959963984540054;

const COUNTS = say(
  'Earlier exports gave {resolved} deals a probability while they were open that are closed now: {won} were won, {expected} were to be expected.',
  '更早的导出记录了赢率、此后已关闭的 {resolved} 个商机中赢单 {won} 个，按当时的赢率应赢 {expected} 个。',
);
const TOO_EARLY = say(
  '{n} of the {of} deals that earlier exports gave a probability are still open: too early to judge. Deals decided early are mostly lost ones.',
  '更早的导出给过赢率的 {of} 个商机中，{n} 个仍在途：现在判断为时过早，先关闭的多为输单。',
);
const FITS = say(
  'That fits: chance alone explains the difference (z {z}; P(at most {won}) {atMost}).',
  '两者相符：差异可由偶然解释（z {z}；至多赢 {won} 个的概率 {atMost}）。',
);
const TOO_HIGH = say(
  'The probabilities were too high: chance alone leaves so few wins in {atMost} of all cases (z {z}).',
  '当时的赢率偏高：仅凭偶然只赢这么少的概率为 {atMost}（z {z}）。',
);
const TOO_LOW = say(
  'The probabilities were too low: chance alone brings so many wins in {atLeast} of all cases (z {z}).',
  '当时的赢率偏低：仅凭偶然赢这么多的概率为 {atLeast}（z {z}）。',
);
const TOO_FEW = say('Too few to judge.', '样本太少，不作判断。');
const CERTAIN = say(
  'Every probability was 0% or 100%: that is a statement, not a forecast.',
  '当时的赢率全是 0% 或 100%，等于断言，不是预测。',
);
const BRIER = say(
  'Mean squared error of the probabilities (Brier): {score} = {reliability} too high or too low − {resolution} told apart + {uncertainty} unavoidable. Always saying {base} would have scored {uncertainty}.',
  '赢率的均方误差（Brier）：{score} = 偏高或偏低 {reliability} − 区分度 {resolution} + 不可避免 {uncertainty}。若一律填 {base}，得分为 {uncertainty}。',
);
const LEFT_OUT: readonly (readonly [keyof Calibration, Text])[] = [
  ['undecided', say('{n} not decided yet', '尚未关闭 {n} 个')],
  ['inYoungExports', say('{n} of exports too recent to judge', '导出太新、暂不判断 {n} 个')],
  ['gone', say('{n} no longer in the list', '已不在清单中 {n} 个')],
  ['closedBefore', say('{n} closed before the export', '导出之前已关闭 {n} 个')],
  ['notAProbability', say('{n} with a probability outside 0–100%', '赢率超出 0–100% {n} 个')],
];
const LEFT = say('Left out: {parts}', '未计入：{parts}');
const BY_STAGE = say(
  '{n} of the probabilities are those of the stage, as the deal had none of its own.',
  '其中 {n} 个商机没有自己的赢率，取所在阶段的赢率。',
);

const COLUMNS = {
  said: say('Said then', '当时赢率'),
  mean: say('Mean', '平均'),
  won: say('Won', '赢单'),
} as const satisfies Record<string, Text>;

function verdictText({ resolved, z }: Calibration): Text {
  if (resolved < FEW) return TOO_FEW;
  if (z === null) return CERTAIN;
  if (Math.abs(z) < BEYOND_CHANCE) return FITS;
  return z < 0 ? TOO_HIGH : TOO_LOW;
}

/** A probability of people's size: three decimals, and no rounding to nothing. */
function smallPercent(value: number, translator: Translator): string {
  return value > 0 && value < 0.001 ? `<${translator.percent(0.001)}` : translator.percent(value);
}

function calibrationText(calibration: Calibration, translator: Translator): readonly Inline[] {
  const { resolved, won, expectedWins, z, atMost, atLeast, brier, stageProbabilities } = calibration;
  const counts = translator.text(COUNTS, { won, resolved, expected: translator.number(expectedWins, 1) });
  const verdict = translator.text(verdictText(calibration), {
    won,
    z: translator.number(z, 2),
    atMost: smallPercent(atMost, translator),
    atLeast: smallPercent(atLeast, translator),
  });
  const tone = z === null || resolved < FEW || Math.abs(z) < BEYOND_CHANCE ? 'plain' : 'warn';
  const texts: Inline[] = [[`${counts}${translator.lang === 'zh' ? '' : ' '}`, span(verdict, tone)]];
  if (brier !== null && resolved >= FEW) {
    const parts = { score: brier.score, reliability: brier.reliability, resolution: brier.resolution };
    const numbers = Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, translator.number(part, 4)]));
    const uncertainty = translator.number(brier.uncertainty, 4);
    texts.push(translator.text(BRIER, { ...numbers, uncertainty, base: translator.percent(won / resolved, 0) }));
  }
  if (stageProbabilities > 0) texts.push(translator.text(BY_STAGE, { n: stageProbabilities }));
  const left = LEFT_OUT.filter(([key]) => Number(calibration[key]) > 0).map(([key, text]) =>
    translator.text(text, { n: Number(calibration[key]) }),
  );
  if (left.length > 0) texts.push([span(translator.text(LEFT, { parts: translator.list(left) }), 'muted')]);
  return texts;
}

function rangesTable(ranges: readonly ProbabilityRange[], translator: Translator): Block {
  const rows = ranges
    .filter(({ won }) => won.of > 0)
    .map(({ from, to, meanProbability, won }) => [
      `${translator.number(from * 100, 0)}–${translator.percent(to, 0)}`,
      translator.percent(meanProbability, 0),
      shareOf(won, translator),
    ]);
  return {
    type: 'table',
    columns: [
      wordColumn(COLUMNS.said, 0, translator),
      figureColumn(COLUMNS.mean, 1, translator),
      wordColumn(COLUMNS.won, 0, translator),
    ],
    rows,
  };
}

/** What was said of the chances and what has become of them, for people. */
export function calibrationBlocks(calibration: Calibration, translator: Translator): Block[] {
  const { isTooEarly, stillOpen } = calibration;
  if (isTooEarly) return [paragraph(translator.text(TOO_EARLY, { n: stillOpen.count, of: stillOpen.of }))];
  return [
    ...calibrationText(calibration, translator).map((text) => paragraph(text)),
    rangesTable(calibration.ranges, translator),
  ];
}
