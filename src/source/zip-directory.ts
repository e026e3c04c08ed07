/** One entry of a zip archive as its central directory declares it. */
export interface ZipEntry {
  readonly name: string;
  readonly encrypted: boolean;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
}

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LONGEST_COMMENT = 65_535;

/** The entries of a zip archive in directory order; null when there is no sound directory (cut off, or damaged). */
export function readZipDirectory(bytes: Buffer): ZipEntry[] | null {
  const end = findEnd(bytes);
  if (end === null) return null;
  const count = bytes.readUInt16LE(end + 10);
  const entries: ZipEntry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let index = 0; index < count; index++) {
    if (at + ENTRY_BYTES > end || bytes.readUInt32LE(at) !== DIRECTORY_ENTRY) return null;
    const nameBytes = bytes.readUInt16LE(at + 28);
    entries.push({
      name: bytes.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes),
      encrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
      packedBytes: bytes.readUInt32LE(at + 20),
      unpackedBytes: bytes.readUInt32LE(at + 24),
    });
    at += ENTRY_BYTES + nameBytes + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

function findEnd(bytes: Buffer): number | null {
  const lowest = Math.max(0, bytes.length - END_BYTES - LONGEST_COMMENT);
  for (let at = bytes.length - END_BYTES; at >= lowest; at--) {
    if (bytes.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  }
  return null;
}

const MOST_UNPACKED_BYTES = 1 << 30;
const SUSPECT_UNPACKED_BYTES = 50 << 20;
const MOST_RATIO = 200;

/** True when an archive declares more content than any honest workbook of its size has. */
export function isZipBomb(entries: readonly ZipEntry[], archiveBytes: number): boolean {
  let total = 0;
  for (const entry of entries) total += entry.unpackedBytes;
  return total > MOST_UNPACKED_BYTES || (total > SUSPECT_UNPACKED_BYTES && total > MOST_RATIO * archiveBytes);
}
