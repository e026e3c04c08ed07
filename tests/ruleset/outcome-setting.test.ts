import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { RulesetError } from '../../src/ruleset/diagnostic.ts';
import { loadRuleset } from '../../src/ruleset/load.ts';
import { tempFile } from '../source/temp-file.ts';

function load(source: string): ReturnType<typeof loadRuleset> {
  const file = tempFile('', 'funnelint.yaml');
  writeFileSync(file, `version: 1\n${source}\n`);
  return loadRuleset({ file, packs: [] });
}

it.each([
  ['', { won: 'status', lost: 'status' }],
  ['source: {outcome: forecast_category}', { won: 'forecast_category', lost: 'forecast_category' }],
  ['source: {outcome: {lost: status}}', { won: null, lost: 'status' }],
  ['source: {outcome: {}}', { won: null, lost: null }],
  ['extends: funnelint:odoo', { won: null, lost: 'status' }],
])('reads who tells won and lost from "%s"', (source, outcome) => {
  expect(load(source).source.outcome).toEqual(outcome);
});

it('refuses a field that is not there', () => {
  expect(() => load('source: {outcome: statsu}')).toThrow(RulesetError);
});
