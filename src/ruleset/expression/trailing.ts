import { say, type Text } from '../../i18n/text.ts';
import type { Token } from './lexeme.ts';

import { isSymbol, peek, refuse, type TokenStream, written } from './token-stream.ts';

/** Words that cannot be names. */
export const RESERVED_WORDS: ReadonlySet<string> = new Set(['and', 'or', 'not', 'in', 'is', 'true', 'false', 'today']);

const WORDS_INSTEAD: ReadonlyMap<string, string> = new Map([
  ['且', 'and'],
  ['并且', 'and'],
  ['而且', 'and'],
  ['或', 'or'],
  ['或者', 'or'],
  ['非', 'not'],
  ['属于', 'in'],
]);

function adviceFor(previous: Token | undefined, token: Token): Text | null {
  if (isSymbol(token, ')', ']')) return say('nothing is open that it could close', '前面没有与之对应的左括号');
  if (isSymbol(token, '=', '!=', '<', '<=', '>', '>=')) {
    return say('join two comparisons with and', '两个比较之间请用 and 连接');
  }
  if (token.type !== 'name') return null;
  const lower = token.text.toLowerCase();
  const keyword = RESERVED_WORDS.has(lower) ? lower : WORDS_INSTEAD.get(token.text);
  if (keyword !== undefined && keyword !== token.text) return say(`write ${keyword}`, `请写 ${keyword}`);
  if (previous?.type !== 'name') return null;
  return say('put text of several words in quotes', '由多个词组成的文本请加引号');
}

/** Notes that the expression is complete and yet goes on. */
export function refuseTrailing(stream: TokenStream): null {
  const token = peek(stream);
  const found = written(stream, token) ?? '';
  const advice = adviceFor(stream.tokens[stream.position - 1], token);
  const message =
    advice === null
      ? say(`unexpected ${found}; and, or, or the end is expected`, `多余的 ${found}；此处应为 and、or 或结尾`)
      : say(`unexpected ${found}; ${advice.en}`, `多余的 ${found}；${advice.zh}`);
  return refuse(stream, token.at, message);
}
