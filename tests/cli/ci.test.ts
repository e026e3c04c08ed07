import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AuditFlags, auditCommand } from '../../src/cli/audit-command.ts';
import type { Host } from '../../src/cli/host.ts';
import { createMemoryHost } from './memory-host.ts';

const RULES = `version: 1
stages:
  - {id: lead, match: [Lead]}
  - {id: won, match: [Won], kind: won}
fields:
  id: {column: Deal ID}
  owner: {label: {en: Owner, zh: 负责人}, column: Owner}
  stage: {column: Stage}
rules:
  owner/missing: {required: owner}
`;
const DEALS = `Deal ID,Owner,Stage\n1,Ann,Lead\n${[2, 3, 4, 5, 6].map((id) => `${id},,Lead\n`).join('')}`;

let folder = '';
const path = (name: string): string => join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'funnelint-ci-'));
  writeFileSync(path('rules.yaml'), RULES);
  writeFileSync(path('deals.csv'), DEALS);
});
afterEach(() => rmSync(folder, { recursive: true }));

function memory(): { readonly stream: Host['stdout']; readonly text: () => string } {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  return { stream: stream as unknown as Host['stdout'], text: () => chunks.join('') };
}

async function audit(env: Host['env'], more: Partial<AuditFlags> = {}) {
  const [stdout, stderr] = [memory(), memory()];
  const host = { ...createMemoryHost(folder, 100, env), stdout: stdout.stream, stderr: stderr.stream };
  const flags: AuditFlags = {
    config: path('rules.yaml'),
    color: 'never',
    rule: ['owner/missing'],
    maxFindings: 1,
    lang: 'en',
    ...more,
  };
  const exit = await auditCommand([path('deals.csv')], flags, host);
  const summary = existsSync(path('summary.md')) ? readFileSync(path('summary.md'), 'utf8') : null;
  return { exit, stdout: stdout.text(), stderr: stderr.text(), summary };
}

const actions = (): Host['env'] => ({ GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: path('summary.md') });

const ANNOTATION = /^::error .*file=.*deals\.csv/m;

describe('in GitHub Actions', () => {
  it('annotations go to stderr and the report to the summary; stdout stays the one document', async () => {
    const plain = await audit({});
    const { exit, stdout, stderr, summary } = await audit(actions());
    expect(exit).toBe(1);
    expect(stdout).toBe(plain.stdout);
    expect(stderr).toMatch(ANNOTATION);
    expect(summary).toContain('> [!CAUTION]\n> 1 failing');
    // The screen shows one finding of the rule; the summary its first three.
    expect(stdout.match(/Owner is empty/g)).toHaveLength(1);
    expect(summary?.match(/\| Owner is empty/g)).toHaveLength(3);
    expect(summary).toContain('… 2 more');
  });

  it('all annotations are written, however few findings the screen shows', async () => {
    const { stderr } = await audit(actions(), { maxFindings: 0 });
    expect(stderr.match(/^::error /gm)?.length).toBeGreaterThan(1);
  });

  it('the JSON on stdout is JSON', async () => {
    const { stdout, stderr } = await audit(actions(), { format: 'json' });
    expect(JSON.parse(stdout).gate.exitCode).toBe(1);
    expect(stderr).toMatch(ANNOTATION);
  });

  it('annotations that stdout holds are not written again', async () => {
    const { stdout, stderr, summary } = await audit(actions(), { format: 'github' });
    expect(stdout).toMatch(ANNOTATION);
    expect(stderr).not.toContain('::');
    expect(summary).toContain('1 failing');
  });

  it('--quiet leaves out the annotations and keeps the summary', async () => {
    const { exit, stdout, stderr, summary } = await audit(actions(), { quiet: true });
    expect([exit, stdout, stderr]).toEqual([1, '', '']);
    expect(summary).toContain('1 failing');
  });

  it('--no-ci stops both', async () => {
    const { stderr, summary } = await audit(actions(), { ci: false });
    expect([stderr, summary]).toEqual(['', null]);
  });

  it('a second audit of the step is added to the summary of the first', async () => {
    await audit(actions());
    const { summary } = await audit(actions(), { lang: 'zh' });
    expect(summary).toContain('1 failing');
    expect(summary).toContain('1 条不通过');
    expect(summary).toMatch(/\n\n> \[!CAUTION\]\n> 1 条不通过/);
  });

  it('a summary that cannot be written is told in a line and changes no verdict', async () => {
    const env = { ...actions(), GITHUB_STEP_SUMMARY: join(folder, 'absent', 'summary.md') };
    const { exit, stderr } = await audit(env, { quiet: true });
    expect([exit, stderr]).toEqual([1, 'funnelint: step summary not written: there is no such folder\n']);
    const chinese = await audit({ ...env, GITHUB_STEP_SUMMARY: folder }, { quiet: true, lang: 'zh' });
    expect(chinese.stderr).toBe('funnelint: 未写入步骤摘要：它是一个目录\n');
  });

  it.skipIf(spawnSync('mkfifo', ['--version']).status !== 0)('a summary that is a pipe is not waited for', async () => {
    spawnSync('mkfifo', [path('pipe')]);
    const { exit, stderr } = await audit({ ...actions(), GITHUB_STEP_SUMMARY: path('pipe') }, { quiet: true });
    expect([exit, stderr]).toEqual([1, 'funnelint: step summary not written: it is no file\n']);
  });

  it('a summary that is full is left as it is', async () => {
    writeFileSync(path('summary.md'), 'x'.repeat(1024 * 1024 - 100));
    const { exit, stderr, summary } = await audit(actions(), { quiet: true });
    expect(exit).toBe(1);
    expect(stderr).toBe('funnelint: step summary not written: the summary of this step holds 1 MB already\n');
    expect(summary).toHaveLength(1024 * 1024 - 100);
  });

  it('a runner without summaries has annotations alone', async () => {
    for (const env of [{ GITHUB_ACTIONS: 'true' }, { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: '' }]) {
      const { stderr, summary } = await audit(env);
      expect(stderr).toMatch(ANNOTATION);
      expect([summary, stderr.includes('not written')]).toEqual([null, false]);
    }
  });
});

