import { z } from 'zod';
import { fieldName, text, words } from './schema-parts.ts';

const severity = words({
  error: 'A violation fails the gate / 违规即不通过',
  warn: 'A violation warns / 违规时警告',
  info: 'A violation is told and never counts / 仅提示，不计入结果',
});
/** What may stand in place of a rule. */
export const ruleWord = words({
  off: 'The rule does not run / 关闭该规则',
  on: 'The rule runs as its pack defines it / 开启，按规则包的定义',
  error: 'The rule runs; a violation fails the gate / 开启，违规即不通过',
  warn: 'The rule runs; a violation warns / 开启，违规时警告',
  info: 'The rule runs; a violation is told and never counts / 开启，仅提示',
});

/** The keys a rule may have beside its verb. */
export const ruleCommon = z.strictObject({
  title: text.optional().meta({ description: 'What holds, as a sentence / 规则成立时的说法' }),
  where: z.string().min(1).optional().meta({ description: 'Picks the deals / 选取商机的表达式' }),
  on: z.string().min(1).optional().meta({ description: 'Table whose rows are judged / 判断哪张表的行' }),
  each: fieldName.optional().meta({
    description: 'Judges each value of this field instead of each deal / 逐个判断该字段的取值，而不是逐条商机',
  }),
  per: fieldName.optional().meta({ description: 'One verdict per value of this field / 按该字段分组判断' }),
  severity: severity
    .optional()
    .meta({ description: 'How grave a violation is (default error) / 违规的严重程度，默认 error' }),
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
  min_rows: z.int().min(0).optional().meta({
    description: 'With fewer rows to check there is no verdict / 可检查的行数不足时不下结论',
  }),
  nulls: words({
    skip: 'The row is left out and counted as unknown (default) / 跳过，计为无法判断（默认）',
    fail: 'The row violates / 视为违规',
    pass: 'The row holds / 视为通过',
  })
    .optional()
    .meta({ description: 'What counts when a value is missing / 缺值时如何处理' }),
  on_empty: words({
    pass: 'The rule passes / 视为通过',
    warn: 'The rule warns / 警告',
    fail: 'The rule fails / 不通过',
  })
    .optional()
    .meta({ description: 'The verdict when there is no row to check / 没有可检查的行时的结论' }),
  strict: z
    .boolean()
    .optional()
    .meta({ description: 'Too little data to tell fails the rule / 数据不足以判断时算不通过' }),
  mode: words({
    interval: 'The figure is judged with its interval (default) / 按置信区间判断（默认）',
    point: 'The bare figure is compared / 直接比较数值',
  })
    .optional()
    .meta({ description: 'How a figure is held against the threshold / 指标如何与阈值比较' }),
  message: text
    .optional()
    .meta({ description: 'What a finding says, with the slots of the kind / 提示文案，可用该动词的占位符' }),
  advice: text.optional().meta({ description: 'What to do in the CRM / 在 CRM 中如何处理' }),
  why: text.optional().meta({ description: 'Why it matters / 为什么重要' }),
  tags: z
    .array(z.string())
    .optional()
    .meta({ description: 'Words to choose rules by (--tag) / 用于筛选规则的标签（--tag）' }),
  provenance: z.string().optional().meta({ description: 'Where the rule comes from / 规则出处' }),
});

export type RuleCommon = z.output<typeof ruleCommon>;
