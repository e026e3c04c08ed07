import { z } from 'zod';
import { isPresent } from '../dataset/cells.ts';
import type { Column, Dataset } from '../dataset/dataset.ts';
import { isNeededAt } from '../dataset/needed-field.ts';
import { defineKind, HOLDS, NOT_CHECKED, type Reference, UNKNOWN, VIOLATES } from './define.ts';
import { fieldList, fieldName, stageName } from './option-types.ts';
import { blankOutcome, hasComeTo, stageIndexOf } from './outcome.ts';

const options = z.union([
  fieldList
    .transform((fields) => ({
      fields,
      any: [] as string[],
      except: [] as string[],
      from: null as string | null,
      byStage: false,
    }))
    .meta({ description: 'Fields that must be filled, one id or a list / 必填字段，一个 id 或列表' }),
  z
    .strictObject({
      fields: fieldList.optional().meta({
        description: 'Fields that must all be filled, one id or a list / 必须全部填写的字段，一个 id 或列表',
      }),
      any: z.array(fieldName).min(2).optional().meta({
        description: 'Fields of which at least one must be filled / 至少填写其中一个的字段',
      }),
      from: stageName.optional().meta({
        description:
          'Stage id from which on this holds: for open deals there or beyond, and won ones / 从该阶段起生效：该阶段及之后的在途商机，以及赢单',
      }),
      by: z.literal('stages').optional().meta({
        description:
          '`stages`: the fields are those that `require` names in the stage list / `stages`：按阶段列表中各阶段的 `require`',
      }),
      except: z.array(fieldName).optional().meta({
        description:
          'With `by`: fields that a rule of their own looks after / 与 `by` 同用：已有专门规则检查、此处不重复的字段',
      }),
    })
    .refine((value) => (value.fields ?? value.any ?? value.by) !== undefined, 'expected fields, any or by: stages')
    .transform((value) => ({
      fields: value.fields ?? [],
      any: value.any ?? [],
      except: value.except ?? [],
      from: value.from ?? null,
      byStage: value.by === 'stages',
    })),
]);

/** Fields a deal must have at each stage: those of the stage, and of the open stages it has come through. */
function requiredByStage(dataset: Dataset, except: readonly string[]): readonly (readonly string[])[] {
  return dataset.stages.map((_, index) => {
    const fields = new Set<string>();
    for (const [from, earlier] of dataset.stages.entries()) {
      if (hasComeTo(dataset, index, from)) for (const field of earlier.require) fields.add(field);
    }
    const isAsked = (field: string): boolean => dataset.columns.has(field) && !except.includes(field);
    return [...fields].filter((field) => isAsked(field) && isNeededAt(dataset, index, field));
  });
}

function missingOf(fields: readonly string[], columns: ReadonlyMap<string, Column>, row: number): readonly string[] {
  return fields.filter((field) => !isPresent(columns.get(field), row));
}

export default defineKind({
  kind: 'required',
  title: { en: 'Required fields', zh: '必填字段' },
  why: {
    en: 'A deal without these fields cannot be forecast, handed over or learned from.',
    zh: '缺少这些字段的商机无法预测、无法交接，也无从复盘。',
  },
  fix: {
    en: 'Open the deal and fill the field; if it is not known yet, the deal may belong in an earlier stage.',
    zh: '打开该商机补全字段；如果信息还不掌握，商机可能应退回更早的阶段。',
  },
  options,
  messages: {
    empty: { en: '{field} is empty', zh: '「{field}」为空' },
    missing: { en: '{field} is empty at stage {stage}', zh: '阶段「{stage}」缺少「{field}」' },
    allEmpty: { en: 'none of {fields} is filled', zh: '{fields} 均未填写' },
    missingAll: { en: 'none of {fields} is filled at stage {stage}', zh: '阶段「{stage}」的 {fields} 均未填写' },
  },
  example: {
    rule: 'required: {fields: [amount], from: proposal}',
    bad: 'id,stage,amount\n1,Proposal,\n2,Won,待定\n',
    good: 'id,stage,amount\n1,Proposal,900\n2,Lead,\n',
  },
  references: (value): Reference[] => [
    ...value.fields.map((name, index): Reference => ({ type: 'field', name, path: ['fields', index] })),
    ...value.any.map((name, index): Reference => ({ type: 'field', name, path: ['any', index], optional: true })),
    ...(value.from === null ? [] : [{ type: 'stage', name: value.from, path: ['from'] } as const]),
    ...(value.from !== null || value.byStage ? [{ type: 'field', name: 'stage', path: [] } as const] : []),
  ],
  check({ options: { fields, any, except, from, byStage }, dataset, selected, violation }) {
    const outcome = blankOutcome(dataset);
    const { columns, stage } = dataset;
    const perStage = byStage ? requiredByStage(dataset, except) : null;
    const fromIndex = from === null ? null : stageIndexOf(dataset, from);
    const isAboutStages = perStage !== null || fromIndex !== null;
    const fieldsAt = (row: number): readonly string[] =>
      perStage === null ? fields : (perStage[stage[row] as number] ?? []);
    const lacksAll = (row: number): boolean => any.length > 0 && missingOf(any, columns, row).length === any.length;
    const judge = (row: number): number => {
      const index = stage[row] as number;
      if (index < 0 && isAboutStages) return UNKNOWN;
      if (fromIndex !== null && !hasComeTo(dataset, index, fromIndex)) return NOT_CHECKED;
      const required = fieldsAt(row);
      if (required.length + any.length === 0) return NOT_CHECKED;
      return lacksAll(row) || missingOf(required, columns, row).length > 0 ? VIOLATES : HOLDS;
    };
    for (let row = 0; row < dataset.rowCount; row++) if (selected[row] === 1) outcome[row] = judge(row);
    return {
      type: 'rows',
      outcome,
      describe: (row) => {
        const at = { stage: dataset.stages[stage[row] as number]?.id ?? '' };
        const found = missingOf(fieldsAt(row), columns, row).map((field) =>
          isAboutStages
            ? violation('missing', { field: { field }, stage: at }, field)
            : violation('empty', { field: { field } }, field),
        );
        if (!lacksAll(row)) return found;
        const list = { list: any.map((field) => ({ field })) };
        const first = any[0] ?? null;
        const none = isAboutStages
          ? violation('missingAll', { fields: list, stage: at }, first)
          : violation('allEmpty', { fields: list }, first);
        return [...found, none];
      },
    };
  },
});
