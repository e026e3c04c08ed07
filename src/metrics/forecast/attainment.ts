import { targetsAhead, targetsInForce } from '../../dataset/targets.ts';
import { isoOf } from '../../dataset/values/calendar.ts';
import { NO_CURRENCY } from '../../i18n/number-format.ts';
import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, type Inline, paragraph, span, type TableBlock } from '../../report/document.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { type AttainedTarget, attainedTargets } from './attainment-counts.ts';
import { SOLD } from './pipeline-coverage.ts';
import { targetRows } from './pipeline-target-rows.ts';

export interface AttainmentResult {
  /** Those that hold on the as-of day, in order of the rules file, then of the table of targets. */
  readonly targets: readonly AttainedTarget[];
  /** Those that begin later, the first to begin before all others. */
  readonly ahead: readonly TargetAhead[];
}

/** A target that has not begun. */
interface TargetAhead extends Pick<AttainedTarget, 'metric' | 'of' | 'bound' | 'target' | 'unit' | 'currency'> {
  /** As the rules file has it. */
  readonly written: string;
  /** ISO dates, both included. */
  readonly from: string;
  readonly until: string;
}

const TITLE: Text = { en: 'Targets', zh: '目标达成' };
/** Targets shown; all of them are in the report. */
const MOST_SHOWN = 8;

function missing({ dataset }: MetricContext): Text | null {
  if (targetsInForce(dataset).length > 0 || targetsAhead(dataset).length > 0) return null;
  const isAny = (dataset.ruleset?.targets ?? []).length > 0 || (dataset.tables?.get('targets') ?? null) !== null;
  return isAny
    ? say('no target that holds on the as-of day', '没有在基准日生效的目标')
    : say('needs targets in the rules file', '需要在规则文件中设置目标（targets）');
}

function isMoney(metric: string): boolean {
  return metric === SOLD || metric.includes('amount');
}

