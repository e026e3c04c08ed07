import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { runAudit } from '../src/audit.ts';
import { type Baseline, entriesToday } from '../src/report/baseline.ts';
import { compareReports } from '../src/report/compare/compare.ts';
import type { AuditReport } from '../src/report/report.ts';
import { loadRuleset } from '../src/ruleset/load.ts';
import { PLAIN_REQUEST } from './audit-request.ts';
import { encodeGb18030 } from './gb18030.ts';

const folder = mkdtempSync(join(tmpdir(), 'funnelint-baseline-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function write(name: string, content: string | Buffer): string {
  files += 1;
  const path = join(folder, `${files}-${name}`);
  writeFileSync(path, content);
  return path;
}

interface Story {
  readonly folder: string;
  readonly list: string;
  /** Whether a line is a row of the list. */
  readonly isRow: RegExp;
  readonly history?: string;
  readonly previous?: readonly string[];
}

const STORIES: readonly Story[] = [
  { folder: 'salesforce', list: 'opportunities.csv', isRow: /^"006/, history: 'history.csv' },
  { folder: 'hubspot', list: 'deals.csv', isRow: /^\d/ },
  { folder: 'discounts', list: 'deals.csv', isRow: /^D-/ },
  { folder: 'leads', list: '线索导出_20261101.csv', isRow: /^XS/ },
  { folder: 'weekly', list: 'deals-2026-11-01.csv', isRow: /^OP-/, previous: ['deals-2026-10-25.csv'] },
];

const pathOf = (story: Story, name: string): string => `samples/${story.folder}/${name}`;

interface Given {
  readonly file?: string;
  readonly history?: string;
  readonly baseline?: Baseline;
  readonly asOf?: string;
}

function audit(story: Story, { file, history, baseline, asOf = '2026-11-01' }: Given = {}): Promise<AuditReport> {
  const usual = story.history === undefined ? null : pathOf(story, story.history);
  return runAudit({
    ...PLAIN_REQUEST,
    file: file ?? pathOf(story, story.list),
    history: history ?? usual,
    previous: (story.previous ?? []).map((name) => pathOf(story, name)),
    ruleset: loadRuleset({ file: pathOf(story, 'funnelint.yaml'), packs: [] }),
    asOf,
    baseline: baseline ?? null,
  });
}

function baselineOf(report: AuditReport): Baseline {
  return { file: 'funnelint-baseline.txt', entries: entriesToday(report, new Map()) };
}

/** Lines that are rows in an order that a seed decides, those around them in their places. */
function shuffled(csv: string, isRow: RegExp, seed: number): string {
  const lines = csv.split('\n');
  const keyOf = (line: string): string => createHash('sha256').update(`${seed} ${line}`).digest('hex');
  const rows = lines.filter((line) => isRow.test(line)).map((line) => ({ line, key: keyOf(line) }));
  rows.sort((one, other) => (one.key < other.key ? -1 : 1));
  let next = 0;
  return lines.map((line) => (isRow.test(line) ? (rows[next++]?.line ?? '') : line)).join('\n');
}

/** The rows of a CSV with one more column, which has neither a header nor values. */
function withBlankColumn(csv: string): string {
  return csv.replaceAll('\n', ',\n');
}

async function workbookOf(csv: string): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('Sheet1');
  for (const row of parse(csv, { relaxColumnCount: true }) as string[][]) sheet.addRow(row);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

function essence({ rules, gate, baseline }: AuditReport) {
  return { rules: rules.map(({ id, verdict, counts }) => ({ id, verdict, counts })), gate, baseline };
}

describe.each(STORIES)('what is accepted in the $folder list', async (story) => {
  const text = readFileSync(pathOf(story, story.list), 'utf8');
  const original = await audit(story);
  const baseline = baselineOf(original);
  const found = original.findings.length;
  const again = essence(await audit(story, { baseline }));

  it('is all of it', () => {
    expect(found).toBeGreaterThan(0);
    expect(again.baseline).toEqual({ file: baseline.file, known: found, new: 0, gone: 0 });
    expect(again.rules.filter(({ verdict }) => verdict === 'fail' || verdict === 'warn')).toEqual([]);
    expect(again.rules.map(({ counts }) => counts.violating).filter((count) => count > 0)).toEqual([]);
    expect(again.gate.exitCode).toBe(0);
  });

  it('is known again with its rows in any order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const file = write(story.list, shuffled(text, story.isRow, seed));
        expect(essence(await audit(story, { file, baseline }))).toEqual(again);
      }),
      { numRuns: 4 },
    );
  });

  it.each<[string, string, (csv: string) => string | Buffer | Promise<Buffer>]>([
    ['a blank column', story.list, withBlankColumn],
    ['a byte order mark', story.list, (csv) => `\ufeff${csv}`],
    ['CRLF line ends', story.list, (csv) => csv.replaceAll('\n', '\r\n')],
    ['GB18030', story.list, encodeGb18030],
    ['the cells of a workbook', story.list.replace('.csv', '.xlsx'), workbookOf],
  ])('is known again with %s', async (_, name, rewritten) => {
    const file = write(name, await rewritten(text));
    const { baseline: held, gate } = await audit(story, { file, baseline });
    expect({ held, gate }).toEqual({ held: again.baseline, gate: again.gate });
  });
});

