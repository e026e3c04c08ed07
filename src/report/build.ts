import type { Dataset, InputSummary } from '../dataset/dataset.ts';
import { isoOf } from '../dataset/values/calendar.ts';
import type { Lang, Text } from '../i18n/text.ts';
import type { Kind } from '../kinds/define.ts';
import type { Fault, RuleResult } from '../kinds/result.ts';
import type { Metric } from '../metrics/define.ts';
import type { Sheet, SheetPart } from '../source/sheet.ts';
import { amountOfRows } from './amount-of-rows.ts';
import { type Baseline, type HeldAgainstBaseline, holdAgainst } from './baseline.ts';
import { buildFindings } from './build-findings.ts';
import { dealsOfReport } from './deals.ts';
import { exceptionsOf } from './exceptions.ts';
import { figureOf } from './figure.ts';
import { type GateOptions, judgeGate } from './gate.ts';
import type { AuditReport, ReportInput, ReportRule } from './report.ts';
import { healthScore } from './score.ts';
import { viewLabels } from './view-findings.ts';

/** What a metric computed; null where it could not, with what its input lacks. */
export interface MetricResult {
  readonly metric: Metric;
  readonly result: unknown;
  readonly missing: Text | null;
  /** It could be computed, and was not, as nobody looks at it here. */
  readonly isDeferred?: true;
}

/** Everything the report is made of. */
export interface ReportParts {
  readonly version: string;
  readonly lang: Lang;
  readonly asOf: AuditReport['asOf'];
  readonly dataset: Dataset;
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly results: readonly RuleResult[];
  readonly metrics: readonly MetricResult[];
  readonly faults: readonly Fault[];
  readonly gate: GateOptions;
  /** Fields that somebody asked to break figures down by. */
  readonly by: readonly string[];
  /** Keep the deals themselves. */
  readonly details: boolean;
  /** Keep stacks of faults. */
  readonly debug: boolean;
  /** Findings known from before, which do not count; all findings of each rule are described then. */
  readonly baseline?: Baseline | null;
  /** Of those how many the report keeps; the rule tells of the others. All unless told. */
  readonly findingsPerRule?: number;
}

/** One input a file: a list put together from several is as many. */
function inputsOf({ role, table, sheet, mapping, notices }: InputSummary): ReportInput[] {
  if (sheet.parts === undefined) {
    const input = inputOf(role, sheet, mapping, notices);
    return [table === undefined ? input : { ...input, table }]; // a copy would compute the digest
  }
  return sheet.parts.map((part, index) => {
    const byPosition = new Map([...part.positions].map((position, index) => [position, mapping[index]]));
    const columns = part.headers.map(
      ({ text, position }) => byPosition.get(position) ?? { header: text, field: null, confidence: 0, reading: {} },
    );
    return inputOf(role, part, columns, index === 0 ? notices : []);
  });
}

function inputOf(
  role: InputSummary['role'],
  sheet: Sheet | SheetPart,
  mapping: InputSummary['mapping'],
  notices: InputSummary['notices'],
): ReportInput {
  const { digest } = sheet;
  return {
    role,
    file: sheet.file,
    sheet: sheet.sheet,
    get sha256() {
      return digest.sha256;
    },
    encoding: sheet.encoding,
    delimiter: sheet.delimiter,
    headerRow: sheet.headerRow,
    rows: {
      read: sheet.rowCount + sheet.setAside.length + sheet.blankRows,
      audited: sheet.rowCount,
      setAside: sheet.setAside.length,
      blank: sheet.blankRows,
    },
    setAside: sheet.setAside.map(({ row, line, reason, excerpt }) => ({ row, line, reason, excerpt })),
    columns: mapping.map((column) => ({ ...column, reading: { ...column.reading } })),
    notices: [...sheet.notices, ...notices].map((notice) => ({ ...notice })),
  };
}

function messagesOf(result: RuleResult, kind: Kind | undefined): Record<string, Text> {
  if (result.findings.length === 0) return {};
  const used = new Set(result.findings.map(({ message }) => message));
  const own = result.rule.message;
  return Object.fromEntries(
    Object.entries(kind?.messages ?? {})
      .filter(([name]) => used.has(name))
      .map(([name, text]) => [name, own ?? text]),
  );
}

/** The kind of which an expression says all there is to say: its own title and advice tell nobody anything. */
const EXPRESSION_KIND = 'assert';

function expressionTitle({ kind, options }: RuleResult['rule']): Text | null {
  return kind === EXPRESSION_KIND && typeof options === 'string' ? { en: options, zh: options } : null;
}

function ruleOf(result: RuleResult, { dataset: deals, kinds }: ReportParts): ReportRule {
  const { rule, dataset = deals } = result;
  const kind = kinds.get(rule.kind);
  const unnamed = { en: rule.id, zh: rule.id };
  return {
    id: rule.id,
    kind: rule.kind,
    title: rule.title ?? expressionTitle(rule) ?? kind?.title ?? unnamed,
    why: rule.why ?? kind?.why ?? unnamed,
    advice: rule.advice ?? (rule.kind === EXPRESSION_KIND ? null : (kind?.fix ?? null)),
    messages: messagesOf(result, kind),
    verdict: result.verdict,
    severity: rule.severity,
    reason: result.reason,
    counts: { ...result.counts },
    ...(result.expectedShare === undefined ? {} : { expectedShare: result.expectedShare }),
    thresholds: { warn: rule.warn?.source ?? null, fail: rule.fail?.source ?? null },
    figure: result.figure === null ? null : figureOf(result.figure),
    amount: amountOfRows(result.rows, dataset),
    per: rule.per,
    ...partsOf(rule),
    segments: result.segments.map(({ segment, verdict, counts, figure, rows }) => ({
      segment,
      verdict,
      counts: { ...counts },
      figure: figure === null ? null : figureOf(figure),
      amount: amountOfRows(rows, dataset),
    })),
    origin: { ...rule.origin },
  };
}

