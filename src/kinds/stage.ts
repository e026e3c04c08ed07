import type { z } from 'zod';
import { numberAt, textAt } from '../dataset/cells.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { PRESENT } from '../dataset/dataset.ts';
import { visitBlocks } from '../dataset/row-blocks.ts';
import { createStageMatcher, statusKind } from '../dataset/stage-match.ts';
import { cellOf, NO_CELL, type RawColumn } from '../source/sheet.ts';
import {
  type CheckContext,
  defineKind,
  HOLDS,
  NOT_CHECKED,
  type Reference,
  type RowsResult,
  UNKNOWN,
  VIOLATES,
} from './define.ts';
import type { Zod } from './option-types.ts';
import { blankOutcome } from './outcome.ts';

const aspects = (z: Zod) =>
  z.enum(['known', 'label', 'probability', 'status']).meta({
    description:
      'What to check: `known` (in the stage list), `label` (spelled as there), `probability` (near the default of the stage), `status` (agrees with the stage) / 检查什么：`known` 在阶段列表中、`label` 写法与列表一致、`probability` 接近阶段默认赢率、`status` 与阶段一致',
  });
const options = (z: Zod) =>
  z.union([
    aspects(z).transform((check) => ({ check, within: 0.1 })),
    z
      .strictObject({
        check: aspects(z).meta({
          description: 'One of those words, where `within` is given too / 同上；需要写 within 时用',
        }),
        within: z
          .string()
          .regex(/^\d+(\.\d+)?%$/, 'expected points such as 10% / 应为百分点，如 10%')
          .optional()
          .meta({
            description:
              'With `probability`: points it may differ (default 10%) / 与 `probability` 同用：允许相差的百分点，默认 10%',
          }),
      })
      .transform(({ check, within }) => ({
        check,
        within: within === undefined ? 0.1 : Number(within.slice(0, -1)) / 100,
      })),
  ]);

const messages = {
  unknown: { en: 'stage “{value}” is not in the stage list', zh: '阶段“{value}”不在阶段列表中' },
  variant: { en: '“{value}” is another spelling of {stage}', zh: '“{value}”是「{stage}」的另一种写法' },
  probability: {
    en: 'probability {value} is far from {expected}, the default of {stage}',
    zh: '赢率 {value}，与阶段「{stage}」的默认值 {expected} 相差较大',
  },
  status: { en: 'status “{value}” contradicts stage {stage}', zh: '状态“{value}”与阶段「{stage}」矛盾' },
} as const;

type Context = CheckContext<z.output<ReturnType<typeof options>>, typeof messages>;

/** The stage column before trimming: a variant may differ only in spaces. */
function rawStageColumn(dataset: Dataset): RawColumn | undefined {
  const position = dataset.columns.get('stage')?.position;
  return dataset.sheet.columns.find((column) => column.position === position);
}

function checkKnown({ dataset, selected, violation }: Context): RowsResult {
  const outcome = blankOutcome(dataset);
  const column = dataset.columns.get('stage');
  const { stage } = dataset;
  visitBlocks(dataset.rowCount, (from, to) => {
    for (let row = from; row < to; row++) {
      if (selected[row] === 0 || column === undefined) continue;
      if (column.state[column.codes[row]!] !== PRESENT) outcome[row] = UNKNOWN;
      else outcome[row] = stage[row]! >= 0 ? HOLDS : VIOLATES;
    }
  });
  const describe: RowsResult['describe'] = (row) => [violation('unknown', { value: textAt(column, row) }, 'stage')];
  return { type: 'rows', outcome, describe };
}

