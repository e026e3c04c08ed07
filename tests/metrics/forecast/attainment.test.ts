import { describe, expect, it } from 'vitest';
import attainment, { type AttainmentResult } from '../../../src/metrics/forecast/attainment.ts';
import type { CoverageResult } from '../../../src/metrics/forecast/coverage.ts';
import { contextOf, micro12 } from '../dataset-fixture.ts';
import { type AuditFiles, metricsOf } from '../pipeline-audit.ts';

const QUARTER = `ID,Stage,Amount,Close Date,Owner
1,Won,400,2026-05-01,Ann
2,Won,9000,2026-03-31,Ann
3,Won,50000,2026-01-31,Bo
4,Lost,10,2026-05-01,Bo
5,Lead,300,2026-06-30,Ann
6,Lead,900,2026-06-01,Bo
7,Lead,5000,2026-05-31,Bo
8,Lead,7000,2026-07-01,Ann
`;
const ALL = '{metric: won_amount, at_least: 1000, from: 2026-04-01, until: 2026-06-30}';
const ANN = '{metric: won_amount, at_least: 500, from: 2026-04-01, until: 2026-06-30, owner: ann}';

async function targetsOf(targets: string, more: Partial<AuditFiles> = {}, details = false) {
  const metrics = await metricsOf({ deals: QUARTER, rules: `targets: [${targets}]`, ...more }, { details });
  return {
    attained: (metrics.attainment as AttainmentResult).targets,
    covered: (metrics.coverage as CoverageResult | null)?.targets,
  };
}

describe('a target of what is to be sold', () => {
  it('is reached so far, beside the time that is gone: 400 of 1000 on day 62 of 91', async () => {
    const { attained } = await targetsOf(ALL);
    expect(attained).toMatchObject([
      { metric: 'won_amount', target: 1000, actual: 400, deals: 1, shareReached: 0.4, isMet: false, isOnPace: false },
    ]);
    expect(attained[0]?.shareElapsed).toBeCloseTo(62 / 91, 12);
    expect([attained[0]?.from, attained[0]?.until]).toEqual(['2026-04-01', '2026-06-30']);
  });

  it('is that of one owner where it says so, however the name is spelt', async () => {
    const { attained, covered } = await targetsOf(`${ALL}, ${ANN}`, {}, true);
    expect(attained[1]).toMatchObject({
      of: { owner: 'ann' },
      actual: 400,
      isMet: false,
      isOnPace: true,
      dealKeys: ['1'],
    });
    expect(covered?.[1]).toMatchObject({ dueAmount: 300, remaining: 100, overRemaining: 3, dealKeys: ['5'] });
  });

  it('may stand in a table', async () => {
    const targetsTable = '指标,不低于,起始日,截止日,负责人\nwon_amount,0.1万,2026-04-01,2026-06-30,\n';
    const metrics = await metricsOf({ deals: QUARTER, targetsTable });
    expect((metrics.attainment as AttainmentResult).targets).toMatchObject([{ target: 1000, actual: 400 }]);
  });

  it('has no actual figure across currencies', async () => {
    const { attained } = await targetsOf(ALL, { deals: QUARTER.replace('400', '$400').replace('300', '€300') });
    expect(attained).toMatchObject([{ actual: null, shareReached: null, isMet: null, isOnPace: null }]);
    expect(attained[0]?.note?.en).toMatch(/several currencies/);
  });
});

it('holds rates against their figure, without a pace: three of four closed deals are won', async () => {
  const rates =
    '{metric: win_rate, at_least: 50%, until: 2026-12-31}, {metric: cycle, at_most: 30d, until: 2026-12-31}';
  const { attained } = await targetsOf(rates);
  expect(attained).toMatchObject([
    { metric: 'win_rate', unit: 'rate', target: 0.5, actual: 0.75, isMet: true, isOnPace: null },
    { metric: 'cycle', bound: 'atMost', actual: null, isMet: null },
  ]);
});

