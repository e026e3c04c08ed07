import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import type { DwellResult, HistoryDwell, SnapshotDwell } from '../../metrics/dwell/dwell.ts';
import type { OpenAges } from '../../metrics/dwell/dwell-curve.ts';
import { reliabilityBlocks } from '../../metrics/dwell/dwell-reliability-blocks.ts';
import type { StageDwell } from '../../metrics/dwell/dwell-stages.ts';
import { titleWithUnit } from '../../metrics/dwell/dwell-study.ts';
import type { StalledResult } from '../../metrics/dwell/stalled.ts';
import { unknownStartBlocks } from '../../metrics/first-export.ts';
import { shareOf } from '../../metrics/rate.ts';
import type { QuantileRow } from '../chart.ts';
import { type Block, callout, paragraph } from '../document.ts';
import { ageText, type Dots, dotsOf, staysChart } from './open-days.ts';
import { chartBlock, describedRows, figureTable, greatest } from './page-parts.ts';

const STAGE: Text = say('Stage', '阶段');
const LONGEST: Text = say(
  'Deals stay longest at {stage}: half of them for more than {days}',
  '停留最久的阶段是“{stage}”：半数停留超过 {days}',
);
const OPEN_LONGEST: Text = say(
  'Open deals have been longest at {stage}: half of them for more than {days}',
  '在途单停留最久的阶段是“{stage}”：半数已停留超过 {days}',
);
const STAYS: Text = say('How long deals stay in each stage', '单在各阶段停留的时长');
const AGES: Text = say('How long the open deals have been in their stage', '在途单在当前阶段已停留的时长');
const VISITS: Text = say('{closed} ended, {open} still there', '已离开 {closed}，仍在 {open}');
const MEDIAN: Text = say('median {days}', '中位数 {days}');
const NO_MEDIAN: Text = say('more than half stay over {days}', '半数以上停留超过 {days}');
const COLUMNS = {
  stage: STAGE,
  p25: say('25% within', '25% 不超过'),
  median: say('Median', '中位数'),
  p75: say('75% within', '75% 不超过'),
  p90: say('90% within', '90% 不超过'),
  ended: say('Ended', '已离开'),
  open: say('Open now', '在途'),
  age: say('Median age', '在途已停留中位数'),
  ageP90: say('90% no older than', '90% 在途不超过'),
  oldest: say('Oldest', '最久'),
  limit: say('Stalled after', '停滞界限'),
  stalled: say('Stalled', '停滞'),
} as const;
const NOT_REACHED: Text = say('over {days}', '超过 {days}');
const UNKNOWN: Text = say(
  'Open deals without a usable date of entry: {count}.',
  '没有可用进入日期的在途单：{count} 单。',
);

function agesOf({ deals, medianDays, p90Days, maxDays }: OpenAges): NonNullable<QuantileRow['openAges']> {
  return { deals, median: medianDays, p90: p90Days, max: maxDays };
}

/** Days as they are shown: stages of the same figure are not told apart. */
function shownDays(days: number | null): number | null {
  return days === null ? null : Math.round(days * 10) / 10;
}

function quantileText(days: number | null, { maxFollowUpDays }: StageDwell, translator: Translator): string {
  if (days !== null || maxFollowUpDays === null) return translator.days(days);
  return translator.text(NOT_REACHED, { days: { days: maxFollowUpDays } });
}

function stayText(stage: StageDwell, translator: Translator): string {
  const { medianDays, maxFollowUpDays, closedVisits: closed, openVisits: open } = stage;
  const known = (text: Text, days: number | null): string[] =>
    days === null ? [] : [translator.text(text, { days: { days } })];
  const median = medianDays === null ? known(NO_MEDIAN, maxFollowUpDays) : known(MEDIAN, medianDays);
  return [...median, translator.text(VISITS, { closed, open })].join(' · ');
}

function historyRow(stage: StageDwell & { readonly stage: string }, dots: Dots, translator: Translator): QuantileRow {
  const { medianDays, p75Days, p90Days, p25Days = null, thresholdDays } = stage;
  return {
    label: translator.stage(stage.stage),
    p25: p25Days,
    median: medianDays,
    p75: p75Days,
    p90: p90Days,
    openDays: dots.days,
    openAges: agesOf(stage.openAges),
    limitDays: thresholdDays,
    text: stayText(stage, translator),
  };
}

