import { say } from '../../i18n/text.ts';
import type { ArithmeticOperator, CompareOperator, Span } from './expression.ts';
import type { Token } from './lexeme.ts';
import type { ExpressionProblem } from './problem.ts';
import type { Syntax } from './syntax.ts';
import {
  accept,
  isSymbol,
  isWord,
  nested,
  peek,
  refuse,
  refuseHere,
  type TokenStream,
  withinDepth,
} from './token-stream.ts';
import { readTokens } from './tokens.ts';
import { RESERVED_WORDS, refuseTrailing } from './trailing.ts';

const COMPARISONS: readonly string[] = ['=', '!=', '<', '<=', '>', '>='] satisfies CompareOperator[];
const VALUE = say('a value', '一个值');

function isOperator<Operator extends string>(text: string, operators: readonly string[]): text is Operator {
  return operators.includes(text);
}

function around(first: Syntax, last: Syntax): Span {
  return { start: first.at.start, end: last.at.end };
}

function heightOver(...below: readonly Syntax[]): number {
  let depth = 0;
  for (const syntax of below) depth = Math.max(depth, syntax.depth);
  return depth + 1;
}

/** A chain of one connective as a balanced tree: its meaning does not depend on grouping, its height should be small. */
function balanced(op: 'and' | 'or', operands: readonly Syntax[], from: number, to: number): Syntax {
  if (to - from === 1) return operands[from]!;
  const middle = (from + to) >> 1;
  const left = balanced(op, operands, from, middle);
  const right = balanced(op, operands, middle, to);
  return { op, left, right, at: around(left, right), depth: heightOver(left, right) };
}

function parseChain(
  stream: TokenStream,
  op: 'and' | 'or',
  parseOperand: (stream: TokenStream) => Syntax | null,
): Syntax | null {
  const operands: Syntax[] = [];
  do {
    const operand = parseOperand(stream);
    if (operand === null) return null;
    operands.push(operand);
  } while (accept(stream, op));
  return withinDepth(stream, balanced(op, operands, 0, operands.length));
}

function parseOr(stream: TokenStream): Syntax | null {
  return parseChain(stream, 'or', parseAnd);
}

function parseAnd(stream: TokenStream): Syntax | null {
  return parseChain(stream, 'and', parseNot);
}

function parseNot(stream: TokenStream): Syntax | null {
  const { start } = peek(stream).at;
  if (!accept(stream, 'not')) return parseComparison(stream);
  const operand = nested(stream, parseNot);
  if (operand === null) return null;
  return withinDepth(stream, { op: 'not', operand, at: { start, end: operand.at.end }, depth: operand.depth + 1 });
}

function parseComparison(stream: TokenStream): Syntax | null {
  const left = parseSum(stream);
  if (left === null) return null;
  const token = peek(stream);
  if (token.type === 'symbol' && isOperator<CompareOperator>(token.text, COMPARISONS)) {
    stream.position += 1;
    const right = parseSum(stream);
    if (right === null) return null;
    const depth = heightOver(left, right);
    return withinDepth(stream, { op: 'compare', operator: token.text, left, right, at: around(left, right), depth });
  }
  if (accept(stream, 'is')) return parseIs(stream, left);
  const negated = isWord(token, 'not') && isWord(peek(stream, 1), 'in');
  if (negated) stream.position += 1;
  return accept(stream, 'in') ? parseIn(stream, left, negated) : left;
}

function parseIs(stream: TokenStream, operand: Syntax): Syntax | null {
  let negated = false;
  while (accept(stream, 'not')) negated = !negated;
  const token = peek(stream);
  if (!isWord(token, 'missing', 'present')) {
    return refuseHere(stream, say('missing or present', ' missing 或 present'));
  }
  stream.position += 1;
  const wanted = isWord(token, 'missing') !== negated ? 'missing' : 'present';
  const at = { start: operand.at.start, end: token.at.end };
  return withinDepth(stream, { op: 'is', operand, wanted, at, depth: operand.depth + 1 });
}

function parseIn(stream: TokenStream, operand: Syntax, negated: boolean): Syntax | null {
  if (!accept(stream, '[')) {
    return refuseHere(stream, say('a list in brackets, as in [won, lost],', '方括号里的列表，例如 [won, lost]'));
  }
  const list = parseList(stream, parseSum, ']');
  if (list === null) return null;
  const at = { start: operand.at.start, end: list.end };
  if (list.items.length === 0) return refuse(stream, at, say('the list is empty', '列表是空的'));
  const depth = heightOver(operand, ...list.items);
  return withinDepth(stream, { op: 'in', operand, list: list.items, negated, at, depth });
}

