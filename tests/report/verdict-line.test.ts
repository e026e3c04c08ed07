import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../src/i18n/translator.ts';
import { judgeGate } from '../../src/report/gate.ts';
import { verdictLine } from '../../src/report/overview.ts';
import { reportOf, ruleOf } from '../reporters/cases.ts';

const VERDICTS = ['fail', 'warn', 'inconclusive', 'no-data', 'not-run', 'pass'] as const;
const rules = VERDICTS.flatMap((verdict) => [
  ruleOf(`a/${verdict}`, verdict),
  ruleOf(`b/${verdict}`, verdict, { severity: 'info' }),
]);

const report = {
  ...reportOf({ rules, findings: [] }),
  gate: judgeGate(rules, { failOn: 'error', maxWarnings: null, strict: false }, { deals: 1, faults: 0 }),
};

describe('the verdict in one line', () => {
  it.each(['en', 'zh'] as const)('has every rule in one of its counts (%s)', (lang) => {
    const { text } = verdictLine(report, createTranslator(lang, { fields: {}, stages: {} }));
    const counts = text.split(' · ').flatMap((part) => /^(\d+) /.exec(part)?.[1] ?? []);
    expect(counts.reduce((sum, count) => sum + Number(count), 0)).toBe(rules.length);
  });

  it('names what is only noted, what has no data, and the gate in words', () => {
    const en = verdictLine(report, createTranslator('en', { fields: {}, stages: {} })).text;
    expect(en).toContain('1 warning · 1 note · 2 inconclusive · 2 without data');
    expect(en).toMatch(/gate failed \(exit 1\)$/);
  });
});
