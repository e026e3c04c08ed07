import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../../src/i18n/translator.ts';
import type { WinRatePeriodsResult } from '../../../src/metrics/win/win-rate-periods.ts';
import { resultOf } from '../../../src/report/metric-result.ts';
import { dwellBlocks } from '../../../src/report/page/dwell-section.ts';
import type { AuditReport } from '../../../src/report/report.ts';
import { datasetOf, MICRO12_STAGES, micro12, micro12Snapshot } from '../../metrics/dataset-fixture.ts';
import { cellsOf, chartsIn, pageOf, plain, reportOfDataset, sectionOf } from './page-fixture.ts';

describe('micro12 with its history', () => {
  const page = pageOf(reportOfDataset(micro12()));

  it('has its sections in order, and none it holds nothing for', () => {
    expect(page.sections.map(({ id }) => id)).toEqual([
      'funnel',
      'conversion',
      'dwell',
      'completeness',
      'win-rate',
      'forecast',
      'trend',
      'inputs',
      'not-run',
      'all-figures',
    ]);
  });

  it('counts the open deals: D09 in Lead, D06 and D10 in Qualified, D07 in Proposal, D08 in Negotiation', () => {
    const [block] = chartsIn(page, 'funnel', 'funnel');
    expect(block?.chart.rows.map(({ label, value }) => [label, value])).toEqual([
      ['Lead', 1],
      ['Qualified', 2],
      ['Proposal', 1],
      ['Negotiation', 1],
    ]);
    expect(block?.chart.rows.map(({ amounts }) => amounts?.map(({ currency, value }) => [currency, value]))).toEqual([
      [['USD', 4000]],
      [['USD', 18000]],
      [['USD', 15000]],
      [['USD', 30000]],
    ]);
    expect(block?.title).toBe('Qualified has the most open deals: 2 of 5 (40%, low n)');
    expect(cellsOf(block!)).toEqual([
      ['Lead', '1', '20%', '1', '$4,000'],
      ['Qualified', '2', '40%', '2', '$18k'],
      ['Proposal', '1', '20%', '1', '$15k'],
      ['Negotiation', '1', '20%', '1', '$30k'],
    ]);
    expect(block?.caption).toBe('12 deals: 5 open, 3 won, 4 lost, 0 dormant, 0 with no known stage.');
  });

  it('tells how many deals got how far: 12, 10, 7, 5, and 3 won', () => {
    const [goesOn, ladder] = chartsIn(page, 'conversion', 'intervals');
    expect(ladder?.chart.rows.map(({ value }) => value)).toEqual([1, 10 / 12, 7 / 12, 5 / 12, 3 / 12]);
    expect(ladder?.title).toBe('3 of 12 (25%, low n) of the deals that reached Lead are won so far');
    expect(cellsOf(ladder!).map(([, reached]) => reached)).toEqual(['12', '10', '7', '5', '3']);
    // One deal is lost at each stage: no stage loses most.
    expect(goesOn?.title).toBe('Share of the deals of each stage that go on');
    expect(cellsOf(goesOn!).map((cells) => cells.slice(0, 5))).toEqual([
      ['Lead', '11', '9', '1', '1'],
      ['Qualified', '8', '5', '1', '2'],
      ['Proposal', '7', '5', '1', '1'],
      ['Negotiation', '4', '2', '1', '1'],
    ]);
  });

  it('shows the stays with the open deals: D09 for 31 days in Lead, where 10 are typical', () => {
    const [block] = chartsIn(page, 'dwell', 'quantiles');
    const rows = block?.chart.rows ?? [];
    expect(rows.map(({ median }) => median)).toMatchObject({ 0: 10, 3: 20 });
    expect(rows.map(({ openDays }) => openDays)).toEqual([[31], [12, 50], [41], [11]]);
    expect(rows.map(({ openAges }) => openAges?.deals)).toEqual([1, 2, 1, 1]);
    // Ten visits end after 5, 5, 5, 5, 5, 10, 10, 10, 15 and 20 days, one runs for 31: five of eleven left by day 5.
    expect(rows[0]).toMatchObject({ p25: 5, limitDays: 15 });
    expect(block?.caption).toBe('The dots are the open deals, all of them.');
  });

  it('counts what was created, won and lost by month', () => {
    const [block] = chartsIn(page, 'trend', 'series');
    expect(block?.chart).toMatchObject({ periods: ['2024-01', '2024-02', '2024-03'], isLastPartial: false });
    expect(block?.chart.series.map(({ label, values }) => [label, values])).toEqual([
      ['Created', [6, 4, 2]],
      ['Won', [0, 2, 1]],
      ['Lost', [2, 0, 2]],
    ]);
    expect(block?.title).toBe('2024-01 has the most deals created: 6');
    expect(cellsOf(block!)).toEqual([
      ['2024-01', '6', '0', '2'],
      ['2024-02', '4', '2', '0'],
      ['2024-03', '2', '1', '2'],
    ]);
  });

  it('shows the win rate by month without limits, too few to judge', () => {
    const [block] = chartsIn(page, 'win-rate', 'control');
    expect(block?.chart.points.map(({ value, low, high }) => [value, low, high])).toEqual([
      [0, null, null],
      [1, null, null],
      [1 / 3, null, null],
    ]);
    expect(block?.chart.centre).toBeNull();
    expect(plain(sectionOf(page, 'win-rate').lead ?? '')).toContain('Of closed deals 3 of 7');
  });

  it('has a tile for what is measured alone', () => {
    expect(page.tiles.map(({ label, value }) => [label, value])).toEqual(
      expect.arrayContaining([
        ['Open pipeline', '$67k'],
        ['Stalled', '1 of 1'],
      ]),
    );
    expect(page.tiles.map(({ label }) => label)).not.toContain('Required fields filled');
    expect(page.tiles.map(({ label }) => label)).not.toContain('Past their close date');
  });
});

