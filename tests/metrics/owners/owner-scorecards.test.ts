import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../../src/i18n/translator.ts';
import ownerScorecards, { type ScorecardsResult } from '../../../src/metrics/owners/owner-scorecards.ts';
import { compareMeans } from '../../../src/metrics/owners/owner-scorecards-means.ts';
import { practiceLines } from '../../../src/metrics/owners/owner-scorecards-words.ts';
import { contextOf, datasetOf, micro12, type StageFixture } from '../dataset-fixture.ts';

const STAGES: StageFixture[] = [
  { id: 'A', require: ['note'] },
  { id: 'Won', kind: 'won' },
  { id: 'Lost', kind: 'lost' },
];

function cardsOf(deals: string, asked = {}): ScorecardsResult {
  const dataset = datasetOf({ asOf: '2024-04-01', stages: STAGES, deals, currency: 'USD' });
  return ownerScorecards.compute(contextOf(dataset, asked)) as ScorecardsResult;
}

describe('a card', () => {
  const { owners, others } = cardsOf(
    [
      'id,stage,owner,source,amount,created,closed,close,activity,note',
      '1,Won,Ann,web,100,2024-01-01,2024-01-11,,,x',
      '2,Won,Ann,web,50,2024-01-01,2024-01-21,,,x',
      '3,Lost,Ann,fair,70,2023-10-01,2023-11-01,,,',
      '4,A,Ann,fair,10,2024-01-01,,2024-03-31,2024-03-02,',
      '5,A,Ann,fair,,2024-01-01,,2024-05-01,2024-03-22,x',
      '6,A,Bo,web,5,2024-01-01,,,,x',
      '7,A,,web,5,2024-01-01,,,,x',
    ].join('\n'),
    { by: ['source'], details: true },
  );
  const [ann, bo] = owners.cards;

  it('counts and adds up by outcome', () => {
    expect(owners.cards.map(({ value, deals }) => [value, deals])).toEqual([
      ['Ann', 5],
      ['Bo', 1],
    ]);
    expect(ann?.open).toEqual({ deals: 2, dealsWithAmount: 1, amounts: { USD: 10 } });
    expect(ann?.won.amounts).toEqual({ USD: 150 });
    expect(ann?.winRate).toMatchObject({ count: 2, of: 3 });
    expect(ann?.rank).toBeNull();
  });

  it('has pace and upkeep with their bases', () => {
    expect(ann?.cycle).toEqual({ deals: 2, medianDays: 15 });
    expect(ann?.pastDue).toMatchObject({ count: 1, of: 2 });
    // 30 and 10 days ago.
    expect(ann?.idle).toEqual({ deals: 2, medianDays: 20 });
    // Won deals passed A: notes of 1, 2 and 5 of 1, 2, 4 and 5; the lost deal needs none.
    expect(ann?.completeness).toMatchObject({ count: 3, of: 4 });
    expect(bo?.pastDue).toMatchObject({ value: null, of: 0 });
    expect([ann?.stalled, ann?.skipped, ann?.firstStage]).toEqual([null, null, null]);
  });

  it('has what was won by quarter, eight of them', () => {
    expect(ann?.wonByQuarter.map(({ quarter }) => quarter)).toEqual([
      ...['2022-Q3', '2022-Q4', '2023-Q1', '2023-Q2'],
      ...['2023-Q3', '2023-Q4', '2024-Q1', '2024-Q2'],
    ]);
    expect(ann?.wonByQuarter[6]).toEqual({ quarter: '2024-Q1', deals: 2, amounts: { USD: 150 } });
  });

  it('is made for each other field, and names its deals on request', () => {
    expect(others.map(({ field, cards }) => [field, ...cards.map(({ value }) => value)])).toEqual([
      ['source', 'web', 'fair'],
    ]);
    expect(ann?.dealKeys).toEqual(['1', '2', '3', '4', '5']);
  });
});

