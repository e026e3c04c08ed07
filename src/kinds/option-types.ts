import type { z } from 'zod';
import { dayOfIso } from '../dataset/values/calendar.ts';

type Maker =
  | 'array'
  | 'boolean'
  | 'enum'
  | 'int'
  | 'literal'
  | 'number'
  | 'record'
  | 'strictObject'
  | 'string'
  | 'union';

/** What schemas of options are made with; zod is loaded only where there are options to be read. */
export type Zod = Pick<typeof z, Maker>;

/** Makes a schema when it is first asked for; from then on it is the same one, which is known by being it. */
function once<Schema>(make: (z: Zod) => Schema): (z: Zod) => Schema {
  let made: Schema | null = null;
  return (z) => {
    made ??= make(z);
    return made;
  };
}

const DAYS_PER_UNIT: Readonly<Record<string, number>> = {
  s: 1 / 86_400,
  min: 1 / 1_440,
  h: 1 / 24,
  d: 1,
  w: 7,
  mo: 30,
};

/** Days in a duration such as `30d`, `4w`, `3mo` (a month is 30 days), `2h`, `5min`, `60s`; null when it is none. */
export function parseDuration(source: string): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*(s|min|h|d|w|mo)$/.exec(source.trim());
  if (match === null) return null;
  return Number(match[1]) * (DAYS_PER_UNIT[match[2] as string] as number);
}

/** A duration as text, in days once parsed. */
export const duration = once((z: Zod) =>
  z
    .string()
    .regex(
      /^\d+(\.\d+)?\s*(s|min|h|d|w|mo)$/,
      'expected a duration such as 30d, 4w, 3mo or 60s / 应为时长，如 30d、4w、3mo、60s',
    )
    .transform((source) => parseDuration(source) ?? 0)
    .meta({ description: 'A duration: 30d, 4w, 3mo, 2h, 5min, 60s / 时长：30d、4w、3mo、2h、5min、60s' }),
);

export const fieldName = once((z: Zod) => z.string().min(1).meta({ description: 'A field id / 字段 id' }));
export const stageName = once((z: Zod) => z.string().min(1).meta({ description: 'A stage id / 阶段 id' }));

/** One field or a list of them, always a list once parsed. */
export const fieldList = once((z: Zod) =>
  z
    .union([fieldName(z), z.array(fieldName(z)).min(1)])
    .transform((value) => (typeof value === 'string' ? [value] : value)),
);

/** `all` or a list of fields; no fields once parsed means all that the file has. */
export const allOrFields = once((z: Zod) =>
  z.union([
    z
      .literal('all')
      .transform(() => ({ fields: [] as string[] }))
      .meta({ description: '`all` fields the file has / `all`：文件中的所有字段' }),
    z
      .array(fieldName(z))
      .min(1)
      .transform((fields) => ({ fields }))
      .meta({ description: 'A list of field ids / 字段 id 列表' }),
  ]),
);

/** Day number of `2026-12-31`; null for anything else and for days that do not exist. */
export const parseIsoDay = dayOfIso;
