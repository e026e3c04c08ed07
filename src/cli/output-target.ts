import { extname } from 'node:path';
import { FunnelintError } from '../errors.ts';
import { FORMATS, type Format, formatOfExtension } from '../reporters/index.ts';
import { systemReason } from '../source/system-reason.ts';
import type { Host } from './host.ts';
import { fileIdentity, isSink, isStdout, obstacleOf } from './output-path.ts';
import { requestedFormat } from './requested-format.ts';

/** A file to write, and how. */
export interface OutputTarget {
  readonly format: Format;
  readonly path: string;
}

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
  const format = formatOfExtension(extension);
  if (format !== null) return { format, path };
  throw new FunnelintError('output/unknown-format', { file: value, extension, formats: FORMATS.join(', ') });
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
    if (taken.has(identity) && !isSink(identity)) throw new FunnelintError('output/twice', { file: path });
    taken.add(identity);
    const reason = obstacleOf(identity);
    if (reason !== null) {
      throw new FunnelintError('output/not-writable', { file: path, reason: { text: systemReason(reason) } });
    }
  }
  return targets;
}

export interface Destinations {
  /** What goes to stdout. */
  readonly format: Format;
  readonly outputs: readonly OutputTarget[];
}

/**
 * Where a report goes: `-f`, or `-o json=-`, says what is on stdout, which holds one document; every other `-o` is a file.
 * @throws FunnelintError `output/…`, `flag/not-allowed`
 */
export function chooseDestinations(
  asked: { readonly format?: Format | undefined; readonly output?: readonly string[] | undefined },
  inputs: readonly string[],
  host: Host,
): Destinations {
  const values = asked.output ?? [];
  const onStdout = values.map(parseOutput).filter(({ path }) => isStdout(path));
  const formats = [...(asked.format === undefined ? [] : [asked.format]), ...onStdout.map(({ format }) => format)];
  if (formats.length > 1) throw new FunnelintError('output/two-to-stdout', { formats: formats.join(', ') });
  const files = values.filter((value) => !isStdout(parseOutput(value).path));
  return { format: formats[0] ?? requestedFormat(host) ?? 'terminal', outputs: chooseOutputs(files, inputs) };
}
