import { z } from 'zod';
import { numberAt, textAt } from '../dataset/cells.ts';
import { defineKind, HOLDS, type Reference, UNKNOWN, VIOLATES } from './define.ts';
import { duration, fieldName } from './option-types.ts';
import { blankOutcome } from './outcome.ts';

const options = z
  .strictObject({
    field: fieldName.optional().meta({
      description: 'Date of the last follow-up (default activity) / 最近跟进日期的字段，默认 activity',
    }),
    limit: duration.optional().meta({
      description: 'Longest time without a follow-up, such as 30d / 两次跟进的最长间隔，如 30d',
    }),
    by: fieldName.optional().meta({
      description: 'Field whose value chooses the limit, such as importance / 按该字段的值取上限，如 importance',
    }),
    limits: z.record(z.string(), duration).optional().meta({
      description:
        'Limit for each value of that field, such as {High: 7d}; others have `limit` / 该字段每个值的上限，如 {重要: 7d}；其余用 limit',
    }),
  })
  .refine((value) => (value.limit ?? value.limits) !== undefined, 'expected limit, or by and limits')
  .refine((value) => (value.by === undefined) === (value.limits === undefined), 'by and limits go together')
  .transform((value) => ({
    field: value.field ?? 'activity',
    limitDays: value.limit ?? null,
    by: value.by ?? null,
    limits: value.limits ?? {},
  }));

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
  references: ({ field, by }): Reference[] => [
    { type: 'field', name: field, path: ['field'] },
    ...(by === null ? [] : [{ type: 'field', name: by, path: ['by'] } as const]),
  ],
  check({ options: { field, limitDays, by, limits }, dataset, selected, violation }) {
    const outcome = blankOutcome(dataset);
    const column = dataset.columns.get(field);
    const byColumn = by === null ? undefined : dataset.columns.get(by);
    const limitAt = (row: number): number | null => {
      const text = textAt(byColumn, row);
      return (text === null ? undefined : limits[text]) ?? limitDays;
    };
    for (let row = 0; row < dataset.rowCount; row++) {
      if (selected[row] === 0) continue;
      const age = dataset.asOfDay - numberAt(column, row);
      const limit = limitAt(row);
      if (Number.isNaN(age) || limit === null) outcome[row] = UNKNOWN;
      else outcome[row] = age > limit ? VIOLATES : HOLDS;
    }
    return {
      type: 'rows',
      outcome,
      describe: (row) => {
        const days = dataset.asOfDay - numberAt(column, row);
        const args = { date: textAt(column, row), age: { days }, limit: { days: limitAt(row) ?? 0 } };
        return [violation('late', args, field)];
      },
    };
  },
});
