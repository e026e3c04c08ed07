import type { Dataset } from '../dataset/dataset.ts';
import { evaluatePredicate } from '../dataset/predicate.ts';
import type { Args, Text } from '../i18n/text.ts';
import type { Rule } from '../ruleset/ruleset.ts';
import type { Figure } from '../stats/figure.ts';
import {
  type CheckResult,
  type FigureLookup,
  type FigureResult,
  HOLDS,
  type Kind,
  NOT_CHECKED,
  type PlacesResult,
  type RowsResult,
  UNKNOWN,
  VIOLATES,
  type Violation,
} from './define.ts';
import { judgeFigure, judgeRows, type Verdict, worstVerdict } from './judge.ts';
import { dealKeys } from './keys.ts';
import { segmentsOf } from './segments.ts';

export interface Counts {
  readonly checked: number;
  readonly violating: number;
  readonly unknown: number;
  readonly filteredOut: number;
  readonly excepted: number;
}

export interface SegmentResult {
  readonly segment: string | null;
  readonly verdict: Verdict;
  readonly counts: Counts;
  readonly figure: Figure | null;
  /** Rows that violate, for the amount at stake. */
  readonly rows: readonly number[];
}

/** A violation with its place: the deal's row, or a line of the file. */
export interface RuleFinding extends Violation {
  readonly row: number | null;
  readonly sheetRow: number | null;
  readonly line: number | null;
  readonly segment: string | null;
}

export interface RuleResult {
  readonly rule: Rule;
  readonly verdict: Verdict;
  readonly reason: Text | null;
  readonly counts: Counts;
  readonly figure: Figure | null;
  readonly rows: readonly number[];
  readonly segments: readonly SegmentResult[];
  readonly findings: readonly RuleFinding[];
  /** Keys of exceptions that met a finding, as `rule key`. */
  readonly exceptionsMet: ReadonlySet<string>;
}

export interface Fault {
  readonly where: string;
  readonly error: unknown;
}

const NO_COUNTS: Counts = { checked: 0, violating: 0, unknown: 0, filteredOut: 0, excepted: 0 };
const NO_MEMBERS: ReadonlySet<string> = new Set();

function notRun(rule: Rule, reason: Text): RuleResult {
  return {
    rule,
    verdict: 'not-run',
    reason,
    counts: NO_COUNTS,
    figure: null,
    rows: [],
    segments: [],
    findings: [],
    exceptionsMet: NO_MEMBERS,
  };
}

/** Why a rule cannot run on this file, null when it can. A column that is absent never makes a rule green. */
function obstacleOf(rule: Rule, dataset: Dataset): Text | null {
  if (rule.obstacle !== null) return rule.obstacle;
  if (rule.needsHistory && dataset.journeys === null) {
    return { en: 'needs the change log (--history)', zh: '需要阶段变更记录（--history）' };
  }
  const absent = rule.needs.filter((group) => !group.some((field) => dataset.columns.has(field)));
  if (absent.length === 0) return null;
  const labelOf = (field: string): Text =>
    dataset.fields.find((definition) => definition.id === field)?.label ?? { en: field, zh: field };
  const names = (lang: 'en' | 'zh', or: string): string =>
    absent.map((group) => group.map((field) => labelOf(field)[lang]).join(or)).join(lang === 'en' ? ', ' : '、');
  return { en: `no column for ${names('en', ' or ')}`, zh: `缺少列：${names('zh', ' 或 ')}` };
}

/** Rows that `where` picks; a deal for which it is unknown is not picked, and counts as filtered out. */
function selectRows(rule: Rule, dataset: Dataset): Uint8Array {
  if (rule.where === null) return new Uint8Array(dataset.rowCount).fill(1);
  const holds = evaluatePredicate(rule.where.expression, dataset);
  return Uint8Array.from(holds, (value) => (value === 1 ? 1 : 0));
}

