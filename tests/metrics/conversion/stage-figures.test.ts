import { describe, expect, it } from 'vitest';
import { figureFunctions } from '../../../src/metrics/index.ts';
import { datasetOf, MICRO12_STAGES, micro12, micro12Snapshot, USUAL_OPTIONS } from '../dataset-fixture.ts';

const figures = figureFunctions();
const STAGES = MICRO12_STAGES.slice(0, 4).map(({ id }) => id);

function run(name: string, stage: string, options = USUAL_OPTIONS, dataset = micro12()) {
  const select = new Uint8Array(dataset.rowCount).fill(1);
  return figures[name]!([{ type: 'stage', stage }], { ...options, dataset, select });
}

function countsOf(name: string, options = USUAL_OPTIONS) {
  return STAGES.map((stage) => run(name, stage, options)).map(({ count, of }) => [count, of]);
}

// Of statistics by stage: advanced 9, 5, 5, 2; lost here 1 each; pending 1, 2, 1, 1; won of decided 2/6, 1/4, 3/5, 2/3.
describe('figures of the deals that entered a stage', () => {
  it('tell the share that went on to any higher stage', () => {
    expect(countsOf('conversion')).toEqual([
      [9, 11],
      [5, 8],
      [5, 7],
      [2, 4],
    ]);
    expect(countsOf('conversion', { ...USUAL_OPTIONS, windowDays: 30 })).toEqual([
      [8, 10],
      [5, 7],
      [5, 7],
      [2, 3],
    ]);
  });

  it('leave room for the pending deals in the interval to date', () => {
    // Wilson of 9/11 below, of 10/11 above.
    const [low, high] = run('conversion', 'Lead').interval!;
    expect(low).toBeCloseTo(0.523, 3);
    expect(high).toBeCloseTo(0.984, 3);
  });

  it('tell the share of those decided there', () => {
    expect(countsOf('pass_through')).toEqual([
      [9, 10],
      [5, 6],
      [5, 6],
      [2, 3],
    ]);
    expect(countsOf('resolved')).toEqual([
      [10, 11],
      [6, 8],
      [6, 7],
      [3, 4],
    ]);
  });

  it('tell how many are won from there', () => {
    const got = STAGES.map((stage) => run('win_from', stage));
    expect(got.map(({ of }) => of)).toEqual([6, 4, 5, 3]);
    // Aalen–Johansen of Proposal as in the reference; of Negotiation 1/4 and 1/4, then the loss takes the other half.
    expect(got[2]!.value).toBeCloseTo(3 / 7, 12);
    expect(got[3]!.value).toBeCloseTo(0.5, 12);
    // At least from Wilson's lower limit of 2/4 to his upper limit of 3/4, as if the open deal were won.
    expect(got[3]!.interval![0]).toBeLessThanOrEqual(0.15);
    expect(got[3]!.interval![1]).toBeCloseTo(0.9544, 4);
  });

  it('do not take deals that are still open for lost, as winning takes longer than losing', () => {
    // Twenty deals enter on day 0; six are lost by day 10, two are won on day 90, and twelve are open: of those that are
    // decided 25 % are won, of all that get so far at least 10 % and at most 70 %.
    const decided = Array.from({ length: 8 }, (_, id) => `${id},${id < 6 ? 'Lost' : 'Won'}`);
    const deals = [...decided, ...Array.from({ length: 12 }, (_, id) => `${id + 8},Lead`)];
    const ends = decided.map((deal, id) => `${deal},${id < 6 ? '2024-01-11' : '2024-03-31'}`);
    const log = [...deals.map((deal) => `${deal.split(',')[0]},Lead,2024-01-01`), ...ends];
    const dataset = datasetOf({
      asOf: '2024-04-01',
      stages: MICRO12_STAGES,
      deals: `id,stage\n${deals.join('\n')}`,
      history: `deal_id,stage,time\n${log.join('\n')}`,
    });
    const { value, interval, of } = run('win_from', 'Lead', USUAL_OPTIONS, dataset);
    expect([value, of]).toEqual([expect.closeTo(0.1, 12), 8]);
    // Wilson of 14/20 above.
    expect(interval![1]).toBeCloseTo(0.8545, 4);
  });

  it('leave room for pending deals to be lost as well', () => {
    // Wilson of 1/4 below, of 2/4 above.
    const { interval, reach } = run('lost_here', 'Negotiation');
    expect(interval).toEqual([expect.closeTo(0.0456, 4), expect.closeTo(0.85, 4)]);
    expect(reach).toEqual([0.25, 0.5]);
  });

  it('tell what is lost there, and which deals', () => {
    expect(countsOf('lost_here')).toEqual([
      [1, 11],
      [1, 8],
      [1, 7],
      [1, 4],
    ]);
    expect([...run('lost_here', 'Lead').rows!].map((row) => micro12().columns.get('id')?.texts.at(row))).toEqual([
      'D05',
    ]);
  });

  it('compare the shares lost with their median', () => {
    // 1/10, 1/6, 1/6, 1/3: the median is 1/6.
    const values = STAGES.map((stage) => run('cliff', stage).value);
    [0.6, 1, 1, 2].forEach((expected, index) => {
      expect(values[index]).toBeCloseTo(expected, 12);
    });
  });

  it('count entries', () => {
    expect(STAGES.map((stage) => run('entries', stage).value)).toEqual([11, 8, 7, 4]);
  });

  it('give each deal as long as nine in ten took', () => {
    // Lead: 5, 5, 5, 5, 10, 10, 10, 15, 20 days; type 7 gives 16.
    expect(run('conversion_window', 'Lead').value).toBe(16);
    expect(run('conversion_window', 'Lead', { ...USUAL_OPTIONS, windowDays: 90 }).value).toBe(90);
  });

  it('know nothing without a history, or of a closed stage', () => {
    for (const name of ['pass_through', 'win_from', 'lost_here', 'resolved', 'entries', 'cliff']) {
      expect(run(name, 'Lead', USUAL_OPTIONS, micro12Snapshot())).toMatchObject({ value: null, of: 0 });
      expect(run(name, 'Won')).toMatchObject({ value: null, of: 0 });
    }
  });
});
