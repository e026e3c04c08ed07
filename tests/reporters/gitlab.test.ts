import { describe, expect, it } from 'vitest';
import type { AuditReport } from '../../src/report/report.ts';
import { CASES, findingOf, HOSTILE, reportOf, ruleOf } from './cases.ts';
import { renderedText } from './rendered.ts';

interface Issue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

async function issuesOf(report: AuditReport): Promise<readonly Issue[]> {
  return JSON.parse(await renderedText(report, 'gitlab')) as readonly Issue[];
}

describe('gitlab', () => {
  it.each(Object.entries(CASES))('%s is as it was', async (name, report) => {
    await expect(await renderedText(report, 'gitlab')).toMatchFileSnapshot(`snapshots/${name}.gitlab.json`);
  });

  it('is an empty list when nothing was found', async () => {
    expect(await renderedText(CASES.clean, 'gitlab')).toBe('[]\n');
  });

  it.each(Object.entries(CASES))(
    '%s has what GitLab asks for, each issue with a fingerprint of its own',
    async (_, report) => {
      const issues = await issuesOf(report);
      for (const issue of issues) {
        expect(Object.keys(issue)).toEqual(['description', 'check_name', 'fingerprint', 'severity', 'location']);
        expect(['info', 'minor', 'major', 'critical', 'blocker']).toContain(issue.severity);
        expect(issue.location.lines.begin).toBeGreaterThanOrEqual(1);
        expect(issue.location.path).not.toContain('\\');
        expect(issue.description).not.toBe('');
      }
      expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
    },
  );

  it('leaves out what the baseline knows, and puts the worst rule first', async () => {
    const issues = await issuesOf(CASES.many);
    expect(issues.map(({ check_name }) => check_name)).toEqual([
      ...Array.from({ length: 31 }, () => 'date/close-past-due'),
      'deal/dormant',
    ]);
    expect(issues.at(-1)).toMatchObject({
      severity: 'info',
      location: { path: 'exports/opps.csv', lines: { begin: 1 } },
    });
  });

  it('says what is wrong with which deal, and where', async () => {
    expect(await issuesOf(CASES.chinese)).toEqual([
      {
        description: '预计成交日期 2026年6月30日，已过期 · 北京星河 · 年度续约 · 王伟',
        check_name: 'date/close-past-due',
        fingerprint: '0000000000000047',
        severity: 'major',
        location: { path: '导出/商机 2026.xlsx', lines: { begin: 47 } },
      },
    ]);
    const [first, second] = await issuesOf(CASES.windows);
    expect(first?.location).toEqual({ path: 'C:/Users/Li Na/exports/opps #1.csv', lines: { begin: 52 } });
    expect(second?.location.path).toBe('../exports/opps.csv');
  });

  it('numbers equal fingerprints, also where the number is taken', async () => {
    const finding = findingOf('a/b', 1, { fingerprint: 'f' });
    const findings = [finding, { ...finding, fingerprint: 'f-2' }, { ...finding }, { ...finding }];
    const issues = await issuesOf(reportOf({ rules: [ruleOf('a/b', 'warn')], findings }));
    expect(issues.map(({ fingerprint }) => fingerprint)).toEqual(['f', 'f-2', 'f-3', 'f-4']);
  });

  it('holds hostile text as text of one line', async () => {
    const issues = await issuesOf(CASES.hostile);
    expect(issues.length).toBe(HOSTILE.length);
    expect(issues.some(({ description }) => /[\u0000-\u001f\u007f-\u009f\u202e]/.test(description))).toBe(false);
  });
});
