import { describe, expect, it } from 'vitest';
import { figureFunctions } from '../../../src/metrics/index.ts';
import { FIGURES } from '../../../src/ruleset/expression/figures.ts';
import { datasetOf, MICRO12_STAGES, micro12, USUAL_OPTIONS } from '../dataset-fixture.ts';

const figures = figureFunctions();

function run(name: string, field: string, dataset = micro12(), select = new Uint8Array(dataset.rowCount).fill(1)) {
  return figures[name]!([{ type: 'field', field }], { dataset, select, ...USUAL_OPTIONS });
}

describe('the figures rules can name', () => {
  it('are the figures that can be computed', () => {
    expect([...FIGURES.keys()].toSorted()).toEqual(Object.keys(figures).toSorted());
  });
});

describe('the age of the data', () => {
  const dataset = datasetOf({
    asOf: '2024-04-10',
    stages: MICRO12_STAGES,
    types: { modified: 'date', created: 'date' },
    deals: [
      'id,stage,modified,created',
      'A,Lead,2024-04-02,2024-04-06',
      'B,Lead,2024-04-11,2024-03-01',
      'C,Lead,n/a,',
      'D,Lead,2024-04-09,2024-04-01',
    ].join('\n'),
  });
  const age = (...select: number[]) =>
    figures.data_age!([], { dataset, select: Uint8Array.from(select), ...USUAL_OPTIONS });

  it('is that of the newest day of any column, days to come aside', () => {
    expect(age(1, 1, 1, 0)).toMatchObject({ value: 4, of: 2 });
    expect(age(0, 1, 1, 0)).toMatchObject({ value: 40, of: 1 });
    expect(age(1, 1, 1, 1)).toMatchObject({ value: 1, of: 3 });
  });

  it('is unknown of deals without a day', () => {
    expect(age(0, 0, 1, 0)).toMatchObject({ value: null, of: 0 });
  });
});

describe('figures over fields', () => {
  it('count the selected deals', () => {
    const dataset = micro12();
    const select = new Uint8Array(dataset.rowCount);
    select.fill(1, 0, 4);
    expect(figures.count!([], { dataset, select, ...USUAL_OPTIONS })).toMatchObject({
      value: 4,
      unit: 'count',
    });
  });

  it('sum, average and take the median of amounts in one currency', () => {
    expect(run('sum', 'amount')).toMatchObject({ value: 145_000, currency: 'USD', unit: 'money', of: 12 });
    expect(run('avg', 'amount').value).toBeCloseTo(145_000 / 12, 9);
    expect(run('median', 'amount').value).toBe(9000);
  });

  it('know nothing of amounts in several currencies, of text, and of no values', () => {
    const dataset = datasetOf({
      asOf: '2024-04-01',
      stages: MICRO12_STAGES,
      deals: 'id,stage,amount,currency,probability\nA,Lead,1,USD,0.2\nB,Lead,2,CNY,0.4\nC,Lead,n/a,CNY,',
    });
    expect(run('sum', 'amount', dataset)).toMatchObject({ value: null, currency: null, of: 2 });
    expect(run('sum', 'stage', dataset).value).toBeNull();
    expect(run('sum', 'nothing', dataset).value).toBeNull();
    expect(run('sum', 'amount', dataset, Uint8Array.of(0, 0, 1))).toMatchObject({ value: null, of: 0 });
    expect(run('avg', 'probability', dataset).value).toBeCloseTo(0.3, 12);
    expect(run('avg', 'probability', dataset).unit).toBe('rate');
  });

  it('share counts the deals for which a condition is known', () => {
    const dataset = datasetOf({
      asOf: '2024-04-01',
      stages: MICRO12_STAGES,
      deals: 'id,stage,amount\nA,Lead,5\nB,Lead,\nC,Lead,1',
    });
    const at = { start: 0, end: 0 };
    const share = figures.share!(
      [
        {
          type: 'expression',
          expression: {
            at,
            type: 'boolean',
            op: 'compare',
            operator: '>',
            left: { at, type: 'money', op: 'field', field: 'amount' },
            right: { at, type: 'number', op: 'literal', value: 2 },
          },
        },
      ],
      { dataset, select: Uint8Array.of(1, 1, 1), ...USUAL_OPTIONS },
    );
    expect(share).toMatchObject({ count: 1, of: 2, value: 0.5 });
  });
});
