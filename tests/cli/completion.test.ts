import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Argument, Command } from 'commander';
import { afterAll, describe, expect, it } from 'vitest';
import { bashScript } from '../../src/cli/completion/bash.ts';
import { fishScript } from '../../src/cli/completion/fish.ts';
import { completionTree } from '../../src/cli/completion/tree.ts';
import { zshScript } from '../../src/cli/completion/zsh.ts';

const BIN = fileURLToPath(new URL('../../bin/funnelint.js', import.meta.url));
const ZSH_DRIVER = fileURLToPath(new URL('completion-zsh.zsh', import.meta.url));
const SHELLS = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof SHELLS)[number];

function has(program: string): boolean {
  return spawnSync(program, ['--version']).status === 0;
}

function funnelint(...args: readonly string[]): string {
  return spawnSync(process.execPath, [BIN, ...args], { encoding: 'utf8' }).stdout;
}

const folder = mkdtempSync(join(tmpdir(), 'funnelint-completion-'));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, 'exports'));
writeFileSync(join(folder, 'exports/deals of may.csv'), '');

const SCRIPTS = Object.fromEntries(SHELLS.map((shell) => [shell, funnelint('completion', shell)])) as Record<
  Shell,
  string
>;
for (const shell of SHELLS) writeFileSync(join(folder, `script.${shell}`), SCRIPTS[shell]);

/** What a line is parted into at the end of which somebody asks; `=` is a word of its own in bash. */
type Line = readonly string[];

function proposedByBash(line: Line): readonly string[] {
  const words = line.map((word) => `'${word}'`).join(' ');
  const script = `source '${join(folder, 'script.bash')}'
    COMP_WORDS=(${words}); COMP_CWORD=${line.length - 1}; _funnelint
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script], { cwd: folder, encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((word) => word !== '');
}

/** As typed: `=` sticks to both its neighbours. */
function typed(line: Line): string {
  return line.join(' ').replace(/ = ?/g, '=');
}

function proposedByFish(line: Line): readonly string[] {
  const script = `source '${join(folder, 'script.fish')}'; complete -C '${typed(line)}'`;
  const { stdout } = spawnSync('fish', ['--no-config', '-c', script], { cwd: folder, encoding: 'utf8' });
  return stdout.split('\n').flatMap((one) => (one === '' ? [] : [one.split('\t')[0] ?? '']));
}

function proposedByZsh(line: Line): readonly string[] {
  const args = ['-f', ZSH_DRIVER, join(folder, 'script.zsh'), folder, typed(line)];
  const { stdout } = spawnSync('zsh', args, { encoding: 'utf8', timeout: 30_000 });
  return [...stdout.matchAll(/<hit>(.*?)<\/hit>/g)].map(([, word]) => word as string);
}

const PROPOSED: Readonly<Record<Shell, (line: Line) => readonly string[]>> = {
  bash: proposedByBash,
  zsh: proposedByZsh,
  fish: proposedByFish,
};

/** A word without what a shell puts before, behind or into it. */
function bare(word: string): string {
  const plain = word.replaceAll('\\', '').replace(/^.*=(?=.)/, '');
  return plain.replace(/[=/]$/, '').replace(/^exports\//, '');
}

const CASES: readonly (readonly [string, Line, readonly string[]])[] = [
  ['a command', ['funnelint', 'au'], ['audit']],
  ['an option', ['funnelint', 'audit', '--la'], ['--lang']],
  ['an option of the command that runs where none is named', ['funnelint', '--fail'], ['--fail-on']],
  ['a choice', ['funnelint', 'audit', '--fail-on', ''], ['error', 'warn', 'never']],
  ['a choice behind =', ['funnelint', 'audit', '--lang', '=', 'z'], ['zh']],
  ['a pack', ['funnelint', 'rules', '--pack', 'sales'], ['salesforce']],
  ['a rule', ['funnelint', 'audit', '--rule', 'duplicate/i'], ['duplicate/id']],
  ['a page of explain', ['funnelint', 'explain', 'winRateP'], ['winRatePeriods']],
  ['a format before a file', ['funnelint', 'audit', '-o', 'htm'], ['html']],
  ['a file behind its format', ['funnelint', 'audit', '-o', 'html', '=', 'exp'], ['exports']],
  ['a file', ['funnelint', 'audit', 'exports/d'], ['deals of may.csv']],
  ['a command of a command', ['funnelint', 'baseline', 'wr'], ['write']],
  ['an option of a command of a command', ['funnelint', 'baseline', 'write', '--forc'], ['--force']],
  ['a shell', ['funnelint', 'completion', 'b'], ['bash']],
  ['a command to have help on', ['funnelint', 'help', 'insp'], ['inspect']],
];

describe.each(SHELLS)('completion for %s', (shell) => {
  it.skipIf(!has(shell))('is a script that the shell reads', () => {
    const { status, stderr } = spawnSync(shell, ['-n', join(folder, `script.${shell}`)], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  it('says how to install it, and is the same each time', () => {
    expect(SCRIPTS[shell].split('\n').slice(0, 3).join('\n')).toContain(`funnelint completion ${shell} >`);
    expect(funnelint('completion', shell)).toBe(SCRIPTS[shell]);
  });

  it('knows every option that the help of each command lists', () => {
    const commands = [...funnelint('--help').matchAll(/^ {2}([a-z]+)(?: |\|)/gm)].map(([, name]) => name as string);
    expect(commands).toContain('audit');
    for (const command of commands) {
      const options = [...funnelint(command, '--help').matchAll(/^ {2}(?:-\w, )?--([a-z-]+)/gm)].map(
        ([, name]) => name,
      );
      for (const option of options) expect(SCRIPTS[shell]).toMatch(new RegExp(`(?:--|-l )${option}\\b`));
    }
  });

  it.skipIf(!has(shell)).each(CASES)('proposes %s', (_, line, expected) => {
    const proposed = PROPOSED[shell](line);
    expect([...new Set(proposed.map(bare))].sort()).toEqual([...expected].sort());
  });
});

describe('texts', () => {
  const hostile = `what's [this]: $(touch pwned) \`touch pwned\` "x" \\ {a,b}`;
  const program = new Command('funnelint').description(hostile);
  program.command('audit').description(hostile).argument('[files...]').option('-x, --extra <file>', hostile);
  program.command('completion').addArgument(new Argument('<shell>').choices(SHELLS));
  const tree = completionTree(program, 'audit', { packs: ['one'], rules: ['a/b'], topics: ['a/b'] });

  const MAKERS = { bash: bashScript, zsh: zshScript, fish: fishScript };

  it.each(SHELLS.filter(has))('of any kind do no harm in %s', (shell) => {
    const file = join(folder, `hostile.${shell}`);
    writeFileSync(file, MAKERS[shell](tree));
    // The function that zsh adds the completion with is there only once completion is set up.
    const before = shell === 'zsh' ? 'compdef() { : }; ' : '';
    const { stderr } = spawnSync(shell, ['-c', `${before}source '${file}'`], { cwd: folder, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(spawnSync('ls', [folder], { encoding: 'utf8' }).stdout).not.toContain('pwned');
  });
});

it('knows three shells', () => {
  const { status, stderr, stdout } = spawnSync(process.execPath, [BIN, 'completion', 'ksh'], { encoding: 'utf8' });
  expect(status).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain('Allowed choices are bash, zsh, fish');
});
