import { existsSync } from 'node:fs';
import { FunnelintError } from '../errors.ts';
import type { InputFile } from '../read-inputs.ts';
import { nearest } from '../ruleset/nearest.ts';
import { fileBytes, memoryBytes } from '../source/byte-source.ts';
import type { Host } from './host.ts';
import { fileIdentity } from './output-path.ts';

const COMMANDS = [
  'audit',
  'baseline',
  'compare',
  'trend',
  'inspect',
  'init',
  'render',
  'rules',
  'explain',
  'schema',
  'completion',
  'help',
];

/** What stands for standard input among the files. */
export const STDIN = '-';

/**
 * Checks the names of the exports before anything is read.
 * @throws FunnelintError when none is named, one is named twice, or a command was taken for a file
 */
export function checkFileNames(files: readonly string[]): void {
  const [file = ''] = files;
  if (file === '') throw new FunnelintError('flag/no-file');
  if (COMMANDS.includes(file) && !existsSync(file)) throw new FunnelintError('flag/command-first', { command: file });
  const suggestion = /^[a-z]+$/.test(file) && !existsSync(file) ? nearest(file, COMMANDS) : null;
  if (suggestion !== null) throw new FunnelintError('flag/no-command', { command: file, suggestion });
  const seen = new Set<string>();
  for (const each of files) {
    const identity = each === STDIN ? STDIN : fileIdentity(each);
    if (seen.has(identity)) throw new FunnelintError('flag/file-twice', { file: each });
    seen.add(identity);
  }
}

/** The exports to read; standard input is read here, and what comes through a pipe kept, as neither can be read twice. */
export async function openFiles(files: readonly string[], stdinName: string, host: Host): Promise<InputFile[]> {
  const opened: InputFile[] = [];
  for (const file of files) {
    if (file === STDIN) opened.push(memoryBytes(stdinName, await host.readStdin()));
    else opened.push(fileBytes(file));
  }
  return opened;
}
