import { type Args, say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, callout, heading, type Inline, paragraph, span, type TableBlock } from '../../report/document.ts';
import { amountsText } from '../amounts.ts';
import type { StepGain, WhatIfResult, WhatIfStep } from './what-if.ts';

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
  'Arithmetic, no promise: deals that an easier early step lets through are weaker and dilute the later steps, unless their quality holds.',
  '这是算术，不是承诺：前段放宽后流入的单往往更弱，会稀释后段转化率，除非质量不降。',
);
const BASES = {
  matured: say(
    'Rates of {deals} deals at least {days} old ({open} of them still open)',
    '转化率取自已满 {days}的 {deals} 单（其中 {open} 单仍在途）',
  ),
  decided: say(
    'Rates of {deals} decided deals, as too few are {days} old: quick losses weigh more in them than slow wins',
    '转化率取自 {deals} 个已定单（满 {days}的单太少）：快速输掉的单在其中占比偏高',
  ),
} as const satisfies Record<string, Text>;
const VOLUME: Text = say(
  '{volume} deals a year ({counted} entered in {days})',
  '每年进入 {volume} 单（{days}内进入 {counted} 单）',
);
const AVERAGE: Text = say('{average} a won deal (n {deals})', '平均赢单额 {average}（n {deals}）');

function stepName({ from, to }: WhatIfStep, translator: Translator): string {
  return `${translator.stage(from)} → ${to === null ? translator.text(WON) : translator.stage(to)}`;
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
      translator.share(step.now.count, step.now.of, step.now.interval),
      percent(step.uplifted.target) + (step.uplifted.capped ? '*' : ''),
      gainText(step.onePoint, translator),
      ...(hasBenchmark ? [gainText(step.benchmark, translator)] : []),
    ]),
  };
}

function arithmeticLines(result: WhatIfResult, translator: Translator): string[] {
  const { steps, uplift, arithmetic, all, winRate } = result;
  const percent = (rate: number | null): string => translator.percent(rate, 0);
  const capped = steps.filter((step) => step.uplifted.capped);
  const args = { steps: steps.length, uplift: percent(uplift), factor: 1 + uplift, gain: percent(arithmetic) };
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
  const free = steps.find((step) => !step.uplifted.capped);
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

function baseText({ cohort, volume, averageWon }: WhatIfResult, translator: Translator): string {
  const { basis, deals, open, windowDays } = cohort;
  const parts = [translator.text(BASES[basis], { deals, open, days: { days: windowDays ?? 0 } })];
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
