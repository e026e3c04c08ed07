import type { ArithmeticOperator, ValueType } from './expression.ts';
import type { Syntax } from './syntax.ts';

/** Nothing in the syntax says what type it has: it is made of headers alone. */
export function isUntyped(syntax: Syntax): boolean {
  switch (syntax.op) {
    case 'header':
      return true;
    case 'negate':
      return isUntyped(syntax.operand);
    case 'arithmetic':
      return isUntyped(syntax.left) && isUntyped(syntax.right);
    case 'call':
      if (syntax.name === 'if') return syntax.args.slice(1).every(isUntyped);
      return ['coalesce', 'min', 'max', 'abs', 'round'].includes(syntax.name) && syntax.args.every(isUntyped);
    default:
      return false;
  }
}

/** What a header must be for an operation with a value of the other type to make sense. */
export function operandHint(operator: ArithmeticOperator, other: ValueType, side: 'left' | 'right'): ValueType {
  if (operator === '*') return 'number';
  if (operator === '/') return other === 'money' && side === 'left' ? 'money' : 'number';
  return other === 'duration' ? 'date' : other;
}

/** What two headers must be for their operation to yield what is wanted. */
export function operandsHint(operator: ArithmeticOperator, wanted: ValueType | null): ValueType {
  if (operator === '-' && wanted === 'duration') return 'date';
  if (operator === '*' || operator === '/') return 'number';
  return wanted === 'money' || wanted === 'percent' ? wanted : 'number';
}
