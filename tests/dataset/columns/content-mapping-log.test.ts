import { describe, expect, it } from 'vitest';
import { mapLogColumns } from '../../../src/dataset/columns/content-log.ts';
import { isoOf } from '../../../src/dataset/values/calendar.ts';
import { loadRuleset } from '../../../src/ruleset/load.ts';
import { columnOf } from '../dataset-fixture.ts';
import { sheetOf } from '../sheet-fixture.ts';

const ruleset = loadRuleset({ file: null, packs: [] });
const STAGES = ['Lead', 'Qualified', 'Proposal', 'Negotiation', 'Closed Won'];
const IDS = Array.from({ length: 20 }, (_, deal) => `OPP-${deal + 1}`);
const DEAL_IDS = columnOf('id', 'text', IDS);

/** Changes of all deals, one through all stages after the other: deal, from, to, day, person. */
const CHANGES = IDS.flatMap((id, deal) =>
  STAGES.slice(1).map((to, step) => [
    id,
    STAGES[step] as string,
    to,
    isoOf(20_000 + deal * 3 + step * 9),
    ['Li Na', 'Wang Wei'][deal % 2] as string,
  ]),
);

function fieldsOf(headers: readonly string[], rows: readonly (readonly string[])[], ids = DEAL_IDS) {
  const { mappings, questions } = mapLogColumns(sheetOf(headers, rows), ruleset, ids);
  return {
    fields: Object.fromEntries(mappings.map(({ field, header }) => [field, header])),
    asked: questions.map(({ field }) => field),
  };
}

describe('a change log without known headers', () => {
  it('has its deal, stages and time told by the cells, whatever the order of the columns', () => {
    const expected = { deal_id: 'Vorgang', from_stage: 'A', to_stage: 'B', changed_at: 'Wann' };
    expect(fieldsOf(['Vorgang', 'A', 'B', 'Wann', 'Wer'], CHANGES).fields).toEqual(expected);
    const turned = CHANGES.map(([id = '', from = '', to = '', day = '', who = '']) => [who, to, day, from, id]);
    expect(fieldsOf(['Wer', 'B', 'Wann', 'A', 'Vorgang'], turned).fields).toEqual(expected);
    expect(fieldsOf(['Vorgang', 'A', 'B', 'Wann', 'Wer'], CHANGES.toReversed()).fields).toEqual(expected);
  });

  it('has one column of stages, which it moves to', () => {
    const rows = CHANGES.map(([id = '', , to = '', day = '']) => [id, to, day]);
    expect(fieldsOf(['x', 'y', 'z'], rows).fields).toEqual({ deal_id: 'x', to_stage: 'y', changed_at: 'z' });
  });

  it('is not mapped where ids do not join, dates are two or stages do not follow each other', () => {
    expect(fieldsOf(['x', 'a', 'b', 'z', 'w'], CHANGES, columnOf('id', 'text', ['1', '2'])).fields).not.toHaveProperty(
      'deal_id',
    );
    const twice = CHANGES.map((row) => [...row, row[3] as string]);
    const { fields, asked } = fieldsOf(['x', 'a', 'b', 'z', 'w', 'v'], twice);
    expect(fields).toEqual({ deal_id: 'x' });
    expect(asked).toEqual(['to_stage', 'changed_at']);
    const same = CHANGES.map(([id = '', , to = '', day = '']) => [id, to, to, day]);
    expect(fieldsOf(['x', 'a', 'b', 'z'], same)).toEqual({
      fields: { deal_id: 'x', changed_at: 'z' },
      asked: ['to_stage'],
    });
  });

  it('goes by the headers it has', () => {
    const { fields } = fieldsOf(['Deal ID', 'From Stage', 'b', 'Edit Date', 'w'], CHANGES);
    expect(fields).toEqual({ deal_id: 'Deal ID', from_stage: 'From Stage', to_stage: 'b', changed_at: 'Edit Date' });
  });

  it('asks for no stage where it logs all fields', () => {
    const rows = CHANGES.map(([id = '', from = '', to = '', day = '']) => [id, 'Stage', from, to, day]);
    expect(fieldsOf(['Deal ID', 'Field', 'Old Value', 'New Value', 'Edit Date'], rows).asked).toEqual([]);
  });
});
