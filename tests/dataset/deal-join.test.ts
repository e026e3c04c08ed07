import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Column, MISSING, PRESENT } from '../../src/dataset/dataset.ts';
import { joinDeals, joinKey } from '../../src/dataset/deal-join.ts';
import { utf8Texts } from './utf8-texts.ts';

interface Cells {
  readonly texts: readonly string[];
  readonly codes: readonly number[];
  readonly missing: readonly boolean[];
}

function columnOf({ texts, codes, missing }: Cells, isBytes: boolean): Column {
  return {
    field: 'id',
    header: 'ID',
    position: 0,
    type: 'text',
    texts: isBytes ? utf8Texts(texts) : texts,
    codes: Int32Array.from(codes),
    state: Uint8Array.from(texts, (_, code) => (missing[code] === true ? MISSING : PRESENT)),
    numbers: new Float64Array(0),
    millis: null,
    currencies: [],
    reading: {},
    confidence: 1,
  };
}

/** Ids that differ in their case, in their last three characters, or by what is no letter of theirs. */
const id = fc.oneof(
  fc.string({ unit: fc.constantFrom('0', 'A', 'a'), minLength: 15, maxLength: 19 }),
  fc
    .tuple(fc.constantFrom('00600000000000A', '00600000000000a'), fc.constantFrom('', 'AAA', 'AAB', 'A-A', '商', '商 '))
    .map((parts) => parts.join('')),
  fc.constantFrom('', '1', '01', '1 ', '商机一号商机一号商机一号商机一号商', '商机一', 'é00000000000000AAA'),
);
const cells: fc.Arbitrary<Cells> = fc.uniqueArray(id, { minLength: 1, maxLength: 8 }).chain((texts) =>
  fc.record({
    texts: fc.constant(texts),
    codes: fc.array(fc.nat({ max: texts.length - 1 }), { maxLength: 20 }),
    missing: fc.array(fc.boolean(), { minLength: texts.length, maxLength: texts.length }),
  }),
);

/** Row by row, by the texts of the keys. */
function joinedByText(deals: Cells, other: Cells): number[] {
  const keyAt = ({ texts, codes, missing }: Cells, row: number): string | null =>
    missing[codes[row]!] === true ? null : joinKey(texts[codes[row]!]!);
  const keys = deals.codes.map((_, row) => keyAt(deals, row));
  return other.codes.map((_, row) => {
    const key = keyAt(other, row);
    return key === null ? -1 : keys.indexOf(key);
  });
}

it.each([
  [true, true],
  [true, false],
  [false, true],
  [false, false],
])('finds the first deal with the same key, whether texts are bytes or not (%j, %j)', (dealsAreBytes, othersAre) => {
  fc.assert(
    fc.property(cells, cells, (deals, other) => {
      const rows = joinDeals(columnOf(deals, dealsAreBytes), columnOf(other, othersAre));
      expect([...rows]).toEqual(joinedByText(deals, other));
    }),
  );
});

it('takes 15 and 18 characters of one id for the same, and of what is no such id all of them', () => {
  const deals = { texts: ['00600000000000A', '006-0000000000A'], codes: [0, 1], missing: [] };
  const texts = ['00600000000000AAAB', '006-0000000000AAAB', '00600000000000a', '00600000000000AAA'];
  const other = { texts, codes: [0, 1, 2, 3], missing: [] };
  expect([...joinDeals(columnOf(deals, true), columnOf(other, true))]).toEqual([0, -1, -1, -1]);
});
