import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSourceCopies } from '../../../src/source-copies.ts';
import { auditSample } from '../../sample-audit.ts';
import { CASES, HOSTILE } from '../cases.ts';
import { renderedBytes } from '../rendered.ts';
import { allFormulas, formulaIn, noteIn, readWorkbook, sheetOf, shownIn } from './read-back.ts';

const OFFICE = 'soffice';
const hasOffice = spawnSync(OFFICE, ['--version']).status === 0;
const CSV = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'office-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What LibreOffice makes of a workbook; it asks to repair what it cannot read, and then writes nothing. */
function convert(bytes: Buffer, name: string, format: string, output: string): Buffer {
  writeFileSync(join(folder, `${name}.xlsx`), bytes);
  const out = join(folder, 'out');
  // A profile of its own, as another one may be in use.
  const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
  const args = [profile, '--headless', '--convert-to', format, '--outdir', out, join(folder, `${name}.xlsx`)];
  const { status, stderr } = spawnSync(OFFICE, args, { timeout: 100_000 });
  expect(status, String(stderr)).toBe(0);
  return readFileSync(join(out, output));
}

/** LibreOffice rounds numbers to fifteen digits; an empty text is an empty cell to it. */
function expectSame(theirs: unknown, ours: unknown, place: string): void {
  if (typeof theirs === 'number' && typeof ours === 'number') {
    expect(Math.abs(theirs - ours), place).toBeLessThanOrEqual(1e-14 * Math.max(1, Math.abs(ours)));
  } else expect(theirs ?? '', place).toEqual(ours ?? '');
}

describe.skipIf(!hasOffice)('in LibreOffice (skipped where it is not installed)', () => {
  it('a workbook opens without repair, with its notes and links', async () => {
    const report = await auditSample('salesforce');
    const bytes = await renderedBytes(report, 'xlsx', { sourceCopies: () => readSourceCopies(report) });
    const [ours, theirs] = [
      await readWorkbook(bytes),
      await readWorkbook(convert(bytes, 'story', 'xlsx', 'story.xlsx')),
    ];
    expect(theirs.worksheets.map(({ name }) => name)).toEqual(ours.worksheets.map(({ name }) => name));
    let compared = 0;
    for (const sheet of ours.worksheets) {
      const same = sheetOf(theirs, sheet.name);
      sheet.eachRow((row) => {
        row.eachCell(({ address }) => {
          expectSame(shownIn(same, address), shownIn(sheet, address), `${sheet.name}!${address}`);
          expect(noteIn(same, address)).toBe(noteIn(sheet, address));
          compared++;
        });
      });
    }
    expect(compared).toBeGreaterThan(5000);
    expect(allFormulas(theirs)).toHaveLength(allFormulas(ours).length);
    const copy = sheetOf(theirs, 'opportunities');
    const place = formulaIn(sheetOf(theirs, 'Findings'), 'D2');
    expect(place).toBe(`HYPERLINK("#'opportunities'!A64","A64")`);
    expect(noteIn(copy, 'A64')).toContain('duplicate/id');
  });

  it('a link leads to its finding also after the findings were sorted', async () => {
    const report = await auditSample('salesforce');
    const bytes = await renderedBytes(report, 'xlsx', { sourceCopies: () => readSourceCopies(report) });
    const workbook = await readWorkbook(bytes);
    const findings = sheetOf(workbook, 'Findings');
    const column = findings.columnCount;
    const last = findings.rowCount;
    const sorted = Array.from({ length: last - 1 }, (_, index) =>
      shownIn(findings, findings.getCell(last - index, column).address),
    );
    for (const [index, text] of sorted.entries()) findings.getCell(index + 2, column).value = String(text);
    const asked: string[] = [];
    const links = workbook.addWorksheet('Links');
    sheetOf(workbook, 'opportunities').eachRow((row) =>
      row.eachCell(({ formula }) => {
        const [, place, text] = /^HYPERLINK\((.*MATCH\("([^"]+)".*),"[^"]*"\)$/.exec(formula ?? '') ?? [];
        if (place === undefined || text === undefined) return;
        links.getCell(asked.push(text), 1).value = { formula: place, date1904: false };
      }),
    );
    const changed = Buffer.from(await workbook.xlsx.writeBuffer());
    const shown: string[][] = parse(convert(changed, 'sorted', `${CSV},8`, 'sorted-Links.csv'));
    expect(asked.length).toBeGreaterThan(50);
    expect(shown.map(([place]) => place)).toEqual(asked.map((text) => `#'Findings'!A${sorted.indexOf(text) + 2}`));
  });

  it('hostile texts are read as they are, and none is a formula', async () => {
    const bytes = await renderedBytes(CASES.hostile, 'xlsx');
    const rows: string[][] = parse(convert(bytes, 'hostile', `${CSV},2`, 'hostile-Findings.csv'), {
      relax_column_count: true,
    });
    for (const [index, text] of HOSTILE.entries()) {
      // A spreadsheet shows nothing for characters that XML cannot hold; all others are there.
      const seen = text.replace('\ud800', '\ufffd').replace(/[\u0000-\u0008\u000b-\u001f\ufffe]/g, '');
      const shown = rows[index + 1]?.[12]
        ?.replace(/[\u0000-\u0008\u000b-\u001f\ufffe]/g, '')
        .replace(/_x[0-9A-F]{4}_/g, '');
      expect(shown).toBe(seen);
    }
  });
});
