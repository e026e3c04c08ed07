import { type Lang, say, type Text } from '../i18n/text.ts';
import type { Kind } from '../kinds/define.ts';
import type { Rule } from '../ruleset/ruleset.ts';
import { REFERENCE_COLUMNS, REFERENCE_PARTS } from './explain-expressions.ts';
import type { ReferenceEntry } from './expression-reference.ts';
import { exampleRulesFile } from './kind-example.ts';
import { kindOptions } from './kind-options.ts';
import { conditionTexts } from './rule-view.ts';
import { categoryOf, type PackRules, type Shipped, type ShippedRule, titleOf } from './shipped.ts';

const TEXTS = {
  title: say('Rules', '规则'),
  otherLanguage: say('[中文](README.zh-CN.md)', '[English](README.md)'),
  introduction: say(
    `What \`funnelint\` can check, and what its packs check. The kinds are code; a rule is one use of a kind in a rules file, and
its verb is the name of the kind. Any rule that ships can be had by its id alone, whatever its pack.
\`funnelint explain <rule or kind>\` tells more of one of them, \`funnelint rules\` the rules in force, and
\`funnelint rules --all\` every rule that ships. \`schema.json\` helps editors to complete and check a rules file:`,
    `\`funnelint\` 能检查什么，各规则包检查什么。动词（kind）是代码；规则是规则文件中对某个动词的一次使用。
随附的任何规则都可以只凭 id 开启，不论它在哪个规则包里。\`funnelint explain <规则或动词>\` 查看其中一条的说明，
\`funnelint rules\` 列出生效的规则，\`funnelint rules --all\` 列出全部随附规则。\`schema.json\` 供编辑器补全和检查规则文件：`,
  ),
  rules: say('Rules by category', '按类别列出的规则'),
  packs: say('Packs', '规则包'),
  kinds: say('Kinds', '动词'),
  expressions: say('Expressions', '表达式'),
  rule: say('Rule', '规则'),
  holds: say('What holds', '规则内容'),
  verb: say('Verb', '动词'),
  severity: say('Severity', '严重程度'),
  condition: say('Condition', '条件'),
  inPacks: say('Packs', '规则包'),
  source: say('Source', '出处'),
  stages: say('Stages: {stages}', '阶段：{stages}'),
  generic: say(
    'Rules to be switched on by their id; no stages of its own.',
    '供按 id 开启的规则；没有自己的阶段列表。',
  ),
  fieldsOnly: say('Fields and tables for rules of other packs.', '供其他规则包使用的字段与数据表。'),
  own: say('Rules it defines:', '定义的规则：'),
  changes: say('What it changes in rules of other packs:', '对其他规则包中规则的改动：'),
  why: say('Why: ', '为什么重要：'),
  fix: say('Fix: ', '处理：'),
  option: say('Option', '选项'),
  value: say('Value', '取值'),
  required: say('{value} (required)', '{value}（必填）'),
  direct: say('(right behind the verb)', '（直接写在动词后）'),
  off: say('{severity} (off)', '{severity}（关闭）'),
  violating: say('Every row violates it:', '每一行都违反：'),
  sound: say('No row does:', '没有一行违反：'),
  goodRules: say('These rules pass:', '以下规则通过：'),
  deals: say('With these deals:', '商机表：'),
  history: say('With this change log:', '变更记录：'),
  goodHistory: say('With this change log it passes:', '有此变更记录时通过：'),
} as const;

const EMPTY_CELL = '–';
const SCHEMA_EXAMPLE = `# yaml-language-server: $schema=./node_modules/funnelint/rules/schema.json
version: 1
extends: [funnelint:recommended]
rules:
  lead/hot-unassigned: on`;

interface Writer {
  readonly lang: Lang;
  readonly say: (text: Text, slots?: Readonly<Record<string, string>>) => string;
}

function writerOf(lang: Lang): Writer {
  return {
    lang,
    say: (text, slots = {}) => text[lang].replace(/\{(\w+)\}/g, (whole, slot: string) => slots[slot] ?? whole),
  };
}

function tableCell(text: string): string {
  return text === '' ? EMPTY_CELL : text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function tableOf(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(tableCell).join(' | ')} |`;
  return `${[line(titles), line(titles.map(() => '---')), ...rows.map(line)].join('\n')}\n`;
}

function code(text: string): string {
  return `\`${text}\``;
}

function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text.replace(/\n*$/, '\n')}\`\`\`\n`;
}

function severityText({ off, severity }: Rule, { say: write }: Writer): string {
  return off ? write(TEXTS.off, { severity }) : severity;
}

function ruleRow({ rule, packs }: ShippedRule, writer: Writer): readonly string[] {
  return [
    code(rule.id),
    writer.say(titleOf(rule)),
    code(rule.kind),
    severityText(rule, writer),
    conditionTexts(rule).map(code).join(' '),
    packs.map(code).join(' '),
    rule.provenance ?? '',
  ];
}

function categorySection(category: string, rules: readonly ShippedRule[], writer: Writer): string {
  const { rule, holds, verb, severity, condition, inPacks, source } = TEXTS;
  const titles = [rule, holds, verb, severity, condition, inPacks, source].map((text) => writer.say(text));
  const own = rules.filter((each) => categoryOf(each.rule) === category);
  return `### ${category}\n\n${tableOf(
    titles,
    own.map((each) => ruleRow(each, writer)),
  )}`;
}

