import type { AuditRequest } from '../src/audit.ts';

/** What a test seldom cares about: nothing but the deals, every finding, no clock. */
export const PLAIN_REQUEST = {
  history: null,
  previous: [],
  today: null,
  reading: {},
  windowDays: null,
  by: null,
  period: null,
  details: false,
  gate: {},
  lang: null,
  fallbackLang: 'en',
  findingsPerRule: Number.POSITIVE_INFINITY,
  metrics: 'all',
  debug: true,
} as const satisfies Partial<AuditRequest>;
