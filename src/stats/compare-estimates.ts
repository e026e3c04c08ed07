/** A number with its 95 % interval; a constant has the interval [value, value]. */
export interface Estimate {
  readonly value: number;
  readonly interval: readonly [number, number] | null;
}

/**
 * Interval of first − second from the intervals of two independent estimates (MOVER): lower
 * d − √((e1−l1)² + (u2−e2)²), upper d + √((u1−e1)² + (e2−l2)²); null where one has none. For two Wilson intervals it is
 * Newcombe's (`newcombe`). Source: Zou and Donner, Statistics in Medicine 27 (2008) 1693–1702.
 */
export function differenceInterval(first: Estimate, second: Estimate): readonly [number, number] | null {
  if (first.interval === null || second.interval === null) return null;
  const [low, high] = first.interval;
  const [secondLow, secondHigh] = second.interval;
  const difference = first.value - second.value;
  return [
    difference - Math.hypot(first.value - low, secondHigh - second.value),
    difference + Math.hypot(high - first.value, second.value - secondLow),
  ];
}

/**
 * 95 % interval of first ÷ second, of estimates that are never negative, from their intervals (MOVER-R); null where one
 * has none, or where the second may be 0. Source: Donner and Zou, Statistical Methods in Medical Research 21 (2012)
 * 347–359; the lower limit with its root moved below the line, where it cannot cancel out.
 */
export function ratioInterval(first: Estimate, second: Estimate): readonly [number, number] | null {
  if (first.interval === null || second.interval === null) return null;
  const [low, high] = first.interval;
  const [secondLow, secondHigh] = second.interval;
  if (!(secondLow > 0)) return null;
  const product = first.value * second.value;
  const firstLow = low * (2 * first.value - low);
  const base = secondLow * (2 * second.value - secondLow);
  const lowRoot = rootOf(product, firstLow * secondHigh * (2 * second.value - secondHigh));
  const highRoot = rootOf(product, high * (2 * first.value - high) * base);
  return [firstLow === 0 ? 0 : firstLow / (product + lowRoot), (product + highRoot) / base];
}

/** √(product² − part); rounding may take it below 0, where it is 0. */
function rootOf(product: number, part: number): number {
  return Math.sqrt(Math.max(0, product * product - part));
}
