import { FunnelintError } from '../errors.ts';
import type { Text } from '../i18n/text.ts';
import { nearest } from './nearest.ts';
import type { Ruleset } from './ruleset.ts';

/** Which of the effective rules are wanted; an empty list wants all. */
export interface RuleChoice {
  /** Ids of the only rules that run; one of them runs even when it is off. */
  readonly rule?: readonly string[];
  /** Ids of rules that are left out. */
  readonly skip?: readonly string[];
  /** Tags of which the rules have one. */
  readonly tag?: readonly string[];
}

/** The mistake of naming a rule that is not there, with the name that was meant where one is near. */
export function noRule(name: string, suggestion: string | null): FunnelintError {
  return suggestion === null
    ? new FunnelintError('rules/no-rule', { rule: name })
    : new FunnelintError('rules/no-rule-but', { rule: name, suggestion });
}

function checkNames(names: readonly string[], { rules }: Ruleset): void {
  const ids = rules.map(({ id }) => id);
  for (const name of names) if (!ids.includes(name)) throw noRule(name, nearest(name, ids));
}

const NONE: Text = { en: 'none', zh: '无' };

function checkTags(names: readonly string[], { rules }: Ruleset): void {
  const tags = [...new Set(rules.flatMap((rule) => rule.tags))].sort();
  for (const tag of names) {
    if (tags.includes(tag)) continue;
    throw new FunnelintError('rules/no-tag', { tag, tags: tags.length === 0 ? { text: NONE } : tags.join(', ') });
  }
}

/**
 * The effective rules with those alone that are wanted.
 * @throws FunnelintError `rules/no-rule`, `rules/no-rule-but`, `rules/no-tag`, `rules/none-left`
 */
export function narrowRules(ruleset: Ruleset, { rule = [], skip = [], tag = [] }: RuleChoice): Ruleset {
  checkNames([...rule, ...skip], ruleset);
  checkTags(tag, ruleset);
  const rules = ruleset.rules
    .filter(({ id }) => rule.length === 0 || rule.includes(id))
    .filter(({ id }) => !skip.includes(id))
    .filter(({ tags }) => tag.length === 0 || tags.some((name) => tag.includes(name)))
    .map((each) => (rule.includes(each.id) ? { ...each, off: false } : each));
  if (rules.length === 0 && ruleset.rules.length > 0) throw new FunnelintError('rules/none-left');
  return { ...ruleset, rules };
}
