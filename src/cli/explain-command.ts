import type { Translator } from '../i18n/translator.ts';
import type { Kind } from '../kinds/define.ts';
import { METRICS } from '../metrics/index.ts';
import { noRule } from '../ruleset/narrow-rules.ts';
import { nearest } from '../ruleset/nearest.ts';
import { createPackReader } from '../ruleset/packs.ts';
import type { Rule, Ruleset } from '../ruleset/ruleset.ts';
import { effectiveRules } from './effective-rules.ts';
import { EXPRESSIONS_PAGE, expressionsDocument, REFERENCE_PARTS } from './explain-expressions.ts';
import { kindDocument } from './explain-kind.ts';
import { METRICS_PAGE, metricDocument, metricJson, metricOf, metricsDocument } from './explain-metrics.ts';
import { type RulePage, ruleDocument } from './explain-rule.ts';
import type { Host } from './host.ts';
import { kindOptions } from './kind-options.ts';
import { type Printable, printDocument } from './print-document.ts';
import { exampleOf } from './rule-example.ts';
import { createRuleSource } from './rule-source.ts';
import { ruleJson } from './rule-view.ts';
import { chooseKinds } from './rules-choice.ts';
import { type RulesCommandFlags, translatorFor } from './rules-command.ts';
import { loadShipped, packRules, packsNaming, shippedIds } from './shipped.ts';

type Verbs = ReadonlySet<string>;

/** What an explanation is asked with. */
interface Asked {
  readonly flags: RulesCommandFlags;
  readonly host: Host;
  readonly kinds: ReadonlyMap<string, Kind>;
}

/** Packs are read once, however many rules are explained. */
const READ_PACK = createPackReader();
const RULES_OF_PACK = new Map<string, Ruleset>();

function rulesOfPack(pack: string): Ruleset {
  const known = RULES_OF_PACK.get(pack) ?? packRules(pack, [], READ_PACK);
  RULES_OF_PACK.set(pack, known);
  return known;
}

function kindJson(kind: Kind): unknown {
  const { title, why, fix, messages, example } = kind;
  return { kind: kind.kind, title, why, fix, options: kindOptions(kind), messages, example };
}

function pageOf(rule: Rule, kind: Kind, ruleset: Ruleset, inForce: boolean, verbs: Verbs): RulePage {
  const packs = packsNaming(rule.id, READ_PACK).map((pack) => {
    const { rules } = rulesOfPack(pack);
    return { pack, rule: rules.find(({ id }) => id === rule.id) ?? null };
  });
  const written = createRuleSource(verbs)(rule);
  return { rule, kind, written, ruleset, inForce, packs, example: exampleOf(rule.id) };
}

function rulePrintable(page: RulePage, verbs: Verbs, flags: RulesCommandFlags, host: Host): Printable {
  const { rule, kind, written, inForce, packs, example } = page;
  return {
    document: () => ruleDocument(page, translatorFor(page.ruleset, flags.lang, host), host.folder),
    json: () => ({
      rule: ruleJson(rule, kind, written),
      inForce,
      why: rule.why ?? kind.why,
      fix: rule.advice ?? kind.fix,
      packs: packs.map(({ pack, rule: own }) => ({
        pack,
        rule: own === null ? null : ruleJson(own, kind, createRuleSource(verbs)(own)),
      })),
      example,
      kind: kindJson(kind),
    }),
  };
}

function kindPrintable(kind: Kind, ruleset: Ruleset, flags: RulesCommandFlags, host: Host): Printable {
  const inForce = ruleset.rules.filter((rule) => rule.kind === kind.kind);
  const known = new Set(ruleset.rules.map(({ id }) => id));
  const others = loadShipped(READ_PACK)
    .rules.map(({ rule }) => rule)
    .filter((rule) => rule.kind === kind.kind && !known.has(rule.id));
  const usedBy = (rules: readonly Rule[]): readonly string[] => rules.map(({ id }) => id);
  return {
    document: () => kindDocument(kind, { inForce, others }, translatorFor(ruleset, flags.lang, host)),
    json: () => ({ kind: kindJson(kind), usedBy: usedBy(inForce), ships: usedBy(others) }),
  };
}

