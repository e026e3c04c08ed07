import type { z } from 'zod';
import { type FollowedField, fieldChangesOf } from '../dataset/journeys/field-changes.ts';
import { DAY_MILLIS, isoOf } from '../dataset/values/calendar.ts';
import type { ArgValue, Text } from '../i18n/text.ts';
import { COUNTS, countMoves, createMoveTest, DIRECTIONS, type Direction, movesOf } from './change-moves.ts';
import { standstillOf } from './change-steady.ts';
import { type CheckContext, type CheckResult, defineKind, HOLDS, type Reference, UNKNOWN, VIOLATES } from './define.ts';
import { duration, fieldList, type Zod } from './option-types.ts';
import { blankOutcome } from './outcome.ts';

const changing = (z: Zod) => z.enum(['stage', 'amount', 'close']);

const options = (z: Zod) =>
  z
    .strictObject({
      of: z.union([changing(z), z.array(changing(z)).min(1)]).meta({
        description: 'What changes: stage, amount, close, one or a list / 看哪些变化：stage、amount、close，一个或列表',
      }),
      within: duration(z).optional().meta({
        description:
          'The last of these changes is no longer ago than this, such as 7d / 最近一次变化不早于此时长，如 7d',
      }),
      or: fieldList(z).optional().meta({
        description:
          'With `within`: date fields that count like a change, such as activity / 与 `within` 同用：视同变化的日期字段，如 activity',
      }),
      at_most: z.int().min(0).optional().meta({
        description: 'How often amount or close may change / amount 或 close 最多变更几次',
      }),
      direction: z.enum(DIRECTIONS).optional().meta({
        description:
          'With `at_most`: later or earlier for a date, higher or lower for an amount, or any (the default) / 与 `at_most` 同用：日期 later 推迟、earlier 提前；金额 higher 调高、lower 调低；any（默认）',
      }),
      count: z.enum(COUNTS).optional().meta({
        description:
          'With `at_most`: any change (the default), those into another month or quarter, or at most one a day / 与 `at_most` 同用：any 任何变更（默认）、month 跨月、quarter 跨季、day 每天至多计一次',
      }),
    })
    .transform((value) => ({
      fields: typeof value.of === 'string' ? [value.of] : value.of,
      withinDays: value.within ?? null,
      or: value.or ?? [],
      atMost: value.at_most ?? null,
      direction: value.direction ?? ('any' as Direction),
      count: value.count ?? 'any',
    }))
    .refine(
      ({ withinDays, atMost }) => (withinDays === null) !== (atMost === null),
      'expected either within or at_most / 应写 within 或 at_most 之一',
    )
    .refine(
      ({ fields, atMost }) => atMost === null || (fields.length === 1 && fields[0] !== 'stage'),
      'at_most counts the changes of amount or close',
    )
    .refine(
      ({ fields, count }) => (count !== 'month' && count !== 'quarter') || fields[0] === 'close',
      'months and quarters are of close',
    );

const HOW: Readonly<Record<Direction, Text>> = {
  later: { en: 'moved later', zh: '推迟' },
  earlier: { en: 'moved earlier', zh: '提前' },
  higher: { en: 'raised', zh: '调高' },
  lower: { en: 'lowered', zh: '调低' },
  any: { en: 'changed', zh: '变更' },
};

/** More moves than this are only counted. */
const MOST_MOVES_SHOWN = 5;

const messages = {
  standstill: {
    en: 'nothing new in {fields} since {date}, {age} ago',
    zh: '{fields} 自 {date} 起没有变化，已 {age}',
  },
  moved: {
    en: '{field} {how} {count} times, at most {limit}: {moves}',
    zh: '「{field}」{how} {count} 次，最多 {limit} 次：{moves}',
  },
} as const;

type Context = CheckContext<z.output<ReturnType<typeof options>>, typeof messages>;

function notTold(fields: readonly string[]): CheckResult {
  const listed = fields.join(', ');
  return {
    type: 'not-run',
    reason: {
      en: `needs a change log that tells of ${listed} (--history), or an earlier export (--previous)`,
      zh: `需要含 ${fields.join('、')} 变更的记录（--history），或更早的导出（--previous）`,
    },
  };
}

