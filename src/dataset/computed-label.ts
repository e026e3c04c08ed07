import { type Args, type ArgValue, say, type Text } from '../i18n/text.ts';
import type { Aggregate, AggregateName, Expression } from '../ruleset/expression/expression.ts';
import type { FieldDefinition } from '../ruleset/ruleset.ts';
import type { Dataset } from './dataset.ts';

/** How a computed value is told: a text with the slot `{value}`, and what stands in its other slots. */
export interface ComputedLabel {
  readonly text: Text;
  readonly args: Args;
}

/** What names in an expression are names of, and how it is written. */
interface Naming {
  readonly source: string;
  readonly dataset: Dataset;
}

const LONGEST_WRITTEN = 40;

const TABLES: Readonly<Record<string, Text>> = {
  deals: say('Deals', '商机'),
  history: say('Change log', '变更记录'),
  previous: say('Earlier export', '早期导出'),
};

/** `{what}` are the rows picked, `{of}` what is made of each. */
const AGGREGATES: Readonly<Record<AggregateName, Text>> = {
  count: say('{what}: {value}', '{what}：{value} 条'),
  any: say('{what}: {value}', '{what}：{value}'),
  sum: say('{what}: sum of {of} {value}', '{what}的{of}合计 {value}'),
  avg: say('{what}: average {of} {value}', '{what}的{of}平均 {value}'),
  min: say('{what}: lowest {of} {value}', '{what}的最小{of} {value}'),
  max: say('{what}: highest {of} {value}', '{what}的最大{of} {value}'),
  first: say('{what}: first {of} {value}', '首条{what}的{of} {value}'),
  last: say('{what}: last {of} {value}', '末条{what}的{of} {value}'),
};
const OF_DATES: Partial<Readonly<Record<AggregateName, Text>>> = {
  min: say('{what}: earliest {of} {value}', '{what}的最早{of} {value}'),
  max: say('{what}: latest {of} {value}', '{what}的最晚{of} {value}'),
};
const MATCHING: Text = say('{table} that match', '符合条件的{table}');
const STAGE_AGE: Text = say('in stage for {value}', '在当前阶段 {value}');
const STAGE_ENTERED: Text = say('in stage since {value}', '进入当前阶段的时间 {value}');
const RANK: Text = say('{of}: rank {value} (share with a lower value)', '{of}的排位 {value}（低于该值的占比）');

/** What the value of an aggregate is called where it is one part of a longer name. */
const NOUNS: Readonly<Record<'count' | 'other' | 'stageAge' | 'stageEntered', Text>> = {
  count: say('number of {what}', '{what}条数'),
  other: say('{of} of {what}', '{what}的{of}'),
  stageAge: say('time in stage', '在当前阶段的时长'),
  stageEntered: say('start of the stage', '进入当前阶段的时间'),
};

function written({ at }: Expression, { source }: Naming): string {
  const text = source.slice(at.start, at.end);
  return `“${text.length > LONGEST_WRITTEN ? `${text.slice(0, LONGEST_WRITTEN - 1)}…` : text}”`;
}

function fieldsOfTable(table: string, { ruleset }: Dataset): readonly FieldDefinition[] {
  if (table === 'deals' || table === 'previous') return ruleset.fields;
  if (table === 'history') return ruleset.historyFields;
  return ruleset.tables.find(({ id }) => id === table)?.fields ?? [];
}

function labelOf(field: string, fields: readonly FieldDefinition[]): ArgValue {
  const label = fields.find(({ id }) => id === field)?.label;
  return label === undefined ? field : { text: label };
}

/** The rows an aggregate picks. */
function rowsOf({ table, condition }: Aggregate, { ruleset }: Dataset): ArgValue {
  const label = ruleset.tables.find(({ id }) => id === table)?.label ?? TABLES[table];
  const name: ArgValue = label === undefined ? table : { text: label };
  return condition === null ? name : { text: MATCHING, args: { table: name } };
}

/** What an aggregate makes something of; fields go by the names of its table. */
function measureOf({ value, table }: Aggregate, naming: Naming): ArgValue {
  if (value === null) return null;
  return nameOf(value, fieldsOfTable(table, naming.dataset), naming);
}

function nameOf(expression: Expression, fields: readonly FieldDefinition[], naming: Naming): ArgValue {
  switch (expression.op) {
    case 'field':
      return labelOf(expression.field, fields);
    case 'header':
      return expression.header;
    case 'stageAge':
    case 'stageEntered':
      return { text: NOUNS[expression.op] };
    case 'aggregate': {
      const what = rowsOf(expression, naming.dataset);
      if (expression.value === null) return { text: NOUNS.count, args: { what } };
      return { text: NOUNS.other, args: { what, of: measureOf(expression, naming) } };
    }
    default:
      return written(expression, naming);
  }
}

function aggregateLabel(aggregate: Aggregate, naming: Naming): ComputedLabel {
  const { name, value } = aggregate;
  const text = (value?.type === 'date' ? OF_DATES[name] : undefined) ?? AGGREGATES[name];
  const args = { what: rowsOf(aggregate, naming.dataset) };
  return { text, args: value === null ? args : { ...args, of: measureOf(aggregate, naming) } };
}

/** How people are told of a part of an expression that no cell holds, by the labels of its tables and fields. */
export function computedLabel(expression: Expression, source: string, dataset: Dataset): ComputedLabel {
  const naming: Naming = { source, dataset };
  switch (expression.op) {
    case 'aggregate':
      return aggregateLabel(expression, naming);
    case 'stageAge':
      return { text: STAGE_AGE, args: {} };
    case 'stageEntered':
      return { text: STAGE_ENTERED, args: {} };
    case 'call': {
      const [ranked = expression] = expression.args;
      return { text: RANK, args: { of: nameOf(ranked, dataset.fields, naming) } };
    }
    default:
      return { text: say('{of} {value}', '{of} {value}'), args: { of: nameOf(expression, dataset.fields, naming) } };
  }
}
