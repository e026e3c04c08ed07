import type { Dataset } from '../dataset/dataset.ts';
import type { Expression } from '../ruleset/expression/expression.ts';
import { operandsOf } from '../ruleset/expression/operands.ts';
import { type Origin, PACK_PREFIX, type Rule, type StageDefinition } from '../ruleset/ruleset.ts';
import type { ConfigCheck, Flaw } from './config-messages.ts';

/** What is certain of a value once the stage is known: true, false, or null where the deal decides. */
type Certain = boolean | null;

type Comparable = string | number | null;

/** A part that the stage decides, null for any other. */
function valueAt(part: Expression, stage: StageDefinition, index: number): Comparable {
  if (part.op === 'stageKind') return part.field === 'stage' ? stage.kind : null;
  if (part.op === 'stageIndex') return part.field === 'stage' ? index : null;
  if (part.op === 'field') return part.field === 'stage' ? stage.id : null;
  return part.op === 'literal' && typeof part.value !== 'boolean' ? part.value : null;
}

function compare(operator: string, left: string | number, right: string | number): Certain {
  switch (operator) {
    case '=':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    default:
      return left >= right;
  }
}

function isOneOf(value: Comparable, list: readonly Comparable[]): Certain {
  if (value === null || list.includes(null)) return null;
  return list.includes(value);
}

function negated(value: Certain): Certain {
  return value === null ? null : !value;
}

/** Kleene's `and` (`decided: false`) and `or` (`decided: true`). */
function joined(left: Certain, right: Certain, decided: boolean): Certain {
  if (left === decided || right === decided) return decided;
  return left === null || right === null ? null : !decided;
}

function certainty(condition: Expression, stage: StageDefinition, index: number): Certain {
  const inner = (part: Expression): Certain => certainty(part, stage, index);
  switch (condition.op) {
    case 'and':
      return joined(inner(condition.left), inner(condition.right), false);
    case 'or':
      return joined(inner(condition.left), inner(condition.right), true);
    case 'not':
      return negated(inner(condition.operand));
    case 'literal':
      return typeof condition.value === 'boolean' ? condition.value : null;
    case 'compare': {
      const [left, right] = operandsOf(condition).map((part) => valueAt(part, stage, index));
      return left == null || right == null ? null : compare(condition.operator, left, right);
    }
    case 'in': {
      const [value = null, ...list] = operandsOf(condition).map((part) => valueAt(part, stage, index));
      const within = isOneOf(value, list);
      return condition.negated ? negated(within) : within;
    }
    default:
      return null;
  }
}

/** Where somebody wrote about the rule outside the packs: a pack's own rules hold for many funnels. */
function ownPlace({ origin, overrides }: Rule): Origin | null {
  const places = [origin, ...Object.values(overrides)];
  return places.find(({ file }) => !file.startsWith(PACK_PREFIX)) ?? null;
}

/** Fields that no header is known for, where one of each group is needed and the file has none of them either. */
function unmappedFields({ needs }: Rule, { fields, columns }: Dataset): readonly string[] {
  const known = new Set(fields.filter((field) => field.columns.length > 0).map(({ id }) => id));
  // `activities.at` is for the table to have.
  const ofDeals = needs.filter((names) => !names.some((name) => name.includes('.')));
  const group = ofDeals.find((names) => !names.some((name) => known.has(name) || columns.has(name)));
  return group ?? [];
}

function flawOf(rule: Rule, dataset: Dataset, at: Origin): Flaw | null {
  const { id, where, obstacle, on, each } = rule;
  if (obstacle !== null) return { message: 'obstructed', args: { rule: id, reason: { text: obstacle } }, at };
  // What such a rule names are columns of a table, or figures of all deals with a value.
  if (on !== null || each !== null) return null;
  const unmapped = unmappedFields(rule, dataset);
  if (unmapped.length > 0) {
    const args = { rule: id, fields: { list: unmapped.map((field) => ({ field })) } };
    return { message: 'unmapped', args, at };
  }
  const { stages } = dataset.ruleset;
  const never = where !== null && stages.every((stage, index) => certainty(where.expression, stage, index) === false);
  if (!never || stages.length === 0) return null;
  return { message: 'noStageMeets', args: { rule: id, where: where.source }, at };
}

/** Rules of the rules file that can never apply, whatever the deals hold. */
export function checkReachable(dataset: Dataset): ConfigCheck {
  const own = dataset.ruleset.allRules.flatMap((rule) => {
    const at = rule.off ? null : ownPlace(rule);
    return at === null ? [] : [{ rule, at }];
  });
  return { checked: own.length, flaws: own.flatMap(({ rule, at }) => flawOf(rule, dataset, at) ?? []) };
}
