import fc from 'fast-check';
import { expect, it } from 'vitest';
import { markedRows, rowsByGroup } from '../../src/kinds/grouped-rows.ts';

it('puts the rows of each group together, in their order', () => {
  const row = fc.record({ group: fc.integer({ min: 0, max: 4 }), isMarked: fc.boolean() });
  fc.assert(
    fc.property(fc.array(row), (deals) => {
      const marked = markedRows(Uint8Array.from(deals, ({ isMarked }) => Number(isMarked)));
      const { offsets, rows } = rowsByGroup(
        marked,
        Int32Array.from(deals, ({ group }) => group),
        5,
      );
      const groups = [0, 1, 2, 3, 4].map((group) => [...rows.subarray(offsets[group], offsets[group + 1])]);
      expect(groups).toEqual(
        [0, 1, 2, 3, 4].map((wanted) =>
          [...deals.entries()].flatMap(([row, { group, isMarked }]) => (isMarked && group === wanted ? [row] : [])),
        ),
      );
    }),
  );
});
