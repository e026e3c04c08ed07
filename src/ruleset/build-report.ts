import type { Text } from '../i18n/text.ts';
import { parseIsoDay } from '../kinds/option-types.ts';
import { settingOf } from './build-fields.ts';
import type { Layer, Path } from './layer.ts';
import type { Merged, Placed } from './merge.ts';
import type { ProblemList } from './problem-list.ts';
import type { ExchangeRates, Parameters, ReportSettings, WorkingDays } from './ruleset.ts';
import { unknownName } from './schema-problems.ts';

const HALF_LIFE_DAYS = 30;
const UPLIFT = 0.1;
const NO_SUCH_DAY: Text = { en: 'there is no such day', zh: '没有这一天' };

function readDay(written: string, layer: Layer, path: Path, problems: ProblemList): number | null {
  const day = parseIsoDay(written);
  if (day === null) problems.add(layer, { path, message: NO_SUCH_DAY });
  return day;
}

function dayOf(keys: ReadonlyMap<string, Placed<unknown>>, key: string, problems: ProblemList): number | null {
  const placed = keys.get(key);
  return placed === undefined ? null : readDay(String(placed.value), placed.layer, placed.path, problems);
}

function daysOf(keys: ReadonlyMap<string, Placed<unknown>>, key: string, problems: ProblemList): readonly number[] {
  const placed = keys.get(key);
  if (placed === undefined) return [];
  const { value, layer, path } = placed as Placed<readonly string[]>;
  return value.flatMap((written, index) => readDay(written, layer, [...path, index], problems) ?? []);
}

function workingDaysOf({ report }: Merged, problems: ProblemList): WorkingDays | null {
  const holidays = daysOf(report, 'holidays', problems);
  const workdays = daysOf(report, 'workdays', problems);
  return settingOf<string>(report, 'days') === 'working' ? { holidays, workdays } : null;
}

/** Nobody sells on other days. */
const FIRST_DAY = parseIsoDay('1900-01-01') as number;
const LAST_DAY = parseIsoDay('2199-12-31') as number;

function asOfDay({ report }: Merged, problems: ProblemList): number | null {
  const day = dayOf(report, 'as_of', problems);
  const placed = report.get('as_of');
  if (day === null || placed === undefined || (day >= FIRST_DAY && day <= LAST_DAY)) return day;
  problems.add(placed.layer, {
    path: placed.path,
    message: { en: 'expected a day from 1900 to 2199', zh: '应在 1900 年至 2199 年之间' },
  });
  return null;
}

/** Fields whose values are replaced beside the sensitive ones; null where nothing is replaced. */
function redactedFields(
  { report }: Merged,
  knownFields: readonly string[],
  problems: ProblemList,
): readonly string[] | null {
  const placed = report.get('redact') as Placed<readonly string[] | null> | undefined;
  for (const [index, name] of (placed?.value ?? []).entries()) {
    if (placed === undefined || knownFields.includes(name)) continue;
    const message = unknownName({ en: 'field', zh: '字段' }, name, knownFields);
    problems.add(placed.layer, { path: [...placed.path, index], message });
  }
  return placed?.value ?? null;
}

/**
 * The `report:` section.
 * @param knownFields fields of every list, those of another one than the deals with its id in front as well
 */
export function buildReport(merged: Merged, knownFields: readonly string[], problems: ProblemList): ReportSettings {
  const { report } = merged;
  return {
    lang: settingOf(report, 'lang'),
    failOn: settingOf<ReportSettings['failOn']>(report, 'fail_on') ?? 'error',
    windowDays: settingOf(report, 'window'),
    asOfDay: asOfDay(merged, problems),
    period: settingOf<ReportSettings['period']>(report, 'period') ?? 'month',
    dwell: settingOf<ReportSettings['dwell']>(report, 'dwell') ?? 'visit',
    workingDays: workingDaysOf(merged, problems),
    redact: redactedFields(merged, knownFields, problems),
  };
}

/** The `rates:` section. */
export function buildRates({ rates }: Merged, problems: ProblemList): ExchangeRates | null {
  if (rates === null) return null;
  const { value, layer, path } = rates;
  const onDay = readDay(value.on, layer, [...path, 'on'], problems);
  const own = value.of[value.to];
  if (own !== undefined && own !== 1) {
    const message = { en: `one ${value.to} is worth one ${value.to}`, zh: `1 ${value.to} 只能等于 1 ${value.to}` };
    problems.add(layer, { path: [...path, 'of', value.to], message });
  }
  return onDay === null ? null : { to: value.to, onDay, of: value.of };
}

/** The `parameters:` section. */
export function buildParameters({ parameters }: Merged, problems: ProblemList): Parameters {
  const costFromDay = dayOf(parameters, 'cost_from', problems);
  const costUntilDay = dayOf(parameters, 'cost_until', problems);
  const until = parameters.get('cost_until');
  if (until !== undefined && costFromDay !== null && costUntilDay !== null && costUntilDay < costFromDay) {
    const message = { en: 'ends before it begins', zh: '截止日早于起始日' };
    problems.add(until.layer, { path: until.path, message });
  }
  return {
    acquisitionCost: settingOf(parameters, 'acquisition_cost'),
    costFromDay,
    costUntilDay,
    customerLifetimeDays: settingOf(parameters, 'customer_lifetime'),
    margin: settingOf(parameters, 'margin'),
    halfLifeDays: settingOf(parameters, 'half_life') ?? HALF_LIFE_DAYS,
    uplift: settingOf(parameters, 'uplift') ?? UPLIFT,
    changedOnDay: dayOf(parameters, 'changed_on', problems),
  };
}
