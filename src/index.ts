import { type AuditRequest, runAudit } from './audit.ts';
import type { Lang } from './i18n/text.ts';
import { METRICS } from './metrics/index.ts';
import type { AuditReport } from './report/report.ts';
import { reportDocument } from './report/report-document.ts';
import type { ViewName } from './report/views/names.ts';
import { type Format, REPORTERS } from './reporters/index.ts';
import { loadRuleset } from './ruleset/load.ts';

export interface AuditOptions {
  /** Path of the deal table; several are one list, split by month say. */
  readonly file: string | readonly string[];
  /** Path of the change log. */
  readonly history?: string;
  /** Paths of earlier exports of the same list. */
  readonly previous?: readonly string[];
  /** Path of the rules file; without it the packs alone count. */
  readonly config?: string;
  /** Packs such as `salesforce`, laid over `recommended`. */
  readonly packs?: readonly string[];
  /** ISO date the audit takes as today; without it the rules file's or the file name's must say. */
  readonly asOf?: string;
  readonly sheet?: string;
  readonly windowDays?: number;
  /** Fields that figures are broken down by. */
  readonly by?: readonly string[];
  /** Length of the periods that figures are shown by. */
  readonly period?: 'week' | 'month' | 'quarter' | 'year';
  /** Keep the deals, and the keys of those behind every count. */
  readonly details?: boolean;
  readonly lang?: Lang;
  readonly failOn?: 'error' | 'warn' | 'never';
  readonly strict?: boolean;
}

/**
 * Audits one export and answers with the whole report as plain data.
 * @throws FunnelintError or RulesetError, whose messages say what to mend.
 */
export async function audit(options: AuditOptions): Promise<AuditReport> {
  const request: AuditRequest = {
    file: options.file,
    history: options.history ?? null,
    previous: options.previous ?? [],
    ruleset: loadRuleset({ file: options.config ?? null, packs: options.packs ?? [] }),
    asOf: options.asOf ?? null,
    today: null,
    reading: options.sheet === undefined ? {} : { sheet: options.sheet },
    windowDays: options.windowDays ?? null,
    by: options.by ?? null,
    period: options.period ?? null,
    details: options.details ?? false,
    gate: { ...(options.failOn === undefined ? {} : { failOn: options.failOn }), strict: options.strict ?? false },
    lang: options.lang ?? null,
    fallbackLang: 'en',
    findingsPerRule: Number.POSITIVE_INFINITY,
    metrics: 'all',
    debug: false,
  };
  return runAudit(request);
}

export interface RenderOptions {
  readonly lang?: Lang;
  /** Columns of the terminal format. */
  readonly width?: number;
  readonly colour?: boolean;
  /** Findings shown per rule where a format does not hold them all. */
  readonly maxFindings?: number;
  /** One page for one purpose instead of the overview. */
  readonly view?: ViewName;
}

/** Renders a report, fresh or saved, in one of the formats. */
export async function render(report: AuditReport, format: Format, options: RenderOptions = {}): Promise<string> {
  const { default: reporter } = await REPORTERS[format]();
  const { lang = report.lang, width = 100, colour = false, maxFindings = 50, view = null } = options;
  const document = () => reportDocument(report, METRICS, { lang, maxFindings, view });
  const rendered = reporter.render(report, { lang, width, colour, document });
  return typeof rendered === 'string' ? rendered : [...rendered].join('');
}

export { FunnelintError } from './errors.ts';
export type { Args, Lang, Text } from './i18n/text.ts';
export { defineKind } from './kinds/define.ts';
export type { AuditReport, ReportFinding, ReportRule } from './report/report.ts';
export type { Format } from './reporters/index.ts';
export { RulesetError } from './ruleset/diagnostic.ts';
