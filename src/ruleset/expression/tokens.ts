import { say } from '../../i18n/text.ts';
import type { Span } from './expression.ts';
import { type Lexeme, matchAt, type Token } from './lexeme.ts';
import { readNumeric } from './numeric-token.ts';
import { type ExpressionProblem, report, shorten } from './problem.ts';

const SPACE = /\s+/y;
const NAME = /[\p{L}_][\p{L}\p{M}\p{N}_]*/uy;
const SYMBOL = /==|<>|&&|\|\||!=|<=|>=|[()[\],.+\-*/=<>!]/y;
const UNREADABLE = /[^\s\p{L}\p{N}_()[\],.+\-*/=<>!"'`]+/uy;

/** What people write, and what the language wants. */
const INSTEAD: ReadonlyMap<string, string> = new Map([
  ['==', '='],
  ['<>', '!='],
  ['&&', 'and'],
  ['||', 'or'],
  ['!', 'not'],
  ['≠', '!='],
  ['≤', '<='],
  ['≥', '>='],
  ['＝', '='],
  ['＞', '>'],
  ['＜', '<'],
  ['！', 'not'],
  ['（', '('],
  ['）', ')'],
  ['【', '['],
  ['】', ']'],
  ['，', ','],
  ['、', ','],
  ['×', '*'],
  ['÷', '/'],
  ['＋', '+'],
  ['－', '-'],
  ['−', '-'],
  ['–', '-'],
  ['“', '"'],
  ['”', '"'],
  ['‘', "'"],
  ['’', "'"],
  ['％', '%'],
]);

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\\', '\\'],
  ['"', '"'],
  ["'", "'"],
  ['n', '\n'],
  ['t', '\t'],
]);

function readText(source: string, start: number): Lexeme {
  const quote = source[start];
  let text = '';
  let badEscape: Span | null = null;
  for (let offset = start + 1; offset < source.length; offset += 1) {
    const character = source[offset]!;
    if (character === quote) {
      if (badEscape === null) return { type: 'text', text, at: { start, end: offset + 1 } };
      const message = say('unknown escape; write \\\\ for a backslash', '未知的转义；反斜杠请写成 \\\\');
      return { type: 'problem', at: badEscape, message, resume: offset + 1 };
    }
    if (character !== '\\') {
      text += character;
      continue;
    }
    const meant = ESCAPES.get(source[offset + 1] ?? '');
    if (meant === undefined) badEscape ??= { start: offset, end: Math.min(offset + 2, source.length) };
    text += meant ?? '';
    offset += 1;
  }
  const message = say(`the text is not closed; a ${quote} is missing`, `文本没有结束，缺少 ${quote}`);
  return { type: 'problem', at: { start, end: source.length }, message };
}

function readHeader(source: string, start: number): Lexeme {
  const close = source.indexOf('`', start + 1);
  if (close === -1) {
    const message = say('the header is not closed; a ` is missing', '列名没有结束，缺少 `');
    return { type: 'problem', at: { start, end: source.length }, message };
  }
  const at = { start, end: close + 1 };
  const text = source.slice(start + 1, close).trim();
  if (text === '') {
    return { type: 'problem', at, message: say('a header is expected between the backticks', '反引号之间应为列名') };
  }
  return { type: 'header', text, at };
}

function readForeign(source: string, start: number, symbol: string | null): Lexeme {
  const character = symbol ?? String.fromCodePoint(source.codePointAt(start)!);
  const instead = INSTEAD.get(character);
  if (instead !== undefined) {
    const message = say(`write ${instead} instead of ${character}`, `请用 ${instead} 代替 ${character}`);
    return { type: 'problem', at: { start, end: start + character.length }, message };
  }
  const run = matchAt(UNREADABLE, source, start) ?? character;
  const message = say(`unexpected character ${shorten(run)}`, `无法识别的字符 ${shorten(run)}`);
  return { type: 'problem', at: { start, end: start + run.length }, message };
}

function readLexeme(source: string, start: number): Lexeme {
  const first = source[start]!;
  if (first === '"' || first === "'") return readText(source, start);
  if (first === '`') return readHeader(source, start);
  if (first >= '0' && first <= '9') return readNumeric(source, start);
  const name = matchAt(NAME, source, start);
  if (name !== null) return { type: 'name', text: name.normalize('NFC'), at: { start, end: start + name.length } };
  const symbol = matchAt(SYMBOL, source, start);
  if (symbol === null || INSTEAD.has(symbol)) return readForeign(source, start, symbol);
  return { type: 'symbol', text: symbol, at: { start, end: start + symbol.length } };
}

/** Splits a source into tokens, in time linear in its length; the last one is `end`. Problems are added to the list. */
export function readTokens(source: string, problems: ExpressionProblem[]): readonly Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  while (offset < source.length) {
    offset += matchAt(SPACE, source, offset)?.length ?? 0;
    if (offset === source.length) break;
    const lexeme = readLexeme(source, offset);
    if (lexeme.type === 'problem') {
      report(problems, lexeme.at, lexeme.message);
      offset = lexeme.resume ?? lexeme.at.end;
    } else {
      tokens.push(lexeme);
      offset = lexeme.at.end;
    }
  }
  tokens.push({ type: 'end', at: { start: source.length, end: source.length } });
  return tokens;
}
