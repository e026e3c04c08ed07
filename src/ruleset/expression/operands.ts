import type { Expression } from './expression.ts';

const NONE: readonly Expression[] = [];

/**
 * The expressions an expression is made of, in the order they are written. Those inside an aggregate are about other
 * rows and are not among them.
 */
export function operandsOf(expression: Expression): readonly Expression[] {
  switch (expression.op) {
    case 'negate':
    case 'not':
    case 'is':
      return [expression.operand];
    case 'arithmetic':
    case 'compare':
    case 'and':
    case 'or':
      return [expression.left, expression.right];
    case 'call':
      return expression.args;
    case 'in':
      return [expression.operand, ...expression.list];
    default:
      return NONE;
  }
}
