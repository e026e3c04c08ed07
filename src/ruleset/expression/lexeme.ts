import type { Text } from '../../i18n/text.ts';
import type { Span } from './expression.ts';

/** The smallest pieces of an expression. Percents are 0–1, durations days, dates day numbers. */
export type Token = { readonly at: Span } & (
  | { readonly type: 'number' | 'percent' | 'duration' | 'date'; readonly value: number }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'name'; readonly text: string }
  | { readonly type: 'header'; readonly text: string }
  | { readonly type: 'symbol'; readonly text: string }
  | { readonly type: 'end' }
);

/** A token, or the problem that stands in its place; reading goes on at `resume`, else at `at.end`. */
export type Lexeme =
  | Token
  | { readonly type: 'problem'; readonly at: Span; readonly message: Text; readonly resume?: number };

/** Text that a sticky pattern finds at an offset, or null. */
export function matchAt(pattern: RegExp, source: string, offset: number): string | null {
  pattern.lastIndex = offset;
  return pattern.exec(source)?.[0] ?? null;
}
