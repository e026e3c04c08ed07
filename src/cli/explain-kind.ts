import { say } from '../i18n/text.ts';
import type { Translator } from '../i18n/translator.ts';
import type { Kind } from '../kinds/define.ts';
import { type Block, type Document, heading, paragraph, span } from '../report/document.ts';
import type { Rule } from '../ruleset/ruleset.ts';
import { kindExampleBlocks, optionBlocks, table, title } from './explain-blocks.ts';
import { referenceBlocks } from './explain-expressions.ts';
import { figureReference } from './figure-reference.ts';
import { stateOf } from './rule-view.ts';

const TEXTS = {
  why: say('Why it matters', '为什么重要'),
  fix: say('How to fix it', '如何处理'),
  figures: say('Figures', '指标'),
  messages: say('Messages', '提示文案'),
  message: say('message', '提示'),
  text: say('text', '文案'),
  uses: say('Rules in force that use it', '使用它的生效规则'),
  noUses: say('No rule in force uses it.', '没有生效规则使用它。'),
  more: say('Others that ship, to be switched on by their id', '其他自带规则，可按 id 开启'),
} as const;

function useBlocks(rules: readonly Rule[], kind: Kind, translator: Translator): Block[] {
  const rows = rules.map((rule) => [
    [span(stateOf(rule), 'muted')],
    rule.id,
    translator.text(rule.title ?? kind.title),
  ]);
  if (rows.length === 0) return [title(TEXTS.uses, translator), paragraph(translator.text(TEXTS.noUses))];
  return [title(TEXTS.uses, translator), { ...table(['', '', ''], rows), header: false }];
}

function moreBlocks(rules: readonly Rule[], kind: Kind, translator: Translator): Block[] {
  if (rules.length === 0) return [];
  const rows = rules.map((rule) => [rule.id, translator.text(rule.title ?? kind.title)]);
  return [title(TEXTS.more, translator), { ...table(['', ''], rows), header: false }];
}

/** The figures that a rule of the kind can name. */
function figureBlocks({ kind }: Kind, translator: Translator): Block[] {
  if (kind !== 'metric') return [];
  return [title(TEXTS.figures, translator), referenceBlocks(figureReference(), translator)];
}

/** A page on a kind, with the rules in force that use it and the others that ship. */
export function kindDocument(
  kind: Kind,
  { inForce, others }: { readonly inForce: readonly Rule[]; readonly others: readonly Rule[] },
  translator: Translator,
): Document {
  const messages = Object.entries(kind.messages).map(([name, text]) => [name, translator.text(text)]);
  return [
    heading(1, kind.kind),
    paragraph(translator.text(kind.title)),
    title(TEXTS.why, translator),
    paragraph(translator.text(kind.why)),
    title(TEXTS.fix, translator),
    paragraph(translator.text(kind.fix)),
    ...optionBlocks(kind, translator),
    ...figureBlocks(kind, translator),
    title(TEXTS.messages, translator),
    table([translator.text(TEXTS.message), translator.text(TEXTS.text)], messages),
    ...kindExampleBlocks(kind, translator),
    ...useBlocks(inForce, kind, translator),
    ...moreBlocks(others, kind, translator),
  ];
}
