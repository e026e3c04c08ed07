import { describe, expect, it } from 'vitest';
import type { DueDateMovesResult } from '../../../src/metrics/pipeline/due-date-moves.ts';
import { metricsOf } from '../pipeline-audit.ts';

const HEADER = 'ID,Name,Stage,Amount,Close Date\n';

describe('close dates of several exports', () => {
  const previous = {
    '2026-04-01': `${HEADER}1,One,Lead,100,2026-04-20\n2,Two,Lead,200,2026-05-10\n3,Three,Lead,300,2026-08-10\n`,
    '2026-05-01': `${HEADER}1,One,Lead,100,2026-05-20\n2,Two,Lead,200,2026-05-20\n3,Three,Lead,300,2026-06-10\n4,Four,Lead,400,2026-05-05\n`,
  };
  const deals = `${HEADER}1,One,Lead,100,2026-07-20\n2,Two,Won,200,2026-05-20\n3,Three,Lead,300,2026-06-10\n4,Four,Lead,400,2026-05-05\n`;

  it('were pushed three times and pulled in once', async () => {
    const result = (await metricsOf({ deals, previous })).dueDateMoves as DueDateMovesResult;
    expect(result).toMatchObject({
      basis: 'exports',
      pushed: { moves: 3, deals: 2, amounts: { XXX: 300 } },
      pulledIn: { moves: 1, deals: 1, amounts: { XXX: 300 } },
      // 30, 61 and 10 days.
      medianPushDays: 30,
      // April to May, May to July; the second one crosses the quarter. Deal 2 stayed in May.
      pushedOverMonth: 2,
      pushedOverQuarter: 1,
      // By 1 May the date of 20 April was past, by 1 June that of 20 May.
      pushedAfterDue: 2,
      cleared: 0,
      filledIn: 0,
    });
  });

  it('name the deals pushed most, and those that slipped', async () => {
    const result = (await metricsOf({ deals, previous }, { details: true })).dueDateMoves as DueDateMovesResult;
    expect(result.mostPushed).toMatchObject([{ deal: '1', name: 'One', pushes: 2, pushedDays: 91 }]);
    // Due between 1 May and 1 June: deals 1, 2 and 4; 2 was won.
    expect(result.slipped).toMatchObject({ count: 2, of: 3, amounts: { XXX: 500 } });
    expect(result.pushed.dealKeys).toEqual(['1', '2']);
  });

  it('need an earlier export or a log', async () => {
    expect((await metricsOf({ deals })).dueDateMoves).toBeNull();
  });
});
