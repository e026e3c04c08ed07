import type { Fail } from '../workbook/archive.ts';

/** An OLE compound file: a small file system that old office programs save into. */
export interface CompoundFile {
  /** Names of what lies at its top, in no special order. */
  readonly names: readonly string[];
  /**
   * The bytes of a stream at its top, null when there is none of that name.
   * @throws FunnelintError `file/damaged`
   */
  stream(name: string): Buffer | null;
}

const HEADER_BYTES = 512;
const HEADER_FAT_SECTORS = 109;
const ENTRY_BYTES = 128;
const SMALL_SECTOR_BYTES = 64;
const STREAM = 2;
/** Sectors beyond these numbers mean an end, or nothing. */
const LAST_SECTOR = 0xffff_fffa;
const NO_ENTRY = 0xffff_ffff;

interface Chains {
  readonly bytes: Buffer;
  readonly fail: Fail;
  readonly sectorBytes: number;
  readonly table: Uint32Array;
}

interface Entry {
  readonly name: string;
  readonly type: number;
  readonly left: number;
  readonly right: number;
  readonly child: number;
  readonly start: number;
  readonly size: number;
}

/**
 * Opens a compound file. Chains of sectors that loop or leave the file are refused, so that no stream is longer than
 * the file.
 * @throws FunnelintError `file/damaged`
 */
export function openCompoundFile(bytes: Buffer, fail: Fail): CompoundFile {
  if (bytes.length < HEADER_BYTES) throw cutOff(fail);
  const chains = openChains(bytes, fail);
  const entries = readEntries(readChain(chains, bytes.readUInt32LE(48)));
  const root = entries[0];
  if (root === undefined) throw fail({ en: 'its directory is empty', zh: '目录为空' });
  const top = topEntries(entries, root, fail);
  return {
    names: top.map(({ name }) => name),
    stream(name) {
      const entry = top.find((each) => each.type === STREAM && each.name.toLowerCase() === name.toLowerCase());
      return entry === undefined ? null : streamBytes(chains, root, entry);
    },
  };
}

function openChains(bytes: Buffer, fail: Fail): Chains {
  const [shift, smallShift] = [bytes.readUInt16LE(30), bytes.readUInt16LE(32)];
  if ((shift !== 9 && shift !== 12) || smallShift !== 6 || bytes.readUInt16LE(28) !== 0xfffe) {
    throw fail({ en: 'its header is damaged', zh: '文件头已损坏' });
  }
  const sectorBytes = 1 << shift;
  const sectors = fatSectors(bytes, sectorBytes, fail);
  const perSector = sectorBytes / 4;
  const table = new Uint32Array(sectors.length * perSector);
  for (const [index, sector] of sectors.entries()) {
    const start = sectorStart(bytes, sector, sectorBytes, fail);
    if (start + sectorBytes > bytes.length) throw cutOff(fail);
    for (let at = 0; at < perSector; at++) table[index * perSector + at] = bytes.readUInt32LE(start + at * 4);
  }
  return { bytes, fail, sectorBytes, table };
}

/** Numbers of the sectors that hold the table of chains: some are in the header, the others in a chain of their own. */
function fatSectors(bytes: Buffer, sectorBytes: number, fail: Fail): number[] {
  const count = bytes.readUInt32LE(44);
  if (count * sectorBytes > bytes.length) throw fail({ en: 'its header is damaged', zh: '文件头已损坏' });
  const sectors: number[] = [];
  for (let index = 0; index < Math.min(count, HEADER_FAT_SECTORS); index++) {
    sectors.push(bytes.readUInt32LE(76 + index * 4));
  }
  let next = bytes.readUInt32LE(68);
  const perSector = sectorBytes / 4 - 1;
  while (sectors.length < count) {
    const start = sectorStart(bytes, next, sectorBytes, fail);
    if (start + sectorBytes > bytes.length) throw cutOff(fail);
    for (let index = 0; index < perSector && sectors.length < count; index++) {
      sectors.push(bytes.readUInt32LE(start + index * 4));
    }
    next = bytes.readUInt32LE(start + perSector * 4);
  }
  return sectors;
}

function sectorStart(bytes: Buffer, sector: number, sectorBytes: number, fail: Fail): number {
  const start = (sector + 1) * sectorBytes;
  if (sector >= LAST_SECTOR || start >= bytes.length) throw cutOff(fail);
  return start;
}

/** All sectors of a chain in one piece; the last one may be cut by the end of the file. */
function readChain({ bytes, fail, sectorBytes, table }: Chains, first: number): Buffer {
  const pieces: Buffer[] = [];
  const most = Math.ceil(bytes.length / sectorBytes);
  for (let sector = first; sector < LAST_SECTOR; sector = table[sector] ?? NO_ENTRY) {
    if (sector >= table.length) throw cutOff(fail);
    if (pieces.length > most) throw fail({ en: 'its sectors form a loop', zh: '扇区链形成了循环' });
    const start = sectorStart(bytes, sector, sectorBytes, fail);
    pieces.push(bytes.subarray(start, start + sectorBytes));
  }
  return pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces);
}

function readEntries(directory: Buffer): Entry[] {
  const entries: Entry[] = [];
  for (let at = 0; at + ENTRY_BYTES <= directory.length; at += ENTRY_BYTES) {
    const nameBytes = Math.min(64, directory.readUInt16LE(at + 64));
    entries.push({
      name: directory.toString('utf16le', at, at + Math.max(0, nameBytes - 2)),
      type: directory[at + 66] ?? 0,
      left: directory.readUInt32LE(at + 68),
      right: directory.readUInt32LE(at + 72),
      child: directory.readUInt32LE(at + 76),
      start: directory.readUInt32LE(at + 116),
      size: directory.readUInt32LE(at + 120),
    });
  }
  return entries;
}

/** What lies directly in the root: embedded documents have streams of the same names further down. */
function topEntries(entries: readonly Entry[], root: Entry, fail: Fail): Entry[] {
  const found: Entry[] = [];
  const seen = new Set<number>();
  const open = [root.child];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    const entry = entries[index];
    if (index === NO_ENTRY || entry === undefined) continue;
    if (seen.has(index)) throw fail({ en: 'its directory forms a loop', zh: '目录形成了循环' });
    seen.add(index);
    found.push(entry);
    open.push(entry.left, entry.right);
  }
  return found;
}

/** Small streams lie in a stream of their own that is cut into smaller sectors. */
function streamBytes(chains: Chains, root: Entry, { start, size }: Entry): Buffer {
  const { bytes, fail } = chains;
  const isSmall = size < bytes.readUInt32LE(56);
  const content = isSmall ? readChain(smallChains(chains, root), start) : readChain(chains, start);
  if (content.length < size) throw cutOff(fail);
  return content.subarray(0, size);
}

function smallChains(chains: Chains, root: Entry): Chains {
  const container = readChain(chains, root.start);
  const links = readChain(chains, chains.bytes.readUInt32LE(60));
  const table = new Uint32Array(Math.floor(links.length / 4));
  for (let at = 0; at < table.length; at++) table[at] = links.readUInt32LE(at * 4);
  // Small sectors are counted from the start, the others from behind a header of one sector.
  const bytes = Buffer.concat([Buffer.alloc(SMALL_SECTOR_BYTES), container]);
  return { bytes, fail: chains.fail, sectorBytes: SMALL_SECTOR_BYTES, table };
}

function cutOff(fail: Fail): Error {
  return fail({ en: 'the end of the file is missing', zh: '文件结尾缺失' });
}
