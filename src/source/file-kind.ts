import { type Stats, statSync } from 'node:fs';
import { FunnelintError } from '../errors.ts';
import type { Text } from '../i18n/text.ts';

/** What a path leads to; what is none of the others (a socket) is no file to read. */
type FileKind = 'file' | 'folder' | 'pipe' | 'device' | 'other';

const IS_DEVICE: Text = { en: 'it is a device', zh: '它是设备' };
export const IS_NO_FILE: Text = { en: 'it is no file', zh: '它不是文件' };

function kindOf(stats: Stats): FileKind {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'folder';
  if (stats.isFIFO()) return 'pipe';
  return stats.isCharacterDevice() || stats.isBlockDevice() ? 'device' : 'other';
}

/** Looked at before it is opened, for to open a pipe waits for whoever writes; failures of the system are thrown on. */
export function fileKind(path: string): FileKind {
  return kindOf(statSync(path));
}

/**
 * Whether a file is a pipe, which can be read once.
 * @throws FunnelintError `file/not-readable` for a device, which never ends, or a socket; failures of the system are
 * thrown on
 */
export function isPipe(file: string): boolean {
  const kind = fileKind(file);
  if (kind === 'device' || kind === 'other') {
    const text = kind === 'device' ? IS_DEVICE : IS_NO_FILE;
    throw new FunnelintError('file/not-readable', { file, reason: { text } });
  }
  return kind === 'pipe';
}

/** A share of another machine: to open it is to call there. */
const ON_NETWORK = /^[\\/]{2}/;

/** Whether a path that nobody typed may be opened: a file of this machine, not a share, a pipe or a device. */
export function isOwnFile(path: string): boolean {
  if (ON_NETWORK.test(path)) return false;
  return isRegularFile(path);
}

/** Whether there is a file that can be read to its end, and read again. */
export function isRegularFile(path: string): boolean {
  try {
    return fileKind(path) === 'file';
  } catch {
    return false;
  }
}
