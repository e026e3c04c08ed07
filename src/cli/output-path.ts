import { accessSync, constants, existsSync, fstatSync, lstatSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { systemCode } from '../source/system-reason.ts';

/** Links that lead to links; more go in a circle. */
const MOST_LINKS = 40;
const STREAM = /^\/(?:dev\/fd|proc\/(?:self|\d+)\/fd)\/\d+$/;
const STDOUT_FILE = 1;

/** A stream of this process under the name of a file. */
export function isOpenStream(path: string): boolean {
  return STREAM.test(path);
}

/** Whether a path is another name for standard output. */
export function isStdout(path: string): boolean {
  if (path === '-' || path === '/dev/stdout') return true;
  if (isOpenStream(path)) return path.endsWith(`/${STDOUT_FILE}`);
  if (!existsSync(path)) return false;
  // The shell has sent standard output to this very file.
  const [named, open] = [statSync(path), fstatSync(STDOUT_FILE)];
  return named.isFile() && named.dev === open.dev && named.ino === open.ino;
}

/** A device such as `/dev/null` takes any number of files. */
export function isSink(path: string): boolean {
  return existsSync(path) && statSync(path).isCharacterDevice();
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  } catch {
    return false; // there can be no such file
  }
}

/** The file that a path leads to through links, there or not yet; one of them where they go in a circle. */
export function withoutLinks(path: string): string {
  let at = resolve(path);
  for (let links = 0; links < MOST_LINKS && isLink(at); links++) at = resolve(dirname(at), readlinkSync(at));
  return at;
}

/** One name for a file however it is written, also when it does not exist yet. */
export function fileIdentity(path: string): string {
  const full = withoutLinks(path);
  if (existsSync(full)) return realpathSync(full);
  const folder = dirname(full);
  return existsSync(folder) ? join(realpathSync(folder), basename(full)) : full;
}

/** Why a file cannot be written, as the system says it; null where nothing is in the way. */
export function obstacleOf(path: string): string | null {
  const folder = dirname(path);
  if (!existsSync(folder)) return 'ENOENT';
  if (!statSync(folder).isDirectory()) return 'ENOTDIR';
  if (existsSync(path) && statSync(path).isDirectory()) return 'EISDIR';
  if (isLink(path)) return 'ELOOP';
  try {
    lstatSync(path, { throwIfNoEntry: false });
    accessSync(existsSync(path) ? path : folder, constants.W_OK);
    return null;
  } catch (error) {
    return systemCode(error);
  }
}
