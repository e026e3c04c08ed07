import { crc32, inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createZip } from '../../../src/reporters/xlsx/zip.ts';

function zipOf(entries: Readonly<Record<string, readonly string[]>>): Buffer {
  const zip = createZip();
  const pieces: Uint8Array[] = [];
  for (const [name, parts] of Object.entries(entries)) {
    const entry = zip.entry(name);
    for (const part of parts) entry.write(Buffer.from(part));
    entry.end();
    pieces.push(...zip.take());
  }
  return Buffer.concat([...pieces, ...zip.take(), ...zip.finish()]);
}

interface ReadEntry {
  readonly name: string;
  readonly text: string;
  readonly time: number;
  readonly date: number;
}

/** Reads an archive the way of its specification: from the directory at the end to each entry. */
function readZip(bytes: Buffer): ReadEntry[] {
  const end = bytes.lastIndexOf(Buffer.from('PK\u0005\u0006'));
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  expect(at + bytes.readUInt32LE(end + 12)).toBe(end);
  return Array.from({ length: count }, () => {
    expect(bytes.toString('latin1', at, at + 4)).toBe('PK\u0001\u0002');
    const compressed = bytes.readUInt32LE(at + 20);
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    const local = bytes.readUInt32LE(at + 42);
    expect(bytes.toString('latin1', local, local + 4)).toBe('PK\u0003\u0004');
    // What both headers have in common is the same in both.
    expect(bytes.subarray(local + 4, local + 30)).toEqual(bytes.subarray(at + 6, at + 32));
    const start = local + 30 + nameLength;
    const content = inflateRawSync(bytes.subarray(start, start + compressed));
    expect(content.length).toBe(bytes.readUInt32LE(at + 24));
    expect(crc32(content)).toBe(bytes.readUInt32LE(at + 16));
    const entry = {
      name,
      text: content.toString(),
      time: bytes.readUInt16LE(at + 12),
      date: bytes.readUInt16LE(at + 14),
    };
    at += 46 + nameLength;
    return entry;
  });
}

describe('createZip', () => {
  it('keeps names and contents, those in several pieces and those longer than one', () => {
    const long = Array.from({ length: 300_000 }, (_, index) => `row ${index}\n`);
    const read = readZip(zipOf({ 'a.xml': ['<a>', '文', '</a>'], 'xl/long.xml': long, '名.xml': [] }));
    expect(read.map(({ name }) => name)).toEqual(['a.xml', 'xl/long.xml', '名.xml']);
    expect(read.map(({ text }) => text)).toEqual(['<a>文</a>', long.join(''), '']);
  });

  it('dates every entry on the first day an archive knows', () => {
    // 1980-01-01: year 0, month 1, day 1.
    for (const { time, date } of readZip(zipOf({ a: ['1'], b: ['2'] })))
      expect([time, date]).toEqual([0, 0b0000000_0001_00001]);
  });

  it('takes entries side by side', () => {
    const zip = createZip();
    const [one, other] = [zip.entry('one'), zip.entry('other')];
    one.write(Buffer.from('1'));
    other.write(Buffer.from('2'));
    other.end();
    one.write(Buffer.from('1'));
    one.end();
    const read = readZip(Buffer.concat([...zip.take(), ...zip.finish()]));
    expect(read.map(({ name, text }) => [name, text])).toEqual([
      ['other', '2'],
      ['one', '11'],
    ]);
  });
});
