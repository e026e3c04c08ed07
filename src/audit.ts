import { dateInFileName } from './dataset/as-of.ts';
import { buildDataset } from './dataset/build.ts';
import type { Dataset } from './dataset/dataset.ts';
import { isoOf } from './dataset/values/calendar.ts';
import { FunnelintError } from './errors.ts';
import type { Lang } from './i18n/text.ts';
import type { FigureLookup } from './kinds/define.ts';
import { KINDS } from './kinds/index.ts';
import { parseIsoDay } from './kinds/option-types.ts';
import type { Fault } from './kinds/result.ts';
import { runRules } from './kinds/run.ts';
import type { Metric } from './metrics/define.ts';
import { figureFunctions, METRICS } from './metrics/index.ts';
import { dealFiles, type InputRequest, nameOf, readInputs } from './read-inputs.ts';
import { buildReport } from './report/build.ts';
import type { GateOptions } from './report/gate.ts';
import type { AuditReport } from './report/report.ts';
import type { Ruleset } from './ruleset/ruleset.ts';
import { VERSION } from './version.ts';

/** What an audit is told; files and rules are read, nothing else of the machine is looked at. */
export interface AuditRequest extends InputRequest {
  /** ISO date; null takes the rules file's, else the one in the file name, else `today`. */
  readonly asOf: string | null;
  /** ISO date of the day the command runs; null when nothing may depend on it. */
  readonly today: string | null;
  /** Days a deal is given to move on; null takes the rules file's, else the data's p90. */
  readonly windowDays: number | null;
  readonly gate: Partial<GateOptions>;
  /** Null takes the rules file's, else `fallbackLang`. */
  readonly lang: Lang | null;
  readonly fallbackLang: Lang;
  /** Findings described per rule; a report that is kept wants all (Infinity), a screen only the first. */
  readonly findingsPerRule: number;
  readonly debug: boolean;
}

/** The day the audit takes as today, and where it was found. */
function asOfOf(request: AuditRequest, ruleset: Ruleset): AuditReport['asOf'] {
  const { asOf, today } = request;
  if (asOf !== null) {
    if (parseIsoDay(asOf) === null) throw new FunnelintError('flag/no-date', { flag: '--as-of', value: asOf });
    return { date: asOf, from: 'flag' };
  }
  if (ruleset.report.asOfDay !== null) return { date: isoOf(ruleset.report.asOfDay), from: 'rules' };
  const named = dealFiles(request).map((file) => dateInFileName(nameOf(file)));
  // Of several files the newest says when the list was drawn up; one without a date may be newer than all of them.
  if (!named.includes(null)) return { date: isoOf(Math.max(...(named as number[]))), from: 'fileName' };
  if (today === null) throw new FunnelintError('flag/no-as-of', {});
  return { date: today, from: 'today' };
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
  readonly results: { readonly metric: Metric; readonly result: unknown }[];
  readonly faults: Fault[];
}

function resultOf(metric: Metric, dataset: Dataset, windowDays: number | null): unknown {
  if (metric.needsStages && dataset.stages.length === 0) return null;
  return metric.compute({ dataset, windowDays });
}

/** Computes every metric; one that throws becomes a fault and the others go on. */
function computeMetrics(dataset: Dataset, windowDays: number | null): Computed {
  const computed: Computed = { results: [], faults: [] };
  for (const metric of METRICS) {
    try {
      computed.results.push({ metric, result: resultOf(metric, dataset, windowDays) });
    } catch (error) {
      computed.faults.push({ where: metric.metric, error });
    }
  }
  return computed;
}

/**
 * Audits one export: path → sheets → dataset → rules and metrics → report.
 * @throws FunnelintError when a file cannot be read or decided; RulesetError when the rules chosen have mistakes.
 */
export async function runAudit(request: AuditRequest): Promise<AuditReport> {
  const inputs = await readInputs(request);
  const asOf = asOfOf(request, inputs.ruleset);
  const dataset = buildDataset({ ...inputs, asOfDay: parseIsoDay(asOf.date) ?? 0 });
  const { rules, report } = inputs.ruleset;
  const windowDays = request.windowDays ?? report.windowDays;
  const checked = runRules(rules, {
    kinds: KINDS,
    dataset,
    figure: figureLookup(dataset, windowDays),
    findingsPerRule: request.findingsPerRule,
  });
  const computed = computeMetrics(dataset, windowDays);
  return buildReport({
    version: VERSION,
    lang: request.lang ?? report.lang ?? request.fallbackLang,
    asOf,
    dataset,
    kinds: KINDS,
    results: checked.results,
    metrics: computed.results,
    faults: [...checked.faults, ...computed.faults],
    gate: {
      failOn: request.gate.failOn ?? report.failOn,
      maxWarnings: request.gate.maxWarnings ?? null,
      strict: request.gate.strict ?? false,
    },
    debug: request.debug,
  });
}
