import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { auditOptions, gateOptions, outputOptions, reportOptions } from '../src/cli/command-options.ts';

const PROJECT = fileURLToPath(new URL('../', import.meta.url));

const step = z.object({
  id: z.string().optional(),
  uses: z.string().optional(),
  shell: z.string().optional(),
  run: z.string().optional(),
  env: z.record(z.string(), z.string()).default({}),
});
const described = z.object({ description: z.string().min(1) });
const actionFile = z.object({
  name: z.string(),
  description: z.string(),
  inputs: z.record(
    z.string(),
    described.extend({ required: z.boolean().default(false), default: z.string().default('') }),
  ),
  outputs: z.record(z.string(), described.extend({ value: z.string() })),
  runs: z.object({ using: z.literal('composite'), steps: z.array(step) }),
});
const hooksFile = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    entry: z.string(),
    language: z.string(),
    files: z.string(),
    pass_filenames: z.literal(true),
    require_serial: z.literal(true),
  }),
);

const action = actionFile.parse(parse(readFileSync(join(PROJECT, 'action.yml'), 'utf8')));
const hooks = hooksFile.parse(parse(readFileSync(join(PROJECT, '.pre-commit-hooks.yaml'), 'utf8')));
const auditStep = action.runs.steps.find(({ id }) => id === 'audit');

const audit = gateOptions(reportOptions(auditOptions(outputOptions(new Command('audit')))));
const FLAGS: ReadonlySet<string> = new Set(audit.options.flatMap(({ long }) => long ?? []));

describe('action.yml', () => {
  it('has the inputs and outputs that the README names', () => {
    expect(Object.keys(action.inputs)).toEqual([
      'files',
      'config',
      'history',
      'previous',
      'as-of',
      'fail-on',
      'max-warnings',
      'strict',
      'baseline',
      'only-new',
      'lang',
      'args',
      'node-version',
    ]);
    expect(Object.keys(action.outputs)).toEqual(['verdict', 'exit-code', 'report', 'sarif']);
    expect(action.inputs['files']?.required).toBe(true);
  });

  it('lets no input into a script but through the environment', () => {
    for (const { run = '', uses, shell } of action.runs.steps) {
      expect(run).not.toContain('${{');
      if (uses === undefined) expect(shell).toBe('bash');
    }
    const read = Object.values(auditStep?.env ?? {});
    const passed = Object.keys(action.inputs).filter((name) => name !== 'node-version');
    expect(read).toEqual(passed.map((name) => `\${{ inputs.${name} }}`));
  });

  it('uses flags that there are', () => {
    const used = auditStep?.run?.match(/(?<![\w-])--[a-z][\w-]*/g) ?? [];
    expect(used.length).toBeGreaterThan(8);
    for (const flag of used) expect(FLAGS).toContain(flag);
  });
});

describe('.pre-commit-hooks.yaml', () => {
  it('runs a command that there is, with flags that there are, on the files of an export', () => {
    expect(hooks.map(({ id, language }) => [id, language])).toEqual([['funnelint', 'node']]);
    for (const { entry, files } of hooks) {
      const [program, command, ...rest] = entry.split(' ');
      expect([program, command]).toEqual(['funnelint', 'audit']);
      for (const flag of rest) expect(FLAGS).toContain(flag);
      const pattern = new RegExp(files.replace('(?i)', ''), 'i');
      for (const name of ['a.csv', 'b/商机.xlsx', 'C.XLS']) expect(pattern.test(name)).toBe(true);
      for (const name of ['a.csv.md', 'funnelint.yaml', 'xlsx']) expect(pattern.test(name)).toBe(false);
    }
  });
});

const RULES = `version: 1
stages:
  - {id: lead, match: [Lead]}
  - {id: won, match: [Won], kind: won}
fields:
  id: {column: Deal ID}
  owner: {column: Owner}
  stage: {column: Stage}
rules:
  owner/missing: {required: owner}
`;
const HEADER = 'Deal ID,Owner,Stage\n';
const GOOD = `${HEADER}1,Ann,Lead\n2,Bo,Won\n`;
const BAD = `${HEADER}3,,Lead\n4,Bo,Won\n`;

