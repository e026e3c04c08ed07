import type { Text } from '../../i18n/text.ts';
import { CUT_OFF, type Fail, MOST_UNPACKED_BYTES, unpackedChunks } from '../archive/zip-content.ts';
import { damaged } from '../container.ts';
import { partName, readZipDirectory, type ZipEntry } from './zip-directory.ts';

export type { Fail };

/** One part of a workbook, unpacked anew each time it is read. */
export interface Part {
  /** As in the archive. */
  readonly name: string;
  readonly fail: Fail;
  /** Its bytes in chunks; the last one only comes when size and checksum are as declared. */
  chunks(): AsyncGenerator<Buffer>;
}

/** The parts of a workbook by the names that relationships use for them. */
export interface Archive {
  readonly fail: Fail;
  /** Null when there is none. One that unpacks to more than `mostBytes` (1 GB unless said) cannot be read. */
  part(name: string, mostBytes?: number): Part | null;
}

const TWICE: Text = { en: 'it is in the archive twice', zh: '在压缩包中出现了两次' };

/**
 * Opens the archive of a workbook.
 *
 * Reading a part fails with `file/damaged`, or `file/too-large` for one beyond its bound.
 * @throws FunnelintError `file/damaged`
 */
export function openArchive(file: string, bytes: Buffer): Archive {
  const fail: Fail = (reason) => damaged(file, reason);
  const entries = readZipDirectory(bytes);
  if (entries === null) throw fail(CUT_OFF);
  const byName = new Map<string, ZipEntry[]>();
  for (const entry of entries) {
    const name = partName(entry.name);
    const same = byName.get(name);
    if (same === undefined) byName.set(name, [entry]);
    else same.push(entry);
  }
  return {
    fail,
    part(name, mostBytes = MOST_UNPACKED_BYTES) {
      const [entry, other] = byName.get(partName(name)) ?? byName.get(partName(unescaped(name))) ?? [];
      if (entry === undefined) return null;
      const failPart: Fail = ({ en, zh }) => fail({ en: `${entry.name}: ${en}`, zh: `${entry.name}：${zh}` });
      if (other !== undefined) throw failPart(TWICE);
      const limit = { file, mostBytes };
      return { name: entry.name, fail: failPart, chunks: () => unpackedChunks(bytes, entry, failPart, limit) };
    },
  };
}

/** Relationships are addresses, where a blank may be `%20`. */
function unescaped(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
