import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../../src/i18n/translator.ts';
import type { MetricContext } from '../../../src/metrics/define.ts';
import winSegments, { type WinSegmentsResult } from '../../../src/metrics/win/win-segments.ts';
import type { WinSegment } from '../../../src/metrics/win/win-segments-counts.ts';
import { fixture } from '../../stats/reference.ts';
import { contextOf, datasetOf } from '../dataset-fixture.ts';

const STAGES = [{ id: 'Lead' }, { id: 'Demo' }, { id: 'Won', kind: 'won' }, { id: 'Lost', kind: 'lost' }] as const;

/** Counts of R's `fisher.test`, `p.adjust` and `prop.test`. */
const reference = fixture<{
  segmentVsRest: {
    names: string[];
    won: number[];
    n: number[];
    fisherP: number[];
    fisherBH: number[];
    diff: number[];
    lower: number[];
    upper: number[];
    overallP: number;
  };
}>('tests.json').segmentVsRest;

function compute(deals: readonly string[], asked: Partial<MetricContext> = {}, history?: string): WinSegmentsResult {
  const dataset = datasetOf({
    asOf: '2026-06-01',
    stages: STAGES,
    deals: deals.join('\n'),
    currency: 'USD',
    ...(history === undefined ? {} : { history }),
  });
  return winSegments.compute(contextOf(dataset, asked)) as WinSegmentsResult;
}

/** So many closed deals of one owner, the first of them won. */
function dealsOf(owner: string, wins: number, of: number): string[] {
  return Array.from({ length: of }, (_, deal) => `${owner}${deal},${deal < wins ? 'Won' : 'Lost'},${owner}`);
}

function segmentOf({ fields }: WinSegmentsResult, value: string, field = 'owner'): WinSegment {
  return fields.find((each) => each.field === field)!.segments.find((each) => each.value === value)!;
}

describe('six owners of whom one looks bad by luck', () => {
  const { names, won, n } = reference;
  const rows = names.flatMap((name, index) => dealsOf(name, won[index]!, n[index]!));
  const result = compute(['id,stage,owner', ...rows, 'x,Lead,Bo', 'y,Won,']);

  it('is as R has it', () => {
    expect(result.tests).toBe(6);
    expect(result.fields[0]?.overall?.probability).toBeCloseTo(reference.overallP, 12);
    for (const [index, name] of names.entries()) {
      const segment = segmentOf(result, name);
      expect(segment.rate).toMatchObject({ count: won[index], of: n[index] });
      expect(segment.probability).toBeCloseTo(reference.fisherP[index]!, 10);
      expect(segment.adjustedProbability).toBeCloseTo(reference.fisherBH[index]!, 10);
      expect(segment.difference).toBeCloseTo(reference.diff[index]!, 12);
      expect(segment.differenceInterval?.[0]).toBeCloseTo(reference.lower[index]!, 10);
      expect(segment.differenceInterval?.[1]).toBeCloseTo(reference.upper[index]!, 10);
    }
  });

  it('accuses nobody', () => {
    expect(result.fields[0]?.segments.every(({ flag }) => flag === null)).toBe(true);
    expect(segmentOf(result, 'Bo')).toMatchObject({ won: 12, lost: 48, open: 1 });
  });

  it('counts the comparisons of all fields', () => {
    // The same six, and two sources: of two values each is the rest of the other, which is one test more.
    const both = rows.map((row, index) => `${row},${index % 2 === 0 ? 'Web' : 'Fair'}`);
    const wider = compute(['id,stage,owner,source', ...both]);
    expect(wider.tests).toBe(7);
    const { adjustedProbability, probability } = segmentOf(wider, 'Bo');
    expect(adjustedProbability).toBeCloseTo(Math.min(1, probability! * 7), 10);
    expect(segmentOf(wider, 'Web', 'source').adjustedProbability).toBe(
      segmentOf(wider, 'Fair', 'source').adjustedProbability,
    );
  });
});

