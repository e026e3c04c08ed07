import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type AuditRequest, runAudit } from '../src/audit.ts';
import type { InputFile } from '../src/read-inputs.ts';
import type { AuditReport } from '../src/report/report.ts';
import { loadRuleset } from '../src/ruleset/load.ts';
import { memoryBytes } from '../src/source/byte-source.ts';
import { PLAIN_REQUEST } from './audit-request.ts';
import { encodeGb18030 } from './gb18030.ts';
import { auditSample, samplePath } from './sample-audit.ts';
import { tempFile } from './source/temp-file.ts';

const LINE_BREAK = /\r\n|\n|\r/;

const FIELDS =
  'fields: {id: {column: ID}, stage: {column: Stage}, amount: {column: Amount, type: money}, owner: {column: Owner}}';
const STAGES = 'stages: [{id: Open}, {id: Won, kind: won}]';
const RULES = loadRuleset({
  file: tempFile(
    `version: 1\nextends: []\n${FIELDS}\n${STAGES}\nrules: {field/missing: {required: [amount, owner]}}\n`,
    'funnelint.yaml',
  ),
  packs: [],
});

function audit(file: InputFile | readonly InputFile[], more: Partial<AuditRequest> = {}): Promise<AuditReport> {
  return runAudit({ ...PLAIN_REQUEST, file, ruleset: RULES, asOf: '2026-11-01', ...more });
}

/** Cell, line and column of each finding. */
async function placesOf(report: Promise<AuditReport>) {
  return (await report).findings.map(({ at: { cell, line, column } }) => [cell, line, column]);
}

/** The text that a finding points at. */
function pointedAt({ at }: AuditReport['findings'][number], lines: readonly string[]): string {
  return (lines[(at.line ?? 0) - 1] ?? '').slice((at.column ?? 0) - 1);
}

describe('the character column of a cell', () => {
  it('counts from the start of the physical line; a line break in an earlier cell leaves none', async () => {
    const text = 'ID,Note,Owner,Stage,Amount\n1,"two\nlines",Tom,Open,\n2,"北京, 😀",,Open,5\n';
    expect(await placesOf(audit(tempFile(text)))).toEqual([
      ['E2', 2, null],
      ['C3', 4, 12],
    ]);
  });

  it('is that of the text in any encoding', async () => {
    const text = 'ID,Owner,Stage,Amount\n1,王伟,Open,\n';
    const places = [['D2', 2, 11]];
    expect(await placesOf(audit(tempFile(text)))).toEqual(places);
    expect(await placesOf(audit(tempFile(`\uFEFF${text}`)))).toEqual(places);
    expect(await placesOf(audit(tempFile(Buffer.from(`\uFEFF${text}`, 'utf16le'))))).toEqual(places);
    const asked = { reading: { encoding: 'gb18030' } };
    expect(await placesOf(audit(tempFile(encodeGb18030(text)), asked))).toEqual(places);
  });

  it('is known of bytes that have no path, and of each file of a list', async () => {
    const first = memoryBytes('a.csv', Buffer.from('ID,Owner,Stage,Amount\n1,Tom,Open,\n'));
    const second = memoryBytes('b.csv', Buffer.from('Amount;Stage;Owner;ID\n;Open;Tom;22\n5;Open;;333\n'));
    expect(await placesOf(audit([first, second]))).toEqual([
      ['D2', 2, 12],
      ['A2', 2, 1],
      ['C3', 3, 8],
    ]);
  });

  it('is not looked for where only the first findings are kept', async () => {
    const report = await audit(tempFile('ID,Owner,Stage,Amount\n1,Tom,Open,\n'), { findingsPerRule: 50 });
    expect(report.findings.map(({ at }) => 'column' in at)).toEqual([false]);
  });

  it.each(['salesforce', 'hubspot'] as const)('leads to the value of every finding of the sample %s', async (story) => {
    const report = await auditSample(
      story,
      undefined,
      story === 'salesforce' ? samplePath(story, 'history.csv') : null,
    );
    const { file } = report.inputs[0] ?? { file: '' };
    const lines = readFileSync(file, 'utf8')
      .replace(/^\uFEFF/, '')
      .split(LINE_BREAK);
    // A finding at the change log tells the value of the deal.
    const located = report.findings.filter(({ at, value }) => at.file === file && value !== null && at.column !== null);
    expect(located.length).toBeGreaterThan(50);
    const wrong = located.filter((finding) => {
      const text = pointedAt(finding, lines);
      const value = finding.value ?? '';
      return ![value, `"${value}`, ` ${value}`].some((start) => text.startsWith(start));
    });
    expect(wrong.map(({ at, value }) => ({ at, value }))).toEqual([]);
  });

  it('has no place in a workbook', async () => {
    const report = await auditSample('fxiaoke');
    expect(report.findings.length).toBeGreaterThan(10);
    expect(report.findings.filter(({ at }) => 'column' in at)).toEqual([]);
  });
});
