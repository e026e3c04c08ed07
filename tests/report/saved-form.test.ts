import { describe, expect, it } from 'vitest';
import { fingerprintsByRule } from '../../src/report/kept-findings.ts';
import type { AuditReport } from '../../src/report/report.ts';
import { savedForm } from '../../src/report/saved-form.ts';
import { reportOf } from './report-fixture.ts';

/** Findings of one rule; that of index i is worth i, every third of them a warning. */
function manyFindings(count: number): AuditReport {
  const report = reportOf({
    date: '2026-11-01',
    rules: [
      { id: 'many', verdict: 'fail' },
      { id: 'few', verdict: 'fail' },
    ],
    findings: [
      { rule: 'few', fingerprint: 'f' },
      ...Array.from({ length: count }, (_, index) => ({ rule: 'many', fingerprint: `m${index}` })),
    ],
  });
  const findings = report.findings.map((finding, index) => ({
    ...finding,
    severity: index % 3 === 1 ? ('warn' as const) : ('error' as const),
    amount: finding.rule === 'few' ? null : { value: index - 1, currency: 'USD' },
  }));
  return { ...report, findings };
}

describe('a report as it is saved', () => {
  it('is the report itself where it is no larger than usual', () => {
    const report = manyFindings(1000);
    expect(savedForm(report)).toBe(report);
  });

  it('keeps the first 500 findings of a rule and the 500 largest others, in their order', () => {
    const saved = savedForm(manyFindings(3000));
    const kept = saved.findings.filter(({ rule }) => rule === 'many').map(({ fingerprint }) => fingerprint);
    const expected = [
      ...Array.from({ length: 500 }, (_, index) => `m${index}`),
      ...Array.from({ length: 500 }, (_, index) => `m${2500 + index}`),
    ];
    expect(kept).toEqual(expected);
    expect(saved.findings[0]?.fingerprint).toBe('f');
  });

  it('says how many findings there were of each severity, and which', () => {
    const saved = savedForm(manyFindings(3000));
    const [many, few] = saved.rules;
    expect(many?.found).toMatchObject({ error: 2000, warn: 1000, info: 0 });
    expect(few?.found).toBeUndefined();
    const before = fingerprintsByRule(manyFindings(3000));
    expect(fingerprintsByRule(saved)).toEqual(before);
  });

  it.each([
    [100_000, true],
    [100_001, false],
  ])('with %i deals: the deals behind each figure are kept: %s', (deals, areKept) => {
    const report = reportOf({
      date: '2026-11-01',
      deals: Array.from({ length: deals }, () => ({ key: 'A' })),
      metrics: { winRate: { closed: { value: 0.5 }, groups: [{ deals: 2, dealKeys: ['A', 'B'] }] } },
    });
    const group = areKept ? { deals: 2, dealKeys: ['A', 'B'] } : { deals: 2 };
    expect(savedForm(report).metrics['winRate']?.result).toEqual({ closed: { value: 0.5 }, groups: [group] });
  });
});
