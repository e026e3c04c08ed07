import { foldWord } from '../i18n/fold.ts';
import { NO_CURRENCY } from '../i18n/number-format.ts';
import type { Target } from '../ruleset/ruleset.ts';
import { numberAt, textAt } from './cells.ts';
import { type Column, type Dataset, PRESENT } from './dataset.ts';
import { resolveCurrency } from './values/currency-marks.ts';
import { readWrittenNumber } from './values/number-shapes.ts';
import { periodStart, shiftPeriods } from './values/periods.ts';

/** First and last day of a stretch of time, as day numbers. */
export interface DayRange {
  readonly fromDay: number;
  readonly untilDay: number;
}

/** A target, its value and its days read. */
export interface HeldTarget extends DayRange {
  /** The figure it is about, without spaces, in lower case. */
  readonly metric: string;
  readonly bound: 'atLeast' | 'atMost';
  /** Rates 0–1, durations in days. */
  readonly value: number;
  readonly unit: 'rate' | 'days' | 'number';
  /** ISO code, `¥` or `$` as written; null where none is. */
  readonly currency: string | null;
  /** As written: `25%`, `500万`, `14d`. */
  readonly written: string;
  /** Field id → value: whose target it is; empty for everybody's. */
  readonly of: Readonly<Record<string, string>>;
  /** The target as the rules file has it. */
  readonly source: Target;
}

const DURATION = /^(\d+(?:\.\d+)?)\s*(d|w|mo|天|日|周|个月)$/;
const DAYS_PER_UNIT: Readonly<Record<string, number>> = { d: 1, 天: 1, 日: 1, w: 7, 周: 7, mo: 30, 个月: 30 };
/** Sums: what one person is to reach is not what all are to reach. */
const SUMS: ReadonlySet<string> = new Set(['won_amount', 'sum(amount)', 'count']);

/** The calendar quarter of a day. */
export function quarterOf(day: number): DayRange {
  const fromDay = periodStart(day, 'quarter');
  return { fromDay, untilDay: shiftPeriods(fromDay, 'quarter', 1) - 1 };
}

/** Reads `25%`, `5000000`, `500万`, `¥5,000,000` or `14d`; null for anything else. */
export function readTargetValue(written: string): Pick<HeldTarget, 'value' | 'unit'> | null {
  const duration = DURATION.exec(written.trim());
  if (duration !== null) {
    return { value: Number(duration[1]) * (DAYS_PER_UNIT[duration[2] as string] as number), unit: 'days' };
  }
  const number = readWrittenNumber(written);
  if (number === null) return null;
  return number.percent ? { value: number.value / 100, unit: 'rate' } : { value: number.value, unit: 'number' };
}

/** A figure as targets are compared by it: `Win_Rate ` and `win_rate` are one. */
function metricKey(text: string): string {
  return text.toLowerCase().replace(/\s+/g, '');
}

/**
 * The days a target is for. Without a first day: from the beginning of the year it ends in, whatever day it is looked at;
 * without both: the quarter that is running.
 */
function rangeOf({ fromDay, untilDay }: Target, asOfDay: number): DayRange {
  const quarter = quarterOf(asOfDay);
  if (untilDay === null) return { fromDay: fromDay ?? quarter.fromDay, untilDay: quarter.untilDay };
  return { fromDay: fromDay ?? periodStart(untilDay, 'year'), untilDay };
}

function readTarget(target: Target, asOfDay: number): HeldTarget | null {
  const written = target.atLeast ?? target.atMost;
  if (target.metric === null || written === null) return null;
  const value = readTargetValue(written);
  const range = rangeOf(target, asOfDay);
  if (value === null) return null;
  const bound = target.atLeast === null ? 'atMost' : 'atLeast';
  const metric = metricKey(target.metric);
  const currency = readWrittenNumber(written)?.currency ?? null;
  return { metric, bound, ...value, currency, ...range, written, of: target.of, source: target };
}

/** Whether a target is written in another currency than amounts are in; not where one of the two names none. */
export function isInOtherCurrency({ currency: mark }: HeldTarget, currency: string | null): boolean {
  if (mark === null || currency === null || currency === NO_CURRENCY) return false;
  return resolveCurrency(mark, currency) !== currency;
}

/** The table that may hold targets, and its columns that say no deal's value. */
const TABLE = 'targets';
const OWN_FIELDS: ReadonlySet<string> = new Set(['metric', 'at_least', 'at_most', 'from', 'until', 'reviewed']);

