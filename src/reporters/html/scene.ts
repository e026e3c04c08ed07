import type { Translator } from '../../i18n/translator.ts';

/** What drawing a part of a page needs to know. */
export interface Scene {
  readonly translator: Translator;
  /** A new id, unique within the page. */
  readonly nextId: () => string;
}

/** The scene of one page; ids count from one, so that the same page has the same ids. */
export function createScene(translator: Translator): Scene {
  let last = 0;
  return {
    translator,
    nextId: () => {
      last += 1;
      return `i${last}`;
    },
  };
}
