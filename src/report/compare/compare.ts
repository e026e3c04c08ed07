import { dayOfIso, isoOf } from '../../dataset/values/calendar.ts';
import { periodName, periodStart, shiftPeriods } from '../../dataset/values/periods.ts';
import type { ReportDeals } from '../deals.ts';
import type { ComparedSide, Comparison, NamedReport, PipelineChange } from './comparison.ts';
import { daysFrom, dealChangesOf } from './deal-changes.ts';
import { type DealPairs, pairDeals } from './deal-pairs.ts';
import { findingChanges } from './finding-changes.ts';
import { headlineChanges } from './headline-changes.ts';
import { headlinesOf } from './headlines.ts';
import { comparisonNotes } from './notes.ts';
import { everyOpenDeal, openDealsDue, waterfallOf } from './waterfall.ts';

function sideOf({ file, report }: NamedReport): ComparedSide {
  const exports = report.inputs.filter(({ role }) => role === 'deals');
  return {
    date: report.asOf.date,
    file,
    inputs: exports.map((input) => ({ file: input.file, sha256: input.sha256 })),
    rows: exports.reduce((sum, { rows }) => sum + rows.audited, 0),
    hasDeals: report.deals !== undefined,
  };
}

function pipelineChange(before: ReportDeals, after: ReportDeals, pairs: DealPairs, date: string): PipelineChange {
  const start = periodStart(dayOfIso(date) ?? 0, 'quarter');
  const [from, until] = [isoOf(start), isoOf(shiftPeriods(start, 'quarter', 1) - 1)];
  const due = waterfallOf(openDealsDue(before, from, until), openDealsDue(after, from, until), pairs);
  return {
    ...waterfallOf(everyOpenDeal(before), everyOpenDeal(after), pairs),
    quarter: { name: periodName(start, 'quarter'), from, until, ...due },
  };
}

/** What is different between two reports; the earlier as-of day stands first, whichever was named first. */
export function compareReports(first: NamedReport, second: NamedReport): Comparison {
  const swapped = second.report.asOf.date < first.report.asOf.date;
  const [before, after] = swapped ? [second, first] : [first, second];
  const days = { before: before.report.asOf.date, after: after.report.asOf.date };
  const lists =
    before.report.deals === undefined || after.report.deals === undefined
      ? null
      : { before: before.report.deals, after: after.report.deals };
  const pairs = lists === null ? null : pairDeals(lists.before, lists.after);
  const deals = lists === null || pairs === null ? null : dealChangesOf(lists, pairs, days);
  const sides = { before: sideOf(before), after: sideOf(after) };
  return {
    schema: 1,
    kind: 'comparison',
    ...sides,
    days: daysFrom(days.before, days.after),
    swapped,
    notes: comparisonNotes(before, after, { swapped, deals }),
    deals,
    pipeline: lists === null || pairs === null ? null : pipelineChange(lists.before, lists.after, pairs, days.after),
    findings: findingChanges(before.report, after.report),
    metrics: headlineChanges(headlinesOf(before.report), headlinesOf(after.report)),
    labels: after.report.labels,
  };
}
