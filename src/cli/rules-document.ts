import { type Args, say, type Text } from '../i18n/text.ts';
import type { Translator } from '../i18n/translator.ts';
import { type Block, type Document, heading, paragraph, span, type TableBlock, type Tone } from '../report/document.ts';
import type { FieldDefinition, Rule, Ruleset, StageDefinition } from '../ruleset/ruleset.ts';
import { conditionTexts, overrideTexts, placeText, type RuleState, stateOf } from './rule-view.ts';

/** How each state looks. */
export const STATE_TONES: Readonly<Record<RuleState, Tone>> = {
  error: 'bad',
  warn: 'warn',
  info: 'plain',
  off: 'muted',
};
/** Headers of a field that are shown; the rest is counted. */
const SHOWN_HEADERS = 3;
const NOTHING = '–';

const STAGE_KINDS: Readonly<Record<StageDefinition['kind'], Text>> = {
  open: say('open', '进行中'),
  won: say('won', '赢单'),
  lost: say('lost', '输单'),
  dormant: say('dormant', '搁置'),
};

type Column = TableBlock['columns'][number];

function column(title: string, priority: number, wrapTo?: number): Column {
  return { title, align: 'left', priority, ...(wrapTo === undefined ? {} : { wrapTo }) };
}

function ruleRow(rule: Rule, folder: string): TableBlock['rows'][number] {
  const state = stateOf(rule);
  const tone = STATE_TONES[state];
  const places = [placeText(rule.origin, folder), ...overrideTexts(rule, folder)];
  return [
    [span(state, tone)],
    state === 'off' ? [span(rule.id, 'muted')] : rule.id,
    rule.kind,
    [span(conditionTexts(rule).join(' · '), 'muted')],
    [span(places.join(', '), 'muted')],
  ];
}

function rulesTable(rules: readonly Rule[], translator: Translator, folder: string): TableBlock {
  const title = (en: string, zh: string): string => translator.text(say(en, zh));
  return {
    type: 'table',
    columns: [
      column(title('state', '状态'), 0),
      column(title('rule', '规则'), 0),
      column(title('verb', '动词'), 3),
      column(title('condition', '条件'), 2, 24),
      column(title('from', '出处'), 1, 24),
    ],
    rows: rules.map((rule) => ruleRow(rule, folder)),
  };
}

function headersText({ columns }: FieldDefinition, translator: Translator): string {
  const shown = columns.slice(0, SHOWN_HEADERS).join(' | ');
  const rest = columns.length - SHOWN_HEADERS;
  return rest > 0 ? `${shown} ${translator.text(say('… {rest} more', '……另有 {rest} 个'), { rest })}` : shown;
}

function fieldsTable(fields: readonly FieldDefinition[], translator: Translator): TableBlock {
  const title = (en: string, zh: string): string => translator.text(say(en, zh));
  return {
    type: 'table',
    columns: [
      column(title('field', '字段'), 0),
      column(title('name', '名称'), 2),
      column(title('type', '类型'), 0),
      column(title('headers', '表头'), 1, 30),
    ],
    rows: fields.map((field) => [
      field.id,
      translator.text(field.label),
      field.type,
      [span(headersText(field, translator), 'muted')],
    ]),
  };
}

function stageRow(stage: StageDefinition, index: number, translator: Translator): TableBlock['rows'][number] {
  const required = translator.list(stage.require.map((field) => translator.field(field)));
  return [
    String(index + 1),
    stage.id,
    translator.text(stage.label),
    translator.text(STAGE_KINDS[stage.kind]),
    stage.probability === null ? NOTHING : translator.percent(stage.probability),
    stage.maxDwellDays === null ? NOTHING : translator.days(stage.maxDwellDays),
    required === '' ? NOTHING : required,
    stage.exit?.source ?? NOTHING,
  ];
}

function stagesTable(stages: readonly StageDefinition[], translator: Translator): TableBlock {
  const title = (en: string, zh: string): string => translator.text(say(en, zh));
  return {
    type: 'table',
    columns: [
      { ...column('#', 4), align: 'right' },
      column(title('stage', '阶段'), 0),
      column(title('name', '名称'), 3),
      column(title('kind', '类别'), 0),
      { ...column(title('probability', '赢率'), 1), align: 'right' },
      { ...column(title('longest stay', '最长停留'), 2), align: 'right' },
      column(title('required from here on', '自此必填'), 1, 16),
      column(title('exit criteria', '准出标准'), 2, 20),
    ],
    rows: stages.map((stage, index) => stageRow(stage, index, translator)),
  };
}

function headBlocks({ name, packs, file, rules }: Ruleset, translator: Translator): Block[] {
  const off = rules.filter((rule) => rule.off).length;
  const counts = translator.text(say('{count} rules, {off} of them off', '{count} 条规则，其中 {off} 条关闭'), {
    count: rules.length,
    off,
  });
  const from: Args = { packs: { list: [...packs, ...(file === null ? [] : [file])] } };
  return [
    heading(1, translator.text(name ?? say('Rules in force', '生效的规则'))),
    paragraph([counts, span(` · ${translator.text(say('from {packs}', '来自 {packs}'), from)}`, 'muted')]),
  ];
}

/** Every effective rule with its state and origin, then the fields and the stages. `folder` shortens paths. */
export function rulesDocument(ruleset: Ruleset, translator: Translator, folder: string): Document {
  const { rules, fields, historyFields, stages } = ruleset;
  const title = (en: string, zh: string) => heading(2, translator.text(say(en, zh)));
  const explain = say(
    'funnelint explain <rule> tells what a rule checks, why, and how to fix it.',
    'funnelint explain <规则> 可查看规则的检查内容、理由和处理办法。',
  );
  return [
    ...headBlocks(ruleset, translator),
    rulesTable(rules, translator, folder),
    paragraph([span(translator.text(explain), 'muted')]),
    title('Fields', '字段'),
    fieldsTable(fields, translator),
    ...(historyFields.length === 0
      ? []
      : [title('Fields of the change log', '变更记录的字段'), fieldsTable(historyFields, translator)]),
    title('Stages, in order', '阶段（按先后）'),
    stagesTable(stages, translator),
  ];
}
