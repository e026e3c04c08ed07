import { describe, expect, it } from 'vitest';
import { numberAt, textAt } from '../../src/dataset/cells.ts';
import { EXIT } from '../../src/dataset/dataset.ts';
import { currentState, OUTCOME, stayDays, summarizeJourneys } from '../../src/dataset/journeys/visits.ts';
import { DAY_MILLIS, isoOf } from '../../src/dataset/values/calendar.ts';
import conversion, {
  type HistoryConversion,
  type SnapshotConversion,
} from '../../src/metrics/conversion/conversion.ts';
import dwell, { type HistoryDwell } from '../../src/metrics/dwell/dwell.ts';
import { figureFunctions } from '../../src/metrics/index.ts';
import cycle, { type CycleResult } from '../../src/metrics/pipeline/cycle.ts';
import winRate, { type WinRateResult } from '../../src/metrics/win/win-rate.ts';
import { aalenJohansen, incidenceAt, incidenceErrorAt, openAt } from '../../src/stats/competing-risks.ts';
import { kaplanMeier, survivalAt, survivalMedian } from '../../src/stats/survival.ts';
import { contextOf, micro12, micro12Snapshot, USUAL_OPTIONS } from '../metrics/dataset-fixture.ts';
import { hasReference, type ReferenceFile, referenceFile } from './reference-file.ts';

const dataset = micro12();
const journeys = dataset.journeys!;
const asked = contextOf(dataset, { windowDays: 30 });
const summary = summarizeJourneys(journeys, dataset.stages);
const { outcome } = currentState(dataset);
const keyOf = (deal: number): string => textAt(dataset.columns.get('id'), deal)!;
const keys = (wanted: (deal: number) => boolean): string[] =>
  Array.from({ length: dataset.rowCount }, (_, deal) => deal)
    .filter(wanted)
    .map(keyOf);
const OPEN_STAGES = dataset.stages.filter(({ kind }) => kind === 'open').map(({ id }) => id);
const exitName = (exit: number) => Object.entries(EXIT).find(([, code]) => code === exit)![0];

interface Visit {
  readonly deal: string;
  readonly stage: string;
  readonly start: string;
  readonly end: string | null;
  readonly days: number;
  readonly closed: boolean;
  readonly exit: string;
}

/** The stays in open stages, in order of deal and time. */
function visits(): Visit[] {
  const found: Visit[] = [];
  for (let deal = 0; deal < dataset.rowCount; deal++) {
    for (let stay = journeys.offsets[deal]!; stay < journeys.offsets[deal + 1]!; stay++) {
      const { id, kind } = dataset.stages[journeys.stage[stay]!]!;
      if (kind !== 'open') continue;
      const end = journeys.end[stay]!;
      found.push({
        deal: keyOf(deal),
        stage: id,
        start: isoOf(journeys.start[stay]! / DAY_MILLIS),
        end: Number.isNaN(end) ? null : isoOf(end / DAY_MILLIS),
        days: stayDays(journeys, stay, dataset.asOfDay),
        closed: !Number.isNaN(end),
        exit: exitName(journeys.exit[stay]!),
      });
    }
  }
  return found;
}

function curveOfStage(stage: string) {
  const stays = visits().filter((visit) => visit.stage === stage);
  return kaplanMeier(
    Float64Array.from(stays, ({ days }) => days),
    Uint8Array.from(stays, ({ closed }) => Number(closed)),
  );
}

