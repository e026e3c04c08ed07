import fc from 'fast-check';

/** Harm done to bytes. */
export type Damage = (bytes: Buffer) => Buffer;

const place = (bytes: Buffer, at: number): number => at % Math.max(1, bytes.length);

function putIn(bytes: Buffer, at: number, piece: Uint8Array): Buffer {
  const start = place(bytes, at);
  return Buffer.concat([bytes.subarray(0, start), piece, bytes.subarray(start)]);
}

/** Another byte in the place of one. */
export const flip = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })).map(
  ([at, bits]): Damage =>
    (bytes) => {
      const copy = Buffer.from(bytes);
      if (copy.length > 0) copy[place(bytes, at)] = (copy[place(bytes, at)] as number) ^ bits;
      return copy;
    },
);
/** A piece of it once more, elsewhere. */
export const slice = fc.tuple(fc.nat(), fc.nat({ max: 60 }), fc.nat()).map(
  ([from, length, to]): Damage =>
    (bytes) => {
      const start = place(bytes, from);
      return putIn(bytes, to, bytes.subarray(start, start + length));
    },
);
/** A quote mark put in. */
export const quote = fc.nat().map(
  (at): Damage =>
    (bytes) =>
      putIn(bytes, at, Buffer.from('"')),
);
/** A line end put in. */
export const lineBreak = fc.nat().map(
  (at): Damage =>
    (bytes) =>
      putIn(bytes, at, Buffer.from('\n')),
);
/** A piece of it left out. */
export const loss = fc.tuple(fc.nat(), fc.nat({ max: 30 })).map(
  ([at, length]): Damage =>
    (bytes) => {
      const start = place(bytes, at);
      return Buffer.concat([bytes.subarray(0, start), bytes.subarray(start + length)]);
    },
);
/** All behind some byte left out. */
export const end = fc.nat().map(
  (at): Damage =>
    (bytes) =>
      bytes.subarray(0, place(bytes, at)),
);
/** Another number in the place of one: of a row, a cell, a string, a style. */
export const otherNumber = fc
  .tuple(fc.nat(), fc.constantFrom('0', '1', '3', '41', '-1', '', '16385', '1048577', '99999999999'))
  .map(
    ([index, number]): Damage =>
      (bytes) => {
        const text = bytes.toString('latin1');
        const found = [...text.matchAll(/\d+/g)];
        const match = found[index % Math.max(1, found.length)];
        if (match === undefined) return bytes;
        return Buffer.from(text.slice(0, match.index) + number + text.slice(match.index + match[0].length), 'latin1');
      },
  );

/** One to three harms of the kinds given. */
export function anyOf(...kinds: readonly fc.Arbitrary<Damage>[]): fc.Arbitrary<Damage> {
  const several = fc.array(fc.oneof(...kinds), { minLength: 1, maxLength: 3 });
  return several.map((all) => (bytes) => all.reduce((harmed, each) => each(harmed), bytes));
}
