import { describe, expect, it } from 'vitest';
import completeness, { type CompletenessResult } from '../../src/metrics/completeness.ts';
import { countFilled, meanScore, pooled } from '../../src/metrics/completeness-counts.ts';
import { requiredFields } from '../../src/metrics/required-fields.ts';
import { contextOf, datasetOf, readReference, type StageFixture, USUAL_OPTIONS } from './dataset-fixture.ts';

const fixture = JSON.parse(readReference('fixtures.json')).completeness;
type FixtureDeal = Record<'id' | 'stage' | 'next_step' | 'amount' | 'contact' | 'close_date', string> & {
  value: number;
};
const DEALS: FixtureDeal[] = fixture.deals;
const STAGES: StageFixture[] = [
  { id: 'Lead', require: ['next_step'] },
  { id: 'Qualified', require: ['amount', 'contact'] },
  { id: 'Proposal', require: ['close_date'] },
  { id: 'Negotiation' },
  { id: 'Won', kind: 'won', require: ['contract'] },
  { id: 'Lost', kind: 'lost', require: ['loss_reason'] },
];
const COLUMNS = ['id', 'stage', 'next_step', 'amount', 'contact', 'close_date'] as const;

const dataset = datasetOf({
  asOf: '2024-04-01',
  stages: STAGES,
  deals: [
    [...COLUMNS, 'owner'].join(','),
    ...DEALS.map((deal, index) =>
      [...COLUMNS.map((column) => deal[column]), ['Bo', 'Ann', '', 'Ann'][index]].join(','),
    ),
  ].join('\n'),
  types: { close_date: 'date' },
});

describe('the reference deals', () => {
  const required = requiredFields(dataset);
  const counts = countFilled({
    required,
    columns: required.fields.map((field) => dataset.columns.get(field)!),
    weights: required.fields.map((field) => fixture.fields[field].weight),
    select: null,
  });

  it('score as expected, each and together', () => {
    const scores = DEALS.map((_, deal) => counts.filledOfDeal[deal]! / counts.requiredOfDeal[deal]!);
    expect(scores).toEqual(DEALS.map((deal) => fixture.perDeal[deal.id]));
    expect(pooled(counts)).toEqual({ value: fixture.pooledCells, filled: 17, required: 23 });
    expect(meanScore(counts).value).toBe(fixture.meanOfDeals);
    expect(
      meanScore(
        counts,
        Float64Array.from(DEALS, (deal) => deal.value),
      ).value,
    ).toBe(fixture.valueWeighted);
  });

  it('count each field where it is required', () => {
    const result = completeness.compute(contextOf(dataset)) as CompletenessResult;
    for (const field of result.fields) {
      const wanted = fixture.perField[field.field];
      expect([field.field, field.count, field.of]).toEqual([field.field, wanted.filled, wanted.required]);
    }
    expect(result.fields.length).toBe(4);
    expect(result.fieldsWithoutColumn).toEqual(['contract', 'loss_reason']);
  });

  it('are grouped by stage and owner, nobody last', () => {
    const result = completeness.compute(contextOf(dataset)) as CompletenessResult;
    expect(result.owners.map(({ owner, filled, required: of }) => [owner, filled, of])).toEqual([
      ['Ann', 6, 7],
      ['Bo', 1, 1],
      [null, 2, 4],
    ]);
    expect(result.stages[1]).toEqual({ stage: 'Qualified', deals: 1, filled: 2, required: 3, value: 2 / 3 });
    expect(result.cells).toContainEqual(
      expect.objectContaining({ field: 'amount', stage: 'Qualified', count: 0, of: 1 }),
    );
    expect(result.fillRates.find((rate) => rate.field === 'contact')).toMatchObject({ count: 3, of: 4 });
  });

  it('are completeness(field) and completeness', () => {
    const figure = completeness.figures!.completeness!;
    const context = { dataset, select: Uint8Array.of(1, 1, 1, 1), ...USUAL_OPTIONS };
    expect(figure([{ type: 'field', field: 'amount' }], context)).toMatchObject({ count: 2, of: 3, unit: 'rate' });
    expect(figure([{ type: 'field', field: 'owner' }], context)).toMatchObject({ count: 3, of: 4 });
    expect(figure([], context)).toMatchObject({ count: 9, of: 12 });
  });
});

describe('what is required', () => {
  const stages: StageFixture[] = [
    { id: 'A', require: ['a'] },
    { id: 'B', require: ['b'] },
    { id: 'Won', kind: 'won', require: ['w'] },
    { id: 'Lost', kind: 'lost', require: ['l'] },
  ];
  const deals = 'id,stage,a,b,w,l\n1,A,,,,\n2,Won,,,,\n3,Lost,,,,\n4,nowhere,,,,';
  const names = (history?: string) => {
    const built = datasetOf({ asOf: '2024-04-01', stages, deals, ...(history === undefined ? {} : { history }) });
    const { fields, profiles, profileOf } = requiredFields(built);
    return Array.from(profileOf, (profile) => Array.from(profiles[profile] ?? [], (field) => fields[field]));
  };

  it('grows with the stage; lost deals need only what lost asks for', () => {
    expect(names()).toEqual([['a'], ['a', 'b', 'w'], ['l'], []]);
  });

  it('asks lost deals for the stages they are known to have reached', () => {
    const history = 'id,stage,at\n3,B,2024-01-01\n3,Lost,2024-01-02';
    expect(names(history)[2]).toEqual(['a', 'b', 'l']);
  });
});
