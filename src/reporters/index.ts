import type { Reporter } from './reporter.ts';

/** All formats; a reporter and its packages load when its format is asked for. */
export const REPORTERS = {
  terminal: () => import('./terminal.ts'),
  json: () => import('./json.ts'),
} as const satisfies Record<string, () => Promise<{ readonly default: Reporter }>>;

export type Format = keyof typeof REPORTERS;
