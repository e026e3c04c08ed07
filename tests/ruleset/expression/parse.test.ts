import { describe, expect, it } from 'vitest';
import type { Expression } from '../../../src/ruleset/expression/expression.ts';
import { parseExpression } from '../../../src/ruleset/expression/parse.ts';
import { fieldsOf, headersOf } from '../../../src/ruleset/expression/references.ts';
import { ENVIRONMENT, problemsOf } from './environment-fixture.ts';

function parsed(source: string): Expression {
  const result = parseExpression(source, ENVIRONMENT, 'any');
  if (!result.ok) throw new Error(`${source}: ${result.problems.map((problem) => problem.message.en).join('; ')}`);
  return result.value;
}

/** The tree with all its parentheses, literals with their types. */
function shown(expression: Expression): string {
  switch (expression.op) {
    case 'literal':
      return `${expression.type}:${expression.value}`;
    case 'field':
      return expression.field;
    case 'header':
      return `\`${expression.header}\`:${expression.type}`;
    case 'negate':
    case 'not':
      return `(${expression.op} ${shown(expression.operand)})`;
    case 'is':
      return `(${shown(expression.operand)} is ${expression.wanted})`;
    case 'arithmetic':
    case 'compare':
      return `(${shown(expression.left)} ${expression.operator} ${shown(expression.right)})`;
    case 'and':
    case 'or':
      return `(${shown(expression.left)} ${expression.op} ${shown(expression.right)})`;
    case 'in':
      return `(${shown(expression.operand)}${expression.negated ? ' not' : ''} in ${expression.list.map(shown)})`;
    case 'call':
      return `${expression.name}(${expression.args.map(shown)})`;
    default:
      return expression.op;
  }
}

describe('parseExpression', () => {
  it.each([
    ['amount > 100000', '(amount > number:100000)'],
    ['amount > 1_000_000.5', '(amount > number:1000000.5)'],
    ['probability >= 25%', '(probability >= percent:0.25)'],
    ['today - close > 4w', '((today - close) > duration:28)'],
    ['today - close > 3mo', '((today - close) > duration:90)'],
    ['close = 1970-01-11', '(close = date:10)'],
    ['close = 2024-02-29', '(close = date:19782)'],
    [`owner = 'it\\'s'`, "(owner = text:it's)"],
    ['owner = "a\\\\b\\n"', '(owner = text:a\\b\n)'],
    ['active = true', '(active = boolean:true)'],
    ['金额 > 0', '(金额 > number:0)'],
    ['score + 2 * 3 > 1', '((score + (number:2 * number:3)) > number:1)'],
    ['score - 2 - 3 > 1', '(((score - number:2) - number:3) > number:1)'],
    ['(score - 2) * -3 > 1', '(((score - number:2) * (negate number:3)) > number:1)'],
    ['not active and active or active', '(((not active) and active) or active)'],
    ['not (active or active)', '(not (active or active))'],
    ['not owner = "a"', '(not (owner = text:a))'],
    ['active or active and active', '(active or (active and active))'],
    ['owner is missing', '(owner is missing)'],
    ['owner is not missing', '(owner is present)'],
    ['owner is not present', '(owner is missing)'],
    ['owner not in ["a", "b"]', '(owner not in text:a,text:b)'],
    ['stage.kind = open', '(stageKind = stageKind:open)'],
    ['stage.kind in [won, "Lost"]', '(stageKind in stageKind:won,stageKind:lost)'],
    ['stage = won', '(stage = stage:won)'],
    ['赢单 = stage', '(stage:won = stage)'],
    ['stage in [won, "closed  LOST", "方案/报价"]', '(stage in stage:won,stage:lost,stage:proposal)'],
    ['stage.index >= 2', '(stageIndex >= number:2)'],
    ['stage is present', '(stage is present)'],
    ['days(today - close) > 3', '(days((today - close)) > number:3)'],
    ['coalesce(amount, budget, 0) > 1', '(coalesce(amount,budget,number:0) > number:1)'],
    ['weekdays(created, close) > 5d', '(weekdays(created,close) > duration:5)'],
    ['contains(lower(owner), "li")', 'contains(lower(owner),text:li)'],
  ])('%s', (source, tree) => {
    expect(shown(parsed(source))).toBe(tree);
  });

  it.each([
    ['close - created', 'duration'],
    ['close + 30d', 'date'],
    ['30d + close', 'date'],
    ['2 * 30d', 'duration'],
    ['amount * probability', 'money'],
    ['amount / budget', 'number'],
    ['1 - probability', 'percent'],
    ['max(close, created)', 'date'],
    ['coalesce(0, amount)', 'money'],
    ['month(close)', 'number'],
    ['len(owner)', 'number'],
    ['count(visits)', 'number'],
    ['any(visits, inbound)', 'boolean'],
    ['sum(visits, cost)', 'money'],
    ['max(visits, at)', 'date'],
    ['max(close, created, max(visits, at))', 'date'],
    ['first(visits, note)', 'text'],
    ['today - max(visits, at)', 'duration'],
    ['last(history, to_stage)', 'stage'],
    ['last(history, to_stage.kind)', 'stageKind'],
    ['if(active, amount, 0)', 'money'],
    ['percent_rank(amount)', 'percent'],
    ['stage.entered', 'date'],
    ['stage.age', 'duration'],
    ['stage', 'stage'],
    ['stage.kind', 'stageKind'],
    ['round(amount)', 'money'],
  ])('%s is %s', (source, type) => {
    expect(parsed(source).type).toBe(type);
  });

  it.each([
    ['`Age` > 3', 'number'],
    ['amount < `Limit`', 'money'],
    ['`Signed On` >= today', 'date'],
    ['today - `Signed On` > 30d', 'date'],
    ['`A` - `A` > 30d', 'date'],
    ['coalesce(`A`, close) > today', 'date'],
    ['`Won?`', 'boolean'],
    ['`Region` = "East"', 'text'],
    ['`Region` is missing', 'text'],
    ['`A` is present and `A` > 3', 'number'],
    ['`A` in [1, 2]', 'number'],
    ['contains(`A`, "x")', 'text'],
    ['amount / `A` > 2', 'number'],
    ['`A` / amount > 2', 'money'],
  ])('takes the header in %s for %s', (source, type) => {
    const result = parseExpression(source, ENVIRONMENT, 'boolean');
    expect(result.ok && [...headersOf(result.value).values()]).toEqual([type]);
  });

  it('keeps where each part stands', () => {
    const expression = parsed(' (amount + 1) > 2 ');
    expect(expression.at).toEqual({ start: 1, end: 17 });
    expect(expression.op === 'compare' && expression.left.at).toEqual({ start: 1, end: 13 });
  });

  it('lists the fields it reads', () => {
    expect([...fieldsOf(parsed('stage.kind = won and coalesce(close, created) > today and `X` = "a"'))]).toEqual([
      'stage',
      'close',
      'created',
    ]);
  });

  it('accepts a name that is both field and stage where a stage is meant', () => {
    const fields = new Map([...ENVIRONMENT.fields, ['won', 'boolean'] as const]);
    expect(parseExpression('stage = won and won', { ...ENVIRONMENT, fields }, 'boolean').ok).toBe(true);
  });

  it('reads thousands of alternatives', () => {
    expect(problemsOf(new Array(5000).fill('amount = 1').join(' or '))).toEqual([]);
    expect(problemsOf(`score in [${new Array(5000).fill('1').join(',')}]`)).toEqual([]);
  });
});
