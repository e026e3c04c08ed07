import type { Kind } from '../kinds/define.ts';
import { KINDS } from '../kinds/index.ts';
import { nearest } from '../ruleset/nearest.ts';
import type { Rule, Ruleset } from '../ruleset/ruleset.ts';
import { type ExplainContext, kindDocument, ruleDocument } from './explain-document.ts';
import type { Host } from './host.ts';
import { kindOptions } from './kind-options.ts';
import { type Printable, printDocument } from './print-document.ts';
import { createRuleSource } from './rule-source.ts';
import { ruleJson } from './rule-view.ts';
import { effectiveRules, noRule } from './rules-choice.ts';
import { type RulesCommandFlags, translatorFor } from './rules-command.ts';

function kindJson(kind: Kind): unknown {
  const { title, why, fix, messages, example } = kind;
  return { kind: kind.kind, title, why, fix, options: kindOptions(kind), messages, example };
}

function printableRule(rule: Rule, kind: Kind, context: ExplainContext): Printable {
  const written = createRuleSource(new Set(KINDS.keys()))(rule);
  return {
    document: () => ruleDocument(rule, kind, written, context),
    json: () => ({
      rule: ruleJson(rule, kind, written),
      why: rule.why ?? kind.why,
      fix: rule.advice ?? kind.fix,
      kind: kindJson(kind),
    }),
  };
}

function printableKind(kind: Kind, rules: readonly Rule[], context: ExplainContext): Printable {
  const usedBy = rules.filter((rule) => rule.kind === kind.kind).map(({ id }) => id);
  return {
    document: () => kindDocument(kind, rules, context),
    json: () => ({ kind: kindJson(kind), usedBy }),
  };
}

/** The name meant, over rule ids and kinds; half an id is enough. */
function suggestionFor(name: string, ids: readonly string[]): string | null {
  return nearest(name, [...ids, ...KINDS.keys()]) ?? ids.find((id) => id.split('/').includes(name)) ?? null;
}

function printableOf(name: string, { rules }: Ruleset, context: ExplainContext): Printable {
  const rule = rules.find(({ id }) => id === name);
  const kind = KINDS.get(rule?.kind ?? name);
  if (kind === undefined) {
    const suggestion = suggestionFor(
      name,
      rules.map(({ id }) => id),
    );
    throw noRule(name, suggestion);
  }
  return rule === undefined ? printableKind(kind, rules, context) : printableRule(rule, kind, context);
}

/**
 * `funnelint explain`: what a rule or a kind checks, why, and how to fix it.
 * @throws FunnelintError `rules/no-rule`, or `rules/no-rule-but` with the nearest name
 */
export async function explainCommand(name: string, flags: RulesCommandFlags, host: Host): Promise<number> {
  const ruleset = effectiveRules(flags, host);
  const translator = translatorFor(ruleset, flags.lang, host);
  const printable = printableOf(name, ruleset, { translator, folder: host.folder });
  await printDocument(printable, translator.lang, flags, host);
  return 0;
}
