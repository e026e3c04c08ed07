import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXIT, type Journeys } from '../../../src/dataset/dataset.ts';
import { buildJourneys, openStageIndexes } from '../../../src/dataset/journeys/journeys.ts';
import { stayDays } from '../../../src/dataset/journeys/visits.ts';
import { DAY_MILLIS } from '../../../src/dataset/values/calendar.ts';
import { changeLogOf, dayOf, MICRO12_STAGES, micro12, readReference, stagesOf } from '../../metrics/dataset-fixture.ts';

const STAGES = stagesOf([...MICRO12_STAGES, { id: 'Dormant', kind: 'dormant' }]);
const STAGE_IDS = STAGES.map((stage) => stage.id);
const EXIT_NAMES = Object.keys(EXIT);

function build(rows: readonly (readonly string[])[], asOf = '2024-04-01', dealIds = ['D1', 'D2']): Journeys {
  const context = { rowCount: dealIds.length, stages: STAGES, asOfDay: dayOf(asOf) };
  return buildJourneys(changeLogOf(rows, dealIds, STAGE_IDS), context);
}

function exitsOf(journeys: Journeys): string[] {
  return [...journeys.exit].map((exit, stay) => `${STAGE_IDS[journeys.stage[stay]!]}:${EXIT_NAMES[exit]}`);
}

describe('micro12', () => {
  const expected = JSON.parse(readReference('micro12.json'));
  const dataset = micro12();
  const journeys = dataset.journeys!;

  it('has the visits of the reference', () => {
    const visits = [];
    for (let deal = 0; deal < dataset.rowCount; deal += 1) {
      for (let stay = journeys.offsets[deal]!; stay < journeys.offsets[deal + 1]!; stay += 1) {
        const stage = dataset.stages[journeys.stage[stay]!]!;
        if (stage.kind !== 'open') continue;
        const closed = !Number.isNaN(journeys.end[stay]!);
        visits.push({
          deal: dataset.columns.get('id')!.texts.at(deal),
          stage: stage.id,
          start: new Date(journeys.start[stay]!).toISOString().slice(0, 10),
          end: closed ? new Date(journeys.end[stay]!).toISOString().slice(0, 10) : null,
          days: stayDays(journeys, stay, dataset.asOfDay),
          closed,
          exit: EXIT_NAMES[journeys.exit[stay]!],
        });
      }
    }
    expect(visits).toEqual(expected.visits);
  });

  it('drops and counts the row that repeats its stage', () => {
    expect(journeys.noopRowsDropped).toBe(expected.noopRowsDropped);
    expect(journeys.rowsRead).toBe(42);
  });
});

describe('buildJourneys', () => {
  it('counts every row it does not turn into a stay, by reason', () => {
    const journeys = build([
      ['D1', 'Lead', '2024-01-01'],
      ['D1', 'Lead', '2024-01-02'],
      ['D1', 'Nowhere', '2024-01-03'],
      ['D1', 'Qualified', 'soon'],
      ['D1', 'Proposal', '2024-04-02'],
      ['D9', 'Lead', '2024-01-01'],
    ]);
    expect(exitsOf(journeys)).toEqual(['Lead:open']);
    expect(journeys).toMatchObject({
      rowsRead: 6,
      noopRowsDropped: 1,
      unknownStageRows: [2],
      unreadableTimeRows: [3],
      rowsAfterAsOf: 1,
      orphanRows: 1,
    });
  });

  it('counts a change at any time of the as-of day, and none after it', () => {
    const journeys = build([
      ['D1', 'Lead', '2024-04-01T23:59:59'],
      ['D1', 'Won', '2024-04-02T00:00:00'],
    ]);
    expect(journeys.stage.length).toBe(1);
    expect(journeys.rowsAfterAsOf).toBe(1);
    expect(stayDays(journeys, 0, dayOf('2024-04-01'))).toBe(0);
  });

  it('names every way a stay can end', () => {
    const journeys = build([
      ['D1', 'Lead', '2024-01-01'],
      ['D1', 'Qualified', '2024-01-02'],
      ['D1', 'Negotiation', '2024-01-03'],
      ['D1', 'Lead', '2024-01-04'],
      ['D1', 'Dormant', '2024-01-05'],
      ['D1', 'Qualified', '2024-01-06'],
      ['D1', 'Lost', '2024-01-07'],
      ['D1', 'Proposal', '2024-01-08'],
      ['D1', 'Won', '2024-01-09'],
    ]);
    expect(exitsOf(journeys)).toEqual([
      'Lead:forward',
      'Qualified:skipForward',
      'Negotiation:backward',
      'Lead:dormant',
      'Dormant:backward',
      'Qualified:lost',
      'Lost:backward',
      'Proposal:won',
      'Won:open',
    ]);
  });

  it('keeps the file order of changes at the same instant and counts them', () => {
    const journeys = build([
      ['D1', 'Lead', '2024-01-01'],
      ['D1', 'Qualified', '2024-01-05'],
      ['D1', 'Proposal', '2024-01-05'],
    ]);
    expect(exitsOf(journeys)).toEqual(['Lead:forward', 'Qualified:forward', 'Proposal:open']);
    expect(journeys.tiedRows).toBe(1);
  });

  it('reads a log that is newest first like one that is oldest first, ties included', () => {
    const rows = [
      ['D1', 'Lead', '2024-01-01'],
      ['D1', 'Qualified', '2024-01-05'],
      ['D1', 'Proposal', '2024-01-05'],
      ['D2', 'Lead', '2024-01-02'],
      ['D2', 'Lost', '2024-01-09'],
    ];
    const { row: _row, ...forwards } = build(rows);
    const { row: _reversed, ...backwards } = build(rows.toReversed());
    expect(backwards).toEqual(forwards);
  });

  it('sorts a deal with very many rows', () => {
    const rows = Array.from({ length: 400 }, (_, index) => [
      'D1',
      index % 2 === 0 ? 'Lead' : 'Qualified',
      new Date(index * 7_000_000).toISOString().slice(0, 19),
    ]);
    const journeys = build(rows.toSorted((a, b) => (a[2]! + a[1]! < b[2]! + b[1]! ? 1 : -1)));
    expect(journeys.start).toEqual(journeys.start.toSorted());
    expect(journeys.stage.length).toBe(400);
  });

  it('makes nothing of an empty log', () => {
    expect(build([]).offsets).toEqual(new Int32Array(3));
  });
});

