import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { AuditReport } from '../src/report/report.ts';
import { encodeGb18030 } from './gb18030.ts';
import { auditSample, EXPORT_OF, type Story, sampleBytes, samplePath } from './sample-audit.ts';

const folder = mkdtempSync(join(tmpdir(), 'funnelint-samples-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function write(name: string, content: string | Buffer): string {
  files += 1;
  const path = join(folder, `${files}-${name}`);
  writeFileSync(path, content);
  return path;
}

interface Essence {
  readonly audited: readonly number[];
  readonly rules: readonly Pick<AuditReport['rules'][number], 'id' | 'verdict' | 'counts'>[];
  readonly fingerprints: readonly string[];
}

/** What must not depend on how a file is written, nor on the order of its rows. */
function essence(report: AuditReport): Essence {
  expect(report.faults).toEqual([]);
  return {
    audited: report.inputs.map(({ rows }) => rows.audited),
    rules: report.rules.map(({ id, verdict, counts }) => ({ id, verdict, counts })),
    fingerprints: report.findings.map(({ fingerprint }) => fingerprint).sort(),
  };
}

/** The amounts at stake too; these depend on the order where two rows have one id, for the first one has the log. */
function essenceWithAmounts(report: AuditReport): unknown {
  return { ...essence(report), amounts: report.rules.map(({ amount }) => amount) };
}

function utf16le(text: string, mark: boolean): Buffer {
  const units = mark ? `\ufeff${text}` : text;
  const bytes = Buffer.alloc(units.length * 2);
  for (let unit = 0; unit < units.length; unit++) bytes.writeUInt16LE(units.charCodeAt(unit), unit * 2);
  return bytes;
}

/** A CSV without line breaks in its cells, with the lines that are rows in an order that a seed decides. */
function shuffled(csv: string, isRow: (line: string) => boolean, seed: number): string {
  const lines = csv.split('\n');
  const first = lines.findIndex(isRow);
  const last = lines.findLastIndex(isRow);
  const keyOf = (line: string): string => createHash('sha256').update(`${seed} ${line}`).digest('hex');
  const rows = lines.slice(first, last + 1).map((line) => ({ line, key: keyOf(line) }));
  rows.sort((one, other) => (one.key < other.key ? -1 : 1));
  return [...lines.slice(0, first), ...rows.map(({ line }) => line), ...lines.slice(last + 1)].join('\n');
}

const text = sampleBytes('salesforce', EXPORT_OF.salesforce).toString();
const log = sampleBytes('salesforce', 'history.csv').toString();
const original = await auditSample('salesforce');

describe('the Salesforce report says the same', () => {
  it('with its rows in any order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const file = write(
          'opportunities.csv',
          shuffled(text, (line) => line.startsWith('"006'), seed),
        );
        expect(essence(await auditSample('salesforce', file))).toEqual(essence(original));
      }),
      { numRuns: 6 },
    );
  });

  it('with the rows of its change log in any order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const history = write(
          'history.csv',
          shuffled(log, (line) => line.startsWith('"008'), seed),
        );
        const report = await auditSample('salesforce', undefined, history);
        expect(essenceWithAmounts(report)).toEqual(essenceWithAmounts(original));
      }),
      { numRuns: 4 },
    );
  });

  it.each<[string, string | Buffer]>([
    ['a byte order mark', `\ufeff${text}`],
    ['UTF-16LE', utf16le(text, true)],
    ['UTF-16LE without a byte order mark', utf16le(text, false)],
    ['CRLF line ends', text.replaceAll('\n', '\r\n')],
    ['tabs between its cells', toTsv(text)],
  ])('with %s', async (_, content) => {
    const report = await auditSample('salesforce', write('opportunities.csv', content));
    expect(essenceWithAmounts(report)).toEqual(essenceWithAmounts(original));
  });

  it.each<[string, (cell: string) => ExcelJS.CellValue]>([
    ['of texts', (cell) => cell],
    ['of numbers and dates', typedCell],
  ])('as a workbook %s', async (_, cellOf) => {
    const report = await auditSample('salesforce', write('opportunities.xlsx', await workbookOf(text, cellOf)));
    expect(essenceWithAmounts(report)).toEqual(essenceWithAmounts(original));
  });
});

function toTsv(csv: string): string {
  const rows = parse(csv, { relaxColumnCount: true, skipEmptyLines: false }) as string[][];
  return rows.map((row) => `${row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join('\t')}\n`).join('');
}

function typedCell(cell: string): ExcelJS.CellValue {
  if (/^-?\d+(\.\d+)?$/.test(cell)) return Number(cell);
  const [, month, day, year] = /^(\d+)\/(\d+)\/(\d{4})$/.exec(cell) ?? [];
  return year === undefined ? cell : new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
}

async function workbookOf(csv: string, cellOf: (cell: string) => ExcelJS.CellValue): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('Report');
  for (const row of parse(csv, { relaxColumnCount: true }) as string[][]) {
    const cells = sheet.addRow(row.map((cell) => (cell === '' ? null : cellOf(cell))));
    cells.eachCell((cell) => {
      if (cell.value instanceof Date) cell.numFmt = 'm/d/yyyy';
    });
  }
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

describe('the Fxiaoke export says the same', async () => {
  const csv = await csvOfWorkbook('fxiaoke');
  const expected = essenceWithAmounts(await auditSample('fxiaoke'));

  it.each<[string, string | Buffer]>([
    ['UTF-8', csv],
    ['GB18030', encodeGb18030(csv)],
  ])('as CSV in %s', async (encoding, content) => {
    const report = await auditSample('fxiaoke', write('商机.csv', content));
    expect(report.inputs[0]?.encoding).toBe(encoding.toLowerCase());
    expect(essenceWithAmounts(report)).toEqual(expected);
  });
});

function cellText(value: ExcelJS.CellValue): string {
  if (value instanceof Date) return value.toISOString().slice(0, 16).replace('T', ' ').replace(' 00:00', '');
  return value === null || value === undefined ? '' : String(value);
}

/** The first sheet of the export of a story as somebody saves it who needs a CSV. */
async function csvOfWorkbook(story: Story): Promise<string> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(samplePath(story, EXPORT_OF[story]));
  const sheet = workbook.worksheets[0]!;
  const lines: string[] = [];
  sheet.eachRow((row) => {
    const cells = Array.from({ length: sheet.columnCount }, (_, column) => cellText(row.getCell(column + 1).value));
    lines.push(cells.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(','));
  });
  return `${lines.join('\n')}\n`;
}