function countOutcomes(outcome: Uint8Array, of: Uint8Array, filteredOut: number, excepted: number): Counts {
  let checked = 0;
  let violating = 0;
  let unknown = 0;
  for (let row = 0; row < outcome.length; row++) {
    if (of[row] === 0) continue;
    const value = outcome[row];
    if (value === UNKNOWN) unknown++;
    else if (value !== NOT_CHECKED) checked++;
    if (value === VIOLATES) violating++;
  }
  return { checked, violating, unknown, filteredOut, excepted };
}

function applyNulls(outcome: Uint8Array, nulls: Rule['nulls']): void {
  if (nulls === 'skip') return;
  const replacement = nulls === 'fail' ? VIOLATES : HOLDS;
  for (let row = 0; row < outcome.length; row++) if (outcome[row] === UNKNOWN) outcome[row] = replacement;
}

/** Takes excepted deals out of the outcome; returns how many and which exceptions met a violation. */
function applyExceptions(rule: Rule, dataset: Dataset, outcome: Uint8Array): { excepted: number; met: Set<string> } {
  const met = new Set<string>();
  const keys = new Set(
    dataset.ruleset.exceptions
      .filter(({ rule: id, untilDay }) => id === rule.id && (untilDay === null || untilDay >= dataset.asOfDay))
      .flatMap((exception) => exception.keys),
  );
  let excepted = 0;
  if (keys.size === 0) return { excepted, met };
  const keyOf = dealKeys(dataset);
  for (let row = 0; row < outcome.length; row++) {
    if (outcome[row] !== VIOLATES) continue;
    const key = keyOf(row);
    if (key === null || !keys.has(key)) continue;
    outcome[row] = NOT_CHECKED;
    excepted++;
    met.add(key);
  }
  return { excepted, met };
}

function rowsWhere(outcome: Uint8Array, of: Uint8Array): number[] {
  const rows: number[] = [];
  for (let row = 0; row < outcome.length; row++) if (outcome[row] === VIOLATES && of[row] === 1) rows.push(row);
  return rows;
}

function countZeros(mask: Uint8Array): number {
  let zeros = 0;
  for (const value of mask) if (value === 0) zeros++;
  return zeros;
}

function runRows(rule: Rule, dataset: Dataset, selected: Uint8Array, result: RowsResult): RuleResult {
  const { outcome } = result;
  applyNulls(outcome, rule.nulls);
  const { excepted, met } = applyExceptions(rule, dataset, outcome);
  const everything = new Uint8Array(dataset.rowCount).fill(1);
  const counts = countOutcomes(outcome, everything, countZeros(selected), excepted);
  const segments = segmentsOf(rule, dataset).map(({ segment, mask }): SegmentResult => {
    const own = countOutcomes(outcome, mask, 0, 0);
    return { segment, verdict: judgeRows(rule, own), counts: own, figure: null, rows: rowsWhere(outcome, mask) };
  });
  const rows = rowsWhere(outcome, everything);
  const segmentOfRow = new Map(segments.flatMap(({ segment, rows: own }) => own.map((row) => [row, segment] as const)));
  const findings = rows.flatMap((row) =>
    result.describe(row).map(
      (violation): RuleFinding => ({
        ...violation,
        row,
        sheetRow: dataset.sheet.rows[row] ?? null,
        line: dataset.sheet.lines[row] ?? null,
        segment: segmentOfRow.get(row) ?? null,
      }),
    ),
  );
  const verdict =
    rule.per === null || segments.length === 0
      ? judgeRows(rule, counts)
      : worstVerdict(segments.map((segment) => segment.verdict));
  return { rule, verdict, reason: null, counts, figure: null, rows, segments, findings, exceptionsMet: met };
}

function figureFinding(rule: Rule, figure: Figure, segment: string | null, message: string): RuleFinding {
  const threshold = rule.fail?.source ?? rule.warn?.source ?? '';
  const args: Args = {
    figure: typeof rule.options === 'object' ? String((rule.options as { figure?: unknown }).figure) : rule.id,
    value: figureArg(figure),
    threshold,
  };
  return { message, args, field: null, row: null, sheetRow: null, line: null, segment };
}