function historyTable(stages: readonly (StageDwell & { readonly stage: string })[], translator: Translator) {
  const hasLower = stages.some(({ p25Days = null }) => p25Days !== null);
  const { p25, ...columns } = COLUMNS;
  const titles = hasLower ? Object.values(COLUMNS) : Object.values(columns);
  const rows = stages.map((stage) => [
    translator.stage(stage.stage),
    ...(hasLower ? [translator.days(stage.p25Days ?? null)] : []),
    ...[stage.medianDays, stage.p75Days, stage.p90Days].map((days) => quantileText(days, stage, translator)),
    translator.number(stage.closedVisits),
    translator.number(stage.openVisits),
    translator.days(stage.openAges.medianDays),
    translator.days(stage.openAges.p90Days),
    translator.days(stage.openAges.maxDays),
    stage.thresholdDays === null ? '–' : translator.days(stage.thresholdDays),
    stage.thresholdDays === null ? '–' : shareOf(stage.stalled, translator),
  ]);
  return figureTable(titles, rows, translator);
}

function historyBlocks(result: HistoryDwell, stalled: StalledResult | null, translator: Translator): Block[] {
  const { stages, reliability = null, startUnknown } = result;
  const warnings = [
    ...unknownStartBlocks(startUnknown, 'stays', translator),
    ...reliabilityBlocks(reliability, translator),
  ];
  if (stages.length === 0) return [...warnings];
  const dots = stages.map(({ stage, openAges }) => dotsOf(stage, openAges, stalled));
  const rows = stages.map((stage, index) => historyRow(stage, dots[index]!, translator));
  const longest = greatest(stages, ({ medianDays }) => shownDays(medianDays));
  const title =
    longest === null || startUnknown
      ? translator.text(STAYS)
      : translator.text(LONGEST, {
          stage: { stage: longest.stage },
          days: translator.days(longest.medianDays),
        });
  return [
    ...warnings,
    chartBlock({
      title,
      description: describedRows(titleWithUnit(STAYS, result, translator), rows, translator),
      table: historyTable(stages, translator),
      ...staysChart(rows, stages, dots, stalled, translator),
    }),
  ];
}

function snapshotBlocks(result: SnapshotDwell, translator: Translator): Block[] {
  const { stages, unknown, caveat } = result;
  const head = callout('warn', translator.text(caveat));
  if (stages.length === 0) return [head];
  // The stalled deals alone would hide that most deals are younger.
  const dots = stages.map(({ stage, openAges }) => dotsOf(stage, openAges, null));
  const rows = stages.map(({ stage, openAges }, index): QuantileRow => {
    const none = { p25: null, median: null, p75: null, p90: null };
    const text = ageText(openAges, translator);
    return { label: translator.stage(stage), ...none, openDays: dots[index]!.days, openAges: agesOf(openAges), text };
  });
  const oldest = greatest(stages, ({ openAges }) => shownDays(openAges.medianDays));
  const title =
    oldest === null
      ? translator.text(AGES)
      : translator.text(OPEN_LONGEST, {
          stage: { stage: oldest.stage },
          days: translator.days(oldest.openAges.medianDays),
        });
  const table = figureTable(
    [STAGE, COLUMNS.open, COLUMNS.age, COLUMNS.ageP90, COLUMNS.oldest],
    stages.map(({ stage, openAges: { deals, medianDays, p90Days, maxDays } }) => [
      translator.stage(stage),
      translator.number(deals),
      ...[medianDays, p90Days, maxDays].map((days) => translator.days(days)),
    ]),
    translator,
  );
  const description = describedRows(translator.text(AGES), rows, translator);
  return [
    head,
    chartBlock({ title, description, table, ...staysChart(rows, stages, dots, null, translator) }),
    ...(unknown > 0 ? [paragraph(translator.text(UNKNOWN, { count: unknown }))] : []),
  ];
}

/** How long deals stay in each stage, and how long the open ones have been there. */
export function dwellBlocks(result: DwellResult, stalled: StalledResult | null, translator: Translator): Block[] {
  if (result.basis === 'snapshot') return snapshotBlocks(result, translator);
  return historyBlocks(result, stalled, translator);
}
