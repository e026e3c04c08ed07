import { describe, expect, it } from 'vitest';
import { reportSchema } from '../src/report/schema.ts';
import { auditSample, EXPORT_OF, type Story, sampleBytes } from './sample-audit.ts';

interface PlantedFile {
  readonly rows: number;
  readonly titleRows: number;
  readonly footerRows: number;
  readonly raggedRows: readonly string[];
}

interface Planted {
  readonly asOf: string;
  readonly findings: Readonly<Record<string, readonly string[]>>;
  readonly file: PlantedFile;
  readonly history: { readonly rows: number } | null;
}

function plantedOf(story: Story): Planted {
  const account = JSON.parse(sampleBytes(story, 'planted.json').toString()) as Readonly<Record<string, unknown>>;
  return {
    asOf: account['asOf'] as string,
    findings: account['findings'] as Planted['findings'],
    file: account[EXPORT_OF[story]] as PlantedFile,
    history: (account['history.csv'] ?? null) as Planted['history'],
  };
}

describe.each(Object.keys(EXPORT_OF) as Story[])('the story of %s', async (story) => {
  const planted = plantedOf(story);
  const report = await auditSample(story);
  const rules = new Map(report.rules.map((rule) => [rule.id, rule]));

  it('is a sound report as of its day', () => {
    expect(report.asOf).toEqual({ date: planted.asOf, from: 'rules' });
    expect(report.faults).toEqual([]);
    expect(reportSchema.safeParse(report).error).toBeUndefined();
    expect(reportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });

  it.each(Object.entries(planted.findings))('has the deals of %s that were planted', (rule, ids) => {
    const deals = report.findings.filter((finding) => finding.rule === rule).map(({ deal }) => deal);
    expect(deals.sort()).toEqual([...ids].sort());
    expect(rules.get(rule)?.counts.violating).toBe(ids.length);
    expect(rules.get(rule)?.verdict).not.toBe('not-run');
  });

  it('fails no rule but those whose faults were planted', () => {
    const failing = report.rules.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id);
    const errors = Object.keys(planted.findings).filter((rule) => rules.get(rule)?.severity === 'error');
    expect(failing.sort()).toEqual(errors.filter((rule) => planted.findings[rule]?.length !== 0).sort());
    expect(failing.length).toBeGreaterThan(4);
  });

  it('accounts for every row of the export', () => {
    const input = report.inputs.find(({ role }) => role === 'deals')!;
    const { rows, titleRows, footerRows, raggedRows } = planted.file;
    expect(input.rows.read).toBe(input.rows.audited + input.rows.setAside + input.rows.blank);
    expect(input.rows.audited).toBe(rows);
    expect(input.rows.setAside + input.rows.blank).toBe(footerRows);
    expect(input.rows.setAside).toBe(input.setAside.length);
    expect(input.setAside.every(({ reason }) => reason === 'footer' || reason === 'total')).toBe(true);
    expect(input.headerRow).toBe(titleRows + 1);
    const short = input.notices.find(({ code }) => code === 'table/short-rows');
    expect(short?.args['rows'] ?? 0).toBe(raggedRows.length);
    expect(report.findings.filter(({ rule }) => rule === 'input/footer-rows')).toHaveLength(input.rows.setAside);
  });

  it('accounts for every row of the change log', () => {
    const input = report.inputs.find(({ role }) => role === 'history');
    expect(report.shape).toBe(planted.history === null ? 'snapshot' : 'history');
    if (planted.history === null) expect(input).toBeUndefined();
    else
      expect(input?.rows).toEqual({ read: planted.history.rows, audited: planted.history.rows, setAside: 0, blank: 0 });
  });
});
