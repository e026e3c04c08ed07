import { describe, expect, it } from 'vitest';
import outcomeOverTime from '../../../src/metrics/conversion/outcome-over-time.ts';
import bottleneck from '../../../src/metrics/dwell/bottleneck.ts';
import dwell from '../../../src/metrics/dwell/dwell.ts';
import { lackOfTime } from '../../../src/metrics/dwell/log-time.ts';
import stalled from '../../../src/metrics/dwell/stalled.ts';
import moves from '../../../src/metrics/process/moves.ts';
import { contextOf, datasetOf, MICRO12_STAGES } from '../dataset-fixture.ts';

function logged(changes: number, at: (deal: number) => string, entered = '') {
  const ids = Array.from({ length: changes }, (_, deal) => deal);
  return datasetOf({
    asOf: '2024-04-01',
    stages: MICRO12_STAGES,
    deals: [
      `id,stage,created${entered && ',stage_entered'}`,
      ...ids.map((id) => `${id},Lead,2024-01-01${entered && `,${entered}`}`),
    ].join('\n'),
    history: ['id,stage,at', ...ids.map((id) => `${id},Lead,${at(id)}`)].join('\n'),
  });
}

describe('a log', () => {
  it.each([
    ['all in one second', logged(10, () => '2024-01-01T09:00:00'), 'within one second'],
    ['in the next second too', logged(10, (deal) => `2024-01-01T09:00:0${deal % 2}`), 'within one second'],
    ['on one day, without times', logged(10, () => '2024-01-01'), 'on one day'],
    ['two seconds long', logged(10, (deal) => `2024-01-01T09:00:0${(deal % 2) * 2}`), null],
    ['two days long', logged(10, (deal) => `2024-01-0${1 + (deal % 2)}`), null],
    ['of few changes', logged(9, () => '2024-01-01T09:00:00'), null],
  ] as const)('%s', (_, dataset, said) => {
    const lack = lackOfTime(dataset.journeys!);
    if (said === null) expect(lack).toBeNull();
    else expect(lack?.en).toContain(said);
  });

  it('that holds no time is no ground for days', () => {
    const context = contextOf(logged(10, () => '2024-01-01T09:00:00'));
    for (const metric of [outcomeOverTime, bottleneck, dwell, stalled, moves]) {
      expect(metric.missing?.(context)?.en).toContain('it holds no time');
    }
  });

  it('leaves the ages that the table tells', () => {
    const context = contextOf(logged(10, () => '2024-01-01T09:00:00', '2024-03-01'));
    expect(dwell.missing?.(context)).toBeNull();
    expect(dwell.compute(context)).toMatchObject({ basis: 'snapshot' });
  });
});
