import type { Dataset } from '../dataset/dataset.ts';
import { evaluatePredicate } from '../dataset/predicate.ts';
import { judgedBy } from '../dataset/views.ts';
import type { Args, Text } from '../i18n/text.ts';
import type { Rule } from '../ruleset/ruleset.ts';
import type { CheckResult, FigureLookup, Kind } from './define.ts';
import { isCalledFor, obstacleOf } from './obstacle.ts';
import { OwnKindError } from './own-kind.ts';
import { emptyResult, type Fault, type RuleResult } from './result.ts';
import { runFigure, runPlaces } from './run-figure.ts';
import { runRows } from './run-rows.ts';
import { createSelections, type SelectionOf } from './selections.ts';

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

function judge(
  rule: Rule,
  kind: Kind,
  dataset: Dataset,
  { figure, findingsPerRule, selectionOf }: RunContext & { readonly selectionOf: SelectionOf },
): RuleResult {
  const selection = selectionOf(rule, dataset);
  const result: CheckResult = kind.check({
    options: rule.options,
    rule,
    dataset,
    selected: selection.selected,
    evaluate: (predicate) => evaluatePredicate(predicate, dataset),
    figure,
    violation: (message, args, field) => ({ message, args: args as Args, field }),
  });
  switch (result.type) {
    case 'not-run':
      return notRun(rule, result.reason);
    case 'rows':
      return runRows(rule, dataset, selection, result, findingsPerRule);
    case 'figure':
      return runFigure(rule, dataset, selection, result);
    case 'places':
      return runPlaces(rule, result);
  }
}

function runRule(rule: Rule, kind: Kind, context: Parameters<typeof judge>[3]): RuleResult {
  const { dataset } = context;
  const obstacle = obstacleOf(rule, dataset);
  if (obstacle !== null) return notRun(rule, obstacle);
  const judged = judgedBy(rule, dataset) ?? dataset;
  const result = judge(rule, kind, judged, context);
  return judged === dataset ? result : { ...result, dataset: judged };
}

const FAULT: Text = { en: 'a fault in funnelint', zh: 'funnelint 内部错误' };

/** The kind of a rule; a rule that was loaded with a kind which the run has not must not vanish. */
function kindOf({ kind: verb }: Rule, { kinds }: RunContext): Kind {
  const kind = kinds.get(verb);
  if (kind === undefined) throw new Error(`no kind ${verb} is given`);
  return kind;
}

/** Runs every rule that is not off; one that throws becomes a fault and the others go on. */
export function runRules(
  rules: readonly Rule[],
  context: RunContext,
): { readonly results: readonly RuleResult[]; readonly faults: readonly Fault[] } {
  const results: RuleResult[] = [];
  const faults: Fault[] = [];
  const selectionOf = createSelections();
  for (const rule of rules) {
    if (!isCalledFor(rule, context.dataset)) continue;
    try {
      results.push(runRule(rule, kindOf(rule, context), { ...context, selectionOf }));
    } catch (error) {
      faults.push({ where: rule.id, error });
      results.push(notRun(rule, error instanceof OwnKindError ? error.reason : FAULT));
    }
  }
  return { results, faults };
}
