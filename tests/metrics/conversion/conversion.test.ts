import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../../src/dataset/dataset.ts';
import { DAY_MILLIS } from '../../../src/dataset/values/calendar.ts';
import { createTranslator } from '../../../src/i18n/translator.ts';
import conversion, {
  type ConversionResult,
  type HistoryConversion,
  type SnapshotConversion,
} from '../../../src/metrics/conversion/conversion.ts';
import type { FigureArgument } from '../../../src/ruleset/expression/expression.ts';
import {
  contextOf,
  datasetOf,
  dayOf,
  MICRO12_HISTORY,
  MICRO12_STAGES,
  micro12,
  micro12Snapshot,
  readReference,
  USUAL_OPTIONS,
} from '../dataset-fixture.ts';

const expected = JSON.parse(readReference('micro12.json'));
const STAGES: string[] = expected.stages;

function compute(dataset: Dataset, windowDays: number | null = null): ConversionResult {
  return conversion.compute(contextOf(dataset, { windowDays })) as ConversionResult;
}

function history(dataset: Dataset, windowDays: number | null = null): HistoryConversion {
  const result = compute(dataset, windowDays);
  if (result.basis !== 'history') throw new Error('a history is expected');
  return result;
}

describe('micro12 with history', () => {
  const result = history(micro12(), 30);

  it.each(STAGES.map((stage, index) => [stage, index] as const))('counts the moves of %s', (stage, index) => {
    const wanted = expected.perStage[stage];
    expect(result.stages[index]).toMatchObject({
      stage,
      visits: wanted.visits,
      entries: wanted.entries,
      reached: wanted.reached,
      skipped: wanted.skippedBy.length,
      reEntries: wanted.reEntries,
      advanced: wanted.advanced,
      lostHere: wanted.lostHere,
      pending: wanted.pending,
      exits: { ...wanted.exits, dormant: 0 },
      movedBack: wanted.exits.backward,
    });
  });

  it.each(STAGES.map((stage, index) => [stage, index] as const))('computes the rates of %s', (stage, index) => {
    const wanted = expected.perStage[stage];
    const got = result.stages[index]!;
    expect(got.toDate.value).toBe(wanted.convToDate);
    expect(got.resolved.value).toBe(wanted.convResolved);
    expect(got.upperBound.value).toBe(wanted.convUpper);
    expect(got.windowDays).toBe(30);
    expect(got.matured).toMatchObject({
      count: wanted.matured30.converted,
      of: wanted.matured30.n,
      value: wanted.matured30.rate,
    });
    expect(got.headline).toBe('estimated');
  });

  it('climbs the ladder', () => {
    expect(result.ladder.map((step) => step.reached)).toEqual(expected.reached);
    expect(result.ladder.slice(1).map((step) => step.step?.value)).toEqual(expected.stepReached);
    expect(result.ladder.map((step) => step.cumulative.value)).toEqual(expected.cumulative);
  });

  it('counts deals that reopened and deals that went back', () => {
    expect(result.reopenedDeals).toBe(1);
    expect(result.regressedDeals).toBe(1);
    // D03 and D11 skipped; D04 and D08 came to Proposal a second time.
    expect(result.skippedDeals).toBe(2);
    expect(result.reEnteredDeals).toBe(2);
    expect(result.stages.map((stage) => stage.reopened)).toEqual([0, 0, 1, 0]);
  });

  it('takes the 90th percentile of the times to advance, rounded up, when no window is given', () => {
    const [lead] = history(micro12()).stages;
    // Nine deals advanced from Lead, after 5 ×4, 10 ×3, 15 and 20 days: p90 is 16.
    expect(lead).toMatchObject({ windowDays: 16, windowFrom: 'p90' });
  });

  it('says where the pending deals are', () => {
    // D09 in Lead; D06 and D10 in Qualified; D07 in Proposal; D08 in Negotiation.
    expect(result.stages.map((stage) => stage.stillHere)).toEqual([1, 2, 1, 1]);
    expect(result.stages.every((stage) => stage.nowEarlier === 0 && stage.dormantHere === 0)).toBe(true);
  });

  it('names the deals behind its counts where details are asked for', () => {
    const detailed = conversion.compute(contextOf(micro12(), { details: true })) as HistoryConversion;
    expect(detailed.stages[1]?.deals).toEqual({
      advanced: ['D01', 'D04', 'D07', 'D08', 'D12'],
      lostHere: ['D02'],
      pending: ['D06', 'D10'],
    });
    expect(result.stages[1]).not.toHaveProperty('deals');
  });

  it('estimates by Aalen–Johansen, pending deals censored', () => {
    const negotiation = result.stages[3]!;
    // At risk 4, 3 after 5 and 10 days; one pending at 11 days; lost at 30.
    expect(negotiation.estimated?.value).toBeCloseTo(0.5, 12);
    expect(negotiation.estimated?.of).toBe(4);
  });
});

