import { slotsOf } from '../i18n/template.ts';
import type { Text } from '../i18n/text.ts';
import type { Kind } from '../kinds/define.ts';
import { KINDS } from '../kinds/index.ts';
import type { Expression } from './expression/expression.ts';
import { parseExpression } from './expression/parse.ts';
import { fieldsOf, headersOf } from './expression/references.ts';
import { checkFigureRule } from './figure-rule.ts';
import { knownKeys } from './known-keys.ts';
import { originOf, type Path } from './layer.ts';
import type { MergedRule, Placed } from './merge.ts';
import { nearest } from './nearest.ts';
import { expressionNeeds, type FieldGroups, tableNeed, uniqueGroups } from './needs.ts';
import { optionSchema } from './option-schema.ts';
import { parseOptions } from './parse-options.ts';
import type { ProblemList } from './problem-list.ts';
import { type RuleContext, resolveReferences } from './references.ts';
import type { Origin, Rule, Threshold } from './ruleset.ts';
import { schemaProblems, unknownName } from './schema-problems.ts';
import { type RuleCommon, ruleCommon } from './schema-rule.ts';
import { isFurtherOut, parseThreshold } from './threshold.ts';

const COMMON_KEYS = Object.keys(ruleCommon.shape);
const FIELD: Text = { en: 'field', zh: '字段' };
const TABLE: Text = { en: 'table', zh: '表' };

interface Parts {
  readonly verb: Placed<unknown>;
  readonly kind: Kind;
  readonly common: RuleCommon;
}

/** Splits a rule into its verb and the common keys; a rule without exactly one verb is a mistake. */
function splitRule(rule: MergedRule, { kinds, problems }: RuleContext): Parts | null {
  const stray = rule.keys.get('');
  if (stray !== undefined) {
    const message = {
      en: 'expected a rule: a verb and its options, or a word such as off',
      zh: '应为规则：动词及其选项，或 off 等',
    };
    problems.add(stray.layer, { path: stray.path, message });
    return null;
  }
  const verbs = [...rule.keys.keys()].filter((key) => kinds.has(key));
  const known = [...COMMON_KEYS, ...kinds.keys()];
  const unknown = [...rule.keys].filter(([key]) => !known.includes(key));
  const [verb, second] = verbs;
  for (const [key, { layer, path }] of unknown) {
    const hint = verb === undefined && kinds === KINDS && nearest(key, known) === null;
    const message = unknownName({ en: 'key', zh: '键' }, key, known);
    problems.add(layer, { path, target: 'key', message: hint ? withKindsHint(message) : message });
  }
  if (verb === undefined) {
    if (unknown.length === 0) problems.add(rule.layer, { path: rule.path, target: 'key', message: noVerb(kinds) });
    return null;
  }
  if (second !== undefined) {
    const { layer, path } = rule.keys.get(second) as Placed<unknown>;
    const message = {
      en: `a rule has one verb; "${verb}" stands here already`,
      zh: `一条规则只有一个动词；这里已有“${verb}”`,
    };
    problems.add(layer, { path, target: 'key', message });
    return null;
  }
  const common = parseCommon(rule, problems);
  if (common === null) return null;
  return { verb: rule.keys.get(verb) as Placed<unknown>, kind: kinds.get(verb) as Kind, common };
}

/** The key may be the verb of a kind of one's own. */
function withKindsHint({ en, zh }: Text): Text {
  return {
    en: `${en}; a verb of your own needs --kinds with the file that defines it`,
    zh: `${zh}；自定义的动词须用 --kinds 给出定义它的文件`,
  };
}

function noVerb(kinds: ReadonlyMap<string, Kind>): Text {
  const verbs = [...kinds.keys()].join(', ');
  return { en: `the rule has no verb; one of: ${verbs}`, zh: `规则缺少动词；可用：${verbs}` };
}

function parseCommon(rule: MergedRule, problems: ProblemList): RuleCommon | null {
  const placed = COMMON_KEYS.flatMap((key) => {
    const value = rule.keys.get(key);
    return value === undefined ? [] : [[key, value] as const];
  });
  const parsed = ruleCommon.safeParse(Object.fromEntries(placed.map(([key, { value }]) => [key, value])), {
    reportInput: true,
    jitless: true,
  });
  if (parsed.success) return parsed.data;
  for (const problem of schemaProblems(parsed.error, [], () => COMMON_KEYS)) {
    const { layer, path } = rule.keys.get(String(problem.path[0])) as Placed<unknown>;
    problems.add(layer, { ...problem, path: [...path, ...problem.path.slice(1)] });
  }
  return null;
}