/** The rows of the table of targets, as the rules file would have them. */
function targetsOfTable({ tables }: Dataset): readonly Target[] {
  const table = tables?.get(TABLE);
  if (table === undefined) return [];
  const { columns, sheet } = table;
  const dayAt = (field: string, row: number): number | null => {
    const day = numberAt(columns.get(field), row);
    return Number.isNaN(day) ? null : day;
  };
  return Array.from({ length: sheet.rowCount }, (_, row) => ({
    metric: textAt(columns.get('metric'), row),
    atLeast: textAt(columns.get('at_least'), row),
    atMost: textAt(columns.get('at_most'), row),
    fromDay: dayAt('from', row),
    untilDay: dayAt('until', row),
    reviewedDay: dayAt('reviewed', row),
    figure: null,
    needs: [],
    of: Object.fromEntries(
      [...columns].flatMap(([field, column]) => {
        const value = OWN_FIELDS.has(field) ? null : textAt(column, row);
        return value === null ? [] : [[field, value] as const];
      }),
    ),
    origin: { file: sheet.file, line: sheet.lines[row] ?? 0 },
  }));
}

// A rule judged for a hundred owners asks for these a hundred times; datasets never change once they are built.
const readable = new WeakMap<Dataset, readonly HeldTarget[]>();
const inForce = new WeakMap<Dataset, readonly HeldTarget[]>();

function readableTargets(dataset: Dataset): readonly HeldTarget[] {
  const known = readable.get(dataset);
  if (known !== undefined) return known;
  const { ruleset, asOfDay } = dataset;
  // Data sets put together by hand have no rules.
  const written = [...(ruleset?.targets ?? []), ...targetsOfTable(dataset)];
  const targets = written.flatMap((target) => readTarget(target, asOfDay) ?? []);
  readable.set(dataset, targets);
  return targets;
}

/** The targets that can be read and that hold on the as-of day: those of the rules file, then those of the table. */
export function targetsInForce(dataset: Dataset): readonly HeldTarget[] {
  const known = inForce.get(dataset);
  if (known !== undefined) return known;
  const { asOfDay } = dataset;
  const targets = readableTargets(dataset).filter(({ fromDay, untilDay }) => fromDay <= asOfDay && untilDay >= asOfDay);
  inForce.set(dataset, targets);
  return targets;
}

/** The targets that can be read and have not begun on the as-of day, the first to begin before all others. */
export function targetsAhead(dataset: Dataset): readonly HeldTarget[] {
  return readableTargets(dataset)
    .filter(({ fromDay }) => fromDay > dataset.asOfDay)
    .toSorted((a, b) => a.fromDay - b.fromDay);
}

/** The deals a target is about: those with all its values, however they are spelt; one a row. */
export function dealsOfTarget({ columns, rowCount }: Dataset, of: HeldTarget['of']): Uint8Array {
  const deals = new Uint8Array(rowCount).fill(1);
  for (const [field, value] of Object.entries(of)) {
    const column = columns.get(field);
    const wanted = foldWord(value);
    const matches = column?.texts.map((text, code) => column.state[code] === PRESENT && foldWord(text) === wanted);
    for (let row = 0; row < rowCount; row++) {
      if (matches?.[column?.codes[row] as number] !== true) deals[row] = 0;
    }
  }
  return deals;
}

/** Whether the selected deals, of which there is at least one, are all among those. */
function areAmong(select: Uint8Array, deals: Uint8Array): boolean {
  return select.includes(1) && select.every((value, row) => value !== 1 || deals[row] === 1);
}

/** Whether the column has several values, and the selected deals only one of them. */
function isOneOfSeveral({ codes }: Column, select: Uint8Array): boolean {
  let only = -1;
  let others = false;
  for (let row = 0; row < select.length; row++) {
    const code = codes[row] as number;
    if (select[row] !== 1) others = true;
    else if (only === -1) only = code;
    else if (only !== code) return false;
  }
  if (!others || only === -1) return false;
  return codes.some((code) => code !== only);
}

/** Whether the selected deals are those of one owner, one region or the like. */
function isSegment({ columns, ruleset }: Dataset, targets: readonly HeldTarget[], select: Uint8Array): boolean {
  const fields = new Set(['owner', 'team', ...ruleset.segments, ...targets.flatMap(({ of }) => Object.keys(of))]);
  return [...fields].some((field) => {
    const column = columns.get(field);
    return column !== undefined && isOneOfSeveral(column, select);
  });
}

/**
 * The target of a figure for the selected deals: the most particular one of those that hold for all of them, null for
 * none. What everybody together is to sell is no target of one owner.
 */
export function targetFor(dataset: Dataset, metric: string, select: Uint8Array): HeldTarget | null {
  const key = metricKey(metric);
  const targets = targetsInForce(dataset).filter((target) => target.metric === key);
  const isSum = SUMS.has(key);
  const holding = targets.filter(({ of }) => {
    if (Object.keys(of).length === 0) return !isSum || !isSegment(dataset, targets, select);
    return areAmong(select, dealsOfTarget(dataset, of));
  });
  const particular = (target: HeldTarget): number => Object.keys(target.of).length;
  return holding.toSorted((a, b) => particular(b) - particular(a) || a.untilDay - b.untilDay)[0] ?? null;
}
