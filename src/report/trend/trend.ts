import type { Args, Text } from '../../i18n/text.ts';
import { HEADLINES, type Headline, type HeadlineKind, headlineKey, headlinesOf } from '../compare/headlines.ts';
import type { AuditReport } from '../report.ts';
import { compareText } from '../text-order.ts';
import { type JudgedPoint, type JudgedSeries, judgeSeries } from './judge-series.ts';

/** What a trend keeps of one report: the rest of it may be forgotten. */
export interface TrendReport {
  readonly file: string;
  /** As-of day, ISO. */
  readonly date: string;
  readonly rows: number;
  readonly headlines: readonly Headline[];
  /** Ids of the stages in order, and of the rules: reports of one list agree in them. */
  readonly stages: readonly string[];
  readonly rules: readonly string[];
  readonly labels: AuditReport['labels'];
}

/** One figure on one day. */
export interface TrendPoint extends JudgedPoint {
  readonly date: string;
  readonly count: number | null;
  readonly of: number | null;
}

/** One figure over all reports. */
export interface TrendSeries extends Omit<JudgedSeries, 'points'> {
  readonly figure: Headline['figure'];
  /** Stage or currency it is of; null for the whole. */
  readonly part: string | null;
  readonly title: Text;
  readonly unit: HeadlineKind['unit'];
  readonly better: HeadlineKind['better'];
  /** One a report, in order of their days. */
  readonly points: readonly TrendPoint[];
}

export interface TrendNote {
  readonly code: string;
  readonly args: Args;
}

/** A series of reports as plain JSON: the contract of `trend -f json`. Keys are only ever added. */
export interface Trend {
  readonly schema: 1;
  readonly kind: 'trend';
  readonly reports: readonly { readonly file: string; readonly date: string; readonly deals: number }[];
  readonly notes: readonly TrendNote[];
  readonly series: readonly TrendSeries[];
  /** Of the latest report. */
  readonly labels: AuditReport['labels'];
}

/** What a trend needs of a report. */
export function trendReportOf(file: string, report: AuditReport): TrendReport {
  const exports = report.inputs.filter(({ role }) => role === 'deals');
  return {
    file,
    date: report.asOf.date,
    rows: exports.reduce((sum, { rows }) => sum + rows.audited, 0),
    headlines: headlinesOf(report),
    stages: Object.keys(report.labels.stages),
    rules: report.rules.map(({ id }) => id),
    labels: report.labels,
  };
}

/** Reports in order of their days; of several of one day the one whose file name comes last. */
function inOrder(reports: readonly TrendReport[]): {
  readonly kept: readonly TrendReport[];
  readonly left: readonly TrendReport[];
} {
  const sorted = reports.toSorted((a, b) => compareText(a.date, b.date) || compareText(a.file, b.file));
  return {
    kept: sorted.filter(({ date }, index) => sorted[index + 1]?.date !== date),
    left: sorted.filter(({ date }, index) => sorted[index + 1]?.date === date),
  };
}

function isSame(first: readonly string[], second: readonly string[]): boolean {
  return first.length === second.length && first.every((each, index) => each === second[index]);
}

function notesOf(kept: readonly TrendReport[], left: readonly TrendReport[]): TrendNote[] {
  const latest = kept.at(-1);
  if (latest === undefined) return [];
  const filesWhere = (test: (report: TrendReport) => boolean) => kept.filter(test).map(({ file }) => file);
  const otherStages = filesWhere(({ stages }) => !isSame(stages, latest.stages));
  const otherRules = filesWhere(({ rules }) => !isSame(rules.toSorted(), latest.rules.toSorted()));
  return [
    ...left.map(({ file, date }) => {
      const used = kept.find((each) => each.date === date)?.file ?? '';
      return { code: 'sameDay', args: { file, used, date: { date } } };
    }),
    ...(otherStages.length === 0 ? [] : [{ code: 'otherStages', args: { files: { list: otherStages } } }]),
    ...(otherRules.length === 0 ? [] : [{ code: 'otherRules', args: { files: { list: otherRules } } }]),
  ];
}

function seriesOf(key: string, reports: readonly TrendReport[]): TrendSeries {
  const found = reports.map(({ headlines }) => headlines.find((each) => headlineKey(each) === key) ?? null);
  const { figure, part } = found.find((each) => each !== null) as Headline;
  const kind: HeadlineKind = HEADLINES[figure];
  const { title, unit, better } = kind;
  const values = found.map((each) => ({
    value: each?.value ?? null,
    count: each?.count ?? null,
    of: each?.of ?? null,
  }));
  const judged = judgeSeries(values, kind);
  const points = judged.points.map((point, index) => ({
    date: reports[index]?.date ?? '',
    ...point,
    count: values[index]?.count ?? null,
    of: values[index]?.of ?? null,
  }));
  return { figure, part, title, unit, better, ...judged, points };
}

/** Figures over time, each with the limits that chance keeps it within; reports may come in any order. */
export function trendOf(reports: readonly TrendReport[]): Trend {
  const { kept, left } = inOrder(reports);
  const names = Object.keys(HEADLINES);
  const keys = [...new Set(kept.flatMap(({ headlines }) => headlines.map(headlineKey)))];
  const rank = (key: string): number => names.indexOf(key.split(' ')[0] as string);
  return {
    schema: 1,
    kind: 'trend',
    reports: kept.map(({ file, date, rows }) => ({ file, date, deals: rows })),
    notes: notesOf(kept, left),
    // Sorting is stable: stages stay in order of the funnel.
    series: keys.toSorted((a, b) => rank(a) - rank(b)).map((key) => seriesOf(key, kept)),
    labels: kept.at(-1)?.labels ?? { fields: {}, stages: {} },
  };
}
