/** A computed number that carries its base: what `metric:` rules judge and people read. */
export interface Figure {
  /** `null` is unknown (a zero denominator, nothing observed). Rates are 0–1. */
  readonly value: number | null;
  /** What was counted, as in “31 of 412”; null where the figure is not a share. */
  readonly count: number | null;
  /** The base: deals, visits or amounts the figure rests on. */
  readonly of: number;
  /** 95 % interval, where one is known; its upper limit is infinite where it is not reached. */
  readonly interval: readonly [number, number] | null;
  /** What the value may yet become once pending deals are decided, sampling error aside: it passes only if all of it does. */
  readonly reach?: readonly [number, number];
  /** Deals the figure should rest on and cannot, as something is not known of them; they are counted as unknown. */
  readonly unknown?: number;
  readonly unit: FigureUnit;
  /** Currency of a money figure. */
  readonly currency: string | null;
  readonly basis: 'history' | 'snapshot';
  /** Why there is no value. */
  readonly note?: { readonly en: string; readonly zh: string };
  /** What was compared, where the value is the difference or the relative difference of two figures. */
  readonly compared?: Comparison;
  /** Rows of the deals that were counted, where their amount is worth telling. */
  readonly rows?: Int32Array;
}

/** `points` are percentage points, held as 0–1. */
export type FigureUnit = 'rate' | 'points' | 'days' | 'money' | 'count' | 'number';

/** A figure and what it was held against. */
export interface Comparison {
  readonly against: 'benchmark' | 'history' | 'probability' | 'target' | 'rest';
  readonly figure: Figure;
  /** `of` is 0 where it is a given number and not one computed from deals. */
  readonly reference: Figure;
}