function compute({ dataset, details }: MetricContext): AttainmentResult {
  return {
    targets: attainedTargets(dataset, targetsInForce(dataset), targetRows(dataset), details),
    ahead: targetsAhead(dataset).map((target) => ({
      metric: target.metric,
      of: target.of,
      bound: target.bound,
      target: target.value,
      unit: target.unit === 'number' && isMoney(target.metric) ? 'money' : target.unit,
      currency: target.currency,
      written: target.written,
      from: isoOf(target.fromDay),
      until: isoOf(target.untilDay),
    })),
  };
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
const NO_FIGURE: Text = { en: 'n/a', zh: '无' };
const MET: Text = { en: 'met', zh: '已达成' };
const NOT_MET: Text = { en: 'not met', zh: '未达成' };
const ON_PACE: Text = { en: 'on pace', zh: '进度正常' };
const BEHIND: Text = { en: 'behind', zh: '落后' };
const TOO_FEW: Text = { en: 'too few to tell', zh: '样本太少' };
const AS_OF_TODAY: Text = { en: '{state}, as of today', zh: '{state}（截至今日）' };
const BEGINS: Text = { en: 'begins {day}', zh: '{day} 开始' };
const OTHER_CURRENCIES: Text = {
  en: 'Not counted for {target}, as in another currency: {list} deals with an amount.',
  zh: '{target}：其他币种有金额的单未计入（{list}）。',
};
const CURRENCY_DEALS: Text = { en: '{currency} {deals}', zh: '{currency} {deals} 单' };
const MORE: Text = { en: 'More targets in the JSON report: {count}.', zh: '其余 {count} 个目标见 JSON 报告。' };

function valueText(
  { unit, currency }: Pick<AttainedTarget, 'unit' | 'currency'>,
  value: number | null,
  translator: Translator,
): string {
  if (unit === 'money') return translator.money(value, currency);
  if (unit === 'rate') return translator.percent(value);
  return unit === 'days' ? translator.days(value) : translator.number(value);
}

function nameText({ metric, of }: Pick<AttainedTarget, 'metric' | 'of'>, translator: Translator): string {
  const values = Object.values(of);
  return values.length === 0 ? metric : translator.text(NAME, { metric, of: { list: values } });
}

function stateOf({
  isMet,
  isOnPace,
  isInconclusive,
  note,
}: AttainedTarget): readonly [Text, 'plain' | 'muted' | 'good' | 'warn'] {
  if (isInconclusive) return [TOO_FEW, 'muted'];
  if (isMet === null) return [note ?? NO_FIGURE, 'muted'];
  if (isMet) return [MET, 'good'];
  if (isOnPace === null) return [NOT_MET, 'warn'];
  return isOnPace ? [ON_PACE, 'plain'] : [BEHIND, 'warn'];
}

function stateText(target: AttainedTarget, translator: Translator): Inline {
  const [state, tone] = stateOf(target);
  const isToday = target.covers === 'asOfToday' && target.actual !== null;
  return [span(isToday ? translator.text(AS_OF_TODAY, { state: { text: state } }) : translator.text(state), tone)];
}

function wantedText(
  target: Parameters<typeof valueText>[0] & Pick<AttainedTarget, 'bound' | 'target'>,
  translator: Translator,
): string {
  const value = valueText(target, target.target, translator);
  return translator.text(target.bound === 'atLeast' ? AT_LEAST : AT_MOST, { value });
}

function rowOf(target: AttainedTarget, translator: Translator): Inline[] {
  return [
    nameText(target, translator),
    wantedText(target, translator),
    valueText(target, target.actual, translator),
    target.bound === 'atLeast' ? translator.percent(target.shareReached, 0) : '–',
    target.covers === 'period' ? translator.percent(target.shareElapsed, 0) : '–',
    stateText(target, translator),
    translator.date(target.until),
  ];
}

function aheadRow(target: TargetAhead, translator: Translator): Inline[] {
  const state = [span(translator.text(BEGINS, { day: { date: target.from } }), 'muted')];
  const name = nameText(target, translator);
  return [name, wantedText(target, translator), '–', '–', '–', state, translator.date(target.until)];
}

function otherCurrencyTexts(shown: readonly AttainedTarget[], translator: Translator): Block[] {
  return shown.flatMap((target) => {
    const { otherCurrencies } = target;
    if (otherCurrencies === undefined) return [];
    const list = Object.entries(otherCurrencies).map(([currency, deals]) =>
      translator.text(CURRENCY_DEALS, { currency: currency === NO_CURRENCY ? '–' : currency, deals }),
    );
    return [paragraph(translator.text(OTHER_CURRENCIES, { target: nameText(target, translator), list: { list } }))];
  });
}

/** Everybody's targets first, then those that are furthest behind. */
function shownFirst(a: AttainedTarget, b: AttainedTarget): number {
  const particular = Number(Object.keys(a.of).length > 0) - Number(Object.keys(b.of).length > 0);
  const behind = (target: AttainedTarget): number => (target.shareReached ?? Number.MAX_VALUE) - target.shareElapsed;
  return particular || behind(a) - behind(b);
}

function blocks({ targets, ahead }: AttainmentResult, translator: Translator): Block[] {
  const shown = targets.toSorted(shownFirst).slice(0, MOST_SHOWN);
  // Reports of earlier versions know none that begin later.
  const later = (ahead ?? []).slice(0, Math.max(0, MOST_SHOWN - shown.length));
  const priorities = { target: 0, wanted: 1, actual: 0, reached: 0, elapsed: 2, state: 0, until: 3 } as const;
  const table: TableBlock = {
    type: 'table',
    columns: (Object.keys(priorities) as (keyof typeof priorities)[]).map((column) => ({
      title: translator.text(COLUMNS[column]),
      align: column === 'target' || column === 'state' ? 'left' : 'right',
      priority: priorities[column],
    })),
    rows: [...shown.map((target) => rowOf(target, translator)), ...later.map((target) => aheadRow(target, translator))],
  };
  const rest = targets.length + (ahead ?? []).length - shown.length - later.length;
  return [
    heading(2, translator.text(TITLE)),
    table,
    ...otherCurrencyTexts(shown, translator),
    ...(rest > 0 ? [paragraph(translator.text(MORE, { count: rest }))] : []),
  ];
}

export default defineMetric<AttainmentResult>({
  metric: 'attainment',
  title: TITLE,
  definition: {
    en: 'Each target of the rules file that holds on the as-of day: what is reached of it in its time, beside the share of its time that is gone. Figures that know no days are those of today.',
    zh: '规则文件中在基准日生效的每个目标：目标期内已达成多少，以及时间进度。无法按日期限定的指标取截止今日的值。',
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
