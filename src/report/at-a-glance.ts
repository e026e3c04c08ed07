import { say, type Text } from '../i18n/text.ts';
import type { Translator } from '../i18n/translator.ts';
import { amountsText } from '../metrics/amounts.ts';
import type { CompletenessResult } from '../metrics/completeness.ts';
import type { ConversionResult } from '../metrics/conversion.ts';
import type { CycleResult } from '../metrics/cycle.ts';
import type { DwellResult } from '../metrics/dwell.ts';
import type { FreshnessResult } from '../metrics/freshness.ts';
import type { FunnelResult } from '../metrics/funnel.ts';
import { closedText, type WinRateResult } from '../metrics/win-rate.ts';
import { type Block, heading, type Inline, span, type TableColumn } from './document.ts';
import type { AuditReport } from './report.ts';

/** The results that the first screen draws on; each is absent when its metric could not be computed. */
interface Results {
  readonly funnel: FunnelResult | null;
  readonly conversion: ConversionResult | null;
  readonly dwell: DwellResult | null;
  readonly winRate: WinRateResult | null;
  readonly cycle: CycleResult | null;
  readonly completeness: CompletenessResult | null;
  readonly freshness: FreshnessResult | null;
}

function resultsOf({ metrics }: AuditReport): Results {
  // A metric's entry holds what that metric computed, in this run or the one that was saved.
  const of = <Result>(name: string): Result | null => (metrics[name]?.result as Result | undefined) ?? null;
  return {
    funnel: of('funnel'),
    conversion: of('conversion'),
    dwell: of('dwell'),
    winRate: of('winRate'),
    cycle: of('cycle'),
    completeness: of('completeness'),
    freshness: of('freshness'),
  };
}

const BAR_CELLS = 16;

/** A bar of the funnel: at least a sliver for a stage that holds a deal. */
function bar(value: number, greatest: number): string {
  if (value === 0 || greatest === 0) return '';
  return '█'.repeat(Math.max(1, Math.round((value / greatest) * BAR_CELLS)));
}

function goesOnText(stage: string, conversion: ConversionResult | null, translator: Translator): string {
  if (conversion === null) return '';
  if (conversion.basis === 'snapshot') {
    const found = conversion.stages.find((each) => each.stage === stage);
    if (found === undefined || found.stepLow === null || found.stepHigh === null) return translator.value(null);
    return `${translator.number(found.stepLow * 100, 0)}–${translator.percent(found.stepHigh, 0)}`;
  }
  const found = conversion.stages.find((each) => each.stage === stage);
  if (found === undefined) return '';
  if (found.headline === 'matured' && found.matured !== null && found.matured.value !== null) {
    return `${translator.percent(found.matured.value, 0)} (n ${translator.number(found.matured.of)})`;
  }
  if (found.estimated === null) return translator.value(null);
  if (found.estimated.of < 5) return translator.share(found.toDate.count, found.toDate.of);
  return `≈${translator.percent(found.estimated.value, 0)} (n ${translator.number(found.estimated.of)})`;
}

function medianText(stage: string, dwell: DwellResult | null, translator: Translator): string {
  if (dwell === null || dwell.basis === 'snapshot') return '';
  const found = dwell.stages.find((each) => each.stage === stage);
  return found === undefined ? '' : translator.days(found.medianDays);
}

function stalledText(stage: string, dwell: DwellResult | null, translator: Translator): Inline {
  if (dwell === null || dwell.basis === 'snapshot') return '';
  const found = dwell.stages.find((each) => each.stage === stage);
  if (found === undefined || found.thresholdDays === null) return '';
  const { count, of } = found.stalled;
  const text = translator.text(say('{count} of {of}', '{count}/{of}'), { count, of });
  return count === 0 ? [span(text, 'muted')] : text;
}

