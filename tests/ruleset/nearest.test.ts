import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearest } from '../../src/ruleset/nearest.ts';

const FIELDS = ['amount', 'close', 'created', 'owner', '金额', '预计成交日期'];

describe('nearest', () => {
  it.each([
    ['amuont', 'amount'],
    ['amoun', 'amount'],
    ['ammount', 'amount'],
    ['AMOUNT', 'amount'],
    ['clsoe', 'close'],
    ['ｏｗｎｅｒ', 'owner'],
    ['余额', '金额'],
    ['预计成交时间', '预计成交日期'],
  ])('%s → %s', (name, expected) => {
    expect(nearest(name, FIELDS)).toBe(expected);
  });

  it.each(['', 'x', 'region', 'amounts_by_year', '客户'])('finds nothing near “%s”', (name) => {
    expect(nearest(name, FIELDS)).toBeNull();
  });

  it('counts a swap of neighbours as one edit', () => {
    expect(nearest('won', ['own'])).toBe('own');
    expect(nearest('won', ['now'])).toBeNull();
  });

  it('takes the first of equally near candidates', () => {
    expect(nearest('loss', ['lost', 'boss'])).toBe('lost');
    expect(nearest('loss', ['boss', 'lost'])).toBe('boss');
  });

  it('answers with a candidate or null, and with the name itself where that is one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(fc.string()), (name, candidates) => {
        const found = nearest(name, candidates);
        expect(found === null || candidates.includes(found)).toBe(true);
        if (name !== '') expect(nearest(name, [name])).toBe(name);
      }),
      { seed: 1 },
    );
  });
});