/** The rule a name stands for: its id, or the start of one id and no other. */
function idFor(name: string, ids: readonly string[]): string | null {
  if (ids.includes(name)) return name;
  const [first, second] = ids.filter((id) => id.startsWith(name));
  return second === undefined ? (first ?? null) : null;
}

/** The name meant, over rule ids and kinds; half an id is enough. */
function suggestionFor(name: string, ids: readonly string[], verbs: Verbs): string | null {
  const half = ids.find((id) => id.split('/').includes(name)) ?? ids.find((id) => id.startsWith(name));
  return (
    nearest(name, [...ids, ...verbs, EXPRESSIONS_PAGE, METRICS_PAGE, ...METRICS.map(({ metric }) => metric)]) ??
    half ??
    null
  );
}

/** The rules that have the rule: those in force, else with the rule laid under them, else those of a pack. */
function rulesWith(id: string, ruleset: Ruleset, { flags, host, kinds }: Asked): Ruleset {
  if (ruleset.rules.some((rule) => rule.id === id)) return ruleset;
  const [pack] = packsNaming(id, READ_PACK);
  const ofPack = pack === undefined ? null : rulesOfPack(pack);
  try {
    return effectiveRules({ ...flags, rule: [id] }, host, READ_PACK, kinds);
  } catch (error) {
    if (ofPack?.rules.some((rule) => rule.id === id) === true) return ofPack;
    throw error;
  }
}

function expressionsPrintable(ruleset: Ruleset, flags: RulesCommandFlags, host: Host): Printable {
  return {
    document: () => expressionsDocument(translatorFor(ruleset, flags.lang, host)),
    json: () => REFERENCE_PARTS.map((part) => ({ title: part.title, entries: part.entries() })),
  };
}

function metricsPrintable(name: string, ruleset: Ruleset, flags: RulesCommandFlags, host: Host): Printable | null {
  const translator = (): Translator => translatorFor(ruleset, flags.lang, host);
  if (name === METRICS_PAGE)
    return { document: () => metricsDocument(translator()), json: () => METRICS.map(metricJson) };
  const metric = metricOf(name);
  if (metric === undefined) return null;
  return { document: () => metricDocument(metric, translator()), json: () => metricJson(metric) };
}

function printableOf(name: string, ruleset: Ruleset, asked: Asked): Printable {
  const { flags, host, kinds } = asked;
  const verbs = new Set(kinds.keys());
  if (name === EXPRESSIONS_PAGE) return expressionsPrintable(ruleset, flags, host);
  const known = ruleset.rules.map(({ id }) => id);
  const byVerb = known.includes(name) ? undefined : kinds.get(name);
  if (byVerb !== undefined) return kindPrintable(byVerb, ruleset, flags, host);
  const metrics = metricsPrintable(name, ruleset, flags, host);
  if (metrics !== null) return metrics;
  const ids = [...new Set([...known, ...shippedIds(READ_PACK)])];
  const id = idFor(name, ids);
  if (id === null) throw noRule(name, suggestionFor(name, ids, verbs));
  const whole = rulesWith(id, ruleset, asked);
  const rule = whole.rules.find((one) => one.id === id);
  const kind = kinds.get(rule?.kind ?? '');
  if (rule === undefined || kind === undefined) throw noRule(name, suggestionFor(name, ids, verbs));
  return rulePrintable(pageOf(rule, kind, whole, known.includes(id), verbs), verbs, flags, host);
}

/**
 * `funnelint explain`: what a rule or a kind checks, why, and how to fix it; what expressions are made of, and how metrics
 * are computed.
 * @throws FunnelintError `rules/no-rule`, or `rules/no-rule-but` with the nearest name
 */
export async function explainCommand(name: string, flags: RulesCommandFlags, host: Host): Promise<number> {
  const kinds = await chooseKinds(flags);
  const ruleset = effectiveRules(flags, host, READ_PACK, kinds);
  const { lang } = translatorFor(ruleset, flags.lang, host);
  await printDocument(printableOf(name, ruleset, { flags, host, kinds }), lang, flags, host);
  return 0;
}
