import type { Dataset } from '../dataset/dataset.ts';
import { evaluatePredicate } from '../dataset/predicate.ts';
import type { Args, Text } from '../i18n/text.ts';
import { PACK_PREFIX, type Rule } from '../ruleset/ruleset.ts';
import type { CheckResult, FigureLookup, Kind } from './define.ts';
import { emptyResult, type Fault, type RuleResult } from './result.ts';
import { runFigure, runPlaces } from './run-figure.ts';
import { runRows } from './run-rows.ts';

/** What the rules are run with. */
export interface RunContext {
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly dataset: Dataset;
  readonly figure: FigureLookup;
  /** Findings described per rule; counts are always exact. */
  readonly findingsPerRule: number;
}

function notRun(rule: Rule, reason: Text): RuleResult {
  return { ...emptyResult(rule, 'not-run'), reason };
}

/** A rule of a pack about another table is called for only where that table is given. */
export function isCalledFor(rule: Rule, { tables }: Dataset): boolean {
  if (rule.off) return false;
  const { needsTable, origin } = rule;
  return needsTable === null || tables.has(needsTable) || !origin.file.startsWith(PACK_PREFIX);
}

/** Why a rule cannot run on this file, null when it can. A column that is absent never makes a rule green. */
export function obstacleOf(rule: Rule, dataset: Dataset): Text | null {
  if (rule.obstacle !== null) return rule.obstacle;
  if (rule.needsHistory && dataset.journeys === null) {
    return { en: 'needs the change log (--history)', zh: '需要阶段变更记录（--history）' };
  }
  const { needsTable } = rule;
  if (needsTable !== null && !dataset.tables.has(needsTable)) {
    return { en: `needs the table ${needsTable} (--table)`, zh: `需要 ${needsTable} 表（--table）` };
  }
  const header = rule.needsHeaders.find((name) => !dataset.headerColumns.has(name));
  if (header !== undefined) return { en: `no column “${header}”`, zh: `缺少列“${header}”` };
  const lacking = rule.needs.filter((group) => !group.some((field) => dataset.columns.has(field)));
  // What one column would bring need not be told again as one of several.
  const absent = lacking.filter(
    (group) => !lacking.some((other) => other.length < group.length && other.every((field) => group.includes(field))),
  );
  if (absent.length === 0) return null;
  const labelOf = (field: string): Text =>
    dataset.fields.find((definition) => definition.id === field)?.label ?? { en: field, zh: field };
  const names = (lang: 'en' | 'zh', or: string): string =>
    absent.map((group) => group.map((field) => labelOf(field)[lang]).join(or)).join(lang === 'en' ? ', ' : '、');
  return { en: `no column for ${names('en', ' or ')}`, zh: `缺少列：${names('zh', ' 或 ')}` };
}

/** Rows that `where` picks; a deal for which it is unknown is not picked, and counts as filtered out. */
function selectRows(rule: Rule, dataset: Dataset): Uint8Array {
  const selected = new Uint8Array(dataset.rowCount).fill(1);
  if (rule.where === null) return selected;
  const holds = evaluatePredicate(rule.where.expression, dataset);
  for (let row = 0; row < selected.length; row++) if (holds[row] !== 1) selected[row] = 0;
  return selected;
}

function runRule(rule: Rule, kind: Kind, { dataset, figure, findingsPerRule }: RunContext): RuleResult {
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
      return runRows(rule, dataset, selected, result, findingsPerRule);
    case 'figure':
      return runFigure(rule, dataset, selected, result);
    case 'places':
      return runPlaces(rule, result);
  }
}

/** Runs every rule that is not off; one that throws becomes a fault and the others go on. */
export function runRules(
  rules: readonly Rule[],
  context: RunContext,
): { readonly results: readonly RuleResult[]; readonly faults: readonly Fault[] } {
  const results: RuleResult[] = [];
  const faults: Fault[] = [];
  for (const rule of rules) {
    const kind = context.kinds.get(rule.kind);
    if (kind === undefined || !isCalledFor(rule, context.dataset)) continue;
    try {
      results.push(runRule(rule, kind, context));
    } catch (error) {
      faults.push({ where: rule.id, error });
      results.push(notRun(rule, { en: 'a fault in funnelint', zh: 'funnelint 内部错误' }));
    }
  }
  return { results, faults };
}
