import type { z } from 'zod';
import { numberAt } from '../dataset/cells.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { currentState, OUTCOME } from '../dataset/journeys/visits.ts';
import { dealsOfTarget, type HeldTarget, targetsInForce } from '../dataset/targets.ts';
import { addMonths, isoOf } from '../dataset/values/calendar.ts';
import type { ArgValue } from '../i18n/text.ts';
import type { FigureCall, FigureOptions } from '../ruleset/expression/expression.ts';
import type { Figure } from '../stats/figure.ts';
import { quantile } from '../stats/quantile.ts';
import { defineKind, type FigureLookup } from './define.ts';
import type { Zod } from './option-types.ts';

/** Figures of closed deals: they belong to the period in which the deals were closed, others to that of creation. */
const BY_CLOSE: readonly string[] = ['win_rate', 'win_value_rate', 'cycle', 'won_amount', 'decided'];
const SOLD = 'won_amount';
/** Periods looked back at. */
const MOST_PERIODS = 24;
/** A share of fewer deals says nothing. */
const LEAST_DEALS = 5;
const DAYS_PER_MONTH = 30.4;
const USUAL: FigureOptions = { windowDays: null, quantile: null, period: null, periods: null, across: null };

const options = (z: Zod) =>
  z.strictObject({
    quantile: z.number().gt(0.5).lt(1).default(0.95).meta({
      description:
        'Beyond which quantile of the past a target is out of reach (default 0.95) / 超出历史的哪个分位数视为不可达，默认 0.95',
    }),
    periods: z.int().min(3).max(MOST_PERIODS).default(4).meta({
      description: 'How many past periods there must be to judge by (default 4) / 至少有多少个历史周期才判断，默认 4',
    }),
  });

/** The day by which each deal belongs to a period: NaN for deals a figure of closed deals is not about. */
function periodDays(dataset: Dataset, { figure }: FigureCall): Float64Array {
  const { columns, rowCount } = dataset;
  const isByClose = BY_CLOSE.includes(figure);
  const { outcome } = currentState(dataset);
  const days = new Float64Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    const isClosed = outcome[row] === OUTCOME.won || outcome[row] === OUTCOME.lost;
    const actual = numberAt(columns.get('closed'), row);
    const closed = Number.isNaN(actual) ? numberAt(columns.get('close'), row) : actual;
    if (isByClose) days[row] = isClosed ? closed : Number.NaN;
    else days[row] = numberAt(columns.get('created'), row);
  }
  return days;
}

function within(select: Uint8Array, days: Float64Array, fromDay: number, untilDay: number): Uint8Array {
  return select.map((value, row) => (days[row]! >= fromDay && days[row]! <= untilDay ? value : 0));
}

/** The figure in the periods of equal length before the target's, the latest first; those it is unknown in left out. */
function pastValues(target: HeldTarget, call: FigureCall, dataset: Dataset, figure: FigureLookup): Figure[] {
  const deals = dealsOfTarget(dataset, target.of);
  const days = periodDays(dataset, call);
  const first = days.reduce((least, day) => (day < least ? day : least), Number.POSITIVE_INFINITY);
  const months = Math.max(1, Math.round((target.untilDay - target.fromDay + 1) / DAYS_PER_MONTH));
  const past: Figure[] = [];
  for (let back = 1; back <= MOST_PERIODS; back++) {
    const from = addMonths(target.fromDay, -months * back);
    const until = addMonths(target.fromDay, -months * (back - 1)) - 1;
    // Before the first deal there was nothing to be counted.
    if (!((from + until) / 2 >= first)) break;
    const found = figure(call.figure, call.args, within(deals, days, from, until), USUAL);
    const isShare = found.unit === 'rate' || found.unit === 'days';
    if (found.value !== null && (!isShare || found.of >= LEAST_DEALS)) past.push(found);
  }
  return past;
}

/** The most that can be sold by the end of the target: what was, and every open deal due; null where not known. */
function mostSold(target: HeldTarget, dataset: Dataset, figure: FigureLookup): Figure | null {
  const { asOfDay, columns, rowCount } = dataset;
  const deals = dealsOfTarget(dataset, target.of);
  const { outcome } = currentState(dataset);
  // A deal that comes in now may still be won in time where deals are won that fast.
  const cycle = figure('cycle', [], deals, USUAL).value;
  if (cycle === null || cycle < target.untilDay - asOfDay) return null;
  const soldDays = periodDays(dataset, { figure: SOLD, args: [] });
  const sold = figure(SOLD, [], within(deals, soldDays, target.fromDay, asOfDay), USUAL);
  const due = deals.map((value, row) => {
    const isDue = outcome[row] === OUTCOME.open && numberAt(columns.get('close'), row) <= target.untilDay;
    return isDue ? value : 0;
  });
  const open = figure('sum', [{ type: 'field', field: 'amount' }], due, USUAL);
  if (rowCount === 0 || (open.value === null && open.of > 0) || (sold.value === null && sold.of > 0)) return null;
  return { ...open, value: (sold.value ?? 0) + (open.value ?? 0), currency: open.currency ?? sold.currency };
}

