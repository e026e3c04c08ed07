import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { FunnelintError } from '../errors.ts';
import { type Format, REPORTERS } from '../reporters/index.ts';
import { systemReason } from '../source/system-reason.ts';

/** A file to write, and how. */
export interface OutputTarget {
  readonly format: Format;
  readonly path: string;
}

const FORMATS = Object.keys(REPORTERS) as readonly Format[];
const EXTENSIONS: Readonly<Record<string, Format>> = { json: 'json', txt: 'terminal' };

function isFormat(name: string): name is Format {
  return (FORMATS as readonly string[]).includes(name);
}

/**
 * Reads `report.json` or `json=path`.
 * @throws FunnelintError `output/unknown-format`, `output/no-path`
 */
export function parseOutput(value: string): OutputTarget {
  const equals = value.indexOf('=');
  const named = equals > 0 ? value.slice(0, equals) : null;
  const path = named !== null && isFormat(named) ? value.slice(equals + 1) : value;
  if (path === '') throw new FunnelintError('output/no-path', { value });
  if (named !== null && isFormat(named)) return { format: named, path };
  const extension = extname(value).slice(1).toLowerCase();
  const format = Object.hasOwn(EXTENSIONS, extension) ? EXTENSIONS[extension] : undefined;
  if (format !== undefined) return { format, path };
  throw new FunnelintError('output/unknown-format', { file: value, extension, formats: FORMATS.join(', ') });
}

/** One name for a file however it is written, also when it does not exist yet. */
export function fileIdentity(path: string): string {
  const full = resolve(path);
  if (existsSync(full)) return realpathSync(full);
  const folder = dirname(full);
  return existsSync(folder) ? join(realpathSync(folder), basename(full)) : full;
}

/**
 * Reads the outputs asked for, and refuses before any work is done those that cannot be written or would overwrite
 * what is read.
 * @throws FunnelintError `output/…`
 */
export function chooseOutputs(values: readonly string[], inputs: readonly string[]): readonly OutputTarget[] {
  const targets = values.map(parseOutput);
  const taken = new Set<string>();
  const read = new Set(inputs.map(fileIdentity));
  for (const { path } of targets) {
    const identity = fileIdentity(path);
    if (read.has(identity)) throw new FunnelintError('output/is-input', { file: path });
    if (taken.has(identity)) throw new FunnelintError('output/twice', { file: path });
    taken.add(identity);
    const reason = !existsSync(dirname(identity)) ? 'ENOENT' : isFolder(path) ? 'EISDIR' : null;
    if (reason !== null) {
      throw new FunnelintError('output/not-writable', { file: path, reason: { text: systemReason(reason) } });
    }
  }
  return targets;
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}
