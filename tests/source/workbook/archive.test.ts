import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { FunnelintError } from '../../../src/errors.ts';
import { openArchive } from '../../../src/source/workbook/archive.ts';
import { partName, readZipDirectory } from '../../../src/source/workbook/zip-directory.ts';
import { type Entry, type EntryOptions, zipOf } from './zip-writer.ts';

const CONTENT = 'ID,Stage\n1,Won\n'.repeat(50);

async function contentOf(bytes: Buffer, name = 'a.xml'): Promise<string> {
  const part = openArchive('deals.xlsx', bytes).part(name);
  if (part === null) throw new Error(`no part ${name}`);
  const chunks: Buffer[] = [];
  for await (const chunk of part.chunks()) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function zip(options: EntryOptions = {}, content = CONTENT): Buffer {
  return zipOf([{ name: 'a.xml', content, ...options }]);
}

describe('a sound archive gives its content', () => {
  it.each<[string, Buffer]>([
    ['deflated', zip()],
    ['stored', zip({ method: 0 })],
    ['with zip64 sizes', zip({ zip64: true })],
    ['with a zip64 end record', zipOf([{ name: 'a.xml', content: CONTENT }], { zip64: true })],
    ['with a comment', zipOf([{ name: 'a.xml', content: CONTENT }], { comment: 'PK\x05\x06 is no end' })],
    ['with junk behind it', Buffer.concat([zip(), Buffer.from('\r\n'.repeat(100))])],
    ['with junk that looks like an end behind it', Buffer.concat([zip(), Buffer.from('PK\x05\x06'.repeat(10))])],
    ['with junk before it', Buffer.concat([Buffer.from('\r\n'), zip()])],
    [
      'with junk before its zip64 end',
      Buffer.concat([Buffer.from('xx'), zipOf([{ name: 'a.xml', content: CONTENT }], { zip64: true })]),
    ],
  ])('%s', async (_name, bytes) => {
    expect(await contentOf(bytes)).toBe(CONTENT);
  });

  it('of any name, compared without slashes and case', async () => {
    const names = ['xl\\worksheets\\Sheet1.xml', '/xl/worksheets/sheet1.xml', 'xl/x/../worksheets/sheet1.xml'];
    for (const name of names) {
      expect(await contentOf(zipOf([{ name, content: 'x' }]), '/XL/worksheets/sheet1.xml')).toBe('x');
    }
    expect(await contentOf(zipOf([{ name: 'my sheet.xml', content: 'x' }]), 'my%20sheet.xml')).toBe('x');
    expect(partName('../../etc/passwd')).toBe('etc/passwd');
  });

  it('and no part that it does not have', () => {
    expect(openArchive('deals.xlsx', zip()).part('b.xml')).toBeNull();
    expect(openArchive('deals.xlsx', zip()).part('%E0%A4%A')).toBeNull();
  });
});

describe('a part is refused', () => {
  it.each<[string, EntryOptions, string]>([
    ['of another method', { method: 12, packed: Buffer.from('BZh') }, 'compression method 12 is not supported'],
    ['with a wrong checksum', { checksum: 0xdeadbeef }, 'its checksum is wrong'],
    ['that is longer than declared', { unpackedBytes: 5 }, 'its size is not the declared one'],
    ['that is shorter than declared', { unpackedBytes: 5000 }, 'its size is not the declared one'],
    ['whose deflate data are none', { packed: Buffer.from('no deflate data') }, 'compressed content is broken'],
    ['whose deflate data are cut', { packed: deflateRawSync(CONTENT).subarray(0, 20) }, 'compressed content is broken'],
    ['that declares an absurd size', { unpackedBytes: 60 << 20 }, 'absurd size'],
  ])('%s', async (_name, options, reason) => {
    await expect(contentOf(zip(options))).rejects.toMatchObject({ code: 'file/damaged' });
    await expect(contentOf(zip(options))).rejects.toThrow(`a.xml: `);
    await expect(contentOf(zip(options))).rejects.toThrow(reason);
  });

  it('of more than 1024 MB', async () => {
    const packed = Buffer.alloc(8 << 20);
    await expect(contentOf(zip({ packed, unpackedBytes: 2 ** 30 + 1 }))).rejects.toMatchObject({
      code: 'file/too-large',
    });
  });

  it('of more than a bound that is given', async () => {
    const chunks = openArchive('deals.xlsx', zip()).part('a.xml', 100)?.chunks();
    await expect(chunks?.next()).rejects.toMatchObject({ code: 'file/too-large' });
  });

  it('that is there twice, under names that are the same', () => {
    const twice: Entry[] = [
      { name: 'xl/a.xml', content: 'x' },
      { name: 'XL\\A.xml', content: 'y' },
    ];
    expect(() => openArchive('deals.xlsx', zipOf(twice)).part('xl/a.xml')).toThrow('in the archive twice');
  });

  it('whose header is not where the directory says', async () => {
    const bytes = zip();
    bytes.writeUInt32LE(0, 0);
    await expect(contentOf(bytes)).rejects.toThrow('compressed content is broken');
  });

  it('that lies about its size, before it has unpacked', async () => {
    const bomb = zip({ unpackedBytes: 5000 }, '\0'.repeat(100 << 20));
    const before = process.memoryUsage().rss;
    await expect(contentOf(bomb)).rejects.toBeInstanceOf(FunnelintError);
    expect(process.memoryUsage().rss - before).toBeLessThan(100 << 20);
  });

  it('where the first bytes of it are of the declared size', async () => {
    const content = CONTENT.repeat(10);
    const bytes = zip({ unpackedBytes: content.length - 1 }, content);
    await expect(contentOf(bytes)).rejects.toThrow('its size is not the declared one');
  });
});

describe('an archive is refused', () => {
  const whole = zipOf([
    { name: 'a.xml', content: CONTENT },
    { name: 'b.xml', content: CONTENT },
  ]);

  it('when its end is missing', () => {
    for (const length of [0, 4, 21, 22, 30, whole.length - 1]) {
      expect(() => openArchive('deals.xlsx', whole.subarray(0, length))).toThrow('the end of the file is missing');
    }
  });

  it('when its directory has more or fewer entries than it says', () => {
    for (const count of [1, 3]) {
      const bytes = Buffer.from(whole);
      bytes.writeUInt16LE(count, bytes.length - 12);
      expect(readZipDirectory(bytes)).toBeNull();
    }
  });

  it('in no time when it is full of ends', () => {
    expect(readZipDirectory(Buffer.from('PK\x05\x06'.repeat(1 << 18)))).toBeNull();
  });

  it('and tells which entries are encrypted', () => {
    expect(readZipDirectory(zip({ flags: 1 }))?.map(({ encrypted }) => encrypted)).toEqual([true]);
    expect(readZipDirectory(zip())?.map(({ encrypted }) => encrypted)).toEqual([false]);
  });
});