function thresholdOf(
  rule: MergedRule,
  key: 'warn' | 'fail',
  isFigure: boolean,
  problems: ProblemList,
): Threshold | null {
  const placed = rule.keys.get(key);
  if (placed === undefined || typeof placed.value !== 'string') return null;
  const threshold = parseThreshold(placed.value);
  const report = (en: string, zh: string): void =>
    problems.add(placed.layer, { path: placed.path, message: { en, zh } });
  if (threshold === null) {
    report('expected a bad condition such as "> 5%" or "> 25 rows"', '应为不良条件，例如 "> 5%" 或 "> 25 rows"');
    return null;
  }
  if (!isFigure && !countsViolations(threshold)) {
    report(
      'a rule on deals counts violations: write "> 5%" or "> 25 rows"',
      '按商机判断的规则统计违规数：请写 "> 5%" 或 "> 25 rows"',
    );
    return null;
  }
  return threshold;
}

/** A rule on deals counts violations, which are bad when there are too many of them. */
function countsViolations({ unit, operator }: Threshold): boolean {
  return unit !== 'days' && unit !== 'points' && operator.startsWith('>');
}

/** A bare number counts rows for a rule on deals, as in `fail: "> 0"`. */
function asRowThreshold(threshold: Threshold | null): Threshold | null {
  return threshold?.unit === 'number' ? { ...threshold, unit: 'rows' } : threshold;
}

function thresholdsOf(
  rule: MergedRule,
  kind: Kind,
  problems: ProblemList,
): { readonly warn: Threshold | null; readonly fail: Threshold | null } {
  const isFigure = kind.kind === 'metric';
  const warn = thresholdOf(rule, 'warn', isFigure, problems);
  const fail = thresholdOf(rule, 'fail', isFigure, problems);
  if (warn !== null && fail !== null && !isFurtherOut(warn, fail)) {
    const { layer, path } = rule.keys.get('fail') as Placed<unknown>;
    const message = {
      en: `fail (${fail.source}) must lie further out than warn (${warn.source}), in the same direction`,
      zh: `fail（${fail.source}）必须比 warn（${warn.source}）更严重，且方向一致`,
    };
    problems.add(layer, { path, message });
  }
  return isFigure ? { warn, fail } : { warn: asRowThreshold(warn), fail: asRowThreshold(fail) };
}

function overridesOf(rule: MergedRule): Readonly<Record<string, Origin>> {
  const overrides: Record<string, Origin> = {};
  for (const [key, { layer, path }] of rule.keys) {
    if (layer !== rule.layer) overrides[key] = originOf(layer, path);
  }
  if (rule.word !== null && rule.word.layer !== rule.layer) {
    overrides['severity'] = originOf(rule.word.layer, rule.word.path);
  }
  return overrides;
}

function whereOf(rule: MergedRule, common: RuleCommon, { environment, problems }: RuleContext): Rule['where'] {
  if (common.where === undefined) return null;
  const parsed = parseExpression(common.where, environment, 'boolean');
  if (parsed.ok) return { source: common.where, expression: parsed.value };
  const { layer, path } = rule.keys.get('where') as Placed<unknown>;
  problems.addExpression(layer, path, parsed.problems);
  return null;
}

function checkPer(rule: MergedRule, per: string | undefined, { environment, problems }: RuleContext): void {
  if (per === undefined || environment.fields.has(per)) return;
  const { layer, path } = rule.keys.get('per') as Placed<unknown>;
  problems.add(layer, { path, message: unknownName(FIELD, per, environment.fields.keys()) });
}

/** The context with the names of what the rule judges; null, with a mistake noted, where there is no such thing. */
function subjectContext(rule: MergedRule, { on, each }: RuleCommon, context: RuleContext): RuleContext | null {
  const { environments, problems } = context;
  if (on === undefined && each === undefined) return context;
  const { layer, path } = rule.keys.get(each === undefined ? 'on' : 'each') as Placed<unknown>;
  if (on !== undefined && each !== undefined) {
    const message = {
      en: 'a rule has on (rows of a table) or each (values of a field), not both',
      zh: 'on（表的行）与 each（字段的取值）只能写一个',
    };
    problems.add(layer, { path, target: 'key', message });
    return null;
  }
  const environment = on === undefined ? environments.ofValues(each as string) : environments.ofTable(on);
  if (environment !== null) return { ...context, environment };
  const message =
    on === undefined
      ? unknownName(FIELD, each as string, environments.deals.fields.keys())
      : unknownName(TABLE, on, environments.tables);
  problems.add(layer, { path, message });
  return null;
}