describe('a change log', () => {
  it('may come in any order', async () => {
    const story = STORIES[0]!;
    const log = readFileSync(pathOf(story, story.history!), 'utf8');
    const baseline = baselineOf(await audit(story));
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const history = write('history.csv', shuffled(log, /^"008/, seed));
        const { baseline: held } = await audit(story, { history, baseline });
        expect(held).toMatchObject({ new: 0, gone: 0 });
      }),
      { numRuns: 3 },
    );
  });
});

describe('next week', () => {
  const week = (day: string, previous: string): Story => ({
    ...STORIES[4]!,
    list: `deals-${day}.csv`,
    previous: [`deals-${previous}.csv`],
  });

  it('shares with the baseline what a comparison of both weeks calls kept', async () => {
    const before = await audit(week('2026-10-25', '2026-10-18'), { asOf: '2026-10-25' });
    const baseline = baselineOf(before);
    const report = await audit(week('2026-11-01', '2026-10-25'), { baseline });
    const { findings } = compareReports({ file: 'before', report: before }, { file: 'after', report });
    const { known, new: fresh, gone } = report.baseline!;
    expect({ kept: known, new: fresh, gone }).toEqual({ kept: findings.kept, new: findings.new, gone: findings.gone });
    expect(Math.min(known, fresh, gone)).toBeGreaterThan(0);
  });
});

const cell = (...values: string[]) => fc.constantFrom(...values);
const randomRow = fc.record({
  id: cell('', 'D-1', 'D-2', 'D-3', 'D-4', 'D-5', '006', '1.2E+17'),
  name: cell('', 'Acme pilot', 'Acme Pilot', 'Borel rollout', 'x'),
  account: cell('', 'Acme', 'ACME Inc', 'Borel GmbH'),
  stage: cell('', 'Lead', 'Qualified', 'Won', 'Lost', 'Dreaming'),
  amount: cell('', '0', '-5', '1200', '1,200', 'about 5k'),
  close: cell('', '2026-05-20', '2026-07-31', '1899-12-31', 'soon'),
  owner: cell('', 'Ann', 'Ben', 'n/a'),
  created: cell('', '2026-01-02', '2026-12-02', 'yesterday'),
});

describe('any table', () => {
  it('has nothing new and nothing gone with its rows in another order', async () => {
    const tables = fc.array(randomRow, { minLength: 1, maxLength: 30 }).chain((rows) =>
      fc.record({
        rows: fc.constant(rows),
        other: fc.shuffledSubarray(rows, { minLength: rows.length, maxLength: rows.length }),
      }),
    );
    const ruleset = loadRuleset({ file: null, packs: [] });
    const header = 'Deal ID,Deal Name,Account,Stage,Amount,Close Date,Owner,Created Date\n';
    const auditRows = (rows: readonly object[], baseline: Baseline | null): Promise<AuditReport> => {
      const csv = `${header}${rows
        .map((row) =>
          Object.values(row)
            .map((each) => `"${each}"`)
            .join(),
        )
        .join('\n')}\n`;
      return runAudit({ ...PLAIN_REQUEST, file: write('deals.csv', csv), ruleset, asOf: '2026-06-01', baseline });
    };
    await fc.assert(
      fc.asyncProperty(tables, async ({ rows, other }) => {
        const report = await auditRows(other, baselineOf(await auditRows(rows, null)));
        expect(report.baseline).toMatchObject({ new: 0, gone: 0 });
        expect(report.rules.filter(({ counts }) => counts.violating > 0)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});
