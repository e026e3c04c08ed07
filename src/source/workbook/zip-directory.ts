/** One entry of a zip archive as its central directory declares it. */
export interface ZipEntry {
  /** As written, which may have backslashes, a leading slash or `..`: see `partName`. No file is made of it. */
  readonly name: string;
  readonly encrypted: boolean;
  /** 0 is stored, 8 is deflated. */
  readonly method: number;
  readonly checksum: number;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  /** Where its local header starts in the file. */
  readonly headerAt: number;
}

const END_OF_DIRECTORY = 0x06054b50;
const END_MARK = Buffer.from('PK\x05\x06', 'latin1');
const ZIP64_LOCATOR = 0x07064b50;
const ZIP64_END = 0x06064b50;
const DIRECTORY_ENTRY = 0x02014b50;
const END_BYTES = 22;
const ZIP64_LOCATOR_BYTES = 20;
const ZIP64_END_BYTES = 56;
const ENTRY_BYTES = 46;
const ZIP64_EXTRA = 1;
const IN_ZIP64 = 0xffff_ffff;
/** Longest comment that may follow the end record, and as much as is looked through for it. */
const LONGEST_TAIL = 65_535;
/** Comments and junk may hold the mark of an end record; more than a few are made to keep a reader busy. */
const MOST_END_MARKS = 16;

/**
 * The entries of a zip archive in directory order, with zip64 sizes, and with junk before and after the archive; null
 * when there is no sound directory (cut off, or damaged).
 *
 * A directory and `node:zlib` are all that a workbook needs of zip, and unlike the zip packages at hand they let every
 * part be counted and checked while it unpacks.
 */
export function readZipDirectory(bytes: Buffer): ZipEntry[] | null {
  const lowest = Math.max(0, bytes.length - END_BYTES - LONGEST_TAIL);
  let end = bytes.lastIndexOf(END_MARK, bytes.length - END_BYTES);
  for (let marks = 0; end >= lowest && marks < MOST_END_MARKS && bytes.length >= END_BYTES; marks++) {
    const entries = entriesBefore(bytes, end);
    if (entries !== null) return entries;
    if (end === 0) return null;
    end = bytes.lastIndexOf(END_MARK, end - 1);
  }
  return null;
}

interface Directory {
  readonly count: number;
  readonly start: number;
  /** Bytes before the archive, which its offsets do not know of. */
  readonly shift: number;
  readonly end: number;
}

function entriesBefore(bytes: Buffer, end: number): ZipEntry[] | null {
  if (bytes.readUInt32LE(end) !== END_OF_DIRECTORY) return null;
  const directory = zip64Directory(bytes, end) ?? plainDirectory(bytes, end);
  if (directory === null) return null;
  const entries: ZipEntry[] = [];
  let at = directory.start;
  for (let index = 0; index < directory.count; index++) {
    const entry = readEntry(bytes, at, directory);
    if (entry === null) return null;
    entries.push(entry);
    at += entryBytes(bytes, at);
  }
  return at > directory.end || isEntry(bytes, at, directory.end) ? null : entries;
}

function plainDirectory(bytes: Buffer, end: number): Directory | null {
  const count = bytes.readUInt16LE(end + 10);
  return placed(bytes, { count, size: bytes.readUInt32LE(end + 12), offset: bytes.readUInt32LE(end + 16), end });
}

function zip64Directory(bytes: Buffer, end: number): Directory | null {
  const locator = end - ZIP64_LOCATOR_BYTES;
  if (locator < 0 || bytes.readUInt32LE(locator) !== ZIP64_LOCATOR) return null;
  const declared = readLong(bytes, locator + 8);
  const record = [declared, locator - ZIP64_END_BYTES].find(
    (at) => at >= 0 && at + ZIP64_END_BYTES <= locator && bytes.readUInt32LE(at) === ZIP64_END,
  );
  if (record === undefined) return null;
  const [count, size, offset] = [record + 32, record + 40, record + 48].map((at) => readLong(bytes, at));
  return placed(bytes, { count: count ?? 0, size: size ?? 0, offset: offset ?? 0, end: record });
}

/** The directory is where it says, or else ends where its end record starts: then something stands before the archive. */
function placed(
  bytes: Buffer,
  { count, size, offset, end }: { count: number; size: number; offset: number; end: number },
): Directory | null {
  if (count === 0) return { count, start: end, shift: 0, end };
  const start = isEntry(bytes, offset, end) ? offset : end - size;
  return start < 0 ? null : { count, start, shift: start - offset, end };
}

function isEntry(bytes: Buffer, at: number, end: number): boolean {
  return at + ENTRY_BYTES <= end && bytes.readUInt32LE(at) === DIRECTORY_ENTRY;
}

function entryBytes(bytes: Buffer, at: number): number {
  return ENTRY_BYTES + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
}

function readEntry(bytes: Buffer, at: number, { shift, end }: Directory): ZipEntry | null {
  if (!isEntry(bytes, at, end) || at + entryBytes(bytes, at) > end) return null;
  const nameEnd = at + ENTRY_BYTES + bytes.readUInt16LE(at + 28);
  const extra = bytes.subarray(nameEnd, nameEnd + bytes.readUInt16LE(at + 30));
  const declared = [24, 20, 42].map((field) => bytes.readUInt32LE(at + field));
  const [unpackedBytes = 0, packedBytes = 0, offset = 0] = zip64Values(declared, extra);
  return {
    name: bytes.toString('utf8', at + ENTRY_BYTES, nameEnd),
    encrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
    method: bytes.readUInt16LE(at + 10),
    checksum: bytes.readUInt32LE(at + 16),
    packedBytes,
    unpackedBytes,
    headerAt: offset + shift,
  };
}

/** Values that do not fit 32 bits stand in the zip64 extra field, in the same order. */
function zip64Values(declared: readonly number[], extra: Buffer): readonly number[] {
  if (!declared.includes(IN_ZIP64)) return declared;
  const field = zip64Field(extra);
  let at = 0;
  return declared.map((value) => {
    if (value !== IN_ZIP64 || at + 8 > field.length) return value;
    at += 8;
    return readLong(field, at - 8);
  });
}

function zip64Field(extra: Buffer): Buffer {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) === ZIP64_EXTRA) return extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
  }
  return extra.subarray(0, 0);
}

function readLong(bytes: Buffer, at: number): number {
  return Number(bytes.readBigUInt64LE(at));
}

/** Name of a part as names are compared: forward slashes, none leading, lower case, `.` and `..` resolved. */
export function partName(name: string): string {
  const steps: string[] = [];
  for (const step of name.replaceAll('\\', '/').toLowerCase().split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return steps.join('/');
}

const SUSPECT_UNPACKED_BYTES = 50 * 2 ** 20;
const MOST_RATIO = 200;

/** True when something unpacks to far more than any honest content of its size does. */
export function isAbsurdRatio(unpackedBytes: number, packedBytes: number): boolean {
  return unpackedBytes > SUSPECT_UNPACKED_BYTES && unpackedBytes > MOST_RATIO * packedBytes;
}
