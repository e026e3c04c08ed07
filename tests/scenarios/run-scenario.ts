import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Scenario, ScenarioFile } from './scenario-file.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const LONGEST_MILLIS = 60_000;

/** What one command answered; the temporary folder reads `<folder>`. */
export interface Answer {
  readonly exit: string;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the commands of a scenario one after the other in a fresh folder. */
export async function runScenario({ files, env, steps }: Scenario): Promise<readonly Answer[]> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'funnelint-scenario-')));
  const folder = join(root, 'work');
  const programs = join(root, 'bin');
  try {
    mkdirSync(folder);
    mkdirSync(programs);
    symlinkSync(join(PROJECT, 'bin/funnelint.js'), join(programs, 'funnelint'));
    for (const file of files) put(file, folder);
    const answers: Answer[] = [];
    for (const { command } of steps)
      answers.push(await run(command, folder, { ...environment(programs, root), ...env }));
    return answers;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function environment(programs: string, home: string): Record<string, string> {
  const path = [programs, dirname(process.execPath), process.env['PATH'] ?? ''].join(':');
  return { PATH: path, HOME: home, LANG: 'C', TZ: 'America/Los_Angeles', COLUMNS: '100', NO_COLOR: '1' };
}

function put(file: ScenarioFile, folder: string): void {
  const { kind, name, text, options } = file;
  if (kind === 'copy') {
    copyFileSync(join(PROJECT, name), join(folder, options[0] ?? basename(name)));
    return;
  }
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), kind === 'base64' ? Buffer.from(text, 'base64') : textBytes(text, options));
}

const ESCAPE = /\\x([0-9a-f]{2})|\\u([0-9a-f]{4})/gi;

function textBytes(text: string, options: readonly string[]): Buffer {
  const has = (option: string): boolean => options.includes(option);
  let content = has('noeol') ? text.replace(/\n$/, '') : text;
  if (has('escapes')) {
    content = content.replace(ESCAPE, (_, short, long) => String.fromCharCode(Number.parseInt(short ?? long, 16)));
  }
  if (has('crlf')) content = content.replaceAll('\n', '\r\n');
  return Buffer.from(has('bom') ? `\ufeff${content}` : content, has('utf16le') ? 'utf16le' : 'utf8');
}

/** Killed after a minute, with all it started: a command that hangs is a failure like others. */
function run(command: string, folder: string, env: Record<string, string>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = spawn('sh', ['-c', command], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const timer = setTimeout(() => process.kill(-(child.pid ?? 0), 'SIGKILL'), LONGEST_MILLIS);
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const text = (chunks: readonly Buffer[]): string =>
        Buffer.concat(chunks).toString().replaceAll(folder, '<folder>');
      resolve({ exit: String(code ?? signal), stdout: text(stdout), stderr: text(stderr) });
    });
  });
}
