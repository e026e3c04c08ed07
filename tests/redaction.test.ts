import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { redactReport } from '../src/report/redact.ts';
import type { AuditReport } from '../src/report/report.ts';
import { reportSchema } from '../src/report/schema.ts';
import { VIEW_NAMES } from '../src/report/views/names.ts';
import { FORMATS, type Format } from '../src/reporters/index.ts';
import { loadRuleset } from '../src/ruleset/load.ts';
import { openArchive } from '../src/source/workbook/archive.ts';
import { readZipDirectory } from '../src/source/workbook/zip-directory.ts';
import { readSourceCopies } from '../src/source-copies.ts';
import { PLAIN_REQUEST } from './audit-request.ts';
import { type Audited, audited, cellsOf, leaksIn, secretWords, textFields, vocabularyOf } from './redaction-cases.ts';
import { renderedBytes, renderedText } from './reporters/rendered.ts';

function sample(path: string): string {
  return fileURLToPath(new URL(`../samples/${path}`, import.meta.url));
}

interface Story {
  readonly file: string;
  readonly history?: string;
  readonly previous?: readonly string[];
}

const STORIES: Readonly<Record<string, Story>> = {
  salesforce: { file: 'opportunities.csv', history: 'history.csv' },
  hubspot: { file: 'deals.csv' },
  fxiaoke: { file: '商机2.0对象导出结果_20261101103000.xlsx' },
  leads: { file: '线索导出_20261101.csv' },
  discounts: { file: 'deals.csv' },
  weekly: { file: 'deals-2026-11-01.csv', previous: ['deals-2026-10-18.csv', 'deals-2026-10-25.csv'] },
};

function auditStory(name: string): Promise<Audited> {
  const { file, history, previous = [] } = STORIES[name] as Story;
  return audited({
    ...PLAIN_REQUEST,
    file: sample(`${name}/${file}`),
    history: history === undefined ? null : sample(`${name}/${history}`),
    previous: previous.map((each) => sample(`${name}/${each}`)),
    ruleset: loadRuleset({ file: sample(`${name}/funnelint.yaml`), packs: [] }),
    asOf: '2026-11-01',
    by: null,
    details: true,
  });
}

async function textOf(report: AuditReport, format: Format, lang: 'en' | 'zh'): Promise<string> {
  if (format !== 'xlsx') return renderedText(report, format, { lang });
  const bytes = await renderedBytes(report, format, { lang, sourceCopies: () => readSourceCopies(report) });
  if (bytes.length === 0) return '';
  const archive = openArchive('report.xlsx', bytes);
  const texts: string[] = [];
  for (const { name } of readZipDirectory(bytes) ?? []) {
    for await (const chunk of archive.part(name)?.chunks() ?? []) texts.push(chunk.toString('utf8'));
    texts.push('\n');
  }
  return texts.join('');
}

/** Every text of a value replaced by nothing: what is left is its shape and its figures. */
function figuresOf(value: unknown): unknown {
  if (typeof value === 'string') return '';
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(figuresOf);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, figuresOf(each)]));
}

describe.each(Object.keys(STORIES))('%s', (story) => {
  const audit = auditStory(story);

  it('shows no value of a text field in any format, language or page', async () => {
    const built = await audit;
    const { report: plain, dataset } = built;
    const fields = textFields(built);
    const cells = new Set(fields.flatMap((field) => [...cellsOf(built, field)]));
    const secrets = secretWords(cells, vocabularyOf(built));
    expect(leaksIn(await renderedText(plain, 'json'), secrets).length).toBeGreaterThan(20);
    const report = redactReport(plain, dataset, { listed: fields, key: null });
    for (const format of FORMATS) {
      for (const lang of ['en', 'zh'] as const) {
        expect([format, lang, leaksIn(await textOf(report, format, lang), secrets)]).toEqual([format, lang, []]);
      }
    }
    for (const view of VIEW_NAMES) {
      const page = await renderedText(report, 'terminal', { view });
      expect([view, leaksIn(page, secrets)]).toEqual([view, []]);
    }
  });

  it('shows no value of each text field by itself, and found some before', async () => {
    const built = await audit;
    const { report, dataset } = built;
    const cells = new Map(textFields(built).map((field) => [field, cellsOf(built, field)]));
    const secret = new Set(secretWords(new Set([...cells.values()].flatMap((each) => [...each])), vocabularyOf(built)));
    const before = await renderedText(report, 'json');
    const seen: string[] = [];
    for (const [field, texts] of cells) {
      const secrets = [...texts].filter((text) => secret.has(text));
      if (leaksIn(before, secrets).length > 0) seen.push(field);
      const after = await renderedText(redactReport(report, dataset, { listed: [field], key: null }), 'json');
      expect([field, leaksIn(after, secrets)]).toEqual([field, []]);
    }
    expect(seen).toEqual(expect.arrayContaining(['id', 'name', 'owner'].filter((field) => dataset.columns.has(field))));
  });

  it('changes no figure, verdict or fingerprint, and stays a report of the contract', async () => {
    const { report, dataset } = await audit;
    const redacted = redactReport(report, dataset, { listed: textFields(await audit), key: 'k' });
    const { redacted: fields, ...rest } = redacted;
    expect(fields?.fields).toContain('id');
    expect(figuresOf(rest)).toEqual(figuresOf(report));
    expect(redacted.gate).toEqual(report.gate);
    expect(redacted.rules.map(({ id, verdict }) => [id, verdict])).toEqual(
      report.rules.map(({ id, verdict }) => [id, verdict]),
    );
    expect(redacted.findings.map(({ fingerprint, at }) => [fingerprint, at])).toEqual(
      report.findings.map(({ fingerprint, at }) => [fingerprint, at]),
    );
    expect(reportSchema.safeParse(JSON.parse(JSON.stringify(redacted))).error).toBeUndefined();
  });
});