describe('headline', () => {
  const deals = Array.from({ length: 40 }, (_, index) => `D${index}`);
  const rows = deals.flatMap((deal, index) => [
    `${deal},Lead,2024-01-01`,
    ...(index % 4 === 0 ? [`${deal},Qualified,2024-01-06`] : []),
  ]);
  const dataset = datasetOf({
    asOf: '2024-04-01',
    stages: MICRO12_STAGES,
    deals: ['id,stage', ...deals.map((deal) => `${deal},Lead`)].join('\n'),
    history: ['id,stage,at', ...rows].join('\n'),
  });

  it('is the matured rate from thirty matured deals on', () => {
    const [lead] = history(dataset, 30).stages;
    expect(lead).toMatchObject({ headline: 'matured', matured: { count: 10, of: 40, value: 0.25 } });
  });

  it('has neither where nothing was ever entered', () => {
    const proposal = history(dataset, 30).stages[2];
    expect(proposal).toMatchObject({ headline: null, matured: null, toDate: { value: null, of: 0 } });
  });
});

describe('dormant and untracked deals', () => {
  const dataset = datasetOf({
    asOf: '2024-04-01',
    stages: [...MICRO12_STAGES, { id: 'Dormant', kind: 'dormant' }],
    deals: 'id,stage\nA,Dormant\nB,Lost\nC,Won',
    history: 'id,stage,at\nA,Lead,2024-01-01\nA,Dormant,2024-02-01\nB,Lead,2024-01-01\nB,Lost,2024-01-11',
  });

  it('count as pending, and not at all', () => {
    const result = history(dataset);
    expect(result.dealsWithoutHistory).toBe(1);
    expect(result.stages[0]).toMatchObject({ entries: 2, advanced: 0, lostHere: 1, pending: 1 });
    expect(result.stages[0]?.exits).toMatchObject({ dormant: 1, lost: 1, open: 0 });
    expect(result.stages[0]).toMatchObject({ stillHere: 0, nowEarlier: 0, dormantHere: 1 });
  });

  it('tells deals that fell back from those still in the stage', () => {
    const back = history(
      datasetOf({
        asOf: '2024-04-01',
        stages: MICRO12_STAGES,
        deals: 'id,stage\nA,Lead\nB,Qualified\nC,Lead',
        history: [
          'id,stage,at',
          'A,Lead,2024-01-01\nA,Qualified,2024-01-05\nA,Lead,2024-01-09',
          'B,Lead,2024-01-01\nB,Qualified,2024-01-05\nB,Lead,2024-01-09\nB,Qualified,2024-01-15',
          'C,Qualified,2024-01-01\nC,Won,2024-01-05\nC,Lead,2024-01-09',
        ].join('\n'),
      }),
    );
    // A is back in Lead, B in Qualified again; C was won before it was reopened in Lead, which counts as having advanced.
    expect(back.stages[1]).toMatchObject({ entries: 3, advanced: 1, pending: 2, stillHere: 1, nowEarlier: 1 });
    // In Lead, C came from beyond and has not advanced since.
    expect(back.stages[0]).toMatchObject({ entries: 3, advanced: 2, pending: 1, stillHere: 1, nowEarlier: 0 });
    expect(back.stages[1]).toMatchObject({ movedBack: 2 });
  });
});