/** `deal/amount-missing` (required, warn): rules of another pack, with the keys this one sets. */
function changesOf(rules: readonly Rule[], file: string): readonly string[] {
  return rules.flatMap((rule) => {
    const keys = Object.entries(rule.overrides).flatMap(([key, origin]) => (origin.file === file ? code(key) : []));
    return keys.length === 0 ? [] : `- ${code(rule.id)}: ${keys.join(', ')}`;
  });
}

/** What a pack alone brings: its stages, its own rules, and those it changes. */
function packSection({ pack, ruleset }: PackRules, hasStages: boolean, writer: Writer): string {
  const file = `funnelint:${pack}`;
  const { rules, stages, name } = ruleset;
  const own = rules.filter(({ origin }) => origin.file === file).map(({ id }) => code(id));
  const changes = changesOf(rules, file);
  const labels = stages.map(({ label }) => writer.say(label)).join(' → ');
  return [
    `### ${code(file)}${name === null ? '' : `: ${writer.say(name)}`}\n`,
    `${hasStages ? writer.say(TEXTS.stages, { stages: labels }) : writer.say(own.length > 0 ? TEXTS.generic : TEXTS.fieldsOnly)}\n`,
    ...(own.length === 0 ? [] : [`${writer.say(TEXTS.own)} ${own.join(', ')}\n`]),
    ...(changes.length === 0 ? [] : [`${writer.say(TEXTS.changes)}\n\n${changes.join('\n')}\n`]),
  ].join('\n');
}

function optionsTable(kind: Kind, { lang, say: write }: Writer): string {
  const rows = kindOptions(kind).map(({ name, required, value }) => [
    name === null ? write(TEXTS.direct) : code(name),
    required ? write(TEXTS.required, { value: value[lang] }) : value[lang],
  ]);
  return tableOf([write(TEXTS.option), write(TEXTS.value)], rows);
}

function kindExample({ example }: Kind, { say: write }: Writer): readonly string[] {
  const { history, goodHistory, rules } = example;
  const logs = [
    ...(history === undefined ? [] : [`${write(TEXTS.history)}\n`, fence('csv', history)]),
    ...(goodHistory === undefined ? [] : [`${write(TEXTS.goodHistory)}\n`, fence('csv', goodHistory)]),
  ];
  const first = fence('yaml', exampleRulesFile(example));
  if (rules !== undefined) {
    const second = fence('yaml', exampleRulesFile(example, undefined, 'good'));
    const deals = [`${write(TEXTS.deals)}\n`, fence('csv', example.bad)];
    return [first, `${write(TEXTS.goodRules)}\n`, second, ...deals, ...logs];
  }
  const good = goodHistory === undefined ? [`${write(TEXTS.sound)}\n`, fence('csv', example.good)] : [];
  return [first, `${write(TEXTS.violating)}\n`, fence('csv', example.bad), ...good, ...logs];
}

function kindSection(kind: Kind, writer: Writer): string {
  return [
    `### ${code(kind.kind)}: ${writer.say(kind.title)}\n`,
    `${writer.say(TEXTS.why)}${writer.say(kind.why)}\n`,
    `${writer.say(TEXTS.fix)}${writer.say(kind.fix)}\n`,
    optionsTable(kind, writer),
    ...kindExample(kind, writer),
  ].join('\n');
}

function referenceSection(heading: Text, entries: readonly ReferenceEntry[], { say: write }: Writer): string {
  const titles = [write(REFERENCE_COLUMNS.usage), write(REFERENCE_COLUMNS.meaning)];
  const rows = entries.map(({ usage, meaning }) => [
    usage.includes('`') ? `\`\` ${usage} \`\`` : code(usage),
    write(meaning),
  ]);
  return `### ${write(heading)}\n\n${tableOf(titles, rows)}`;
}

/** A heading with an anchor that is the same in both languages. */
function section(anchor: string, text: Text, writer: Writer): string {
  return `<a id="${anchor}"></a>\n\n## ${writer.say(text)}\n`;
}

function contents(writer: Writer): string {
  const links = (['rules', 'packs', 'kinds', 'expressions'] as const).map(
    (name) => `[${writer.say(TEXTS[name])}](#${name})`,
  );
  return `${[...links, writer.say(TEXTS.otherLanguage)].join(' · ')}\n`;
}

/**
 * `rules/README.md`, or the same in Chinese: every rule that ships by category, every pack, and every kind with its
 * options and an example that runs, and what expressions are made of.
 */
export function catalogueMarkdown(kinds: ReadonlyMap<string, Kind>, { rules, packs }: Shipped, lang: Lang): string {
  const writer = writerOf(lang);
  const categories = [...new Set(rules.map(({ rule }) => categoryOf(rule)))];
  const generic = packs[0]?.ruleset.stages[0]?.about?.origin.file;
  const hasStages = ({ pack, ruleset }: PackRules): boolean =>
    `funnelint:${pack}` === generic || ruleset.stages[0]?.about?.origin.file !== generic;
  return [
    `# ${writer.say(TEXTS.title)}\n`,
    '<!-- Made from the code by `npm run docs`. Changes made here are lost. -->\n',
    `${writer.say(TEXTS.introduction)}\n`,
    fence('yaml', SCHEMA_EXAMPLE),
    contents(writer),
    section('rules', TEXTS.rules, writer),
    ...categories.map((category) => categorySection(category, rules, writer)),
    section('packs', TEXTS.packs, writer),
    ...packs.map((pack) => packSection(pack, hasStages(pack), writer)),
    section('kinds', TEXTS.kinds, writer),
    ...[...kinds.values()].map((kind) => kindSection(kind, writer)),
    section('expressions', TEXTS.expressions, writer),
    ...REFERENCE_PARTS.map((part) => referenceSection(part.title, part.entries(), writer)),
  ].join('\n');
}
