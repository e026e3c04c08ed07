/** Views by name, for the command line: what they are made of loads when one is asked for. */
export const VIEW_NAMES = ['full'] as const;

export type ViewName = (typeof VIEW_NAMES)[number];
