import type { z } from 'zod';
import { textAt } from '../dataset/cells.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { visitBlocks } from '../dataset/row-blocks.ts';
import type { ArgValue } from '../i18n/text.ts';
import { defineKind, HOLDS, NOT_CHECKED, type NotRunResult, type Reference, UNKNOWN, VIOLATES } from './define.ts';
import { filledCells } from './filled-cells.ts';
import { notRunWithout } from './not-run.ts';
import { fieldList, fieldName, stageName, type Zod } from './option-types.ts';
import { blankOutcome, hasComeTo, stageIndexOf } from './outcome.ts';
import { deliverables, deliverablesByStage, type FieldsByStage, hasLeft, requiredByStage } from './stage-fields.ts';

const several = (z: Zod) => z.array(fieldName(z)).min(2);

const options = (z: Zod) =>
  z.union([
    fieldList(z)
      .transform((fields) => completed({ fields }))
      .meta({ description: 'Fields that must be filled, one id or a list / 必填字段，一个 id 或列表' }),
    z
      .strictObject({
        fields: fieldList(z).optional().meta({
          description: 'Fields that must all be filled, one id or a list / 必须全部填写的字段，一个 id 或列表',
        }),
        any: several(z).optional().meta({
          description: 'Fields of which at least one must be filled / 至少填写其中一个的字段',
        }),
        together: several(z).optional().meta({
          description: 'Fields that must be filled all or not at all / 要么全部填写、要么全部留空的字段',
        }),
        none: fieldList(z).optional().meta({
          description: 'Fields that must all be empty, one id or a list / 必须留空的字段，一个 id 或列表',
        }),
        from: stageName(z).optional().meta({
          description:
            'Stage id from which on this holds: for open deals there or beyond, and won ones / 从该阶段起生效：该阶段及之后的在途商机，以及赢单',
        }),
        after: stageName(z).optional().meta({
          description:
            'Stage id that a deal must have left for this to hold: open deals beyond it, and won ones / 离开该阶段后生效：该阶段之后的在途商机，以及赢单',
        }),
        by: z.enum(['stages', 'deliverables']).optional().meta({
          description:
            '`stages`: the fields that `require` names in the stage list; `deliverables`: the `deliverable` of each stage that the deal has left / `stages`：按阶段列表中各阶段的 `require`；`deliverables`：商机已离开的各阶段的 `deliverable`',
        }),
        except: z.array(fieldName(z)).optional().meta({
          description:
            'With `by`: fields that a rule of their own looks after / 与 `by` 同用：已有专门规则检查、此处不重复的字段',
        }),
      })
      .refine(
        ({ fields, any, together, none, by }) => (fields ?? any ?? together ?? none ?? by) !== undefined,
        'expected fields, any, together, none or by / 应写 fields、any、together、none 或 by 之一',
      )
      .refine(({ from, after }) => from === undefined || after === undefined, {
        path: ['after'],
        message: 'expected from or after, not both / from 与 after 只能写一个',
      })
      .transform(completed),
  ]);

interface Written {
  readonly fields?: string[] | undefined;
  readonly any?: string[] | undefined;
  readonly together?: string[] | undefined;
  readonly none?: string[] | undefined;
  readonly from?: string | undefined;
  readonly after?: string | undefined;
  readonly by?: 'stages' | 'deliverables' | undefined;
  readonly except?: string[] | undefined;
}

function completed({ fields = [], any = [], together = [], none = [], from, after, by, except = [] }: Written) {
  return { fields, any, together, none, from: from ?? null, after: after ?? null, by: by ?? null, except };
}

type Options = z.output<ReturnType<typeof options>>;

function fieldReferences(key: string, fields: readonly string[], optional: boolean): readonly Reference[] {
  return fields.map((name, index) => ({ type: 'field', name, path: [key, index], optional }));
}

function isAboutStages({ from, after, by }: Options): boolean {
  return from !== null || after !== null || by !== null;
}

/** Why the rule cannot be judged on this file, null when it can. */
function obstacle({ any, none, by }: Options, dataset: Dataset): NotRunResult | null {
  const outputs = deliverables(dataset);
  if (by === 'deliverables' && outputs.length === 0) {
    return { type: 'not-run', reason: { en: 'no stage has a deliverable', zh: '没有阶段设置输出物' } };
  }
  for (const oneOf of [any, none, by === 'deliverables' ? outputs : []]) {
    const result = oneOf.length === 0 ? null : notRunWithout(dataset, oneOf);
    if (result !== null) return result;
  }
  return null;
}

