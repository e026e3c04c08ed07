/** What no statement answers, and why; told with the results. */
export const LEFT_OUT = {
  'rules config/*': 'they ask the rules file, not the deals',
  'intervals and bands': 'Wilson, Newcombe, Kaplan–Meier and Greenwood, Poisson-binomial, control limits',
  'tests and flags': 'chi-square, Fisher, Benjamini–Hochberg, log-rank, differences between like deals',
  'lists of examples': 'what each owner has to fill in, the ages of open deals, the deal that brings most',
  'amounts of duplicates': 'each deal counts once there, with the largest of its amounts',
  'journeys: estimates of stage conversion, and the historical forecast':
    'Aalen–Johansen by stage, and by stage and age of each deal',
  'journeys: metrics that only `--view full` computes': 'not asked on either side',
};

/** Rules that ask no deal. */
export const LEFT_OUT_RULE = /^config\//;

/** Metrics of the JSON report that an audit for the terminal does not compute; the journeys are compared without them. */
export const VIEW_FULL_METRICS = [
  'conversionPeriods',
  'conversionSegments',
  'outcomeOverTime',
  'stalled',
  'dwellSegments',
  'winRatePeriods',
  'winSegments',
  'factorLift',
  'groupComparison',
  'cyclePeriods',
  'winChances',
  'decayedPipeline',
  'stalenessLayers',
  'ownerScorecards',
  'heatMap',
  'whatIf',
  'flow',
  'moves',
  'pathVariants',
  'bottleneck',
  'priorityList',
  'averageDeal',
  'repurchase',
  'rfm',
  'dataQuality',
];
