import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { valuesByGroup } from '../../src/stats/values-by-group.ts';

const GROUPS = 4;
const entry = fc.record({
  value: fc.oneof(fc.integer({ min: 0, max: 50 }), fc.constant(Number.NaN)),
  group: fc.integer({ min: -1, max: GROUPS - 1 }),
});

describe('valuesByGroup', () => {
  it('puts the known values of each group together in their order', () => {
    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        const values = Float64Array.from(entries, ({ value }) => value);
        const together = valuesByGroup(
          values,
          entries.map(({ group }) => group),
          GROUPS,
        );
        const expected = Array.from({ length: GROUPS }, (_, wanted) =>
          entries.filter(({ group, value }) => group === wanted && !Number.isNaN(value)).map(({ value }) => value),
        );
        expect(expected.map((_, group) => Array.from(together.ofGroup(group)))).toEqual(expected);
        expect(Array.from(together.values)).toEqual(expected.flat());
      }),
    );
  });
});
