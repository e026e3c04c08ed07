import type { Expression } from '../ruleset/expression/expression.ts';
import { operandsOf } from '../ruleset/expression/operands.ts';
import { fieldsOf, headersOf } from '../ruleset/expression/references.ts';
import type { Ruleset, StageDefinition } from '../ruleset/ruleset.ts';
import type { ConfigCheck, Flaw } from './config-messages.ts';
import { named, placeOfStage } from './config-stages.ts';

type Criteria = NonNullable<StageDefinition['exit']>;

function checkCriteria(
  ruleset: Ruleset,
  message: 'unmeasurable' | 'countsActivity',
  isBad: (criteria: Criteria) => boolean,
): ConfigCheck {
  const written = ruleset.stages.filter(({ exit }) => exit !== null);
  const flaws = written
    .filter(({ exit }) => exit !== null && isBad(exit))
    .map((stage): Flaw => {
      const args = { stage: named(stage), criteria: stage.exit?.source ?? '' };
      return { message, args, at: placeOfStage(stage, ruleset) };
    });
  return { checked: written.length, flaws };
}

/** Some part of the expression, itself included, is so. */
function some(expression: Expression, holds: (part: Expression) => boolean): boolean {
  return holds(expression) || operandsOf(expression).some((operand) => some(operand, holds));
}

/** Something of the deal beside its stage: where the deal stands is what the criteria are to decide. */
function testsSomething({ expression }: Criteria): boolean {
  const isField = [...fieldsOf(expression)].some((field) => field !== 'stage');
  return isField || headersOf(expression).size > 0 || some(expression, ({ op }) => op === 'aggregate');
}

/** Exit criteria that name no field but the stage: constants, dates and stage numbers. */
export function checkMeasurable(ruleset: Ruleset): ConfigCheck {
  return checkCriteria(ruleset, 'unmeasurable', (criteria) => !testsSomething(criteria));
}

/** Dates that only say that somebody has done, or will do, something. */
const ACTIVITY_FIELDS: ReadonlySet<string> = new Set(['activity', 'next_activity', 'modified']);
const ACTIVITY_TABLE = 'activities';
/** Field of an activity that the customer began: what the customer does is no effort of the seller. */
const BY_CUSTOMER = 'inbound';

function isEffort(part: Expression): boolean {
  if (part.op !== 'aggregate' || part.table !== ACTIVITY_TABLE) return false;
  return part.condition === null || !fieldsOf(part.condition).has(BY_CUSTOMER);
}

/** A condition on how many activities there were, when the last one was, or how many days have gone by. */
function countsOnly(condition: Expression): boolean {
  const isDays = operandsOf(condition).some(({ type }) => type === 'duration') || isInDays(condition);
  const ofActivity = some(condition, isEffort) || [...fieldsOf(condition)].some((field) => ACTIVITY_FIELDS.has(field));
  const others = [...fieldsOf(condition)].filter((field) => !ACTIVITY_FIELDS.has(field) && field !== 'stage');
  return isDays || (ofActivity && others.length === 0);
}

/** `days(today - created) > 14` counts days as a number. */
function isInDays(condition: Expression): boolean {
  return operandsOf(condition).some(({ op, ...call }) => op === 'call' && 'name' in call && call.name === 'days');
}

/** A deal that meets the criteria has reached a milestone: something is known that no count of days or calls brings. */
function provesMilestone(expression: Expression): boolean {
  switch (expression.op) {
    case 'and':
      return provesMilestone(expression.left) || provesMilestone(expression.right);
    case 'or':
      return provesMilestone(expression.left) && provesMilestone(expression.right);
    case 'not':
      return provesMilestone(expression.operand);
    default:
      return !countsOnly(expression);
  }
}

/** Exit criteria that a deal can meet by activities or waiting alone. */
export function checkMilestones(ruleset: Ruleset): ConfigCheck {
  return checkCriteria(
    ruleset,
    'countsActivity',
    (criteria) => testsSomething(criteria) && !provesMilestone(criteria.expression),
  );
}
