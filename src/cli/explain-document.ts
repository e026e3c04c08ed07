import { stringify } from 'yaml';
import { say } from '../i18n/text.ts';
import type { Translator } from '../i18n/translator.ts';
import type { Kind } from '../kinds/define.ts';
import { type Block, callout, type Document, heading, paragraph, span, type TableBlock } from '../report/document.ts';
import type { Rule } from '../ruleset/ruleset.ts';
import { exampleRulesFile } from './kind-example.ts';
import { kindOptions } from './kind-options.ts';
import { conditionTexts, overrideTexts, placeText, stateOf } from './rule-view.ts';

const YAML_LINE = 72;

const TEXTS = {
  checks: say('What it checks', '检查什么'),
  why: say('Why it matters', '为什么重要'),
  fix: say('How to fix it', '如何处理'),
  verdict: say('When it is bad', '何时算不通过'),
  options: say('Options of {verb}', '{verb} 的选项'),
  messages: say('Messages', '提示文案'),
  from: say('Where it comes from', '出处'),
  example: say('An example', '示例'),
  violating: say('Every row of this table violates it:', '下表每一行都违反该规则：'),
  sound: say('No row of this one does:', '下表没有一行违反：'),
  history: say('With this change log:', '配合此变更记录：'),
  uses: say('Rules in force that use it', '使用它的生效规则'),
  noUses: say('No rule in force uses it.', '没有生效规则使用它。'),
  off: say('This rule is off. Switch it on in the rules file:', '该规则处于关闭状态。在规则文件中开启：'),
  anyViolation: say('any violation', '出现任何违规'),
  needs: say('It runs when the file has: {fields}.', '文件需包含以下列才会运行：{fields}。'),
  needsHistory: say('It reads the change log (--history).', '需要阶段变更记录（--history）。'),
  or: say(' or ', ' 或 '),
  written: say('written in {place}', '定义于 {place}'),
  option: say('option', '选项'),
  value: say('value', '取值'),
  direct: say('(right behind the verb)', '（直接写在动词后）'),
  required: say('required', '必填'),
  message: say('message', '提示'),
  text: say('text', '文案'),
} as const;

type TextName = keyof typeof TEXTS;

/** What explaining needs to know besides the rule or kind. */
export interface ExplainContext {
  readonly translator: Translator;
  /** The working folder, for short paths. */
  readonly folder: string;
}

function title(name: TextName, translator: Translator, verb = ''): Block {
  return heading(2, translator.text(TEXTS[name], { verb }));
}

/** Text as it stands in a file: a block for each line, indented. */
function code(text: string): Block[] {
  const lines = text.replace(/\n$/, '').split('\n');
  return lines.map((line) => paragraph([span(line, 'muted')], 1));
}

function table(titles: readonly string[], rows: TableBlock['rows']): TableBlock {
  const columns = titles.map((name, index) => ({
    title: name,
    align: 'left' as const,
    priority: 0,
    ...(index === 0 ? {} : { wrapTo: 30 }),
  }));
  return { type: 'table', columns, rows };
}

function optionBlocks(kind: Kind, translator: Translator): Block[] {
  const rows = kindOptions(kind).map(({ name, required, value }) => [
    name ?? [span(translator.text(TEXTS.direct), 'muted')],
    required
      ? [translator.text(value), span(` · ${translator.text(TEXTS.required)}`, 'muted')]
      : translator.text(value),
  ]);
  return [
    title('options', translator, kind.kind),
    table([translator.text(TEXTS.option), translator.text(TEXTS.value)], rows),
  ];
}

function exampleBlocks({ example }: Kind, translator: Translator): Block[] {
  return [
    title('example', translator),
    ...code(exampleRulesFile(example)),
    paragraph(translator.text(TEXTS.violating)),
    ...code(example.bad),
    paragraph(translator.text(TEXTS.sound)),
    ...code(example.good),
    ...(example.history === undefined ? [] : [paragraph(translator.text(TEXTS.history)), ...code(example.history)]),
  ];
}

function needsBlocks({ needs, needsHistory }: Rule, translator: Translator): Block[] {
  const groups = needs.map((group) => group.map((field) => translator.field(field)).join(translator.text(TEXTS.or)));
  return [
    ...(groups.length === 0 ? [] : [paragraph(translator.text(TEXTS.needs, { fields: { list: groups } }))]),
    ...(needsHistory ? [paragraph(translator.text(TEXTS.needsHistory))] : []),
  ];
}

