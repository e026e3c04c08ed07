import type { z } from 'zod';
import { numberAt, textAt } from '../dataset/cells.ts';
import { type Column, type Dataset, PRESENT } from '../dataset/dataset.ts';
import { foldWord } from '../i18n/fold.ts';
import { defineKind, HOLDS, type Reference, UNKNOWN, VIOLATES } from './define.ts';
import { duration, fieldName, type Zod } from './option-types.ts';
import { blankOutcome } from './outcome.ts';

const options = (z: Zod) =>
  z
    .strictObject({
      field: fieldName(z).optional().meta({
        description: 'Date of the last follow-up (default activity) / 最近跟进日期的字段，默认 activity',
      }),
      limit: duration(z).optional().meta({
        description: 'Longest time without a follow-up, such as 30d / 两次跟进的最长间隔，如 30d',
      }),
      by: fieldName(z).optional().meta({
        description: 'Field whose value chooses the limit, such as importance / 按该字段的值取上限，如 importance',
      }),
      limits: z.record(z.string(), duration(z)).optional().meta({
        description:
          'Limit for each value of that field, such as {High: 7d}; others have `limit` / 该字段每个值的上限，如 {重要: 7d}；其余用 limit',
      }),
      urgent: z
        .strictObject({
          field: fieldName(z).optional(),
          values: z.array(z.string().min(1)).min(1).meta({ description: 'Values that mean urgent / 表示紧急的取值' }),
          limit: duration(z),
        })
        .optional()
        .meta({
          description:
            'A shorter limit for urgent deals, whatever else holds: {field: urgency, values: [High], limit: 3d} / 紧急商机一律采用的更短上限：{field: urgency, values: [紧急], limit: 3d}',
        }),
    })
    .refine(
      (value) => (value.limit ?? value.limits) !== undefined,
      'expected limit, or by and limits / 应写 limit，或同时写 by 和 limits',
    )
    .refine((value) => (value.by === undefined) === (value.limits === undefined), 'by and limits go together')
    .transform((value) => ({
      field: value.field ?? 'activity',
      limitDays: value.limit ?? null,
      by: value.by ?? null,
      limits: value.limits ?? {},
      urgent: value.urgent === undefined ? null : { ...value.urgent, field: value.urgent.field ?? 'urgency' },
    }));
type Options = z.output<ReturnType<typeof options>>;

/** Days of each distinct value of a column, NaN for a value that has no limit of its own. */
function limitsOfCodes(column: Column | undefined, daysOf: (folded: string) => number | undefined): Float64Array {
  return Float64Array.from(column?.texts ?? [], (text, code) =>
    column?.state[code] === PRESENT ? (daysOf(foldWord(text)) ?? Number.NaN) : Number.NaN,
  );
}

/** The limit that is agreed for a deal in days, NaN for none. */
function limitLookup({ columns }: Dataset, { limitDays, by, limits, urgent }: Options): (row: number) => number {
  const byColumn = by === null ? undefined : columns.get(by);
  const urgentColumn = urgent === null ? undefined : columns.get(urgent.field);
  const daysOf = new Map(Object.entries(limits).map(([value, days]) => [foldWord(value), days]));
  const urgentWords = new Set(urgent?.values.map(foldWord) ?? []);
  const ofCode = limitsOfCodes(byColumn, (word) => daysOf.get(word));
  const ofUrgentCode = limitsOfCodes(urgentColumn, (word) => (urgentWords.has(word) ? urgent?.limit : undefined));
  return (row) => {
    const urgentDays =
      urgentColumn === undefined ? Number.NaN : (ofUrgentCode[urgentColumn.codes[row] as number] as number);
    const ownDays = byColumn === undefined ? Number.NaN : (ofCode[byColumn.codes[row] as number] as number);
    const days = Number.isNaN(ownDays) ? (limitDays ?? Number.NaN) : ownDays;
    if (Number.isNaN(urgentDays)) return days;
    return Number.isNaN(days) ? urgentDays : Math.min(urgentDays, days);
  };
}

export default defineKind({
  kind: 'cadence',
  title: { en: 'Follow-up cadence', zh: '跟进频率' },
  why: {
    en: 'A customer nobody has spoken to is not as likely to buy as the stage says.',
    zh: '长时间无人联系的客户，成交可能性达不到阶段所示。',
  },
  fix: { en: 'Contact the customer and log it, or close the deal.', zh: '联系客户并记录跟进，或关闭商机。' },
  options,
  messages: {
    late: {
      en: 'last follow-up {date}, {age} ago; agreed: every {limit}',
      zh: '最近跟进 {date}，已过 {age}；约定每 {limit}一次',
    },
  },
  example: {
    rule: 'cadence: {field: activity, limit: 30d}',
    bad: 'id,stage,activity\n1,Lead,2026-01-01\n',
    good: 'id,stage,activity\n1,Lead,2026-05-20\n2,Lead,\n',
  },
  references: ({ field, by, urgent }): Reference[] => [
    { type: 'field', name: field, path: ['field'] },
    ...(by === null ? [] : [{ type: 'field', name: by, path: ['by'] } as const]),
    ...(urgent === null
      ? []
      : [{ type: 'field', name: urgent.field, path: ['urgent', 'field'], optional: true } as const]),
  ],
  check({ options: value, dataset, selected, violation }) {
    const outcome = blankOutcome(dataset);
    const column = dataset.columns.get(value.field);
    const limitAt = limitLookup(dataset, value);
    for (let row = 0; row < dataset.rowCount; row++) {
      if (selected[row] === 0) continue;
      const age = dataset.asOfDay - numberAt(column, row);
      const limit = limitAt(row);
      if (Number.isNaN(age) || Number.isNaN(limit)) outcome[row] = UNKNOWN;
      else outcome[row] = age > limit ? VIOLATES : HOLDS;
    }
    return {
      type: 'rows',
      outcome,
      describe: (row) => {
        const days = dataset.asOfDay - numberAt(column, row);
        const args = { date: textAt(column, row), age: { days }, limit: { days: limitAt(row) } };
        return [violation('late', args, value.field)];
      },
    };
  },
});
