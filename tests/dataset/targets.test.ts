import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../src/dataset/dataset.ts';
import { isInOtherCurrency, quarterOf, readTargetValue, targetFor, targetsInForce } from '../../src/dataset/targets.ts';
import { isoOf } from '../../src/dataset/values/calendar.ts';
import type { Target } from '../../src/ruleset/ruleset.ts';
import { datasetOf, dayOf } from '../metrics/dataset-fixture.ts';

const DEALS = 'id,stage,owner\n1,Lead,李娜\n2,Lead,李娜\n3,Lead,Bo';

function target(written: Partial<Target>): Target {
  const blank = { metric: null, atLeast: null, atMost: null, fromDay: null, untilDay: null, reviewedDay: null };
  return { ...blank, figure: null, needs: [], of: {}, origin: { file: 'rules.yaml', line: 1 }, ...written };
}

function withTargets(...targets: readonly Target[]): Dataset {
  const dataset = datasetOf({ asOf: '2026-06-01', stages: [{ id: 'Lead' }], deals: DEALS });
  return { ...dataset, ruleset: { targets, segments: [] } as unknown as Dataset['ruleset'] };
}

describe('the value of a target', () => {
  it.each([
    ['25%', 0.25, 'rate'],
    ['0.25', 0.25, 'number'],
    ['5000000', 5e6, 'number'],
    ['500万', 5e6, 'number'],
    ['¥5,000,000', 5e6, 'number'],
    ['14d', 14, 'days'],
    ['2 周', 14, 'days'],
    ['3mo', 90, 'days'],
  ])('reads %s', (written, value, unit) => {
    expect(readTargetValue(written)).toEqual({ value, unit });
  });

  it.each(['much better', '', '14 parsecs'])('takes “%s” for none', (written) => {
    expect(readTargetValue(written)).toBeNull();
  });
});

describe('the currency of a target', () => {
  it.each([
    ['¥5,000,000', 'EUR', true],
    ['EUR 5,000,000', 'USD', true],
    ['¥5,000,000', 'CNY', false],
    ['¥5,000,000', 'JPY', false],
    ['5000000', 'EUR', false],
    ['¥5,000,000', 'XXX', false],
    ['¥5,000,000', null, false],
  ])('%s against deals in %s: other is %s', (atLeast, currency, isOther) => {
    const [held] = targetsInForce(withTargets(target({ metric: 'won_amount', atLeast })));
    expect(isInOtherCurrency(held!, currency)).toBe(isOther);
  });
});

describe('the time of a target', () => {
  it.each([
    ['2026-01-01', '2026-12-31', '2026-01-01', '2026-12-31'],
    [null, '2026-06-15', '2026-01-01', '2026-06-15'],
    [null, '2026-12-31', '2026-01-01', '2026-12-31'],
    [null, null, '2026-04-01', '2026-06-30'],
  ])('from %s until %s is %s to %s', (from, until, first, last) => {
    const days = { fromDay: from === null ? null : dayOf(from), untilDay: until === null ? null : dayOf(until) };
    const [held] = targetsInForce(withTargets(target({ metric: 'win_rate', atLeast: '25%', ...days })));
    expect([isoOf(held!.fromDay), isoOf(held!.untilDay)]).toEqual([first, last]);
  });

  it('leaves out those that are over or have not begun, and those that cannot be read', () => {
    const dataset = withTargets(
      target({ metric: 'win_rate', atLeast: '25%', untilDay: dayOf('2026-05-31') }),
      target({ metric: 'win_rate', atLeast: '25%', fromDay: dayOf('2026-06-02') }),
      target({ metric: 'win_rate', atLeast: 'better' }),
      target({ metric: 'win_rate' }),
      target({ atLeast: '25%' }),
    );
    expect(targetsInForce(dataset)).toEqual([]);
  });

  it('begins with the year it ends in, whatever day it is looked at', () => {
    const year = target({ metric: 'won_amount', atLeast: '1000', untilDay: dayOf('2026-12-31') });
    const heldOn = (asOf: string) => targetsInForce({ ...withTargets(year), asOfDay: dayOf(asOf) });
    for (const asOf of ['2026-01-01', '2026-09-30', '2026-10-01', '2026-12-31']) {
      expect(heldOn(asOf)).toMatchObject([{ fromDay: dayOf('2026-01-01'), untilDay: dayOf('2026-12-31') }]);
    }
    expect(heldOn('2025-12-31')).toEqual([]);
  });

  it('takes quarters of the calendar', () => {
    expect([quarterOf(dayOf('2024-02-29'))].map(({ fromDay, untilDay }) => [isoOf(fromDay), isoOf(untilDay)])).toEqual([
      ['2024-01-01', '2024-03-31'],
    ]);
  });
});

describe('the target of some deals', () => {
  const everybody = target({ metric: 'Win_Rate ', atLeast: '25%' });
  const lina = target({ metric: 'win_rate', atMost: '40%', of: { owner: '李娜' } });
  const all = Uint8Array.of(1, 1, 1);
  const ofLina = Uint8Array.of(1, 1, 0);

  it('is the most particular one that holds for all of them', () => {
    const dataset = withTargets(everybody, lina);
    expect(targetFor(dataset, 'win_rate', all)).toMatchObject({ bound: 'atLeast', value: 0.25 });
    expect(targetFor(dataset, 'win_rate', ofLina)).toMatchObject({ bound: 'atMost', value: 0.4 });
    expect(targetFor(dataset, 'cycle', all)).toBeNull();
  });

  it('is that of everybody for a rate of one owner, not for a sum', () => {
    const sum = target({ metric: 'won_amount', atLeast: '1000' });
    const dataset = withTargets(everybody, sum);
    expect(targetFor(dataset, 'win_rate', ofLina)).toMatchObject({ value: 0.25 });
    expect(targetFor(dataset, 'won_amount', all)).toMatchObject({ value: 1000 });
    expect(targetFor(dataset, 'won_amount', ofLina)).toBeNull();
  });

  it('is none of deals that nobody selects', () => {
    expect(targetFor(withTargets(lina), 'win_rate', Uint8Array.of(0, 0, 0))).toBeNull();
  });
});