/** The severity and whether the rule runs: a lone word counts more than the keys of an earlier file. */
function switchOf(word: string | null, common: RuleCommon): Pick<Rule, 'severity' | 'off'> {
  const given = common.severity ?? 'error';
  if (word === 'off') return { severity: given, off: true };
  if (word === 'error' || word === 'warn' || word === 'info') return { severity: word, off: false };
  return { severity: given, off: word === 'on' ? false : common.enabled === false };
}

function textsOf(common: RuleCommon): Pick<Rule, 'title' | 'why' | 'advice' | 'message' | 'provenance'> {
  const { title = null, why = null, advice = null, message = null, provenance = null } = common;
  return { title, why, advice, message, provenance };
}

function judgingOf(common: RuleCommon): Pick<Rule, 'minRows' | 'nulls' | 'onEmpty' | 'strict' | 'mode'> {
  const { min_rows = 0, nulls = 'skip', on_empty = null, strict = false, mode = 'interval' } = common;
  return { minRows: min_rows, nulls, onEmpty: on_empty, strict, mode };
}

/** All the slots are told: nobody can guess them. */
function unknownSlot(slot: string, known: readonly string[]): Text {
  const { en, zh } = unknownName({ en: 'slot', zh: '占位符' }, slot, known);
  if (known.length === 0) return { en: `${en}; there are none here`, zh: `${zh}；此处没有可用的占位符` };
  const slots = known.map((name) => `{${name}}`);
  const isAsked = en.endsWith('?');
  return {
    en: `${en}${isAsked ? ' The slots' : '; the slots'} are ${slots.join(', ')}`,
    zh: `${zh}${isAsked ? '' : '；'}可用的占位符：${slots.join('、')}`,
  };
}

/** A slot that no message of the kind fills would stay as it is written. */
function checkMessage(rule: MergedRule, kind: Kind, { message }: RuleCommon, problems: ProblemList): void {
  if (message === undefined) return;
  const known = new Set(Object.values(kind.messages).flatMap(({ en }) => slotsOf(en)));
  for (const slot of new Set([...slotsOf(message.en), ...slotsOf(message.zh)])) {
    if (known.has(slot)) continue;
    const { layer, path } = rule.keys.get('message') as Placed<unknown>;
    problems.add(layer, { path, message: unknownSlot(slot, [...known]) });
  }
}

function headersNamed(expressions: readonly Expression[]): readonly string[] {
  return [...new Set(expressions.flatMap((expression) => [...headersOf(expression).keys()]))];
}

/** One effective rule, or null when it has mistakes (all of them noted). */
export function buildRule(rule: MergedRule, whole: RuleContext): Rule | null {
  const parts = splitRule(rule, whole);
  if (parts === null) return null;
  const { verb, kind, common } = parts;
  const context = subjectContext(rule, common, whole);
  if (context === null) return null;
  const { problems } = context;
  const where = whereOf(rule, common, context);
  checkPer(rule, common.per, context);
  const thresholds = thresholdsOf(rule, kind, problems);
  checkMessage(rule, kind, common, problems);
  const options = parseOptions(kind, verb.value);
  if (!options.success) {
    const keys = (path: Path): readonly string[] => knownKeys(optionSchema(kind), path.slice(verb.path.length));
    for (const problem of schemaProblems(options.error, verb.path, keys)) problems.add(verb.layer, problem);
    return null;
  }
  const resolved = resolveReferences(kind.references(options.data), verb, context);
  checkFigureRule(rule, { figure: resolved.figure, options: options.data, thresholds }, problems);
  const needs: FieldGroups = uniqueGroups([
    ...(common.on === undefined ? [] : [[tableNeed(common.on)]]),
    ...(common.each === undefined ? [] : [[common.each]]),
    ...resolved.needs,
    ...(where === null ? [] : expressionNeeds(where.expression)),
    ...(common.per === undefined ? [] : [[common.per]]),
  ]);
  return {
    id: rule.id,
    kind: kind.kind,
    options: options.data,
    expressions: resolved.expressions,
    assertFields: [...resolved.expressions.values()].flatMap((expression) => [...fieldsOf(expression)]),
    figure: resolved.figure,
    ...textsOf(common),
    where,
    on: common.on ?? null,
    each: common.each ?? null,
    per: common.per ?? null,
    ...switchOf(rule.word?.value ?? null, common),
    ...thresholds,
    ...judgingOf(common),
    tags: common.tags ?? [],
    needs,
    needsHistory: resolved.needsHistory,
    needsHeaders: headersNamed([...resolved.expressions.values(), ...(where === null ? [] : [where.expression])]),
    obstacle: resolved.obstacle,
    origin: originOf(rule.layer, rule.path),
    overrides: overridesOf(rule),
  };
}
