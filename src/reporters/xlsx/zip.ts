import { constants, crc32, deflateRawSync } from 'node:zlib';

/** One file of an archive, written piece by piece. */
export interface ZipEntry {
  write(bytes: Uint8Array): void;
  end(): void;
}

/** An archive under way. */
export interface Zip {
  entry(name: string): ZipEntry;
  /** The bytes that are ready, once: those of the entries that have ended. */
  take(): Uint8Array[];
  /** The directory at its end. */
  finish(): Uint8Array[];
}

interface Ended {
  readonly name: Buffer;
  readonly checksum: number;
  readonly compressedBytes: number;
  readonly bytes: number;
  readonly offset: number;
}

/** 2.0, the first with deflated entries. */
const VERSION = 20;
const UTF8_NAMES = 0x0800;
const DEFLATED = 8;
/** The first day there is in an archive, 1980-01-01 at midnight: entries with a time would differ in every run. */
const DOS_TIME = 0;
const DOS_DATE = (1 << 5) | 1;
const PIECE_BYTES = 1 << 20;
/** Beyond this an archive needs another format, which spreadsheets do not write either. */
const MOST_BYTES = 0xffff_ffff;
const TOO_LARGE =
  'the workbook would be larger than 4 GB: write the csv or json format instead, or audit the list in parts';
/** The end of deflated data: a last block that is empty. */
const LAST_BLOCK = deflateRawSync(Buffer.alloc(0));

/** The part that the header of an entry and its line in the directory have in common. */
function headerFields({ name, checksum, compressedBytes, bytes }: Ended): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(VERSION, 0);
  fields.writeUInt16LE(UTF8_NAMES, 2);
  fields.writeUInt16LE(DEFLATED, 4);
  fields.writeUInt16LE(DOS_TIME, 6);
  fields.writeUInt16LE(DOS_DATE, 8);
  fields.writeUInt32LE(checksum, 10);
  fields.writeUInt32LE(compressedBytes, 14);
  fields.writeUInt32LE(bytes, 18);
  fields.writeUInt16LE(name.length, 22);
  return fields;
}

function directoryLine(entry: Ended): Uint8Array[] {
  const after = Buffer.alloc(14);
  after.writeUInt32LE(entry.offset, 10);
  const before = Buffer.from([0x50, 0x4b, 1, 2, VERSION, 0]);
  return [before, headerFields(entry), after, entry.name];
}

function directoryEnd(entries: number, bytes: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries, 8);
  end.writeUInt16LE(entries, 10);
  end.writeUInt32LE(bytes, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}

function sizeOf(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, { length }) => sum + length, 0);
}

/** Deflates pieces one by one: each ends on a whole byte, so that they can simply stand one after the other. */
function createDeflater(): {
  write(bytes: Uint8Array): void;
  end(): Omit<Ended, 'name' | 'offset'> & { pieces: Uint8Array[] };
} {
  const pieces: Uint8Array[] = [];
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  let bytes = 0;
  let checksum = 0;
  const flush = (): void => {
    if (pendingBytes === 0) return;
    const piece = Buffer.concat(pending);
    checksum = crc32(piece, checksum);
    bytes += piece.length;
    pieces.push(deflateRawSync(piece, { finishFlush: constants.Z_SYNC_FLUSH, chunkSize: PIECE_BYTES / 4 }));
    pending = [];
    pendingBytes = 0;
  };
  return {
    write(piece) {
      pending.push(piece);
      pendingBytes += piece.length;
      if (pendingBytes >= PIECE_BYTES) flush();
    },
    end() {
      flush();
      pieces.push(LAST_BLOCK);
      return { pieces, bytes, checksum, compressedBytes: sizeOf(pieces) };
    },
  };
}

/**
 * Writes an archive whose bytes depend on what is in it and on nothing else. Entries may be written side by side; each
 * is kept, compressed, until it ends, so that its header can tell its size as every reader likes it.
 */
export function createZip(): Zip {
  const ended: Ended[] = [];
  let ready: Uint8Array[] = [];
  let offset = 0;
  const put = (pieces: readonly Uint8Array[]): void => {
    for (const piece of pieces) ready.push(piece);
    offset += sizeOf(pieces);
    if (offset > MOST_BYTES) throw new Error(TOO_LARGE);
  };
  return {
    entry(name) {
      const deflater = createDeflater();
      return {
        write: deflater.write,
        end() {
          const { pieces, ...sizes } = deflater.end();
          if (sizes.bytes > MOST_BYTES) throw new Error(TOO_LARGE);
          const entry: Ended = { name: Buffer.from(name), offset, ...sizes };
          ended.push(entry);
          put([Buffer.from([0x50, 0x4b, 3, 4]), headerFields(entry), entry.name, ...pieces]);
        },
      };
    },
    take() {
      const taken = ready;
      ready = [];
      return taken;
    },
    finish() {
      const lines = ended.flatMap(directoryLine);
      return [...lines, directoryEnd(ended.length, sizeOf(lines), offset)];
    },
  };
}
