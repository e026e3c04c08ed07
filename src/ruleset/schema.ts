import { z } from 'zod';
import { duration, fieldName, stageName } from '../kinds/option-types.ts';

/** A text in both languages, or one for both. */
const text = z
  .union([z.string(), z.strictObject({ en: z.string(), zh: z.string() })])
  .transform((value) => (typeof value === 'string' ? { en: value, zh: value } : value))
  .meta({ description: 'A text, or one for each language / 文本，或中英文各一' });

const fieldType = z.enum(['text', 'number', 'money', 'percent', 'date', 'boolean']);
const oneOrMany = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === 'string' ? [value] : value));

const field = z.strictObject({
  column: oneOrMany.optional().meta({
    description: 'Headers the field is known by; the first one in the file wins / 该字段的表头，文件中先出现者优先',
  }),
  type: fieldType.optional().meta({ description: 'How its cells are read / 单元格的读取类型' }),
  label: text.optional(),
  optional: z.boolean().optional().meta({ description: 'Absent without a word / 缺少时不提示' }),
  sensitive: z.boolean().optional().meta({ description: 'Personal data / 敏感信息' }),
  coalesce: z
    .boolean()
    .optional()
    .meta({ description: 'The first of its columns that is filled counts, row by row / 逐行取第一个非空的列' }),
});

const share = z
  .union([z.number().min(0).max(1), z.string().regex(/^\d+(\.\d+)?%$/, 'expected a percentage such as 50%')])
  .transform((value) => (typeof value === 'number' ? value : Number(value.slice(0, -1)) / 100));

const stage = z.strictObject({
  id: stageName,
  label: text.optional(),
  match: oneOrMany.optional().meta({ description: 'Words the export uses for the stage / 导出文件里该阶段的写法' }),
  kind: z.enum(['open', 'won', 'lost', 'dormant']).optional(),
  probability: share.optional().meta({ description: 'Default win probability / 默认赢率' }),
  max_dwell: duration.optional().meta({ description: 'Longest a deal should stay / 最长停留时长' }),
  require: z.array(fieldName).optional().meta({ description: 'Fields required from this stage on / 从该阶段起必填' }),
  exit: z
    .string()
    .min(1)
    .optional()
    .meta({ description: 'What must hold to have left the stage / 准出标准（表达式）' }),
  definition: text.optional().meta({ description: 'What it means to be in the stage / 阶段定义' }),
  goal: text.optional().meta({ description: 'What the stage is to achieve / 阶段目标' }),
  success: text.optional().meta({ description: 'What shows that it has succeeded / 成功标准' }),
  deliverable: fieldName.optional().meta({ description: 'Field that holds its output / 输出物所在字段' }),
  evidence: z.enum(['behaviour', 'activity', 'feedback']).optional().meta({
    description:
      'What its criteria rest on: what the customer does, what the seller does, what the customer says / 判断依据：客户行为、销售活动、客户反馈',
  }),
});

const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a date such as 2026-12-31');

const source = z.strictObject({
  timezone: z.string().optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'expected a currency code such as CNY')
    .optional(),
  missing: z.array(z.string()).optional().meta({ description: 'Words that mean an empty cell / 视为空值的写法' }),
  key: z
    .union([fieldName, z.array(fieldName).min(1)])
    .transform((value) => (typeof value === 'string' ? [value] : value))
    .optional()
    .meta({ description: 'Identity of a deal across weeks / 商机的唯一标识' }),
  dates: z
    .record(fieldName, z.enum(['DD/MM/YYYY', 'MM/DD/YYYY', 'YYYY/MM/DD']))
    .optional()
    .meta({ description: 'Order of day and month where a column is ambiguous / 日月顺序有歧义的列' }),
  outcome: z
    .union([fieldName, z.strictObject({ won: fieldName.optional(), lost: fieldName.optional() })])
    .transform((value) => (typeof value === 'string' ? { won: value, lost: value } : value))
    .optional()
    .meta({
      description:
        'Field that says won or lost where no stage does, or one for each / 阶段里没有赢单、输单时，由哪个字段判断；可分别指定',
    }),
  history: z.string().optional().meta({ description: 'Change log of the list, relative to this file / 阶段变更记录' }),
});

const table = z.strictObject({
  file: z.string().optional().meta({ description: 'The list, relative to this file / 列表文件，相对于本文件' }),
  key: oneOrMany.optional().meta({ description: 'Header of the column that deals name / 商机引用的列' }),
  label: text.optional(),
  fields: z.record(fieldName, field).optional().meta({ description: 'Columns of the table / 该表的字段' }),
  of: fieldName.optional().meta({
    description: 'Field by which a row names the deal it belongs to / 指明所属商机的字段',
  }),
  is_list: z.boolean().optional().meta({
    description: 'The audited list itself where it has the key / 主表含该键时，主表即为此表',
  }),
});