/** Keys of a rule that the page shows elsewhere in words. */
const IN_WORDS: ReadonlySet<string> = new Set(['title', 'why', 'advice', 'provenance', 'tags']);

function writtenBlocks({ id }: Rule, written: Readonly<Record<string, unknown>>): Block[] {
  const keys = Object.fromEntries(Object.entries(written).filter(([key]) => !IN_WORDS.has(key)));
  return code(stringify({ [id]: keys }, { lineWidth: YAML_LINE }));
}

function verdictLine(rule: Rule, translator: Translator): string {
  const limits = conditionTexts(rule).filter((text) => /^(?:warn|fail) /.test(text));
  const parts = limits.length > 0 ? limits : [`${rule.severity}: ${translator.text(TEXTS.anyViolation)}`];
  if (rule.minRows > 0) parts.push(`min_rows ${rule.minRows}`);
  if (rule.nulls !== 'skip') parts.push(`nulls ${rule.nulls}`);
  if (rule.onEmpty !== null) parts.push(`on_empty ${rule.onEmpty}`);
  if (rule.strict) parts.push('strict');
  if (rule.mode === 'point') parts.push('mode point');
  return parts.join(' · ');
}

function originBlocks(rule: Rule, { translator, folder }: ExplainContext): Block[] {
  const items = [
    ...(rule.provenance === null ? [] : [rule.provenance]),
    translator.text(TEXTS.written, { place: placeText(rule.origin, folder) }),
    ...overrideTexts(rule, folder),
  ];
  return [title('from', translator), { type: 'list', items }];
}

function offBlocks({ off, id, severity }: Rule, translator: Translator): Block[] {
  if (!off) return [];
  return [callout('plain', translator.text(TEXTS.off)), ...code(`rules:\n  ${id}: ${severity}`)];
}

/** A page on one effective rule; `written` holds its keys as the files have them. */
export function ruleDocument(
  rule: Rule,
  kind: Kind,
  written: Readonly<Record<string, unknown>>,
  context: ExplainContext,
): Document {
  const { translator } = context;
  return [
    heading(1, [rule.id, span(`  ${stateOf(rule)}`, 'muted')]),
    paragraph(translator.text(rule.title ?? kind.title)),
    ...offBlocks(rule, translator),
    title('checks', translator),
    paragraph(`${kind.kind}: ${translator.text(kind.title)}`),
    ...writtenBlocks(rule, written),
    ...needsBlocks(rule, translator),
    title('why', translator),
    paragraph(translator.text(rule.why ?? kind.why)),
    title('fix', translator),
    paragraph(translator.text(rule.advice ?? kind.fix)),
    title('verdict', translator),
    paragraph(verdictLine(rule, translator)),
    ...optionBlocks(kind, translator),
    ...originBlocks(rule, context),
    ...exampleBlocks(kind, translator),
  ];
}

function useBlocks(rules: readonly Rule[], kind: Kind, translator: Translator): Block[] {
  const rows = rules
    .filter((rule) => rule.kind === kind.kind)
    .map((rule) => [[span(stateOf(rule), 'muted')], rule.id, translator.text(rule.title ?? kind.title)]);
  if (rows.length === 0) return [title('uses', translator), paragraph(translator.text(TEXTS.noUses))];
  return [title('uses', translator), { ...table(['', '', ''], rows), header: false }];
}

/** A page on a kind, with the effective rules that use it. */
export function kindDocument(kind: Kind, rules: readonly Rule[], { translator }: ExplainContext): Document {
  const messages = Object.entries(kind.messages).map(([name, text]) => [name, translator.text(text)]);
  return [
    heading(1, kind.kind),
    paragraph(translator.text(kind.title)),
    title('why', translator),
    paragraph(translator.text(kind.why)),
    title('fix', translator),
    paragraph(translator.text(kind.fix)),
    ...optionBlocks(kind, translator),
    title('messages', translator),
    table([translator.text(TEXTS.message), translator.text(TEXTS.text)], messages),
    ...exampleBlocks(kind, translator),
    ...useBlocks(rules, kind, translator),
  ];
}
