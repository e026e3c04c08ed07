import type { Comparison } from '../../src/report/compare/comparison.ts';
import type { ReportDeals } from '../../src/report/deals.ts';
import type { AuditReport } from '../../src/report/report.ts';

/** A deal as tests write it; what is left out is unknown. */
export interface DealFixture {
  readonly key?: string | null | undefined;
  readonly stage?: string | null | undefined;
  readonly amount?: number | null | undefined;
  readonly currency?: string | undefined;
  readonly close?: string | null | undefined;
  readonly created?: string | null | undefined;
  readonly owner?: string | null | undefined;
}

export const STAGES = ['lead', 'offer', 'talks', 'won', 'lost', 'rest'] as const;

function outcomeOf(stage: string | null): ReportDeals['outcomes'][number] {
  if (stage === null) return 'unknown';
  if (stage === 'rest') return 'dormant';
  return stage === 'won' || stage === 'lost' ? stage : 'open';
}

/** Deals as a report keeps them. */
export function dealsOf(rows: readonly DealFixture[]): ReportDeals {
  const stages = rows.map(({ stage = null }) => stage);
  return {
    stageOrder: [...STAGES],
    keys: rows.map(({ key = null }) => key),
    names: rows.map(({ key = null }) => (key === null ? null : `Deal ${key}`)),
    owners: rows.map(({ owner = null }) => owner),
    stages,
    outcomes: stages.map(outcomeOf),
    amounts: rows.map(({ amount = null }) => amount),
    currencies: rows.map(({ currency = 'USD' }) => currency),
    closes: rows.map(({ close = null }) => close),
    created: rows.map(({ created = null }) => created),
  };
}

interface ReportFixture {
  readonly date: string;
  readonly deals?: readonly DealFixture[];
  readonly findings?: readonly { readonly rule: string; readonly fingerprint: string }[];
  readonly rules?: readonly { readonly id: string; readonly verdict: string }[];
  readonly metrics?: Readonly<Record<string, unknown>>;
  readonly sha256?: string;
  readonly score?: number | null;
}

/** As much of a report as a comparison looks at. */
export function reportOf(fixture: ReportFixture): AuditReport {
  const { date, deals, findings = [], rules = [], metrics = {}, sha256 = date, score = null } = fixture;
  const rows = { read: deals?.length ?? 0, audited: deals?.length ?? 0, setAside: 0, blank: 0 };
  const labels = { fields: {}, stages: Object.fromEntries(STAGES.map((stage) => [stage, { en: stage, zh: stage }])) };
  const text = { en: '', zh: '' };
  const report = {
    schema: 1,
    lang: 'en',
    asOf: { date, from: 'flag' },
    inputs: [{ role: 'deals', file: `deals-${date}.csv`, sha256, rows }],
    rules: rules.map((rule) => ({ ...rule, title: text })),
    findings: findings.map((finding) => ({ ...finding, severity: 'error' })),
    metrics: Object.fromEntries(Object.entries(metrics).map(([name, result]) => [name, { title: text, result }])),
    score: { value: score, coverage: 1, parts: [] },
    labels,
    ...(deals === undefined ? {} : { deals: dealsOf(deals) }),
  };
  return report as unknown as AuditReport;
}

/** Amount of a line of the waterfall of a currency; undefined where it has none. */
export function lineAmount({ pipeline }: Comparison, currency: string, line: string): number | undefined {
  const waterfall = pipeline?.currencies.find((each) => each.currency === currency);
  return waterfall?.lines.find((each) => each.line === line)?.amount;
}
