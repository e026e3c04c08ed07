import type { Dataset } from '../../dataset/dataset.ts';
import { currentState, OUTCOME } from '../../dataset/journeys/visits.ts';
import { periodName, periodStart } from '../../dataset/values/periods.ts';
import type { Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, paragraph, type TableBlock } from '../../report/document.ts';
import type { Period } from '../../ruleset/expression/expression.ts';
import { closedDays } from '../closing-days.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { type Rate, rateOf, shareOf } from '../rate.ts';
import { closedByPeriod, judgedFromDay } from './closed-groups.ts';
import { createdCohort, createdDays, winWindow } from './win-rate-cohort.ts';
import { missingOutcomes } from './win-rate-counts.ts';
import { type CreatedPeriod, createdPeriods } from './win-rate-periods-counts.ts';
import { START_UP, type SwingPeriod, swingTable, winRateSwing } from './win-rate-swing.ts';

export interface WinRatePeriodsResult {
  readonly length: Period;
  /** Complete periods by close date, in order of time. */
  readonly closed: readonly (Rate & { readonly period: string })[];
  /** The same with their limits; null with fewer than eight periods, which are not judged. */
  readonly judged: readonly SwingPeriod[] | null;
  /** By how much the limits are wider than those of chance alone, 1 where they are not; null where not judged. */
  readonly sigmaZ: number | null;
  /** Complete periods not judged, as only quick deals could be closed yet. */
  readonly startUpPeriods: number;
  /** The period of the as-of day, which is not over and is not judged. */
  readonly current: Rate & { readonly period: string };
  /** Won and lost deals closed on no known day, in none of these; absent in reports saved by earlier versions. */
  readonly closedUndated?: number;
  readonly windowDays: number | null;
  readonly created: readonly CreatedPeriod[];
  /** Left out of `created` for want of dates that fit. */
  readonly undatedDeals: number;
}

function currentPeriod(dataset: Dataset, length: Period): WinRatePeriodsResult['current'] {
  const start = periodStart(dataset.asOfDay, length);
  const { outcome } = currentState(dataset);
  const days = closedDays(dataset);
  let won = 0;
  let closed = 0;
  for (let row = 0; row < days.length; row += 1) {
    if (!(days[row]! >= start && days[row]! <= dataset.asOfDay)) continue;
    closed += 1;
    if (outcome[row] === OUTCOME.won) won += 1;
  }
  return { period: periodName(start, length), ...rateOf(won, closed) };
}

/** Won and lost deals without a closing day. */
function countUndated(dataset: Dataset): number {
  const { outcome } = currentState(dataset);
  const days = closedDays(dataset);
  let undated = 0;
  for (let row = 0; row < days.length; row += 1) {
    const isClosed = outcome[row] === OUTCOME.won || outcome[row] === OUTCOME.lost;
    if (isClosed && Number.isNaN(days[row])) undated += 1;
  }
  return undated;
}

function compute({ dataset, period: length, details }: MetricContext): WinRatePeriodsResult {
  const cohort = createdCohort(dataset);
  const windowDays = winWindow(cohort);
  const everything = new Uint8Array(dataset.rowCount).fill(1);
  const swing = winRateSwing(dataset, length);
  const complete = closedByPeriod(dataset, everything, length, null);
  const from = judgedFromDay(dataset);
  return {
    length,
    closed: complete.map(({ group, count, of }) => ({
      period: periodName(group, length),
      ...rateOf(count, of),
    })),
    judged: swing?.periods ?? null,
    sigmaZ: swing?.sigmaZ ?? null,
    startUpPeriods: complete.filter(({ group }) => group < from).length,
    current: currentPeriod(dataset, length),
    closedUndated: countUndated(dataset),
    windowDays,
    created: createdPeriods(dataset, cohort, { period: length, windowDays, details }),
    undatedDeals: cohort.undatedDeals,
  };
}

const TITLE: Text = { en: 'Win rate over time', zh: '赢单率随时间的变化' };
const BY_CLOSE: Text = { en: 'By the period deals were closed in', zh: '按关闭时间' };
const BY_CREATION: Text = { en: 'By the period deals were created in', zh: '按创建时间' };
const CURRENT: Text = { en: '{period} so far, not judged: {share}', zh: '{period} 尚未结束，不作判断：{share}' };
const NOT_JUDGED: Text = {
  en: 'Fewer than 8 complete periods to judge by: no single one can be called unusual.',
  zh: '可供判断的完整周期不足 8 个，无法判断某个周期是否异常。',
};
const NO_DAY: Text = {
  en: 'In no period, as nobody knows when they were closed: {count} won or lost',
  zh: '关闭日期不明，未计入任何期间：已关闭 {count} 单',
};
const UNDATED: Text = {
  en: 'Left out for want of dates that fit: {count}',
  zh: '因缺少日期或日期前后矛盾未计入：{count} 单',
};
const COLUMNS = {
  closedIn: { en: 'Closed in', zh: '关闭于' },
  createdIn: { en: 'Created in', zh: '创建于' },
  created: { en: 'Created', zh: '创建' },
  won: { en: 'Won', zh: '赢单' },
  lost: { en: 'Lost', zh: '输单' },
  open: { en: 'Open', zh: '未定' },
  within: { en: 'Won within {window}', zh: '{window}内赢单' },
} as const satisfies Record<string, Text>;
const IMMATURE: Text = { en: 'too recent', zh: '时间未到' };
/** Periods shown to people: the last ones, and odd ones before them. */
const SHOWN = 24;

