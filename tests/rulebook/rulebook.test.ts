import { describe, expect, it } from 'vitest';
import { KINDS } from '../../src/kinds/index.ts';
import { createPackReader } from '../../src/ruleset/packs.ts';
import { shippedRules } from '../../src/ruleset/shipped-rules.ts';
import { auditWithRule, readFixtures, sideOf } from './fixture.ts';

const FIXTURES = readFixtures();
const RULES = shippedRules(createPackReader(), new Set(KINDS.keys()));

it.skipIf(FIXTURES.size === 0)('has a fixture for every rule that ships, and none for a rule that does not', () => {
  expect([...FIXTURES.keys()].sort()).toEqual([...RULES].sort());
});

describe.each([...FIXTURES])('%s', (id, fixture) => {
  it('is found where it is violated, and not where it holds', async () => {
    const bad = await auditWithRule(id, sideOf(fixture, 'bad'));
    const good = await auditWithRule(id, sideOf(fixture, 'good'));
    expect([...bad.faults, ...good.faults]).toEqual([]);
    expect(bad.rules.map(({ verdict }) => verdict)).toEqual([expect.stringMatching(/^(warn|fail)$/)]);
    expect(bad.findings).not.toEqual([]);
    expect(good.rules.map(({ verdict, reason }) => [verdict, reason])).toEqual([['pass', null]]);
    expect(good.findings).toEqual([]);
  });
});
