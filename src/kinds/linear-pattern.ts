import { createRequire } from 'node:module';
import type * as Engine from 're2js';

/** Longer expressions take noticeable time on every text. */
const MOST_CHARACTERS = 500;
/** Instructions of a compiled expression; the time it takes on a text is at most proportional to them. */
const MOST_INSTRUCTIONS = 2000;

/** Tells of each text whether the expression is found in it. */
export type PatternTest = (text: string) => boolean;

let load: NodeJS.Require | null = null;
const compiled = new Map<string, PatternTest>();

/**
 * A regular expression in the syntax of RE2 (no look-around, no back-references) that takes time in proportion to the
 * text, whatever both are. It is found anywhere in a text unless `^` and `$` say otherwise. The engine is loaded when
 * the first one is compiled, for most runs have none.
 * @throws Error with what is wrong with the expression.
 */
export function compilePattern(source: string): PatternTest {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  if (source.length > MOST_CHARACTERS) throw new Error(`longer than ${MOST_CHARACTERS} characters`);
  load ??= createRequire(import.meta.url);
  const { RE2JS } = load('re2js') as typeof Engine;
  const pattern = RE2JS.compile(source);
  if (pattern.programSize() > MOST_INSTRUCTIONS) throw new Error('repeats too much');
  const test: PatternTest = (text) => pattern.test(text);
  compiled.set(source, test);
  return test;
}

/** What is wrong with an expression, null for a sound one. */
export function patternMistake(source: string): string | null {
  try {
    compilePattern(source);
    return null;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return error.message.replace(/^error parsing regexp: /, '');
  }
}
