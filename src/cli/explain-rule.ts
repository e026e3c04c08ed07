import { stringify } from 'yaml';
import { say, type Text } from '../i18n/text.ts';
import type { Translator } from '../i18n/translator.ts';
import type { Kind } from '../kinds/define.ts';
import { type Block, callout, type Document, heading, paragraph, span } from '../report/document.ts';
import { PACK_PREFIX, type Rule, type Ruleset } from '../ruleset/ruleset.ts';
import { code, kindExampleBlocks, optionBlocks, table, title } from './explain-blocks.ts';
import type { RuleExample } from './rule-example.ts';
import { needsOf } from './rule-needs.ts';
import { conditionTexts, overrideTexts, placeText, stateOf } from './rule-view.ts';

const YAML_LINE = 72;

const TEXTS = {
  checks: say('What it checks', '检查什么'),
  why: say('Why it matters', '为什么重要'),
  fix: say('How to fix it', '如何处理'),
  verdict: say('When it is bad', '何时算不通过'),
  from: say('Where it comes from', '出处'),
  off: say('This rule is off. Switch it on in the rules file:', '该规则处于关闭状态。在规则文件中开启：'),
  notInForce: say(
    'This rule ships, and is not in force. Switch it on in the rules file:',
    '该规则随附提供，目前未生效。在规则文件中开启：',
  ),
  anyViolation: say('any violation', '出现任何违规'),
  needs: say('It needs: {needs}.', '运行所需：{needs}。'),
  written: say('written in {place}', '定义于 {place}'),
  packs: say('Packs that have it', '包含它的规则包'),
  pack: say('pack', '规则包'),
  state: say('state', '状态'),
  condition: say('condition', '条件'),
  example: say('An example', '示例'),
  found: say('What an audit as of 2026-06-01 finds:', '以 2026-06-01 为基准日，体检发现：'),
  notThere: say('not in force', '未生效'),
} as const;

/** A rule as one pack has it. */
export interface RuleInPack {
  readonly pack: string;
  /** Null where the pack only says how it would be. */
  readonly rule: Rule | null;
}

/** What a page on a rule is made from. */
export interface RulePage {
  readonly rule: Rule;
  readonly kind: Kind;
  /** The keys of the rule as the files have them. */
  readonly written: Readonly<Record<string, unknown>>;
  readonly ruleset: Ruleset;
  /** Whether the rules chosen have it, on or off. */
  readonly inForce: boolean;
  readonly packs: readonly RuleInPack[];
  readonly example: RuleExample | null;
}

/** Keys of a rule that the page shows elsewhere in words. */
const IN_WORDS: ReadonlySet<string> = new Set(['title', 'why', 'advice', 'provenance', 'tags']);

function writtenBlocks({ rule, written }: RulePage): Block[] {
  const keys = Object.fromEntries(Object.entries(written).filter(([key]) => !IN_WORDS.has(key)));
  return code(stringify({ [rule.id]: keys }, { lineWidth: YAML_LINE }));
}

function needsBlocks({ rule, ruleset }: RulePage, translator: Translator): Block[] {
  const needs = needsOf(rule, ruleset).map((text) => translator.text(text));
  return needs.length === 0 ? [] : [paragraph(translator.text(TEXTS.needs, { needs: { list: needs } }))];
}

/** A key of the rules file with what it says. */
function named(name: string, text: Text, translator: Translator): string {
  return translator.text(say('{name}: {text}', '{name}：{text}'), { name, text: { text } });
}

function verdictLine(rule: Rule, translator: Translator): string {
  const limits = conditionTexts(rule).filter((text) => /^(?:warn|fail) /.test(text));
  const parts = limits.length > 0 ? limits : [named(rule.severity, TEXTS.anyViolation, translator)];
  if (rule.minRows > 0) parts.push(`min_rows ${rule.minRows}`);
  if (rule.nulls !== 'skip') parts.push(`nulls ${rule.nulls}`);
  if (rule.onEmpty !== null) parts.push(`on_empty ${rule.onEmpty}`);
  if (rule.strict) parts.push('strict');
  if (rule.mode === 'point') parts.push('mode point');
  return parts.join(' · ');
}

function originBlocks({ rule }: RulePage, translator: Translator, folder: string): Block[] {
  const items = [
    ...(rule.provenance === null ? [] : [rule.provenance]),
    translator.text(TEXTS.written, { place: placeText(rule.origin, folder) }),
    ...overrideTexts(rule, folder),
  ];
  return [title(TEXTS.from, translator), { type: 'list', items }];
}

function switchBlocks({ rule, inForce }: RulePage, translator: Translator): Block[] {
  const { id, off, severity } = rule;
  if (!inForce) return [callout('plain', translator.text(TEXTS.notInForce)), ...code(`rules:\n  ${id}: on`)];
  if (!off) return [];
  return [callout('plain', translator.text(TEXTS.off)), ...code(`rules:\n  ${id}: ${severity}`)];
}

function packBlocks({ packs }: RulePage, translator: Translator): Block[] {
  if (packs.length === 0) return [];
  const rows = packs.map(({ pack, rule }) => [
    PACK_PREFIX + pack,
    rule === null ? translator.text(TEXTS.notThere) : stateOf(rule),
    [span(rule === null ? '' : conditionTexts(rule).join(' · '), 'muted')],
  ]);
  const titles = [TEXTS.pack, TEXTS.state, TEXTS.condition].map((text) => translator.text(text));
  return [title(TEXTS.packs, translator), table(titles, rows)];
}

function exampleBlocks({ example, kind }: RulePage, translator: Translator): Block[] {
  if (example === null) return kindExampleBlocks(kind, translator);
  const files = example.files.flatMap(({ name, text }) => [paragraph(name), ...code(text)]);
  const rows = example.findings.map(({ at, message }) => [[span(at, 'muted')], translator.text(message)]);
  return [
    title(TEXTS.example, translator),
    ...files,
    paragraph(translator.text(TEXTS.found)),
    { ...table(['', ''], rows), header: false },
  ];
}

/** A page on a rule; `folder` shortens paths. */
export function ruleDocument(page: RulePage, translator: Translator, folder: string): Document {
  const { rule, kind, inForce } = page;
  const state = inForce ? stateOf(rule) : translator.text(TEXTS.notThere);
  return [
    heading(1, [rule.id, span(`  ${state}`, 'muted')]),
    paragraph(translator.text(rule.title ?? kind.title)),
    ...switchBlocks(page, translator),
    title(TEXTS.checks, translator),
    paragraph(named(kind.kind, kind.title, translator)),
    ...writtenBlocks(page),
    ...needsBlocks(page, translator),
    title(TEXTS.why, translator),
    paragraph(translator.text(rule.why ?? kind.why)),
    title(TEXTS.fix, translator),
    paragraph(translator.text(rule.advice ?? kind.fix)),
    title(TEXTS.verdict, translator),
    paragraph(verdictLine(rule, translator)),
    ...packBlocks(page, translator),
    ...optionBlocks(kind, translator),
    ...originBlocks(page, translator, folder),
    ...exampleBlocks(page, translator),
  ];
}
