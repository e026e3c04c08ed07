/**
 * A seeded source of chance: the same seed gives the same samples on every machine.
 *
 * @typedef {object} Chance
 * @property {() => number} next 0 up to, not including, 1
 * @property {(low: number, high: number) => number} integer both ends included
 * @property {(share: number) => boolean} happens
 * @property {<T>(list: readonly T[]) => T} pick
 * @property {<T>(list: readonly T[], weight: (item: T) => number) => T} pickWeighted
 * @property {(median: number, sigma: number) => number} lognormal
 * @property {<T>(list: readonly T[]) => T[]} shuffle a shuffled copy
 */

/**
 * Mulberry32, 32 bits of state.
 *
 * @param {number} seed
 * @returns {Chance}
 */
export function createChance(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const integer = (low, high) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    integer,
    happens: (share) => next() < share,
    pick: (list) => list[integer(0, list.length - 1)],
    pickWeighted(list, weight) {
      const total = list.reduce((sum, item) => sum + weight(item), 0);
      let left = next() * total;
      for (const item of list) {
        left -= weight(item);
        if (left < 0) return item;
      }
      return list[list.length - 1];
    },
    lognormal: (median, sigma) => median * Math.exp(sigma * standardNormal(next)),
    shuffle(list) {
      const copy = [...list];
      for (let last = copy.length - 1; last > 0; last--) {
        const other = integer(0, last);
        [copy[last], copy[other]] = [copy[other], copy[last]];
      }
      return copy;
    },
  };
}

/** Irwin–Hall with twelve terms: sums, unlike sines, are the same to the last bit everywhere. */
function standardNormal(next) {
  let sum = -6;
  for (let term = 0; term < 12; term++) sum += next();
  return sum;
}
