import type { Dataset } from '../../dataset/dataset.ts';
import { openStageIndexes } from '../../dataset/journeys/journeys.ts';
import { currentState, OUTCOME, summarizeJourneys } from '../../dataset/journeys/visits.ts';
import { evaluatePredicate, FALSE, TRUE, UNKNOWN } from '../../dataset/predicate.ts';
import type { Expression } from '../../ruleset/expression/expression.ts';
import { operandsOf } from '../../ruleset/expression/operands.ts';

/** One thing that must hold to have left a stage. */
export interface Criterion {
  /** As the rules file has it. */
  readonly source: string;
  /** One a row: 1 true, 0 false, -1 unknown; null where the file lacks the columns. */
  readonly holds: Int8Array | null;
}

/** An open stage with exit criteria. */
export interface CriteriaStage {
  readonly stage: string;
  /** Number of the open stage. */
  readonly openIndex: number;
  readonly criteria: readonly Criterion[];
}

function partsOf(expression: Expression): readonly Expression[] {
  return expression.op === 'and' ? [...partsOf(expression.left), ...partsOf(expression.right)] : [expression];
}

/** Whether each field that an expression reads has a column; of fields that stand in for each other one is enough. */
function canBeRead(expression: Expression, dataset: Dataset): boolean {
  if (expression.op === 'field') return dataset.columns.has(expression.field);
  if (expression.op === 'header') return dataset.headerColumns.has(expression.header);
  if (expression.op === 'aggregate') return dataset.tables.has(expression.table);
  const operands = operandsOf(expression).filter(({ op }) => op !== 'literal');
  const isEither = expression.op === 'or' || (expression.op === 'call' && expression.name === 'coalesce');
  if (isEither) return operands.some((operand) => canBeRead(operand, dataset));
  return operands.every((operand) => canBeRead(operand, dataset));
}

/** The open stages that have exit criteria, part by part; what a part reads is looked up in the table as it is now. */
export function criteriaStages(dataset: Dataset): CriteriaStage[] {
  const openIndex = openStageIndexes(dataset.stages);
  return dataset.stages.flatMap(({ id, kind, exit }, index) => {
    if (kind !== 'open' || exit === null) return [];
    const criteria = partsOf(exit.expression).map((part): Criterion => {
      const source = exit.source.slice(part.at.start, part.at.end);
      return { source, holds: canBeRead(part, dataset) ? evaluatePredicate(part, dataset) : null };
    });
    return [{ stage: id, openIndex: openIndex[index]!, criteria }];
  });
}

/** Whether every part holds: false where one does not, unknown where none is false and one is unknown. */
export function holdsAll(criteria: readonly Criterion[], row: number): number {
  let all = TRUE as number;
  for (const { holds } of criteria) {
    if (holds === null) continue;
    if (holds[row] === FALSE) return FALSE;
    if (holds[row] === UNKNOWN) all = UNKNOWN;
  }
  return all;
}

/**
 * How many open stages each deal has got beyond: as many as there are for a won deal, else the number of the furthest
 * stage it is known to have been in.
 */
export function stagesPassed(dataset: Dataset): Int16Array {
  const { stages, journeys, rowCount } = dataset;
  const state = currentState(dataset);
  const openIndex = openStageIndexes(stages);
  const openCount = stages.filter(({ kind }) => kind === 'open').length;
  const reach = journeys === null ? null : summarizeJourneys(journeys, stages).reach;
  const passed = new Int16Array(rowCount);
  for (let row = 0; row < rowCount; row += 1) {
    const stage = state.stage[row]!;
    const current = stage < 0 ? -1 : openIndex[stage]!;
    passed[row] = state.outcome[row] === OUTCOME.won ? openCount : Math.max(0, current, reach?.[row] ?? 0);
  }
  return passed;
}
