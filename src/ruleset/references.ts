import type { Text } from '../i18n/text.ts';
import type { Kind, Reference } from '../kinds/define.ts';
import type { Environments } from './environments.ts';
import type { ExpressionEnvironment } from './expression/environment.ts';
import type { Expression, FigureCall } from './expression/expression.ts';
import { FIGURES } from './expression/figures.ts';
import { parseExpression, parseFigureCall } from './expression/parse.ts';
import { isPack, type Layer, type Path } from './layer.ts';
import type { Placed } from './merge.ts';
import { expressionNeeds, figureNeeds, tableNeed } from './needs.ts';
import type { ProblemList } from './problem-list.ts';
import { unknownName } from './schema-problems.ts';

const STAGE: Text = { en: 'stage', zh: '阶段' };
const TABLE: Text = { en: 'table', zh: '表' };
const FIELD: Text = { en: 'field', zh: '字段' };

/** What rules are checked against. */
export interface RuleContext {
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly environments: Environments;
  /** That of what the rule judges: the deals, the rows of a table, or the values of a field. */
  readonly environment: ExpressionEnvironment;
  /** Where the stage list in force was written. */
  readonly stagesLayer: Layer | null;
  readonly problems: ProblemList;
}

/** What the options of a rule name, looked up. */
export interface Resolved {
  readonly expressions: Map<string, Expression>;
  figure: FigureCall | null;
  readonly needs: (readonly string[])[];
  needsHistory: boolean;
  obstacle: Text | null;
}

/** Checks what the options name: fields, stages, expressions and figures. */
export function resolveReferences(
  references: readonly Reference[],
  verb: Placed<unknown>,
  context: RuleContext,
): Resolved {
  const resolved: Resolved = {
    expressions: new Map(),
    figure: null,
    needs: [],
    needsHistory: false,
    obstacle: null,
  };
  for (const reference of references) {
    if (isAboutDeals(reference) && context.environment !== context.environments.deals) {
      refuseSubject(verb, context);
      break;
    }
    if (reference.type === 'history') {
      resolved.needsHistory = true;
      continue;
    }
    const path = [...verb.path, ...reference.path];
    if (reference.type === 'table') resolveTable(reference.name, path, verb, context, resolved);
    else if (reference.type === 'field') resolveField(reference, path, verb, context, resolved);
    else if (reference.type === 'stage') resolveStage(reference.name, path, verb, context, resolved);
    else if (reference.type === 'predicate') resolvePredicate(reference, path, verb, context, resolved);
    else resolveFigure(reference.source, path, verb, context, resolved);
  }
  return resolved;
}

/** Journeys, stages and figures are those of deals; no other row has any. */
function isAboutDeals({ type }: Reference): boolean {
  return type === 'history' || type === 'stage' || type === 'figure';
}

function refuseSubject(verb: Placed<unknown>, { problems }: RuleContext): void {
  const message = {
    en: 'this verb judges deals alone; it goes neither with on nor with each',
    zh: '该动词只判断商机，不能与 on 或 each 同用',
  };
  problems.add(verb.layer, { path: verb.path, target: 'key', message });
}

function resolveField(
  { name, optional }: Extract<Reference, { type: 'field' }>,
  path: Path,
  verb: Placed<unknown>,
  { environment, problems }: RuleContext,
  resolved: Resolved,
): void {
  if (!environment.fields.has(name)) {
    problems.add(verb.layer, { path, message: unknownName(FIELD, name, environment.fields.keys()) });
  } else if (optional !== true) {
    resolved.needs.push([name]);
  }
}

function resolveTable(
  name: string,
  path: Path,
  verb: Placed<unknown>,
  { environments: { tables }, problems }: RuleContext,
  resolved: Resolved,
): void {
  resolved.needs.push([tableNeed(name)]);
  if (!tables.includes(name)) problems.add(verb.layer, { path, message: unknownName(TABLE, name, tables) });
}

function resolveStage(
  name: string,
  path: Path,
  verb: Placed<unknown>,
  { environment, stagesLayer, problems }: RuleContext,
  resolved: Resolved,
): void {
  const ids = environment.stages.map((stage) => stage.id);
  if (ids.includes(name)) return;
  // A pack's rule may name a stage of the pack's own list; with another list in force it just cannot run.
  if (isPack(verb.layer) && stagesLayer !== verb.layer) {
    resolved.obstacle = { en: `the stage list has no “${name}”`, zh: `阶段列表中没有“${name}”` };
  } else {
    problems.add(verb.layer, { path, message: unknownName(STAGE, name, ids) });
  }
}

function resolvePredicate(
  reference: Extract<Reference, { type: 'predicate' }>,
  path: Path,
  verb: Placed<unknown>,
  { environment, problems }: RuleContext,
  resolved: Resolved,
): void {
  const parsed = parseExpression(reference.source, environment, 'boolean');
  if (parsed.ok) {
    resolved.expressions.set(reference.path.join('.'), parsed.value);
    resolved.needs.push(...expressionNeeds(parsed.value));
  } else {
    problems.addExpression(verb.layer, path, parsed.problems);
  }
}

function resolveFigure(
  source: string,
  path: Path,
  verb: Placed<unknown>,
  { environment, problems }: RuleContext,
  resolved: Resolved,
): void {
  const parsed = parseFigureCall(source, environment, FIGURES);
  if (parsed.ok) {
    resolved.figure = parsed.value;
    resolved.needs.push(...figureNeeds(parsed.value));
  } else {
    problems.addExpression(verb.layer, path, parsed.problems);
  }
}
