import type { Expression, FigureCall } from './expression/expression.ts';
import { CHANGE_FIELDS } from './expression/figures.ts';
import { operandsOf } from './expression/operands.ts';

/** Groups of fields; the expression can be decided only when the file has at least one of each group. */
export type FieldGroups = readonly (readonly string[])[];

function fieldsIn(expression: Expression): readonly string[] {
  return groupsOf(expression).flat();
}

function groupsOf(expression: Expression): FieldGroups {
  if (expression.op === 'field') return [[expression.field]];
  if (expression.op === 'stageKind' || expression.op === 'stageIndex') return [['stage']];
  // One present argument is enough for coalesce: each of them stands in for the others.
  if (expression.op === 'call' && expression.name === 'coalesce') return [expression.args.flatMap(fieldsIn)];
  return operandsOf(expression).flatMap(groupsOf);
}

/** The fields an expression cannot do without, without repetition, in order of appearance. */
export function expressionNeeds(expression: Expression): FieldGroups {
  return uniqueGroups(groupsOf(expression));
}

/** The fields a figure cannot do without. */
export function figureNeeds(call: FigureCall): FieldGroups {
  const ofArguments = call.args.flatMap((argument): FieldGroups => {
    if (argument.type === 'field') return [[argument.field]];
    return argument.type === 'expression' ? expressionNeeds(argument.expression) : [];
  });
  if (call.figure === 'data_age') return [CHANGE_FIELDS];
  const needsStage = ['conversion', 'win_rate', 'win_value_rate', 'dwell', 'cycle', 'completeness'].includes(
    call.figure,
  );
  return uniqueGroups(needsStage ? [...ofArguments, ['stage']] : ofArguments);
}

/** Drops empty groups and repetitions. */
export function uniqueGroups(groups: FieldGroups): FieldGroups {
  const seen = new Set<string>();
  return groups.filter((group) => {
    const name = group.join('|');
    if (group.length === 0 || seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}
