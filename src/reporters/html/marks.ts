import type { Tone } from '../../report/document.ts';

/** Signs that tell tones apart where colours do not. */
export const MARKS: Readonly<Record<Tone, string>> = {
  bad: '✖',
  warn: '!',
  good: '✔',
  muted: '?',
  plain: '·',
  strong: '▸',
};
