import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { buildJourneys } from '../../../src/dataset/journeys/journeys.ts';
import pathVariants, { type PathVariantsResult } from '../../../src/metrics/process/path-variants.ts';
import { contextOf, datasetOf, MICRO12_STAGES, stagesOf } from '../dataset-fixture.ts';

const RECEIPT = new URL('../../../../shared/reference/data/pm-receipt.csv.gz', import.meta.url);

describe('paths through the stages', () => {
  const rows = [
    'A,Lead,2024-01-01',
    'A,Qualified,2024-01-03',
    'A,Won,2024-01-11',
    'B,Lead,2024-01-01',
    'B,Qualified,2024-01-03',
    'B,Lost,2024-01-05',
    'C,Lead,2024-01-01',
    'D,Won,2024-01-01',
    'E,Lead,2024-01-01',
    'E,Qualified,2024-01-02',
  ];
  const datasetWith = (history: readonly string[]) =>
    datasetOf({
      asOf: '2024-02-01',
      stages: MICRO12_STAGES,
      deals: 'id,stage\nA,Won\nB,Lost\nC,Lead\nD,Won\nE,Qualified\nF,Lead',
      history: ['id,stage,at', ...history].join('\n'),
    });
  const resultOf = (history = rows, details = false) =>
    pathVariants.compute(contextOf(datasetWith(history), { details })) as PathVariantsResult;

  it('leaves the closing out, so that a path can be won or lost', () => {
    const result = resultOf(rows, true);
    expect(result).toMatchObject({ deals: 5, dealsWithoutHistory: 1, variants: 3 });
    expect(result.top[0]).toMatchObject({
      stages: ['Lead', 'Qualified'],
      deals: 3,
      share: { count: 3, of: 5 },
      won: 1,
      lost: 1,
      open: 1,
      winRate: { count: 1, of: 2 },
      // A took ten days, B four.
      medianCycleDays: 7,
      dealKeys: ['A', 'B', 'E'],
    });
    expect(result.top.map(({ stages }) => stages)).toEqual([['Lead', 'Qualified'], [], ['Lead']]);
    expect(result.top.map(({ cumulative }) => cumulative.count)).toEqual([3, 4, 5]);
    expect(result.rest).toMatchObject({ variants: 0, deals: { count: 0, of: 5 } });
  });

  it('does not care for the order of the rows', () => {
    expect(resultOf(rows.toReversed())).toEqual(resultOf());
  });

  it('lists twenty paths at most and counts the rest', () => {
    const path = (deal: number) =>
      Array.from(
        { length: deal + 1 },
        (_, step) => `D${deal},${step % 2 === 0 ? 'Lead' : 'Qualified'},2024-01-${String(step + 1).padStart(2, '0')}`,
      );
    const deals = Array.from({ length: 25 }, (_, deal) => `D${deal},Lead`).join('\n');
    const history = Array.from({ length: 25 }, (_, deal) => path(deal)).flat();
    const dataset = datasetOf({
      asOf: '2024-02-01',
      stages: MICRO12_STAGES,
      deals: `id,stage\n${deals}`,
      history: ['id,stage,at', ...history].join('\n'),
    });
    const result = pathVariants.compute(contextOf(dataset)) as PathVariantsResult;
    expect(result.variants).toBe(25);
    expect(result.top).toHaveLength(20);
    expect(result.rest).toMatchObject({ variants: 5, deals: { count: 5, of: 25 } });
  });

  it.skipIf(!existsSync(RECEIPT))('finds the variants of the receipt log', () => {
    const cells = gunzipSync(readFileSync(RECEIPT))
      .toString()
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','));
    const cases = [...new Set(cells.map(([id]) => id!))];
    const activities = [...new Set(cells.map(([, activity]) => activity!))];
    const stages = stagesOf(activities.map((id) => ({ id })));
    const rowOf = new Map(cases.map((id, row) => [id, row]));
    const numberOf = new Map(activities.map((id, number) => [id, number]));
    const log = {
      dealOfRow: Int32Array.from(cells, ([id]) => rowOf.get(id!)!),
      stageOfRow: Int16Array.from(cells, ([, activity]) => numberOf.get(activity!)!),
      millisOfRow: Float64Array.from(cells, ([, , at]) =>
        Date.parse(at!.replace(' ', 'T').replace(/(\.\d{3})\d*/, '$1')),
      ),
      hasTime: true,
    };
    const context = { rowCount: cases.length, stages, asOfDay: 20_000 };
    const base = datasetOf({
      asOf: '2024-10-04',
      stages: [],
      deals: `id,stage\n${cases.map((id) => `${id},`).join('\n')}`,
    });
    const result = pathVariants.compute(
      contextOf({ ...base, ...context, journeys: buildJourneys(log, context) }),
    ) as PathVariantsResult;
    // 116 variants (pm4py), of which two are one where an activity repeats without a change; the top one has 49.7 %.
    expect(result.variants).toBe(115);
    expect(result.deals).toBe(1434);
    expect(result.top.slice(0, 5).map(({ deals }) => deals)).toEqual([713, 123, 116, 115, 75]);
    expect(result.top[0]!.share.value).toBeCloseTo(0.497, 3);
  });
});