function partsOf({ figure }: RuleResult['rule']): Pick<ReportRule, 'parts'> {
  const [first] = figure?.args ?? [];
  return first?.type === 'any' ? { parts: first.of } : {};
}

function faultOf({ where, error }: Fault, debug: boolean): AuditReport['faults'][number] {
  const message = error instanceof Error ? error.message : String(error);
  return { where, message, stack: debug && error instanceof Error ? (error.stack ?? null) : null };
}

function snapshotsOf({ snapshots }: Dataset): AuditReport['snapshots'] {
  if (snapshots === null) return null;
  const { days, possiblyUnobserved, vanished } = snapshots;
  return { dates: days.map(isoOf), possiblyUnobserved, vanished };
}

function ratesOf({ rates }: Dataset['ruleset']): Pick<AuditReport, 'rates'> {
  return rates === null ? {} : { rates: { to: rates.to, on: isoOf(rates.onDay), of: { ...rates.of } } };
}

function historyOf(journeys: Dataset['journeys']): AuditReport['history'] {
  if (journeys === null || journeys.from !== 'history') return null;
  return {
    rows: journeys.rowsRead,
    stays: journeys.stage.length,
    repeats: journeys.noopRowsDropped,
    afterAsOf: journeys.rowsAfterAsOf,
    unknownStage: journeys.unknownStageRows.length,
    unreadableTime: journeys.unreadableTimeRows.length,
    otherDeals: journeys.orphanRows,
    otherFields: journeys.otherFieldRows,
    tied: journeys.tiedRows,
  };
}

function labelsOf({ fields, stages }: Dataset, results: readonly RuleResult[]): AuditReport['labels'] {
  const views = new Set(results.flatMap(({ dataset }) => dataset ?? []));
  return {
    fields: { ...Object.fromEntries(fields.map(({ id, label }) => [id, { ...label }])), ...viewLabels(views) },
    stages: Object.fromEntries(stages.map(({ id, label }) => [id, { ...label }])),
  };
}

/** What was found, held against the baseline where there is one. */
function foundIn({
  dataset,
  results,
  baseline = null,
  findingsPerRule = Number.POSITIVE_INFINITY,
}: ReportParts): Omit<HeldAgainstBaseline, 'baseline'> & { readonly baseline: AuditReport['baseline'] } {
  const isOnlyShown = baseline === null && findingsPerRule < Number.POSITIVE_INFINITY;
  const findingsOf = (result: RuleResult) => buildFindings(result, dataset, isOnlyShown);
  if (baseline === null) return { results, findings: results.map(findingsOf), cut: [], baseline: undefined };
  return holdAgainst(baseline, results, { findingsOf, findingsPerRule, rules: dataset.ruleset.allRules });
}

/** The whole result as plain JSON, in the order of the contract. */
export function buildReport(parts: ReportParts): AuditReport {
  const { dataset, metrics, faults } = parts;
  const { results, findings, cut, baseline } = foundIn(parts);
  const rules = results.map((result, number) => ({ ...ruleOf(result, parts), ...cut[number] }));
  const scoreParts =
    dataset.stages.length === 0 ? [] : metrics.flatMap(({ metric, result }) => metric.score?.(result) ?? []);
  return {
    schema: 1,
    tool: { name: 'funnelint', version: parts.version },
    lang: parts.lang,
    name: dataset.ruleset.name,
    asOf: parts.asOf,
    packs: [...dataset.ruleset.packs],
    rulesFile: dataset.ruleset.file,
    ...ratesOf(dataset.ruleset),
    ...(parts.by.length === 0 ? {} : { by: [...parts.by] }),
    inputs: dataset.inputs.flatMap(inputsOf),
    shape: dataset.journeys?.from ?? 'snapshot',
    snapshots: snapshotsOf(dataset),
    history: historyOf(dataset.journeys),
    gate: judgeGate(rules, parts.gate, {
      deals: dataset.rowCount,
      faults: faults.length,
      lost: baseline?.unchecked?.rules ?? [],
      isAboutFile: ({ kind }) => parts.kinds.get(kind)?.about === 'file',
    }),
    rules,
    findings: findings.flat(),
    metrics: Object.fromEntries(
      metrics.map(({ metric: { metric, title, definition, formula }, result, missing, isDeferred }) => [
        metric,
        {
          title: { ...title },
          definition: { ...definition },
          formula: { ...formula },
          ...(missing === null ? {} : { missing: { ...missing } }),
          ...(isDeferred === undefined ? {} : { deferred: isDeferred }),
          result,
        },
      ]),
    ),
    score: healthScore(scoreParts),
    exceptions: exceptionsOf(dataset, results),
    ...(baseline === undefined ? {} : { baseline }),
    ...(parts.details ? { deals: dealsOfReport(dataset) } : {}),
    faults: faults.map((fault) => faultOf(fault, parts.debug)),
    labels: labelsOf(dataset, results),
  };
}
