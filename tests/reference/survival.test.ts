import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { aalenJohansen, type Cause, incidenceAt, incidenceErrorAt, openAt } from '../../src/stats/competing-risks.ts';
import { logRank, type TimedGroup } from '../../src/stats/log-rank.ts';
import {
  kaplanMeier,
  restrictedMean,
  type SurvivalCurve,
  standardErrorAt,
  survivalAt,
  survivalIntervalAt,
  survivalMedian,
  survivalQuantile,
  survivalQuantileInterval,
} from '../../src/stats/survival.ts';
import { rowsOf } from '../stats/reference.ts';
import { hasReference, type ReferenceFile, referenceFile } from './reference-file.ts';

const DATA = new URL('../../../shared/reference/data/', import.meta.url);
const dataRows = (name: string) => rowsOf(readFileSync(new URL(name, DATA), 'utf8'));
const listOf = (value: number | readonly number[]): readonly number[] => (typeof value === 'number' ? [value] : value);

type Row = Readonly<Record<string, string>>;

function timesOf(rows: readonly Row[], event: string): TimedGroup {
  return {
    durations: Float64Array.from(rows, (row) => Number(row['time'])),
    events: Uint8Array.from(rows, (row) => Number(row[event])),
  };
}

const curveOf = ({ durations, events }: TimedGroup): SurvivalCurve => kaplanMeier(durations, events);

/** The files, the groups in them by a column, and the column of the event. */
const SETS: Readonly<Record<string, { file: string; event: string; groups: Readonly<Record<string, Row>> }>> = {
  lung: { file: 'km-lung.csv', event: 'ev', groups: { all: {}, sex1: { sex: '1' }, sex2: { sex: '2' } } },
  aml: {
    file: 'km-aml.csv',
    event: 'ev',
    groups: { Maintained: { group: 'Maintained' }, Nonmaintained: { group: 'Nonmaintained' } },
  },
  veteran: {
    file: 'km-veteran.csv',
    event: 'status',
    groups: {
      trt1: { trt: '1' },
      trt2: { trt: '2' },
      squamous: { celltype: 'squamous' },
      smallcell: { celltype: 'smallcell' },
      adeno: { celltype: 'adeno' },
      large: { celltype: 'large' },
    },
  },
};
const GROUPS = Object.entries(SETS).flatMap(([set, { groups }]) => Object.keys(groups).map((group) => [set, group]));

function groupOf(set: string, group: string): TimedGroup {
  const { file, event, groups } = SETS[set]!;
  const wanted = Object.entries(groups[group]!);
  return timesOf(
    dataRows(file).filter((row) => wanted.every(([column, value]) => row[column] === value)),
    event,
  );
}

/** The curve at the times that the reference lists. */
function curveAt(curve: SurvivalCurve, times: readonly number[]) {
  const indexes = times.map((time) => curve.times.findLastIndex((each) => each <= time));
  const before = (time: number): number => curve.times.findIndex((each) => each >= time);
  return {
    surv: times.map((time) => survivalAt(curve, time)),
    stdErr: times.map((time) => standardErrorAt(curve, time)),
    lowerLogLog: times.map((time) => survivalIntervalAt(curve, time)?.[0] ?? null),
    upperLogLog: times.map((time) => survivalIntervalAt(curve, time)?.[1] ?? null),
    nRisk: times.map((time) => curve.atRisk[before(time)] ?? 0),
    nEvent: times.map((_, place) => {
      const from = place === 0 ? 0 : indexes[place - 1]! + 1;
      return curve.ended.slice(from, indexes[place]! + 1).reduce((sum, count) => sum + count, 0);
    }),
  };
}

