import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceToRest, distinctTests, testsAgainstRest } from '../../src/stats/against-rest.ts';
import { bandsBySize } from '../../src/stats/bands.ts';
import { countGroups, standardisedDifferences } from '../../src/stats/grouped-hits.ts';

describe('groups of hits', () => {
  // Group 0 hits 2 of 3, group 1 hits 0 of 2; one row is in no group, one does not count.
  const groups = { ofRow: Int32Array.of(0, 0, 0, 1, 1, -1, 1), size: 2 };
  const hits = Int8Array.of(1, 1, 0, 0, 0, 1, -1);
  const counts = countGroups(groups, hits);

  it('count what counts', () => {
    expect(counts).toEqual({ hits: Int32Array.of(2, 0), of: Int32Array.of(3, 2), allHits: 2, allOf: 5 });
    expect(differenceToRest(counts, 0)).toBeCloseTo(2 / 3, 12);
  });

  it('are two tests of which one counts, told of by the one that does worse', () => {
    expect(testsAgainstRest(counts).map(({ group }) => group)).toEqual([0, 1]);
    expect(distinctTests(counts, 1).map(({ group }) => group)).toEqual([1]);
    expect(distinctTests(counts, 3).map(({ group }) => group)).toEqual([0]);
  });

  it('differ as they do where all are in one stratum', () => {
    const rows = fc.array(fc.record({ group: fc.integer({ min: 0, max: 3 }), hit: fc.integer({ min: 0, max: 1 }) }), {
      minLength: 2,
    });
    fc.assert(
      fc.property(rows, (list) => {
        const own = { ofRow: Int32Array.from(list, ({ group }) => group), size: 4 };
        const outcome = Int8Array.from(list, ({ hit }) => hit);
        const tally = countGroups(own, outcome);
        const wanted = [0, 1, 2, 3].filter((group) => tally.of[group]! > 0 && tally.of[group]! < tally.allOf);
        const one = { ofRow: new Int32Array(list.length), size: 1 };
        const differences = standardisedDifferences(own, tally, wanted, outcome, one);
        for (const [index, group] of wanted.entries()) {
          expect(differences[index]).toBeCloseTo(differenceToRest(tally, group), 10);
        }
      }),
    );
  });
});

describe('bands of equal size', () => {
  it('are cut at the quantiles of each class, and leave out what is unknown', () => {
    // Class 0: 1 to 6 in thirds, limits 1 + 5/3 and 1 + 10/3; class 1: 100 and 200.
    const values = Float64Array.of(1, 2, 3, 4, 5, 6, Number.NaN, 100, 200);
    const bands = bandsBySize(values, (row) => Number(row > 6), 2, 3);
    expect([...bands.ofRow]).toEqual([0, 0, 1, 1, 2, 2, -1, 3, 5]);
    expect(bands.limits[0]?.[0]).toBeCloseTo(1 + 5 / 3, 12);
    expect(bands.size).toBe(6);
  });

  it('keep equal values together', () => {
    expect([...bandsBySize(Float64Array.of(0, 0, 0, 0, 9), () => 0, 1, 3).ofRow]).toEqual([0, 0, 0, 0, 2]);
  });
});
