import { say } from '../i18n/text.ts';
import type { Translator } from '../i18n/translator.ts';
import { type Block, type Document, heading, paragraph, span, type TableBlock } from '../report/document.ts';
import type { Rule } from '../ruleset/ruleset.ts';
import { stateOf } from './rule-view.ts';
import { STATE_TONES } from './rules-document.ts';
import { categoryOf, type Shipped, type ShippedRule, titleOf } from './shipped.ts';

const TEXTS = {
  heading: say('Rules that ship', '随附的规则'),
  counts: say('{count} rules, {on} of them on', '{count} 条规则，其中 {on} 条已开启'),
  state: say('state', '状态'),
  rule: say('rule', '规则'),
  title: say('what holds', '规则内容'),
  packs: say('packs', '规则包'),
  switchOn: say(
    'Switch one on by its id in the rules file, as in rules: {lead/hot-unassigned: on}; – is not in force.',
    '在规则文件中按 id 开启，例如 rules: {lead/hot-unassigned: on}；– 表示未生效。',
  ),
} as const;

const NOT_IN_FORCE = '–';

function stateCell(rule: Rule | undefined): TableBlock['rows'][number][number] {
  if (rule === undefined) return [span(NOT_IN_FORCE, 'muted')];
  const state = stateOf(rule);
  return [span(state, STATE_TONES[state])];
}

function tableOf(
  rules: readonly ShippedRule[],
  inForce: ReadonlyMap<string, Rule>,
  translator: Translator,
): TableBlock {
  const column = (name: keyof typeof TEXTS, priority: number, wrapTo?: number) => ({
    title: translator.text(TEXTS[name]),
    align: 'left' as const,
    priority,
    ...(wrapTo === undefined ? {} : { wrapTo }),
  });
  return {
    type: 'table',
    columns: [column('state', 0), column('rule', 0), column('title', 1, 30), column('packs', 2, 18)],
    rows: rules.map(({ rule, packs }) => [
      stateCell(inForce.get(rule.id)),
      rule.id,
      translator.text(titleOf(rule)),
      [span(translator.list(packs), 'muted')],
    ]),
  };
}

/** Every rule that ships by category, with its packs and whether it is on. */
export function allRulesDocument(
  { rules }: Shipped,
  inForce: ReadonlyMap<string, Rule>,
  translator: Translator,
): Document {
  const categories = [...new Set(rules.map(({ rule }) => categoryOf(rule)))];
  const on = rules.filter(({ rule }) => inForce.get(rule.id)?.off === false).length;
  const blocks = categories.flatMap((category): Block[] => [
    heading(2, category),
    tableOf(
      rules.filter(({ rule }) => categoryOf(rule) === category),
      inForce,
      translator,
    ),
  ]);
  return [
    heading(1, translator.text(TEXTS.heading)),
    paragraph(translator.text(TEXTS.counts, { count: rules.length, on })),
    ...blocks,
    paragraph([span(translator.text(TEXTS.switchOn), 'muted')]),
  ];
}
