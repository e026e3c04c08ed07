import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepCode, runFromKeptCode } from '../../src/cli/kept-code.ts';

const load = createRequire(import.meta.url);
const FOLDER = mkdtempSync(join(tmpdir(), 'funnelint-kept-'));
const SCRIPT = join(FOLDER, 'answer.cjs');
const LATER = new Date(Date.now() + 60_000);

function answer(file = SCRIPT): unknown {
  delete load.cache[load.resolve(file)];
  return (load(file) as () => unknown)();
}

/** Says in place of what was there, in as many characters, as if nothing had been written. */
function replaceSilently(file: string, text: string): void {
  const { atime, mtime } = statSync(file);
  expect(text).toHaveLength(readFileSync(file, 'utf8').length);
  writeFileSync(file, text);
  utimesSync(file, atime, mtime);
}

function keptFile(): string {
  return join(FOLDER, readdirSync(FOLDER).find((name) => name.endsWith('.code')) as string);
}

beforeEach(async () => {
  writeFileSync(SCRIPT, 'module.exports = () => "first";');
  await keepCode(async () => void answer());
  runFromKeptCode(FOLDER + sep);
});
afterEach(() => {
  delete load.extensions['.cjs'];
  rmSync(keptFile());
});
afterAll(() => rmSync(FOLDER, { recursive: true }));

describe('compiled code that is kept', () => {
  it('runs in place of the text it was compiled from', () => {
    replaceSilently(SCRIPT, 'module.exports = () => "other";');
    expect(answer()).toBe('first');
  });

  it('names the Node that made it', () => {
    expect(keptFile()).toContain(`answer.cjs.${process.version}-`);
  });

  it('does not run once the script was written anew', () => {
    writeFileSync(SCRIPT, 'module.exports = () => "other";');
    utimesSync(SCRIPT, LATER, LATER);
    expect(answer()).toBe('other');
  });

  it.each([
    ['cut short', (code: Buffer) => code.subarray(0, code.length >> 1)],
    ['empty', () => Buffer.alloc(0)],
    ['of another V8', (code: Buffer) => Buffer.concat([Buffer.from([1, 2, 3, 4]), code.subarray(4)])],
  ])('does not run where it is %s: then the text does', (_, spoil) => {
    writeFileSync(keptFile(), spoil(readFileSync(keptFile())));
    replaceSilently(SCRIPT, 'module.exports = () => "other";');
    expect(answer()).toBe('other');
  });

  it('leaves scripts of others alone', () => {
    const folder = mkdtempSync(join(tmpdir(), 'funnelint-others-'));
    const script = join(folder, 'answer.cjs');
    writeFileSync(script, 'module.exports = () => require("node:path").sep + __filename + typeof module.paths;');
    expect(answer(script)).toBe(`${sep}${script}object`);
    rmSync(folder, { recursive: true });
  });

  it('gives a script what Node would', async () => {
    writeFileSync(
      SCRIPT,
      'module.exports = () => [require("./answer.cjs") === module.exports, __filename, __dirname];',
    );
    rmSync(keptFile());
    await keepCode(async () => void answer());
    runFromKeptCode(FOLDER + sep);
    expect(answer()).toEqual([true, SCRIPT, FOLDER]);
  });
});
