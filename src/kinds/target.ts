import { readTargetValue } from '../dataset/targets.ts';
import { isoOf } from '../dataset/values/calendar.ts';
import type { ArgValue, Text } from '../i18n/text.ts';
import type { Target } from '../ruleset/ruleset.ts';
import type { Figure } from '../stats/figure.ts';
import { type CheckContext, defineKind, type Violation } from './define.ts';
import { duration, type Zod } from './option-types.ts';

const NAMES = ['not-specific', 'not-measurable', 'not-timebound', 'irrelevant', 'expired', 'unreviewed'] as const;

const QUARTER_DAYS = 92;

const check = (z: Zod) =>
  z.enum(NAMES).meta({
    description: `What of each target is checked: ${NAMES.join(', ')} / 检查目标的哪一方面：${NAMES.join('、')}`,
  });

const options = (z: Zod) =>
  z.union([
    check(z).transform((name) => ({ name, everyDays: QUARTER_DAYS })),
    z
      .strictObject({
        check: check(z),
        every: duration(z).optional().meta({
          description:
            'For unreviewed: how often a target is to be looked at (default 92d, a quarter) / 用于 unreviewed：多久回顾一次目标，默认 92d（一个季度）',
        }),
      })
      .transform(({ check: name, every }) => ({ name, everyDays: every ?? QUARTER_DAYS })),
  ]);

type Unit = NonNullable<ReturnType<typeof readTargetValue>>['unit'];

const UNIT_NAMES: Readonly<Record<Unit, Text>> = {
  rate: { en: 'a percentage such as 25%', zh: '百分比，如 25%' },
  days: { en: 'a duration such as 30d', zh: '时长，如 30d' },
  number: { en: 'a number', zh: '数字' },
};

const MESSAGES = {
  vague: { en: 'target {target} names no metric', zh: '目标 {target} 没有写明指标（metric）' },
  noValue: {
    en: 'target {target} says neither at_least nor at_most',
    zh: '目标 {target} 没有写明 at_least 或 at_most',
  },
  noNumber: { en: 'target {target}: “{value}” is no number', zh: '目标 {target}：“{value}”不是数值' },
  otherUnit: { en: 'target {target}: {value} should be {unit}', zh: '目标 {target}：{value} 应写成{unit}' },
  noDeadline: { en: 'target {target} has no deadline (until)', zh: '目标 {target} 没有期限（until）' },
  noFigure: {
    en: 'target {target}: “{metric}” is no figure that is computed',
    zh: '目标 {target}：“{metric}”不是可计算的指标',
  },
  noColumns: {
    en: 'target {target}: {metric} cannot be computed, no column for {fields}',
    zh: '目标 {target}：缺少{fields}列，无法计算 {metric}',
  },
  noBase: {
    en: 'target {target}: nothing in this file says how high {metric} is',
    zh: '目标 {target}：本文件没有可用于计算 {metric} 的数据',
  },
  past: { en: 'target {target} ended on {date}', zh: '目标 {target} 已于 {date} 到期' },
  lastReview: {
    en: 'target {target} was last reviewed {days} ago',
    zh: '目标 {target} 上次回顾距今 {days}',
  },
  neverReviewed: { en: 'target {target} was never reviewed', zh: '目标 {target} 从未回顾' },
} as const satisfies Record<string, Text>;

type Context = Pick<CheckContext<unknown, typeof MESSAGES>, 'dataset' | 'figure' | 'violation'>;

/** A target as people name it: `win_rate · owner 李娜`. */
function nameOf({ metric, of, atLeast, atMost }: Target): string {
  const whose = Object.entries(of).map(([field, value]) => `${field} ${value}`);
  const value = metric === null ? [atLeast ?? '', atMost ?? ''] : [metric];
  return [...value, ...whose].filter((part) => part.trim() !== '').join(' · ') || '–';
}

/** The figure of a target over all deals, null where it names none. */
function figureOf({ figure: call }: Target, { dataset, figure }: Pick<Context, 'dataset' | 'figure'>): Figure | null {
  if (call === null) return null;
  const all = new Uint8Array(dataset.rowCount).fill(1);
  const usual = { windowDays: null, quantile: null, period: null, periods: null, across: null };
  return figure(call.figure, call.args, all, usual);
}

function unitOf({ unit }: Figure): Unit {
  return unit === 'rate' || unit === 'days' ? unit : 'number';
}

