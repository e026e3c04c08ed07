import { FLAG_ERROR_TEXTS } from './flag-error-texts.ts';
import type { Text } from './i18n/text.ts';
import { INIT_ERROR_TEXTS } from './init-error-texts.ts';
import { OUTPUT_ERROR_TEXTS } from './output-error-texts.ts';
import { READING_ERROR_TEXTS } from './reading-error-texts.ts';
import { RULES_ERROR_TEXTS } from './rules-error-texts.ts';

/** What the user is told of each failure: what happened where, and in `hint` what to do next. */
export const ERROR_TEXTS = {
  ...READING_ERROR_TEXTS,
  ...INIT_ERROR_TEXTS,
  ...FLAG_ERROR_TEXTS,
  ...OUTPUT_ERROR_TEXTS,
  ...RULES_ERROR_TEXTS,
} as const satisfies Record<string, { text: Text; hint: Text }>;
