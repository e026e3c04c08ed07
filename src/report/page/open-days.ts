import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import type { OpenAges } from '../../metrics/dwell/dwell-curve.ts';
import type { StalledResult } from '../../metrics/dwell/stalled.ts';
import { quantileOfSorted, sortedCopy } from '../../stats/quantile.ts';
import type { Chart, IntervalRow, QuantileRow } from '../chart.ts';
import { sentences } from './page-parts.ts';

/** Deals that a chart shows one by one. */
const MOST_OPEN_DAYS = 200;
const ALL_DOTS: Text = say('The dots are the open deals, all of them.', '圆点为全部在途单。');
const STALLED_DOTS: Text = say(
  'Each dot is an open deal that is stalled; those within the usual time have none.',
  '每个点是一个停滞的在途单；未超时的不画点。',
);
const SAMPLE_DOTS: Text = say(
  'The dots are the open deals; of a stage with more than {most} a sample of {most}.',
  '圆点为在途单；超过 {most} 单的阶段只取 {most} 单为样本。',
);
const SAMPLED: Text = say(
  'Of more than {most} deals in a stage, {most} stand for all of them.',
  '阶段中超过 {most} 单时，以 {most} 个点代表全部。',
);
const ODDEST: Text = say(
  'Only the oddest {n} of {all} stalled deals have one.',
  '{all} 个停滞的在途单中只画最异常的 {n} 个。',
);
const AGES_NOTE: Text = say(
  'The open deals alone: their median age, and a line to the oldest.',
  '仅为在途单：点为已停留天数的中位数，横线至最久的一单。',
);
const AGE_ROW: Text = say(
  'median age {median}, oldest {max} (n {deals})',
  '已停留中位数 {median}，最久 {max}（{deals} 单）',
);
const NO_DEALS: Text = say('no open deals', '没有在途单');

/** The open deals that are shown one by one, and whether these are all of them. */
export interface Dots {
  readonly days: readonly number[];
  readonly isSampled: boolean;
  readonly isAll: boolean;
}

/** The ages of the open deals of a stage, else those of its stalled ones, as far as they are named. */
export function dotsOf(stage: string, ages: OpenAges, stalled: StalledResult | null): Dots {
  const named = stalled?.deals.filter((deal) => deal.stage === stage).map(({ ageDays }) => ageDays) ?? [];
  const days = ages.days ?? named;
  const isSampled = days.length > MOST_OPEN_DAYS || (ages.days !== undefined && days.length < ages.deals);
  return { days: sampledDays(days), isSampled, isAll: ages.days !== undefined };
}

/**
 * The ages of some deals in order; of more than can be shown, as many quantiles of them, the least and the greatest
 * among them.
 */
function sampledDays(days: readonly number[]): readonly number[] {
  const sorted = sortedCopy(days);
  if (sorted.length <= MOST_OPEN_DAYS) return Array.from(sorted);
  return Array.from(
    { length: MOST_OPEN_DAYS },
    (_, index) => quantileOfSorted(sorted, index / (MOST_OPEN_DAYS - 1)) ?? 0,
  );
}

/** How old the open deals of a stage are, with how many they are. */
export function ageText({ deals, medianDays, maxDays }: OpenAges, translator: Translator): string {
  if (deals === 0) return translator.text(NO_DEALS);
  const days = { median: translator.days(medianDays), max: translator.days(maxDays) };
  return translator.text(AGE_ROW, { ...days, deals });
}

/** What the dots of a chart are. */
function dotNote(dots: readonly Dots[], stalled: StalledResult | null, translator: Translator): string {
  if (dots.every(({ days }) => days.length === 0)) return '';
  const isSampled = dots.some((each) => each.isSampled);
  if (dots.every(({ isAll }) => isAll)) {
    return isSampled ? translator.text(SAMPLE_DOTS, { most: MOST_OPEN_DAYS }) : translator.text(ALL_DOTS);
  }
  const notes = [translator.text(STALLED_DOTS)];
  const all = stalled?.stalled.count ?? 0;
  const named = stalled?.deals.length ?? 0;
  if (named < all) notes.push(translator.text(ODDEST, { n: named, all }));
  if (isSampled) notes.push(translator.text(SAMPLED, { most: MOST_OPEN_DAYS }));
  return sentences(notes, translator);
}

/**
 * The chart of the stays; where there is neither a quantile nor a deal to show one by one, of what is known of the open
 * deals together.
 */
export function staysChart(
  rows: readonly QuantileRow[],
  stages: readonly { readonly openAges: OpenAges }[],
  dots: readonly Dots[],
  stalled: StalledResult | null,
  translator: Translator,
): { readonly chart: Chart; readonly caption: string } {
  const isKnown = ({ median, p75, p90, openDays }: QuantileRow): boolean =>
    [median, p75, p90, ...openDays].some((days) => days !== null);
  if (rows.some(isKnown)) {
    return { chart: { type: 'quantiles', unit: 'days', rows }, caption: dotNote(dots, stalled, translator) };
  }
  const ages = rows.map(({ label }, index): IntervalRow => {
    const { openAges } = stages[index]!;
    const { medianDays, maxDays } = openAges;
    return { label, value: medianDays, low: medianDays, high: maxDays, text: ageText(openAges, translator) };
  });
  return { chart: { type: 'intervals', unit: 'days', rows: ages }, caption: translator.text(AGES_NOTE) };
}
