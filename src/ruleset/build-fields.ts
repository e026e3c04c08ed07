import { parseIsoDay } from '../kinds/option-types.ts';
import type { FieldEntry, Merged, Placed } from './merge.ts';
import type { ProblemList } from './problem-list.ts';
import type { FieldDefinition, ReportSettings, SourceSettings } from './ruleset.ts';
import { unknownName } from './schema-problems.ts';

const ORDERS = { 'DD/MM/YYYY': 'DMY', 'MM/DD/YYYY': 'MDY', 'YYYY/MM/DD': 'YMD' } as const;

/** Merged entries of each field, the user's before the packs'. */
export function buildFields(entries: ReadonlyMap<string, readonly Placed<FieldEntry>[]>): readonly FieldDefinition[] {
  return [...entries].map(([id, placed]) => {
    const values = placed.map(({ value }) => value);
    const firstOf = <Key extends keyof FieldEntry>(key: Key): FieldEntry[Key] =>
      values.find((value) => value[key] !== undefined)?.[key];
    return {
      id,
      label: firstOf('label') ?? { en: id, zh: id },
      columns: [...new Set(values.flatMap((value) => value.column ?? []))],
      type: firstOf('type') ?? 'text',
      optional: firstOf('optional') ?? false,
      sensitive: firstOf('sensitive') ?? false,
    };
  });
}

function valueOf<Value>(keys: ReadonlyMap<string, Placed<unknown>>, key: string): Value | null {
  // The schema has checked the type of every key.
  return (keys.get(key)?.value as Value | undefined) ?? null;
}

/** The `source:` section; a key or date order that names no field is a mistake. */
export function buildSource(
  merged: Merged,
  fieldIds: ReadonlySet<string>,
  problems: ProblemList,
  resolvePath: (placed: Placed<unknown>) => string,
): SourceSettings {
  const check = (placed: Placed<unknown> | undefined, names: readonly string[], asKey: boolean): void => {
    if (placed === undefined) return;
    for (const [index, name] of names.entries()) {
      if (fieldIds.has(name)) continue;
      const message = unknownName({ en: 'field', zh: '字段' }, name, fieldIds);
      const step = asKey ? [name] : Array.isArray(placed.value) ? [index] : [];
      problems.add(placed.layer, { path: [...placed.path, ...step], target: asKey ? 'key' : 'value', message });
    }
  };
  const key = valueOf<string[]>(merged.source, 'key') ?? ['id'];
  check(merged.source.get('key'), key, false);
  const dates = valueOf<Record<string, keyof typeof ORDERS>>(merged.source, 'dates') ?? {};
  check(merged.source.get('dates'), Object.keys(dates), true);
  const history = merged.source.get('history');
  return {
    timezone: valueOf(merged.source, 'timezone'),
    currency: valueOf(merged.source, 'currency'),
    missing: valueOf<string[]>(merged.source, 'missing') ?? [],
    key,
    dates: Object.fromEntries(Object.entries(dates).map(([field, order]) => [field, ORDERS[order]])),
    history: history === undefined ? null : resolvePath(history),
  };
}

/** The `report:` section. */
export function buildReport(merged: Merged, problems: ProblemList): ReportSettings {
  const asOf = merged.report.get('as_of');
  const asOfDay = asOf === undefined ? null : parseIsoDay(String(asOf.value));
  if (asOf !== undefined && asOfDay === null) {
    const message = { en: 'there is no such day', zh: '没有这一天' };
    problems.add(asOf.layer, { path: asOf.path, message });
  }
  return {
    lang: valueOf(merged.report, 'lang'),
    failOn: valueOf<ReportSettings['failOn']>(merged.report, 'fail_on') ?? 'error',
    windowDays: valueOf(merged.report, 'window'),
    asOfDay,
  };
}
