import { z } from 'zod';
import {
  currencyCode,
  duration,
  fieldName,
  isoDate,
  oneOrMany,
  share,
  stageName,
  text,
  words,
} from './schema-parts.ts';
import { parameters, rates, report } from './schema-report.ts';

const fieldType = words({
  text: 'As it is written / 按原文',
  number: 'A number / 数字',
  money: 'An amount, with its currency where one is written / 金额，写明币种时一并读取',
  percent: 'A percentage: 50%, 0.5 and 50 are told apart by the column / 百分比，按整列区分 50%、0.5 与 50',
  date: 'A date, with or without a time / 日期，可带时间',
  boolean: 'Yes or no, in the words of the CRM / 是或否，写法以 CRM 为准',
});
const field = z
  .strictObject({
    column: oneOrMany.optional().meta({
      description: 'Headers the field is known by; the first one in the file wins / 该字段的表头，文件中先出现者优先',
    }),
    type: fieldType.optional().meta({ description: 'How its cells are read / 单元格的读取类型' }),
    label: text.optional().meta({ description: 'What people call the field / 字段名称' }),
    optional: z.boolean().optional().meta({ description: 'Absent without a word / 缺少时不提示' }),
    sensitive: z.boolean().optional().meta({ description: 'Personal data / 敏感信息' }),
    answers: oneOrMany.optional().meta({
      description:
        'Words for an empty cell that are an answer here, such as 无 for no competitor / 在此字段算作有效回答的空值写法，如竞争对手填“无”',
    }),
    coalesce: z
      .boolean()
      .optional()
      .meta({ description: 'The first of its columns that is filled counts, row by row / 逐行取第一个非空的列' }),
  })
  .meta({ description: 'A field: its headers and how it is read / 字段：对应的表头与读取方式' });

const stageKind = words({
  open: 'The deal is on its way / 在途',
  won: 'The deal is won / 赢单',
  lost: 'The deal is lost / 输单',
  dormant: 'The deal is on hold and in no rate / 搁置，不计入转化率和赢单率',
});

const evidence = words({
  behaviour: 'What the customer does: visits, downloads, events / 客户行为：访问网站、下载资料、参加活动',
  activity: 'What the seller does: calls, visits, demos / 销售活动：电话、面谈、演示',
  feedback: 'What the customer says: asks for prices, samples, details / 客户反馈：询价、要样品、问具体问题',
});

const stage = z
  .strictObject({
    id: stageName,
    label: text.optional().meta({ description: 'What people call the stage / 阶段名称' }),
    match: oneOrMany.optional().meta({ description: 'Words the export uses for the stage / 导出文件里该阶段的写法' }),
    kind: stageKind.optional().meta({
      description:
        'Whether deals in it are open (default), won, lost or on hold / 该阶段的商机是在途（默认）、赢单、输单还是搁置',
    }),
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
    evidence: evidence.optional().meta({
      description:
        'What its criteria rest on: what the customer does, what the seller does, what the customer says / 判断依据：客户行为、销售活动、客户反馈',
    }),
  })
  .meta({ description: 'A stage of the funnel / 漏斗的一个阶段' });

const dateOrder = words({
  'DD/MM/YYYY': 'The day comes first / 日在前',
  'MM/DD/YYYY': 'The month comes first / 月在前',
  'YYYY/MM/DD': 'The year comes first / 年在前',
});

const source = z.strictObject({
  timezone: z.string().optional().meta({
    description: 'Time zone of the CRM, such as Asia/Shanghai / CRM 的时区，如 Asia/Shanghai',
  }),
  currency: currencyCode
    .optional()
    .meta({ description: 'Currency of amounts that name none, such as CNY / 未写明币种的金额按此币种，如 CNY' }),
  missing: z.array(z.string()).optional().meta({ description: 'Words that mean an empty cell / 视为空值的写法' }),
  key: z
    .union([fieldName, z.array(fieldName).min(1)])
    .transform((value) => (typeof value === 'string' ? [value] : value))
    .optional()
    .meta({ description: 'Identity of a deal across weeks / 商机的唯一标识' }),
  dates: z
    .record(fieldName, dateOrder.meta({ description: 'Order of day and month in the column / 该列的日月顺序' }))
    .optional()
    .meta({ description: 'Order of day and month where a column is ambiguous / 日月顺序有歧义的列' }),
  outcome: z
    .union([
      fieldName,
      z.strictObject({
        won: fieldName.optional().meta({ description: 'Field that says which deals are won / 说明赢单的字段' }),
        lost: fieldName.optional().meta({ description: 'Field that says which deals are lost / 说明输单的字段' }),
      }),
    ])
    .transform((value) => (typeof value === 'string' ? { won: value, lost: value } : value))
    .optional()
    .meta({
      description:
        'Field that says won or lost where no stage does, or one for each / 阶段里没有赢单、输单时，由哪个字段判断；可分别指定',
    }),
  history: z
    .string()
    .optional()
    .meta({ description: 'Change log of the list, relative to this file / 阶段变更记录，相对于本文件' }),
});

