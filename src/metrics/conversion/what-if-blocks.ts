import { type Args, say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, callout, heading, type Inline, paragraph, span, type TableBlock } from '../../report/document.ts';
import { amountsText } from '../amounts.ts';
import type { StepGain, WhatIfResult, WhatIfStep } from './what-if.ts';
import type { HeadlineFigure } from './what-if-steps.ts';

const WON: Text = say('won', '赢单');
const COLUMNS = {
  step: say('Step', '步骤'),
  now: say('Now', '现状'),
  target: say('+{uplift}', '提升 {uplift}'),
  point: say('One point more, a year', '每提高 1 个百分点（年）'),
  benchmark: say('At the benchmark, a year', '达到基准（年）'),
} as const satisfies Record<string, Text>;
const ARITHMETIC: Text = say(
  'Each of {steps} steps {uplift} better: {factor}^{steps} − 1 = {gain} more won deals; not {steps} × {uplift}.',
  '{steps} 步各提升 {uplift}：{factor}^{steps} − 1 = 赢单增加 {gain}，而不是 {steps} × {uplift}。',
);
const CAPPED: Text = say(
  'A step cannot exceed 100%: {capped} stop there, which leaves {gain} in all.',
  '单步不能超过 100%：{capped} 到此封顶，合计只剩 {gain}。',
);
const IN_ALL: Text = say(
  'In all: win rate {now} → {improved}, {deals} more won deals a year{money}.',
  '合计：赢单率 {now} → {improved}，每年多赢 {deals} 单{money}。',
);
const RATE_ALONE: Text = say('In all: win rate {now} → {improved}.', '合计：赢单率 {now} → {improved}。');
const MONEY: Text = say(', {amount}', '，{amount}');
const EACH: Text = say(
  'One step alone, {uplift} better, is worth {deals} won deals a year{money}, whichever step it is{unless}: rates multiply.',
  '只让其中一步提升 {uplift}，每年都多赢 {deals} 单{money}，哪一步都一样{unless}：转化率是连乘的。',
);
const UNLESS: Text = say(' (unless capped)', '（封顶的除外）');
const BEST: Readonly<Record<'benchmark' | 'onePoint', Text>> = {
  onePoint: say(
    'Percentage points tell the steps apart: one point is worth most at {step} ({deals} won deals a year{money}).',
    '按百分点才能分出高下：提高 1 个百分点，{step} 最值（每年多赢 {deals} 单{money}）。',
  ),
  benchmark: say(
    'Worth most: bringing {step} to its benchmark of {target} ({deals} won deals a year{money}).',
    '最值得做：把 {step} 提到基准 {target}（每年多赢 {deals} 单{money}）。',
  ),
};
const CAVEAT: Text = say(
  'Arithmetic, no promise: deals that an easier early step lets through are weaker and dilute the later steps, unless their quality holds; and deals that jump over a step gain nothing from it.',
  '这是算术，不是承诺：前段放宽后流入的单往往更弱，会稀释后段转化率，除非质量不降；跳过某一步的单也不会因该步提升而受益。',
);
const BASES = {
  matured: say(
    'Base: the win rate of this report, {rate}: won within {days} of {deals} deals created at least that long ago',
    '基数：本报告的赢单率 {rate}，即创建已满 {days}的 {deals} 单中在 {days}内赢单的比例',
  ),
  estimated: say(
    'Base: the win rate of this report, ≈{rate}: won within {days}, estimated from {deals} deals',
    '基数：本报告的赢单率，约 {rate}，即 {days}内赢单的比例，由 {deals} 单估算',
  ),
} as const satisfies Record<string, Text>;
const STEPS: Text = say(
  'steps: as in stage conversion, each within its own window',
  '各步：与阶段转化率相同，各用自己的观察期',
);
const ESTIMATED: Text = say('≈ estimated', '≈ 为估算');
const VOLUME: Text = say(
  '{volume} deals a year ({counted} created in {days})',
  '每年新建 {volume} 单（{days}内新建 {counted} 单）',
);
const AVERAGE: Text = say('{average} a won deal (n {deals})', '平均赢单额 {average}（{deals} 单）');
const FEW: Text = say('under 5 deals', '不足 5 单');
const NOW: Text = say('≈{rate}{interval} (n {deals}{low})', '≈{rate}{interval}（{deals} 单{low}）');
const LOW: Text = say(', low n', '，样本少');
/** Below this number of deals the interval belongs to the rate. */
const LOW_BELOW = 30;

function stepName({ from, to }: WhatIfStep, translator: Translator): string {
  return `${translator.stage(from)} → ${to === null ? translator.text(WON) : translator.stage(to)}`;
}

/** The rate of today as its base allows: counts, or an estimate marked as one. */
function nowText({ value, count, of, interval, basis }: HeadlineFigure, translator: Translator): string {
  if (value === null || basis === null) return `– ${translator.text(FEW)}`;
  if (count !== null) return translator.share(count, of, interval);
  const isLow = of < LOW_BELOW;
  const range =
    interval === null ? '' : `${translator.number(interval[0] * 100, 0)}–${translator.percent(interval[1], 0)}`;
  return translator.text(NOW, {
    rate: translator.percent(value, 0),
    interval: isLow && range !== '' ? `${translator.lang === 'zh' ? '，' : ', '}${range}` : '',
    deals: of,
    low: isLow ? translator.text(LOW) : '',
  });
}

function dealsText(deals: number | null, translator: Translator): string {
  return translator.number(deals === null ? null : Number(deals.toFixed(1)));
}

