import { describe, expect, it } from 'vitest';
import { chiSquareOfProportions } from '../../src/stats/chi-square.ts';
import { momentsOfChiSquare, proportionsAlike } from '../../src/stats/proportions-alike.ts';

type Group = { count: number; of: number };

function ways(of: number, count: number): number {
  let result = 1;
  for (let taken = 0; taken < count; taken += 1) result = (result * (of - taken)) / (taken + 1);
  return Math.round(result);
}

/** All tables with the same margins and in how many ways each comes about. */
function tablesOf(sizes: readonly number[], hits: number): { counts: number[]; ways: number }[] {
  const [size, ...others] = sizes;
  if (size === undefined) return hits === 0 ? [{ counts: [], ways: 1 }] : [];
  return Array.from({ length: Math.min(size, hits) + 1 }, (_, count) =>
    tablesOf(others, hits - count).map((rest) => ({
      counts: [count, ...rest.counts],
      ways: rest.ways * ways(size, count),
    })),
  ).flat();
}

function groupsOf(counts: readonly number[], sizes: readonly number[]): Group[] {
  return sizes.map((of, index) => ({ count: counts[index]!, of }));
}

describe('that several groups have one proportion', () => {
  it('is exact for two groups: 3 of 4 and 0 of 3 are no surprise', () => {
    // 3 hits of 7 fall in 35 ways: 4 like this, and 1 less likely still.
    expect(proportionsAlike(groupsOf([3, 0], [4, 3]))).toMatchObject({ method: 'exact', degrees: 1 });
    expect(proportionsAlike(groupsOf([3, 0], [4, 3]))?.probability).toBeCloseTo(5 / 35, 12);
  });

  it('is exact for small tables', () => {
    // 3 hits of 6 fall in 20 ways: 8 give one to each group, 2 each of the six orders of 2, 1 and 0.
    expect(proportionsAlike(groupsOf([2, 0, 1], [2, 2, 2]))?.probability).toBeCloseTo(12 / 20, 12);
    expect(proportionsAlike(groupsOf([1, 1, 1], [2, 2, 2]))?.probability).toBe(1);
    const sizes = [5, 7, 3, 4];
    const tables = tablesOf(sizes, 8);
    const all = tables.reduce((sum, table) => sum + table.ways, 0);
    expect(all).toBe(ways(19, 8));
    for (const { counts, ways: own } of tables.slice(0, 40)) {
      const unlikely = tables.filter((table) => table.ways <= own).reduce((sum, table) => sum + table.ways, 0);
      expect(proportionsAlike(groupsOf(counts, sizes))?.probability).toBeCloseTo(unlikely / all, 10);
    }
  });

  it('is Pearson’s χ² where five of each are expected everywhere', () => {
    const groups = groupsOf([12, 25, 30], [60, 70, 80]);
    expect(proportionsAlike(groups)).toEqual({ ...chiSquareOfProportions(groups), method: 'chiSquare' });
  });

  it('has the mean and variance of χ² under the margins where there are too many tables', () => {
    const sizes = [2, 3, 4, 6];
    const tables = tablesOf(sizes, 5);
    const all = tables.reduce((sum, table) => sum + table.ways, 0);
    const statistics = tables.map((table) => chiSquareOfProportions(groupsOf(table.counts, sizes))!.statistic);
    const mean = tables.reduce((sum, table, index) => sum + table.ways * statistics[index]!, 0) / all;
    const variance = tables.reduce((sum, table, index) => sum + table.ways * (statistics[index]! - mean) ** 2, 0) / all;
    const moments = momentsOfChiSquare(groupsOf([1, 1, 1, 2], sizes));
    expect(moments.mean).toBeCloseTo(mean, 10);
    expect(moments.variance).toBeCloseTo(variance, 10);
  });

  it('is not led astray by many tiny groups', () => {
    // Sixty groups of two with 20 hits in all. Ten both hit: χ² has its mean 59·120/119 and a small variance.
    const alike = Array.from({ length: 60 }, (_, group) => ({ count: group % 3 === 0 ? 1 : 0, of: 2 }));
    expect(proportionsAlike(alike)).toMatchObject({ method: 'moments' });
    expect(proportionsAlike(alike)?.probability).toBeGreaterThan(0.9);
    const apart = Array.from({ length: 60 }, (_, group) => ({ count: group < 10 ? 2 : 0, of: 2 }));
    expect(proportionsAlike(apart)?.probability).toBeLessThan(0.001);
    const single = Array.from({ length: 60 }, (_, group) => ({ count: Number(group < 10), of: 1 }));
    expect(proportionsAlike(single)?.probability).toBe(1);
  });

  it('is unknown for fewer than two groups, and where all hit or none', () => {
    expect(proportionsAlike(groupsOf([3, 0], [4, 0]))).toBeNull();
    expect(proportionsAlike(groupsOf([4, 3], [4, 3]))).toBeNull();
    expect(proportionsAlike(groupsOf([0, 0, 0], [4, 3, 2]))).toBeNull();
    expect(proportionsAlike([])).toBeNull();
  });
});