describe('a target of a rate', () => {
  /** 4 of 40 deals closed since April are won; of the 120 closed before 72. */
  const deals = [
    'ID,Stage,Amount,Close Date,Owner,Created',
    ...Array.from({ length: 160 }, (_, index) => {
      const isNew = index < 40;
      const isWon = isNew ? index < 4 : index < 112;
      return `${index},${isWon ? 'Won' : 'Lost'},1,${isNew ? '2026-05-04' : '2026-02-02'},Ann,${isNew ? '2026-04-04' : '2026-01-23'}`;
    }),
  ].join('\n');
  const target = (metric: string, bound: string) =>
    `{metric: ${metric}, ${bound}, from: 2026-04-01, until: 2026-06-30}`;

  it('counts the deals closed in its days: 4 of 40, not 76 of 160', async () => {
    const { attained } = await targetsOf(target('win_rate', 'at_least: 40%'), { deals }, true);
    expect(attained).toMatchObject([{ actual: 0.1, deals: 40, isMet: false, isInconclusive: false, covers: 'period' }]);
    expect(attained[0]?.dealKeys).toHaveLength(40);
  });

  it('fails only beyond chance: Wilson for 4 of 40 reaches 23.1 %', async () => {
    const { attained } = await targetsOf(
      `${target('win_rate', 'at_least: 23%')}, ${target('win_rate', 'at_least: 24%')}, ${target('win_rate', 'at_most: 10%')}`,
      { deals },
    );
    expect(attained.map(({ isMet, isInconclusive }) => [isMet, isInconclusive])).toEqual([
      [null, true],
      [false, false],
      [true, false],
    ]);
  });

  it('counts cycles of its days: 30 days since April, 10 before', async () => {
    const { attained } = await targetsOf(target('cycle', 'at_most: 20d'), { deals });
    expect(attained).toMatchObject([{ actual: 30, deals: 4, isMet: false }]);
  });

  it('says where a figure is that of today', async () => {
    const { attained } = await targetsOf(target('completeness', 'at_least: 50%'), { deals });
    expect(attained).toMatchObject([{ covers: 'asOfToday' }]);
  });
});

it('counts a target in a currency by the deals in it, and tells of the others', async () => {
  const deals = QUARTER.replace(',400,', ',$400,').replace(',300,', ',$300,').replace(',900,', ',€900,');
  const { attained, covered } = await targetsOf(ALL.replace('1000', "'$1,000'"), {
    deals: deals.replaceAll(/,(\d+),/g, ',€$1,'),
  });
  expect(attained).toMatchObject([{ actual: 400, currency: 'USD', deals: 1, otherCurrencies: { EUR: 6 } }]);
  expect(covered).toMatchObject([{ wonAmount: 400, dueAmount: 300, dueDeals: 1, currency: 'USD' }]);
});

it('lists targets that have not begun', async () => {
  const ahead = '{metric: won_amount, at_least: 2000, from: 2026-07-01, until: 2026-09-30}';
  const metrics = await metricsOf({ deals: QUARTER, rules: `targets: [${ahead}]` });
  expect(metrics.attainment).toMatchObject({
    targets: [],
    ahead: [{ target: 2000, from: '2026-07-01', unit: 'money' }],
  });
});

it('says what is missing', () => {
  expect(attainment.missing?.(contextOf(micro12()))?.en).toBe('needs targets in the rules file');
});

describe('the coverage of a target', () => {
  it('is what is due ÷ what is still wanted, beside 1 ÷ win rate: 1200 of 600, and 4/3 is needed', async () => {
    const { covered } = await targetsOf(ALL);
    expect(covered).toMatchObject([
      {
        wonAmount: 400,
        remaining: 600,
        dueAmount: 1200,
        dueDeals: 2,
        overRemaining: 2,
        overTarget: 1.2,
        winRate: { count: 3, of: 4 },
        isEnough: true,
      },
    ]);
    expect(covered?.[0]?.required).toBeCloseTo(4 / 3, 12);
  });

  it('asks for nothing once the target is met', async () => {
    const { covered } = await targetsOf(ALL.replace('1000', '400'));
    expect(covered).toMatchObject([{ remaining: 0, overRemaining: null, overTarget: 3, isEnough: true }]);
  });
});
