import { describe, expect, it } from 'vitest';
import { closedByPeriod } from '../../../src/metrics/win/closed-groups.ts';
import { datasetOf, dayOf } from '../dataset-fixture.ts';

const dataset = datasetOf({
  asOf: '2024-04-15',
  stages: [{ id: 'Lead' }, { id: 'Won', kind: 'won' }, { id: 'Lost', kind: 'lost' }],
  deals: [
    'id,stage,closed',
    'A,Won,2024-03-01',
    'B,Lost,2024-03-31',
    'C,Lost,2024-02-29',
    'D,Won,1850-05-02',
    'E,Lost,1850-05-30',
    'F,Won,2024-04-02',
    'G,Won,',
    'H,Lead,2024-03-05',
  ].join('\n'),
});

describe('closed deals by period', () => {
  it('are those of complete periods, of days long ago too, in order of time', () => {
    expect(closedByPeriod(dataset, null, 'month', null)).toEqual([
      { group: dayOf('1850-05-01'), count: 1, of: 2 },
      { group: dayOf('2024-02-01'), count: 0, of: 1 },
      { group: dayOf('2024-03-01'), count: 1, of: 2 },
    ]);
  });

  it('are the selected ones of the latest periods', () => {
    const select = Uint8Array.from([0, 1, 1, 1, 1, 1, 1, 1]);
    expect(closedByPeriod(dataset, select, 'month', 1)).toEqual([{ group: dayOf('2024-03-01'), count: 0, of: 1 }]);
  });
});
