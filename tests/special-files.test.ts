import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFiles } from '../src/cli/audit-file.ts';
import { readReport } from '../src/cli/saved-report.ts';
import { readReports } from '../src/cli/saved-reports.ts';
import { FunnelintError } from '../src/errors.ts';
import { safeJson } from '../src/reporters/json.ts';
import { loadRuleset } from '../src/ruleset/load.ts';
import { allBytes, fileBytes, readPipe } from '../src/source/byte-source.ts';
import { isOwnFile } from '../src/source/file-kind.ts';
import { readSourceCopies } from '../src/source-copies.ts';
import { createMemoryHost } from './cli/memory-host.ts';
import { CASES } from './reporters/cases.ts';

const HAS_PIPES = spawnSync('mkfifo', ['--version']).status === 0;
const DEVICE = '/dev/zero';
const HAS_DEVICES = existsSync(DEVICE);

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'funnelint-special-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function pipe(name: string): string {
  const path = join(folder, name);
  spawnSync('mkfifo', [path]);
  return path;
}

/** Has another process write to a pipe, which waits until it is read. */
function writeTo(path: string, text: string): void {
  writeFileSync(join(folder, 'text'), text);
  execFile('sh', ['-c', 'cat "$0" > "$1"', join(folder, 'text'), path]);
}

/** The report of a case that says its list is another file. */
function savedWith(file: string) {
  const report = CASES.one;
  return { ...report, inputs: report.inputs.map((input) => ({ ...input, file })) };
}

async function failureOf(reading: Promise<unknown>): Promise<FunnelintError> {
  const failure = await reading.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(failure instanceof FunnelintError)) throw new Error(`no FunnelintError: ${String(failure)}`);
  return failure;
}

describe.skipIf(!HAS_DEVICES)('a device', () => {
  it('is too much for a rules file', () => {
    const failure = expect.objectContaining({ code: 'rules/too-large' });
    expect(() => loadRuleset({ file: DEVICE, packs: [] })).toThrow(failure);
  });

  it('is refused as an export and as a saved report', async () => {
    const [opened] = await openFiles([DEVICE], 'stdin', createMemoryHost(folder));
    const asExport = await failureOf(allBytes(typeof opened === 'object' ? opened : fileBytes(DEVICE)));
    const asReport = await failureOf(readReport(DEVICE, createMemoryHost(folder)));
    for (const { code, args } of [asExport, asReport]) {
      expect([code, args]).toEqual([
        'file/not-readable',
        { file: DEVICE, reason: { text: { en: 'it is a device', zh: '它是设备' } } },
      ]);
    }
  });

  it('that an edited report names is not opened for the marked copy', async () => {
    const [copy] = await readSourceCopies(savedWith(DEVICE));
    expect(copy).toEqual({ file: DEVICE, table: null, missing: 'gone' });
  });
});

describe.skipIf(!HAS_PIPES)('a pipe', () => {
  it('is read once and can be looked at again', async () => {
    const path = pipe('deals.csv');
    writeTo(path, 'ID,Stage\n1,Won\n');
    const source = fileBytes(path);
    expect(String(await allBytes(source))).toBe('ID,Stage\n1,Won\n');
    const part: Buffer[] = [];
    for await (const chunk of source.chunks(3, 8)) part.push(chunk);
    expect(String(Buffer.concat(part))).toBe('Stage');
  });

  it('is read no further than it may be', async () => {
    const path = pipe('endless');
    execFile('sh', ['-c', 'yes > "$0"', path]);
    expect((await failureOf(readPipe(path, 5_000_000))).code).toBe('file/too-large');
  });

  it('may hold a saved report', async () => {
    const path = pipe('report.json');
    writeTo(path, safeJson(CASES.one));
    expect((await readReport(path, createMemoryHost(folder))).rules).toHaveLength(CASES.one.rules.length);
  });

  it('that nobody writes to and nobody named is passed over', async () => {
    pipe('2026-01-01.json');
    writeFileSync(join(folder, '2026-02-01.json'), safeJson(CASES.one));
    const found: string[] = [];
    for await (const { file } of readReports([folder], () => {}, createMemoryHost(folder))) found.push(file);
    expect(found).toEqual([join(folder, '2026-02-01.json')]);
    const [copy] = await readSourceCopies(savedWith(join(folder, '2026-01-01.json')));
    expect(copy?.missing).toBe('gone');
  });
});

describe('a path in a saved report', () => {
  it('may lead to a file of this machine and not to a share', () => {
    const file = join(folder, 'deals.csv');
    writeFileSync(file, 'ID\n1\n');
    expect(isOwnFile(file)).toBe(true);
    for (const share of [`/${file}`, `\\\\host\\share\\deals.csv`, '//host/share', '/\\host', folder]) {
      expect(isOwnFile(share)).toBe(false);
    }
  });
});