describe('a run without a report', () => {
  const missing = async (env: Host['env'], more: Partial<AuditFlags> = {}) =>
    audit(env, { ...more, history: path('a%b.csv') });

  it('is told on the page of the run and in a line of the summary', async () => {
    const { exit, stdout, stderr, summary } = await missing(actions());
    expect([exit, stdout]).toEqual([2, '']);
    const [plain, hint, annotation, rest] = stderr.split('\n');
    expect(plain).toMatch(/^funnelint: .*a%b\.csv/);
    const message = `${plain?.replace('funnelint: ', '')}\n${hint}`.replaceAll('%', '%25').replaceAll('\n', '%0A');
    expect([annotation, rest]).toEqual([`::error title=funnelint::${message}`, '']);
    expect(summary).toMatch(/^❌ funnelint: .*b\\?\.csv.*\n\n$/);
  });

  it('is told in Chinese, and under --quiet', async () => {
    const { stderr, summary } = await missing(actions(), { lang: 'zh', quiet: true });
    expect(stderr).toMatch(/^::error title=funnelint::.*[\u4e00-\u9fff]/m);
    expect(summary).toMatch(/[\u4e00-\u9fff]/);
  });

  it('is told on stderr alone with --no-ci, and elsewhere', async () => {
    for (const [env, more] of [
      [actions(), { ci: false }],
      [{ GITHUB_STEP_SUMMARY: path('summary.md') }, {}],
    ] as const) {
      const { exit, stderr, summary } = await missing(env, more);
      expect(exit).toBe(2);
      expect(stderr).not.toContain('::');
      expect(summary).toBeNull();
    }
  });

  it('that has no verdict is told beside its report', async () => {
    writeFileSync(path('deals.csv'), 'a,b\n1,2\n');
    const { exit, stderr, summary } = await audit(actions(), { rule: [] });
    expect(exit).toBe(2);
    expect(stderr).toMatch(/^::error title=funnelint::no verdict: /m);
    expect(summary).toContain('exit 2');
  });
});

describe('elsewhere', () => {
  it.each([
    ['on a machine of somebody', {}],
    ['in GitLab', { GITLAB_CI: 'true', CI: 'true' }],
    ['where the variable says no', { GITHUB_ACTIONS: 'false' }],
  ])('%s nothing is written that was not asked for', async (_, env) => {
    const { stderr, summary } = await audit({ ...env, GITHUB_STEP_SUMMARY: path('summary.md') });
    expect([stderr, summary]).toEqual(['', null]);
  });
});
