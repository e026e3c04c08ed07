import type { Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';

/** Brackets of what would be a link: texts of the data must not make any. */
const LINK_START = /\[(?=[^[\]]*\]\()/g;
const LINK_MIDDLE = /\](?=\()/g;

/** A message of SARIF, in which no text of the data can be a link. */
export function plainMessage(text: string): { readonly text: string } {
  return { text: text.replace(LINK_START, '\\[').replace(LINK_MIDDLE, '\\]') };
}

/** A text of the rules as a message. */
export function translatedMessage(text: Text, translator: Translator): { readonly text: string } {
  return plainMessage(translator.text(text));
}