function moneyText({ amounts }: Pick<StepGain, 'amounts'>, translator: Translator): string {
  const amount = amounts === null ? '' : amountsText(amounts, translator);
  return amount === '' ? '' : translator.text(MONEY, { amount });
}

function gainText(gain: StepGain | null, translator: Translator): string {
  if (gain === null || gain.wonDeals === null) return '–';
  const deals = translator.text(say('{deals} deals', '{deals} 单'), { deals: dealsText(gain.wonDeals, translator) });
  return deals + moneyText(gain, translator);
}

function stepTable({ steps, uplift }: WhatIfResult, translator: Translator): TableBlock {
  const hasBenchmark = steps.some(({ benchmark }) => benchmark !== null);
  const percent = (rate: number): string => translator.percent(rate, 0);
  const column = (title: Text, priority: number, align: 'left' | 'right', args: Args = {}) => ({
    title: translator.text(title, args),
    align,
    priority,
  });
  return {
    type: 'table',
    columns: [
      { ...column(COLUMNS.step, 0, 'left'), wrapTo: 24 },
      column(COLUMNS.now, 0, 'left'),
      column(COLUMNS.target, 1, 'right', { uplift: percent(uplift) }),
      column(COLUMNS.point, 2, 'right'),
      ...(hasBenchmark ? [column(COLUMNS.benchmark, 2, 'right')] : []),
    ],
    rows: steps.map((step): Inline[] => [
      stepName(step, translator),
      nowText(step.now, translator),
      step.uplifted.target === null ? '–' : percent(step.uplifted.target) + (step.uplifted.capped ? '*' : ''),
      gainText(step.onePoint, translator),
      ...(hasBenchmark ? [gainText(step.benchmark, translator)] : []),
    ]),
  };
}

function arithmeticLines(result: WhatIfResult, translator: Translator): string[] {
  const { steps, uplift, arithmetic, all, winRate } = result;
  const percent = (rate: number | null): string => translator.percent(rate, 0);
  const capped = steps.filter((step) => step.uplifted.capped);
  const known = steps.filter(({ uplifted }) => uplifted.target !== null).length;
  const args = { steps: known, uplift: percent(uplift), factor: 1 + uplift, gain: percent(arithmetic) };
  const rates = { now: translator.percent(winRate.value), improved: translator.percent(all.winRate) };
  const names = capped.map((step) => stepName(step, translator));
  return [
    translator.text(ARITHMETIC, args),
    ...(capped.length === 0 ? [] : [translator.text(CAPPED, { capped: { list: names }, gain: percent(all.relative) })]),
    all.wonDeals === null
      ? translator.text(RATE_ALONE, rates)
      : translator.text(IN_ALL, {
          ...rates,
          deals: dealsText(all.wonDeals, translator),
          money: moneyText(all, translator),
        }),
  ];
}

function stepLines({ steps, uplift, best }: WhatIfResult, translator: Translator): string[] {
  const free = steps.find(({ uplifted }) => uplifted.target !== null && !uplifted.capped);
  const isMixed = free !== undefined && steps.some((step) => step.uplifted.capped);
  const lines: string[] = [];
  if (free !== undefined && free.uplifted.wonDeals !== null) {
    const unless = isMixed ? translator.text(UNLESS) : '';
    const deals = dealsText(free.uplifted.wonDeals, translator);
    const money = moneyText(free.uplifted, translator);
    lines.push(translator.text(EACH, { uplift: translator.percent(uplift, 0), deals, money, unless }));
  }
  const chosen = best === null ? undefined : steps[best.step];
  const gain = best === null ? undefined : chosen?.[best.by];
  if (best === null || chosen === undefined || gain === undefined || gain === null) return lines;
  const args = {
    step: stepName(chosen, translator),
    target: translator.percent(gain.target, 0),
    deals: dealsText(gain.wonDeals, translator),
    money: moneyText(gain, translator),
  };
  return [...lines, translator.text(BEST[best.by], args)];
}

function baseText({ cohort, volume, averageWon, steps, winRate }: WhatIfResult, translator: Translator): string {
  const { basis, deals, windowDays } = cohort;
  const rate = translator.percent(winRate.value);
  const isEstimated = steps.some(({ now }) => now.basis === 'estimated');
  const parts = [
    translator.text(BASES[basis], { rate, deals, days: { days: windowDays } }),
    translator.text(STEPS) +
      (isEstimated ? translator.text(say(' ({note})', '（{note}）'), { note: { text: ESTIMATED } }) : ''),
  ];
  if (volume !== null) {
    const { counted, observedDays } = volume;
    const args = { volume: translator.number(volume.deals, 0), counted, days: { days: observedDays } };
    parts.push(translator.text(VOLUME, args));
  }
  const average = amountsText(averageWon.amounts, translator);
  if (average !== '') parts.push(translator.text(AVERAGE, { average, deals: averageWon.deals }));
  return parts.join(' · ');
}

/** The arithmetic of improved steps, what each is worth, and what it does not promise. */
export function whatIfBlocks(result: WhatIfResult, translator: Translator): Block[] {
  return [
    heading(2, translator.text(say('What if each step did better', '如果每一步都更好'))),
    stepTable(result, translator),
    { type: 'list', items: [...arithmeticLines(result, translator), ...stepLines(result, translator)] },
    paragraph([span(baseText(result, translator), 'muted')]),
    callout('warn', translator.text(CAVEAT)),
  ];
}
