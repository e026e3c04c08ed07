import { targetsInForce } from '../../dataset/targets.ts';
import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, type Inline, paragraph, span, type TableBlock } from '../../report/document.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { type AttainedTarget, attainedTargets } from './attainment-counts.ts';
import { targetRows } from './pipeline-target-rows.ts';

export interface AttainmentResult {
  /** Those that hold on the as-of day, in order of the rules file, then of the table of targets. */
  readonly targets: readonly AttainedTarget[];
}

const TITLE: Text = { en: 'Targets', zh: '目标达成' };
/** Targets shown; all of them are in the report. */
const MOST_SHOWN = 8;

function missing({ dataset }: MetricContext): Text | null {
  if (targetsInForce(dataset).length > 0) return null;
  const isAny = (dataset.ruleset?.targets ?? []).length > 0 || (dataset.tables?.get('targets') ?? null) !== null;
  return isAny
    ? say('no target that holds on the as-of day', '没有在截止日生效的目标')
    : say('needs targets in the rules file', '需要在规则文件中设置目标（targets）');
}

function compute({ dataset, details }: MetricContext): AttainmentResult {
  return { targets: attainedTargets(dataset, targetsInForce(dataset), targetRows(dataset), details) };
}

const COLUMNS = {
  target: { en: 'Target', zh: '目标' },
  wanted: { en: 'Wanted', zh: '目标值' },
  actual: { en: 'Actual', zh: '实际' },
  reached: { en: 'Reached', zh: '达成' },
  elapsed: { en: 'Time gone', zh: '时间进度' },
  state: { en: 'State', zh: '状态' },
  until: { en: 'Until', zh: '截止' },
} as const satisfies Record<string, Text>;
const NAME: Text = { en: '{metric} · {of}', zh: '{metric} · {of}' };
const AT_LEAST: Text = { en: 'at least {value}', zh: '不低于 {value}' };
const AT_MOST: Text = { en: 'at most {value}', zh: '不高于 {value}' };
const MET: Text = { en: 'met', zh: '已达成' };
const NOT_MET: Text = { en: 'not met', zh: '未达成' };
const ON_PACE: Text = { en: 'on pace', zh: '进度正常' };
const BEHIND: Text = { en: 'behind', zh: '落后' };
const MORE: Text = { en: 'More targets in the JSON report: {count}.', zh: '其余 {count} 个目标见 JSON 报告。' };

function valueText({ unit, currency }: AttainedTarget, value: number | null, translator: Translator): string {
  if (unit === 'money') return translator.money(value, currency);
  if (unit === 'rate') return translator.percent(value);
  return unit === 'days' ? translator.days(value) : translator.number(value);
}

function nameText({ metric, of }: AttainedTarget, translator: Translator): string {
  const values = Object.values(of);
  return values.length === 0 ? metric : translator.text(NAME, { metric, of: { list: values } });
}

function stateText({ isMet, isOnPace, note }: AttainedTarget, translator: Translator): Inline {
  if (isMet === null) return [span(note === undefined ? translator.number(null) : translator.text(note), 'muted')];
  if (isMet) return [span(translator.text(MET), 'good')];
  if (isOnPace === null) return [span(translator.text(NOT_MET), 'warn')];
  return isOnPace ? translator.text(ON_PACE) : [span(translator.text(BEHIND), 'warn')];
}

function rowOf(target: AttainedTarget, translator: Translator): Inline[] {
  const value = valueText(target, target.target, translator);
  return [
    nameText(target, translator),
    translator.text(target.bound === 'atLeast' ? AT_LEAST : AT_MOST, { value }),
    valueText(target, target.actual, translator),
    target.bound === 'atLeast' ? translator.percent(target.shareReached, 0) : '–',
    translator.percent(target.shareElapsed, 0),
    stateText(target, translator),
    translator.date(target.until),
  ];
}

/** Everybody's targets first, then those that are furthest behind. */
function shownFirst(a: AttainedTarget, b: AttainedTarget): number {
  const particular = Number(Object.keys(a.of).length > 0) - Number(Object.keys(b.of).length > 0);
  const behind = (target: AttainedTarget): number => (target.shareReached ?? Number.MAX_VALUE) - target.shareElapsed;
  return particular || behind(a) - behind(b);
}

function blocks({ targets }: AttainmentResult, translator: Translator): Block[] {
  const shown = targets.toSorted(shownFirst).slice(0, MOST_SHOWN);
  const priorities = { target: 0, wanted: 1, actual: 0, reached: 0, elapsed: 2, state: 0, until: 3 } as const;
  const table: TableBlock = {
    type: 'table',
    columns: (Object.keys(priorities) as (keyof typeof priorities)[]).map((column) => ({
      title: translator.text(COLUMNS[column]),
      align: column === 'target' || column === 'state' ? 'left' : 'right',
      priority: priorities[column],
    })),
    rows: shown.map((target) => rowOf(target, translator)),
  };
  const rest = targets.length - shown.length;
  return [
    heading(2, translator.text(TITLE)),
    table,
    ...(rest > 0 ? [paragraph(translator.text(MORE, { count: rest }))] : []),
  ];
}

export default defineMetric<AttainmentResult>({
  metric: 'attainment',
  title: TITLE,
  definition: {
    en: 'Each target of the rules file that holds on the as-of day: what is reached of it, beside the share of its time that is gone.',
    zh: '规则文件中在截止日生效的每个目标：已达成多少，以及时间进度。',
  },
  formula: {
    en: 'actual ÷ target; on pace: at least the days gone ÷ all days of the target',
    zh: '实际 ÷ 目标；进度正常：不低于 已过天数 ÷ 目标总天数',
  },
  place: 'main',
  missing,
  compute,
  blocks,
});