function closedBlocks(result: WinRatePeriodsResult, translator: Translator): Block[] {
  const { closed, judged, sigmaZ, startUpPeriods, current, closedUndated = 0 } = result;
  const blocks: Block[] = [heading(3, translator.text(BY_CLOSE))];
  if (judged !== null) {
    const shown = judged.filter(({ isOdd }, index) => isOdd || index >= judged.length - SHOWN);
    blocks.push(swingTable(shown, sigmaZ ?? 1, translator));
  } else {
    if (closed.length > 0) blocks.push(plainTable(closed, translator));
    blocks.push(paragraph(translator.text(NOT_JUDGED)));
  }
  if (startUpPeriods > 0) blocks.push(paragraph(translator.text(START_UP, { count: startUpPeriods })));
  if (closedUndated > 0) blocks.push(paragraph(translator.text(NO_DAY, { count: closedUndated })));
  if (current.of === 0) return blocks;
  const share = shareOf(current, translator);
  blocks.push(paragraph(translator.text(CURRENT, { period: current.period, share })));
  return blocks;
}

function plainTable(closed: WinRatePeriodsResult['closed'], translator: Translator): TableBlock {
  return {
    type: 'table',
    columns: [
      { title: translator.text(COLUMNS.closedIn), align: 'left', priority: 0 },
      { title: translator.text(COLUMNS.won), align: 'left', priority: 0 },
    ],
    rows: closed.map((each) => [each.period, shareOf(each, translator)]),
  };
}

function createdTable({ created, windowDays }: WinRatePeriodsResult, translator: Translator): TableBlock {
  const right = (text: Text, priority: number) => ({ title: translator.text(text), align: 'right' as const, priority });
  const within = translator.text(COLUMNS.within, { window: { days: windowDays ?? 0 } });
  return {
    type: 'table',
    columns: [
      { title: translator.text(COLUMNS.createdIn), align: 'left', priority: 0 },
      right(COLUMNS.created, 2),
      right(COLUMNS.won, 1),
      right(COLUMNS.lost, 1),
      right(COLUMNS.open, 1),
      { title: within, align: 'right', priority: 0 },
    ],
    rows: created
      .slice(-SHOWN)
      .map((row) => [
        row.period,
        translator.number(row.created),
        translator.number(row.won),
        translator.number(row.lost),
        translator.number(row.open),
        row.matured === null ? translator.text(IMMATURE) : shareOf(row.matured, translator),
      ]),
  };
}

function blocks(result: WinRatePeriodsResult, translator: Translator): Block[] {
  const { created, undatedDeals } = result;
  const shown: Block[] = [heading(2, translator.text(TITLE)), ...closedBlocks(result, translator)];
  if (created.length > 0) shown.push(heading(3, translator.text(BY_CREATION)), createdTable(result, translator));
  if (undatedDeals > 0) shown.push(paragraph(translator.text(UNDATED, { count: undatedDeals })));
  return shown;
}

export default defineMetric<WinRatePeriodsResult>({
  metric: 'winRatePeriods',
  title: TITLE,
  definition: {
    en: 'The win rate by the period deals were closed in, with the limits that chance sets, and those of the usual swing where that is wider; and by the period they were created in, told only once all of them had their full window.',
    zh: '赢单率按关闭周期列出，附偶然波动的界限，实际波动更大时并列其通常范围；并按创建周期列出，该周期的单都满观察期才给出。',
  },
  formula: {
    en: 'by close: won ÷ (won + lost) of the period; by creation: won within the window ÷ created in the period',
    zh: '按关闭：当期赢单 ÷ 当期（赢单 + 输单）；按创建：观察期内赢单 ÷ 当期创建',
  },
  place: 'further',
  needsStages: true,
  missing: ({ dataset }) => {
    const { outcome } = currentState(dataset);
    // Where lost deals are not in the file, every period would have won all.
    if (outcome.includes(OUTCOME.won) && !outcome.includes(OUTCOME.lost)) return missingOutcomes(outcome);
    const hasDay = (days: Float64Array): boolean => days.some((day) => !Number.isNaN(day));
    if (hasDay(createdDays(dataset)) || hasDay(closedDays(dataset))) return null;
    return { en: 'no dates of creation or closing', zh: '没有创建日期和关闭日期' };
  },
  compute,
  blocks,
});