function shown({ unit, currency }: Figure, value: number): ArgValue {
  if (unit === 'rate') return { rate: value };
  if (unit === 'days') return { days: value };
  return unit === 'money' ? { money: value, currency } : value;
}

/** A target beyond reach: what there was at best, in how many periods (null: what there is at most now). */
interface Beyond {
  readonly reference: Figure;
  readonly best: number;
  readonly periods: number | null;
}

/** Whether a target lies beyond the past, or beyond what can still be sold; null where neither can be said. */
function judge(
  target: HeldTarget,
  dataset: Dataset,
  figure: FigureLookup,
  chosen: z.output<ReturnType<typeof options>>,
): Beyond | 'within' | null {
  const call = target.source.figure;
  if (call === null) return null;
  const byPast = judgeByPast(target, pastValues(target, call, dataset, figure), chosen);
  if (byPast !== null && byPast !== 'within') return byPast;
  const most = call.figure === SOLD && target.bound === 'atLeast' ? mostSold(target, dataset, figure) : null;
  if (most === null || most.value === null) return byPast;
  return target.value > most.value ? { reference: most, best: most.value, periods: null } : 'within';
}

function judgeByPast(
  { bound, value }: HeldTarget,
  past: readonly Figure[],
  { quantile: level, periods: least }: z.output<ReturnType<typeof options>>,
): Beyond | 'within' | null {
  const [reference] = past;
  if (reference === undefined || past.length < least) return null;
  const values = past.map((each) => each.value as number);
  const periods = values.length;
  if (bound === 'atLeast') {
    return value > quantile(values, level)! ? { reference, best: Math.max(...values), periods } : 'within';
  }
  return value < quantile(values, 1 - level)! ? { reference, best: Math.min(...values), periods } : 'within';
}

/** Whose target of what: `win_rate · owner 李娜`. */
function nameOf({ metric, of }: HeldTarget): string {
  return [metric, ...Object.entries(of).map(([field, value]) => `${field} ${value}`)].join(' · ');
}

export default defineKind({
  kind: 'attainable',
  title: { en: 'Targets are within reach', zh: '目标有可能达成' },
  why: {
    en: 'A target that nobody has ever come near to is given up on, and the forecast is bent to meet it.',
    zh: '从来没有接近过的目标，大家只会放弃，或把预测往目标上凑。',
  },
  fix: {
    en: 'Set a target that the best periods have come near to, or fill the pipeline first.',
    zh: '参照历史最好的周期重新设定目标，或先补足漏斗。',
  },
  options,
  messages: {
    beyond: {
      en: '{target} is to come to {wanted} by {until}; the best of {periods} earlier periods came to {best}',
      zh: '{target} 要在 {until} 前达到 {wanted}；此前 {periods} 个周期最好为 {best}',
    },
    uncovered: {
      en: '{target} is to come to {wanted} by {until}; with every open deal due it comes to {best}',
      zh: '{target} 要在 {until} 前达到 {wanted}；到期的在途商机全部赢下也只有 {best}',
    },
  },
  example: {
    rule: 'attainable: {periods: 4}',
    bad: exampleDeals(),
    good: exampleDeals(),
    rules: {
      bad: 'targets: [{metric: win_rate, at_least: 90%, from: 2026-04-01, until: 2026-06-30}]',
      good: 'targets: [{metric: win_rate, at_least: 40%, from: 2026-04-01, until: 2026-06-30}]',
    },
  },
  references: () => [],
  check({ options: chosen, dataset, figure, violation }) {
    const judged = targetsInForce(dataset).flatMap((target) => {
      const found = judge(target, dataset, figure, chosen);
      return found === null ? [] : [{ target, found }];
    });
    const places = judged.flatMap(({ target, found }) => {
      if (found === 'within') return [];
      const { reference, best, periods } = found;
      const wanted = shown(reference, target.value);
      const said = { target: nameOf(target), until: { date: isoOf(target.untilDay) }, wanted };
      const told =
        periods === null
          ? violation('uncovered', { ...said, best: shown(reference, best) }, null)
          : violation('beyond', { ...said, best: shown(reference, best), periods }, null);
      const { file, line } = target.source.origin;
      return [{ ...told, table: { file, sheet: null }, row: null, line }];
    });
    return { type: 'places', checked: judged.length, places };
  },
});

/** Five deals a quarter for a year, two of them won. */
function exampleDeals(): string {
  const quarters = ['2025-05-15', '2025-08-15', '2025-11-15', '2026-02-15'];
  const rows = quarters.flatMap((day, quarter) =>
    ['Won', 'Won', 'Lost', 'Lost', 'Lost'].map((stage, deal) => `${quarter}${deal},${stage},${day}`),
  );
  return `id,stage,closed\n${rows.join('\n')}\n`;
}