describe('micro12 as a table alone', () => {
  const page = pageOf(reportOfDataset(micro12Snapshot()));

  it('has bounds where there is no rate', () => {
    const [block] = chartsIn(page, 'conversion', 'intervals');
    // Of 12 deals 3 are won and 4 open beyond Lead; the 4 lost ones may have left from anywhere.
    expect(block?.chart.rows[0]).toMatchObject({ value: null, low: 7 / 12, high: 11 / 12 });
    expect(
      cellsOf(block!)[0]
        ?.slice(4)
        .map((cell) => cell.slice(0, 8).trim()),
    ).toEqual(['7 of 12', '11 of 12']);
  });

  it('says in one line what the time in stage lacks', () => {
    const { blocks } = sectionOf(page, 'dwell');
    expect(blocks).toHaveLength(1);
    expect(blocks[0]).toMatchObject({ type: 'callout', tone: 'muted' });
  });
});

describe('the win rate by month', () => {
  // Twelve months of twenty closed deals, ten of them won, but none in June.
  const rows = Array.from({ length: 12 }, (_, month) =>
    Array.from({ length: 20 }, (_, deal) => {
      const day = `2023-${String(month + 1).padStart(2, '0')}-10`;
      const stage = deal < 10 && month !== 5 ? 'Won' : 'Lost';
      return `D${month}-${deal},${stage},${day},${day}`;
    }),
  ).flat();
  const deals = ['id,stage,created,closed', ...rows].join('\n');
  const report = reportOfDataset(datasetOf({ asOf: '2024-01-15', stages: MICRO12_STAGES, deals }));
  const [block] = chartsIn(pageOf(report), 'win-rate', 'control');

  it('has the limits of the metric, the rate of all, and names the odd one', () => {
    const judged = resultOf<WinRatePeriodsResult>(report, 'winRatePeriods')!.judged!;
    expect(judged).toHaveLength(12);
    expect(block?.chart.points.map(({ low, high }) => [low, high])).toEqual(
      judged.map(({ lowerLimit, upperLimit }) => [lowerLimit, upperLimit]),
    );
    expect(block?.chart.centre?.value).toBe(110 / 240);
    expect(block?.chart.points.filter(({ isOutside }) => isOutside).map(({ label }) => label)).toEqual(['2023-06']);
    expect(block?.title).toBe('Unusual periods: 2023-06; all others vary as much as they usually do');
    expect(cellsOf(block!)[5]?.[1]).toBe('0 of 20 (0%, 0–16%, low n), unusual');
  });
});