describe('segments beyond chance', () => {
  it('says which way', () => {
    const result = compute(['id,stage,owner', ...dealsOf('Ann', 40, 50), ...dealsOf('Bo', 10, 50)]);
    expect(segmentOf(result, 'Ann').flag).toBe('above');
    expect(segmentOf(result, 'Bo').flag).toBe('below');
  });

  it('flags neither small differences nor small segments', () => {
    const close = compute(['id,stage,owner', ...dealsOf('Ann', 560, 1000), ...dealsOf('Bo', 480, 1000)]);
    expect(segmentOf(close, 'Bo')).toMatchObject({ flag: null });
    expect(segmentOf(close, 'Bo').adjustedProbability).toBeLessThan(0.001);
    const few = compute([
      'id,stage,owner',
      ...dealsOf('Ann', 0, 9),
      ...dealsOf('Bo', 80, 100),
      ...dealsOf('Cy', 80, 100),
    ]);
    expect(segmentOf(few, 'Ann').flag).toBeNull();
  });

  it('says mix where like deals are won alike', () => {
    // Large deals are won 20 of 100 by either, small ones 80 of 100; Ann has 80 large and 20 small, Bo the other way.
    const rows = [
      ...dealsOf('Ann', 16, 80).map((row) => `L${row},90000`),
      ...dealsOf('Ann', 16, 20).map((row) => `S${row},1000`),
      ...dealsOf('Bo', 4, 20).map((row) => `L${row},90000`),
      ...dealsOf('Bo', 64, 80).map((row) => `S${row},1000`),
    ];
    const ann = segmentOf(compute(['id,stage,owner,amount', ...rows]), 'Ann');
    // 32 of 100 against 68 of 100.
    expect(ann.difference).toBeCloseTo(-0.36, 12);
    expect(ann).toMatchObject({ flag: 'mix', adjusted: { by: 'amount', isMix: true } });
    expect(ann.adjusted?.difference).toBeCloseTo(0, 12);
  });

  it('keeps a difference that is there between like deals', () => {
    const rows = [...dealsOf('Ann', 40, 50), ...dealsOf('Bo', 10, 50)].map(
      (row, index) => `${row},${index % 2 === 0 ? 10 : 900}`,
    );
    const ann = segmentOf(compute(['id,stage,owner,amount', ...rows]), 'Ann');
    expect(ann.flag).toBe('above');
    expect(ann.adjusted?.difference).toBeCloseTo(0.6, 2);
  });

  it('holds the first stage equal where a history knows it', () => {
    const sets = [
      ['Ann', 'Lead', 16, 80],
      ['Ann', 'Demo', 16, 20],
      ['Bo', 'Lead', 4, 20],
      ['Bo', 'Demo', 64, 80],
    ] as const;
    const deals = sets.flatMap(([owner, first, wins, of]) =>
      Array.from({ length: of }, (_, deal) => ({
        id: `${owner}${first}${deal}`,
        stage: deal < wins ? 'Won' : 'Lost',
        owner,
        first,
      })),
    );
    const history = deals.flatMap(({ id, first, stage }) => [`${id},${first},2026-01-01`, `${id},${stage},2026-02-01`]);
    const result = compute(
      ['id,stage,owner', ...deals.map(({ id, stage, owner }) => `${id},${stage},${owner}`)],
      {},
      ['id,stage,at', ...history].join('\n'),
    );
    expect(segmentOf(result, 'Ann')).toMatchObject({ flag: 'mix', adjusted: { by: 'firstStage' } });
  });
});

describe('what else is told', () => {
  const rows = [
    'id,stage,owner,amount,created,closed,currency',
    'A,Won,Ann,100,2026-01-01,2026-01-11,USD',
    'B,Won,Ann,50,2026-01-01,2026-01-31,USD',
    'C,Won,Ann,7,2026-01-01,,CNY',
    'D,Lost,Ann,900,2026-01-01,2026-01-02,USD',
    'E,Lead,Bo,1,2026-01-01,,USD',
    'F,Lost,Bo,1,2026-01-01,2026-03-01,USD',
  ];

  it('is the won amount by currency and the median days to win', () => {
    const ann = segmentOf(compute(rows), 'Ann');
    expect(ann.wonAmount).toEqual({ CNY: 7, USD: 150 });
    expect(ann.medianWonDays).toBe(20);
    expect(segmentOf(compute(rows), 'Bo')).toMatchObject({
      won: 0,
      lost: 1,
      open: 1,
      wonAmount: {},
      medianWonDays: null,
    });
  });

  it('is the deals themselves where asked for', () => {
    expect(segmentOf(compute(rows, { details: true }), 'Bo').dealKeys).toEqual(['E', 'F']);
    expect(segmentOf(compute(rows), 'Bo')).not.toHaveProperty('dealKeys');
  });

  it('is missing without a column, or without a lost deal', () => {
    const missing = (deals: string) =>
      winSegments.missing?.(contextOf(datasetOf({ asOf: '2026-06-01', stages: STAGES, deals })))?.en;
    expect(missing('id,stage\nA,Won\nB,Lost')).toBe('no column to break down by');
    expect(missing('id,stage,owner\nA,Won,Ann')).toBe('no lost deals');
    expect(missing('id,stage,owner\nA,Won,Ann\nB,Lost,Ann')).toBeUndefined();
  });

  it('lists the two hundred largest, and says how many it leaves out', () => {
    const many = Array.from({ length: 250 }, (_, owner) => `${owner},${owner % 2 === 0 ? 'Won' : 'Lost'},P${owner}`);
    const [field] = compute(['id,stage,owner', ...many, 'x,Won,P249']).fields;
    expect(field?.segments).toHaveLength(200);
    expect(field?.omitted).toBe(50);
    expect(field?.segments[0]?.value).toBe('P249');
  });

  it('is the same whatever the order of the rows', () => {
    const [header, ...deals] = rows;
    expect(compute([header!, ...deals.toReversed()])).toEqual(compute(rows));
  });

  it('can be read', () => {
    const text = (lang: 'en' | 'zh') =>
      JSON.stringify(winSegments.blocks(compute(rows), createTranslator(lang, { fields: {}, stages: {} })));
    expect(text('en')).toContain('3 of 4');
    expect(text('zh')).toContain('共比较 1 次');
  });
});
