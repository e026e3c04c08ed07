import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildJourneys } from '../../../src/dataset/journeys/journeys.ts';
import { withLastMoves } from '../../../src/dataset/journeys/last-moves.ts';
import { DAY_MILLIS } from '../../../src/dataset/values/calendar.ts';
import { changeLogOf, MICRO12_STAGES, stagesOf } from '../../metrics/dataset-fixture.ts';

const STAGES = stagesOf(MICRO12_STAGES);
const IDS = STAGES.map(({ id }) => id);
const DEALS = ['D1', 'D2', 'D3'];
const AS_OF = 20_000;

const change = fc.record({
  deal: fc.constantFrom(...DEALS),
  stage: fc.constantFrom(...IDS),
  day: fc.integer({ min: AS_OF - 100, max: AS_OF }),
});
const move = fc.record({
  stage: fc.integer({ min: -1, max: IDS.length - 1 }),
  day: fc.option(fc.integer({ min: AS_OF - 120, max: AS_OF })),
});

it('adds at most one stay a deal, at its end, and changes nothing else', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 20 }), fc.array(move, { minLength: 3, maxLength: 3 }), (rows, moves) => {
      const context = { rowCount: DEALS.length, stages: STAGES, asOfDay: AS_OF };
      const texts = rows.map(({ deal, stage, day }) => [
        deal,
        stage,
        new Date(day * DAY_MILLIS).toISOString().slice(0, 10),
      ]);
      const before = buildJourneys(changeLogOf(texts, DEALS, IDS), context);
      const stage = Int16Array.from(moves, (each) => each.stage);
      const millis = Float64Array.from(moves, ({ day }) => (day === null ? Number.NaN : day * DAY_MILLIS));
      const after = withLastMoves(before, { stage, millis }, context);
      for (let deal = 0; deal < DEALS.length; deal++) {
        const own = [...before.stage.subarray(before.offsets[deal], before.offsets[deal + 1])];
        const now = [...after.stage.subarray(after.offsets[deal], after.offsets[deal + 1])];
        expect(now.slice(0, own.length)).toEqual(own);
        expect(now.slice(own.length)).toEqual(now.length > own.length ? [stage[deal]] : []);
        const starts = after.start.subarray(after.offsets[deal], after.offsets[deal + 1]);
        const ends = after.end.subarray(after.offsets[deal], after.offsets[deal + 1]);
        expect([...ends]).toEqual([...starts.subarray(1), ...(now.length > 0 ? [Number.NaN] : [])]);
        expect([...starts].toSorted((a, b) => a - b)).toEqual([...starts]);
      }
    }),
  );
});