function fieldsByStage({ by, except }: Options, dataset: Dataset): FieldsByStage | null {
  if (by === null) return null;
  return by === 'stages' ? requiredByStage(dataset, except) : deliverablesByStage(dataset, except);
}

/** Whether deals of a stage are asked: those that have come to the one, or left the other. */
function stageFilter({ from, after }: Options, dataset: Dataset): (stage: number) => boolean {
  if (from !== null) {
    const index = stageIndexOf(dataset, from);
    return (stage) => hasComeTo(dataset, stage, index);
  }
  if (after === null) return () => true;
  const index = stageIndexOf(dataset, after);
  return (stage) => hasLeft(dataset, stage, index);
}

function listOf(fields: readonly string[]): ArgValue {
  return { list: fields.map((field) => ({ field })) };
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
    partly: { en: '{filled} filled, but {fields} empty', zh: '已填写{filled}，但{fields}为空' },
    surplus: { en: '{field} is filled, but should be empty: {value}', zh: '「{field}」应为空，却填了“{value}”' },
  },
  example: {
    rule: 'required: {fields: [amount], from: proposal}',
    bad: 'id,stage,amount\n1,Proposal,\n2,Won,待定\n',
    good: 'id,stage,amount\n1,Proposal,900\n2,Lead,\n',
  },
  references: (value): Reference[] => [
    ...fieldReferences('fields', value.fields, false),
    ...fieldReferences('any', value.any, true),
    ...fieldReferences('together', value.together, false),
    ...fieldReferences('none', value.none, true),
    ...(value.from === null ? [] : [{ type: 'stage', name: value.from, path: ['from'] } as const]),
    ...(value.after === null ? [] : [{ type: 'stage', name: value.after, path: ['after'] } as const]),
    ...(isAboutStages(value) ? [{ type: 'field', name: 'stage', path: [] } as const] : []),
  ],
  check({ options: chosen, dataset, selected, violation }) {
    const cannot = obstacle(chosen, dataset);
    if (cannot !== null) return cannot;
    const outcome = blankOutcome(dataset);
    const { columns, stage } = dataset;
    const byStage = isAboutStages(chosen);
    const isStageAsked = stageFilter(chosen, dataset);
    const cells = filledCells({ ...chosen, byStage: fieldsByStage(chosen, dataset) }, dataset);
    const judged = [-1, ...dataset.stages.keys()].flatMap((index) => {
      // What is asked of a deal is not known where its stage is not.
      if (index < 0 && byStage) return [UNKNOWN, UNKNOWN];
      return isStageAsked(index) && cells.isAsked(index) ? [HOLDS, VIOLATES] : [NOT_CHECKED, NOT_CHECKED];
    });
    /** For each stage, from none on, the outcome of a sound deal and that of an unsound one. */
    const outcomes = Uint8Array.from(judged);
    const unsound = cells.unsound();
    visitBlocks(dataset.rowCount, (from, to) => {
      for (let row = from; row < to; row++) {
        outcome[row] = selected[row]! * outcomes[(stage[row]! + 1) * 2 + unsound[row]!]!;
      }
    });
    return {
      type: 'rows',
      outcome,
      describe: (row) => {
        const faults = cells.faults(row);
        const { any, together } = chosen;
        const at = { stage: dataset.stages[stage[row] as number]?.id ?? '' };
        const found = faults.missing.map((field) =>
          byStage
            ? violation('missing', { field: { field }, stage: at }, field)
            : violation('empty', { field: { field } }, field),
        );
        if (faults.lacksAny) {
          const fields = listOf(any);
          const first = any.find((field) => columns.has(field)) ?? null;
          found.push(
            byStage ? violation('missingAll', { fields, stage: at }, first) : violation('allEmpty', { fields }, first),
          );
        }
        if (faults.gaps.length > 0) {
          const filled = listOf(together.filter((field) => !faults.gaps.includes(field)));
          found.push(violation('partly', { filled, fields: listOf(faults.gaps) }, faults.gaps[0] ?? null));
        }
        for (const field of faults.surplus) {
          found.push(violation('surplus', { field: { field }, value: textAt(columns.get(field), row) }, field));
        }
        return found;
      },
    };
  },
});