describe('micro12 as a snapshot', () => {
  const result = compute(micro12Snapshot()) as SnapshotConversion;

  it('gives bounds, not rates', () => {
    expect(result.basis).toBe('snapshot');
    expect(result.stages.map((stage) => stage.reachedLow)).toEqual(expected.snapshot.reachedLow);
    expect(result.stages.map((stage) => stage.reachedHigh)).toEqual(expected.snapshot.reachedHigh);
    expect(result.stages.slice(0, 3).map((stage) => stage.stepLow)).toEqual(expected.snapshot.stepLow);
    expect(result.stages.slice(0, 3).map((stage) => stage.stepHigh)).toEqual(expected.snapshot.stepHigh);
  });

  it('holds the truth between the bounds', () => {
    const truth = [...expected.stepReached];
    for (const [index, stage] of result.stages.entries()) {
      expect(stage.stepLow).toBeLessThanOrEqual(truth[index]);
      expect(stage.stepHigh).toBeGreaterThanOrEqual(truth[index]);
    }
  });

  it('gives the counts behind the bounds, and the deals that may yet go on', () => {
    expect(result.stages.map((stage) => stage.step)).toEqual([
      { low: { count: 7, of: 12 }, high: { count: 11, of: 12 } },
      { low: { count: 5, of: 11 }, high: { count: 9, of: 11 } },
      { low: { count: 4, of: 9 }, high: { count: 8, of: 9 } },
      // To won: lost deals can only make the base smaller.
      { low: { count: 3, of: 8 }, high: { count: 3, of: 4 } },
    ]);
    expect(result.stages.map((stage) => stage.stillHere)).toEqual([1, 2, 1, 1]);
  });

  it('says which column would close the gap, in both languages', () => {
    expect(result.remedy.en).toContain('--history');
    expect(result.remedy.zh).toContain('--history');
    expect(result.remedies).toEqual([]);
  });

  it.each([
    ['Stage at Loss', [{ by: 'lostStage', header: 'Stage at Loss' }]],
    ['输单时所处阶段', [{ by: 'lostStage', header: '输单时所处阶段' }]],
    ['Last Stage Change Date', []],
    ['Date entered "Lead"', [{ by: 'stageDates', dated: ['Lead'], lacking: ['Qualified', 'Proposal', 'Negotiation'] }]],
  ])('knows what the column %s could do', (header, remedies) => {
    const mapping = [{ header, field: null, confidence: 0, reading: {} }];
    const inputs = [{ role: 'deals', mapping }] as unknown as Dataset['inputs'];
    const found = compute({ ...micro12Snapshot(), inputs }) as SnapshotConversion;
    expect(found.remedies).toEqual(remedies);
  });

  it('knows that a column about the present stage is not enough', () => {
    const dataset = datasetOf({
      asOf: '2024-04-01',
      stages: MICRO12_STAGES,
      deals: 'id,stage,stage_entered\nA,Lead,2024-03-01',
    });
    const { remedies } = compute(dataset) as SnapshotConversion;
    expect(remedies).toEqual([{ by: 'stageEntered', header: 'stage_entered' }]);
  });
});

