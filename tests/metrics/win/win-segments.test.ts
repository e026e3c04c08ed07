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
    // Of Fay's three deals one is expected to be won: too few for χ², whose mean and variance are exact instead.
    expect(result.fields[0]?.overall).toMatchObject({ method: 'moments' });
    expect(result.fields[0]?.overall?.probability).toBeCloseTo(reference.overallP, 3);
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

describe('one who is new', () => {
  // Two owners win 80 of 200 each, after 60 days, and lose after 10. The new one has had 31 days.
  const day = (date: string, days: number) => new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
  const owned = (owner: string, created: string, wins: number, losses: number, open: number) => [
    ...Array.from({ length: wins }, (_, deal) => `${owner}w${deal},Won,${owner},${created},${day(created, 60)}`),
    ...Array.from({ length: losses }, (_, deal) => `${owner}l${deal},Lost,${owner},${created},${day(created, 10)}`),
    ...Array.from({ length: open }, (_, deal) => `${owner}o${deal},Lead,${owner},${created},`),
  ];
  const rows = [
    ...owned('Ann', '2026-01-01', 80, 120, 0),
    ...owned('Bo', '2026-01-01', 80, 120, 0),
    ...owned('New', '2026-05-01', 0, 20, 20),
  ];

  it('is not accused of having had less time', () => {
    const result = compute(['id,stage,owner,created,closed', ...rows]);
    expect(result).toMatchObject({ basis: 'matured', windowDays: 60, tests: 1 });
    expect(segmentOf(result, 'Ann')).toMatchObject({ rate: { count: 80, of: 200 }, closed: { count: 80, of: 200 } });
    expect(segmentOf(result, 'New')).toMatchObject({
      rate: { count: 0, of: 0 },
      closed: { count: 0, of: 20 },
      probability: null,
      flag: null,
    });
    const translator = createTranslator('en', { fields: {}, stages: {} });
    const text = JSON.stringify(winSegments.blocks(result, translator));
    expect(text).toContain('Won within 60 days');
    expect(text).toContain('too recent');
  });

  it('is not judged without dates of creation, as another share is open', () => {
    const result = compute(['id,stage,owner', ...rows.map((row) => row.split(',').slice(0, 3).join(','))]);
    expect(result).toMatchObject({ basis: 'closed', windowDays: null, tests: 2 });
    expect(result.fields[0]?.overall).toBeNull();
    // 20 of 40 are open, of the others none; of Ann's none, of the others 20 of 240.
    expect(segmentOf(result, 'New')).toMatchObject({ hasUnequalTime: true, probability: null, flag: null });
    expect(segmentOf(result, 'Ann').hasUnequalTime).toBe(false);
    const translator = createTranslator('zh', { fields: {}, stages: {} });
    expect(JSON.stringify(winSegments.blocks(result, translator))).toContain('不作判断：在途占比不同');
  });

  it('is told of by closed deals where nearly all were won the day they were created', () => {
    const result = compute([
      'id,stage,owner,created,closed',
      'A,Won,Ann,2026-01-01,2026-01-01',
      'B,Lost,Bo,2026-01-01,2026-02-01',
    ]);
    expect(result).toMatchObject({ basis: 'closed', windowDays: null });
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

  it('does not hold equal what is filled by how a deal ended', () => {
    // Ann wins 40 of 50 and Bo 10 of 50; only won deals have an amount, so that all deals with one are won alike.
    const rows = [...dealsOf('Ann', 40, 50), ...dealsOf('Bo', 10, 50)].map((row) => {
      return `${row},${row.includes('Won') ? 1000 : 0}`;
    });
    expect(segmentOf(compute(['id,stage,owner,amount', ...rows]), 'Bo')).toMatchObject({
      flag: 'below',
      adjusted: null,
    });
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
    expect(text('en')).toContain('If all values of owner won alike, so large a spread would occur with probability');
    expect(text('zh')).toContain('共比较 1 次');
  });
});
