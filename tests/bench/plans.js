/**
 * What DuckDB is asked, in order: files of sql/ by part. `overview` is what the audit computes for the terminal, `full`
 * what it computes for `--view full` and in JSON.
 */
const LOAD = ['stages', 'macros', 'load-deals'];
const CHECKS = ['customers', 'checks', 'checks-more'];
const OVERVIEW = [
  'funnel',
  'conversion-snapshot',
  'win-rate',
  'cycle',
  'forecast',
  'forecast-more',
  'velocity',
  'completeness',
  'completeness-more',
  'freshness',
  'freshness-more',
];

/** The same with the change log, for the terminal. */
const JOURNEYS = {
  load: ['stages', 'macros', 'load-journeys'],
  checks: ['customers', 'checks', 'placeholders-journeys', 'checks-journeys'],
  metrics: [
    'funnel',
    'conversion-journeys',
    'dwell-journeys',
    'win-rate',
    'cycle',
    'forecast',
    'velocity',
    'completeness',
    'freshness',
    'freshness-journeys',
  ],
};

const FURTHER = [
  'outcome-over-time',
  'win-rate-periods',
  'cycle-periods',
  'pipeline',
  'segments',
  'scorecards',
  'factors',
  'customers-more',
  'priorities',
  'data-quality',
  'data-quality-more',
];

export const PLANS = {
  overview: { load: LOAD, checks: CHECKS, metrics: OVERVIEW },
  journeys: JOURNEYS,
  full: { load: LOAD, checks: CHECKS, metrics: OVERVIEW, further: FURTHER },
};