describe('a table that says where lost deals had got to', () => {
  const dataset = datasetOf({
    asOf: '2024-04-01',
    stages: MICRO12_STAGES,
    deals: [
      'id,stage,lost_stage',
      '1,Won,\n2,Won,\n3,Lead,\n4,Qualified,',
      '5,Lost,Lead\n6,Lost,Lead\n7,Lost,Proposal\n8,Lost,whatever',
    ].join('\n'),
  });
  const result = compute(dataset) as SnapshotConversion;

  it('narrows the bounds to the deals it does not place', () => {
    expect(result.lostStage).toEqual({ header: 'lost_stage', placed: 3, of: 4 });
    expect(result.stages.map((stage) => [stage.reachedLow, stage.reachedHigh])).toEqual([
      [8, 8],
      [4, 5],
      [3, 4],
      [2, 3],
    ]);
    expect(result.stages.map((stage) => stage.step)).toEqual([
      { low: { count: 4, of: 8 }, high: { count: 5, of: 8 } },
      { low: { count: 3, of: 5 }, high: { count: 4, of: 5 } },
      { low: { count: 2, of: 4 }, high: { count: 3, of: 4 } },
      { low: { count: 2, of: 3 }, high: { count: 2, of: 2 } },
    ]);
    expect(result.stages.map((stage) => stage.stillHere)).toEqual([1, 1, 0, 0]);
  });

  it('says that they are upper bounds', () => {
    expect(result.caveat.en).toContain('upper bound');
    expect(result.caveat.zh).toContain('上限');
  });

  it('lets no rule hope for deals that are known to have failed', () => {
    const figure = conversion.figures!.conversion!(
      [
        { type: 'stage', stage: 'Lead' },
        { type: 'stage', stage: 'Won' },
      ],
      { ...USUAL_OPTIONS, dataset, select: new Uint8Array(8).fill(1), windowDays: null },
    );
    // Wilson's lower limit of 2 of 8, and his upper limit of 4 of 8: two won and two open.
    expect(figure.interval![0]).toBeCloseTo(0.0715, 4);
    expect(figure.interval![1]).toBeCloseTo(0.7848, 4);
  });
});

describe('a log that holds no time', () => {
  const deals = Array.from({ length: 12 }, (_, deal) => `${deal},${deal < 8 ? 'Lead' : 'Won'}`);
  const history = (at: (deal: number) => string) =>
    Array.from({ length: 12 }, (_, deal) => `${deal},${deal < 8 ? 'Lead' : 'Won'},${at(deal)}`);
  const loaded = (at: (deal: number) => string) =>
    datasetOf({
      asOf: '2024-04-01',
      stages: MICRO12_STAGES,
      deals: ['id,stage', ...deals].join('\n'),
      history: ['id,stage,at', ...history(at)].join('\n'),
    });

  it('gives bounds, as a list alone does, and says why', () => {
    const result = compute(loaded(() => '2024-01-01T09:00:00'));
    expect(result.basis).toBe('snapshot');
    expect(result.basis === 'snapshot' && result.caveat.en).toContain('it holds no time');
  });

  it('is one of changes at one time alone', () => {
    expect(compute(loaded((deal) => `2024-01-01T09:00:${10 + deal}`)).basis).toBe('history');
  });

  it('gives no window where deals go on at the instant they come', () => {
    const rows = Array.from({ length: 20 }, (_, deal) => [
      `${deal},Lead,2024-01-${10 + deal}T09:00:00`,
      `${deal},Qualified,2024-01-${10 + deal}T09:00:00`,
    ]);
    const dataset = datasetOf({
      asOf: '2024-04-01',
      stages: MICRO12_STAGES,
      deals: ['id,stage', ...rows.map((_, deal) => `${deal},Qualified`)].join('\n'),
      history: ['id,stage,at', ...rows.flat()].join('\n'),
    });
    const result = compute(dataset);
    expect(result.basis === 'history' && result.stages[0]).toMatchObject({
      advanced: 20,
      windowDays: null,
      matured: null,
      estimated: null,
      headline: null,
    });
    const text = JSON.stringify(conversion.blocks(result, createTranslator('en', { fields: {}, stages: {} })));
    expect(text).toContain('at the very instant they came');
  });
});