function compareStage(file: ReferenceFile, stage: string): void {
  const counted = (conversion.compute(asked) as HistoryConversion).stages.find((each) => each.stage === stage)!;
  const index = OPEN_STAGES.indexOf(stage);
  const stays = visits().filter((visit) => visit.stage === stage);
  const days = (closed: boolean) => stays.filter((visit) => visit.closed === closed).map((visit) => visit.days);
  const sorted = (list: number[]) => list.toSorted((a, b) => a - b);
  const measured = (dwell.compute(asked) as HistoryDwell).stages.find((each) => each.stage === stage)!;
  const curve = curveOfStage(stage);
  const { visits: count, entries, reached, reEntries, advanced, lostHere, pending, toDate, resolved } = counted;
  const { dormant: _, ...exits } = counted.exits;
  const at = (deal: number) => summary.firstEntry[deal * OPEN_STAGES.length + index]!;
  const dwellPath = ['perStage', stage, 'dwell'];
  expect(sorted(file.input<number[]>(...dwellPath, 'closed'))).toEqual(sorted(days(true)));
  expect(sorted(file.input<number[]>(...dwellPath, 'open'))).toEqual(sorted(days(false)));
  file.compare(
    {
      visits: count,
      entries,
      reached,
      reEntries,
      advanced,
      lostHere,
      pending,
      exits,
      skippedBy: keys((deal) => summary.reach[deal]! > index && at(deal) === -1),
      convToDate: toDate.value,
      convResolved: resolved.value,
      convUpper: counted.upperBound.value,
      matured30: { n: counted.matured?.of, converted: counted.matured?.count, rate: counted.matured?.value },
      dwell: {
        naiveMean: measured.closedOnly.meanDays,
        naiveMedian: measured.closedOnly.medianDays,
        kmMedian: measured.medianDays,
        // The steps of the curve: time, at risk, ended, S; the reference rounds to ten digits.
        kmCurve: Array.from(curve.times, (time, step) => [
          time,
          curve.atRisk[step]!,
          curve.ended[step]!,
          curve.survival[step]!,
        ]).filter(([, , ended]) => ended! > 0),
      },
    },
    ['perStage', stage],
  );
}

function compareOutcomes(file: ReferenceFile): void {
  const { closed, toDate, upperBound, byValue } = winRate.compute(asked) as WinRateResult;
  const [value] = byValue.byCurrency;
  const amount = dataset.columns.get('amount');
  const openValue = Array.from(outcome, (each, deal) => (each === OUTCOME.open ? numberAt(amount, deal) : 0));
  file.compare(
    {
      won: keys((deal) => outcome[deal] === OUTCOME.won),
      lost: keys((deal) => outcome[deal] === OUTCOME.lost),
      open: keys((deal) => outcome[deal] === OUTCOME.open),
      winRateClosed: closed.value,
      winRateCohortToDate: toDate.value,
      winRateUpper: upperBound.value,
      winRateValueClosed: value?.value,
      wonValue: value?.wonAmount,
      lostValue: value?.lostAmount,
      openValue: openValue.reduce((sum, each) => sum + each, 0),
    },
    ['outcome'],
  );
  file.compare((value?.wonAmount ?? 0) / closed.won, ['avgWonValue']);
}

function comparePace(file: ReferenceFile): void {
  const days = (deal: number) =>
    numberAt(dataset.columns.get('closed'), deal) - numberAt(dataset.columns.get('created'), deal);
  const closed = Array.from({ length: dataset.rowCount }, (_, deal) => deal).filter(
    (deal) => outcome[deal] === OUTCOME.won || outcome[deal] === OUTCOME.lost,
  );
  const { won, lost } = cycle.compute(asked) as CycleResult;
  const all = (won.meanDays! * won.deals + lost.meanDays! * lost.deals) / (won.deals + lost.deals);
  const figure = (name: string) =>
    figureFunctions()[name]!([], { dataset, select: new Uint8Array(dataset.rowCount).fill(1), ...USUAL_OPTIONS }).value;
  file.compare(
    {
      cycleDays: Object.fromEntries(closed.map((deal) => [keyOf(deal), days(deal)])),
      cycleWon: { mean: won.meanDays, median: won.medianDays },
      cycleAllClosedMean: all,
      velocityPerDay_wonCycle: figure('velocity'),
      realizedVelocity_90d: figure('output_per_day'),
    },
    [],
  );
  // The same product with the mean cycle of all closed deals.
  file.compare((figure('velocity')! * won.meanDays!) / all, ['velocityPerDay_allClosedCycle']);
}

function compareLadder(file: ReferenceFile): void {
  file.input('asOf');
  file.compare(OPEN_STAGES, ['stages']);
  const { ladder, regressedDeals, reopenedDeals } = conversion.compute(asked) as HistoryConversion;
  const reached = ladder.map((step) => step.reached);
  const regression = keys((deal) => summary.regressions[deal]! > 0);
  const reopened = keys((deal) => summary.reopened[deal] === 1);
  expect([regressedDeals, reopenedDeals]).toEqual([regression.length, reopened.length]);
  file.compare(
    {
      noopRowsDropped: journeys.noopRowsDropped,
      reached,
      stepReached: ladder.slice(1).map(({ step }) => step?.value),
      cumulative: reached.map((each) => each / reached[0]!),
      regressionDeals: regression,
      reopenedDeals: reopened,
    },
    [],
  );
}

