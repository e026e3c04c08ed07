import { NORMAL_975, wilson } from './intervals.ts';

/** Rate of a part divided by that of the whole it belongs to, with its 95 % interval. */
export interface Lift {
  readonly value: number;
  readonly interval: readonly [number, number];
}

/** Proportion with half a hit and half a miss added, whose variance is not 0 at the ends. */
function smoothed({ count, of }: { readonly count: number; readonly of: number }): number {
  return (count + 0.5) / (of + 1);
}

/**
 * Lift of a part: its rate p over that of all, P = w·p + (1 − w)·q, where q is the rate of the rest and w the share of
 * the part; null where nothing was hit or a base is empty. The interval is symmetrical on the log scale, by the delta
 * method: variance (1/p − w/P)²·p(1−p)/n + ((1−w)/P)²·q(1−q)/m, with half a hit and half a miss added to each; of a part
 * without a hit it goes from 0 to Wilson's upper limit over P.
 */
export function liftOf(
  own: { readonly count: number; readonly of: number },
  rest: { readonly count: number; readonly of: number },
): Lift | null {
  const all = (own.count + rest.count) / (own.of + rest.of);
  if (!(own.of > 0 && rest.of > 0 && all > 0)) return null;
  const value = own.count / own.of / all;
  if (own.count === 0) return { value, interval: [0, (wilson(0, own.of)?.[1] ?? 1) / all] };
  const share = own.of / (own.of + rest.of);
  const p = smoothed(own);
  const q = smoothed(rest);
  const pooled = share * p + (1 - share) * q;
  const byOwn = (1 / p - share / pooled) ** 2 * ((p * (1 - p)) / own.of);
  const byRest = ((1 - share) / pooled) ** 2 * ((q * (1 - q)) / rest.of);
  const spread = Math.exp(NORMAL_975 * Math.sqrt(byOwn + byRest));
  return { value, interval: [value / spread, value * spread] };
}