/** What stands between commas up to the closing bracket, and where that ends. */
function parseList(
  stream: TokenStream,
  parseItem: (stream: TokenStream) => Syntax | null,
  close: ')' | ']',
): { readonly items: readonly Syntax[]; readonly end: number } | null {
  const items: Syntax[] = [];
  while (!isSymbol(peek(stream), close) || items.length > 0) {
    const item = nested(stream, parseItem);
    if (item === null) return null;
    items.push(item);
    if (!accept(stream, ',')) break;
  }
  const { end } = peek(stream).at;
  return accept(stream, close) ? { items, end } : refuseHere(stream, say(`a comma or ${close}`, `逗号或 ${close}`));
}

function parseArithmetic(
  stream: TokenStream,
  operators: readonly ArithmeticOperator[],
  parseOperand: (stream: TokenStream) => Syntax | null,
): Syntax | null {
  let left = parseOperand(stream);
  while (left !== null) {
    const token: Token = peek(stream);
    if (token.type !== 'symbol' || !isOperator<ArithmeticOperator>(token.text, operators)) break;
    stream.position += 1;
    const right = parseOperand(stream);
    if (right === null) return null;
    const depth = heightOver(left, right);
    left = withinDepth(stream, {
      op: 'arithmetic',
      operator: token.text,
      left,
      right,
      at: around(left, right),
      depth,
    });
  }
  return left;
}

function parseSum(stream: TokenStream): Syntax | null {
  return parseArithmetic(stream, ['+', '-'], parseTerm);
}

function parseTerm(stream: TokenStream): Syntax | null {
  return parseArithmetic(stream, ['*', '/'], parseUnary);
}

function parseUnary(stream: TokenStream): Syntax | null {
  const { start } = peek(stream).at;
  if (!accept(stream, '-')) return parseValue(stream);
  const operand = nested(stream, parseUnary);
  if (operand === null) return null;
  return withinDepth(stream, { op: 'negate', operand, at: { start, end: operand.at.end }, depth: operand.depth + 1 });
}

function parseValue(stream: TokenStream): Syntax | null {
  const token = peek(stream);
  if (isSymbol(token, '(')) return parseParentheses(stream);
  if (token.type === 'name') return parseName(stream, token.text, token.at);
  if (token.type === 'symbol' || token.type === 'end') return refuseHere(stream, VALUE);
  stream.position += 1;
  if (token.type === 'header') return { op: 'header', header: token.text, at: token.at, depth: 1 };
  if (token.type === 'text') return { op: 'literal', type: 'text', value: token.text, at: token.at, depth: 1 };
  return { op: 'literal', type: token.type, value: token.value, at: token.at, depth: 1 };
}

function parseParentheses(stream: TokenStream): Syntax | null {
  const { start } = peek(stream).at;
  stream.position += 1;
  const inner = nested(stream, parseOr);
  if (inner === null) return null;
  const { end } = peek(stream).at;
  return accept(stream, ')') ? { ...inner, at: { start, end } } : refuseHere(stream, say(')', ' )'));
}

function parseName(stream: TokenStream, name: string, at: Span): Syntax | null {
  if (isOperator<'true' | 'false'>(name, ['true', 'false'])) {
    stream.position += 1;
    return { op: 'literal', type: 'boolean', value: name === 'true', at, depth: 1 };
  }
  const next = peek(stream, 1);
  if (name === 'today') {
    if (isSymbol(next, '(')) return refuse(stream, at, say('write today without parentheses', 'today 后面不加括号'));
    stream.position += 1;
    return { op: 'today', at, depth: 1 };
  }
  if (RESERVED_WORDS.has(name)) return refuseHere(stream, VALUE);
  stream.position += 1;
  if (isSymbol(next, '(')) return parseCall(stream, name, at);
  return isSymbol(next, '.') ? parseMember(stream, name, at) : { op: 'name', name, at, depth: 1 };
}

function parseCall(stream: TokenStream, name: string, nameAt: Span): Syntax | null {
  stream.position += 1;
  const list = parseList(stream, parseOr, ')');
  if (list === null) return null;
  const at = { start: nameAt.start, end: list.end };
  return withinDepth(stream, { op: 'call', name, nameAt, args: list.items, at, depth: heightOver(...list.items) });
}

function parseMember(stream: TokenStream, name: string, at: Span): Syntax | null {
  stream.position += 1;
  const token = peek(stream);
  if (token.type !== 'name') return refuseHere(stream, say('kind or index', ' kind 或 index'));
  stream.position += 1;
  const span = { start: at.start, end: token.at.end };
  return { op: 'member', name, member: token.text, memberAt: token.at, at: span, depth: 1 };
}

/** Reads the shape of a source. Null, with at least one problem noted, where it has none. */
export function parseSyntax(source: string, problems: ExpressionProblem[]): Syntax | null {
  const tokens = readTokens(source, problems);
  if (problems.length > 0) return null;
  const stream: TokenStream = { source, tokens, problems, position: 0, nesting: 0 };
  const syntax = parseOr(stream);
  if (syntax === null) return null;
  return peek(stream).type === 'end' ? syntax : refuseTrailing(stream);
}
