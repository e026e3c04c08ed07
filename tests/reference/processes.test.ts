import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { sampleStandardDeviation } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import type { Journeys } from '../../src/dataset/dataset.ts';
import { buildJourneys } from '../../src/dataset/journeys/journeys.ts';
import { DAY_MILLIS } from '../../src/dataset/values/calendar.ts';
import { sumMoney } from '../../src/dataset/values/money-sum.ts';
import { mean } from '../../src/stats/mean.ts';
import { median, quantile } from '../../src/stats/quantile.ts';
import { stagesOf } from '../metrics/dataset-fixture.ts';
import { rowsOf } from '../stats/reference.ts';
import { hasReference, type ReferenceFile, referenceFile } from './reference-file.ts';

const DATA = new URL('../../../shared/reference/data/', import.meta.url);

interface Process {
  /** Every event is a visit: an activity done again is a stage of its own, with the name of the first. */
  readonly journeys: Journeys;
  /** An activity that follows itself is one visit, as in a sales funnel. */
  readonly collapsed: Journeys;
  readonly activities: readonly string[];
  readonly cases: readonly string[];
  /** The first and last event of each case, in milliseconds, whatever the activity. */
  readonly spans: readonly (readonly [number, number])[];
}

/** One a row: how often its case had had its activity before, in the order of the file. */
function timesBefore(rows: readonly Readonly<Record<string, string>>[]): number[] {
  const counts = new Map<string, number>();
  return rows.map(({ case_id: name, activity }) => {
    const before = counts.get(`${name} ${activity}`) ?? 0;
    counts.set(`${name} ${activity}`, before + 1);
    return before;
  });
}