describe('what people see', () => {
  const translator = createTranslator('en', { fields: {}, stages: {} });
  const blocksOf = (dataset: Dataset) => conversion.blocks(compute(dataset), translator);
  const tablesOf = (dataset: Dataset) => blocksOf(dataset).filter((block) => block.type === 'table');

  it('is how every deal that entered a stage stands, and the detours', () => {
    const [rates, standing] = tablesOf(micro12());
    expect(rates?.rows[3]).toEqual(['Negotiation', '2 of 4', '10 days']);
    expect(standing?.columns.map(({ title }) => title)).not.toContain('Dormant');
    // Entered = advanced + lost here + still here + now earlier; then never in it, moved back, re-entries, reopened, and
    // 5 of 7 to date, 5 of 6 decided, 6 of 7 at most.
    expect(standing?.rows[2]).toEqual(
      ['Proposal', '7', '5', '1', '1', '0', '0', '1', '2', '1'].concat(['71%', '83%', '86%']),
    );
    // D03 and D11 moved over stages, and D11 began in Proposal.
    expect(JSON.stringify(blocksOf(micro12()))).toContain(
      'skipped a stage on their way: 2 · entered beyond the first stage: 1 · moved back: 1',
    );
  });

  it('draws what a stage may yet come to, from the low end to date to the high end if all open deals got there', () => {
    const bars = blocksOf(micro12()).find((block) => block.type === 'bars');
    // Won 3 of 12, five open: Wilson's lower limit of 3 of 12 and his upper limit of 8 of 12.
    const won = bars?.rows.at(-1);
    expect(won).toMatchObject({ label: 'Won', value: 0.25, text: '3 of 12 (25%, at most 67%)' });
    expect(won?.low).toBeCloseTo(0.0889, 4);
    expect(won?.high).toBeCloseTo(0.8619, 4);
    expect(bars?.rows[0]).toEqual({ label: 'Lead', value: 1, text: '12 of 12 (100%, 76–100%, low n)' });
    expect(bars?.legend).toContain('to date');
  });

  it('gives one rate a stage where space is short', () => {
    const [, standing] = tablesOf(micro12());
    const shares = standing?.columns.filter(({ title }) => ['To date', 'Of decided', 'At most'].includes(title));
    expect(shares?.every(({ priority }) => priority > 5)).toBe(true);
  });

  it('is a range with the counts at both ends where there is no history', () => {
    const [table] = tablesOf(micro12Snapshot());
    expect(table?.rows[1]).toEqual(['Qualified', '45–82% (5 of 11 to 9 of 11)', '2', '7–11']);
    expect(table?.rows[3]).toEqual(['Negotiation', '38–75% (3 of 8 to 3 of 4)', '1', '4–8']);
  });

  it('is no percentage of fewer than five deals', () => {
    const few = datasetOf({ asOf: '2024-04-01', stages: MICRO12_STAGES, deals: 'id,stage\n1,Won\n2,Lost\n3,Lead' });
    expect(JSON.stringify(tablesOf(few))).not.toContain('%');
  });
});

