import { z } from 'zod';
import { currencyCode, duration, isoDate, share, words } from './schema-parts.ts';

const days = z.array(isoDate);

const REDACT = 'expected sensitive, a list of fields, or false / 应为 sensitive、字段列表或 false';

/** Whose values are replaced; always those of the sensitive fields, where any are. */
const redact = z
  .union([z.literal('sensitive', REDACT), z.literal(false, REDACT), z.array(z.string()).min(1, REDACT)], REDACT)
  .transform((value) => (value === 'sensitive' ? [] : value === false ? null : value));

/** How the report is made. */
export const report = z.strictObject({
  lang: words({ en: 'English / 英文', zh: 'Chinese / 中文' })
    .optional()
    .meta({ description: 'Language of the report / 报告语言' }),
  fail_on: words({
    error: 'A failing rule trips the gate (default) / 有规则不通过即触发关卡（默认）',
    warn: 'A warning trips it too / 警告也会触发',
    never: 'Nothing trips it / 从不触发',
  })
    .optional()
    .meta({ description: 'From when on the exit code is 1 / 退出码何时为 1' }),
  window: duration
    .refine((windowDays) => windowDays > 0, 'expected more than no time / 应大于零')
    .optional()
    .meta({ description: 'Days a deal is given to move on / 给商机推进的天数' }),
  as_of: isoDate.optional().meta({ description: 'The day the audit takes as today / 体检基准日' }),
  period: words({
    week: 'Weeks from Monday / 自然周（周一起）',
    month: 'Calendar months (default) / 自然月（默认）',
    quarter: 'Calendar quarters / 自然季度',
    year: 'Calendar years / 自然年',
  })
    .optional()
    .meta({ description: 'Length of the periods that figures are shown by / 指标按多长的时间段统计' }),
  dwell: words({
    visit: 'Each visit to a stage by itself (default) / 每次停留单独计算（默认）',
    'stage-total': 'All visits of a deal to a stage together / 同一商机在同一阶段的各次停留合计',
  })
    .optional()
    .meta({ description: 'What one stay is / 停留时长的统计单位' }),
  days: words({
    calendar: 'All days (default) / 自然日（默认）',
    working: 'Monday to Friday, but for the holidays / 工作日：周一至周五，扣除节假日',
  })
    .optional()
    .meta({ description: 'Days that stays are counted in / 停留时长按哪种天数计算' }),
  holidays: days.optional().meta({ description: 'Days off on weekdays / 落在周一至周五的放假日' }),
  workdays: days.optional().meta({ description: 'Saturdays and Sundays that are worked / 调休上班的周六、周日' }),
  redact: redact.optional().meta({
    description:
      'Replace values by hashes in everything that is written: of the sensitive fields, or of those listed as well / 所有输出中以哈希代替字段值：敏感字段，或另外列出的字段',
  }),
});

const RATE = 'expected a number above zero, up to a thousand million / 应大于零，且不超过十亿';
const rate = z.number().min(1e-9, RATE).max(1e9, RATE);

/** What the money of one country is worth in that of another. */
export const rates = z
  .strictObject({
    to: currencyCode.meta({
      description: 'Currency that amounts are converted to, such as CNY / 折算成的币种，如 CNY',
    }),
    on: isoDate.meta({ description: 'Day of the rates / 汇率日期' }),
    of: z
      .record(currencyCode, rate)
      .meta({ description: 'What one unit is worth, as in {USD: 7.12} / 一单位外币值多少，如 {USD: 7.12}' }),
  })
  .meta({ description: 'Exchange rates; without them currencies stay apart / 汇率；不写则各币种分开统计' });

/** What no export says and some figures need. */
export const parameters = z
  .strictObject({
    acquisition_cost: z.number().positive().optional().meta({
      description: 'What was spent on winning customers in the period / 期间内的获客总成本',
    }),
    cost_from: isoDate.optional().meta({ description: 'First day of the cost / 成本的起始日' }),
    cost_until: isoDate.optional().meta({ description: 'Last day of the cost / 成本的截止日' }),
    customer_lifetime: duration.optional().meta({
      description: 'How long a customer stays, such as 36mo / 客户生命周期，如 36mo',
    }),
    margin: share.optional().meta({ description: 'Share of an amount that is gross profit / 毛利率' }),
    half_life: duration.optional().meta({
      description: 'Idle time after which an open amount counts half (30d) / 在途金额减半所需的闲置时长（30d）',
    }),
    uplift: share.optional().meta({
      description: 'What-if: by how much each step improves (10%) / 假设每一步转化率提升多少（10%）',
    }),
    changed_on: isoDate.optional().meta({
      description: 'Day the process changed, to compare before and after / 流程调整日，用于前后对比',
    }),
  })
  .meta({ description: 'What no export says and some figures need / 导出文件里没有、部分指标需要的参数' });
