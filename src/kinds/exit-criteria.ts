import type { Dataset } from '../dataset/dataset.ts';
import { evaluatePredicate } from '../dataset/predicate.ts';
import { type ArgValue, say, type Text } from '../i18n/text.ts';
import type { Expression } from '../ruleset/expression/expression.ts';
import { headersOf } from '../ruleset/expression/references.ts';
import { expressionNeeds } from '../ruleset/needs.ts';
import type { StageDefinition } from '../ruleset/ruleset.ts';
import { headerReason, lackingNeeds, lackingReason } from './obstacle.ts';

/** One thing that must hold to have left a stage. */
export interface Criterion {
  readonly name: ArgValue;
  /** Fields one of which must be filled; none where something else is asked. */
  readonly fields: readonly string[];
  /** One a row: 1 true, 0 false, -1 unknown. */
  readonly holds: Int8Array;
}

/** The criteria of a stage that the columns of the file can tell of. */
export interface StageCriteria {
  readonly stage: string;
  /** Place in the stage list. */
  readonly index: number;
  readonly criteria: readonly Criterion[];
}

/** What can be judged, and why the rest cannot: null where all can be. */
export interface JudgeableStages {
  readonly stages: readonly StageCriteria[];
  readonly obstacle: Text | null;
}

const EITHER: Text = say('{one} or {other}', '{one} 或 {other}');

function partsOf(expression: Expression): readonly Expression[] {
  return expression.op === 'and' ? [...partsOf(expression.left), ...partsOf(expression.right)] : [expression];
}

/** What `… is present` asks to be filled, one of which is enough, as with `or` between; null for anything else. */
function presenceOf(expression: Expression): readonly Expression[] | null {
  if (expression.op === 'or') {
    const [left, right] = [presenceOf(expression.left), presenceOf(expression.right)];
    return left === null || right === null ? null : [...left, ...right];
  }
  if (expression.op !== 'is' || expression.wanted !== 'present') return null;
  const { operand } = expression;
  const filled = operand.op === 'call' && operand.name === 'coalesce' ? operand.args : [operand];
  return filled.every(({ op }) => op === 'field' || op === 'header') ? filled : null;
}

function nameOf(filled: Expression): ArgValue {
  if (filled.op === 'field') return { field: filled.field };
  return filled.op === 'header' ? filled.header : null;
}

function criterionOf(part: Expression, source: string, dataset: Dataset): Criterion {
  const filled = presenceOf(part);
  const names = (filled ?? []).map(nameOf);
  return {
    name: names.length === 0 ? source.slice(part.at.start, part.at.end) : names.reduce(eitherOf),
    fields: (filled ?? []).flatMap((each) => (each.op === 'field' ? [each.field] : [])),
    holds: evaluatePredicate(part, dataset),
  };
}

function eitherOf(one: ArgValue, other: ArgValue): ArgValue {
  return { text: EITHER, args: { one, other } };
}

/** The needs of parts that the file cannot meet. */
interface Lacking {
  readonly needs: readonly (readonly string[])[];
  readonly headers: readonly string[];
}

const NOTHING: Lacking = { needs: [], headers: [] };

function hasColumn(expression: Expression, { columns, headerColumns }: Dataset): boolean {
  if (expression.op === 'field') return columns.has(expression.field);
  return expression.op === 'header' && headerColumns.has(expression.header);
}

function lackingOf(part: Expression, dataset: Dataset, deals: Dataset): Lacking {
  const filled = presenceOf(part);
  if (filled?.some((each) => hasColumn(each, dataset))) return NOTHING;
  const fields = (filled ?? []).flatMap((each) => (each.op === 'field' ? [each.field] : []));
  if (fields.length > 0) return { needs: [fields], headers: [] };
  const headers = [...headersOf(part).keys()].filter((header) => !dataset.headerColumns.has(header));
  return { needs: lackingNeeds(expressionNeeds(part), deals, dataset), headers };
}

function reasonOf(lacking: readonly Lacking[], dataset: Dataset, deals: Dataset): Text | null {
  const groups = new Map(lacking.flatMap(({ needs }) => needs).map((group) => [group.join('|'), group]));
  const [header] = lacking.flatMap(({ headers }) => headers);
  return lackingReason([...groups.values()], deals, dataset) ?? (header === undefined ? null : headerReason(header));
}

/** The exit criteria of open stages, part by part, without the parts whose columns the file does not have. */
export function judgeableStages(
  stages: readonly { readonly stage: StageDefinition; readonly index: number }[],
  dataset: Dataset,
): JudgeableStages {
  const deals = dataset.view?.deals ?? dataset;
  const lacking: Lacking[] = [];
  const judgeable = stages.flatMap(({ stage: { id, exit }, index }) => {
    if (exit === null) return [];
    const criteria = partsOf(exit.expression).flatMap((part) => {
      const absent = lackingOf(part, dataset, deals);
      if (absent.needs.length === 0 && absent.headers.length === 0) return [criterionOf(part, exit.source, dataset)];
      lacking.push(absent);
      return [];
    });
    return criteria.length === 0 ? [] : [{ stage: id, index, criteria }];
  });
  return { stages: judgeable, obstacle: reasonOf(lacking, dataset, deals) };
}