const table = z
  .strictObject({
    file: z.string().optional().meta({ description: 'The list, relative to this file / 列表文件，相对于本文件' }),
    key: oneOrMany.optional().meta({ description: 'Header of the column that deals name / 商机引用的列' }),
    label: text.optional().meta({ description: 'What people call the table / 表的名称' }),
    fields: z.record(fieldName, field).optional().meta({ description: 'Columns of the table / 该表的字段' }),
    of: fieldName.optional().meta({
      description: 'Field by which a row names the deal it belongs to / 指明所属商机的字段',
    }),
    order: fieldName.optional().meta({
      description:
        'Date field that first(…) and last(…) go by, else the order of the file / first(…)、last(…) 依据的日期字段，不写则按文件顺序',
    }),
    is_list: z.boolean().optional().meta({
      description: 'The audited list itself where it has the key / 主表含该键时，主表即为此表',
    }),
  })
  .meta({ description: 'Another list beside the deals / 商机之外的另一张表' });

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
  .catchall(
    z.union([z.string(), z.number()]).meta({
      description:
        'Whose target it is: a field and its value, as in owner: 李娜 / 谁的目标：字段及其取值，如 owner: 李娜',
    }),
  )
  .meta({ description: 'What a figure is to reach by when / 某项指标在何时之前要达到多少' });

const benchmarkValue = z.union([
  z.number(),
  z.string().regex(/^\d+(\.\d+)?\s*(%|s|min|h|d|w|mo)?$/, 'expected 35% or 12d / 应为 35% 或 12d'),
]);

const benchmark = z.union([benchmarkValue, z.record(stageName, benchmarkValue)]).meta({
  description: 'Its value, or one for each stage / 基准值，或各阶段的基准值',
});

/** Figure → value, or stage → value. */
const benchmarks = z.record(z.string(), benchmark).meta({
  description: 'What others reach, such as {conversion: {lead: 35%}} / 行业基准，如 {conversion: {lead: 35%}}',
});

const exception = z
  .strictObject({
    rule: z.string().meta({ description: 'Id of the rule / 规则 id' }),
    key: z
      .union([z.string(), z.number(), z.array(z.union([z.string(), z.number()])).min(1)])
      .meta({ description: 'Key of the deal, or a list of keys / 商机的标识，或其列表' }),
    until: isoDate
      .optional()
      .meta({ description: 'Last day of the exception; for ever without one / 例外的最后一天，不写则一直有效' }),
    reason: z
      .string()
      .min(1)
      .refine((text) => text.trim() !== '', 'expected a reason / 应写明理由')
      .meta({ description: 'Why these deals may break the rule / 允许例外的理由' }),
  })
  .meta({ description: 'Deals that may break a rule / 允许违反某条规则的商机' });

/** A whole rules file; rules are checked one by one against their kind. */
export const rulesFile = z.strictObject({
  version: z.literal(1).meta({ description: 'Version of the rules language, 1 / 规则语言的版本，固定为 1' }),
  extends: oneOrMany.optional().meta({
    description:
      'Packs and files this one builds on, the first one lowest (default funnelint:recommended) / 继承的规则包和文件，先写的在下层（默认 funnelint:recommended）',
  }),
  name: text.optional().meta({ description: 'What the audit is called in the report / 体检名称，显示在报告中' }),
  source: source.optional().meta({ description: 'How the export is read / 如何读取导出文件' }),
  fields: z.record(fieldName, field).optional().meta({
    description: 'Fields of the deals, by id; adds to what the packs know / 商机的字段（按 id），在规则包的基础上增加',
  }),
  history: z.record(fieldName, field).optional().meta({ description: 'Fields of the change log / 变更记录的字段' }),
  tables: z.record(fieldName, table).optional().meta({ description: 'Lists that deals refer to / 商机引用的列表' }),
  define: z.record(fieldName, z.string().min(1)).optional().meta({
    description: 'Expressions by a name that rules use in their place / 给表达式起名，规则里可直接使用该名称',
  }),
  stages: z.array(stage).min(1).optional().meta({
    description:
      'Stages in the order of the funnel; takes the place of the list of the packs / 按漏斗顺序排列的阶段，替换规则包的阶段列表',
  }),
  rules: z.record(z.string(), z.unknown()).optional().meta({ description: 'Rules by id / 规则（按 id）' }),
  segments: z
    .array(fieldName)
    .optional()
    .meta({ description: 'Fields that figures are broken down by / 指标按哪些字段分组' }),
  targets: z.array(target).optional().meta({ description: 'What figures are to reach / 目标' }),
  benchmarks: benchmarks.optional(),
  review_by: isoDate.optional().meta({ description: 'When to look at the stage list again / 阶段划分的下次回顾日' }),
  exceptions: z
    .array(exception)
    .optional()
    .meta({ description: 'Deals that may break a rule, for a while and with a reason / 有期限、有理由的例外' }),
  rates: rates.optional(),
  parameters: parameters.optional(),
  report: report.optional().meta({ description: 'How it is reported / 报告设置' }),
});

export type RulesFile = z.output<typeof rulesFile>;
