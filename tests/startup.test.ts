import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { VERSION } from '../src/version.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const BIN = join(ROOT, 'bin/funnelint.js');

/** Something only the code of the package says, to find it in a bundle. */
const MARKS: Readonly<Record<string, string>> = {
  zod: 'ZodError',
  yaml: 'YAMLParseError',
  'csv-parse': 'CSV_QUOTE_NOT_CLOSED',
  exceljs: 'exceljs',
  'cli-table3': 'colSpan',
  re2js: 'RE2JSSyntaxException',
};

/** Text of every script of ours that a command loaded, by path. */
function loadedScripts(args: readonly string[]): ReadonlyMap<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'funnelint-scripts-'));
  try {
    spawnSync(process.execPath, [BIN, ...args], { env: { ...process.env, NODE_V8_COVERAGE: folder } });
    const scripts = readdirSync(folder).flatMap((name) => {
      const { result } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { result: { url: string }[] };
      return result.filter(({ url }) => url.startsWith('file:')).map(({ url }) => fileURLToPath(url));
    });
    return new Map(scripts.map((path) => [path, readFileSync(path, 'utf8')]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function packagesIn(scripts: ReadonlyMap<string, string>): readonly string[] {
  const texts = [...scripts.values()];
  return Object.keys(MARKS).filter((name) => texts.some((text) => text.includes(MARKS[name] as string)));
}

describe('a start', () => {
  it('loads no reader, parser or schema for --help', () => {
    const scripts = loadedScripts(['--help']);
    expect(scripts.size).toBeGreaterThan(1);
    expect(packagesIn(scripts)).toEqual([]);
  });

  it('loads no workbook reader for a CSV, and finds the packages it does load', () => {
    const loaded = packagesIn(loadedScripts(['audit', join(ROOT, 'samples/hubspot/deals.csv')]));
    expect(loaded).toContain('zod');
    expect([...loadedScripts(['audit', join(ROOT, 'samples/hubspot/deals.csv')]).keys()].join()).not.toContain(
      'node_modules/exceljs',
    );
  });

  it('loads schemas and YAML only where there is a rules file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'funnelint-schemas-'));
    const file = join(folder, 'deals.csv');
    writeFileSync(file, 'Deal ID,Deal Stage,Amount\n1,Won,5\n2,Lost,6\n');
    const loadedFor = (...flags: string[]): readonly string[] => packagesIn(loadedScripts(['audit', file, ...flags]));
    expect(loadedFor()).toEqual(['cli-table3']);
    expect(loadedFor('--pack', 'recommended')).toContain('zod');
    rmSync(folder, { recursive: true });
  });

  it('loads of the command only what the audit of a CSV needs on screen', () => {
    const partOf = (script: string): string => basename(script).replace(/\.cjs$/, '');
    const built = new Set(readdirSync(join(ROOT, 'dist/chunks')).map(partOf));
    const unneeded = ['workbook', 'legacy-workbook', 'spreadsheet-xml', 'html-table', 'guess-encoding', 'gunzip'];
    const ofOthers = ['html', 'xlsx', 'markdown', 'sarif', 'explain-command', 'init-command', 'compare-command'];
    const loaded = new Set([...loadedScripts(['audit', join(ROOT, 'samples/hubspot/deals.csv')]).keys()].map(partOf));
    expect(loaded).toContain('terminal');
    expect([...unneeded, ...ofOthers].filter((part) => !built.has(part))).toEqual([]);
    expect([...unneeded, ...ofOthers].filter((part) => loaded.has(part))).toEqual([]);
  });

  it('loads of Node only what the audit of a CSV needs on screen', () => {
    const list =
      'console.error(JSON.stringify(process.moduleLoadList.map((name) => name.replace("NativeModule ", ""))))';
    const run = `process.on("exit", () => ${list}); require(process.argv[1]).start(process.argv.slice(2))`;
    const start = join(ROOT, 'dist/cli/start.cjs');
    const loadedFor = (...args: readonly string[]): readonly string[] =>
      JSON.parse(spawnSync(process.execPath, ['-e', run, start, ...args], { encoding: 'utf8' }).stderr);
    const late = ['child_process', 'crypto', 'fs/promises', 'worker_threads'];
    const loaded = loadedFor('audit', join(ROOT, 'samples/weekly/deals-2026-11-01.csv'));
    expect(late.filter((name) => loaded.includes(name))).toEqual([]);
    expect(loadedFor('audit', join(ROOT, 'samples/weekly/deals-2026-11-01.csv'), '-f', 'json')).toContain('crypto');
  });

  it('loads csv-parse only for a CSV that is not sound', () => {
    const folder = mkdtempSync(join(tmpdir(), 'funnelint-quotes-'));
    const loadedFor = (name: string, text: string): readonly string[] => {
      writeFileSync(join(folder, name), text);
      return packagesIn(loadedScripts(['audit', join(folder, name), '--as-of', '2026-11-01']));
    };
    const sound = 'Deal ID,Deal Stage,Amount\n1,"Won, at last",5\n2,Lost,6\n';
    expect(loadedFor('sound.csv', sound)).not.toContain('csv-parse');
    expect(loadedFor('damaged.csv', `${sound}3,"Won" now,7\n`)).toContain('csv-parse');
    rmSync(folder, { recursive: true });
  });

  it('loads the engine of regular expressions only for a rule that has one', () => {
    const folder = mkdtempSync(join(tmpdir(), 'funnelint-patterns-'));
    const loadedFor = (name: string, pattern: string): readonly string[] => {
      writeFileSync(join(folder, name), `version: 1\nrules: {my/id: {pattern: ${pattern}}}\n`);
      return packagesIn(loadedScripts(['audit', join(ROOT, 'samples/hubspot/deals.csv'), '-c', join(folder, name)]));
    };
    expect(loadedFor('format.yaml', '{field: id, format: crm-id}')).not.toContain('re2js');
    expect(loadedFor('matches.yaml', '{field: id, matches: "^[0-9]+$"}')).toContain('re2js');
    rmSync(folder, { recursive: true });
  });

  it('loads what reads rules only for those that the build did not put together', () => {
    const folder = mkdtempSync(join(tmpdir(), 'funnelint-rules-'));
    const deals = join(folder, 'deals.csv');
    writeFileSync(deals, 'Record ID,Deal Name,Deal Stage,Deal owner,Amount\n1,One,Won,Ann,5\n');
    const loadedWith = (...flags: readonly string[]): readonly string[] =>
      packagesIn(loadedScripts(['audit', deals, ...flags]));
    expect(loadedWith()).not.toContain('yaml');
    expect(loadedWith('--skip', 'owner/missing')).not.toContain('yaml');
    expect(loadedWith('--rule', 'owner/missing')).toContain('yaml');
    expect(loadedWith('--pack', 'hubspot')).toContain('yaml');
    rmSync(folder, { recursive: true });
  });

  it('imports kinds of somebody’s own, and warns of nothing', () => {
    const folder = join(ROOT, 'samples/own-kind');
    const kinds = ['--kinds', join(folder, 'discount-limit.js'), '-c', join(folder, 'funnelint.yaml')];
    const { stdout, stderr } = spawnSync(process.execPath, [BIN, 'rules', ...kinds], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout).toContain('discount/over-limit');
  });

  it('says the version of the package', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    expect(VERSION).toBe(version);
    expect(spawnSync(process.execPath, [BIN, '--version'], { encoding: 'utf8' }).stdout).toBe(`${version}\n`);
  });
});
