import { crc32, deflateRawSync } from 'node:zlib';

/** What is written of an entry instead of the truth, and how. */
export interface EntryOptions {
  readonly method?: number;
  readonly flags?: number;
  readonly checksum?: number;
  readonly unpackedBytes?: number;
  /** Sizes and offset stand in a zip64 field. */
  readonly zip64?: boolean;
  /** Packed bytes instead of those of the content. */
  readonly packed?: Buffer;
}

export interface Entry extends EntryOptions {
  readonly name: string;
  readonly content: Buffer | string;
}

export interface ZipOptions {
  /** The end record is a zip64 one. */
  readonly zip64?: boolean;
  readonly comment?: string;
}

/** Writes a zip archive, sound or not. */
export function zipOf(entries: readonly Entry[], { zip64 = false, comment = '' }: ZipOptions = {}): Buffer {
  const local: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const { header, record } = entryRecords(entry, offset);
    local.push(header);
    directory.push(record);
    offset += header.length;
  }
  const records = Buffer.concat(directory);
  const end = endRecords(entries.length, records.length, offset, zip64, comment);
  return Buffer.concat([...local, records, end]);
}

function entryRecords(entry: Entry, offset: number): { header: Buffer; record: Buffer } {
  const { method = 8, flags = 0, zip64 = false } = entry;
  const content = Buffer.from(entry.content);
  const packed = entry.packed ?? (method === 0 ? content : deflateRawSync(content));
  const name = Buffer.from(entry.name);
  const unpackedBytes = entry.unpackedBytes ?? content.length;
  const shared = Buffer.alloc(26);
  shared.writeUInt16LE(20, 0);
  shared.writeUInt16LE(flags, 2);
  shared.writeUInt16LE(method, 4);
  shared.writeUInt32LE(entry.checksum ?? crc32(content), 10);
  shared.writeUInt32LE(zip64 ? 0xffffffff : packed.length, 14);
  shared.writeUInt32LE(zip64 ? 0xffffffff : unpackedBytes, 18);
  shared.writeUInt16LE(name.length, 22);
  const extra = zip64 ? zip64Field(unpackedBytes, packed.length, offset) : Buffer.alloc(0);
  const tail = Buffer.alloc(14);
  tail.writeUInt32LE(zip64 ? 0xffffffff : offset, 10);
  const withExtra = Buffer.from(shared);
  withExtra.writeUInt16LE(extra.length, 24);
  return {
    header: Buffer.concat([Buffer.from('PK\x03\x04'), shared, name, packed]),
    record: Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), withExtra, tail, name, extra]),
  };
}

function zip64Field(...values: readonly number[]): Buffer {
  const field = Buffer.alloc(4 + values.length * 8);
  field.writeUInt16LE(1, 0);
  field.writeUInt16LE(values.length * 8, 2);
  for (const [index, value] of values.entries()) field.writeBigUInt64LE(BigInt(value), 4 + index * 8);
  return field;
}

function endRecords(count: number, size: number, offset: number, zip64: boolean, comment: string): Buffer {
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  for (const at of [8, 10]) end.writeUInt16LE(zip64 ? 0xffff : count, at);
  end.writeUInt32LE(zip64 ? 0xffffffff : size, 12);
  end.writeUInt32LE(zip64 ? 0xffffffff : offset, 16);
  end.writeUInt16LE(comment.length, 20);
  const plain = Buffer.concat([end, Buffer.from(comment)]);
  if (!zip64) return plain;
  const record = Buffer.alloc(56);
  record.write('PK\x06\x06', 'latin1');
  record.writeBigUInt64LE(44n, 4);
  for (const at of [24, 32]) record.writeBigUInt64LE(BigInt(count), at);
  record.writeBigUInt64LE(BigInt(size), 40);
  record.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.write('PK\x06\x07', 'latin1');
  locator.writeBigUInt64LE(BigInt(offset + size), 8);
  return Buffer.concat([record, locator, plain]);
}
