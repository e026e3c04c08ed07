import { say, type Text } from '../i18n/text.ts';
import type { Translator } from '../i18n/translator.ts';
import { type Block, type Document, heading, paragraph } from '../report/document.ts';
import { table, title } from './explain-blocks.ts';
import { aggregateReference, functionReference, plainReference, type ReferenceEntry } from './expression-reference.ts';
import { figureReference } from './figure-reference.ts';

/** What `funnelint explain` knows the page by. */
export const EXPRESSIONS_PAGE = 'expressions';

/** The parts of the reference, for the page and for the catalogue. */
export const REFERENCE_PARTS: readonly { readonly title: Text; readonly entries: () => readonly ReferenceEntry[] }[] = [
  { title: say('Values and conditions', '取值与条件'), entries: plainReference },
  { title: say('Functions', '函数'), entries: functionReference },
  { title: say('Rows of other tables', '其他表的行'), entries: aggregateReference },
  { title: say('Figures of metric rules', 'metric 规则的指标'), entries: figureReference },
];

/** Titles of the two columns. */
export const REFERENCE_COLUMNS = { usage: say('Written', '写法'), meaning: say('Meaning', '含义') } as const;

const INTRODUCTION = say(
  'What stands behind `where:` and `assert:`, in `exit:` of a stage and under `define:`. Names are the fields of what the rule judges: the deals, or the table of `on:`.',
  '用在 `where:`、`assert:`、阶段的 `exit:` 和 `define:` 中。名称是规则所判断对象的字段：商机，或 `on:` 指定的表。',
);

/** A table of entries. */
export function referenceBlocks(entries: readonly ReferenceEntry[], translator: Translator): Block {
  const { usage, meaning } = REFERENCE_COLUMNS;
  const rows = entries.map((entry) => [entry.usage, translator.text(entry.meaning)]);
  return table([translator.text(usage), translator.text(meaning)], rows);
}

/** The page on the language of expressions. */
export function expressionsDocument(translator: Translator): Document {
  return [
    heading(1, EXPRESSIONS_PAGE),
    paragraph(translator.text(INTRODUCTION)),
    ...REFERENCE_PARTS.flatMap((part) => [title(part.title, translator), referenceBlocks(part.entries(), translator)]),
  ];
}
