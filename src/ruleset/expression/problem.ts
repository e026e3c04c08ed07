import { say, type Text } from '../../i18n/text.ts';
import type { Span } from './expression.ts';

/** A mistake in an expression: where it stands in the source, and what to write instead where that is clear. */
export interface ExpressionProblem {
  readonly span: Span;
  readonly message: Text;
}

/** What parsing yields: the value, or at least one problem. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly ExpressionProblem[] };

/** More problems than this in one expression help nobody. */
export const MAX_PROBLEMS = 20;

/** A message followed by an advice, if there is one. */
export function withAdvice(message: Text, advice: Text | null): Text {
  return advice === null ? message : say(`${message.en}; ${advice.en}`, `${message.zh}；${advice.zh}`);
}

/** “did you mean …?”, or null when nothing is near. */
export function didYouMean(name: string | null): Text | null {
  return name === null ? null : say(`did you mean "${name}"?`, `是否想写“${name}”？`);
}

/** Notes a problem, up to the limit. */
export function report(problems: ExpressionProblem[], span: Span, message: Text): void {
  if (problems.length < MAX_PROBLEMS) problems.push({ span, message });
}

const LONGEST_QUOTE = 40;

/** A piece of the source as a message shows it. */
export function shorten(text: string): string {
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}
