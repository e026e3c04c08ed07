import type { Text } from '../i18n/text.ts';
import type { Kind } from '../kinds/define.ts';
import type { Rule, Ruleset } from '../ruleset/ruleset.ts';
import { exampleRulesFile } from './kind-example.ts';
import { kindOptions } from './kind-options.ts';
import { conditionTexts } from './rule-view.ts';

/** A pack, with the rules in force when it is laid over the recommended one. */
export interface PackRules {
  readonly pack: string;
  readonly ruleset: Ruleset;
}

const INTRODUCTION = `# Rules

<!-- Made from the code by \`npm run docs\`. Changes made here are lost. -->

What \`funnelint\` can check, and what its packs check. The kinds are code; a rule is one use of a kind in a rules file, and
its verb is the name of the kind. \`funnelint explain <rule or kind>\` prints the same for one of them, \`funnelint rules\`
the rules in force. \`schema.json\` helps editors to complete and check a rules file:

\`\`\`yaml
# yaml-language-server: $schema=./node_modules/funnelint/rules/schema.json
version: 1
extends: [funnelint:recommended]
\`\`\`

[Packs](#packs) · [Kinds](#kinds)
`;

const EMPTY_CELL = '–';

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

function bothLanguages({ en, zh }: Text): string {
  return en === zh ? en : `${en} / ${zh}`;
}

function optionsTable(kind: Kind): string {
  const rows = kindOptions(kind).map(({ name, required, value }) => [
    name === null ? '(right behind the verb)' : code(name),
    required ? `${value.en} (required)` : value.en,
    required ? `${value.zh}（必填）` : value.zh,
  ]);
  return tableOf(['Option', 'Value', '取值'], rows);
}

function kindSection(kind: Kind): string {
  const { title, why, fix, example } = kind;
  const history = example.history === undefined ? [] : ['With this change log:\n', fence('csv', example.history)];
  return [
    `### ${code(kind.kind)}: ${bothLanguages(title)}\n`,
    `${why.en}\n\n${why.zh}\n`,
    `Fix: ${fix.en}\n\n处理：${fix.zh}\n`,
    optionsTable(kind),
    fence('yaml', exampleRulesFile(example)),
    'Every row violates it:\n',
    fence('csv', example.bad),
    'No row does:\n',
    fence('csv', example.good),
    ...history,
  ].join('\n');
}

function ruleRow(rule: Rule, kinds: ReadonlyMap<string, Kind>): readonly string[] {
  const title = rule.title ?? kinds.get(rule.kind)?.title ?? { en: rule.id, zh: rule.id };
  return [
    code(rule.id),
    title.en,
    title.zh,
    code(rule.kind),
    rule.off ? `${rule.severity} (off)` : rule.severity,
    conditionTexts(rule).map(code).join(' '),
    rule.provenance ?? '',
  ];
}

function packTitle({ pack, ruleset }: PackRules): string {
  const name = ruleset.name === null ? '' : `: ${bothLanguages(ruleset.name)}`;
  return `### ${code(`funnelint:${pack}`)}${name}\n`;
}

const RULE_TITLES = ['Rule', 'Title', '标题', 'Verb', 'Severity', 'Condition', 'Source'];

/** `deal/amount-missing` (required, warn): rules of another pack, with the keys this one sets. */
function changesOf(rules: readonly Rule[], file: string): readonly string[] {
  return rules.flatMap(({ id, overrides }) => {
    const keys = Object.entries(overrides).flatMap(([key, origin]) => (origin.file === file ? code(key) : []));
    return keys.length === 0 ? [] : `- ${code(id)}: ${keys.join(', ')}`;
  });
}

/** What a pack alone brings: its own rules, those it changes, and its stages. */
function packSection(pack: PackRules, kinds: ReadonlyMap<string, Kind>): string {
  const file = `funnelint:${pack.pack}`;
  const { rules, stages } = pack.ruleset;
  const own = rules.filter(({ origin }) => origin.file === file).map((rule) => ruleRow(rule, kinds));
  const changes = changesOf(rules, file);
  return [
    packTitle(pack),
    `Stages: ${stages.map(({ label }) => bothLanguages(label)).join(' → ')}\n`,
    ...(own.length === 0 ? [] : [tableOf(RULE_TITLES, own)]),
    ...(changes.length === 0 ? [] : [`What it changes in rules of other packs:\n\n${changes.join('\n')}\n`]),
  ].join('\n');
}

/** `rules/README.md`: every pack with its rules, and every kind with its options and an example that runs. */
export function catalogueMarkdown(kinds: ReadonlyMap<string, Kind>, packs: readonly PackRules[]): string {
  return [
    INTRODUCTION,
    '## Packs\n',
    ...packs.map((pack) => packSection(pack, kinds)),
    '## Kinds\n',
    ...[...kinds.values()].map(kindSection),
  ].join('\n');
}
