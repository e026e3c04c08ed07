import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { baselineText, readBaseline } from '../../src/cli/baseline-file.ts';
import { FunnelintError } from '../../src/errors.ts';

const ONE = '0f1e2d3c-0123456789abcdef';
const OTHER = 'ffffffff-ffffffffffffffff';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'funnelint-baseline-file-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function read(text: string | Buffer) {
  const path = join(folder, 'known.txt');
  writeFileSync(path, text);
  return readBaseline(path);
}

function failureOf(work: () => unknown): { readonly code: string; readonly message: string } {
  try {
    work();
  } catch (error) {
    if (error instanceof FunnelintError) return { code: error.code, message: error.message.replace(folder, '') };
    throw error;
  }
  throw new Error('it did not fail');
}

describe('a baseline', () => {
  it.each<[string, string]>([
    ['as it is written', `${ONE}\n${ONE}\n${OTHER}\n`],
    ['without a last line end', `${OTHER}\n${ONE}\n${ONE}`],
    ['with CRLF, a byte order mark and blank lines', `\ufeff\r\n${ONE}\r\n\r\n${OTHER}\r\n${ONE}\r\n`],
    ['with comments and spaces around', `# kept since May\n  ${ONE}  \n#\n${ONE}\n\t${OTHER}`],
  ])('is read %s', (_, text) => {
    expect([...read(text).entries].sort()).toEqual([
      [ONE, 2],
      [OTHER, 1],
    ]);
  });

  it('may be empty', () => {
    expect(read('').entries.size).toBe(0);
  });

  it('is written in order, with its comments', () => {
    const baseline = read(`${OTHER}\n# agreed on Monday\n${ONE}\n${ONE}\n`);
    expect([...baselineText(baseline)].join('')).toBe(`# agreed on Monday\n${ONE}\n${ONE}\n${OTHER}\n`);
  });

  it.each<[string, string, RegExp]>([
    ['another file', 'Deal ID,Stage\nA,Lead\n', /known\.txt:1: not an entry of a baseline: Deal ID,Stage$/],
    ['what a merge left', `${ONE}\n<<<<<<< HEAD\n${OTHER}\n`, /known\.txt:2: .*<<<<<<< HEAD$/],
    ['a fingerprint alone', `${ONE}\n\n0123456789abcdef\n`, /known\.txt:3: .*0123456789abcdef$/],
    ['capitals', ONE.toUpperCase(), /known\.txt:1: /],
    ['a very long line', 'x'.repeat(100_000), /known\.txt:1: .{1,80}$/],
  ])('is none with %s in it, and the line is named', (_, text, message) => {
    const failure = failureOf(() => read(text));
    expect(failure.code).toBe('baseline/not-valid');
    expect(failure.message).toMatch(message);
  });

  it('that is not there is told apart from one that cannot be read', () => {
    expect(failureOf(() => readBaseline(join(folder, 'none.txt'))).code).toBe('baseline/not-found');
    expect(failureOf(() => readBaseline(join(folder, 'none', 'none.txt'))).code).toBe('baseline/not-found');
    expect(failureOf(() => readBaseline(folder)).code).toBe('file/not-readable');
  });

  it.skipIf(process.platform === 'win32')('is no device', () => {
    expect(failureOf(() => readBaseline('/dev/zero')).code).toBe('file/not-readable');
  });
});