/** What a figure is to reach, and whose: further keys are fields, as in `owner: 李娜`. */
const target = z
  .object({
    metric: z.string().optional().meta({ description: 'A figure, such as win_rate / 指标，如 win_rate' }),
    at_least: z.union([z.string(), z.number()]).optional().meta({ description: 'Not below this / 不低于' }),
    at_most: z.union([z.string(), z.number()]).optional().meta({ description: 'Not above this / 不高于' }),
    from: isoDate.optional().meta({ description: 'First day / 起始日' }),
    until: isoDate.optional().meta({ description: 'Deadline / 截止日' }),
    reviewed: isoDate.optional().meta({ description: 'When it was last reviewed / 上次回顾日期' }),
  })
  .catchall(z.union([z.string(), z.number()]));

const benchmarkValue = z.union([
  z.number(),
  z.string().regex(/^\d+(\.\d+)?\s*(%|s|min|h|d|w|mo)?$/, 'expected 35% or 12d'),
]);

/** Figure → value, or stage → value. */
const benchmarks = z.record(z.string(), z.union([benchmarkValue, z.record(stageName, benchmarkValue)])).meta({
  description: 'What others reach, such as {conversion: {lead: 35%}} / 行业基准，如 {conversion: {lead: 35%}}',
});

const report = z.strictObject({
  lang: z.enum(['en', 'zh']).optional(),
  fail_on: z.enum(['error', 'warn', 'never']).optional(),
  window: duration
    .refine((days) => days > 0, 'expected more than no time')
    .optional()
    .meta({ description: 'Days a deal is given to move on / 给商机推进的天数' }),
  as_of: isoDate.optional().meta({ description: 'The day the audit takes as today / 体检基准日' }),
});

const exception = z.strictObject({
  rule: z.string(),
  key: z.union([z.string(), z.number(), z.array(z.union([z.string(), z.number()])).min(1)]),
  until: isoDate.optional(),
  reason: z.string().min(1),
});

export const severity = z.enum(['error', 'warn', 'info']);
export const ruleWord = z.enum(['off', 'on', 'error', 'warn', 'info']);

/** The keys a rule may have beside its verb. */
export const ruleCommon = z.strictObject({
  title: text.optional(),
  where: z.string().min(1).optional().meta({ description: 'Picks the deals / 选取商机的表达式' }),
  on: z.string().min(1).optional().meta({ description: 'Table whose rows are judged / 判断哪张表的行' }),
  each: fieldName.optional().meta({
    description: 'Judges each value of this field instead of each deal / 逐个判断该字段的取值，而不是逐条商机',
  }),
  per: fieldName.optional().meta({ description: 'One verdict per value of this field / 按该字段分组判断' }),
  severity: severity.optional(),
  enabled: z
    .boolean()
    .optional()
    .meta({ description: 'false switches the rule off until it is configured / false 表示默认关闭' }),
  warn: z
    .string()
    .nullable()
    .optional()
    .meta({ description: 'The bad condition, as "> 5%" or "> 25 rows" / 警告阈值' }),
  fail: z
    .string()
    .nullable()
    .optional()
    .meta({ description: 'The bad condition, as "> 10%" or "> 25 rows" / 不通过阈值' }),
  min_rows: z.int().min(0).optional(),
  nulls: z.enum(['skip', 'fail', 'pass']).optional(),
  on_empty: z.enum(['pass', 'warn', 'fail']).optional(),
  strict: z.boolean().optional(),
  mode: z.enum(['interval', 'point']).optional(),
  message: text.optional(),
  advice: text.optional(),
  why: text.optional(),
  tags: z.array(z.string()).optional(),
  provenance: z.string().optional().meta({ description: 'Where the rule comes from / 规则出处' }),
});

/** A whole rules file; rules are checked one by one against their kind. */
export const rulesFile = z.strictObject({
  version: z.literal(1),
  extends: oneOrMany.optional(),
  name: text.optional(),
  source: source.optional(),
  fields: z.record(fieldName, field).optional(),
  history: z.record(fieldName, field).optional().meta({ description: 'Fields of the change log / 变更记录的字段' }),
  tables: z.record(fieldName, table).optional().meta({ description: 'Lists that deals refer to / 商机引用的列表' }),
  stages: z.array(stage).min(1).optional(),
  rules: z.record(z.string(), z.unknown()).optional(),
  segments: z.array(fieldName).optional(),
  targets: z.array(target).optional().meta({ description: 'What figures are to reach / 目标' }),
  benchmarks: benchmarks.optional(),
  review_by: isoDate.optional().meta({ description: 'When to look at the stage list again / 阶段划分的下次回顾日' }),
  exceptions: z.array(exception).optional(),
  report: report.optional(),
});

export type RulesFile = z.output<typeof rulesFile>;
export type RuleCommon = z.output<typeof ruleCommon>;