/** A process log as the journeys of its cases through stages that are its activities. */
function processOf(file: string): Process {
  const bytes = readFileSync(new URL(file, DATA));
  const rows = rowsOf((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
  const activities = [...new Set(rows.map((row) => row['activity']!))];
  const cases = [...new Set(rows.map((row) => row['case_id']!))];
  const dealOf = new Map(cases.map((name, index) => [name, index]));
  const stageOf = new Map(activities.map((name, index) => [name, index]));
  const millis = rows.map((row) => Date.parse(row['timestamp']!.replace(' ', 'T')));
  const before = timesBefore(rows);
  const logOf = (stageOfRow: Int16Array) => ({
    dealOfRow: Int32Array.from(rows, (row) => dealOf.get(row['case_id']!)!),
    stageOfRow,
    millisOfRow: Float64Array.from(millis),
    hasTime: true,
  });
  const plain = Int16Array.from(rows, (row) => stageOf.get(row['activity']!)!);
  const told = plain.map((stage, row) => before[row]! * activities.length + stage);
  const asOfDay = Math.ceil(millis.reduce((latest, each) => Math.max(latest, each), 0) / DAY_MILLIS);
  const count = (1 + Math.max(...before)) * activities.length;
  const stages = stagesOf(Array.from({ length: count }, (_, stage) => ({ id: String(stage) })));
  const context = { rowCount: cases.length, stages, asOfDay };
  const spans = cases.map((): [number, number] => [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  for (const [index, row] of rows.entries()) {
    const span = spans[dealOf.get(row['case_id']!)!]!;
    span[0] = Math.min(span[0], millis[index]!);
    span[1] = Math.max(span[1], millis[index]!);
  }
  const journeys = buildJourneys(logOf(told), context);
  return { journeys, collapsed: buildJourneys(logOf(plain), context), activities, cases, spans };
}

/** The stages of each case in order. */
function tracesOf({ journeys, activities, cases }: Process): readonly (readonly string[])[] {
  return cases.map((_, deal) =>
    Array.from(
      journeys.stage.subarray(journeys.offsets[deal]!, journeys.offsets[deal + 1]!),
      (stage) => activities[stage % activities.length]!,
    ),
  );
}

function tally(names: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** Seconds in the first of two stages, for each direct move between two stages. */
function movesOf({ journeys, activities, cases }: Process): ReadonlyMap<string, number[]> {
  const moves = new Map<string, number[]>();
  for (const deal of cases.keys()) {
    for (let stay = journeys.offsets[deal]!; stay < journeys.offsets[deal + 1]! - 1; stay++) {
      const [from, to] = [journeys.stage[stay]!, journeys.stage[stay + 1]!].map((stage) => stage % activities.length);
      const name = `${activities[from!]} → ${activities[to!]}`;
      const seconds = (journeys.end[stay]! - journeys.start[stay]!) / 1000;
      moves.set(name, [...(moves.get(name) ?? []), seconds]);
    }
  }
  return moves;
}

function secondsOf(spans: Process['spans']) {
  const seconds = spans.map(([first, last]) => (last - first) / 1000);
  return {
    mean: mean(seconds),
    median: median(seconds),
    min: Math.min(...seconds),
    max: Math.max(...seconds),
    p25_type7: quantile(seconds, 0.25),
    p75_type7: quantile(seconds, 0.75),
    p90_type7: quantile(seconds, 0.9),
    sum: sumMoney(seconds),
  };
}

function compareCases(file: ReferenceFile, log: Process): void {
  const { journeys, cases, activities, spans } = log;
  const traces = tracesOf(log);
  const again = traces.flatMap((trace) => Object.entries(tally(trace)).flatMap(([name, n]) => (n > 1 ? [name] : [])));
  file.compare(
    {
      events: journeys.stage.length,
      cases: cases.length,
      activities: activities.length,
      throughput_seconds: secondsOf(spans),
      start_activities: tally(traces.map((trace) => trace[0]!)),
      end_activities: tally(traces.map((trace) => trace.at(-1)!)),
      activity_event_counts: tally(traces.flat()),
      activity_case_counts: tally(traces.flatMap((trace) => [...new Set(trace)])),
      rework_cases_per_activity: tally(again),
    },
    [],
  );
  const [first, last] = [file.input<string>('first_event'), file.input<string>('last_event')];
  expect(Math.min(...spans.map(([start]) => start))).toBe(Date.parse(first.replace(' ', 'T')));
  expect(Math.max(...spans.map(([, end]) => end))).toBe(Date.parse(last.replace(' ', 'T')));
}

function compareVariants(file: ReferenceFile, log: Process): void {
  const variants = tally(tracesOf(log).map((trace) => trace.join(' → ')));
  file.compare(Object.keys(variants).length, ['variants']);
  const top = file.input<{ count: number; trace: string[] }[]>('top_variants');
  for (const { count, trace } of top) expect(variants[trace.join(' → ')]).toBe(count);
}

/** Direct moves from one activity to another: how often, and how long after. */
function compareMoves(file: ReferenceFile, log: Process): void {
  const moves = movesOf(log);
  file.compare(moves.size, ['dfg_edges']);
  const edges = file.input<[string, string, number][]>('dfg');
  for (const [from, to, count] of edges) expect(moves.get(`${from} → ${to}`)?.length, `${from} → ${to}`).toBe(count);
  const timed = file.input<[string, string, unknown][]>('performance_dfg_seconds');
  const result = timed.map(([from, to]) => {
    const seconds = moves.get(`${from} → ${to}`) ?? [];
    return [
      from,
      to,
      {
        mean: mean(seconds),
        median: median(seconds),
        max: Math.max(...seconds),
        min: Math.min(...seconds),
        sum: sumMoney(seconds),
        stdev: seconds.length > 1 ? sampleStandardDeviation(seconds) : null,
      },
    ];
  });
  file.compare(result, ['performance_dfg_seconds'], 1e-6);
}

/** In a funnel an activity that follows itself is one visit; the rows left out are counted. */
function compareCollapsed(log: Process): void {
  const { collapsed, journeys } = log;
  const repeats = [...movesOf(log)].reduce((sum, [name, seconds]) => {
    const [from, to] = name.split(' → ');
    return from === to ? sum + seconds.length : sum;
  }, 0);
  expect(collapsed.noopRowsDropped).toBe(repeats);
  expect(collapsed.stage.length).toBe(journeys.stage.length - repeats);
}

describe.skipIf(!hasReference).each([
  ['pm-running-example', 'pm-running-example.csv'],
  ['pm-receipt', 'pm-receipt.csv.gz'],
])('%s.json', (name, data) => {
  const file = hasReference ? referenceFile(name) : null;
  const log = hasReference ? processOf(data) : null;

  it('has the cases and their activities', () => compareCases(file!, log!));

  it('has the variants', () => compareVariants(file!, log!));

  it('has the moves and their times', () => compareMoves(file!, log!));

  it('is shorter by the repeats as a funnel', () => compareCollapsed(log!));

  it('has nothing that was not compared', () => expect(file!.rest()).toEqual([]));
});
