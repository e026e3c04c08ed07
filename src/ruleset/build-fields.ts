import type { Path } from './layer.ts';
import type { FieldEntry, Merged, Placed, TableEntry } from './merge.ts';
import type { ProblemList } from './problem-list.ts';
import type { FieldDefinition, SourceSettings, TableDefinition } from './ruleset.ts';
import { unknownName } from './schema-problems.ts';
import { isTimezone } from './timezone.ts';

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
      coalesce: firstOf('coalesce') ?? false,
      answers: firstOf('answers') ?? [],
    };
  });
}

/** The columns of a table by id, the user's before the packs'. */
function fieldEntries(placed: readonly Placed<TableEntry>[]): ReadonlyMap<string, readonly Placed<FieldEntry>[]> {
  const entries = new Map<string, Placed<FieldEntry>[]>();
  for (const { value, layer, path } of placed) {
    for (const [id, field] of Object.entries(value.fields ?? {})) {
      const known = entries.get(id) ?? [];
      entries.set(id, known);
      known.push({ value: field, layer, path: [...path, 'fields', id] });
    }
  }
  return entries;
}

/** Merged entries of each table that deals refer to. */
export function buildTables(
  entries: ReadonlyMap<string, readonly Placed<TableEntry>[]>,
  resolvePath: (placed: Placed<unknown>) => string,
): readonly TableDefinition[] {
  return [...entries].map(([id, placed]) => {
    const filed = placed.find(({ value }) => value.file !== undefined);
    return {
      id,
      label: placed.find(({ value }) => value.label !== undefined)?.value.label ?? { en: id, zh: id },
      key: [...new Set(placed.flatMap(({ value }) => value.key ?? []))],
      file: filed === undefined ? null : resolvePath({ ...filed, value: filed.value.file }),
      fields: buildFields(fieldEntries(placed)),
      of: placed.find(({ value }) => value.of !== undefined)?.value.of ?? null,
      order: placed.find(({ value }) => value.order !== undefined)?.value.order ?? null,
      isList: placed.find(({ value }) => value.is_list !== undefined)?.value.is_list ?? false,
    };
  });
}

/** A setting as the schema parsed it; null where no file has it. */
export function settingOf<Value>(keys: ReadonlyMap<string, Placed<unknown>>, key: string): Value | null {
  // The schema has checked the type of every key.
  return (keys.get(key)?.value as Value | undefined) ?? null;
}

function checkTimezone(timezone: Placed<unknown> | undefined, problems: ProblemList): void {
  const name = String(timezone?.value);
  if (timezone === undefined || isTimezone(name)) return;
  const message = {
    en: `there is no time zone "${name}"; write it as Asia/Shanghai`,
    zh: `没有时区“${name}”；请写成 Asia/Shanghai 的形式`,
  };
  problems.add(timezone.layer, { path: timezone.path, message });
}

/**
 * The `source:` section; a key or date order that names no field is a mistake.
 * @param dateIds fields that a date order can be given for: those of the deals, the change log and the tables
 */
export function buildSource(
  merged: Merged,
  fieldIds: ReadonlySet<string>,
  dateIds: ReadonlySet<string>,
  problems: ProblemList,
  resolvePath: (placed: Placed<unknown>) => string,
): SourceSettings {
  const refuse = (placed: Placed<unknown> | undefined, name: string, step: Path, target: 'key' | 'value'): void => {
    const known = target === 'key' ? dateIds : fieldIds;
    if (placed === undefined || known.has(name)) return;
    const message = unknownName({ en: 'field', zh: '字段' }, name, known);
    problems.add(placed.layer, { path: [...placed.path, ...step], target, message });
  };
  const key = settingOf<string[]>(merged.source, 'key') ?? ['id'];
  for (const [index, name] of key.entries()) refuse(merged.source.get('key'), name, [index], 'value');
  const dates = settingOf<Record<string, keyof typeof ORDERS>>(merged.source, 'dates') ?? {};
  for (const name of Object.keys(dates)) refuse(merged.source.get('dates'), name, [name], 'key');
  const outcome = settingOf<{ readonly won?: string; readonly lost?: string }>(merged.source, 'outcome');
  for (const name of new Set(Object.values(outcome ?? {}))) refuse(merged.source.get('outcome'), name, [], 'value');
  checkTimezone(merged.source.get('timezone'), problems);
  const history = merged.source.get('history');
  return {
    timezone: settingOf(merged.source, 'timezone'),
    currency: settingOf(merged.source, 'currency'),
    missing: settingOf<string[]>(merged.source, 'missing') ?? [],
    key,
    dates: Object.fromEntries(Object.entries(dates).map(([field, order]) => [field, ORDERS[order]])),
    outcome: { won: outcome?.won ?? null, lost: outcome?.lost ?? null },
    history: history === undefined ? null : resolvePath(history),
  };
}
