/** Views by name, for the command line: what they are made of loads when one is asked for. */
export const VIEW_NAMES = ['full', 'standup', 'completeness', 'scorecard', 'heatmap', 'summary', 'whatif'] as const;

export type ViewName = (typeof VIEW_NAMES)[number];