describe.skipIf(!hasReference)('km.json', () => {
  let read: ReferenceFile | undefined;
  const file = (): ReferenceFile => {
    read ??= referenceFile('km');
    return read;
  };

  it.each(GROUPS)('has the curve of %s %s', (set, group) => {
    const times = groupOf(set!, group!);
    const curve = curveOf(times);
    const probs = file().input<number[]>(set!, group!, 'log-log', 'quantiles', 'probs');
    const est = probs.map((share) => survivalQuantile(curve, share));
    const intervals = probs.map((share) => survivalQuantileInterval(curve, share));
    const { median, interval } = survivalMedian(curve);
    // The estimates do not depend on how the interval is made.
    for (const kind of ['plain', 'log']) {
      file().compare({ median, quantiles: { probs, est } }, [set!, group!, kind]);
    }
    file().compare(
      {
        median,
        medianLower: interval[0],
        medianUpper: interval[1],
        quantiles: { est, lower: intervals.map(([lower]) => lower), upper: intervals.map(([, upper]) => upper) },
      },
      [set!, group!, 'log-log'],
    );
    const at = file().input<number[]>(set!, group!, 'curve', 'time');
    file().compare(curveAt(curve, at), [set!, group!, 'curve']);
    const events = times.events.reduce((sum, event) => sum + event, 0);
    file().compare({ n: curve.observations, events }, [set!, group!]);
  });

  it.each([
    ['lung', 'all', 365],
    ['lung', 'all', 1000],
    ['aml', 'Maintained', 48],
    ['aml', 'Nonmaintained', 45],
  ] as const)('has the restricted mean of %s %s up to %i', (set, group, horizon) => {
    const result = restrictedMean(curveOf(groupOf(set, group)), horizon);
    file().compare({ rmean: result?.mean, se: result?.standardError }, [set, group, `rmst_${horizon}`]);
  });

  it.each([
    ['lung', 'logrank_sex', ['sex1', 'sex2']],
    ['aml', 'logrank', ['Maintained', 'Nonmaintained']],
    ['veteran', 'logrank_celltype', ['squamous', 'smallcell', 'adeno', 'large']],
  ] as const)('has the log-rank test %s %s', (set, name, groups) => {
    const test = logRank(groups.map((group) => groupOf(set, group)))!;
    const isOfTwo = groups.length === 2;
    file().compare(
      {
        chisq: test.statistic,
        p: test.probability,
        ...(isOfTwo ? { obs: test.observed, exp: test.expected } : { df: test.degrees }),
      },
      [set, name],
    );
    expect(test.degrees).toBe(groups.length - 1);
  });

  it.each([
    'edge/flatHalf',
    'edge/notReached',
    'edge/allCensored',
    'edge/lastCensored',
    'edge/tieCensorEvent',
    'edge/single',
    'edge/zeroTime',
    'leftTruncation/lifelinesCase',
    'leftTruncation/dealsCase',
  ])('has the case %s', (name) => {
    const path = name.split('/');
    const input = file().input<{ time: number | number[]; ev: number | number[]; entry?: number[] }>(...path, 'input');
    const durations = Float64Array.from(listOf(input.time));
    const events = Uint8Array.from(listOf(input.ev));
    const entries = input.entry === undefined ? null : Float64Array.from(input.entry);
    const curve = kaplanMeier(durations, events, entries);
    const ended = name.includes('lifelines') ? {} : { nEvent: [...curve.ended] };
    const result = { time: [...curve.times], nRisk: [...curve.atRisk], surv: [...curve.survival], ...ended };
    file().compare(result, path);
    const { median, interval } = survivalMedian(curve);
    if (path[0] === 'edge') file().compare({ median, lower: interval[0], upper: interval[1] }, path);
    if (name.endsWith('dealsCase')) {
      const naive = survivalMedian(kaplanMeier(durations, events)).median;
      file().compare({ median, naiveMedianIgnoringTruncation: naive }, path);
    }
  });

  it('has nothing else that was not compared', () => {
    file().notOurs(/\/(plain|log)\/(medianLower|medianUpper|quantiles\/(lower|upper)\/)/, 'intervals are log-log');
    expect(file().rest()).toEqual([]);
  });
});

describe.skipIf(!hasReference)('competing-risks.json', () => {
  let read: ReferenceFile | undefined;
  const file = (): ReferenceFile => {
    read ??= referenceFile('competing-risks');
    return read;
  };

  function compareCurves(name: string, durations: Float64Array, causes: Uint8Array): void {
    const curves = aalenJohansen(durations, causes);
    const at = file().input<number[]>(name, 'at');
    const naive = kaplanMeier(
      durations,
      causes.map((cause) => Number(cause === 1)),
    );
    const incidence = (cause: Cause) => at.map((time) => incidenceAt(curves, cause, time));
    const errors = (cause: Cause) => at.map((time) => incidenceErrorAt(curves, cause, time));
    const counts = [0, 1, 2].map((cause) => causes.reduce((sum, each) => sum + Number(each === cause), 0));
    file().compare(
      {
        n: curves.observations,
        counts: Object.fromEntries(counts.entries()),
        openProb: at.map((time) => openAt(curves, time)),
        cif1: incidence(1),
        cif2: incidence(2),
        se1: errors(1),
        se2: errors(2),
        naive1MinusKM: at.map((time) => 1 - survivalAt(naive, time)),
      },
      [name],
    );
    if (name !== 'mgus2') return;
    file().compare({ cmprsk: { est1: incidence(1), est2: incidence(2) } }, [name]);
  }

  it('has the curves of mgus2', () => {
    const rows = dataRows('cr-mgus2.csv');
    const { durations, events } = timesOf(rows, 'event');
    compareCurves('mgus2', durations, events);
  });

  it.each(['ties', 'lifelinesPR1699'])('has the curves of %s', (name) => {
    const { time, event } = file().input<{ time: number[]; event: number[] }>(name, 'input');
    compareCurves(name, Float64Array.from(time), Uint8Array.from(event));
  });

  it('has nothing else that was not compared', () => {
    file().notOurs(/^mgus2\/cmprsk\/var/, 'another estimate of the variance; that of R survival is ours');
    expect(file().rest()).toEqual([]);
  });
});