function checkLabel({ dataset, selected, violation }: Context): RowsResult {
  const outcome = blankOutcome(dataset);
  const raw = rawStageColumn(dataset);
  if (raw === undefined) return { type: 'rows', outcome, describe: () => [] };
  const match = createStageMatcher(dataset.stages);
  const ofCode = Uint8Array.from(raw.values, (text) => {
    const { index, exact } = match(text);
    if (index < 0) return NOT_CHECKED;
    return exact ? HOLDS : VIOLATES;
  });
  visitBlocks(dataset.rowCount, (from, to) => {
    for (let row = from; row < to; row++) {
      const code = raw.codes[row]!;
      if (selected[row] === 1 && code !== NO_CELL) outcome[row] = ofCode[code]!;
    }
  });
  return {
    type: 'rows',
    outcome,
    describe: (row) => {
      const value = cellOf(raw, row);
      // A deal closed by its status is in another stage than its cell says.
      return [violation('variant', { value, stage: { stage: dataset.stages[match(value).index]?.id ?? '' } }, 'stage')];
    },
  };
}

function checkProbability({ options: { within }, dataset, selected, violation }: Context): RowsResult {
  const outcome = blankOutcome(dataset);
  const column = dataset.columns.get('probability');
  const { stage } = dataset;
  /** NaN for no stage, then that of each stage, NaN for none. */
  const ofStage = Float64Array.of(Number.NaN, ...dataset.stages.map(({ probability }) => probability ?? Number.NaN));
  visitBlocks(dataset.rowCount, (from, to) => {
    for (let row = from; row < to; row++) {
      if (selected[row] === 0) continue;
      const apart = Math.abs(numberAt(column, row) - ofStage[stage[row]! + 1]!);
      if (Number.isNaN(apart)) outcome[row] = UNKNOWN;
      // A hair more forgives that 0.7 - 0.6 is not 0.1 in floating point.
      else outcome[row] = apart > within + 1e-9 ? VIOLATES : HOLDS;
    }
  });
  return {
    type: 'rows',
    outcome,
    describe: (row) => {
      const stage = dataset.stages[dataset.stage[row] as number];
      const args = {
        value: { rate: numberAt(column, row) },
        expected: { rate: stage?.probability ?? 0 },
        stage: { stage: stage?.id ?? '' },
      };
      return [violation('probability', args, 'probability')];
    },
  };
}

function checkStatus({ dataset, selected, violation }: Context): RowsResult {
  const outcome = blankOutcome(dataset);
  const column = dataset.columns.get('status');
  const kinds = column?.texts.map(statusKind) ?? [];
  for (let row = 0; row < dataset.rowCount; row++) {
    if (selected[row] === 0 || column === undefined) continue;
    const says = kinds[column.codes[row] as number] ?? null;
    const stageKind = dataset.stages[dataset.stage[row] as number]?.kind;
    if (says === null || stageKind === undefined || stageKind === 'dormant') outcome[row] = UNKNOWN;
    else outcome[row] = says === stageKind ? HOLDS : VIOLATES;
  }
  return {
    type: 'rows',
    outcome,
    describe: (row) => {
      const stage = { stage: dataset.stages[dataset.stage[row] as number]?.id ?? '' };
      return [violation('status', { value: textAt(column, row), stage }, 'status')];
    },
  };
}

export default defineKind({
  kind: 'stage',
  title: { en: 'Stages are what the list says', zh: '阶段符合阶段列表' },
  why: {
    en: 'A deal in no known stage is in no count of the funnel.',
    zh: '阶段不在列表中的商机，漏斗里哪一层都不会计入。',
  },
  fix: {
    en: 'Choose a stage of the list, or add the word to `match` of its stage in the rules file.',
    zh: '改选列表中的阶段，或在规则文件对应阶段的 `match` 里加上这个写法。',
  },
  options,
  messages,
  example: {
    rule: 'stage: known',
    bad: 'id,stage\n1,Dreaming\n',
    good: 'id,stage\n1,Lead\n2,赢单\n3,\n',
  },
  references: ({ check }): Reference[] => [
    { type: 'field', name: 'stage', path: [] },
    ...(check === 'probability' || check === 'status' ? [{ type: 'field', name: check, path: [] } as const] : []),
  ],
  check(context) {
    switch (context.options.check) {
      case 'label':
        return checkLabel(context);
      case 'probability':
        return checkProbability(context);
      case 'status':
        return checkStatus(context);
      default:
        return checkKnown(context);
    }
  },
});
