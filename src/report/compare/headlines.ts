import { say, type Text } from '../../i18n/text.ts';
import type { CompletenessResult } from '../../metrics/completeness/completeness.ts';
import type { ConversionResult } from '../../metrics/conversion/conversion.ts';
import type { DwellResult } from '../../metrics/dwell/dwell.ts';
import type { CycleResult } from '../../metrics/pipeline/cycle.ts';
import type { FreshnessResult } from '../../metrics/pipeline/freshness.ts';
import type { FunnelResult } from '../../metrics/pipeline/funnel.ts';
import type { WinRateResult } from '../../metrics/win/win-rate.ts';
import { findingsOfSeverity } from '../kept-findings.ts';
import { resultOf } from '../metric-result.ts';
import type { AuditReport } from '../report.ts';

/** A figure that two reports, or a series of them, are compared by. */
export interface Headline {
  readonly figure: HeadlineName;
  /** Stage or currency it is of; null for the whole. */
  readonly part: string | null;
  readonly value: number | null;
  /** Counts behind a rate. */
  readonly count: number | null;
  readonly of: number | null;
  /** 95 %, where one is known; null for a limit that is not reached. */
  readonly interval: readonly [number | null, number | null] | null;
}

/** What is known of a headline figure whatever its value. */
export interface HeadlineKind {
  readonly title: Text;
  readonly unit: 'rate' | 'days' | 'money' | 'count' | 'number';
  /** Which way is good; null where neither is. */
  readonly better: 'higher' | 'lower' | null;
  readonly part: 'stage' | 'currency' | null;
  /** It rises by nature, so that no level can be expected of it over time. */
  readonly isRunningTotal?: boolean;
  /** The greatest value there can be, where there is one besides that of a rate. */
  readonly most?: number;
}

const kind = (
  title: Text,
  unit: HeadlineKind['unit'],
  better: HeadlineKind['better'],
  part: HeadlineKind['part'] = null,
): HeadlineKind => ({ title, unit, better, part });

/** The figures by name, in the order people see them. */
export const HEADLINES = {
  winRate: kind(say('Win rate (closed)', '赢单率（已关闭）'), 'rate', 'higher'),
  conversion: kind(say('Goes on', '转化率'), 'rate', 'higher', 'stage'),
  medianDwell: kind(say('Median stay', '停留中位数'), 'days', 'lower', 'stage'),
  stalled: kind(say('Stalled', '停滞占比'), 'rate', 'lower'),
  cycle: kind(say('Sales cycle, median', '成交周期（中位数）'), 'days', 'lower'),
  completeness: kind(say('Completeness', '完整度'), 'rate', 'higher'),
  pastDue: kind(say('Past close date', '预计成交日已过'), 'rate', 'lower'),
  dormant: kind(say('Untouched for 30 days', '30 天未更新'), 'rate', 'lower'),
  openDeals: kind(say('Open deals', '在途单数'), 'count', null),
  openAmount: kind(say('Open amount', '在途金额'), 'money', null, 'currency'),
  deals: { ...kind(say('Deals', '全部单数'), 'count', null), isRunningTotal: true },
  score: { ...kind(say('Health score', '健康分'), 'number', 'higher'), most: 100 },
  errors: kind(say('Findings: errors', '问题数：错误'), 'count', 'lower'),
  warnings: kind(say('Findings: warnings', '问题数：警告'), 'count', 'lower'),
} as const satisfies Record<string, HeadlineKind>;
export type HeadlineName = keyof typeof HEADLINES;

const NOTHING = { part: null, value: null, count: null, of: null, interval: null };

interface Share {
  readonly value: number | null;
  readonly count: number;
  readonly of: number;
  readonly interval?: Headline['interval'];
}

function ofShare(figure: HeadlineName, share: Share | null | undefined, part: string | null = null): Headline[] {
  if (share === null || share === undefined) return [];
  const { value, count, of, interval = null } = share;
  return [{ figure, part, value, count, of, interval }];
}

/** Without counts: what was estimated from censored deals has a base but no numerator. */
function ofValue(figure: HeadlineName, value: number | null, more: Partial<Headline> = {}): Headline[] {
  return value === null && more.of === undefined ? [] : [{ ...NOTHING, figure, value, ...more }];
}

function conversionHeadlines(result: ConversionResult | null): Headline[] {
  if (result?.basis !== 'history') return [];
  return result.stages.flatMap(({ stage, headline, matured, estimated }) => {
    if (headline === 'matured') return ofShare('conversion', matured, stage);
    if (estimated === null) return [];
    const { value, of, interval } = estimated;
    return ofValue('conversion', value, { part: stage, of, interval });
  });
}

