import { dirname, isAbsolute, join } from 'node:path';
import type { Kind } from '../kinds/define.ts';
import { parseIsoDay } from '../kinds/option-types.ts';
import { buildDefinitions } from './build-definitions.ts';
import { buildFields, buildSource, buildTables } from './build-fields.ts';
import { buildParameters, buildRates, buildReport } from './build-report.ts';
import { buildRule } from './build-rule.ts';
import { buildStages } from './build-stages.ts';
import { buildBenchmarks, buildReviewDay, buildTargets } from './build-targets.ts';
import {
  buildEnvironments,
  DEALS_TABLE,
  type Declared,
  type Environments,
  LOG_TABLE,
  PREVIOUS_TABLE,
} from './environments.ts';
import type { Expression } from './expression/expression.ts';
import { headersOf } from './expression/references.ts';
import { originOf } from './layer.ts';
import { type CheckedLayer, type Merged, type MergedRule, mergeLayers, type Placed } from './merge.ts';
import { nearest } from './nearest.ts';
import type { ProblemList } from './problem-list.ts';
import type { RuleContext } from './references.ts';
import {
  type ExceptionEntry,
  type FieldType,
  PACK_PREFIX,
  type Rule,
  type Ruleset,
  type StageDefinition,
} from './ruleset.ts';
import { unknownName, withSuggestion } from './schema-problems.ts';
import { ruleWord } from './schema-rule.ts';
import { namesOfFields } from './sensitive-fields.ts';

/** The layer whose stage list stands in for a CRM nobody named. */
const GENERIC_STAGES = `${PACK_PREFIX}recommended`;

/** Names that expressions understand without a declaration. */
const RESERVED = ['stage', 'today', DEALS_TABLE, LOG_TABLE, PREVIOUS_TABLE];

/** What the caller knows of the files that were merged. */
export interface BuildInput {
  /** Base first. */
  readonly layers: readonly CheckedLayer[];
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly file: string | null;
  readonly packs: readonly string[];
  /** Ids of all rules that ship, for did-you-mean. */
  readonly shippedRules: () => readonly string[];
}

function buildExceptions(merged: Merged, problems: ProblemList): readonly ExceptionEntry[] {
  if (merged.exceptions === null) return [];
  const { value, layer } = merged.exceptions;
  return value.map((entry, index) => {
    const path = ['exceptions', index];
    if (!merged.rules.has(entry.rule)) {
      const message = unknownName({ en: 'rule', zh: '规则' }, entry.rule, merged.rules.keys());
      problems.add(layer, { path: [...path, 'rule'], message });
    }
    const untilDay = entry.until === undefined ? null : parseIsoDay(entry.until);
    if (entry.until !== undefined && untilDay === null) {
      problems.add(layer, { path: [...path, 'until'], message: { en: 'there is no such day', zh: '没有这一天' } });
    }
    const keys = (Array.isArray(entry.key) ? entry.key : [entry.key]).map(String);
    return { rule: entry.rule, keys, untilDay, reason: entry.reason, origin: originOf(layer, path) };
  });
}

const WORDS: readonly string[] = ruleWord.options;

/** A word such as `off` for a rule that no file defines is a mistake, not a wish. */
function checkWords(merged: Merged, shippedRules: () => readonly string[], problems: ProblemList): void {
  const defined = [...merged.rules.values()].filter((rule) => rule.keys.size > 0).map((rule) => rule.id);
  for (const { id, keys, word, layer, path } of merged.rules.values()) {
    if (word === null) {
      if (keys.size > 0) continue;
      const message = {
        en: 'the rule says nothing; give it a verb, or a word such as off',
        zh: '规则是空的；请写动词，或 off 等',
      };
      problems.add(layer, { path, target: 'key', message });
      continue;
    }
    if (keys.size === 0) {
      const message = unknownName({ en: 'rule', zh: '规则' }, id, [...defined, ...shippedRules()]);
      problems.add(word.layer, { path: word.path, target: 'key', message });
    } else if (!WORDS.includes(word.value)) {
      const choices = {
        en: `expected one of: ${WORDS.join(', ')}`,
        zh: `应为以下之一：${WORDS.join('、')}`,
      };
      const message = withSuggestion(choices, nearest(word.value, WORDS));
      problems.add(word.layer, { path: word.path, message });
    }
  }
}

function expressionsOf(rule: Rule): readonly Expression[] {
  const ofFigure = (rule.figure?.args ?? []).flatMap((argument) =>
    argument.type === 'expression' ? [argument.expression] : [],
  );
  return [...rule.expressions.values(), ...(rule.where === null ? [] : [rule.where.expression]), ...ofFigure];
}

