import { say, type Text } from '../i18n/text.ts';
import type { Translator } from '../i18n/translator.ts';
import type { Kind } from '../kinds/define.ts';
import { type Block, heading, paragraph, span, type TableBlock } from '../report/document.ts';
import { exampleRulesFile } from './kind-example.ts';
import { kindOptions } from './kind-options.ts';

const TEXTS = {
  options: say('Options of {verb}', '{verb} 的选项'),
  option: say('option', '选项'),
  value: say('value', '取值'),
  direct: say('(right behind the verb)', '（直接写在动词后）'),
  required: say('required', '必填'),
  example: say('An example', '示例'),
  violating: say('Every row of this table violates it:', '下表每一行都违反该规则：'),
  sound: say('No row of this one does:', '下表没有一行违反：'),
  badRules: say('With these rules it is violated:', '以下规则会触发：'),
  goodRules: say('With these it is not:', '以下规则不会触发：'),
  deals: say('The deals are the same:', '商机表相同：'),
  history: say('With this change log:', '配合此变更记录：'),
  goodHistory: say('It holds with this change log:', '有此变更记录时不触发：'),
} as const;

/** A heading of a page. */
export function title(text: Text, translator: Translator, verb = ''): Block {
  return heading(2, translator.text(text, { verb }));
}

/** Text as it stands in a file: a block for each line, indented. */
export function code(text: string): Block[] {
  const lines = text.replace(/\n$/, '').split('\n');
  return lines.map((line) => paragraph([span(line, 'muted')], 1));
}

/** A table whose columns all stay, and wrap but for the first. */
export function table(titles: readonly string[], rows: TableBlock['rows']): TableBlock {
  const columns = titles.map((name, index) => ({
    title: name,
    align: 'left' as const,
    priority: 0,
    ...(index === 0 ? {} : { wrapTo: 30 }),
  }));
  return { type: 'table', columns, rows };
}

/** What can be written under the verb of a kind. */
export function optionBlocks(kind: Kind, translator: Translator): Block[] {
  const rows = kindOptions(kind).map(({ name, required, value }) => [
    name ?? [span(translator.text(TEXTS.direct), 'muted')],
    required
      ? [translator.text(value), span(` · ${translator.text(TEXTS.required)}`, 'muted')]
      : translator.text(value),
  ]);
  return [
    title(TEXTS.options, translator, kind.kind),
    table([translator.text(TEXTS.option), translator.text(TEXTS.value)], rows),
  ];
}

/** A file of an example under a line that says what it is. */
function shown(text: Text, file: string, translator: Translator): Block[] {
  return [paragraph(translator.text(text)), ...code(file)];
}

/** The example of a kind: a rule, a table that violates it and one that does not. */
export function kindExampleBlocks({ example }: Kind, translator: Translator): Block[] {
  const { history, goodHistory } = example;
  const logs = [
    ...(history === undefined ? [] : shown(TEXTS.history, history, translator)),
    ...(goodHistory === undefined ? [] : shown(TEXTS.goodHistory, goodHistory, translator)),
  ];
  if (example.rules !== undefined) {
    return [
      title(TEXTS.example, translator),
      ...shown(TEXTS.badRules, exampleRulesFile(example), translator),
      ...shown(TEXTS.goodRules, exampleRulesFile(example, undefined, 'good'), translator),
      ...shown(TEXTS.deals, example.bad, translator),
      ...logs,
    ];
  }
  return [
    title(TEXTS.example, translator),
    ...code(exampleRulesFile(example)),
    ...shown(TEXTS.violating, example.bad, translator),
    ...(goodHistory === undefined ? shown(TEXTS.sound, example.good, translator) : []),
    ...logs,
  ];
}