/** A rate may be written 0.25, never 25. */
function isInUnit({ value, unit }: { readonly value: number; readonly unit: Unit }, wanted: Unit): boolean {
  return unit === wanted || (wanted === 'rate' && unit === 'number' && value >= 0 && value <= 1);
}

function measurable(target: Target, context: Context): Violation[] {
  const { violation } = context;
  const name = nameOf(target);
  const written = [target.atLeast, target.atMost].filter((value) => value !== null);
  if (written.length === 0) return [violation('noValue', { target: name }, null)];
  const figure = figureOf(target, context);
  return written.flatMap((value) => {
    const read = readTargetValue(value);
    if (read === null) return [violation('noNumber', { target: name, value }, null)];
    if (figure === null || isInUnit(read, unitOf(figure))) return [];
    return [violation('otherUnit', { target: name, value, unit: { text: UNIT_NAMES[unitOf(figure)] } }, null)];
  });
}

function relevant(target: Target, context: Context): Violation[] {
  const { dataset, violation } = context;
  const { metric, figure, needs } = target;
  if (metric === null) return [];
  if (figure === null) return [violation('noFigure', { target: nameOf(target), metric }, null)];
  const absent = needs.filter((group) => !group.some((field) => dataset.columns.has(field)));
  if (absent.length > 0) {
    const fields: ArgValue = { list: absent.map((group) => ({ field: group[0] ?? '' })) };
    return [violation('noColumns', { target: nameOf(target), metric, fields }, null)];
  }
  const computed = figureOf(target, context);
  const isEmpty = computed !== null && computed.of === 0 && computed.value === null;
  return isEmpty ? [violation('noBase', { target: nameOf(target), metric }, null)] : [];
}

function isOver({ untilDay }: Target, asOfDay: number): boolean {
  return untilDay !== null && untilDay < asOfDay;
}

/** A target that has begun only lately need not have been reviewed yet; one that is over need not be any more. */
function reviewed(target: Target, asOfDay: number, everyDays: number, violation: Context['violation']): Violation[] {
  const { reviewedDay, fromDay } = target;
  const since = reviewedDay ?? fromDay;
  if (isOver(target, asOfDay) || (since !== null && asOfDay - since <= everyDays)) return [];
  const name = nameOf(target);
  if (reviewedDay === null) return [violation('neverReviewed', { target: name }, null)];
  return [violation('lastReview', { target: name, days: { days: asOfDay - reviewedDay } }, null)];
}

const TABLE = 'id,stage\n1,Lead\n';

export default defineKind({
  kind: 'target',
  title: { en: 'Targets say what is to be reached by when', zh: '目标明确、可衡量、有期限' },
  why: {
    en: 'A target that names no figure, number or date can be neither met nor missed.',
    zh: '没有指标、数值或期限的目标，谈不上达成，也谈不上未达成。',
  },
  fix: {
    en: 'Complete the target under `targets:` in the rules file.',
    zh: '在规则文件的 `targets:` 里补全目标。',
  },
  options,
  messages: MESSAGES,
  example: {
    rule: 'target: not-timebound',
    bad: TABLE,
    good: TABLE,
    rules: {
      bad: 'targets: [{metric: win_rate, at_least: 25%}]',
      good: 'targets: [{metric: win_rate, at_least: 25%, until: 2026-12-31}]',
    },
  },
  references: () => [],
  check(context) {
    const { options: chosen, dataset, violation } = context;
    const { name, everyDays } = chosen;
    const { targets } = dataset.ruleset;
    const { asOfDay } = dataset;
    const CHECKS: Readonly<Record<typeof name, (target: Target) => Violation[]>> = {
      'not-specific': (target) =>
        (target.metric ?? '').trim() === '' ? [violation('vague', { target: nameOf(target) }, null)] : [],
      'not-measurable': (target) => measurable(target, context),
      'not-timebound': (target) =>
        target.untilDay === null ? [violation('noDeadline', { target: nameOf(target) }, null)] : [],
      irrelevant: (target) => relevant(target, context),
      expired: (target) =>
        isOver(target, asOfDay)
          ? [violation('past', { target: nameOf(target), date: { date: isoOf(target.untilDay ?? 0) } }, null)]
          : [],
      unreviewed: (target) => reviewed(target, asOfDay, everyDays, violation),
    };
    const places = targets.flatMap((target) =>
      CHECKS[name](target).map((found) => ({
        ...found,
        table: { file: target.origin.file, sheet: null },
        row: null,
        line: target.origin.line,
      })),
    );
    return { type: 'places', checked: targets.length, places };
  },
});