describe('conversion(a, b)', () => {
  const figure = conversion.figures!.conversion!;
  const args = (from: string, to: string): FigureArgument[] => [
    { type: 'stage', stage: from },
    { type: 'stage', stage: to },
  ];
  const everything = (dataset: Dataset) => new Uint8Array(dataset.rowCount).fill(1);
  const context = (dataset: Dataset, windowDays: number | null = null, select = everything(dataset)) => ({
    ...USUAL_OPTIONS,
    dataset,
    select,
    windowDays,
  });

  it('counts deals that reached both, and leaves room for the pending ones', () => {
    const got = figure(args('Lead', 'Proposal'), context(micro12()));
    expect(got).toMatchObject({ count: 7, of: 12, value: 7 / 12, basis: 'history', unit: 'rate' });
    // Three of the five that fell short are open: as high as Wilson's upper limit of 10 of 12.
    expect(got.interval?.[0]).toBeCloseTo(0.3195, 3);
    expect(got.interval?.[1]).toBeCloseTo(0.953, 3);
  });

  it('judges only matured deals within a window', () => {
    const got = figure(args('Lead', 'Qualified'), context(micro12(), 30));
    expect(got).toMatchObject({ count: 8, of: 10, value: 0.8 });
  });

  it('takes a won stage for the end of the ladder', () => {
    expect(figure(args('Lead', 'Won'), context(micro12()))).toMatchObject({ count: 3, of: 12 });
  });

  it('is unknown backwards and towards a lost stage', () => {
    expect(figure(args('Proposal', 'Lead'), context(micro12())).value).toBeNull();
    expect(figure(args('Lead', 'Lost'), context(micro12())).value).toBeNull();
  });

  it('is about the selected deals', () => {
    const dataset = micro12();
    const select = new Uint8Array(dataset.rowCount);
    select[0] = 1;
    expect(figure(args('Lead', 'Won'), context(dataset, null, select))).toMatchObject({ count: 1, of: 1 });
  });

  it('knows only bounds without a history', () => {
    const got = figure(args('Qualified', 'Proposal'), context(micro12Snapshot()));
    expect(got.value).toBeNull();
    // Wilson's lower limit of 5/11; the open deals may all go on, and the lost ones may have done so.
    expect(got.interval![0]).toBeCloseTo(0.2127, 4);
    expect(got.interval![1]).toBe(1);
  });

  it('takes deals that are still open for no failures', () => {
    const openOnly = datasetOf({
      asOf: '2024-04-01',
      stages: MICRO12_STAGES,
      deals: `id,stage\n${Array.from({ length: 100 }, (_, id) => `${id},Lead`).join('\n')}`,
    });
    expect(figure(args('Lead', 'Qualified'), context(openOnly))).toMatchObject({
      value: null,
      interval: [0, 1],
      of: 100,
    });
    // 1 won, 1 open and 2 lost: at most 2 of 4 are won; Wilson of 1/4 and of 2/4.
    const few = datasetOf({
      asOf: '2024-04-01',
      stages: MICRO12_STAGES,
      deals: 'id,stage\n1,Won\n2,Lead\n3,Lost\n4,Lost',
    });
    const { interval } = figure(args('Lead', 'Won'), context(few));
    expect(interval![0]).toBeCloseTo(0.0456, 4);
    expect(interval![1]).toBeCloseTo(0.85, 4);
  });
});

