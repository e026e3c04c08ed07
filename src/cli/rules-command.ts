import type { Lang } from '../i18n/text.ts';
import { createTranslator, type Translator } from '../i18n/translator.ts';
import { KINDS } from '../kinds/index.ts';
import type { Ruleset } from '../ruleset/ruleset.ts';
import { environmentLang, type Host, requestedLang } from './host.ts';
import { type PrintFlags, printDocument } from './print-document.ts';
import { createRuleSource } from './rule-source.ts';
import { ruleJson } from './rule-view.ts';
import { effectiveRules, type RulesFlags } from './rules-choice.ts';
import { rulesDocument } from './rules-document.ts';

export interface RulesCommandFlags extends RulesFlags, PrintFlags {
  readonly lang?: Lang;
}

/** A translator with the labels of the rules, in the language of the flag, the rules file or the environment. */
export function translatorFor(ruleset: Ruleset, lang: Lang | undefined, host: Host): Translator {
  const { fields, stages, report } = ruleset;
  const labels = {
    fields: Object.fromEntries(fields.map(({ id, label }) => [id, label])),
    stages: Object.fromEntries(stages.map(({ id, label }) => [id, label])),
  };
  return createTranslator(requestedLang(host, lang) ?? report.lang ?? environmentLang(host), labels);
}

function rulesJson(ruleset: Ruleset): unknown {
  const written = createRuleSource(new Set(KINDS.keys()));
  const { name, file, packs, source, report, segments, fields, historyFields, stages, rules } = ruleset;
  return {
    name,
    file,
    packs,
    source,
    report,
    segments,
    rules: rules.map((rule) => ruleJson(rule, KINDS.get(rule.kind), written(rule))),
    fields,
    historyFields,
    stages: stages.map((stage) => ({ ...stage, exit: stage.exit?.source ?? null })),
  };
}

/** `funnelint rules`: the effective rules and where each of them comes from. */
export async function rulesCommand(flags: RulesCommandFlags, host: Host): Promise<number> {
  const ruleset = effectiveRules(flags, host);
  const translator = translatorFor(ruleset, flags.lang, host);
  const printable = {
    document: () => rulesDocument(ruleset, translator, host.folder),
    json: () => rulesJson(ruleset),
  };
  await printDocument(printable, translator.lang, flags, host);
  return 0;
}