describe('openStageIndexes', () => {
  it('numbers the open stages alone', () => {
    const stages = stagesOf([{ id: 'Won', kind: 'won' }, { id: 'A' }, { id: 'D', kind: 'dormant' }, { id: 'B' }]);
    expect([...openStageIndexes(stages)]).toEqual([-1, 0, -1, 1]);
  });
});

describe('properties', () => {
  const change = fc.record({
    deal: fc.constantFrom('D1', 'D2', 'D3', 'D9'),
    stage: fc.constantFrom(...STAGE_IDS, 'Nowhere'),
    minute: fc.integer({ min: 0, max: 200_000 }),
  });
  const log = fc
    .uniqueArray(change, { selector: (row) => row.minute, maxLength: 60 })
    .map((rows) =>
      rows.map((row) => [
        row.deal,
        row.stage,
        new Date(dayOf('2024-01-01') * DAY_MILLIS + row.minute * 60_000).toISOString().slice(0, 19),
      ]),
    );
  const DEALS = ['D1', 'D2', 'D3'];

  it('shuffling the log changes nothing', () => {
    const shuffled = log.chain((rows) =>
      fc.shuffledSubarray(rows, { minLength: rows.length }).map((other) => ({ rows, other })),
    );
    fc.assert(
      fc.property(shuffled, ({ rows, other }) => {
        const { row: _a, unknownStageRows: unknownA, ...a } = build(rows, '2024-04-01', DEALS);
        const { row: _b, unknownStageRows: unknownB, ...b } = build(other, '2024-04-01', DEALS);
        expect(b).toEqual(a);
        expect(unknownB.length).toBe(unknownA.length);
      }),
    );
  });

  it('the stays of a deal partition its time', () => {
    const asOfDay = dayOf('2024-04-01');
    fc.assert(
      fc.property(log, (rows) => {
        const journeys = build(rows, '2024-04-01', DEALS);
        for (let deal = 0; deal < DEALS.length; deal += 1) {
          const stays = Array.from({ length: journeys.stage.length }, (_, stay) => stay).slice(
            journeys.offsets[deal],
            journeys.offsets[deal + 1],
          );
          if (stays.length === 0) continue;
          const days = stays.reduce((total, stay) => total + stayDays(journeys, stay, asOfDay), 0);
          const until = Math.max(journeys.start[stays.at(-1)!]!, asOfDay * DAY_MILLIS);
          expect(days).toBeCloseTo((until - journeys.start[stays[0]!]!) / DAY_MILLIS, 9);
          const starts = stays.slice(1).map((stay) => journeys.start[stay]);
          expect(stays.map((stay) => journeys.end[stay])).toEqual([...starts, Number.NaN]);
        }
      }),
    );
  });

  it('accounts for every row', () => {
    fc.assert(
      fc.property(log, (rows) => {
        const journeys = build(rows, '2024-04-01', DEALS);
        const setAside = journeys.unknownStageRows.length + journeys.unreadableTimeRows.length + journeys.orphanRows;
        expect(journeys.stage.length + journeys.noopRowsDropped + journeys.rowsAfterAsOf + setAside).toBe(rows.length);
      }),
    );
  });
});
