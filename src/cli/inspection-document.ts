import { type Args, say, type Text } from '../i18n/text.ts';
import type { Translator } from '../i18n/translator.ts';
import type { InspectedColumn, InspectedTable, Inspection } from '../inspect.ts';
import { SET_ASIDE_REASONS } from '../kinds/set-aside-reasons.ts';
import {
  type Block,
  callout,
  type Document,
  heading,
  type Inline,
  paragraph,
  span,
  type TableBlock,
} from '../report/document.ts';

/** Columns shown of a table that has more, those with a field first. */
const SHOWN_COLUMNS = 60;
const SHOWN_STAGES = 30;
const SHOWN_ROWS = 10;
const NOTHING = '–';

const STATES: Readonly<Record<InspectedTable['state'], Text | null>> = {
  visible: null,
  hidden: say('hidden', '隐藏'),
  veryHidden: say('hidden, and not to be shown from the menu', '深度隐藏'),
};

const SHAPES: Readonly<Record<NonNullable<Inspection['shape']>, Text>> = {
  snapshot: say(
    'one row per deal with its present stage: conversion and dwell time need a change log (--history) or earlier exports (--previous)',
    '每个商机一行、只有当前阶段：转化率与停留时长需要变更记录（--history）或更早的导出（--previous）',
  ),
  stageDates: say(
    'one row per deal with the day it entered each stage: conversion and dwell time are exact',
    '每个商机一行、带各阶段进入日期：可精确计算转化率与停留时长',
  ),
};

type Column = TableBlock['columns'][number];

function column(title: string, align: Column['align'], priority: number, wrapTo?: number): Column {
  return { title, align, priority, ...(wrapTo === undefined ? {} : { wrapTo }) };
}

function factsLine(table: InspectedTable, translator: Translator): Inline {
  const { records, widest, encoding, delimiter, headerRow, rows, setAside } = table;
  const part = (en: string, zh: string, args: Args = {}): string => translator.text(say(en, zh), args);
  const state = STATES[table.state];
  const facts = [
    ...(state === null ? [] : [translator.text(state)]),
    table.format === 'csv' ? delimitedName(delimiter, translator) : table.format.toUpperCase(),
    ...(encoding === null ? [] : [encoding]),
    part('header row {row}', '表头第 {row} 行', { row: headerRow }),
    part('{records} records up to {widest} columns wide', '{records} 条记录，最宽 {widest} 列', { records, widest }),
    part('{rows} rows, {aside} set aside', '{rows} 行数据，{aside} 行未计入', { rows, aside: setAside.length }),
  ];
  return [span(facts.join(' · '), 'muted')];
}

const DELIMITERS: Readonly<Record<string, Text>> = {
  ',': say('comma', '逗号分隔'),
  ';': say('semicolon', '分号分隔'),
  '\t': say('tab', '制表符分隔'),
  '|': say('bar', '竖线分隔'),
};

function delimitedName(delimiter: string | null, translator: Translator): string {
  const name = DELIMITERS[delimiter ?? ''];
  return name === undefined ? (delimiter ?? '') : translator.text(name);
}

function columnsTable({ columns, rows }: InspectedTable, translator: Translator): Block[] {
  const title = (en: string, zh: string): string => translator.text(say(en, zh));
  const known = columns.filter(({ field }) => field !== null);
  const unknown = columns.filter(({ field }) => field === null);
  const shown = [...known, ...unknown].slice(0, SHOWN_COLUMNS);
  const table: TableBlock = {
    type: 'table',
    columns: [
      column(title('column', '列'), 'left', 0, 30),
      column(title('field', '字段'), 'left', 0),
      column(title('sure', '把握'), 'right', 2),
      column(title('filled', '已填'), 'right', 1),
    ],
    rows: shown.map((each) => columnRow(each, rows, translator)),
  };
  const rest = columns.length - shown.length;
  if (rest === 0) return [table];
  return [
    table,
    paragraph([span(translator.text(say('… {rest} more columns', '……另有 {rest} 列'), { rest }), 'muted')]),
  ];
}

function columnRow(
  { header, field, confidence, filled }: InspectedColumn,
  rows: number,
  translator: Translator,
): Inline[] {
  const name = header === '' ? translator.text(say('(no header)', '（无表头）')) : translator.value(header);
  return [
    field === null ? [span(name, 'muted')] : name,
    field === null
      ? NOTHING
      : translator.text(say('{label} ({field})', '{label}（{field}）'), { label: { field }, field }),
    field === null ? '' : translator.percent(confidence, 0),
    translator.share(filled, rows),
  ];
}

