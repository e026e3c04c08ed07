import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { makeSamples } from '../samples/make-samples.js';

interface Account {
  readonly asOf: string;
  readonly findings: Readonly<Record<string, readonly string[]>>;
}

const FOLDER = new URL('../samples/', import.meta.url);
const samples = await makeSamples();

const committed = (path: string): Buffer => readFileSync(new URL(path, FOLDER));
const accountOf = (story: string): Account => JSON.parse(committed(`${story}/planted.json`).toString()) as Account;

/** Rows of a file without what stands around the table. */
function csvRows(path: string, firstHeader: string): readonly Readonly<Record<string, string>>[] {
  const lines = parse(committed(path), { relaxColumnCount: true }) as string[][];
  const at = lines.findIndex((line) => line[0] === firstHeader);
  const header = lines[at] ?? [];
  const rows = lines.slice(at + 1).filter((line) => line.length > 1);
  return rows.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index] ?? ''])));
}

const idsWhere = (
  rows: readonly Readonly<Record<string, string>>[],
  id: string,
  test: (row: Readonly<Record<string, string>>) => boolean,
): readonly string[] =>
  rows
    .filter(test)
    .flatMap((row) => row[id] ?? [])
    .sort();

it.each([...samples.keys()])('%s is what the script makes', (path) => {
  expect(Buffer.compare(committed(path), samples.get(path) ?? new Uint8Array())).toBe(0);
});

it('makes the same bytes again', async () => {
  const again = await makeSamples();
  expect([...again.keys()]).toEqual([...samples.keys()]);
  for (const [path, bytes] of again) expect(Buffer.compare(bytes, samples.get(path) ?? new Uint8Array()), path).toBe(0);
});

describe('the Salesforce story', () => {
  const rows = csvRows('salesforce/opportunities.csv', 'Opportunity ID');
  const history = csvRows('salesforce/history.csv', 'Id');
  const { findings } = accountOf('salesforce');

  it('holds the faults on record', () => {
    expect(rows).toHaveLength(425);
    expect(idsWhere(rows, 'Opportunity ID', (row) => row['Opportunity Owner'] === '')).toEqual(
      findings['owner/missing'],
    );
    const closedWithoutDate = idsWhere(
      rows,
      'Opportunity ID',
      (row) => /^closed/i.test(row.Stage ?? '') && row['Close Date'] === '',
    );
    expect(closedWithoutDate).toEqual(findings['date/closed-without-date']);
    expect(findings).not.toHaveProperty('win/loss-reason-missing');
  });

  it('has a log, newest first, that ends in the stage of each deal and half of which changes no stage', () => {
    const times = history.map((row) => row.CreatedDate ?? '');
    expect(times).toEqual([...times].sort().reverse());
    const latest = new Map<string, string>();
    for (const row of [...history].reverse()) latest.set(row.OpportunityId ?? '', row.StageName ?? '');
    const folded = (text = ''): string => text.trim().replace(/\s+/g, ' ').toLowerCase();
    for (const row of rows) expect(folded(latest.get(row['Opportunity ID'] ?? ''))).toBe(folded(row.Stage));
    const noops = history.filter((row) => row.StageName === row.FromOpportunityStageName);
    expect(noops.length / history.length).toBeGreaterThan(0.35);
  });
});

describe('the HubSpot story', () => {
  const rows = csvRows('hubspot/deals.csv', 'Record ID');
  const { findings } = accountOf('hubspot');

  it('holds the faults on record', () => {
    expect(rows).toHaveLength(304);
    expect(idsWhere(rows, 'Record ID', (row) => row['Deal owner'] === '')).toEqual(findings['owner/missing']);
    const lost = (row: Readonly<Record<string, string>>): boolean => /^closed lost$/i.test(row['Deal Stage'] ?? '');
    const withoutReason = idsWhere(rows, 'Record ID', (row) => lost(row) && row['Closed Lost Reason'] === '');
    expect(withoutReason).toEqual(findings['win/loss-reason-missing']);
  });
});

describe('the Fxiaoke story', () => {
  it('holds the faults on record, beside a hidden sheet and above a sum', async () => {
    const path = [...samples.keys()].find((name) => name.endsWith('.xlsx')) ?? '';
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.readFile(new URL(path, FOLDER).pathname.split('/').map(decodeURIComponent).join('/'));
    expect(workbook.worksheets.map(({ name, state }) => [name, state])).toEqual([
      ['商机2.0对象数据', 'visible'],
      ['hidden商机阶段', 'hidden'],
    ]);
    const sheet = workbook.worksheets[0];
    const header = (sheet?.getRow(1).values ?? []) as string[];
    const ownerless: string[] = [];
    sheet?.eachRow((row, number) => {
      const id = row.getCell(1).text;
      if (number > 1 && id !== '合计' && row.getCell(header.indexOf('负责人（必填）')).text === '') ownerless.push(id);
    });
    expect(sheet?.rowCount).toBe(368);
    expect(sheet?.getCell('A368').value).toBe('合计');
    expect(ownerless.sort()).toEqual(accountOf('fxiaoke').findings['owner/missing']);
  });
});
