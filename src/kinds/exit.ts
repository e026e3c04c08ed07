import { z } from 'zod';
import { evaluatePredicate } from '../dataset/predicate.ts';
import { defineKind, HOLDS, NOT_CHECKED, type Reference, UNKNOWN, VIOLATES } from './define.ts';
import { stageName } from './option-types.ts';
import { blankOutcome, hasComeTo } from './outcome.ts';

const options = z.union([
  z
    .literal('all')
    .transform(() => ({ stages: [] as string[] }))
    .meta({ description: '`all` stages that have exit criteria / `all`：所有设置了准出标准的阶段' }),
  z
    .array(stageName)
    .min(1)
    .transform((stages) => ({ stages }))
    .meta({ description: 'A list of stage ids / 阶段 id 列表' }),
]);

export default defineKind({
  kind: 'exit',
  title: { en: 'Exit criteria', zh: '准出标准' },
  why: {
    en: 'A deal that moved on without meeting the criteria makes the later stages look better than they are.',
    zh: '未达准出标准就推进的商机，会让后面的阶段虚高。',
  },
  fix: { en: 'Record the evidence, or move the deal back.', zh: '补录依据，或把商机退回原阶段。' },
  options,
  messages: {
    unmet: {
      en: 'past {stage} without meeting its exit criteria: {criteria}',
      zh: '已推进过「{stage}」，但未满足其准出标准：{criteria}',
    },
  },
  example: {
    rule: 'exit: all',
    stages:
      '[{id: lead, label: {en: Lead, zh: 线索}, exit: budget is present}, {id: offer, label: {en: Offer, zh: 报价}}, {id: won, kind: won, label: {en: Won, zh: 赢单}}, {id: lost, kind: lost, label: {en: Lost, zh: 输单}}]',
    bad: 'id,stage,budget\n1,Offer,\n2,Won,\n',
    good: 'id,stage,budget\n1,Offer,50\n2,Lead,\n3,Lost,\n',
  },
  references: ({ stages }): Reference[] => [
    { type: 'field', name: 'stage', path: [] },
    ...stages.map((name, index): Reference => ({ type: 'stage', name, path: [index] })),
  ],
  check({ options: { stages }, dataset, selected, violation }) {
    const outcome = blankOutcome(dataset);
    const criteria = dataset.stages.flatMap((stage, index) => {
      if (stage.exit === null || stage.kind !== 'open') return [];
      if (stages.length > 0 && !stages.includes(stage.id)) return [];
      return [{ stage, index, source: stage.exit.source, holds: evaluatePredicate(stage.exit.expression, dataset) }];
    });
    if (criteria.length === 0) {
      return {
        type: 'not-run',
        reason: { en: 'no stage has exit criteria', zh: '没有阶段设置准出标准' },
      };
    }
    const isPast = (row: number, index: number): boolean => {
      const current = dataset.stage[row] as number;
      return current !== index && hasComeTo(dataset, current, index);
    };
    const judge = (row: number): number => {
      let worst: number = NOT_CHECKED;
      for (const { index, holds } of criteria) {
        if (!isPast(row, index)) continue;
        if (holds[row] === 0) return VIOLATES;
        if (worst !== UNKNOWN) worst = holds[row] === 1 ? HOLDS : UNKNOWN;
      }
      return worst;
    };
    for (let row = 0; row < dataset.rowCount; row++) if (selected[row] === 1) outcome[row] = judge(row);
    return {
      type: 'rows',
      outcome,
      describe: (row) =>
        criteria
          .filter(({ index, holds }) => isPast(row, index) && holds[row] === 0)
          .map(({ stage, source }) => violation('unmet', { stage: { stage: stage.id }, criteria: source }, 'stage')),
    };
  },
});