const hasBash = spawnSync('bash', ['--version']).status === 0;

describe.skipIf(!hasBash)('the script of the action', () => {
  let root = '';
  let folder = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'funnelint-action-'));
    folder = join(root, 'work space');
    mkdirSync(folder);
    writeFileSync(join(folder, 'funnelint.yaml'), RULES);
    writeFileSync(join(folder, 'good.csv'), GOOD);
    writeFileSync(join(folder, 'bad.csv'), BAD);
  });
  afterEach(() => rmSync(root, { recursive: true }));

  /** Runs the audit step as a runner does, in a folder of its own. */
  function run(inputs: Readonly<Record<string, string>>) {
    const value = (expression: string): string => {
      const name = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression)?.[1] ?? '';
      return inputs[name] ?? action.inputs[name]?.default ?? '';
    };
    const fromInputs = Object.entries(auditStep?.env ?? {}).map(([name, expression]) => [name, value(expression)]);
    const script = join(root, 'script.sh');
    for (const name of ['output', 'summary.md']) rmSync(join(root, name), { force: true });
    writeFileSync(script, auditStep?.run ?? '');
    const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], {
      cwd: folder,
      encoding: 'utf8',
      env: {
        ...Object.fromEntries(fromInputs),
        PATH: process.env['PATH'],
        HOME: root,
        LANG: 'C',
        NO_COLOR: '1',
        GITHUB_ACTIONS: 'true',
        GITHUB_ACTION_PATH: PROJECT,
        GITHUB_OUTPUT: join(root, 'output'),
        GITHUB_STEP_SUMMARY: join(root, 'summary.md'),
        RUNNER_TEMP: root,
      },
    });
    const lines = readFileSync(join(root, 'output'), 'utf8').trim().split('\n');
    const outputs: Record<string, string> = Object.fromEntries(lines.map((line) => line.split('=', 2)));
    return { status, stdout, stderr, outputs };
  }

  it('passes a good list, with its reports, annotations and summary', () => {
    const { status, stdout, outputs } = run({ files: 'good.csv', args: '--rule=owner/missing' });
    expect([status, outputs['verdict'], outputs['exit-code']]).toEqual([0, 'passed', '0']);
    expect(stdout).toContain('gate passed (exit 0)');
    for (const name of ['report', 'sarif']) expect(existsSync(outputs[name] ?? '')).toBe(true);
    expect(readFileSync(join(root, 'summary.md'), 'utf8')).toContain('gate passed (exit 0)');
  });

  it('fails a bad one, and still says where its reports are', () => {
    const { status, stderr, outputs } = run({ files: 'bad.csv', args: '--rule=owner/missing' });
    expect([status, outputs['verdict'], outputs['exit-code']]).toEqual([1, 'failed', '1']);
    expect(existsSync(outputs['report'] ?? '')).toBe(true);
    expect(stderr).toMatch(/^::error .*bad\.csv/m);
  });

  it('has no verdict, and no report, of a file that is not there', () => {
    const { status, outputs, stderr } = run({ files: 'absent.csv' });
    expect([status, outputs]).toEqual([2, { verdict: 'none', 'exit-code': '2' }]);
    expect(stderr.match(/^::error title=funnelint::.*absent\.csv/gm)).toHaveLength(1);
    expect(readFileSync(join(root, 'summary.md'), 'utf8')).toMatch(/^❌ funnelint: .*absent\.csv.*\n\n$/);
  });

  it.each(['a b;$(touch x).csv', '--kinds=x.csv', '`touch x`.csv', 'it\'s "one" & two.csv', '*.csv'])(
    'takes a file named %s for a file',
    (name) => {
      writeFileSync(join(folder, name), GOOD);
      const before = readdirSync(folder).sort();
      const { status, stdout } = run({ files: name, args: '--rule=owner/missing' });
      expect(status).toBe(0);
      expect(stdout).toContain('2 deals');
      expect(readdirSync(folder).sort()).toEqual(before);
    },
  );

  it('runs nothing that stands in an input', () => {
    const names = Object.keys(action.inputs).filter((name) => name !== 'files');
    run({ files: 'good.csv', ...Object.fromEntries(names.map((name) => [name, '$(touch x)`touch x`"; touch x; #'])) });
    expect(existsSync(join(folder, 'x'))).toBe(false);
  });

  it('takes several files, a line each, and patterns', () => {
    const args = '--rule=owner/missing\n--fail-on=never\r\n';
    expect(run({ files: 'good.csv\n\nbad.csv\n', args }).stdout).toMatch(/good\.csv[\s\S]*bad\.csv[\s\S]*exit 0/);
    expect(run({ files: '*od.csv', args }).stdout).toContain('2 deals');
  });

  it('finds what a pattern matches at any depth, whatever it is called', () => {
    mkdirSync(join(folder, 'a', 'b c'), { recursive: true });
    mkdirSync(join(folder, 'a', 'folder.csv'));
    const names = ['one.csv', 'a/two 2.csv', 'a/b c/three\n3.csv', 'a/b c/商机.csv'];
    for (const [index, name] of names.entries()) {
      writeFileSync(join(folder, name), `${HEADER}${index + 10},Ann,Lead\n`);
    }
    const args = '  --rule=owner/missing\t\n  --lang=en ';
    expect(run({ files: ' a/**/*.csv \r\none.csv', args }).stdout).toContain('4 deals');
    expect(run({ files: 'a/b c/*.csv', args }).stdout).toContain('2 deals');
  });

  it('says which pattern matches nothing', () => {
    const { status, stderr, outputs } = run({ files: 'good.csv\nnone/**/100%*.csv' });
    expect(stderr).toBe('::error title=funnelint::files: no file matches none/**/100%25*.csv\n');
    expect([status, outputs]).toEqual([2, { verdict: 'none', 'exit-code': '2' }]);
  });

  it.each([
    ['true', 1],
    ['True', 1],
    ['TRUE', 1],
    ['false', 0],
    ['False', 0],
    ['', 0],
  ])('strict: %s', (strict, code) => {
    writeFileSync(join(folder, 'no-owner.csv'), 'Deal ID,Stage\n1,Lead\n');
    const args = '--rule=owner/missing\n--rule=duplicate/id';
    expect(run({ files: 'no-owner.csv', args, strict }).status).toBe(code);
  });

  it.each(['yes', '1', 'on', 'true\ntrue'])('refuses %j for true', (value) => {
    for (const name of ['strict', 'only-new']) {
      const { status, stderr, outputs } = run({ files: 'good.csv', [name]: value });
      expect(stderr).toBe(
        `::error title=funnelint::${name}: expected true or false, got ${value.replaceAll('\n', '%0A')}\n`,
      );
      expect([status, outputs]).toEqual([2, { verdict: 'none', 'exit-code': '2' }]);
    }
  });

  it('hands on what trips the gate', () => {
    const args = '--rule=owner/missing';
    expect(run({ files: 'bad.csv', args, 'fail-on': 'never' }).status).toBe(0);
    expect(run({ files: 'bad.csv', args, 'fail-on': 'never', strict: 'true', lang: 'zh' }).stdout).toContain(
      '门禁未启用',
    );
    expect(run({ files: 'bad.csv', args, 'max-warnings': 'two' }).status).toBe(2);
    cpSync(join(folder, 'funnelint.yaml'), join(folder, 'my rules.yaml'));
    expect(run({ files: 'bad.csv', args, config: 'my rules.yaml', 'as-of': '2026-11-01' }).stdout).toContain(
      'as of 2026-11-01 (--as-of)',
    );
  });
});
