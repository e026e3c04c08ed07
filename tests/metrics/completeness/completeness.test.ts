import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runAudit } from '../../../src/audit.ts';
import completeness, { type CompletenessResult } from '../../../src/metrics/completeness/completeness.ts';
import {
  countFilled,
  meanScore,
  pooled,
  weightedScores,
} from '../../../src/metrics/completeness/completeness-counts.ts';
import { requiredFields } from '../../../src/metrics/completeness/required-fields.ts';
import { loadRuleset } from '../../../src/ruleset/load.ts';
import { PLAIN_REQUEST } from '../../audit-request.ts';
import { contextOf, datasetOf, readReference, type StageFixture, USUAL_OPTIONS } from '../dataset-fixture.ts';

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
  });

  it('score as expected, each and together', () => {
    const scores = Array.from(
      counts.patterns.patternOf,
      (pattern) => counts.filledWeight[pattern]! / counts.requiredWeight[pattern]!,
    );
    expect(scores).toEqual(DEALS.map((deal) => fixture.perDeal[deal.id]));
    expect(pooled(counts)).toEqual({ value: fixture.pooledCells, filled: 17, required: 23 });
    expect(meanScore(counts).value).toBe(fixture.meanOfDeals);
    const values = Float64Array.from(DEALS, (deal) => deal.value);
    const [weighted] = weightedScores(counts, values, new Int16Array(values.length), 1).slice(1);
    expect(weighted?.value).toBe(fixture.valueWeighted);
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

describe('for the overview', () => {
  const context = contextOf(dataset);
  const result = completeness.compute({ ...context, isForOverview: true }) as CompletenessResult;

  it('computes what stands in no overview when it is looked at', () => {
    expect(Object.getOwnPropertyDescriptor(result, 'toFill')).toHaveProperty('get');
    expect(JSON.stringify(result)).toBe(JSON.stringify(completeness.compute(context)));
    expect(result.toFill.length).toBeGreaterThan(0);
  });

  it('is plain data where all is wanted', () => {
    const all = completeness.compute(context) as CompletenessResult;
    const parts = [all, ...all.fields].flatMap((part) => Object.values(Object.getOwnPropertyDescriptors(part)));
    expect(parts.filter(({ get }) => get !== undefined)).toEqual([]);
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

describe('who fills in what', () => {
  const result = completeness.compute(contextOf(dataset)) as CompletenessResult;

  it('has field by owner, those with the most empty cells first', () => {
    const rows = result.ownerCells.map(({ owner, field, count, of }) => `${owner} ${field} ${count}/${of}`);
    // Deal A is Bo's, B and D are Ann's, C is nobody's: it scores .625, so it lacks the weights 1 (next_step) and 2 (close_date).
    expect(rows).toEqual([
      'null next_step 0/1',
      'null amount 1/1',
      'null contact 1/1',
      'null close_date 0/1',
      'Ann next_step 2/2',
      'Ann amount 1/2',
      'Ann contact 2/2',
      'Ann close_date 1/1',
      'Bo next_step 1/1',
    ]);
    expect(result.ownersNotListed).toBe(0);
  });

  it('names the deals and the fields they lack', () => {
    const listed = result.toFill.map(({ owner, cells, dealsToFill, deals }) => ({
      owner,
      cells,
      dealsToFill,
      deals: deals.map(({ deal, fields }) => [deal, ...fields]),
    }));
    expect(listed).toEqual([
      { owner: null, cells: 2, dealsToFill: 1, deals: [['C', 'next_step', 'close_date']] },
      { owner: 'Ann', cells: 1, dealsToFill: 1, deals: [['B', 'amount']] },
    ]);
  });

  const listOf = (rows: readonly string[]) =>
    datasetOf({
      asOf: '2024-04-01',
      stages: [{ id: 'A', require: ['note'] }],
      deals: ['id,stage,owner,amount,note', ...rows].join('\n'),
      currency: 'USD',
    });

  it('lists twenty deals an owner, the largest first, and counts all of them', () => {
    const rows = Array.from({ length: 50 }, (_, index) => `d${index},A,Ann,${index === 7 ? '' : index},`);
    const both = [rows, rows.toReversed()].map((order) => {
      const [ann] = (completeness.compute(contextOf(listOf(order))) as CompletenessResult).toFill;
      return { ...ann, deals: ann!.deals.map(({ deal }) => deal) };
    });
    expect(both[0]).toMatchObject({ cells: 50, dealsToFill: 50, amounts: { USD: 1225 - 7 } });
    expect(both[0]?.deals).toEqual(Array.from({ length: 20 }, (_, index) => `d${49 - index}`));
    expect(both[1]).toEqual(both[0]);
  });

  it('names all deals to fill in on request', () => {
    const rows = Array.from({ length: 50 }, (_, index) => `d${index},A,Ann,${index},${index === 3 ? 'x' : ''}`);
    const { toFill } = completeness.compute(contextOf(listOf(rows), { details: true })) as CompletenessResult;
    expect(toFill[0]?.dealKeys).toHaveLength(49);
    expect(toFill[0]?.dealKeys).not.toContain('d3');
  });

  it('lists a hundred owners and says how many it leaves out', () => {
    const rows = Array.from({ length: 130 }, (_, index) => `d${index},A,owner${index},1,`);
    const { toFill, ownersNotListed, ownerCells } = completeness.compute(contextOf(listOf(rows))) as CompletenessResult;
    expect([toFill.length, ownerCells.length, ownersNotListed]).toEqual([100, 100, 30]);
  });
});

describe('the change since the previous export', () => {
  const stages: StageFixture[] = [{ id: 'A', require: ['note', 'tag'] }];
  const listOf = (deals: string) => datasetOf({ asOf: '2024-04-01', stages, deals });
  const withEarlier = (now: string, before: string): CompletenessResult => {
    const { columns, rowCount } = listOf(before);
    const earlier = [{ day: 19_800, columns, rowCount }];
    return completeness.compute(contextOf({ ...listOf(now), earlier })) as CompletenessResult;
  };

  it('is over the deals and fields of both exports', () => {
    // Deal 9 is new, deal 8 is gone, and the earlier export has no column `tag`.
    const now = 'id,stage,note,tag\n1,A,x,t\n2,A,y,t\n3,A,,t\n4,A,z,t\n9,A,,';
    const before = 'id,stage,note\n1,A,\n2,A,y\n3,A,\n4,A,\n8,A,x';
    const { change } = withEarlier(now, before);
    expect(change).toMatchObject({ since: '2024-03-18', deals: 4, fieldsNotCompared: ['tag'] });
    expect(change?.pooled.before).toMatchObject({ count: 1, of: 4 });
    expect(change?.pooled.now).toMatchObject({ count: 3, of: 4 });
    expect(change?.pooled.change).toBe(0.5);
    // Wilson 1/4 [.0456, .6994], 3/4 [.3006, .9544]: ½ ∓ √(.4494² + .4494²), ½ + √(.2044² + .2044²).
    expect(change?.pooled.interval?.[0]).toBeCloseTo(0.5 - Math.SQRT2 * 0.44936, 3);
    expect(change?.pooled.interval?.[1]).toBeCloseTo(0.5 + Math.SQRT2 * 0.20441, 3);
  });

  it('is none without an earlier export, or where no deal is in both', () => {
    const one = 'id,stage,note,tag\n1,A,x,t';
    expect((completeness.compute(contextOf(listOf(one))) as CompletenessResult).change).toBeNull();
    expect(withEarlier(one, 'id,stage,note,tag\n2,A,x,t').change).toBeNull();
  });
});

describe('an audit with a previous export', () => {
  it('compares the deals of both by the same rules', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'funnelint-completeness-'));
    const write = (name: string, text: string): string => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const rules =
      'version: 1\nextends: [funnelint:recommended]\nstages: [{id: open, match: [open], require: [amount]}, {id: won, match: [won], kind: won}]\n';
    try {
      const report = await runAudit({
        ...PLAIN_REQUEST,
        file: write('deals-2024-04-01.csv', 'id,stage,amount\n1,open,5\n2,open,7\n3,open,\n4,open,1\n'),
        previous: [write('deals-2024-03-01.csv', 'id,stage,amount\n1,open,\n2,open,\n3,open,\n')],
        ruleset: loadRuleset({ file: write('rules.yaml', rules), packs: [] }),
        asOf: null,
      });
      const { change } = report.metrics['completeness']!.result as CompletenessResult;
      expect(change).toMatchObject({ since: '2024-03-01', deals: 3, fieldsNotCompared: [] });
      expect([change?.pooled.before.count, change?.pooled.now.count, change?.pooled.now.of]).toEqual([0, 2, 3]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