describe('the completeness', () => {
  const owners = Array.from({ length: 25 }, (_, index) => `Owner ${String(index).padStart(2, '0')}`);
  const rows = owners.flatMap((owner, index) => [
    `A${index},${owner},Offer,${index === 7 ? '' : 100},2024-05-01`,
    `B${index},${owner},Offer,${index < 10 ? 100 : ''},`,
    `C${index},${owner},Lead,,`,
  ]);
  const dataset = datasetOf({
    asOf: '2024-04-01',
    stages: [{ id: 'Lead' }, { id: 'Offer', require: ['amount', 'close'] }, { id: 'Won', kind: 'won' }],
    deals: ['id,owner,stage,amount,close', ...rows].join('\n'),
    currency: 'USD',
  });
  const page = pageOf(reportOfDataset(dataset));
  const [byStage, byOwner] = chartsIn(page, 'completeness', 'heat');

  it('is a field by stage, of the deals that must have it', () => {
    // 50 deals at Offer: 24 + 10 amounts, 25 close dates.
    expect(byStage?.chart.columns).toEqual(['All', 'Offer']);
    expect(byStage?.chart.rows.map(({ label, cells }) => [label, cells.map(({ value }) => value)])).toEqual([
      ['amount', [34 / 50, 34 / 50]],
      ['Close date', [25 / 50, 25 / 50]],
    ]);
    expect(byStage?.title).toBe('Least filled: Close date at Offer, 25 of 50 (50%)');
    expect(cellsOf(byStage!)).toEqual([
      ['amount', '34 of 50 (68%)', '34 of 50 (68%)'],
      ['Close date', '25 of 50 (50%)', '25 of 50 (50%)'],
    ]);
  });

  it('is an owner by field, of twenty owners, and says how many are left out', () => {
    expect(byOwner?.chart.rows).toHaveLength(20);
    expect(byOwner?.table.rows).toHaveLength(20);
    expect(byOwner?.caption).toBe('The 20 owners with most to fill in; 5 more are left out.');
    // Owners 10 to 24 lack an amount and a close date, as owner 07 does, and are in order of name.
    expect(byOwner?.chart.rows[0]).toMatchObject({ label: 'Owner 07' });
    expect(byOwner?.chart.rows[0]?.cells.map(({ text }) => text)).toEqual(['2 of 4', '1 of 2', '1 of 2']);
  });
});

describe('the forecast', () => {
  const deals = [
    'id,stage,amount,currency,probability,close,closed',
    'A,Lead,1000,USD,0.5,2024-04-20,',
    'B,Lead,2000,USD,0.25,2024-04-25,',
    'C,Won,500,USD,,2024-04-01,2024-04-01',
    'D,Lead,300,EUR,0.5,2024-04-20,',
    'E,Lost,300,EUR,,2024-03-20,2024-03-20',
  ].join('\n');
  const report = reportOfDataset(datasetOf({ asOf: '2024-04-01', stages: MICRO12_STAGES, deals }));

  it('is a chart for each currency, with what is won', () => {
    const charts = chartsIn(pageOf(report), 'forecast', 'intervals');
    expect(charts.map(({ chart }) => chart.currency)).toEqual(['USD', 'EUR']);
    const [dollars, euros] = charts;
    const manual = dollars?.chart.rows.find(({ label }) => label === 'Manual');
    // 1,000 × 0.5 + 2,000 × 0.25 + 500 won.
    expect(manual?.value).toBe(1500);
    expect(dollars?.chart.rows.find(({ label }) => label === 'Won so far')?.value).toBe(500);
    expect(euros?.chart.rows.find(({ label }) => label === 'Manual')?.value).toBe(150);
    expect(
      cellsOf(dollars!)
        .find(([label]) => label === 'Manual')
        ?.slice(1, 3),
    ).toEqual(['$1,000', '$1,500']);
    expect(dollars?.chart).not.toHaveProperty('reference');
  });

  it('has a line for the target of the same days, and names the others', () => {
    const target = {
      metric: 'won_amount',
      of: {},
      bound: 'atLeast',
      unit: 'money',
      currency: 'USD',
      target: 5000,
      from: '2024-04-01',
      until: '2024-04-30',
    };
    const others = [
      { ...target, until: '2024-06-30', target: 9000 },
      { ...target, of: { owner: 'Ann' } },
    ];
    const attainment = { ...report.metrics['attainment']!, result: { targets: [...others, target], ahead: [] } };
    const page = pageOf({ ...report, metrics: { ...report.metrics, attainment } });
    const [dollars, euros] = chartsIn(page, 'forecast', 'intervals');
    expect(dollars?.chart.reference).toEqual({ value: 5000, label: 'target $5,000' });
    expect(euros?.chart).not.toHaveProperty('reference');
    const told = sectionOf(page, 'forecast').blocks.flatMap((block) =>
      block.type === 'paragraph' ? plain(block.text) : [],
    );
    expect(told.join()).toContain('target $9,000 by 2024-06-30');
  });
});