/** Headers in backticks with the type they are used as; one that two rules use as different types is a mistake. */
function collectHeaders(
  rules: readonly Rule[],
  stages: readonly StageDefinition[],
  merged: Merged,
  problems: ProblemList,
): ReadonlyMap<string, FieldType> {
  const headers = new Map<string, FieldType>();
  for (const stage of stages) {
    if (stage.exit !== null) for (const [header, type] of headersOf(stage.exit.expression)) headers.set(header, type);
  }
  for (const rule of rules) {
    for (const [header, type] of expressionsOf(rule).flatMap((expression) => [...headersOf(expression)])) {
      const other = headers.get(header);
      if (other !== undefined && other !== type) {
        const { layer, path } = merged.rules.get(rule.id) as MergedRule;
        const message = {
          en: `\`${header}\` is used as ${type} here and as ${other} elsewhere; name it under fields with its type`,
          zh: `\`${header}\` 在此按 ${type} 使用，在别处按 ${other} 使用；请在 fields 中写明类型`,
        };
        problems.add(layer, { path, target: 'key', message });
      }
      headers.set(header, other ?? type);
    }
  }
  return headers;
}

/** A path in a rules file is relative to the file. */
function besideLayer({ layer, value }: Placed<unknown>): string {
  return isAbsolute(String(value)) ? String(value) : join(dirname(layer.name), String(value));
}

/** Merges checked files into the effective rules; every mistake goes to `problems`, and what has one is left out. */
export function buildRuleset({ layers, kinds, file, packs, shippedRules }: BuildInput, problems: ProblemList): Ruleset {
  const merged = mergeLayers(layers, new Set(kinds.keys()));
  const fields = buildFields(merged.fields);
  const fieldTypes = new Map(fields.map((field) => [field.id, field.type]));
  const fieldIds = new Set(fieldTypes.keys());
  const historyFields = buildFields(merged.history);
  const tables = buildTables(merged.tables, besideLayer);
  const others = [...historyFields, ...tables.flatMap((table) => table.fields)].map(({ id }) => id);
  const source = buildSource(merged, fieldIds, new Set([...fieldIds, ...others]), problems, besideLayer);
  const stageIds = (merged.stages?.value ?? []).map(({ id }) => id);
  const taken = [...fieldIds, ...others, ...stageIds, ...tables.map(({ id }) => id), ...RESERVED];
  const definitions = buildDefinitions(merged, new Set(taken), problems);
  const environmentsOf = (stages: Declared['stages']): Environments =>
    buildEnvironments({ fields, historyFields, tables, stages, key: source.key, definitions });
  const stages = buildStages(merged, fields, (listed) => environmentsOf(listed).deals, problems);
  const environments = environmentsOf(stages);
  const environment = environments.deals;
  const stagesLayer = merged.stages?.layer ?? null;
  const context: RuleContext = { kinds, environments, environment, stagesLayer, problems };
  checkWords(merged, shippedRules, problems);
  const rules = [...merged.rules.values()]
    .filter((rule) => rule.keys.size > 0)
    .flatMap((rule) => buildRule(rule, context) ?? []);
  for (const [index, segment] of (merged.segments?.value ?? []).entries()) {
    if (merged.segments === null || fieldIds.has(segment)) continue;
    const message = unknownName({ en: 'field', zh: '字段' }, segment, fieldIds);
    problems.add(merged.segments.layer, { path: ['segments', index], message });
  }
  return {
    name: merged.name ?? null,
    file,
    packs,
    source,
    fields,
    historyFields,
    tables,
    stages,
    genericStages: merged.stages?.layer.name === GENERIC_STAGES,
    rules,
    allRules: rules,
    segments: merged.segments?.value ?? [],
    targets: buildTargets(merged, environment, problems),
    benchmarks: buildBenchmarks(
      merged,
      stages.map(({ id }) => id),
      problems,
    ),
    reviewByDay: buildReviewDay(merged, problems),
    reviewByOrigin: merged.reviewBy === null ? null : originOf(merged.reviewBy.layer, merged.reviewBy.path),
    exceptions: buildExceptions(merged, problems),
    report: buildReport(merged, namesOfFields({ fields, historyFields, tables }), problems),
    rates: buildRates(merged, problems),
    parameters: buildParameters(merged, problems),
    extraHeaders: collectHeaders(rules, stages, merged, problems),
  };
}
