import { existsSync } from 'node:fs';
import { FunnelintError } from '../errors.ts';
import { nearest } from '../ruleset/nearest.ts';

const COMMANDS = ['audit', 'render', 'rules', 'explain', 'schema', 'help'];

/**
 * The one export that is audited.
 * @throws FunnelintError when none or several are named, or a command was taken for a file
 */
export function auditFile(files: readonly string[]): string {
  const [file = '', ...more] = files;
  if (file === '') throw new FunnelintError('flag/no-file');
  if (file === '-') throw new FunnelintError('flag/no-stdin');
  if (COMMANDS.includes(file) && !existsSync(file)) throw new FunnelintError('flag/command-first', { command: file });
  const suggestion = /^[a-z]+$/.test(file) && !existsSync(file) ? nearest(file, COMMANDS) : null;
  if (suggestion !== null) throw new FunnelintError('flag/no-command', { command: file, suggestion });
  if (more.length > 0) throw new FunnelintError('flag/one-file', { count: files.length });
  return file;
}
