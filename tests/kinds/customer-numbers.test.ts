import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Column, MISSING, PRESENT } from '../../src/dataset/dataset.ts';
import { customerKey } from '../../src/kinds/customer-name.ts';
import { customerNumbers } from '../../src/kinds/customer-numbers.ts';
import { utf8Texts } from '../dataset/utf8-texts.ts';

function columnOf(names: readonly string[], isBytes: boolean): Column {
  return {
    field: 'account',
    type: 'text',
    header: 'Account',
    position: 0,
    codes: Int32Array.from(names.keys()),
    texts: isBytes ? utf8Texts(names) : names,
    state: Uint8Array.from(names, (name) => (name === '' ? MISSING : PRESENT)),
    numbers: new Float64Array(0),
    millis: null,
    currencies: [],
    reading: {},
    confidence: 1,
  };
}

/** Pairs of names with one number, as `one|other`. */
function togetherBy(numbers: ArrayLike<unknown>): readonly string[] {
  const pairs: string[] = [];
  for (let one = 0; one < numbers.length; one++) {
    for (let other = one + 1; other < numbers.length; other++) {
      if (numbers[one] === numbers[other]) pairs.push(`${one}|${other}`);
    }
  }
  return pairs;
}

const part = fc.constantFrom(
  ...['acme', 'Acme', 'ACME', 'and', 'And', 'Co', 'co.', 'Ltd', 'LIMITED', 'incorporated', 'corporation', 'kg', 'se'],
  ...[' ', '  ', '-', '&', '. ', '9', '12', '006000000000001AAA', '5f8f8c44b54764421b7156c9', '星河', '有限公司', 'é'],
);
const name = fc.oneof(
  fc.array(part, { maxLength: 7 }).map((parts) => parts.join(' ')),
  fc.array(part, { maxLength: 4 }).map((parts) => parts.join('')),
);

it('gives names one number where their keys are equal, and no others', () => {
  fc.assert(
    fc.property(fc.uniqueArray(name, { maxLength: 30 }), fc.boolean(), (names, isBytes) => {
      const column = columnOf(names, isBytes);
      const numbers = customerNumbers(column, () => true);
      const present = [...names.keys()].filter((code) => column.state[code] === PRESENT);
      expect(togetherBy(present.map((code) => numbers[code]))).toEqual(
        togetherBy(present.map((code) => customerKey(names[code]!))),
      );
    }),
    { numRuns: 2000 },
  );
});

it('numbers neither missing names nor those that nobody wants', () => {
  const column = columnOf(['Acme', '', 'Blue Sky', 'acme inc'], true);
  expect([...customerNumbers(column, (code) => code !== 2)]).toEqual([0, -1, -1, 0]);
});

it('looks through names of any length', () => {
  const long = 'a b '.repeat(200);
  const column = columnOf([long.trim(), `${long}Ltd`, 'a b'], true);
  expect([...customerNumbers(column, () => true)]).toEqual([0, 0, 1]);
});

it('lets a name of nothing but legal forms keep the first of them', () => {
  const column = columnOf(['Limited', 'limited co', 'Co Limited', 'and Co', 'and'], true);
  expect([...customerNumbers(column, () => true)]).toEqual([0, 0, 1, 2, 2]);
});
