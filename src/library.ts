import { type AuditRequest, runAudit } from './audit.ts';
import type { Kind } from './kinds/define.ts';
import {
  type AuditOptions,
  checkAuditOptions,
  checkRenderOptions,
  type NamedBytes,
  type RenderOptions,
} from './library-options.ts';
import type { InputFile } from './read-inputs.ts';
import { renderReport } from './render.ts';
import { parseBaseline } from './report/baseline-text.ts';
import { checkedReport } from './report/checked-report.ts';
import type { AuditReport } from './report/report.ts';
import type { Format } from './reporters/index.ts';
import type { Rendered } from './reporters/reporter.ts';
import { rulesByHeader } from './rules-by-header.ts';
import { loadRuleset } from './ruleset/load.ts';
import { narrowRules } from './ruleset/narrow-rules.ts';
import { withOwnKinds } from './ruleset/own-kinds.ts';
import { allBytes, fileBytes, memoryBytes } from './source/byte-source.ts';
import { readSourceCopies } from './source-copies.ts';

function redactOf({ redact = false }: AuditOptions): NonNullable<AuditRequest['redact']> | null {
  if (typeof redact === 'boolean') return redact ? 'sensitive' : null;
  return redact;
}

function inputOf(file: string | NamedBytes): InputFile {
  if (typeof file === 'string') return file;
  const { buffer, byteOffset, byteLength } = file.bytes;
  return memoryBytes(file.name, Buffer.from(buffer, byteOffset, byteLength));
}

async function baselineOf(
  file: string | NamedBytes | undefined,
): Promise<NonNullable<AuditRequest['baseline']> | null> {
  if (file === undefined) return null;
  const input = inputOf(file);
  const source = typeof input === 'string' ? fileBytes(input) : input;
  return parseBaseline(source.name, (await allBytes(source)).toString('utf8'));
}

function filesOf(file: AuditOptions['file']): readonly InputFile[] {
  const files = typeof file === 'string' || 'bytes' in file ? [file] : file;
  return files.map(inputOf);
}

function rulesOf(options: AuditOptions, kinds: ReadonlyMap<string, Kind>): AuditRequest['ruleset'] {
  const { config = null, packs = [], rules = [], skip = [], tags = [] } = options;
  const choice = { rule: rules, skip, tag: tags };
  if (config === null && packs.length === 0) return rulesByHeader(choice, kinds);
  return narrowRules(loadRuleset({ file: config, packs, rules, kinds }), choice);
}

/** The keys of an object that have a value. */
function given<Values extends object>(values: Values): { [Key in keyof Values]?: Exclude<Values[Key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Values]?: Exclude<Values[Key], undefined>;
  };
}

/** Reports known to be whole, as this process made or checked them: the check of a large one takes seconds. */
const wholeReports = new WeakSet<object>();

function wholeReport(report: AuditReport): AuditReport {
  if (typeof report === 'object' && report !== null && wholeReports.has(report)) return report;
  const checked = checkedReport(report, 'report');
  wholeReports.add(checked);
  return checked;
}

/**
 * Audits one export and answers with the whole report as plain data; its `gate.exitCode` is what the command line would
 * end with. A rule or metric that throws is a fault in the report, and the others go on.
 * @throws FunnelintError with a `code` that stays, where an option is wrong, a file cannot be read or understood, or no
 *   day is given to take as today; its `message` says what and where.
 * @throws RulesetError with every mistake of the rules file in `diagnostics`, each with its place.
 */
export async function audit(options: AuditOptions): Promise<AuditReport> {
  checkAuditOptions(options);
  const { sheet, headerRow, delimiter, encoding, failOn, maxWarnings, strict = false } = options;
  const kinds = withOwnKinds((options.kinds ?? []).map((value, index) => ({ from: `kinds[${index}]`, value })));
  const tables = Object.entries(options.tables ?? {}).map(([id, file]) => [id, inputOf(file)] as const);
  const request: AuditRequest = {
    file: filesOf(options.file),
    history: options.history === undefined ? null : inputOf(options.history),
    previous: (options.previous ?? []).map(inputOf),
    tables: Object.fromEntries(tables),
    ruleset: rulesOf(options, kinds),
    kinds,
    asOf: options.asOf ?? null,
    today: options.today ?? null,
    reading: given({ sheet, headerRow, delimiter, encoding }),
    windowDays: options.windowDays ?? null,
    by: options.by ?? null,
    period: options.period ?? null,
    details: options.details ?? false,
    gate: { ...given({ failOn, maxWarnings }), strict },
    lang: options.lang ?? null,
    fallbackLang: 'en',
    findingsPerRule: Number.POSITIVE_INFINITY,
    redact: redactOf(options),
    redactKey: options.redactKey ?? null,
    metrics: 'all',
    debug: options.debug ?? false,
    baseline: await baselineOf(options.baseline),
    onlyNew: options.onlyNew ?? false,
  };
  const report = await runAudit(request);
  wholeReports.add(report);
  return report;
}

async function joined(rendered: Rendered): Promise<string | Uint8Array> {
  if (typeof rendered === 'string') return rendered;
  if (Symbol.iterator in rendered) return [...rendered].join('');
  const pieces: Uint8Array[] = [];
  for await (const piece of rendered) pieces.push(piece);
  return Buffer.concat(pieces);
}

/**
 * Renders a report, fresh or saved (parsed from JSON), in one of the formats: a workbook as bytes, all others as text.
 * The same report and options give the same bytes. The marked copy in a workbook is read from the audited files again.
 * @throws FunnelintError `option/wrong`, `option/unknown`, `report/not-valid`, `report/newer`
 */
export async function render(report: AuditReport, format: 'xlsx', options?: RenderOptions): Promise<Uint8Array>;
export async function render(
  report: AuditReport,
  format: Exclude<Format, 'xlsx'>,
  options?: RenderOptions,
): Promise<string>;
export async function render(
  report: AuditReport,
  format: Format,
  options?: RenderOptions,
): Promise<string | Uint8Array>;
export async function render(
  report: AuditReport,
  format: Format,
  options: RenderOptions = {},
): Promise<string | Uint8Array> {
  checkRenderOptions(format, options);
  wholeReport(report);
  const { lang = report.lang, width = 100, colour = false, maxFindings = 50, view = null } = options;
  const sourceCopies = () => readSourceCopies(report);
  return joined(await renderReport(report, format, { lang, width, colour, maxFindings, view, sourceCopies }));
}

export { isPresent, numberAt, textAt } from './dataset/cells.ts';
export type { Column, Dataset, Journeys } from './dataset/dataset.ts';
export { type ErrorCode, FunnelintError } from './errors.ts';
export type { Args, ArgValue, Lang, Text } from './i18n/text.ts';
export {
  type CheckContext,
  type CheckResult,
  defineKind,
  HOLDS,
  type Kind,
  type KindDeclaration,
  type KindExample,
  NOT_CHECKED,
  type NotRunResult,
  type PlacesResult,
  type Reference,
  type RowsResult,
  UNKNOWN,
  VIOLATES,
  type Violation,
} from './kinds/define.ts';
export type { AuditOptions, NamedBytes, RenderOptions } from './library-options.ts';
export type {
  AuditReport,
  ReportFinding,
  ReportInput,
  ReportNotice,
  ReportRule,
  ReportSegment,
  Verdict,
} from './report/report.ts';
export type { ViewName } from './report/views/names.ts';
export type { Format } from './reporters/index.ts';
export { type Diagnostic, RulesetError } from './ruleset/diagnostic.ts';
