import { withCellColumns } from './cell-columns.ts';
import { dateInFileName } from './dataset/as-of.ts';
import { buildDataset } from './dataset/build.ts';
import type { Dataset } from './dataset/dataset.ts';
import { dayOf, isoOf } from './dataset/values/calendar.ts';
import { FunnelintError } from './errors.ts';
import type { Lang } from './i18n/text.ts';
import type { FigureLookup, Kind } from './kinds/define.ts';
import { KINDS } from './kinds/index.ts';
import { parseIsoDay } from './kinds/option-types.ts';
import type { Fault } from './kinds/result.ts';
import { runRules } from './kinds/run.ts';
import type { Metric, MetricContext } from './metrics/define.ts';
import { figureFunctions, METRICS } from './metrics/index.ts';
import { dealFiles, type InputRequest, nameOf, readInputs } from './read-inputs.ts';
import type { Baseline } from './report/baseline.ts';
import { buildReport, type MetricResult } from './report/build.ts';
import type { GateOptions } from './report/gate.ts';
import { withoutKnownFindings } from './report/kept-findings.ts';
import { redactReport } from './report/redact.ts';
import type { AuditReport } from './report/report.ts';
import type { Period } from './ruleset/expression/expression.ts';
import { nearest } from './ruleset/nearest.ts';
import type { Ruleset } from './ruleset/ruleset.ts';
import { listedFields } from './ruleset/sensitive-fields.ts';
import { VERSION } from './version.ts';

/** What an audit is told; files and rules are read, nothing else of the machine is looked at. */
export interface AuditRequest extends InputRequest {
  /** ISO date; null takes the rules file's, else the one in the file name, else `today`. */
  readonly asOf: string | null;
  /** ISO date of the day the command runs; null when nothing may depend on it. */
  readonly today: string | null;
  /** Days a deal is given to move on; null takes the rules file's, else the data's p90. */
  readonly windowDays: number | null;
  /** Fields that figures are broken down by; null takes `segments:` of the rules file. */
  readonly by: readonly string[] | null;
  /** Length of the periods that figures are shown by; null takes the rules file's, else months. */
  readonly period: Period | null;
  /** Keep the keys of the deals behind every count, and the deals themselves. */
  readonly details: boolean;
  /** By their verbs, as the rules were loaded with; those that ship unless told. */
  readonly kinds?: ReadonlyMap<string, Kind>;
  readonly gate: Partial<GateOptions>;
  /** Findings known from before, which do not count; all findings are described then. */
  readonly baseline?: Baseline | null;
  /** Leave those out of the report; it says of each rule how many there were. */
  readonly onlyNew?: boolean;
  /** Null takes the rules file's, else `fallbackLang`. */
  readonly lang: Lang | null;
  readonly fallbackLang: Lang;
  /** Findings described per rule; a report that is kept wants all (Infinity), a screen only the first. */
  readonly findingsPerRule: number;
  /** Fields whose values are replaced beside the sensitive ones and those of the rules file; null as the file says. */
  readonly redact?: readonly string[] | 'sensitive' | null;
  /** Secret that the hashes are made with; without one, short values can be guessed. */
  readonly redactKey?: string | null;
  /** All metrics, or those that the overview shows: a report that is kept, or looked at otherwise, wants all. */
  readonly metrics: 'all' | 'overview';
  /** Told before each long step behind reading. */
  readonly onStep?: (step: 'rules' | 'metrics') => void;
  readonly debug: boolean;
}

/** Nobody sells on other days, and calendars of the periods around them end there. */
const FIRST_DAY = dayOf(1900, 1, 1);
const LAST_DAY = dayOf(2199, 12, 31);

/** The day the audit takes as today, and where it was found. */
function asOfOf(request: AuditRequest, ruleset: Ruleset): AuditReport['asOf'] {
  const { asOf, today } = request;
  if (asOf !== null) {
    const day = parseIsoDay(asOf);
    if (day === null || day < FIRST_DAY || day > LAST_DAY) {
      throw new FunnelintError('flag/no-date', { flag: '--as-of', value: asOf });
    }
    return { date: asOf, from: 'flag' };
  }
  if (ruleset.report.asOfDay !== null) return { date: isoOf(ruleset.report.asOfDay), from: 'rules' };
  const named = dealFiles(request).map((file) => dateInFileName(nameOf(file)));
  // Of several files the newest says when the list was drawn up; one without a date may be newer than all of them.
  if (!named.includes(null)) return { date: isoOf(Math.max(...(named as number[]))), from: 'fileName' };
  if (today === null) throw new FunnelintError('flag/no-as-of', {});
  return { date: today, from: 'today' };
}

/** An earlier export that its name dates after the audited day was named in the place of the list. */
function checkPrevious({ previous }: AuditRequest, { date }: AuditReport['asOf']): void {
  const later = previous.map(nameOf).find((name) => (dateInFileName(name) ?? 0) > (parseIsoDay(date) ?? 0));
  if (later !== undefined) throw new FunnelintError('previous/later', { file: later, date });
}

function figureLookup(dataset: Dataset, windowDays: number | null): FigureLookup {
  const functions = figureFunctions();
  return (name, args, select, options) => {
    const compute = functions[name];
    if (compute === undefined) throw new Error(`no metric computes ${name}`);
    return compute(args, { ...options, dataset, select, windowDays: options.windowDays ?? windowDays });
  };
}

interface Computed {
  readonly results: readonly MetricResult[];
  readonly faults: readonly Fault[];
}

