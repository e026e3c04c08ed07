import { numberAt, textAt } from '../dataset/cells.ts';
import type { Column, Dataset } from '../dataset/dataset.ts';
import { DAY_MILLIS, isoOf } from '../dataset/values/calendar.ts';
import type { ArgValue, Text } from '../i18n/text.ts';
import { defineKind, HOLDS, type Reference, UNKNOWN, VIOLATES } from './define.ts';
import { fieldName, type Zod } from './option-types.ts';
import { blankOutcome } from './outcome.ts';

const options = (z: Zod) =>
  z.union([
    z
      .array(fieldName(z))
      .min(2)
      .transform((fields) => ({ fields, steps: [] as string[], byStages: false }))
      .meta({ description: 'Date fields, earliest first / 日期字段，从早到晚' }),
    z
      .strictObject({
        steps: z.array(fieldName(z)).min(2).optional().meta({
          description: 'Dates of steps, earliest first, of which the file may lack some / 各步骤日期，从早到晚，可缺列',
        }),
        stages: z.literal('entered').optional().meta({
          description: '`entered`: the dates on which each stage was entered / `entered`：各阶段的进入日期',
        }),
      })
      .refine((value) => (value.steps ?? value.stages) !== undefined, 'expected steps or stages / 应写 steps 或 stages')
      .transform((value) => ({
        fields: [] as string[],
        steps: value.steps ?? [],
        byStages: value.stages === 'entered',
      })),
  ]);

/** What a sequence of dates says of a deal, and where it runs backwards. */
interface Sequence {
  readonly judge: (row: number) => typeof HOLDS | typeof VIOLATES | typeof UNKNOWN;
  /** For a row that violates: the step that is dated too early, its date, and the step before it with its date. */
  readonly backwardAt: (row: number) => readonly [later: Step, earlier: Step];
}
interface Step {
  readonly name: ArgValue;
  readonly date: string | null;
  readonly field: string;
}

/** Dates in columns, in the order of the columns. */
function sequenceOfFields(fields: readonly string[], columns: readonly (Column | undefined)[]): Sequence {
  /** Index of the first field that lies before an earlier one; -1 in order, -2 when fewer than two are known. */
  const firstBackward = (row: number): number => {
    let known = 0;
    let latest = Number.NEGATIVE_INFINITY;
    for (let index = 0; index < columns.length; index++) {
      const day = numberAt(columns[index], row);
      if (Number.isNaN(day)) continue;
      if (day < latest) return index;
      latest = day;
      known++;
    }
    return known < 2 ? -2 : -1;
  };
  const stepAt = (index: number, row: number): Step => {
    const field = fields[index] as string;
    return { name: { field }, date: textAt(columns[index], row), field };
  };
  return {
    judge: (row) => {
      const backward = firstBackward(row);
      if (backward === -2) return UNKNOWN;
      return backward === -1 ? HOLDS : VIOLATES;
    },
    backwardAt: (row) => {
      const index = firstBackward(row);
      const day = numberAt(columns[index], row);
      const earlier = columns.findIndex((column) => numberAt(column, row) > day);
      return [stepAt(index, row), stepAt(earlier, row)];
    },
  };
}

/** Dates on which stages were entered, in funnel order; null where the file has none. */
function sequenceOfStages({ journeys, stages }: Dataset): Sequence | null {
  if (journeys?.from !== 'stageDates') return null;
  const { offsets, stage, start } = journeys;
  // A loss or a rest may follow any stage.
  const isStep = Uint8Array.from(stages, ({ kind }) => Number(kind === 'open' || kind === 'won'));
  const dayOf = (stay: number): number => Math.floor((start[stay] as number) / DAY_MILLIS);
  /** The stay that comes after one of a later stage, with that one; null in order, undefined with fewer than two. */
  const firstBackward = (row: number): readonly [number, number] | null | undefined => {
    let furthest = -1;
    let known = 0;
    for (let stay = offsets[row] as number; stay < (offsets[row + 1] as number); stay++) {
      const index = stage[stay] as number;
      if (isStep[index] === 0) continue;
      known++;
      if (furthest < 0 || index > (stage[furthest] as number)) furthest = stay;
      // Within one day steps are often entered together, in any order.
      else if (dayOf(stay) > dayOf(furthest)) return [furthest, stay];
    }
    return known < 2 ? undefined : null;
  };
  const stepAt = (stay: number): Step => ({
    name: { stage: stages[stage[stay] as number]?.id ?? '' },
    date: isoOf(dayOf(stay)),
    field: 'stage',
  });
  return {
    judge: (row) => {
      const backward = firstBackward(row);
      if (backward === undefined) return UNKNOWN;
      return backward === null ? HOLDS : VIOLATES;
    },
    backwardAt: (row) => {
      const [later, earlier] = firstBackward(row) ?? [0, 0];
      return [stepAt(later), stepAt(earlier)];
    },
  };
}

const NO_DATES: Text = {
  en: 'needs the dates of entry into stages: two columns at least, such as “Entered Proposal”, or dates of steps',
  zh: '需要各阶段的进入日期：至少两列，例如“进入方案报价时间”，或各步骤的日期',
};

export default defineKind({
  kind: 'order',
  title: { en: 'Dates in order', zh: '日期先后' },
  why: {
    en: 'Dates that run backwards make every cycle and dwell time wrong.',
    zh: '先后颠倒的日期会让周期和停留时长全部失真。',
  },
  fix: { en: 'Correct the date that was typed wrongly.', zh: '更正填错的日期。' },
  options,
  messages: {
    outOfOrder: {
      en: '{later} {laterDate} is before {earlier} {earlierDate}',
      zh: '「{later}」{laterDate} 早于「{earlier}」{earlierDate}',
    },
  },
  example: {
    rule: 'order: [created, closed]',
    bad: 'id,created,closed\n1,2026-05-02,2026-05-01\n',
    good: 'id,created,closed\n1,2026-05-01,2026-05-02\n2,2026-05-01,2026-05-01\n3,2026-05-01,\n',
  },
  references: ({ fields, steps }): Reference[] => [
    ...fields.map((name, index): Reference => ({ type: 'field', name, path: [index] })),
    ...steps.map((name, index): Reference => ({ type: 'field', name, path: ['steps', index], optional: true })),
  ],
  check({ options: { fields, steps, byStages }, dataset, selected, violation }) {
    const outcome = blankOutcome(dataset);
    const dated = [...fields, ...steps.filter((field) => dataset.columns.has(field))];
    const columns = dated.map((field) => dataset.columns.get(field));
    const stages = byStages ? sequenceOfStages(dataset) : null;
    const sequences = [...(dated.length < 2 ? [] : [sequenceOfFields(dated, columns)]), ...(stages ? [stages] : [])];
    if (sequences.length === 0) {
      return {
        type: 'not-run',
        reason: NO_DATES,
      };
    }
    for (let row = 0; row < dataset.rowCount; row++) {
      if (selected[row] === 0) continue;
      let worst: number = UNKNOWN;
      for (const { judge } of sequences) {
        const own = judge(row);
        if (own === VIOLATES || worst === UNKNOWN) worst = own;
      }
      outcome[row] = worst;
    }
    return {
      type: 'rows',
      outcome,
      describe: (row) =>
        sequences
          .filter(({ judge }) => judge(row) === VIOLATES)
          .map(({ backwardAt }) => {
            const [later, earlier] = backwardAt(row);
            const args = {
              later: later.name,
              laterDate: later.date,
              earlier: earlier.name,
              earlierDate: earlier.date,
            };
            return violation('outOfOrder', args, later.field);
          }),
    };
  },
});
