import { numberAt, textAt } from '../dataset/cells.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { defineKind, HOLDS, UNKNOWN, VIOLATES } from './define.ts';
import { fieldName, parseIsoDay, type Zod } from './option-types.ts';
import { blankOutcome } from './outcome.ts';
import { findOutliers } from './outlier.ts';

const bound = (z: Zod) =>
  z
    .union([
      z.number(),
      z
        .string()
        .regex(
          /^(?:-?\d+(?:\.\d+)?%|\d{4}-\d{2}-\d{2}|today)$/,
          'expected 60%, a date or today / 应为 60%、日期或 today',
        ),
    ])
    .meta({ description: 'A number, 60%, 2026-12-31 or today / 数字、60%、2026-12-31 或 today' });

const options = (z: Zod) =>
  z
    .strictObject({
      field: fieldName(z).meta({ description: 'The field to check / 要检查的字段' }),
      min: bound(z).optional().meta({
        description:
          'Smallest allowed value: a number, 60%, 2026-12-31 or today / 下限（含）：数字、60%、2026-12-31 或 today',
      }),
      max: bound(z).optional().meta({
        description: 'Largest allowed value, written like min / 上限（含），写法同 min',
      }),
      outlier: z.literal(true).optional().meta({
        description:
          '`true` finds values far from the rest (modified z-score over 3.5, amounts by their logarithm and within their currency) / `true`：找出明显偏离其他商机的值（修正 z 分数超过 3.5；金额取对数、按币种分别判断）',
      }),
    })
    .refine(
      (value) => (value.min ?? value.max ?? value.outlier) !== undefined,
      'expected min, max or outlier: true / 应写 min、max 或 outlier: true',
    );

function boundValue(value: number | string | undefined, open: number, dataset: Dataset): number {
  if (value === undefined) return open;
  if (typeof value === 'number') return value;
  if (value === 'today') return dataset.asOfDay;
  return value.endsWith('%') ? Number(value.slice(0, -1)) / 100 : (parseIsoDay(value) ?? open);
}

export default defineKind({
  kind: 'range',
  title: { en: 'Values within bounds', zh: '取值范围' },
  why: {
    en: 'One value out of range moves every sum and average it is part of.',
    zh: '一个越界的值会带偏它参与的每个合计与平均。',
  },
  fix: { en: 'Correct the value, or confirm it with the owner.', zh: '更正该值，或与负责人核实。' },
  options,
  messages: {
    outside: { en: '{field} {value} is outside {bounds}', zh: '「{field}」{value}，超出范围 {bounds}' },
    outlier: { en: '{field} {value} lies far from the rest', zh: '「{field}」{value}，明显偏离其他商机' },
  },
  example: {
    rule: 'range: {field: probability, min: 0%, max: 100%}',
    bad: 'id,probability\n1,120%\n2,-5%\n',
    good: 'id,probability\n1,0%\n2,100%\n3,\n',
  },
  references: ({ field }) => [{ type: 'field', name: field, path: ['field'] }],
  check({ options: { field, min, max, outlier }, dataset, selected, violation }) {
    const outcome = blankOutcome(dataset);
    const column = dataset.columns.get(field);
    if (column === undefined) return { type: 'rows', outcome, describe: () => [] };
    const low = boundValue(min, Number.NEGATIVE_INFINITY, dataset);
    const high = boundValue(max, Number.POSITIVE_INFINITY, dataset);
    const isOutside = (row: number): boolean => {
      const value = numberAt(column, row);
      return value < low || value > high;
    };
    const outliers = outlier === true ? findOutliers(column, dataset, selected) : null;
    for (let row = 0; row < dataset.rowCount; row++) {
      if (selected[row] === 0) continue;
      if (isOutside(row) || outliers?.[row] === 1) outcome[row] = VIOLATES;
      else outcome[row] = Number.isNaN(numberAt(column, row)) || outliers?.[row] === -1 ? UNKNOWN : HOLDS;
    }
    const bounds = `${min ?? '…'} – ${max ?? '…'}`;
    return {
      type: 'rows',
      outcome,
      describe: (row) => {
        const value = textAt(column, row);
        if (isOutside(row)) return [violation('outside', { field: { field }, value, bounds }, field)];
        return [violation('outlier', { field: { field }, value }, field)];
      },
    };
  },
});