it('shows median and oldest age of the open deals where a table tells when they entered their stage', () => {
  const dataset = datasetOf({
    asOf: '2024-04-01',
    stages: MICRO12_STAGES,
    deals: 'id,stage,stage_entered\nA,Lead,2024-03-02\nB,Lead,2024-03-22\nC,Lead,\nD,Won,2024-03-01',
  });
  const report = reportOfDataset(dataset);
  const [dots] = chartsIn(pageOf(report), 'dwell', 'quantiles');
  expect(dots?.chart.rows.map(({ openDays }) => openDays)).toEqual([[10, 30], [], [], []]);
  // An earlier version told no single ages: 30 and 10 days.
  const [block] = chartsIn(pageOf(ofEarlierVersion(report)), 'dwell', 'intervals');
  expect(block?.chart.rows.map(({ value, low, high }) => [value, low, high])).toEqual([
    [20, 20, 30],
    [null, null, null],
    [null, null, null],
    [null, null, null],
  ]);
  expect(cellsOf(block!)[0]).toEqual(['Lead', '2', '20 days', '28 days', '30 days']);
  expect(block?.title).toBe('Open deals have been longest at Lead: half of them for more than 20 days');
});

/** The report as a version saved it that told neither a lower quartile nor the ages one by one. */
function ofEarlierVersion(report: AuditReport): AuditReport {
  const text = JSON.stringify(report, (key, value: unknown) => (key === 'p25Days' ? undefined : value));
  return JSON.parse(text, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null || !('openAges' in value)) return value;
    const { days: _days, ...openAges } = value.openAges as Readonly<Record<string, unknown>>;
    return { ...value, openAges };
  }) as AuditReport;
}

it('shows the stalled deals alone where an earlier version told no single ages', () => {
  const [block] = chartsIn(pageOf(ofEarlierVersion(reportOfDataset(micro12()))), 'dwell', 'quantiles');
  // D09, 31 days in Lead, where 10 are typical.
  expect(block?.chart.rows.map(({ openDays }) => openDays)).toEqual([[31], [], [], []]);
  expect(block?.chart.rows[0]?.p25).toBeNull();
  expect(block?.caption).toContain('Each dot is an open deal that is stalled');
});

describe('the ages of open deals', () => {
  const stage = { stage: 'Lead', openAges: { deals: 1000, medianDays: 500, p90Days: 900, maxDays: 1000 } };
  const translator = createTranslator('en', { fields: {}, stages: {} });
  const ages = (days: readonly number[]) =>
    dwellBlocks(
      {
        basis: 'snapshot',
        unit: 'calendar days',
        per: 'visit',
        stages: [{ ...stage, openAges: { ...stage.openAges, days } }],
        unknown: 0,
        caveat: { en: 'x', zh: 'x' },
      },
      null,
      translator,
    ).flatMap((block) =>
      block.type === 'chart' && block.chart.type === 'quantiles' ? block.chart.rows[0]!.openDays : [],
    );

  it('are all of them up to 200', () => {
    expect(ages([3, 1, 2])).toEqual([1, 2, 3]);
  });

  it('are 200 quantiles of more, from the least to the greatest, whatever their order', () => {
    const days = Array.from({ length: 1991 }, (_, index) => index);
    const shown = ages(days.toReversed());
    expect(shown).toHaveLength(200);
    expect(shown.slice(0, 3)).toEqual([0, 10, 20]);
    expect(shown.at(-1)).toBe(1990);
    expect(ages(days)).toEqual(shown);
  });
});
