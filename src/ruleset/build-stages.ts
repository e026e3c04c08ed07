import type { Text } from '../i18n/text.ts';
import type { ExpressionEnvironment } from './expression/environment.ts';
import { parseExpression } from './expression/parse.ts';
import { type Layer, originOf } from './layer.ts';
import type { Merged } from './merge.ts';
import type { ProblemList } from './problem-list.ts';
import type { FieldDefinition, Origin, StageDefinition } from './ruleset.ts';
import { unknownName } from './schema-problems.ts';

const FIELD: Text = { en: 'field', zh: '字段' };

type RawStage = NonNullable<Merged['stages']>['value'][number];

function withoutExit(stage: RawStage, origin: Origin): StageDefinition {
  return {
    id: stage.id,
    label: stage.label ?? { en: stage.id, zh: stage.id },
    match: stage.match ?? [],
    kind: stage.kind ?? 'open',
    probability: stage.probability ?? null,
    maxDwellDays: stage.max_dwell ?? null,
    require: stage.require ?? [],
    exit: null,
    about: {
      definition: stage.definition ?? null,
      goal: stage.goal ?? null,
      success: stage.success ?? null,
      deliverable: stage.deliverable ?? null,
      evidence: stage.evidence ?? null,
      hasLabel: stage.label !== undefined,
      origin,
    },
  };
}

function checkRepeatedIds(stages: readonly RawStage[], layer: Layer, problems: ProblemList): void {
  const seen = new Set<string>();
  for (const [index, { id }] of stages.entries()) {
    if (seen.has(id)) {
      const message = { en: `stage "${id}" stands twice`, zh: `阶段“${id}”重复了` };
      problems.add(layer, { path: ['stages', index, 'id'], message });
    }
    seen.add(id);
  }
}

/**
 * The stage list with its exit criteria parsed; unknown fields and repeated ids are mistakes.
 * @param environmentOf what criteria may name, given the stages
 */
export function buildStages(
  merged: Merged,
  fields: readonly FieldDefinition[],
  environmentOf: (stages: readonly StageDefinition[]) => ExpressionEnvironment,
  problems: ProblemList,
): readonly StageDefinition[] {
  if (merged.stages === null) return [];
  const { value, layer } = merged.stages;
  const stages = value.map((stage, index) => withoutExit(stage, originOf(layer, ['stages', index])));
  const fieldTypes = new Map(fields.map((field) => [field.id, field.type]));
  const environment = environmentOf(stages);
  checkRepeatedIds(value, layer, problems);
  return stages.map((stage, index) => {
    const path = ['stages', index];
    for (const [place, name] of stage.require.entries()) {
      if (fieldTypes.has(name)) continue;
      problems.add(layer, { path: [...path, 'require', place], message: unknownName(FIELD, name, fieldTypes.keys()) });
    }
    const deliverable = stage.about?.deliverable ?? null;
    if (deliverable !== null && !fieldTypes.has(deliverable)) {
      const message = unknownName(FIELD, deliverable, fieldTypes.keys());
      problems.add(layer, { path: [...path, 'deliverable'], message });
    }
    const source = value[index]?.exit;
    if (source === undefined) return stage;
    const parsed = parseExpression(source, environment, 'boolean');
    if (parsed.ok) return { ...stage, exit: { source, expression: parsed.value } };
    problems.addExpression(layer, [...path, 'exit'], parsed.problems);
    return stage;
  });
}