function dwellHeadlines(result: DwellResult | null): Headline[] {
  if (result?.basis !== 'history') return [];
  return result.stages.flatMap(({ stage, medianDays, medianInterval, closedVisits, openVisits }) =>
    ofValue('medianDwell', medianDays, { part: stage, of: closedVisits + openVisits, interval: medianInterval }),
  );
}

function stalledHeadlines(result: DwellResult | null): Headline[] {
  return result?.basis === 'history' ? ofShare('stalled', result.stalled) : [];
}

function cycleHeadlines(result: CycleResult | null): Headline[] {
  if (result === null) return [];
  const { medianDays, deals, medianInterval } = result.won;
  // Reports of earlier versions do not say how sure the median is.
  return ofValue('cycle', medianDays, { of: deals, interval: medianInterval ?? null });
}

function completenessHeadlines(result: CompletenessResult | null): Headline[] {
  if (result === null) return [];
  const { value, filled, required } = result.pooled;
  return ofShare('completeness', { value, count: filled, of: required });
}

function openDealHeadlines(result: FunnelResult | null): Headline[] {
  return result === null ? [] : ofValue('openDeals', result.kinds.open.deals);
}

function openAmountHeadlines(result: FunnelResult | null): Headline[] {
  const amounts = Object.entries(result?.kinds.open.amounts ?? {});
  return amounts.flatMap(([currency, amount]) => ofValue('openAmount', amount, { part: currency }));
}

/** How each figure, or one of each stage or currency, is read from a report, in the order people see them. */
const READERS: readonly ((report: AuditReport) => readonly Headline[])[] = [
  (report) => ofShare('winRate', resultOf<WinRateResult>(report, 'winRate')?.closed),
  (report) => conversionHeadlines(resultOf(report, 'conversion')),
  (report) => dwellHeadlines(resultOf(report, 'dwell')),
  (report) => stalledHeadlines(resultOf(report, 'dwell')),
  (report) => cycleHeadlines(resultOf(report, 'cycle')),
  (report) => completenessHeadlines(resultOf(report, 'completeness')),
  (report) => ofShare('pastDue', resultOf<FreshnessResult>(report, 'freshness')?.pastDue),
  (report) => ofShare('dormant', resultOf<FreshnessResult>(report, 'freshness')?.dormant),
  (report) => openDealHeadlines(resultOf(report, 'funnel')),
  (report) => openAmountHeadlines(resultOf(report, 'funnel')),
  (report) => ofValue('deals', resultOf<FunnelResult>(report, 'funnel')?.deals ?? null),
  ({ score }) => ofValue('score', score.value),
  (report) => ofValue('errors', findingsOfSeverity(report, 'error')),
  (report) => ofValue('warnings', findingsOfSeverity(report, 'warn')),
];

function isNumberOrNull(value: unknown): boolean {
  return value === null || Number.isFinite(value);
}

function isInterval(interval: unknown): boolean {
  if (interval === null) return true;
  return Array.isArray(interval) && interval.length === 2 && interval.every(isNumberOrNull);
}

/** A share is one of its base, and a base no number below zero. */
function hasSoundCounts({ count, of }: Headline): boolean {
  if (!isNumberOrNull(count) || !isNumberOrNull(of)) return false;
  return (of ?? 0) >= 0 && (count === null || (count >= 0 && count <= (of ?? count)));
}

function isReadable(headline: Headline): boolean {
  const { figure, part, value, interval } = headline;
  const hasPart = HEADLINES[figure].part === null ? part === null : typeof part === 'string';
  return hasPart && isNumberOrNull(value) && hasSoundCounts(headline) && isInterval(interval);
}

/**
 * The figures that one reader finds, none where it finds something else. What a metric computed is not checked when a
 * report is read, for every version computes more: a report that an earlier version has saved, or that somebody has
 * edited, may hold anything there. That is one figure less, and no fault of the other ones.
 */
function readFigures(read: (typeof READERS)[number], report: AuditReport): readonly Headline[] {
  try {
    return read(report).filter(isReadable);
  } catch {
    return [];
  }
}

/** The headline figures of a report, in order; those it could not compute, or that cannot be read, are left out. */
export function headlinesOf(report: AuditReport): readonly Headline[] {
  return READERS.flatMap((read) => readFigures(read, report));
}

/** Identity of a headline figure within a report. */
export function headlineKey({ figure, part }: Pick<Headline, 'figure' | 'part'>): string {
  return part === null ? figure : `${figure} ${part}`;
}
