import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Column, MISSING, PRESENT } from '../../src/dataset/dataset.ts';
import { type Damage, idDamages } from '../../src/kinds/id-damage.ts';
import { type Texts, textsOfBytes } from '../../src/source/texts.ts';

function columnOf(texts: Texts, state: Uint8Array): Column {
  return {
    ...{ field: 'id', type: 'text', header: 'id', position: 0, codes: Int32Array.from({ length: texts.length }) },
    ...{ texts, state, numbers: new Float64Array(), millis: null, currencies: [], reading: {}, confidence: 1 },
  };
}

function damages(ids: readonly string[]): (Damage | null)[] {
  const damageOf = idDamages(columnOf(ids, new Uint8Array(ids.length).fill(PRESENT)));
  return ids.map((_, code) => damageOf(code));
}

/** The same ids as they stand in a file, one behind another. */
function inBytes(ids: readonly string[]): Texts {
  const starts = new Uint32Array(ids.length + 1);
  for (const [code, id] of ids.entries()) starts[code + 1] = starts[code]! + Buffer.byteLength(id);
  return textsOfBytes(Buffer.from(ids.join('')), starts);
}

const zeros = (digits: number) => ({ by: 'zeros', digits });

describe('what a spreadsheet has done to ids', () => {
  it('finds ids that lost their zeros where the others have one length', () => {
    expect(damages(['00012', '12', '70012', 'A1'])).toEqual([null, zeros(5), null, null]);
    expect(damages(['00012', '012', '7'])).toEqual([null, null, null]);
    expect(damages(['0', '12'])).toEqual([null, null]);
  });

  it('finds long ids that all end in zeros, and none where one does not', () => {
    const rounded = ['1234567890123450000', '9876543210123450000'];
    expect(damages(rounded)).toEqual([{ by: 'rounding' }, { by: 'rounding' }]);
    expect(damages([...rounded, '1234567890123450001'])).toEqual([null, null, null]);
    expect(damages(rounded.slice(0, 1))).toEqual([null]);
    expect(damages(['123456789012345', '123456789012346'])).toEqual([null, null]);
  });

  it('finds ids shortened to a power of ten', () => {
    expect(damages(['1.2E+17', '1,2e+5', '12E+17', '1E+', '+1E5'])).toEqual([
      { by: 'rounding' },
      { by: 'rounding' },
      null,
      null,
      null,
    ]);
  });

  it('finds ids that differ in case only, in letters of any script', () => {
    expect(damages(['abc-1', 'ABC-1', 'Abc-1'])).toEqual([
      { by: 'case', other: 'ABC-1' },
      { by: 'case', other: 'abc-1' },
      { by: 'case', other: 'abc-1' },
    ]);
    expect(damages(['é-1', 'É-1'])).toEqual([
      { by: 'case', other: 'É-1' },
      { by: 'case', other: 'é-1' },
    ]);
    expect(damages(['00Q5g00000aBcDe', '00Q5g00000abcde'])).toEqual([null, null]);
  });

  it('does not count what is missing', () => {
    const damageOf = idDamages(columnOf(['00012', '12'], Uint8Array.of(MISSING, PRESENT)));
    expect(damageOf(1)).toBeNull();
  });

  it('says the same of ids that are known by their bytes', () => {
    const id = fc.oneof(
      fc.stringMatching(/^0{0,3}[0-9]{1,4}$/),
      fc.stringMatching(/^[0-9]{14,16}0{1,4}$/),
      fc.stringMatching(/^[aAbBéÉ商1-]{1,3}$/),
      fc.constantFrom('1.2E+17', '3e+5', '+', ' 007', '007 '),
    );
    fc.assert(
      fc.property(fc.uniqueArray(id, { maxLength: 12 }), (ids) => {
        const state = new Uint8Array(ids.length).fill(PRESENT);
        const damageOf = idDamages(columnOf(inBytes(ids), state));
        expect(ids.map((_, code) => damageOf(code))).toEqual(damages(ids));
      }),
    );
  });
});
