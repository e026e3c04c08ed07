import { newcombe } from './intervals.ts';

/** A proportion as counted: `count` of `of`. */
export interface CountedProportion {
  readonly count: number;
  readonly of: number;
}

/**
 * 95 % interval of the difference of two proportions, a − b, −1–1: Newcombe's hybrid of the two Wilson intervals (see
 * `newcombe`). Where one of them has no base the difference can be anything: [−1, 1].
 * @throws RangeError unless each count lies between 0 and its base.
 */
export function newcombeInterval(a: CountedProportion, b: CountedProportion): readonly [number, number] {
  const result = newcombe(a, b);
  return result === null ? [-1, 1] : [result.lower, result.upper];
}
