import { say, type Text } from '../../i18n/text.ts';
import type { Span } from './expression.ts';
import type { Token } from './lexeme.ts';
import { type ExpressionProblem, report, shorten } from './problem.ts';
import { MAX_DEPTH, type Syntax } from './syntax.ts';

/** Where the parser stands. */
export interface TokenStream {
  readonly source: string;
  readonly tokens: readonly Token[];
  readonly problems: ExpressionProblem[];
  position: number;
  /** Open parentheses, `not` and `-` around the current token. */
  nesting: number;
}

/** The token at the current place, or some places on; past the end it is `end`. */
export function peek(stream: TokenStream, ahead = 0): Token {
  return stream.tokens[Math.min(stream.position + ahead, stream.tokens.length - 1)]!;
}

export function isSymbol(token: Token, ...symbols: readonly string[]): boolean {
  return token.type === 'symbol' && symbols.includes(token.text);
}

export function isWord(token: Token, ...words: readonly string[]): boolean {
  return token.type === 'name' && words.includes(token.text);
}

/** Steps over the current token if it is the symbol or keyword. */
export function accept(stream: TokenStream, text: string): boolean {
  const token = peek(stream);
  const found = isSymbol(token, text) || isWord(token, text);
  if (found) stream.position += 1;
  return found;
}

/** Notes a problem; null stands for the syntax that could not be read. */
export function refuse(stream: TokenStream, span: Span, message: Text): null {
  report(stream.problems, span, message);
  return null;
}

/** The token as the source has it, shortened; null at the end. */
export function written(stream: TokenStream, token: Token): string | null {
  if (token.type === 'end') return null;
  return shorten(stream.source.slice(token.at.start, token.at.end));
}

/** Notes that something else was expected here. */
export function refuseHere(stream: TokenStream, expected: Text): null {
  const token = peek(stream);
  const found = written(stream, token);
  const message =
    found === null
      ? say(`the expression ends too early; ${expected.en} is expected`, `表达式不完整，此处应为${expected.zh}`)
      : say(`${expected.en} is expected instead of ${found}`, `此处应为${expected.zh}，而不是 ${found}`);
  return refuse(stream, token.at, message);
}

function refuseDepth(stream: TokenStream, span: Span): null {
  return refuse(
    stream,
    span,
    say(`the expression is nested more than ${MAX_DEPTH} deep`, `表达式嵌套超过 ${MAX_DEPTH} 层`),
  );
}

/** Parses something that may hold the same kind of thing again, within the limit of nesting. */
export function nested(stream: TokenStream, parse: (stream: TokenStream) => Syntax | null): Syntax | null {
  if (stream.nesting >= MAX_DEPTH) return refuseDepth(stream, peek(stream).at);
  stream.nesting += 1;
  const syntax = parse(stream);
  stream.nesting -= 1;
  return syntax;
}

/** Lets a tree pass that is not too high. */
export function withinDepth(stream: TokenStream, syntax: Syntax): Syntax | null {
  return syntax.depth > MAX_DEPTH ? refuseDepth(stream, syntax.at) : syntax;
}
