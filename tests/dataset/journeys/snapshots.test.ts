import { describe, expect, it } from 'vitest';
import { logOfSnapshots } from '../../../src/dataset/journeys/snapshots.ts';
import { dayOf } from '../../../src/dataset/values/calendar.ts';

const DAY = 86_400_000;
const [LEAD, QUALIFIED, PROPOSAL, WON] = [0, 1, 2, 3];

function snapshot(date: readonly [number, number, number], rows: readonly (readonly [deal: number, stage: number])[]) {
  return {
    day: dayOf(...date),
    dealOfRow: Int32Array.from(rows, ([deal]) => deal),
    stageOfRow: Int16Array.from(rows, ([, stage]) => stage),
  };
}

function changes({ log }: ReturnType<typeof logOfSnapshots>): readonly string[] {
  return [...log.dealOfRow].map((deal, row) => {
    const day = (log.millisOfRow[row] as number) / DAY - dayOf(2024, 1, 1);
    return `deal ${deal} stage ${log.stageOfRow[row]} day ${day}`;
  });
}

describe('logOfSnapshots', () => {
  it('puts each change into the middle between two exports', () => {
    // Lead on 8 January, Proposal on the 15th, Won on the 22nd: the proposal lasted 0 to 14 days, by the middles 7.
    const history = logOfSnapshots(
      [
        snapshot([2024, 1, 8], [[0, LEAD]]),
        snapshot([2024, 1, 15], [[0, PROPOSAL]]),
        snapshot([2024, 1, 22], [[0, WON]]),
      ],
      1,
      null,
    );
    expect(changes(history)).toEqual(['deal 0 stage 0 day 7', 'deal 0 stage 2 day 10.5', 'deal 0 stage 3 day 17.5']);
    expect(history.possiblyUnobserved).toBe(1);
  });

  it('begins a deal that appears later on the day it was created, where that lies between the exports', () => {
    const created = Float64Array.of(Number.NaN, dayOf(2024, 1, 10), dayOf(2023, 5, 1));
    const history = logOfSnapshots(
      [
        snapshot([2024, 1, 8], [[0, LEAD]]),
        snapshot(
          [2024, 1, 15],
          [
            [0, LEAD],
            [1, LEAD],
            [2, QUALIFIED],
          ],
        ),
      ],
      3,
      created,
    );
    expect(changes(history)).toEqual(['deal 0 stage 0 day 7', 'deal 1 stage 0 day 9', 'deal 2 stage 1 day 10.5']);
  });

  it('leaves out deals that are not in the audited table and stages it does not know', () => {
    const history = logOfSnapshots(
      [
        snapshot(
          [2024, 1, 8],
          [
            [-1, LEAD],
            [0, -1],
          ],
        ),
        snapshot([2024, 1, 9], [[0, WON]]),
      ],
      1,
      null,
    );
    expect(changes(history)).toEqual(['deal 0 stage 3 day 7.5']);
  });
});