function stagesTable({ stages }: InspectedTable, translator: Translator): Block[] {
  if (stages.length === 0) return [];
  const title = (en: string, zh: string): string => translator.text(say(en, zh));
  const shown = stages.slice(0, SHOWN_STAGES);
  const table: TableBlock = {
    type: 'table',
    columns: [
      column(title('stage in the file', '文件中的阶段'), 'left', 0, 30),
      column(title('stage', '阶段'), 'left', 0),
      column(title('rows', '行数'), 'right', 0),
    ],
    rows: shown.map(({ value, stage, rows }) => [
      translator.value(value),
      stage === null ? [span(title('unknown', '未知'), 'warn')] : translator.stage(stage),
      translator.number(rows),
    ]),
  };
  const rest = stages.length - shown.length;
  if (rest === 0) return [table];
  return [table, paragraph([span(translator.text(say('… {rest} more words', '……另有 {rest} 个'), { rest }), 'muted')])];
}

function setAsideList({ setAside }: InspectedTable, translator: Translator): Block[] {
  if (setAside.length === 0) return [];
  const items = setAside.slice(0, SHOWN_ROWS).map(({ row, reason, excerpt }): Inline => {
    const args = { row, reason: { text: SET_ASIDE_REASONS[reason] }, excerpt };
    return [
      span(
        translator.text(
          say('row {row} set aside ({reason}): {excerpt}', '第 {row} 行未计入（{reason}）：{excerpt}'),
          args,
        ),
        'muted',
      ),
    ];
  });
  const rest = setAside.length - items.length;
  const more = translator.text(say('… {rest} more', '……另有 {rest} 行'), { rest });
  return [{ type: 'list', items: rest === 0 ? items : [...items, [span(more, 'muted')]] }];
}

function tableBlocks(table: InspectedTable, translator: Translator): Block[] {
  const name = [table.file, ...(table.sheet === null ? [] : [table.sheet])].map((part) => translator.value(part));
  return [
    heading(2, name.join(' · ')),
    paragraph(factsLine(table, translator)),
    ...columnsTable(table, translator),
    ...stagesTable(table, translator),
    ...setAsideList(table, translator),
  ];
}

function auditBlocks({ tables, best, shape, packs, rules }: Inspection, translator: Translator): Block[] {
  const part = (en: string, zh: string, args: Args = {}): string => translator.text(say(en, zh), args);
  if (tables.length === 0) return [callout('warn', part('no cell holds a value', '没有任何有值的单元格'))];
  if (best === null || shape === null) {
    return [callout('warn', part('no column that a pipeline is known by', '没有可识别为销售漏斗的列'))];
  }
  const chosen = tables[best] as InspectedTable;
  const { can, cannot } = rules;
  const blocks: Block[] = [
    heading(2, part('What an audit could say', '体检能说明什么')),
    ...(tables.length === 1
      ? []
      : [paragraph(part('of {name}', '针对 {name}', { name: chosen.sheet ?? chosen.file }))]),
    paragraph(part('rules: {packs}', '规则：{packs}', { packs: { list: packs } })),
    paragraph(translator.text(SHAPES[shape])),
    paragraph(
      part('{can} rules can run, {cannot} cannot', '{can} 条规则可运行，{cannot} 条不能', {
        can: can.length,
        cannot: cannot.length,
      }),
    ),
  ];
  return cannot.length === 0 ? blocks : [...blocks, cannotTable(cannot, translator)];
}

function cannotTable(cannot: Inspection['rules']['cannot'], translator: Translator): TableBlock {
  const title = (en: string, zh: string): string => translator.text(say(en, zh));
  return {
    type: 'table',
    columns: [column(title('rule', '规则'), 'left', 0), column(title('cannot run', '不能运行的原因'), 'left', 0, 40)],
    rows: cannot.map(({ id, needs }) => [id, [span(translator.text(needs), 'muted')]]),
  };
}

/** What files hold, for people: each table, and what an audit could say of the best of them. */
export function inspectionDocument(inspection: Inspection, translator: Translator): Document {
  return [
    ...inspection.tables.flatMap((table) => tableBlocks(table, translator)),
    ...auditBlocks(inspection, translator),
  ];
}
