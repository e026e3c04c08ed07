import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { metricsMarkdown } from '../src/cli/explain-metrics.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
const FOLDER = mkdtempSync(join(tmpdir(), 'funnelint-readme-'));

for (const name of ['bin', 'dist', 'rules', 'samples', 'node_modules', 'package.json']) {
  symlinkSync(join(ROOT, name), join(FOLDER, name));
}
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

const ENV = { ...process.env, COLUMNS: '100', NO_COLOR: '1', LANG: 'C', LC_ALL: 'C' };

function run(command: string): { readonly stdout: string; readonly stderr: string; readonly status: number | null } {
  return spawnSync('bash', ['-c', command], { cwd: FOLDER, encoding: 'utf8', env: ENV, maxBuffer: 1 << 26 });
}

/** The commands of all shell blocks, but for installing, which has happened, and the tests, which are running. */
const COMMANDS = [...README.matchAll(/```sh\n([\s\S]*?)```/g)]
  .flatMap(([, block]) => (block as string).trim().split('\n'))
  .map((line) => line.replace(/^npm ci && /, ''))
  .filter((line) => line !== 'npm test');

/** All YAML blocks, each of which is a rules file. */
const RULES_FILES = [...README.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml]) => yaml as string);

describe('the README', () => {
  it.each(COMMANDS)('%s', (command) => {
    expect(command).toMatch(/^(?:cat \S+ \| )?node bin\/funnelint\.js /);
    const { status, stdout, stderr } = run(command);
    // The first command is shown to trip the gate; all others end well.
    expect(status, stderr).toBe(command.endsWith('samples/salesforce/opportunities.csv') ? 1 : 0);
    expect(stdout.length).toBeGreaterThan(100);
    // What inspect has to say of a file is for people, and stands beside what it prints.
    const told = command.includes(' inspect ') ? [] : stderr.split('\n').filter((line) => line !== '');
    expect(told.filter((line) => !/^(?:wrote|saved) /.test(line))).toEqual([]);
  });

  it('shows what the commands print, from the top or from the line it names, and how the numbers are made', async () => {
    const shown = README.replace(
      /<!-- transcript: (.*?) \|(?: from (.*?) \|)? (\d+) -->\n```text\n[\s\S]*?```/g,
      (_, command: string, from: string | undefined, lines: string) => {
        const printed = run(command).stdout.split('\n');
        const first = from === undefined ? 0 : printed.indexOf(from);
        const screen = printed.slice(first, first + Number(lines)).join('\n');
        const where = from === undefined ? '' : ` from ${from} |`;
        return `<!-- transcript: ${command} |${where} ${lines} -->\n\`\`\`text\n${screen}\n…\n\`\`\``;
      },
    );
    const numbers = `<!-- numbers -->\n\n${metricsMarkdown('en')}\n\n<!-- /numbers -->`;
    const told = shown.replace(/<!-- numbers -->[\s\S]*?<!-- \/numbers -->/, () => numbers);
    await expect(told).toMatchFileSnapshot('../README.md');
  });

  it.each(RULES_FILES)('has rules that load: %s', (yaml) => {
    const file = join(FOLDER, 'block.yaml');
    writeFileSync(file, yaml);
    const { status, stderr, stdout } = run(`node bin/funnelint.js rules -c ${file}`);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    for (const [, id] of yaml.matchAll(/^ {2}([a-z]+\/[a-z-]+):/gm)) expect(stdout).toContain(id);
  });

  it('has a rules file that works', () => {
    const [, yaml] = /<!-- file: funnelint\.yaml -->\n```yaml\n([\s\S]*?)```/.exec(README) ?? [];
    const folder = join(FOLDER, 'own');
    mkdirSync(folder);
    writeFileSync(join(folder, 'funnelint.yaml'), yaml ?? '');
    copyFileSync(join(ROOT, 'samples/salesforce/opportunities.csv'), join(folder, 'deals.csv'));
    const { status, stderr, stdout } = run('cd own && node ../bin/funnelint.js audit deals.csv');
    expect(stderr).toBe('');
    expect(status).toBe(1);
    expect(stdout).toContain('the exception for duplicate/id matches nothing');
  });

  it('has a library example that runs', () => {
    const [, script] = /<!-- run -->\n```js\n([\s\S]*?)```/.exec(README) ?? [];
    const file = join(FOLDER, 'example.mjs');
    writeFileSync(file, (script ?? '').replace("'funnelint'", `'${join(ROOT, 'dist/library/index.js')}'`));
    const output = execFileSync(process.execPath, [file], { cwd: FOLDER, encoding: 'utf8' });
    expect(output).toMatch(/^0\.\d+ 1\n/);
    expect(output).toContain('赢单率');
  });
});