describe('ranks and habits', () => {
  /** Reps with so many won of 20 closed deals, and so many of ten open deals past due. */
  function team(reps: readonly (readonly [won: number, pastDue: number])[]): ScorecardsResult {
    const rows = reps.flatMap(([won, pastDue], rep) => [
      ...Array.from({ length: 20 }, (_, deal) => `${rep}-${deal},${deal < won ? 'Won' : 'Lost'},rep${rep},`),
      ...Array.from(
        { length: 10 },
        (_, deal) => `${rep}-o${deal},A,rep${rep},${deal < pastDue ? '2024-03-01' : '2024-06-01'}`,
      ),
    ]);
    return cardsOf(['id,stage,owner,close', ...rows].join('\n'));
  }

  it('ranks by win rate where six or more have 20 deals and their rates differ', () => {
    const won = [5, 15, 10, 4, 12, 9];
    const { owners } = team(won.map((each) => [each, 1] as const));
    expect(owners.ranking).toMatchObject({ basis: 'closed', rankable: 6, isRanked: true });
    expect(owners.cards.map(({ value, rank }) => [value, rank])).toEqual([
      ['rep1', 1],
      ['rep4', 2],
      ['rep2', 3],
      ['rep5', 4],
      ['rep0', 5],
      ['rep3', 6],
    ]);
  });

  it('ranks nobody among fewer than six, nor where the rates differ no more than by chance', () => {
    const five = team([5, 15, 10, 4, 12].map((each) => [each, 1] as const));
    expect(five.owners.cards.map(({ rank }) => rank)).toEqual([null, null, null, null, null]);
    // Chi-square of 10, 9, 10, 11, 10, 9 of 20 each: 0.54 with 5 degrees of freedom, p 0.99.
    const alike = team([10, 9, 10, 11, 10, 9].map((each) => [each, 1] as const));
    expect(alike.owners.ranking.overall?.probability).toBeGreaterThan(0.9);
    expect(alike.owners.cards.every(({ rank }) => rank === null)).toBe(true);
    expect(alike.practices).toMatchObject({ ranked: 6, differ: false, top: [], practices: [] });
  });

  it('does not hold the short follow-up of a new owner against them', () => {
    // Of all deals half are won after 60 days and half lost after 5. The new owner has 30 deals of 20 days ago: 15 lost.
    const old = ['A', 'B', 'C', 'D', 'E', 'F'].flatMap((owner, index) =>
      Array.from({ length: 24 }, (_, deal) =>
        deal < 12 + 2 * (index - 3)
          ? `${owner}${deal},Won,${owner},2023-06-01,2023-07-31`
          : `${owner}${deal},Lost,${owner},2023-06-01,2023-06-06`,
      ),
    );
    const young = Array.from({ length: 30 }, (_, deal) =>
      deal < 15 ? `n${deal},Lost,New,2024-03-12,2024-03-17` : `n${deal},A,New,2024-03-12,`,
    );
    const { owners } = cardsOf(['id,stage,owner,created,closed', ...old, ...young].join('\n'));
    const card = owners.cards.find(({ value }) => value === 'New');
    expect(owners.ranking).toMatchObject({ basis: 'matured', windowDays: 60 });
    expect(card).toMatchObject({ rank: null, winRate: { count: 0, of: 15 }, comparedRate: { value: null, of: 0 } });
    expect(owners.cards.find(({ value }) => value === 'D')?.comparedRate).toMatchObject({ count: 12, of: 24 });
  });

  it('compares nothing with fewer than six ranked owners', () => {
    const { practices } = team(Array.from({ length: 5 }, (_, rep) => [rep + 1, 1] as const));
    expect(practices).toMatchObject({ ranked: 5, neededRanked: 6, top: [], practices: [] });
  });

  it('finds the habit that sets the top apart', () => {
    const { practices } = team([
      ...([0, 1, 0] as const).map((pastDue, rep) => [18 - rep, pastDue] as const),
      ...([8, 9, 7, 8, 9, 8] as const).map((pastDue, rep) => [8 - rep, pastDue] as const),
    ]);
    expect(practices.top).toEqual(['rep0', 'rep1', 'rep2']);
    const [habit] = practices.practices;
    expect(habit).toMatchObject({ practice: 'pastDue', unit: 'rate', topOwners: 3, restOwners: 6, stands: true });
    expect(habit?.top).toBeCloseTo(1 / 30, 10);
    expect(habit?.rest).toBeCloseTo(49 / 60, 10);
  });

  it('finds none where the top do as the others do', () => {
    const { practices } = team(([1, 5, 3, 2, 4, 1, 5, 3, 3] as const).map((due, rep) => [18 - 2 * rep, due] as const));
    expect(practices.practices.map(({ stands }) => stands)).toEqual([false]);
  });
});

