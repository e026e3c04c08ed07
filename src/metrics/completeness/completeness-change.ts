import type { Column, Dataset } from '../../dataset/dataset.ts';
import { joinDeals } from '../../dataset/deal-join.ts';
import { dealStages } from '../../dataset/outcome.ts';
import { isoOf } from '../../dataset/values/calendar.ts';
import { say } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { newcombe } from '../../stats/intervals.ts';
import { type Rate, rateOf } from '../rate.ts';
import { countRequired, countSelected, fieldRate } from './completeness-counts.ts';
import { requiredFields } from './required-fields.ts';

/** A rate then and now. */
export interface RateChange {
  readonly before: Rate;
  readonly now: Rate;
  /** Now minus then, −1–1; null where one of them has no base. */
  readonly change: number | null;
  /** Newcombe's at 95 %, as if the two were counted apart: wider than needed, as most deals are the same. */
  readonly interval: readonly [number, number] | null;
}

/** Completeness against an earlier export: the same deals, the same fields, the same rules. */
export interface CompletenessChange {
  /** ISO date of the earlier export. */
  readonly since: string;
  /** Deals in both exports. */
  readonly deals: number;
  readonly pooled: RateChange;
  readonly fields: readonly (RateChange & { readonly field: string })[];
  /** Required fields that one of the exports has no column for. */
  readonly fieldsNotCompared: readonly string[];
}

/** The change of a rate with its interval. */
function changeOf(before: Rate, now: Rate): RateChange {
  const difference = newcombe(now, before);
  if (difference === null) return { before, now, change: null, interval: null };
  return { before, now, change: difference.difference, interval: [difference.lower, difference.upper] };
}

/** An export with the columns that both have, and what is known without a change log: the same on both sides. */
function sideOf(dataset: Dataset, columns: ReadonlyMap<string, Column>, names: readonly string[], rows: Rows): Dataset {
  const own = new Map(names.map((field) => [field, columns.get(field)!]));
  return { ...dataset, ...rows, columns: own, journeys: null };
}

type Rows = Pick<Dataset, 'rowCount' | 'stage'>;

interface Side {
  readonly pooled: Rate;
  readonly fields: ReadonlyMap<string, Rate>;
}

function measure(side: Dataset, select: Uint8Array): Side {
  const required = requiredFields(side);
  const counts = countSelected(required, countRequired(side, required), select);
  const rates = required.fields.map((field, index) => [field, fieldRate(required, counts, index)] as const);
  const total = (key: 'count' | 'of'): number => rates.reduce((sum, [, rate]) => sum + rate[key], 0);
  return { pooled: rateOf(total('count'), total('of')), fields: new Map(rates) };
}

/** The first row of each deal in the earlier export, and the deals that are in it. */
function inBoth(dealOfRow: Int32Array, rowCount: number) {
  const before = new Uint8Array(dealOfRow.length);
  const now = new Uint8Array(rowCount);
  let deals = 0;
  for (let row = 0; row < dealOfRow.length; row += 1) {
    const deal = dealOfRow[row]!;
    if (deal < 0 || now[deal] === 1) continue;
    before[row] = 1;
    now[deal] = 1;
    deals += 1;
  }
  return { before, now, deals };
}

/** Completeness of the deals in both exports, then and now; null without an earlier export that names its deals. */
export function completenessChange(dataset: Dataset): CompletenessChange | null {
  const earlier = dataset.earlier?.at(-1);
  const key = dataset.columns.get('id');
  const earlierKey = earlier?.columns.get('id');
  if (earlier === undefined || key === undefined || earlierKey === undefined) return null;
  const { rowCount, columns } = earlier;
  const both = inBoth(joinDeals(key, earlierKey), dataset.rowCount);
  if (both.deals === 0) return null;
  const names = [...dataset.columns.keys()].filter((field) => columns.has(field));
  const { stage } = dealStages({ columns, rowCount, stages: dataset.stages }, dataset.ruleset.source);
  const before = measure(sideOf(dataset, columns, names, { rowCount, stage }), both.before);
  const now = measure(sideOf(dataset, dataset.columns, names, dataset), both.now);
  const { fields, fieldsWithoutColumn } = requiredFields(dataset);
  const compared = fields.filter((field) => now.fields.has(field));
  return {
    since: isoOf(earlier.day),
    deals: both.deals,
    pooled: changeOf(before.pooled, now.pooled),
    fields: compared.map((field) => ({ field, ...changeOf(before.fields.get(field)!, now.fields.get(field)!) })),
    fieldsNotCompared: [...fields.filter((field) => !now.fields.has(field)), ...fieldsWithoutColumn],
  };
}

const SINCE = say(
  'Since {since}, in the {deals} deals of both exports: {before} → {now} ({points})',
  '与 {since} 的导出相比（两次都有的 {deals} 单）：{before} → {now}（{points}）',
);
const NO_BASE = say(
  'Since {since}: nothing was required of the {deals} deals of both exports',
  '与 {since} 的导出相比：两次都有的 {deals} 单没有必填字段',
);
const POINTS = say('{change} points, {low} to {high}', '{change} 个百分点，{low} 至 {high}');
const CHANCE = say(', could be chance', '，可能只是波动');

/** A change in percentage points with its interval, and whether chance alone could make it. */
export function pointsText({ change, interval }: RateChange, translator: Translator): string {
  if (change === null || interval === null) return translator.value(null);
  const signed = (value: number): string => `${value > 0 ? '+' : ''}${translator.number(value * 100, 1)}`;
  const args = { change: signed(change), low: signed(interval[0]), high: signed(interval[1]) };
  const isChance = change !== 0 && interval[0] <= 0 && interval[1] >= 0;
  return translator.text(POINTS, args) + (isChance ? translator.text(CHANCE) : '');
}

/** The change of all required fields together, in one sentence. */
export function changeText({ since, deals, pooled }: CompletenessChange, translator: Translator): string {
  const args = { since: { date: since }, deals };
  if (pooled.change === null) return translator.text(NO_BASE, args);
  const rates = { before: translator.percent(pooled.before.value), now: translator.percent(pooled.now.value) };
  return translator.text(SINCE, { ...args, ...rates, points: pointsText(pooled, translator) });
}