function figureArg({ value, unit, currency }: Figure): Args[string] {
  if (value === null) return null;
  if (unit === 'rate') return { rate: value };
  if (unit === 'days') return { days: value };
  return unit === 'money' ? { money: value, currency } : value;
}

function runFigure(rule: Rule, dataset: Dataset, selected: Uint8Array, result: FigureResult): RuleResult {
  const figure = result.figureOf(selected);
  const segments = segmentsOf(rule, dataset).map(({ segment, mask }): SegmentResult => {
    const both = Uint8Array.from(mask, (value, row) => value & (selected[row] as number));
    const own = result.figureOf(both);
    return {
      segment,
      verdict: judgeFigure(rule, own),
      counts: { ...NO_COUNTS, checked: own.of },
      figure: own,
      rows: [],
    };
  });
  const own = judgeFigure(rule, figure);
  const verdict = rule.per === null || segments.length === 0 ? own : worstVerdict(segments.map((each) => each.verdict));
  const isBad = (each: Verdict): boolean => each === 'fail' || each === 'warn';
  const findings =
    rule.per === null
      ? isBad(own)
        ? [figureFinding(rule, figure, null, result.message)]
        : []
      : segments
          .filter((each) => isBad(each.verdict) && each.figure !== null)
          .map((each) => figureFinding(rule, each.figure as Figure, each.segment, result.message));
  const counts = { ...NO_COUNTS, checked: figure.of, filteredOut: countZeros(selected) };
  return { rule, verdict, reason: null, counts, figure, rows: [], segments, findings, exceptionsMet: NO_MEMBERS };
}

function runPlaces(rule: Rule, { checked, places }: PlacesResult): RuleResult {
  const counts = { ...NO_COUNTS, checked, violating: places.length };
  const findings = places.map(
    ({ message, args, row, line }): RuleFinding => ({
      message,
      args,
      field: null,
      row: null,
      sheetRow: row,
      line,
      segment: null,
    }),
  );
  const verdict = judgeRows(rule, counts);
  return {
    rule,
    verdict,
    reason: null,
    counts,
    figure: null,
    rows: [],
    segments: [],
    findings,
    exceptionsMet: NO_MEMBERS,
  };
}

function runRule(rule: Rule, kind: Kind, dataset: Dataset, figure: FigureLookup): RuleResult {
  const obstacle = obstacleOf(rule, dataset);
  if (obstacle !== null) return notRun(rule, obstacle);
  const selected = selectRows(rule, dataset);
  const result: CheckResult = kind.check({
    options: rule.options,
    rule,
    dataset,
    selected,
    evaluate: (predicate) => evaluatePredicate(predicate, dataset),
    figure,
    violation: (message, args, field) => ({ message, args: args as Args, field }),
  });
  switch (result.type) {
    case 'not-run':
      return notRun(rule, result.reason);
    case 'rows':
      return runRows(rule, dataset, selected, result);
    case 'figure':
      return runFigure(rule, dataset, selected, result);
    case 'places':
      return runPlaces(rule, result);
  }
}

/** Runs every rule that is not off; one that throws becomes a fault and the others go on. */
export function runRules(
  rules: readonly Rule[],
  kinds: ReadonlyMap<string, Kind>,
  dataset: Dataset,
  figure: FigureLookup,
): { readonly results: readonly RuleResult[]; readonly faults: readonly Fault[] } {
  const results: RuleResult[] = [];
  const faults: Fault[] = [];
  for (const rule of rules) {
    const kind = kinds.get(rule.kind);
    if (rule.off || kind === undefined) continue;
    try {
      results.push(runRule(rule, kind, dataset, figure));
    } catch (error) {
      faults.push({ where: rule.id, error });
      results.push(notRun(rule, { en: 'a fault in funnelint', zh: 'funnelint 内部错误' }));
    }
  }
  return { results, faults };
}
