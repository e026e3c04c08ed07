import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const ENGLISH = readFileSync(join(ROOT, 'README.md'), 'utf8');

// As on a desk, wherever the tests run.
const ENV = { ...process.env, GITHUB_ACTIONS: '', COLUMNS: '100', NO_COLOR: '1', LANG: 'C', LC_ALL: 'C' };

/** A folder in which the commands of a README run as in a checkout. */
function checkout(): string {
  const folder = mkdtempSync(join(tmpdir(), 'funnelint-readme-'));
  for (const name of ['bin', 'dist', 'rules', 'samples', 'node_modules', 'package.json']) {
    symlinkSync(join(ROOT, name), join(folder, name));
  }
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function run(cwd: string, command: string) {
  return spawnSync('bash', ['-c', command], { cwd, encoding: 'utf8', env: ENV, maxBuffer: 1 << 26 });
}

function blocksOf(readme: string, language: string): readonly string[] {
  return [...readme.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(
    ([, block]) => block as string,
  );
}

/** The commands of all shell blocks, but for installing, which has happened, and the tests, which are running. */
function commandsOf(readme: string): readonly string[] {
  return blocksOf(readme, 'sh')
    .flatMap((block) => block.trim().split('\n'))
    .map((line) => line.replace(/^npm ci && /, ''))
    .filter((line) => line !== 'npm test');
}

const TRANSCRIPT = /<!-- transcript: (.*?) \|(?: from (.*?) \|)? (\d+) -->\n```text\n[\s\S]*?```/g;

/** The README with what its commands print now, from the top or from the line it names. */
function withTranscripts(readme: string, folder: string): string {
  return readme.replace(TRANSCRIPT, (_, command: string, from: string | undefined, lines: string) => {
    const printed = run(folder, command).stdout.split('\n');
    const first = from === undefined ? 0 : printed.indexOf(from);
    const screen = printed.slice(first, first + Number(lines)).join('\n');
    const where = from === undefined ? '' : ` from ${from} |`;
    return `<!-- transcript: ${command} |${where} ${lines} -->\n\`\`\`text\n${screen}\n…\n\`\`\``;
  });
}

/** What the Chinese README has in common with the English one is run once. */
const READMES = [
  { name: 'README.md', readme: ENGLISH, known: '' },
  { name: 'README.zh-CN.md', readme: readFileSync(join(ROOT, 'README.zh-CN.md'), 'utf8'), known: ENGLISH },
];

describe.each(READMES)('$name', ({ name, readme, known }) => {
  const folder = checkout();
  const knownCommands = new Set(commandsOf(known));
  const knownRules = new Set(blocksOf(known, 'yaml'));

  it.each(commandsOf(readme).filter((command) => !knownCommands.has(command)))('%s', (command) => {
    expect(command).toMatch(/^(?:cat \S+ \| )?node bin\/funnelint\.js /);
    const { status, stdout, stderr } = run(folder, command);
    // The first command is shown to trip the gate; all others end well.
    const trips = /audit samples\/salesforce\/opportunities\.csv(?: --lang zh)?$/.test(command);
    expect(status, stderr).toBe(trips ? 1 : 0);
    expect(stdout.length).toBeGreaterThan(30);
    // What inspect has to say of a file is for people, and stands beside what it prints.
    const told = command.includes(' inspect ') ? [] : stderr.split('\n').filter((line) => line !== '');
    expect(told.filter((line) => !/^(?:wrote|saved|已写入|已保存) /.test(line))).toEqual([]);
  });

  it('shows what the commands print', async () => {
    await expect(withTranscripts(readme, folder)).toMatchFileSnapshot(`../${name}`);
  });

  it.each(blocksOf(readme, 'yaml').filter((rules) => !knownRules.has(rules)))('has rules that load: %s', (yaml) => {
    const file = join(folder, 'block.yaml');
    writeFileSync(file, yaml);
    const { status, stderr, stdout } = run(folder, `node bin/funnelint.js rules -c ${file}`);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    for (const [, id] of yaml.matchAll(/^ {2}([a-z]+\/[a-z-]+):/gm)) expect(stdout).toContain(id);
  });

  it('has a rules file that works', () => {
    const [, yaml] = /<!-- file: funnelint\.yaml -->\n```yaml\n([\s\S]*?)```/.exec(readme) ?? [];
    const own = join(folder, 'own');
    mkdirSync(own);
    writeFileSync(join(own, 'funnelint.yaml'), yaml ?? '');
    copyFileSync(join(ROOT, 'samples/salesforce/opportunities.csv'), join(own, 'deals.csv'));
    const { status, stderr, stdout } = run(own, 'node ../bin/funnelint.js audit deals.csv');
    expect(stderr).toBe('');
    expect(status).toBe(1);
    expect(stdout).toContain('the exception for duplicate/id matches nothing');
  });

  it('has a library example that runs', () => {
    const [, script] = /<!-- run -->\n```js\n([\s\S]*?)```/.exec(readme) ?? [];
    const file = join(folder, 'example.mjs');
    writeFileSync(file, (script ?? '').replace("'funnelint'", `'${join(ROOT, 'dist/library/index.js')}'`));
    const output = execFileSync(process.execPath, [file], { cwd: folder, encoding: 'utf8' });
    expect(output).toMatch(/^0\.\d+ 1\n/);
    expect(output).toContain('赢单率');
  });
});