/** What the overview shows, and what the health score is made of. */
function isInOverview({ place, score }: Metric, by: readonly string[]): boolean {
  if (place === 'main' || place === 'glance') return true;
  return score !== undefined || (place === 'breakdown' && by.length > 0);
}

function resultOf(metric: Metric, context: MetricContext, wanted: AuditRequest['metrics']): MetricResult {
  if (metric.needsStages && context.dataset.stages.length === 0) return { metric, result: null, missing: null };
  const missing = metric.missing?.(context) ?? null;
  if (wanted === 'overview' && missing === null && !isInOverview(metric, context.by)) {
    return { metric, result: null, missing, isDeferred: true };
  }
  return { metric, result: missing === null ? metric.compute(context) : null, missing };
}

/** Computes every metric; one that throws becomes a fault and the others go on. */
function computeMetrics(context: MetricContext, wanted: AuditRequest['metrics']): Computed {
  const results: MetricResult[] = [];
  const faults: Fault[] = [];
  for (const metric of METRICS) {
    try {
      results.push(resultOf(metric, context, wanted));
    } catch (error) {
      faults.push({ where: metric.metric, error });
    }
  }
  return { results, faults };
}

/** A field that figures are to be broken down by has to be one of the rules. */
function breakdownOf({ by }: AuditRequest, ruleset: Ruleset): readonly string[] {
  const known = ruleset.fields.map(({ id }) => id);
  const unknown = by?.find((field) => !known.includes(field));
  if (unknown === undefined) return by ?? ruleset.segments;
  const near = nearest(unknown, known);
  const hint = near === null ? { en: '', zh: '' } : { en: `; did you mean ${near}?`, zh: `；是否想写 ${near}？` };
  const fields = known.join(', ');
  throw new FunnelintError('flag/no-field', { flag: '--by', value: unknown, hint: { text: hint }, fields });
}

/** What was read and decided before anything is judged. */
interface Subject {
  readonly dataset: Dataset;
  readonly asOf: AuditReport['asOf'];
  readonly by: readonly string[];
  readonly windowDays: number | null;
}

function subjectOf(request: AuditRequest, inputs: Awaited<ReturnType<typeof readInputs>>): Subject {
  const { ruleset } = inputs;
  const asOf = asOfOf(request, ruleset);
  checkPrevious(request, asOf);
  const by = breakdownOf(request, ruleset);
  const dataset = buildDataset({ ...inputs, asOfDay: parseIsoDay(asOf.date) ?? 0 });
  return { dataset, asOf, by, windowDays: request.windowDays ?? ruleset.report.windowDays };
}

function checkRules(request: AuditRequest, { dataset, windowDays }: Subject): ReturnType<typeof runRules> {
  const { kinds = KINDS, baseline = null, findingsPerRule } = request;
  return runRules(dataset.ruleset.rules, {
    kinds,
    dataset,
    figure: figureLookup(dataset, windowDays),
    // A finding that is not described cannot be known.
    findingsPerRule: baseline === null ? findingsPerRule : Number.POSITIVE_INFINITY,
  });
}

/** The report, with all that was found. */
function reportOf(
  request: AuditRequest,
  { dataset, asOf, by }: Subject,
  checked: ReturnType<typeof runRules>,
  computed: Computed,
): AuditReport {
  const { kinds = KINDS, baseline = null, gate, details, debug, findingsPerRule } = request;
  const settings = dataset.ruleset.report;
  return buildReport({
    version: VERSION,
    lang: request.lang ?? settings.lang ?? request.fallbackLang,
    asOf,
    dataset,
    kinds,
    results: checked.results,
    metrics: computed.results,
    faults: [...checked.faults, ...computed.faults],
    gate: {
      failOn: gate.failOn ?? settings.failOn,
      maxWarnings: gate.maxWarnings ?? null,
      strict: gate.strict ?? false,
    },
    by,
    details,
    debug,
    baseline,
    findingsPerRule,
  });
}

/** The report as it was asked for: without what is known, without names, with the places of cells. */
function finished(
  report: AuditReport,
  request: AuditRequest,
  dataset: Dataset,
  listed: ReturnType<typeof listedFields>,
): Promise<AuditReport> | AuditReport {
  const shown = request.onlyNew === true ? withoutKnownFindings(report) : report;
  const key = request.redactKey ?? null;
  const redacted = listed === null ? shown : redactReport(shown, dataset, { listed, key });
  // A screen shows no characters of a line, so a file is read for them only where all findings are kept.
  return request.findingsPerRule === Number.POSITIVE_INFINITY ? withCellColumns(redacted, request) : redacted;
}

/**
 * Audits one export: path → sheets → dataset → rules and metrics → report.
 * @throws FunnelintError when a file cannot be read or decided; RulesetError when the rules chosen have mistakes.
 */
export async function runAudit(request: AuditRequest): Promise<AuditReport> {
  const inputs = await readInputs(request);
  const listed = listedFields(request.redact ?? null, inputs.ruleset);
  const subject = subjectOf(request, inputs);
  request.onStep?.('rules');
  const checked = checkRules(request, subject);
  request.onStep?.('metrics');
  const computed = computeMetrics(
    {
      ...subject,
      period: request.period ?? inputs.ruleset.report.period,
      details: request.details,
      isForOverview: request.metrics === 'overview',
    },
    request.metrics,
  );
  return finished(reportOf(request, subject, checked, computed), request, subject.dataset, listed);
}
