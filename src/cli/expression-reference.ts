import { say, type Text } from '../i18n/text.ts';
import type { AggregateName, FunctionName } from '../ruleset/expression/expression.ts';
import { FUNCTIONS } from '../ruleset/expression/functions.ts';

/** Something that can be written in an expression, and what it is. */
export interface ReferenceEntry {
  readonly usage: string;
  readonly meaning: Text;
}

const FUNCTION_MEANINGS: Readonly<Record<FunctionName, Text>> = {
  if: say('a where the condition holds, b where it does not', '条件成立取 a，否则取 b'),
  coalesce: say('the first of the values that is present', '第一个有值的参数'),
  lower: say('the text in lower case', '转为小写'),
  trim: say('the text without blanks at its ends', '去掉首尾空格'),
  len: say('number of characters', '字符数'),
  abs: say('the number without its sign', '绝对值'),
  round: say('rounded to whole numbers, halves away from zero', '四舍五入取整'),
  min: say('the smallest of the values', '最小值'),
  max: say('the largest of the values', '最大值'),
  days: say('a duration as number of days', '时长换算为天数'),
  weekdays: say(
    'Mondays to Fridays after the first date, up to and with the second',
    '两个日期之间的工作日数（周一至周五）',
  ),
  month: say('1 to 12', '月份，1–12'),
  quarter: say('1 to 4', '季度，1–4'),
  year: say('the year', '年份'),
  contains: say('the part stands in the text', '文本包含该片段'),
  starts_with: say('the text starts so', '文本以此开头'),
  ends_with: say('the text ends so', '文本以此结尾'),
  percent_rank: say(
    'share of the known values of all rows that lie below, amounts among those of one currency',
    '在所有已知值中低于该值的占比，金额只与同币种比较',
  ),
};

const AGGREGATE_USAGES: Readonly<Record<AggregateName, ReferenceEntry>> = {
  count: {
    usage: 'count(activities, type = "call")',
    meaning: say('rows for which the condition holds; 0 where there is none', '满足条件的行数，没有则为 0'),
  },
  any: {
    usage: 'any(payments, paid is present)',
    meaning: say('some row fulfils the condition', '至少有一行满足条件'),
  },
  sum: {
    usage: 'sum(contracts, amount)',
    meaning: say(
      'the values added up; 0 without rows, unknown in several currencies',
      '合计；没有行为 0，多币种为未知',
    ),
  },
  avg: { usage: 'avg(quotes, discount)', meaning: say('mean of the values', '平均值') },
  min: { usage: 'min(activities, at)', meaning: say('the smallest or earliest value', '最小值或最早的日期') },
  max: { usage: 'max(activities, at)', meaning: say('the largest or latest value', '最大值或最晚的日期') },
  first: {
    usage: 'first(quotes, amount)',
    meaning: say('the value of the first row, in the order of the file', '按文件顺序第一行的值'),
  },
  last: {
    usage: 'last(previous, owner)',
    meaning: say('the value of the last row, in the order of the file', '按文件顺序最后一行的值'),
  },
};

const PLAIN: readonly ReferenceEntry[] = [
  {
    usage: 'amount >= 100000',
    meaning: say('= != < <= > >= compare; a missing value makes it unknown', '比较：= != < <= > >=；缺值时结果未知'),
  },
  {
    usage: 'owner is present',
    meaning: say('is missing, is present: always decided', 'is missing、is present 总有结果'),
  },
  { usage: 'source in ["Web", "Fair"]', meaning: say('one of a list; not in', '在列表中；not in 为不在') },
  { usage: 'a and (b or not c)', meaning: say('three-valued: false and unknown is false', '三值逻辑：假且未知为假') },
  {
    usage: 'amount * 20% + 500',
    meaning: say('sums of like with like; a percent of an amount is an amount', '同类相加；金额乘以百分比仍是金额'),
  },
  {
    usage: 'close - created <= 90d',
    meaning: say('dates subtract to durations: 30d, 4w, 3mo, 24h', '日期相减得时长：30d、4w、3mo、24h'),
  },
  { usage: 'created < 2026-01-01', meaning: say('a date; today is the day of the audit', '日期；today 为体检基准日') },
  { usage: '`Any Header` = "x"', meaning: say('a column of the deals by its header', '用反引号引用商机表的任意表头') },
  {
    usage: 'stage = won',
    meaning: say(
      'a stage by its id; also stage.kind (open, won, lost, dormant) and stage.index (from 0)',
      '阶段 id；另有 stage.kind（open、won、lost、dormant）和 stage.index（从 0 起）',
    ),
  },
  {
    usage: 'stage.age > 30d',
    meaning: say(
      'time in the current stage; stage.entered is the date of entry',
      '在当前阶段的停留时长；stage.entered 为进入日期',
    ),
  },
];

/** What expressions are made of, beside functions. */
export function plainReference(): readonly ReferenceEntry[] {
  return PLAIN;
}

/** Every function of expressions. */
export function functionReference(): readonly ReferenceEntry[] {
  return Object.entries(FUNCTION_MEANINGS).map(([name, meaning]) => ({
    usage: FUNCTIONS[name as FunctionName].usage,
    meaning,
  }));
}

/** What can be made of the rows of another table. */
export function aggregateReference(): readonly ReferenceEntry[] {
  return Object.values(AGGREGATE_USAGES);
}
