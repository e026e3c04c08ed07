import { ERROR_TEXTS } from './error-texts.ts';
import { fillTemplate } from './i18n/template.ts';
import type { Args, ArgValue, Lang } from './i18n/text.ts';

export type ErrorCode = keyof typeof ERROR_TEXTS;

/** A failure the user can mend: one line that says what, where and what to do next. Ends the run with exit code 2. */
export class FunnelintError extends Error {
  readonly code: ErrorCode;
  readonly args: Args;

  constructor(code: ErrorCode, args: Args = {}) {
    super(errorText(code, args, 'en'));
    this.name = 'FunnelintError';
    this.code = code;
    this.args = args;
  }
}

function plain(value: ArgValue | undefined, lang: Lang): string | undefined {
  if (value === undefined) return undefined;
  if (value !== null && typeof value === 'object' && 'text' in value) return value.text[lang];
  return value === null || typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The message of a failure in one language, without its hint. */
export function errorText(code: ErrorCode, args: Args, lang: Lang): string {
  return fillTemplate(ERROR_TEXTS[code].text[lang], (slot) => plain(args[slot], lang));
}

/** What the user can do about a failure. */
export function errorHint(code: ErrorCode, args: Args, lang: Lang): string {
  return fillTemplate(ERROR_TEXTS[code].hint[lang], (slot) => plain(args[slot], lang));
}
