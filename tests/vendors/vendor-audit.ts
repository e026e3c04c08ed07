import { tmpdir } from 'node:os';
import { runAudit } from '../../src/audit.ts';
import { chooseRules } from '../../src/cli/rules-choice.ts';
import { buildDataset } from '../../src/dataset/build.ts';
import { type Dataset, EXIT } from '../../src/dataset/dataset.ts';
import { DAY_MILLIS } from '../../src/dataset/values/calendar.ts';
import type { OutcomeCounts } from '../../src/metrics/win/win-rate-counts.ts';
import { readInputs } from '../../src/read-inputs.ts';
import type { AuditReport } from '../../src/report/report.ts';
import { memoryBytes } from '../../src/source/byte-source.ts';
import { PLAIN_REQUEST } from '../audit-request.ts';
import { createMemoryHost } from '../cli/memory-host.ts';

export interface VendorFiles {
  readonly deals: string;
  readonly history?: string;
  readonly previous?: readonly string[];
  readonly asOf?: string;
}

/** Audits files as they come, without rules and without naming the CRM. */
export async function auditVendor({
  deals,
  history,
  previous = [],
  asOf = '2026-06-01',
}: VendorFiles): Promise<AuditReport> {
  const bytes = (name: string, text: string) => memoryBytes(name, Buffer.from(text));
  return runAudit({
    ...PLAIN_REQUEST,
    file: bytes('deals.csv', deals),
    history: history === undefined ? null : bytes('history.csv', history),
    previous: previous.map((text, index) => bytes(`deals-2026-05-0${index + 1}.csv`, text)),
    ruleset: await chooseRules({}, createMemoryHost(tmpdir()), null),
    asOf,
  });
}

/** The CRM the report took the file for, null for none. */
export function packOf(report: AuditReport): string | null {
  return report.packs.find((pack) => pack !== 'recommended') ?? null;
}

/** Field → header of the table of deals. */
export function fieldsOf(report: AuditReport): Readonly<Record<string, string>> {
  const columns = report.inputs[0]?.columns ?? [];
  return Object.fromEntries(columns.flatMap(({ header, field }) => (field === null ? [] : [[field, header]])));
}

/** Won, lost and open deals as the win rate counts them. */
export function outcomesOf(report: AuditReport): string {
  const result = report.metrics['winRate']?.result as { readonly counts: OutcomeCounts } | undefined;
  if (result === undefined) return 'no win rate';
  const { counts } = result;
  return `${counts.won} won, ${counts.lost} lost, ${counts.open} open`;
}

/** The notices of all files of these kinds, with their arguments. */
export function noticesOf(report: AuditReport, prefix: string): readonly (readonly [string, unknown])[] {
  return report.inputs
    .flatMap(({ notices }) => notices)
    .filter(({ code }) => code.startsWith(prefix))
    .map(({ code, args }) => [code, args] as const);
}

/** Verdict and number of violations of a rule. */
export function verdictOf(report: AuditReport, id: string): string {
  const rule = report.rules.find((each) => each.id === id);
  return rule === undefined ? 'no such rule' : `${rule.verdict} ${rule.counts.violating}`;
}

/** The deals and journeys of files, without rules and without naming the CRM. */
export async function datasetOf({ deals, asOf = '2026-06-01' }: VendorFiles): Promise<Dataset> {
  const inputs = await readInputs({
    file: memoryBytes('deals.csv', Buffer.from(deals)),
    history: null,
    previous: [],
    reading: {},
    ruleset: await chooseRules({}, createMemoryHost(tmpdir()), null),
  });
  return buildDataset({ ...inputs, asOfDay: Date.parse(`${asOf}T00:00:00Z`) / DAY_MILLIS });
}

/** Stays of each deal: stage, first and last day, how it was left. */
export function staysOf({ journeys, stages, rowCount }: Dataset): readonly (readonly string[])[] {
  if (journeys === null) return [];
  const dayOf = (millis: number): string => (Number.isNaN(millis) ? '' : new Date(millis).toISOString().slice(5, 10));
  const exits = Object.keys(EXIT);
  return Array.from({ length: rowCount }, (_, deal) =>
    Array.from({ length: journeys.offsets[deal + 1]! - journeys.offsets[deal]! }, (__, index) => {
      const stay = journeys.offsets[deal]! + index;
      const days = `${dayOf(journeys.start[stay]!)}–${dayOf(journeys.end[stay]!)}`;
      return `${stages[journeys.stage[stay]!]!.id} ${days} ${exits[journeys.exit[stay]!]}`;
    }),
  );
}