describe('what is said of the habits', () => {
  const en = createTranslator('en', { fields: {}, stages: {} });
  const zh = createTranslator('zh', { fields: {}, stages: {} });
  const base = { ranked: 6, neededRanked: 6, differ: true, top: ['Ann'], practices: [], unknown: [] } as const;

  it('names what the input lacks where nothing could be compared', () => {
    const lines = practiceLines({ ...base, unknown: ['idleDays', 'pastDue'] }, en);
    expect(lines.at(-1)).toBe('Nothing they do could be compared: no column for last activity, expected close date.');
    expect(practiceLines({ ...base, unknown: ['idleDays'] }, zh).at(-1)).toBe('无法比较做法：没有上次活动列。');
  });

  it('says that there are too few, in one line', () => {
    expect(practiceLines({ ...base, ranked: 5, differ: false }, en)).toEqual(['Too few reps to compare (5, needs 6)']);
    expect(practiceLines({ ...base, ranked: 5, differ: false }, zh)).toEqual(['可比的销售太少（5 位，至少 6 位）']);
  });

  it('names the habits that were compared', () => {
    const habit = { unit: 'rate', top: 0.5, rest: 0.5, topOwners: 2, restOwners: 4, difference: 0 } as const;
    const chance = { interval: [-0.1, 0.1], probability: 1, adjusted: 1, stands: false } as const;
    const lines = practiceLines({ ...base, practices: [{ practice: 'pastDue', ...habit, ...chance }] }, en);
    expect(lines.at(-1)).toBe('No difference beyond chance from the others in open deals past due.');
  });
});

describe('the means', () => {
  it('are compared as R compares them', () => {
    // R: t.test(extra ~ group, data = sleep): t = -1.8608, df = 17.776, p = 0.07939, interval -3.3654832 0.2054832.
    const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
    const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    const compared = compareMeans(first, second);
    expect(compared?.difference).toBeCloseTo(-1.58, 10);
    expect(compared?.probability).toBeCloseTo(0.07939, 5);
    expect(compared?.interval[0]).toBeCloseTo(-3.3654832, 6);
    expect(compared?.interval[1]).toBeCloseTo(0.2054832, 6);
  });

  it('are not compared where there is nothing to compare', () => {
    expect(compareMeans([1], [2, 3])).toBeNull();
    expect(compareMeans([1, 1], [2, 2])).toBeNull();
  });
});

it('reads journeys: skips, first stays and stalled deals of the twelve deals', () => {
  const { owners } = ownerScorecards.compute(contextOf(micro12())) as ScorecardsResult;
  const total = (key: 'skipped' | 'stalled', part: 'count' | 'of') =>
    owners.cards.reduce((sum, card) => sum + (card[key]?.[part] ?? 0), 0);
  // D03 and D11 skipped; ten deals got beyond Lead. Of Lead (11 visits) alone the typical stay is known: D09 is over it.
  expect([total('skipped', 'count'), total('skipped', 'of')]).toEqual([2, 10]);
  expect([total('stalled', 'count'), total('stalled', 'of')]).toEqual([1, 1]);
  expect(owners.cards.reduce((sum, { firstStage }) => sum + (firstStage?.deals ?? 0), 0)).toBe(11);
});

it('needs an owner', () => {
  const dataset = datasetOf({ asOf: '2024-04-01', stages: STAGES, deals: 'id,stage\n1,A' });
  expect(ownerScorecards.missing?.(contextOf(dataset))?.en).toBe('no column for the owner');
});
