/** A computed number that carries its base: what `metric:` rules judge and people read. */
export interface Figure {
  /** `null` is unknown (a zero denominator, nothing observed). Rates are 0–1. */
  readonly value: number | null;
  /** What was counted, as in “31 of 412”; null where the figure is not a share. */
  readonly count: number | null;
  /** The base: deals, visits or amounts the figure rests on. */
  readonly of: number;
  /** 95 % interval, where one is known. */
  readonly interval: readonly [number, number] | null;
  readonly unit: 'rate' | 'days' | 'money' | 'count' | 'number';
  /** Currency of a money figure. */
  readonly currency: string | null;
  readonly basis: 'history' | 'snapshot';
}
