import { expect, it } from 'vitest';
import { keptColumns } from '../../../src/dataset/build.ts';
import { mapHeaders } from '../../../src/dataset/columns/mapping.ts';
import { loadRuleset } from '../../../src/ruleset/load.ts';

const ruleset = loadRuleset({ file: null, packs: [] });
const ALL = ['Deal ID', 'Deal Name', 'Stage', 'Amount', 'Owner', 'Created Date', 'Close Date'];

it('takes a header as it is known before one that needs folding, and gives it to one field', () => {
  const mappings = mapHeaders(['close_DATE', 'Deal-Stage', 'Amount', 'amount'], ruleset.fields);
  expect(mappings).toMatchObject([
    { field: 'stage', index: 1, confidence: 0.95 },
    { field: 'amount', index: 2, confidence: 1 },
    { field: 'close', index: 0, confidence: 0.95 },
  ]);
});

it('keeps only the columns of fields where every needed field has a header', () => {
  expect(keptColumns([...ALL, 'Betrag', 'x', ''], ruleset, 'deals')).toEqual(ALL.map((_, index) => index));
});

it('keeps a column without a header of its own for an optional field only if its header is like one', () => {
  expect(keptColumns([...ALL, 'x', 'Deal currency code'], ruleset, 'deals')).toEqual([...ALL.keys(), 8]);
});

it('keeps unknown columns where a needed field has none, but not those that say they are another thing', () => {
  const headers = ['Deal ID', 'Stage', 'x', '', 'Mobile phone', 'Last activity (UTC)'];
  expect(keptColumns(headers, ruleset, 'deals')).toEqual([0, 1, 2, 3]);
});

it('looks at a bounded number of columns', () => {
  const headers = ['Deal ID', ...Array.from({ length: 16_000 }, (_, index) => `c${index}`)];
  expect(keptColumns(headers, ruleset, 'deals').length).toBeLessThanOrEqual(201);
});
