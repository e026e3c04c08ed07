import type { Aggregate, Expression, FigureCall } from './expression/expression.ts';
import { CHANGE_FIELDS } from './expression/figures.ts';
import { operandsOf } from './expression/operands.ts';
import { PIPELINE_NEEDS } from './figure-needs.ts';

/**
 * Groups of needs, one of each of which must be met: a field of what is judged (`owner`), a field of another table
 * (`activities.at`), or the table itself (`activities.*`).
 */
export type FieldGroups = readonly (readonly string[])[];

/** Stands for the table as a whole among the needs. */
const WHOLE = '*';

/** The need for a table, whatever its fields. */
export function tableNeed(table: string): string {
  return `${table}.${WHOLE}`;
}

/** What says when a deal came to its stage: its journey, or a column. */
const STAGE_ENTERED = 'stage.entered';

/** Of an aggregate the table and its fields; the columns that join it are no value of their own. */
function valueNeeds(argument: Expression): FieldGroups {
  return argument.op === 'aggregate' ? aggregateNeeds({ ...argument, by: [] }) : groupsOf(argument);
}

/** One of many that stand in for each other; a table alone is none of them where fields of it are. */
function alternatives(args: readonly Expression[]): readonly string[] {
  const needs = args.flatMap((argument) => valueNeeds(argument).flat());
  const tables = new Set(needs.filter((need) => !need.endsWith(`.${WHOLE}`)).map((need) => need.split('.')[0]));
  const named = needs.filter((need) => !(need.endsWith(`.${WHOLE}`) && tables.has(need.split('.')[0])));
  return [...new Set(named)];
}

/**
 * One present argument is enough: each of them stands in for the others, and a constant for columns that are absent. It
 * stands in for no table: where the list of contracts was not given, nobody knows that there is none.
 */
function coalesceNeeds(args: readonly Expression[]): FieldGroups {
  const needs = args.map(groupsOf);
  if (needs.every((groups) => groups.length > 0)) return [alternatives(args)];
  return needs.flat(2).flatMap((need) => (need.endsWith(`.${WHOLE}`) ? [[need]] : []));
}

/** Fields of the table as needs of the row; what names another table already stays as it is. */
function aggregateNeeds({ table, by, value, condition }: Aggregate): FieldGroups {
  const inner = [value, condition].flatMap((part) => (part === null ? [] : groupsOf(part)));
  const qualified = inner.map((group) => group.map((need) => (need.includes('.') ? need : `${table}.${need}`)));
  return [[tableNeed(table)], by, ...qualified];
}

function groupsOf(expression: Expression): FieldGroups {
  switch (expression.op) {
    case 'field':
    case 'stageKind':
    case 'stageIndex':
      return [[expression.field]];
    case 'stageEntered':
    case 'stageAge':
      return [[STAGE_ENTERED]];
    case 'aggregate':
      return aggregateNeeds(expression);
    case 'call':
      if (expression.name === 'coalesce') return coalesceNeeds(expression.args);
  }
  return operandsOf(expression).flatMap(groupsOf);
}

/** The fields that an expression names, whether or not a constant stands in for them. */
function mentionedIn(expression: Expression): readonly string[] {
  if (expression.op === 'field') return [expression.field];
  return operandsOf(expression).flatMap(mentionedIn);
}

/**
 * The fields an expression cannot do without, without repetition, in order of appearance. Where a constant stands in for
 * every one of them, one at least is wanted still: of nothing but constants nothing can be learned.
 */
export function expressionNeeds(expression: Expression): FieldGroups {
  const groups = uniqueGroups(groupsOf(expression));
  return groups.length > 0 ? groups : uniqueGroups([[...new Set(mentionedIn(expression))]]);
}

/** Figures of stages or outcomes; those that take a stage need no mention. */
const STAGE_FIGURES: readonly string[] = [
  'conversion',
  'win_rate',
  'win_value_rate',
  'dwell',
  'cycle',
  'completeness',
  'volatility',
  'decided',
];

/** The fields a figure cannot do without. */
export function figureNeeds(call: FigureCall): FieldGroups {
  const ofArguments = call.args.flatMap((argument): FieldGroups => {
    if (argument.type === 'field') return [[argument.field]];
    return argument.type === 'expression' ? expressionNeeds(argument.expression) : [];
  });
  if (call.figure === 'data_age') return [CHANGE_FIELDS];
  if (call.figure === 'probability_by_hand') return [['stage'], ['probability']];
  const ofPipeline = PIPELINE_NEEDS.get(call.figure);
  if (ofPipeline !== undefined) return uniqueGroups(ofPipeline);
  const needsStage =
    STAGE_FIGURES.includes(call.figure) ||
    call.args.some((argument) => argument.type === 'stage' || (argument.type === 'any' && argument.of === 'stage')) ||
    // Without a condition of its own, won deals are held against lost ones.
    (call.figure === 'concordance' && call.args.length < 2);
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
