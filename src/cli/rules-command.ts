import type { Lang } from '../i18n/text.ts';
import { createTranslator, type Translator } from '../i18n/translator.ts';
import type { Kind } from '../kinds/define.ts';
import { needLabels } from '../ruleset/need-labels.ts';
import { createPackReader } from '../ruleset/packs.ts';
import type { Rule, Ruleset } from '../ruleset/ruleset.ts';
import { allRulesDocument } from './all-rules-document.ts';
import { effectiveRules } from './effective-rules.ts';
import { environmentLang, type Host, requestedLang } from './host.ts';
import { type Printable, type PrintFlags, printDocument } from './print-document.ts';
import { createRuleSource } from './rule-source.ts';
import { ruleJson, stateOf } from './rule-view.ts';
import { chooseKinds, type RulesFlags } from './rules-choice.ts';
import { rulesDocument } from './rules-document.ts';
import { loadShipped, type Shipped, titleOf } from './shipped.ts';

export interface RulesCommandFlags extends RulesFlags, PrintFlags {
  readonly lang?: Lang;
}

export interface ListRulesFlags extends RulesCommandFlags {
  /** Every rule that ships, not only those in force. */
  readonly all?: boolean;
}

/** A translator with the labels of the rules, in the language of the flag, the rules file or the environment. */
export function translatorFor(ruleset: Ruleset, lang: Lang | undefined, host: Host): Translator {
  const { fields, stages, report } = ruleset;
  const labels = {
    fields: { ...needLabels(ruleset), ...Object.fromEntries(fields.map(({ id, label }) => [id, label])) },
    stages: Object.fromEntries(stages.map(({ id, label }) => [id, label])),
  };
  return createTranslator(requestedLang(host, lang) ?? report.lang ?? environmentLang(host), labels);
}

function rulesJson(ruleset: Ruleset, kinds: ReadonlyMap<string, Kind>): unknown {
  const written = createRuleSource(new Set(kinds.keys()));
  const { name, file, packs, source, report, segments, fields, historyFields, stages, rules } = ruleset;
  return {
    name,
    file,
    packs,
    source,
    report,
    segments,
    rules: rules.map((rule) => ruleJson(rule, kinds.get(rule.kind), written(rule))),
    fields,
    historyFields,
    stages: stages.map((stage) => ({ ...stage, exit: stage.exit?.source ?? null })),
  };
}

function allRulesJson({ rules }: Shipped, inForce: ReadonlyMap<string, Rule>): unknown {
  return {
    rules: rules.map(({ rule, packs }) => {
      const own = inForce.get(rule.id);
      const state = own === undefined ? null : stateOf(own);
      return { id: rule.id, state, kind: rule.kind, title: titleOf(rule), severity: rule.severity, packs };
    }),
  };
}

/** `funnelint rules`: the effective rules and where each of them comes from; with `--all` every rule that ships. */
export async function rulesCommand({ all = false, ...flags }: ListRulesFlags, host: Host): Promise<number> {
  const kinds = await chooseKinds(flags);
  const ruleset = effectiveRules(flags, host, createPackReader(), kinds);
  const translator = translatorFor(ruleset, flags.lang, host);
  const printable = all ? allRules(ruleset, translator) : effective(ruleset, kinds, translator, host.folder);
  await printDocument(printable, translator.lang, flags, host);
  return 0;
}

function effective(
  ruleset: Ruleset,
  kinds: ReadonlyMap<string, Kind>,
  translator: Translator,
  folder: string,
): Printable {
  return { document: () => rulesDocument(ruleset, translator, folder), json: () => rulesJson(ruleset, kinds) };
}

function allRules({ rules }: Ruleset, translator: Translator): Printable {
  const shipped = loadShipped();
  const inForce = new Map(rules.map((rule) => [rule.id, rule]));
  return {
    document: () => allRulesDocument(shipped, inForce, translator),
    json: () => allRulesJson(shipped, inForce),
  };
}
