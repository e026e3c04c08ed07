/** The two languages every text of the product exists in. */
export type Lang = 'en' | 'zh';

/** One text in both languages; a missing language does not compile. */
export interface Text {
  readonly en: string;
  readonly zh: string;
}

/** One text in both languages. */
export function say(en: string, zh: string): Text {
  return { en, zh };
}

/**
 * A value for a slot of a message, free of language: the translator turns `{ stage: 'won' }` into the label of the
 * stage and `{ days: 31 }` into “31 days” or “31 天”. Plain JSON, so that it survives in a saved report.
 */
export type ArgValue =
  | string
  | number
  | null
  | { readonly field: string }
  /** A field with the text of its cell, null where it is empty. */
  | { readonly cellOf: string; readonly value: string | null }
  | { readonly stage: string }
  | { readonly money: number; readonly currency: string | null }
  /** ISO calendar date, with the time of day behind a space where it counts. */
  | { readonly date: string }
  | { readonly days: number }
  /** 0–1. */
  | { readonly rate: number }
  /** A text, with values of its own for its slots. */
  | { readonly text: Text; readonly args?: Args }
  | { readonly list: readonly ArgValue[] };

export type Args = Readonly<Record<string, ArgValue>>;