function tableOf({ funnel, conversion, dwell }: Results, translator: Translator): Block[] {
  if (funnel === null) return [];
  const open = funnel.stages.filter(({ kind }) => kind === 'open');
  const greatest = Math.max(0, ...open.map(({ deals }) => deals));
  const column = (en: string, zh: string, align: 'left' | 'right', priority: number): TableColumn => ({
    title: translator.text(say(en, zh)),
    align,
    priority,
  });
  const columns = [
    column('Funnel', '销售漏斗', 'left', 0),
    column('', '', 'left', 4),
    column('Now', '现有', 'right', 0),
    column('Amount', '金额', 'right', 2),
    column('Goes on', '转化率', 'right', 1),
    column('Median stay', '停留中位数', 'right', 1),
    column('Stalled', '停滞', 'right', 3),
  ];
  const rows = open.map(({ stage, deals, amounts }): Inline[] => [
    translator.stage(stage),
    [span(bar(deals, greatest), 'good')],
    translator.number(deals),
    amountsText(amounts, translator),
    goesOnText(stage, conversion, translator),
    medianText(stage, dwell, translator),
    stalledText(stage, dwell, translator),
  ]);
  const used = columns.map((_, index) => index < 3 || rows.some((row) => row[index] !== ''));
  return [
    {
      type: 'table',
      columns: columns.filter((_, index) => used[index]),
      rows: rows.map((row) => row.filter((_, index) => used[index])),
    },
  ];
}

type FigureLine = readonly [Text, string];

function winRateLine({ winRate }: Results, translator: Translator): FigureLine | null {
  if (winRate === null) return null;
  const { closed, counts } = winRate;
  const standing = translator.text(say('{open} open, {won} won, {lost} lost', '在途 {open}，赢单 {won}，输单 {lost}'), {
    ...counts,
  });
  return [say('Win rate', '赢单率'), `${closedText(closed, translator)} · ${standing}`];
}

function cycleLine({ cycle }: Results, translator: Translator): FigureLine | null {
  if (cycle === null || cycle.won.medianDays === null) return null;
  const { medianDays, deals } = cycle.won;
  const text = say('median {median} ({deals} won deals)', '中位数 {median}（{deals} 个赢单）');
  return [say('Cycle', '成交周期'), translator.text(text, { median: { days: medianDays }, deals })];
}

function completenessLine({ completeness }: Results, translator: Translator): FigureLine | null {
  if (completeness === null || completeness.pooled.required === 0) return null;
  const worst = [...completeness.fields]
    .filter(({ value, count, of }) => value !== null && count < of)
    .sort((a, b) => (a.value ?? 0) - (b.value ?? 0))
    .slice(0, 3)
    .map(({ field, value }) => `${translator.field(field)} ${translator.percent(value, 0)}`);
  const { filled, required } = completeness.pooled;
  return [say('Completeness', '完整度'), [translator.share(filled, required), ...worst].join(' · ')];
}

function pastDueLine({ freshness }: Results, translator: Translator): FigureLine | null {
  const pastDue = freshness?.pastDue ?? null;
  if (pastDue === null || pastDue.of === 0) return null;
  return [say('Past due', '已过期'), translator.share(pastDue.count, pastDue.of, pastDue.interval)];
}

/** One line a figure: how many are won, how fast, how full the records are, and how fresh. */
function keyFigures(results: Results, translator: Translator): Inline[] {
  const lines = [winRateLine, cycleLine, completenessLine, pastDueLine].flatMap((line) => {
    const made = line(results, translator);
    return made === null ? [] : [made];
  });
  return lines.map(([title, text]) => [span(`${translator.text(title)}  `, 'strong'), text]);
}

/** The funnel on one screen: each open stage with its deals, conversion and dwell, then the key figures. */
export function glanceBlocks(report: AuditReport, translator: Translator): Block[] {
  const results = resultsOf(report);
  const table = tableOf(results, translator);
  const figures = keyFigures(results, translator);
  return [...table, ...(figures.length === 0 ? [] : [{ type: 'list', items: figures } as const])];
}

/** The heading over what the metrics say in full. */
export function detailHeading(translator: Translator): Block {
  return heading(1, translator.text(say('In detail', '详细指标')));
}
