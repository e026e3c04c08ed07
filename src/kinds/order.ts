import { z } from 'zod';
import { numberAt, textAt } from '../dataset/cells.ts';
import { defineKind, HOLDS, type Reference, UNKNOWN, VIOLATES } from './define.ts';
import { fieldName } from './option-types.ts';
import { blankOutcome } from './outcome.ts';

export default defineKind({
  kind: 'order',
  title: { en: 'Dates in order', zh: '日期先后' },
  why: {
    en: 'Dates that run backwards make every cycle and dwell time wrong.',
    zh: '先后颠倒的日期会让周期和停留时长全部失真。',
  },
  fix: { en: 'Correct the date that was typed wrongly.', zh: '更正填错的日期。' },
  options: z.array(fieldName).min(2).meta({
    description: 'Date fields, earliest first / 日期字段，从早到晚',
  }),
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
  references: (fields): Reference[] => fields.map((name, index) => ({ type: 'field', name, path: [index] })),
  check({ options: fields, dataset, selected, violation }) {
    const outcome = blankOutcome(dataset);
    const columns = fields.map((field) => dataset.columns.get(field));
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
    for (let row = 0; row < dataset.rowCount; row++) {
      if (selected[row] === 0) continue;
      const backward = firstBackward(row);
      outcome[row] = backward === -2 ? UNKNOWN : backward === -1 ? HOLDS : VIOLATES;
    }
    return {
      type: 'rows',
      outcome,
      describe: (row) => {
        const index = firstBackward(row);
        const day = numberAt(columns[index], row);
        const earlierIndex = columns.findIndex((column) => numberAt(column, row) > day);
        const later = fields[index] as string;
        const args = {
          later: { field: later },
          laterDate: textAt(columns[index], row),
          earlier: { field: fields[earlierIndex] as string },
          earlierDate: textAt(columns[earlierIndex], row),
        };
        return [violation('outOfOrder', args, later)];
      },
    };
  },
});
