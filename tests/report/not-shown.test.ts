import { describe, expect, it } from 'vitest';
import { logPlaces, notShown } from '../../src/report/not-shown.ts';
import type { AuditReport, ReportFinding, ReportRule } from '../../src/report/report.ts';

const LIST = { file: 'deals.csv', sheet: null };
const LOG = { file: 'log.csv', sheet: null };
const LOGS = logPlaces({
  inputs: [
    { role: 'deals', ...LIST },
    { role: 'history', ...LOG },
  ] as AuditReport['inputs'],
});

function rule(violating: number, more: object = {}): ReportRule {
  return { figure: null, counts: { checked: 9, violating }, ...more } as unknown as ReportRule;
}

function finding(line: number | null, deal: string | null, table = LIST): ReportFinding {
  const at = { ...table, cell: line === null ? null : `A${line}`, line };
  return { deal, name: null, owner: null, field: null, at } as unknown as ReportFinding;
}

function left(of: ReportRule, findings: readonly ReportFinding[], limit: number): number {
  return notShown(of, findings, findings.slice(0, limit), LOGS);
}

describe('what is not shown', () => {
  const ofRows = [finding(2, 'a'), finding(2, 'a'), finding(3, 'b'), finding(4, 'b'), finding(4, 'b')];

  it('is rows, however many findings each has, and however many of these are known', () => {
    expect([1, 2, 3, 4, 5].map((limit) => left(rule(3), ofRows, limit))).toEqual([2, 2, 1, 0, 0]);
    expect([1, 2, 3].map((limit) => left(rule(3), ofRows.slice(0, limit), limit))).toEqual([2, 2, 1]);
  });

  it('is deals where the findings stand in the change log', () => {
    const inLog = [finding(7, 'a', LOG), finding(9, 'a', LOG), finding(8, 'b', LOG)];
    expect([1, 2, 3].map((limit) => left(rule(2), inLog, limit))).toEqual([1, 1, 0]);
  });

  it('is places of a file, several on one line as well, and those that are not described', () => {
    const places = [finding(1, null), finding(1, null), finding(5, null)];
    expect([1, 2, 3].map((limit) => left(rule(3), places, limit))).toEqual([2, 1, 0]);
    expect(left(rule(40), places, 2)).toBe(38);
  });

  it('is findings of a figure, those included that the baseline cut off', () => {
    const figures = ['a', 'b', 'c'].map((owner) => ({ ...finding(null, null), owner }));
    const ofFigure = rule(0, { figure: { value: 1 } });
    expect([1, 2, 3].map((limit) => left(ofFigure, figures, limit))).toEqual([2, 1, 0]);
    const found = { error: 3, warn: 1, info: 1, fingerprints: '' };
    const cut = rule(0, { parts: 'stage', found, counts: { checked: 9, violating: 0, known: 2 } });
    expect(left(cut, figures.slice(0, 2), 2)).toBe(1);
  });
});
