import { buildDataset } from '../dataset/build.ts';
import type { Column, Dataset } from '../dataset/dataset.ts';
import { DAY_MILLIS } from '../dataset/values/calendar.ts';
import { FunnelintError } from '../errors.ts';
import type { Ruleset, StageDefinition } from '../ruleset/ruleset.ts';
import type { DateDraft } from './draft.ts';

type Order = 'DMY' | 'MDY';
/** Dates that cannot lie ahead of the day of the export. */
const PAST = ['created', 'modified', 'activity', 'stage_entered', 'closed'];
/** Dates of changes: the last of them is no later than the export. */
const CHANGES = ['modified', 'activity', 'stage_entered', 'created'];

/** An export as an audit will see it. */
export interface Understood {
  readonly dataset: Dataset;
  /** The rules it was understood by, with the order of dates that was decided. */
  readonly ruleset: Ruleset;
  readonly dates: readonly DateDraft[];
}

/** The same files by other rules. */
export function rebuilt(dataset: Dataset, ruleset: Ruleset, asOfDay = dataset.asOfDay): Dataset {
  const previous = dataset.inputs.filter(({ role }) => role === 'previous').map(({ sheet }) => sheet);
  return buildDataset({ sheet: dataset.sheet, history: dataset.historySheet, previous, ruleset, asOfDay });
}

/** The rules with another stage list. */
export function withStages(ruleset: Ruleset, stages: readonly StageDefinition[]): Ruleset {
  return { ...ruleset, stages, genericStages: false };
}

function withDates(ruleset: Ruleset, orders: ReadonlyMap<string, Order>): Ruleset {
  const dates = { ...ruleset.source.dates, ...Object.fromEntries(orders) };
  return { ...ruleset, source: { ...ruleset.source, dates } };
}

interface Attempt {
  readonly dataset: Dataset;
  /** Fields whose order of day and month was set, since nothing tells it. */
  readonly ambiguous: ReadonlySet<string>;
}

/** Builds the dataset, reading day before month (or after it) where that cannot be told. */
function attempt(build: (ruleset: Ruleset) => Dataset, ruleset: Ruleset, order: Order): Attempt {
  const orders = new Map<string, Order>();
  for (;;) {
    try {
      return { dataset: build(withDates(ruleset, orders)), ambiguous: new Set(orders.keys()) };
    } catch (error) {
      const field = error instanceof FunnelintError && error.code === 'dates/ambiguous' ? error.args['field'] : null;
      // A column that is no field of the rules cannot be decided by them.
      const known = ruleset.fields.some(({ id }) => id === field);
      if (typeof field !== 'string' || !known || orders.has(field)) throw error;
      orders.set(field, order);
    }
  }
}

function valuesOf(column: Column | undefined): Float64Array {
  return column?.type === 'date' ? column.numbers : new Float64Array(0);
}

/** Dates that cannot be: changes still to come, deals that close before they are created. */
function impossible({ columns, asOfDay, rowCount }: Dataset): number {
  let found = 0;
  for (const field of PAST) for (const day of valuesOf(columns.get(field))) if (day > asOfDay) found++;
  const created = columns.get('created');
  const close = columns.get('close');
  if (created === undefined || close === undefined) return found;
  for (let row = 0; row < rowCount; row++) {
    const from = created.numbers[created.codes[row] as number] as number;
    if (from > (close.numbers[close.codes[row] as number] as number)) found++;
  }
  return found;
}

function isAmerican({ columns }: Dataset): boolean {
  const currencies = columns.get('amount')?.currencies ?? [];
  return [...currencies, ...(columns.get('currency')?.texts ?? [])].some((code) => code === '$' || code === 'USD');
}

function decide(day: Attempt, month: Attempt): Pick<DateDraft, 'by'> & { readonly order: Order } {
  const difference = impossible(day.dataset) - impossible(month.dataset);
  if (difference !== 0) return { order: difference < 0 ? 'DMY' : 'MDY', by: 'likely' };
  return { order: isAmerican(day.dataset) ? 'MDY' : 'DMY', by: 'guess' };
}

function provenDates({ columns }: Dataset, ambiguous: ReadonlySet<string>): DateDraft[] {
  return [...columns].flatMap(([field, { type, reading }]): DateDraft[] => {
    const order = reading['dates'];
    if (type !== 'date' || ambiguous.has(field)) return [];
    const by = 'datesAs' in reading ? 'others' : 'cells';
    return order === 'DMY' || order === 'MDY' || order === 'YMD' ? [{ field, order, by }] : [];
  });
}

/**
 * Understands an export; where day and month cannot be told apart, the order that the rest of the file speaks for is
 * taken, since an audit would stop there.
 * @throws FunnelintError `dates/ambiguous` for a column that the rules file cannot name
 */
export function understand(build: (ruleset: Ruleset) => Dataset, ruleset: Ruleset): Understood {
  const day = attempt(build, ruleset, 'DMY');
  if (day.ambiguous.size === 0)
    return { dataset: day.dataset, ruleset, dates: provenDates(day.dataset, day.ambiguous) };
  const month = attempt(build, ruleset, 'MDY');
  const { order, by } = decide(day, month);
  const { dataset, ambiguous } = order === 'DMY' ? day : month;
  const decided = [...ambiguous].map((field): DateDraft => ({ field, order, by }));
  return {
    dataset,
    ruleset: withDates(ruleset, new Map(decided.map(({ field }) => [field, order]))),
    dates: [...provenDates(dataset, ambiguous), ...decided],
  };
}

/** The day of the last change that is told of, else the as-of day: the export is not older than that. */
export function lastChangeDay({ columns, journeys, asOfDay }: Dataset): number {
  let last = Number.NEGATIVE_INFINITY;
  for (const field of CHANGES) {
    for (const day of valuesOf(columns.get(field))) if (day > last && day <= asOfDay) last = day;
  }
  for (const millis of journeys?.start ?? []) last = Math.max(last, Math.floor(millis / DAY_MILLIS));
  return Number.isFinite(last) ? last : asOfDay;
}
