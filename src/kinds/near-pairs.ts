import { isAlike, likeness, type NameShape, nameShape } from './near-likeness.ts';

/** Called for each pair of alike names, by their indexes; likeness 0–1. */
export type VisitPair = (one: number, other: number, likeness: number) => void;

/** Names that one name is compared with at most: enough for what is rare, and never quadratic. */
const MOST_COMPARED = 24;
/** Share of its grams that a name has in common with any name like it, at the least. */
const SHARED_IDEOGRAPHIC = 0.53;
const SHARED_WORDS = 0.33;

/** Lists of numbers, one behind the other: list `n` is `items[offsets[n]] .. items[offsets[n + 1] - 1]`. */
interface Lists {
  readonly offsets: Int32Array;
  readonly items: Int32Array;
}

/** Numbers the different values it is asked about, from 0. */
function numbering<Value>(): (value: Value) => number {
  const numbers = new Map<Value, number>();
  return (value) => {
    const known = numbers.get(value);
    if (known !== undefined) return known;
    numbers.set(value, numbers.size);
    return numbers.size - 1;
  };
}

/** The blocks of each name: one for each of its grams, apart for what numbers the name and for its script. */
function blocksOfNames(shapes: readonly NameShape[]): Lists {
  const classOf = numbering<string>();
  const classes = shapes.map(({ numbers, isIdeographic }) => classOf(`${isIdeographic ? 'c' : 'w'}${numbers}`));
  const classCount = classes.reduce((most, number) => Math.max(most, number + 1), 0);
  const gramNumber = numbering<number>();
  const blockNumber = numbering<number>();
  const offsets = new Int32Array(shapes.length + 1);
  for (const [name, { grams }] of shapes.entries()) offsets[name + 1] = (offsets[name] as number) + grams.length;
  const items = new Int32Array(offsets[shapes.length] as number);
  let next = 0;
  for (const [name, { grams }] of shapes.entries()) {
    for (const gram of grams) items[next++] = blockNumber(gramNumber(gram) * classCount + (classes[name] as number));
  }
  return { offsets, items };
}

/** The names of each block, ascending. */
function namesOfBlocks({ offsets, items }: Lists): Lists {
  const blockCount = items.reduce((most, block) => Math.max(most, block + 1), 0);
  const starts = new Int32Array(blockCount + 1);
  for (const block of items) starts[block + 1]!++;
  for (let block = 0; block < blockCount; block++) starts[block + 1]! += starts[block] as number;
  const names = new Int32Array(items.length);
  const next = starts.slice();
  for (let name = 0; name + 1 < offsets.length; name++) {
    const end = offsets[name + 1] as number;
    for (let at = offsets[name] as number; at < end; at++) names[next[items[at] as number]!++] = name;
  }
  return { offsets: starts, items: names };
}

/**
 * Visits the pairs of names that are alike but not equal. Each name is compared with those it shares one of its rarest
 * grams with, at most `MOST_COMPARED` of them; of two names as alike as that, one has such a gram.
 * @param names normalised, distinct, in an order that does not depend on the rows
 */
export function visitAlikePairs(names: readonly string[], visit: VisitPair): void {
  const shapes = names.map(nameShape);
  const blocks = blocksOfNames(shapes);
  const members = namesOfBlocks(blocks);
  const sizeOf = (block: number): number => (members.offsets[block + 1] as number) - (members.offsets[block] as number);
  /** Where the names begin that stand behind the current one. */
  const behind = members.offsets.slice();
  const comparedWith = new Int32Array(names.length).fill(-1);

  function compare(one: number, block: number, most: number): number {
    const end = members.offsets[block + 1] as number;
    let compared = 0;
    for (let at = behind[block] as number; at < end && compared < most; at++) {
      const other = members.items[at] as number;
      if (comparedWith[other] === one) continue;
      comparedWith[other] = one;
      compared++;
      const shape = shapes[one] as NameShape;
      const value = likeness(shape, shapes[other] as NameShape);
      if (isAlike(value, shape)) visit(one, other, value);
    }
    return compared;
  }

  for (let one = 0; one < names.length; one++) {
    const own = blocks.items.subarray(blocks.offsets[one], blocks.offsets[one + 1]);
    for (const block of own) behind[block]!++;
    const shared = (shapes[one] as NameShape).isIdeographic ? SHARED_IDEOGRAPHIC : SHARED_WORDS;
    const rarest = own.sort((a, b) => sizeOf(a) - sizeOf(b) || a - b).subarray(0, telling(own.length, shared));
    let left = MOST_COMPARED;
    for (const block of rarest) left -= compare(one, block, left);
  }
}

/** Of so many grams, one of which a name must share with any name that has that share of them. */
function telling(grams: number, shared: number): number {
  return grams - Math.ceil(grams * shared) + 1;
}
