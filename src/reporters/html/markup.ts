import { safeText } from '../../i18n/safe-text.ts';

/** HTML that may go into the page as it is. */
export interface Markup {
  readonly markup: string;
}

/** What may stand in a slot of `html`: text is escaped, markup is not, null is nothing. */
export type Content = Markup | string | number | null | readonly Content[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text for any place of a page, between tags or within the quotes of an attribute. */
export function escaped(text: string): string {
  return safeText(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

function contentMarkup(content: Content): string {
  if (content === null) return '';
  if (typeof content === 'string') return escaped(content);
  if (typeof content === 'number') return String(content);
  if ('markup' in content) return content.markup;
  let joined = '';
  for (const each of content) joined += contentMarkup(each);
  return joined;
}

/** Markup from a template: the words of the source stay, whatever is put in is escaped. */
export function html(strings: TemplateStringsArray, ...slots: readonly Content[]): Markup {
  let markup = strings[0] ?? '';
  slots.forEach((slot, index) => {
    markup += contentMarkup(slot) + (strings[index + 1] ?? '');
  });
  return { markup };
}

/** Markup made elsewhere: of the program itself, or written out by a serializer that escapes. */
export function trusted(markup: string): Markup {
  return { markup };
}