function compareSnapshot(file: ReferenceFile): void {
  const snapshot = micro12Snapshot();
  const { stages } = conversion.compute(contextOf(snapshot)) as SnapshotConversion;
  file.input('snapshot', 'note');
  const stock = OPEN_STAGES.map((stage) => {
    const index = snapshot.stages.findIndex(({ id }) => id === stage);
    return [stage, currentState(snapshot).stage.reduce((sum, each) => sum + Number(each === index), 0)];
  });
  file.compare(
    {
      reachedLow: stages.map((stage) => stage.reachedLow),
      reachedHigh: stages.map((stage) => stage.reachedHigh),
      // The reference ends with the last step between open stages; the product goes on to won.
      stepLow: stages.slice(0, -1).map((stage) => stage.stepLow),
      stepHigh: stages.slice(0, -1).map((stage) => stage.stepHigh),
      currentStock: Object.fromEntries(stock),
    },
    ['snapshot'],
  );
}

function compareStalled(file: ReferenceFile): void {
  const open = visits().filter(({ closed }) => !closed);
  const result = open.map(({ deal, stage, days }) => {
    const typical = survivalMedian(curveOfStage(stage)).median!;
    return { deal, stage, ageDays: days, typical, ratio: days / typical, stalled: days > 1.5 * typical };
  });
  file.compare(result, ['stall']);
}

/** Days from creation to the end, or to now, and how it ended. */
function compareOutcomeTimes(file: ReferenceFile): void {
  const created = dataset.columns.get('created');
  const closed = dataset.columns.get('closed');
  const result = Array.from(outcome, (each, deal) => {
    const end = each === OUTCOME.open ? dataset.asOfDay : numberAt(closed, deal);
    const cause = each === OUTCOME.won ? 1 : each === OUTCOME.lost ? 2 : 0;
    return [keyOf(deal), end - numberAt(created, deal), cause];
  });
  file.compare(result, ['outcomeTimes']);
}

describe.skipIf(!hasReference)('micro12.json', () => {
  const file = hasReference ? referenceFile('micro12') : null;

  it.each(OPEN_STAGES)('has all of the stage %s', (stage) => compareStage(file!, stage));

  it('has each visit', () => file!.compare(visits(), ['visits']));

  it.each([
    ['ladder', compareLadder],
    ['outcomes', compareOutcomes],
    ['cycle and the velocity', comparePace],
    ['bounds of a snapshot', compareSnapshot],
    ['stalled deals', compareStalled],
    ['times to the outcome', compareOutcomeTimes],
  ] as const)('has the %s', (_, compare) => compare(file!));

  it('has nothing that was not compared', () => expect(file!.rest()).toEqual([]));
});

describe.skipIf(!hasReference)('micro12-survival.json', () => {
  const file = hasReference ? referenceFile('micro12-survival') : null;

  it.each(OPEN_STAGES)('has the median of %s', (stage) => {
    const { median, interval } = survivalMedian(curveOfStage(stage));
    file!.compare({ median, lower: interval[0], upper: interval[1] }, [stage]);
  });

  it('has what became of the deals over time', () => {
    const times = hasReference ? referenceFile('micro12').input<[string, number, 0 | 1 | 2][]>('outcomeTimes') : [];
    const durations = Float64Array.from(times, ([, days]) => days);
    const causes = Uint8Array.from(times, ([, , cause]) => cause);
    const curves = aalenJohansen(durations, causes);
    const naive = kaplanMeier(
      durations,
      causes.map((cause) => Number(cause === 1)),
    );
    const at = file!.input<number[]>('outcomeAJ', 'at');
    file!.compare(
      {
        open: at.map((time) => openAt(curves, time)),
        won: at.map((time) => incidenceAt(curves, 1, time)),
        lost: at.map((time) => incidenceAt(curves, 2, time)),
        seWon: at.map((time) => incidenceErrorAt(curves, 1, time)),
        seLost: at.map((time) => incidenceErrorAt(curves, 2, time)),
        naive1MinusKM_won: at.map((time) => 1 - survivalAt(naive, time)),
      },
      ['outcomeAJ'],
    );
  });

  it('has nothing that was not compared', () => expect(file!.rest()).toEqual([]));
});
