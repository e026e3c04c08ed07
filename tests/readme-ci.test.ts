import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const FOLDER = mkdtempSync(join(tmpdir(), 'funnelint-readme-ci-'));
for (const name of ['bin', 'dist', 'rules', 'samples', 'node_modules', 'package.json']) {
  symlinkSync(join(ROOT, name), join(FOLDER, name));
}
symlinkSync(ROOT, join(FOLDER, '.funnelint'));
mkdirSync(join(FOLDER, 'programs'));
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

/** Stands in for the mail program: it keeps its arguments and its text. */
const MUTT = '#!/bin/sh\nprintf "%s\\n" "$@" > mail-args.txt\ncat > mail-text.txt\n';
writeFileSync(join(FOLDER, 'programs', 'mutt'), MUTT);
chmodSync(join(FOLDER, 'programs', 'mutt'), 0o755);

function run(command: string) {
  const env = { PATH: `${join(FOLDER, 'programs')}:${process.env['PATH']}`, HOME: FOLDER, LANG: 'C' };
  return spawnSync('sh', ['-c', command], { cwd: FOLDER, encoding: 'utf8', env });
}

function blocksOf(readme: string, fence: string): string[] {
  const section = /\n## (?:In CI|接入 CI)\n([\s\S]*?)\n## /.exec(`${readme}\n## `)?.[1] ?? '';
  return [...section.matchAll(new RegExp(`\`\`\`${fence}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(
    ([, text]) => text as string,
  );
}

/** Inputs and outputs of the action, by what the job says of them. */
const action = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8'));

describe.each(['README.md', 'README.zh-CN.md'])('jobs in %s', (name) => {
  const readme = readFileSync(join(ROOT, name), 'utf8');
  const jobs = blocksOf(readme, 'yml');

  it('are YAML, and name inputs and outputs that the action has', () => {
    expect(jobs).toHaveLength(4);
    const steps = jobs.flatMap((job) => parse(job).jobs?.audit?.steps ?? []);
    const uses = steps.filter((step) => String(step.uses).includes('/funnelint@'));
    expect(uses).toHaveLength(1);
    for (const input of Object.keys(uses[0].with)) expect(Object.keys(action.inputs)).toContain(input);
    const outputs = [...readme.matchAll(/steps\.funnelint\.outputs\.([\w-]+)/g)].map(([, output]) => output);
    expect([...new Set(outputs)].sort()).toEqual(['report', 'sarif']);
    for (const output of outputs) expect(Object.keys(action.outputs)).toContain(output);
  });

  it('run commands that work on the samples and write what the job uploads', { timeout: 120_000 }, () => {
    const commands = jobs.flatMap((job) => job.match(/node \.funnelint\/bin\/funnelint\.js .*/g) ?? []);
    expect(commands).toHaveLength(2);
    for (const command of commands) {
      const { status, stderr, stdout } = run(command);
      expect(status, stderr).toBe(1);
      expect(stdout.length).toBeGreaterThan(100);
      for (const [, path] of command.matchAll(/-o (?:\w+=)?(\S+)/g)) {
        expect(existsSync(join(FOLDER, path as string))).toBe(true);
        rmSync(join(FOLDER, path as string));
      }
    }
  });

  it('mail the page with the trend', () => {
    const [script = ''] = blocksOf(readme, 'bash');
    const { status, stderr } = run(script.replace('cd /srv/pipeline', 'cd "$HOME"'));
    expect([status, stderr]).toEqual([0, '']);
    expect(readFileSync(join(FOLDER, 'mail-args.txt'), 'utf8')).toContain('pipeline.html\n--\nsales@example.com');
    expect(readFileSync(join(FOLDER, 'mail-text.txt'), 'utf8')).toContain('2026-11-01');
    expect(existsSync(join(FOLDER, 'reports', '2026-11-01.json'))).toBe(true);
  });
});
