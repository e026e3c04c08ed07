import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const FOLDER = mkdtempSync(join(tmpdir(), 'funnelint-package-'));
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

interface Reachable {
  readonly files: ReadonlySet<string>;
  readonly packages: ReadonlySet<string>;
}
const { reachableTypes } = (await import(new URL('../.ci/prune-types.js', import.meta.url).href)) as {
  readonly reachableTypes: (entry: string) => Reachable;
};
const { licenceOf } = (await import(new URL('../rolldown.config.js', import.meta.url).href)) as {
  readonly licenceOf: (folder: string) => string;
};

function written(name: string, text: string): string {
  writeFileSync(join(FOLDER, name), text);
  return join(FOLDER, name);
}

describe('the types that ship', () => {
  it('need no package but those that are installed with it', () => {
    const { files, packages } = reachableTypes(join(ROOT, 'dist/types/index.d.ts'));
    const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      readonly dependencies: Readonly<Record<string, string>>;
    };
    const needed = [...packages].filter((name) => !name.startsWith('node:'));
    expect(needed).toContain('zod');
    expect(needed.filter((name) => !(name in dependencies))).toEqual([]);
    expect([...files].map((file) => relative(ROOT, file))).toContain('dist/types/kinds/define.d.ts');
  });

  it('are followed through imports of every form, but not of comments', () => {
    written('a.d.ts', "/** import { x } from 'shown'; */\nexport { b } from './b.ts';\nimport 'effect';\n");
    written('b.d.ts', 'export declare const b: import("called").C;\n');
    const { files, packages } = reachableTypes(join(FOLDER, 'a.d.ts'));
    expect([...files].map((file) => relative(FOLDER, file))).toEqual(['a.d.ts', 'b.d.ts']);
    expect([...packages]).toEqual(['effect', 'called']);
  });
});

/** Packages that a script asks for by name when it runs, other than those of Node. */
function packagesAskedFor(script: string): readonly string[] {
  const code = script.replace(/\/\*[\s\S]*?\*\//g, '');
  const asked = code.matchAll(
    /\b(?:from|import|import\(|load\(|require\()\s*["']((?:@[\w-]+\/)?[a-z][\w-]*(?:\/[^"'\s]*)?)["']/g,
  );
  const names = [...asked].map(([, name = '']) => /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name);
  return names.filter((name) => !isBuiltin(name));
}

describe('the scripts that ship', () => {
  it('need no package but those that are installed with them', () => {
    const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      readonly dependencies: Readonly<Record<string, string>>;
    };
    const scripts = ['chunks', 'cli', 'library', 'worker'].flatMap((folder) =>
      readdirSync(join(ROOT, 'dist', folder)).map((name) => join(ROOT, 'dist', folder, name)),
    );
    const asked = new Set(scripts.flatMap((script) => packagesAskedFor(readFileSync(script, 'utf8'))));
    expect([...asked].sort()).toEqual(Object.keys(dependencies).sort());
  });
});

describe('the licences of what is bundled', () => {
  it('each have their words', () => {
    const texts = readFileSync(join(ROOT, 'dist/NOTICES.txt'), 'utf8').split('\n\n----\n\n');
    expect(texts.length).toBeGreaterThan(20);
    expect(texts.filter((text) => !/copyright/i.test(text) || !/provided|permission/i.test(text))).toEqual([]);
  });

  function packageOf(name: string, files: Readonly<Record<string, string>>): string {
    mkdirSync(join(FOLDER, name));
    for (const [file, text] of Object.entries(files)) written(join(name, file), text);
    return join(FOLDER, name);
  }

  it('are the file, the section of the README, or the words of the licence that is named', () => {
    expect(licenceOf(packageOf('file', { 'LICENCE.md': 'the words\n', 'package.json': '{}' }))).toBe('the words');
    const readme = '# it\n\ntext\n\n## License\n\nCopyright Ann.\n\nPermission is granted.\n\n## Notes\n\nmore\n';
    expect(licenceOf(packageOf('readme', { 'README.md': readme, 'package.json': '{}' }))).toBe(
      'Copyright Ann.\n\nPermission is granted.',
    );
    const named = { author: { name: 'Ann' }, license: 'ISC' };
    const files = { 'readme.md': '## License\n\nISC\n', 'package.json': JSON.stringify(named) };
    expect(licenceOf(packageOf('named', files))).toMatch(/^Copyright \(c\) Ann\n\nPermission to use, copy/);
    const unknown = packageOf('unknown', { 'package.json': '{"license": "own", "author": "Ann"}' });
    expect(() => licenceOf(unknown)).toThrow('no text of its licence');
  });
});

it('holds the program and the samples, and nothing that makes them', () => {
  const { stdout } = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const [{ files }] = JSON.parse(stdout) as [{ readonly files: readonly { readonly path: string }[] }];
  const paths = files.map(({ path }) => path);
  for (const path of ['bin/funnelint.js', 'dist/cli/start.cjs', 'dist/library/index.js', 'dist/NOTICES.txt'])
    expect(paths).toContain(path);
  expect(paths).toContain('dist/types/index.d.ts');
  expect(paths).toContain('samples/hubspot/deals.csv');
  expect(paths).toContain('rules/report.schema.json');
  // Compiled code fits no Node but the one that made it.
  expect(paths.filter((path) => path.endsWith('.code'))).toEqual([]);
  expect(paths.filter((path) => /^(?:src|tests|dist\/build|samples\/(?:generator|make-samples))/.test(path))).toEqual(
    [],
  );
  const { files: reachable } = reachableTypes(join(ROOT, 'dist/types/index.d.ts'));
  const types = paths.filter((path) => path.endsWith('.d.ts') && path.startsWith('dist/'));
  expect(types.sort()).toEqual([...reachable].map((file) => relative(ROOT, file)).sort());
  expect(existsSync(join(ROOT, 'dist/build/compile-packs.cjs'))).toBe(true);
});