describe('properties', () => {
  const STAGE_IDS = MICRO12_STAGES.map((stage) => stage.id);
  const change = fc.record({
    deal: fc.nat({ max: 7 }),
    stage: fc.constantFrom(...STAGE_IDS),
    minute: fc.integer({ min: 0, max: 120_000 }),
  });
  const changes = fc.uniqueArray(change, { selector: (row) => row.minute, maxLength: 80 });
  const build = (rows: readonly { deal: number; stage: string; minute: number }[]) => {
    const at = (minute: number) =>
      new Date(dayOf('2024-01-01') * DAY_MILLIS + minute * 60_000).toISOString().slice(0, 19);
    return datasetOf({
      asOf: '2024-04-01',
      stages: MICRO12_STAGES,
      deals: ['id,stage', ...Array.from({ length: 8 }, (_, deal) => `${deal},Lead`)].join('\n'),
      history: ['id,stage,at', ...rows.map((row) => `${row.deal},${row.stage},${at(row.minute)}`)].join('\n'),
    });
  };
  const within = (value: number | null | undefined) => value == null || (value >= 0 && value <= 1);

  it('entries = advanced + lost + pending, visits = sum of exits, rates within 0 and 1', () => {
    fc.assert(
      fc.property(changes, (rows) => {
        for (const stage of history(build(rows)).stages) {
          expect(stage.advanced + stage.lostHere + stage.pending).toBe(stage.entries);
          expect(Object.values(stage.exits).reduce((sum, count) => sum + count, 0)).toBe(stage.visits);
          expect(stage.visits).toBe(stage.entries + stage.reEntries);
          expect(stage.entries + stage.skipped).toBeLessThanOrEqual(8);
          const rates = [stage.toDate, stage.resolved, stage.upperBound, stage.matured, stage.estimated];
          expect(rates.every((rate) => within(rate?.value))).toBe(true);
        }
      }),
    );
  });

  const DORMANT_STAGES = [...MICRO12_STAGES, { id: 'Dormant', kind: 'dormant' } as const];
  const walk = fc.array(fc.constantFrom(...DORMANT_STAGES.map((stage) => stage.id)), { maxLength: 9 });
  const OPEN = ['Lead', 'Qualified', 'Proposal', 'Negotiation'];

  /** How one deal stands that walked through these stages and entered a stage, counted by hand. */
  function standingOf(stages: readonly string[], stage: string): string | null {
    const rank = (id: string) => (id === 'Won' ? OPEN.length : OPEN.indexOf(id));
    const entry = stages.indexOf(stage);
    if (entry < 0) return null;
    if (stages.slice(entry).some((id) => rank(id) > rank(stage))) return 'advanced';
    const last = stages.at(-1)!;
    if (last === 'Lost') return 'lostHere';
    if (last === 'Dormant') return 'dormantHere';
    return last === stage ? 'stillHere' : 'nowEarlier';
  }

  it('entries = advanced + lost here + still here + now earlier + dormant, however deals walk', () => {
    fc.assert(
      fc.property(fc.array(walk, { maxLength: 12 }), (walks) => {
        const rows = walks.flatMap((stages, deal) =>
          stages.map((stage, step) => `${deal},${stage},2024-01-${String(step + 1).padStart(2, '0')}`),
        );
        const dataset = datasetOf({
          asOf: '2024-04-01',
          stages: DORMANT_STAGES,
          deals: ['id,stage', ...walks.map((_, deal) => `${deal},Lead`)].join('\n'),
          history: ['id,stage,at', ...rows].join('\n'),
        });
        for (const stage of history(dataset).stages) {
          const wanted = { advanced: 0, lostHere: 0, dormantHere: 0, stillHere: 0, nowEarlier: 0 };
          for (const stages of walks) {
            const standing = standingOf(stages, stage.stage) as keyof typeof wanted | null;
            if (standing !== null) wanted[standing] += 1;
          }
          expect(stage).toMatchObject(wanted);
          expect(Object.values(wanted).reduce((sum, count) => sum + count, 0)).toBe(stage.entries);
          expect(stage.stillHere + stage.nowEarlier + stage.dormantHere).toBe(stage.pending);
        }
      }),
    );
  });

  it('steps multiply to the cumulative rate', () => {
    fc.assert(
      fc.property(changes, (rows) => {
        let product = 1;
        for (const { step, cumulative } of history(build(rows)).ladder) {
          if (cumulative.value === null || step?.value === null) break;
          product *= step?.value ?? 1;
          expect(cumulative.value).toBeCloseTo(product, 12);
        }
      }),
    );
  });

  it('shuffling the log changes nothing', () => {
    const shuffled = changes.chain((rows) =>
      fc.shuffledSubarray(rows, { minLength: rows.length }).map((other) => ({ rows, other })),
    );
    fc.assert(
      fc.property(shuffled, ({ rows, other }) => {
        expect(compute(build(other))).toEqual(compute(build(rows)));
      }),
    );
  });

  it('rows that repeat the stage change nothing', () => {
    const [header, ...rows] = MICRO12_HISTORY.trim().split('\n');
    const repeated = [header, ...rows, 'D09,Lead,2024-03-20', 'D06,Qualified,2024-03-01'].join('\n');
    expect(compute(micro12({ history: repeated }))).toEqual(compute(micro12()));
  });
});
