import type { Block, Inline, Tone } from '../document.ts';

/** One component of the health score. */
export interface PageScorePart {
  readonly title: string;
  /** The figure in words, or that it could not be measured. */
  readonly value: string;
  /** 0–100; null where it could not be measured. */
  readonly points: number | null;
  /** Share of the whole score, 0–1. */
  readonly weight: number;
  /** From which value on there are no points, and from which all of them. */
  readonly note: string;
}

export interface PageScore {
  /** 0–100; null where too little of it can be measured. */
  readonly value: number | null;
  readonly text: string;
  /** How much of the score could be measured. */
  readonly coverage: string;
  readonly parts: readonly PageScorePart[];
}

/** A figure that is read at a glance, with its base. */
export interface PageTile {
  readonly label: string;
  readonly value: string;
  readonly detail: string;
  readonly tone?: Tone;
}

/** A part of the page; `id` is unique and made of `a`–`z` and `-`. */
export interface PageSection {
  readonly id: string;
  readonly title: string;
  readonly lead?: Inline;
  readonly blocks: readonly Block[];
}

/** A rule that fails or warns, as a reason for the verdict. */
export interface PageReason {
  /** Id of the rule. */
  readonly rule: string;
  readonly tone: 'bad' | 'warn';
  /** What should hold. */
  readonly title: string;
  /** How much is wrong, of how much, and the money. */
  readonly facts: readonly string[];
  /** What to do; empty where the rule gives no advice. */
  readonly advice: string;
}

/** Why the verdict is what it is. */
export interface PageReasons {
  /** The worst first. */
  readonly rules: readonly PageReason[];
  /** How many more there are; empty for none. */
  readonly more: string;
}

/** A report as one page to look at, free of how it is drawn. The table of the findings stands between tiles and sections. */
export interface Page {
  readonly title: string;
  readonly subtitle: string;
  /** `note` is for those who run the audit, as the exit code; empty for none. */
  readonly verdict: { readonly tone: Tone; readonly text: string; readonly note: string };
  readonly reasons: PageReasons;
  readonly score: PageScore;
  readonly tiles: readonly PageTile[];
  /** What there is to say of the findings before the first of them. */
  readonly findingsLead: string;
  readonly sections: readonly PageSection[];
}
