import type { Rule, Threshold } from '../ruleset/ruleset.ts';
import { binomialAtLeast } from '../stats/binomial.ts';
import type { Figure } from '../stats/figure.ts';

export type Verdict = 'pass' | 'warn' | 'fail' | 'inconclusive' | 'no-data' | 'not-run';

const RANK: Readonly<Record<Verdict, number>> = {
  'no-data': 0,
  pass: 1,
  'not-run': 2,
  inconclusive: 3,
  warn: 4,
  fail: 5,
};

/** The worst of the verdicts of a rule's segments; those without data count for nothing while others have some. */
export function worstVerdict(verdicts: readonly Verdict[]): Verdict {
  let worst: Verdict = 'no-data';
  for (const verdict of verdicts) if (RANK[verdict] > RANK[worst]) worst = verdict;
  return worst;
}

function compare(value: number, { operator, value: limit, upper }: Threshold): boolean {
  switch (operator) {
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    case '>':
      return value > limit;
    case '>=':
      return value >= limit;
    case 'outside':
      return value < limit || value > (upper ?? limit);
  }
}

/** A rule of severity `warn` or `info` never fails: its severity is the most it can say. */
function capped(verdict: 'warn' | 'fail', rule: Rule): Verdict {
  return rule.severity === 'error' ? verdict : 'warn';
}

function emptyVerdict(rule: Rule): Verdict {
  if (rule.onEmpty === 'pass') return 'pass';
  return rule.onEmpty === null ? 'no-data' : capped(rule.onEmpty, rule);
}

/** Chance explains what is likelier than this. */
const CHANCE = 0.05;

interface JudgedCounts {
  readonly checked: number;
  readonly violating: number;
  /** Share that violates if all is as usual; absent where none should. */
  readonly expectedShare?: number | undefined;
}

/**
 * Verdict on counted rows. A threshold in percent is a share of the rows checked, one in rows a count; without
 * thresholds any violation trips. Where a share of violations is expected nothing trips that does not exceed it beyond
 * chance. No row to check is `no-data` unless `on_empty` says otherwise.
 */
export function judgeRows(rule: Rule, { checked, violating, expectedShare }: JudgedCounts): Verdict {
  if (checked === 0) return emptyVerdict(rule);
  if (checked < rule.minRows) return 'no-data';
  if (expectedShare !== undefined && binomialAtLeast(violating, checked, expectedShare) >= CHANCE) return 'pass';
  if (rule.warn === null && rule.fail === null) return violating > 0 ? capped('fail', rule) : 'pass';
  const trips = (threshold: Threshold | null): boolean =>
    threshold !== null && compare(threshold.unit === 'share' ? violating / checked : violating, threshold);
  if (trips(rule.fail)) return capped('fail', rule);
  return trips(rule.warn) ? 'warn' : 'pass';
}

type Trips = 'no' | 'yes' | 'maybe';

/** An interval beyond one end of a band trips it; one that reaches out of it on both sides may lie anywhere. */
function intervalTrips([low, high]: readonly [number, number], threshold: Threshold): Trips {
  const { operator, value, upper = value } = threshold;
  if (operator === 'outside') {
    if (high < value || low > upper) return 'yes';
    return low >= value && high <= upper ? 'no' : 'maybe';
  }
  const lowTrips = compare(low, threshold);
  if (lowTrips !== compare(high, threshold)) return 'maybe';
  return lowTrips ? 'yes' : 'no';
}

/**
 * Whether a figure is beyond a threshold: with an interval it must be so throughout, else the data cannot tell. A figure
 * that is itself within the threshold passes, however wide its interval, if pending deals cannot take it beyond.
 */
function figureTrips(figure: Figure, threshold: Threshold, rule: Rule): Trips {
  const { value, interval, reach = [] } = figure;
  const isBeyond = value !== null && compare(value, threshold);
  // Bounds without a value between them are all there is to judge.
  const isPoint = rule.mode !== 'interval' && value !== null;
  if (isPoint || interval === null) return isBeyond ? 'yes' : 'no';
  const trips = intervalTrips(interval, threshold);
  const mayGetBeyond = isBeyond || reach.some((end) => compare(end, threshold));
  return trips === 'maybe' && value !== null && !mayGetBeyond ? 'no' : trips;
}

/** The fewest deals a figure rests on: of two that are computed and compared, the lesser number. */
function baseOf({ of, compared }: Figure): number {
  const reference = compared?.reference.of ?? 0;
  return reference > 0 ? Math.min(of, reference) : of;
}

/** Verdict on a figure, three-valued as in statistics: fail, pass, or inconclusive (`strict` makes that a fail). */
export function judgeFigure(rule: Rule, figure: Figure): Verdict {
  if (figure.of === 0 || (figure.value === null && figure.interval === null)) return emptyVerdict(rule);
  if (baseOf(figure) < rule.minRows) return 'no-data';
  const fails = rule.fail === null ? 'no' : figureTrips(figure, rule.fail, rule);
  if (fails === 'yes') return capped('fail', rule);
  const warns = rule.warn === null ? 'no' : figureTrips(figure, rule.warn, rule);
  if (warns === 'yes') return capped('warn', rule);
  if (fails === 'no' && warns === 'no') return 'pass';
  return rule.strict ? capped('fail', rule) : 'inconclusive';
}
