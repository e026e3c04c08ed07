import { describe, expect, it } from 'vitest';
import { KINDS } from '../../src/kinds/index.ts';
import { loadRuleset } from '../../src/ruleset/load.ts';
import { packNames } from '../../src/ruleset/pack-files.ts';
import { auditTables, dealsOf, messagesOf, ruleOf } from './audit-rules.ts';

const { rules } = loadRuleset({ file: null, packs: [] });

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
  it('says what holds, why and what to do in both languages', () => {
    const kind = KINDS.get(rule.kind)!;
    expect(rule.title).not.toBeNull();
    for (const text of [rule.title, rule.why ?? kind.why, rule.advice ?? kind.fix]) {
      expect(text?.en).toMatch(/^[A-Z][^\p{Script=Han}]+$/u);
      expect(text?.zh).toMatch(/\p{Script=Han}/u);
      expect(text?.zh).not.toMatch(/[,;?!]|\p{Script=Han}\./u);
    }
    for (const text of [rule.why ?? kind.why, rule.advice ?? kind.fix]) {
      expect(text.en).toMatch(/\.$/);
      expect(text.zh).toMatch(/。$/);
    }
    expect(rule.title?.en).not.toMatch(/\.$/);
    expect(rule.title?.zh).not.toMatch(/。$/);
  });
});

it('names sources in words', () => {
  const all = packNames().flatMap((pack) => loadRuleset({ file: null, packs: [pack] }).rules);
  for (const { id, provenance } of all) expect(provenance ?? '', id).not.toMatch(/\bS\d#?\d*/);
});

it('lets only what nobody touched by any date lie dormant', async () => {
  const deals = `id,stage,created,modified,activity
logged,Lead,2026-01-01,2026-02-01,2026-05-20
changed,Lead,2026-01-01,2026-05-20,2026-02-01
new,Lead,2026-05-20,,
old,Lead,2026-01-01,2026-02-01,2026-02-02
undated,Lead,,,
closed,Won,2026-01-01,2026-02-01,2026-02-02
`;
  const report = await auditTables({ deals });
  expect(dealsOf(report, 'deal/dormant')).toEqual(['old']);
  expect(ruleOf(report, 'deal/dormant').counts).toMatchObject({ checked: 4, unknown: 1, filteredOut: 1 });
});

it('says nothing of dormant deals where no column tells when they were touched', async () => {
  const deals = 'id,stage,created,stage_entered\nold,Lead,2025-01-01,2025-01-01\n';
  const rule = ruleOf(await auditTables({ deals }), 'deal/dormant');
  expect([rule.verdict, rule.reason?.en]).toEqual(['not-run', 'no column for Last activity or Last modified']);
  const modified = 'id,stage,modified\nold,Lead,2025-01-01\n';
  expect(dealsOf(await auditTables({ deals: modified }), 'deal/dormant')).toEqual(['old']);
});

describe('dates in the future', () => {
  const deals = `id,stage,created,modified,activity
sound,Lead,2026-01-01,2026-06-01,2026-06-01
created,Lead,2026-06-02,2026-05-01,2026-05-01
modified,Lead,2026-01-01,2026-06-02,
activity,Lead,2026-01-01,,2026-06-02
undated,Lead,,2026-06-02,
bare,Lead,2026-01-01,,
`;

  it('are found whatever else is missing', async () => {
    const report = await auditTables({ deals });
    expect(dealsOf(report, 'date/implausible')).toEqual(['created', 'modified', 'undated']);
    expect(ruleOf(report, 'date/implausible').counts).toMatchObject({ checked: 6, unknown: 0 });
    expect(dealsOf(report, 'date/activity-in-future')).toEqual(['activity']);
    expect(messagesOf(report, 'date/activity-in-future')).toEqual(['Last activity 2026-06-02, which is still to come']);
  });

  it('are sought in the columns there are', async () => {
    const report = await auditTables({ deals: 'id,stage,created\n1,Lead,2026-06-02\n2,Lead,2026-05-01\n' });
    expect(dealsOf(report, 'date/implausible')).toEqual(['1']);
    expect(ruleOf(report, 'date/activity-in-future').verdict).toBe('not-run');
  });
});