function checkStandstill({ options: value, dataset, selected, violation }: Context, limitDays: number): CheckResult {
  const standstill = standstillOf(dataset, value.fields, value.or, limitDays);
  if (standstill === null) return notTold(value.fields);
  const { told, since, judge } = standstill;
  const outcome = blankOutcome(dataset);
  for (let row = 0; row < dataset.rowCount; row++) if (selected[row] === 1) outcome[row] = judge(row);
  const fields = { list: told.map((field) => ({ field })) };
  return {
    type: 'rows',
    outcome,
    describe: (row) => {
      const day = Math.floor((since[row] as number) / DAY_MILLIS);
      const args = { fields, date: { date: isoOf(day) }, age: { days: dataset.asOfDay - day } };
      return [violation('standstill', args, value.fields[0] ?? null)];
    },
  };
}

function checkMoves({ options: value, dataset, selected, violation }: Context, atMost: number): CheckResult {
  const field = value.fields[0] as FollowedField;
  const changes = fieldChangesOf(dataset, field);
  if (changes === null) return notTold(value.fields);
  const counts = createMoveTest(changes, value.direction, value.count);
  const moved = countMoves(changes, counts);
  const outcome = blankOutcome(dataset);
  for (let row = 0; row < dataset.rowCount; row++) {
    if (selected[row] === 0) continue;
    // Of a deal that only the audited export has, earlier ones say nothing.
    const isTold = changes.from === 'history' || !Number.isNaN(changes.seen[row]);
    if (!isTold) outcome[row] = UNKNOWN;
    else outcome[row] = (moved[row] as number) > atMost ? VIOLATES : HOLDS;
  }
  const shown = (change: number): ArgValue => {
    const isDated = field === 'close' && !Number.isNaN(changes.before[change]) && !Number.isNaN(changes.after[change]);
    if (!isDated) return { date: isoOf(Math.floor((changes.latest[change] as number) / DAY_MILLIS)) };
    return `${isoOf(changes.before[change] as number)} → ${isoOf(changes.after[change] as number)}`;
  };
  return {
    type: 'rows',
    outcome,
    describe: (row) => {
      const moves = movesOf(changes, row, counts);
      const list = moves.slice(0, MOST_MOVES_SHOWN).map(shown);
      const args = {
        field: { field },
        how: { text: HOW[value.direction] },
        count: moves.length,
        limit: atMost,
        moves: { list: moves.length > list.length ? [...list, '…'] : list },
      };
      return [violation('moved', args, field)];
    },
  };
}

export default defineKind({
  kind: 'change',
  title: { en: 'Changes of a deal', zh: '商机的变化' },
  why: {
    en: 'A deal in which nothing moves, or whose close date moves all the time, seldom closes when the forecast says.',
    zh: '毫无变化、或预计成交日期一改再改的商机，很少能按预测成交。',
  },
  fix: {
    en: 'Agree the next step and a date with the customer, and enter both.',
    zh: '与客户约定下一步和日期，并录入系统。',
  },
  options,
  messages,
  example: {
    rule: 'change: {of: close, direction: later, at_most: 1}',
    bad: 'id,stage,close\n1,Lead,2026-09-30\n',
    good: 'id,stage,close\n2,Lead,2026-06-30\n3,Lead,2026-05-01\n',
    history:
      'deal_id,stage,changed_at,close_at\n1,Lead,2026-01-01,2026-03-31\n1,Lead,2026-03-30,2026-06-30\n1,Lead,2026-05-30,2026-09-30\n2,Lead,2026-01-01,2026-03-31\n2,Lead,2026-03-01,2026-06-30\n3,Lead,2026-01-01,2026-06-30\n3,Lead,2026-02-01,2026-05-01\n',
  },
  references: ({ or }): Reference[] => [
    { type: 'field', name: 'stage', path: [], optional: true },
    ...or.map((name, index): Reference => ({ type: 'field', name, path: ['or', index], optional: true })),
  ],
  check(context) {
    const { withinDays, atMost } = context.options;
    return atMost === null ? checkStandstill(context, withinDays ?? 0) : checkMoves(context, atMost);
  },
});
