import { createPartReplacer } from './redact-parts.ts';
import type { RedactionChoice, Secrets } from './redact-secrets.ts';
import { redactedText } from './redact-text.ts';

/** Longer than any cell that names something; what is longer is hashed as a whole. */
const LONGEST_SEARCHED = 20_000;
/** Texts remembered with what became of them; the same names come again and again. */
const MOST_REMEMBERED = 200_000;
/** How kinds join the cells of several fields in one text. */
const JOINT = ' · ';

/** Replaces what must not be seen. */
export interface Redactor {
  readonly secrets: Secrets;
  /** A text that is secret by where it stands. */
  hashed(text: string): string;
  /** A text of a cell that may be a secret, or have some in it. */
  searched(text: string): string;
  /** A text that may quote cells of any type, several joined by a dot. */
  quoted(text: string): string;
}

/** Remembers the first answers. */
function remembering(answer: (text: string) => string, most: number): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const result = answer(text);
    if (known.size < most) known.set(text, result);
    return result;
  };
}

/** A redactor for the secrets of one audit; hashes are made for what the report shows, and for nothing else. */
export function createRedactor(secrets: Secrets, { key }: Pick<RedactionChoice, 'key'>): Redactor {
  const { words, cells } = secrets;
  const hashed = remembering((text) => redactedText(text, key), Number.POSITIVE_INFINITY);
  const withoutParts = createPartReplacer(words, hashed);
  const searched = remembering((text) => {
    if (words.has(text) || words.has(text.trim()) || text.length > LONGEST_SEARCHED) return hashed(text);
    return withoutParts(text);
  }, MOST_REMEMBERED);
  const quotedPart = (text: string): string => (cells.has(text.trim()) ? hashed(text) : searched(text));
  return {
    secrets,
    hashed,
    searched,
    quoted: (text) => {
      if (words.has(text)) return hashed(text);
      return text.split(JOINT).map(quotedPart).join(JOINT);
    },
  };
}
