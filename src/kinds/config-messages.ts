import type { SameSlots, Slots } from '../i18n/template.ts';
import type { ArgValue, Text } from '../i18n/text.ts';
import type { Origin } from '../ruleset/ruleset.ts';

/** What can be wrong with a rules file. */
export const CONFIG_MESSAGES = {
  fewStages: {
    en: '{count} stages lead to a win; fewer than {limit} tell little',
    zh: '通向赢单的阶段只有 {count} 个，少于 {limit} 个难以看出问题出在哪里',
  },
  manyStages: {
    en: '{count} stages lead to a win; more than {limit} are seldom told apart',
    zh: '通向赢单的阶段有 {count} 个，超过 {limit} 个往往分不清',
  },
  lacks: { en: '{stage} has no {parts}', zh: '「{stage}」缺少{parts}' },
  noCriteria: { en: '{stage} has no exit criteria', zh: '「{stage}」没有准出标准' },
  unmeasurable: {
    en: 'the exit criteria of {stage} test no field: {criteria}',
    zh: '「{stage}」的准出标准没有检查任何字段：{criteria}',
  },
  countsActivity: {
    en: 'the exit criteria of {stage} only count activities or days: {criteria}',
    zh: '「{stage}」的准出标准只计活动次数或天数：{criteria}',
  },
  noEnd: {
    en: 'no stage is won and none lost, and no column tells either',
    zh: '没有赢单阶段，也没有输单阶段，且没有列说明赢输',
  },
  noWon: { en: 'no stage is won, and no column tells which deals are', zh: '没有赢单阶段，且没有列说明哪些商机赢单' },
  noLost: { en: 'no stage is lost, and no column tells which deals are', zh: '没有输单阶段，且没有列说明哪些商机输单' },
  sameWords: {
    en: '{stage} and {other} go by the same words: {words}',
    zh: '「{stage}」与「{other}」用词相同：{words}',
  },
  sameCriteria: {
    en: '{stage} and {other} have the same exit criteria: {criteria}',
    zh: '「{stage}」与「{other}」的准出标准相同：{criteria}',
  },
  sameDefinition: {
    en: '{stage} and {other} are defined alike: {definition}',
    zh: '「{stage}」与「{other}」的定义相同：{definition}',
  },
  sellerOnly: {
    en: 'every stage is judged by what the seller does, none by what the customer does or says: {stages}',
    zh: '所有阶段都只看销售动作，没有一个看客户的行为或反馈：{stages}',
  },
  manyRequired: {
    en: '{stage} asks for {count} fields, more than {limit}: {fields}',
    zh: '「{stage}」要求填写 {count} 个字段，超过 {limit} 个：{fields}',
  },
  reviewDue: { en: 'the stage list was to be reviewed by {date}', zh: '阶段划分应在 {date} 前回顾' },
  unmapped: {
    en: '{rule} can never apply: no header is known for {fields}',
    zh: '{rule} 永远不会生效：没有为{fields}指定表头',
  },
  noStageMeets: {
    en: '{rule} can never apply: no stage meets “{where}”',
    zh: '{rule} 永远不会生效：没有阶段满足“{where}”',
  },
  obstructed: { en: '{rule} can never apply: {reason}', zh: '{rule} 永远不会生效：{reason}' },
} as const satisfies Record<string, Text>;

type Messages = typeof CONFIG_MESSAGES;
type Checked = { readonly [Name in keyof Messages]: SameSlots<Messages[Name]> };
CONFIG_MESSAGES satisfies Checked;

/** A flaw of the rules file, with its place; the compiler checks message name and slots. */
export type Flaw = {
  readonly [Name in keyof Messages]: {
    readonly message: Name;
    readonly args: Readonly<Record<Slots<Messages[Name]['en']>, ArgValue>>;
    readonly at: Origin;
  };
}[keyof Messages];

/** What a check of the rules file found: how much it looked at, and what is wrong. */
export interface ConfigCheck {
  readonly checked: number;
  readonly flaws: readonly Flaw[];
}
