import type { Dataset } from '../dataset/dataset.ts';
import { type ArgValue, say, type Text } from '../i18n/text.ts';
import { defineKind, HOLDS, NOT_CHECKED, type Reference, UNKNOWN, VIOLATES } from './define.ts';
import { type Criterion, judgeableStages, type StageCriteria } from './exit-criteria.ts';
import { stageName, type Zod } from './option-types.ts';
import { blankOutcome, hasComeTo } from './outcome.ts';

const options = (z: Zod) =>
  z.union([
    z
      .literal('all')
      .transform(() => ({ stages: [] as string[] }))
      .meta({ description: '`all` stages that have exit criteria / `all`：所有设置了准出标准的阶段' }),
    z
      .array(stageName(z))
      .min(1)
      .transform((stages) => ({ stages }))
      .meta({ description: 'A list of stage ids / 阶段 id 列表' }),
  ]);

const NO_CRITERIA: Text = say('no stage has exit criteria', '没有阶段设置准出标准');
const OF_STAGE: Text = say('{stage} ({criteria})', '{stage}（{criteria}）');

function isChosen(stage: string, chosen: readonly string[]): boolean {
  return chosen.length === 0 || chosen.includes(stage);
}

function isPast(dataset: Dataset, row: number, index: number): boolean {
  const current = dataset.stage[row] as number;
  return current !== index && hasComeTo(dataset, current, index);
}

function judge(stages: readonly StageCriteria[], dataset: Dataset, row: number): number {
  let worst: number = NOT_CHECKED;
  for (const { index, criteria } of stages) {
    if (!isPast(dataset, row, index)) continue;
    for (const { holds } of criteria) {
      if (holds[row] === 0) return VIOLATES;
      if (worst !== UNKNOWN) worst = holds[row] === 1 ? HOLDS : UNKNOWN;
    }
  }
  return worst;
}

/** The stages a deal is past without meeting their criteria, each with those that it does not meet. */
function unmetAt(stages: readonly StageCriteria[], dataset: Dataset, row: number): readonly StageCriteria[] {
  return stages.flatMap((each) => {
    if (!isPast(dataset, row, each.index)) return [];
    const criteria = each.criteria.filter(({ holds }) => holds[row] === 0);
    return criteria.length === 0 ? [] : [{ ...each, criteria }];
  });
}

/** The first empty field that the file has a column for, else the stage. */
function fieldOf(unmet: readonly StageCriteria[], { columns }: Dataset): string {
  const empty = unmet.flatMap(({ criteria }) => criteria.flatMap(({ fields }) => fields));
  return empty.find((field) => columns.has(field)) ?? 'stage';
}

function namesOf(criteria: readonly Criterion[]): ArgValue {
  return { list: criteria.map(({ name }) => name) };
}

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
      en: 'past {stage} without meeting its exit criteria; missing: {criteria}',
      zh: '已推进过「{stage}」，但未满足其准出标准；尚缺：{criteria}',
    },
    several: {
      en: 'past {stage} without meeting their exit criteria; missing: {criteria}',
      zh: '已推进过「{stage}」，但未满足这些阶段的准出标准；尚缺：{criteria}',
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
  check({ options: { stages: chosen }, dataset, selected, violation }) {
    const outcome = blankOutcome(dataset);
    const withCriteria = dataset.stages
      .map((stage, index) => ({ stage, index }))
      .filter(({ stage: { id, exit, kind } }) => exit !== null && kind === 'open' && isChosen(id, chosen));
    const { stages, obstacle } = judgeableStages(withCriteria, dataset);
    if (stages.length === 0) return { type: 'not-run', reason: obstacle ?? NO_CRITERIA };
    for (let row = 0; row < dataset.rowCount; row++) {
      if (selected[row] === 1) outcome[row] = judge(stages, dataset, row);
    }
    return {
      type: 'rows',
      outcome,
      describe: (row) => {
        const unmet = unmetAt(stages, dataset, row);
        const [first] = unmet;
        if (first === undefined) return [];
        const field = fieldOf(unmet, dataset);
        const stage: ArgValue = { list: unmet.map((each) => ({ stage: each.stage })) };
        if (unmet.length === 1) return [violation('unmet', { stage, criteria: namesOf(first.criteria) }, field)];
        const criteria: ArgValue = {
          list: unmet.map((each) => ({
            text: OF_STAGE,
            args: { stage: { stage: each.stage }, criteria: namesOf(each.criteria) },
          })),
        };
        return [violation('several', { stage, criteria }, field)];
      },
    };
  },
});
