import { currentState } from '../../dataset/journeys/visits.ts';
import type { Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, paragraph, type TableBlock } from '../../report/document.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { shareOf } from '../rate.ts';
import { figureColumn, wordColumn } from '../table-columns.ts';
import { type BeforeAfterResult, beforeAfter, type ChangeSide } from './before-after-counts.ts';
import { signedText } from './signed-text.ts';
import { createdCohort, winWindow } from './win-rate-cohort.ts';
import { missingOutcomes } from './win-rate-counts.ts';

const TITLE: Text = { en: 'Before and since the change', zh: '流程变更前后对比' };
const COLUMNS = {
  side: { en: 'Created', zh: '创建于' },
  rate: { en: 'Won within {window}', zh: '{window}内赢单' },
  days: { en: 'Median days to win', zh: '赢单天数中位数' },
  created: { en: 'Deals created', zh: '创建单数' },
} as const satisfies Record<string, Text>;
const SIDES = {
  before: { en: 'before {date}', zh: '{date} 之前' },
  since: { en: 'since {date}', zh: '{date} 起' },
} as const satisfies Record<string, Text>;
const VERDICTS: Readonly<Record<BeforeAfterResult['verdict'], Text>> = {
  better: { en: 'Better, beyond noise', zh: '变好，超出偶然波动' },
  worse: { en: 'Worse, beyond noise', zh: '变差，超出偶然波动' },
  withinNoise: { en: 'Not beyond noise', zh: '未超出偶然波动' },
  notJudged: {
    en: 'Not judged: each side needs {least} deals with their full {window}',
    zh: '不作判断：前后各需 {least} 单满 {window}的商机',
  },
};
const POINTS: Text = {
  en: '{verdict}: {points} percentage points ({low} to {high}); relative to before {relative}.',
  zh: '{verdict}：{points} 个百分点（{low} 到 {high}）；相对变更前 {relative}。',
};
const RELATIVE: Text = { en: '{value} ({low} to {high})', zh: '{value}（{low} 到 {high}）' };
const PACE: Text = {
  en: 'Days to win: {days} against before; {verdict}.',
  zh: '赢单天数中位数与变更前相差 {days} 天；{verdict}。',
};
const SLOWER: Text = { en: 'beyond noise', zh: '超出偶然波动' };
const SAME: Text = { en: 'not beyond noise', zh: '未超出偶然波动' };
const OVERLAP: Text = {
  en: 'Left out, created before but still being watched when the change came: {count}.',
  zh: '创建于变更前、但观察期跨过变更日的 {count} 单未计入。',
};
const SHORTENED: Text = {
  en: 'The window is half the days since the change, so that deals since then can have had it.',
  zh: '观察期取变更以来天数的一半，以便变更后的单也能满期。',
};

function sideTable(result: BeforeAfterResult, translator: Translator): TableBlock {
  const rate = translator.text(COLUMNS.rate, { window: { days: result.windowDays } });
  const row = (name: 'before' | 'since', { rate: won, medianWonDays, created }: ChangeSide) => [
    translator.text(SIDES[name], { date: { date: result.changedOn } }),
    shareOf(won, translator),
    translator.number(medianWonDays),
    translator.number(created),
  ];
  return {
    type: 'table',
    columns: [
      wordColumn(COLUMNS.side, 0, translator),
      figureColumn({ en: rate, zh: rate }, 0, translator),
      figureColumn(COLUMNS.days, 1, translator),
      figureColumn(COLUMNS.created, 2, translator),
    ],
    rows: [row('before', result.before), row('since', result.since)],
  };
}

function verdictLine(result: BeforeAfterResult, translator: Translator): string {
  const { verdict, difference, differenceInterval, relativeDifference, relativeInterval, windowDays, leastDeals } =
    result;
  const words = translator.text(VERDICTS[verdict], { least: leastDeals, window: { days: windowDays } });
  if (verdict === 'notJudged' || differenceInterval === null) return words;
  const percent = (value: number | null) => signedText(value === null ? null : value * 100, 0, translator, '%');
  const relative =
    relativeInterval === null
      ? percent(relativeDifference)
      : translator.text(RELATIVE, {
          value: percent(relativeDifference),
          low: percent(relativeInterval[0]),
          high: percent(relativeInterval[1]),
        });
  const points = (value: number | null) => signedText(value === null ? null : value * 100, 0, translator);
  return translator.text(POINTS, {
    verdict: words,
    points: points(difference),
    low: points(differenceInterval[0]),
    high: points(differenceInterval[1]),
    relative,
  });
}

function blocks(result: BeforeAfterResult, translator: Translator): Block[] {
  const { differenceDays, slower, overlapping, windowFrom, verdict } = result;
  const lines = [verdictLine(result, translator)];
  if (verdict !== 'notJudged' && differenceDays !== null && slower?.interval != null) {
    const isReal = slower.interval[0] > 0.5 || slower.interval[1] < 0.5;
    const days = signedText(differenceDays, 1, translator);
    lines.push(translator.text(PACE, { days, verdict: { text: isReal ? SLOWER : SAME } }));
  }
  if (overlapping > 0) lines.push(translator.text(OVERLAP, { count: overlapping }));
  if (windowFrom === 'sinceChange') lines.push(translator.text(SHORTENED));
  return [heading(2, translator.text(TITLE)), sideTable(result, translator), ...lines.map((line) => paragraph(line))];
}

function compute({ dataset, details }: MetricContext): BeforeAfterResult | null {
  const { changedOnDay } = dataset.ruleset.parameters;
  return changedOnDay === null ? null : beforeAfter(dataset, changedOnDay, details);
}

export default defineMetric<BeforeAfterResult>({
  metric: 'beforeAfter',
  title: TITLE,
  definition: {
    en: 'Deals created before the day the process changed against those created since, each watched equally long: the share won within the window, and how long the won ones took. In percentage points and relative to before, with what chance allows.',
    zh: '以流程变更日为界，比较之前与之后创建的商机，且每单观察同样长的时间：观察期内赢单的比例，以及赢单用时。差异同时以百分点和相对变更前的比例给出，并说明是否超出偶然波动。',
  },
  formula: {
    en: 'won within the window ÷ deals with their full window, since the change − the same before',
    zh: '变更后（期内赢单 ÷ 满观察期的单）− 变更前的同一比例',
  },
  place: 'further',
  needsStages: true,
  missing: ({ dataset }) => {
    if (dataset.ruleset.parameters.changedOnDay === null) {
      return {
        en: 'needs `changed_on` under parameters of the rules file',
        zh: '需要在规则文件 parameters 下填写 `changed_on`',
      };
    }
    const cohort = createdCohort(dataset);
    if (cohort.deal.length === 0) return { en: 'no dates of creation or closing', zh: '没有创建日期和关闭日期' };
    const missing = missingOutcomes(currentState(dataset).outcome);
    if (missing !== null) return missing;
    // Deals were won: but none on dates that fit, or nearly all on the day they were created.
    return winWindow(cohort) === null
      ? { en: 'no days between creation and winning', zh: '没有从创建到赢单的天数' }
      : null;
  },
  compute,
  blocks,
});
