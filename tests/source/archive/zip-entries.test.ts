import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FunnelintError } from '../../../src/errors.ts';
import { listTableEntries } from '../../../src/source/archive/zip-entries.ts';
import { failureOf } from '../grid-readings.ts';
import { bookOf, worksheet } from '../workbook/book.ts';
import { type Entry, zipOf } from '../workbook/zip-writer.ts';

const list = (...entries: readonly Entry[]) => listTableEntries('export.zip', zipOf(entries));
const csv = (name: string, options: Partial<Entry> = {}): Entry => ({ name, content: 'ID,Stage\n1,Won\n', ...options });
const open = (entry: Entry) => failureOf(async () => list(entry)[0]?.bytes());

/** An archive whose names are in another encoding than UTF-8: same length, put in behind. */
function renamed(entries: readonly Entry[], names: ReadonlyMap<string, Buffer>): Buffer {
  const bytes = zipOf(entries);
  for (const [name, written] of names) {
    for (let at = bytes.indexOf(name); at !== -1; at = bytes.indexOf(name, at + 1)) written.copy(bytes, at);
  }
  return bytes;
}

describe('the files of a zip archive', () => {
  it('come in order of name, without folders and what systems add', () => {
    const names = [
      'deals-2.csv',
      'folder/',
      '__MACOSX/._deals-1.csv',
      'folder/.DS_Store',
      'Thumbs.db',
      'folder/contacts.csv',
      'deals-1.csv',
      '._x.csv',
    ];
    expect(list(...names.map((name) => csv(name))).map(({ name }) => name)).toEqual([
      'deals-1.csv',
      'deals-2.csv',
      'folder/contacts.csv',
    ]);
  });

  it('are unpacked when asked for', async () => {
    const [packed, stored] = list(csv('a.csv'), csv('b.csv', { method: 0 }));
    expect(String(await packed?.bytes())).toBe('ID,Stage\n1,Won\n');
    expect(String(await stored?.bytes())).toBe('ID,Stage\n1,Won\n');
    expect(String(await list(csv('empty.csv', { content: '' }))[0]?.bytes())).toBe('');
  });

  it('may have names in GBK, which are alike to who cannot read them', async () => {
    const bytes = renamed(
      [csv('AAAA.csv', { content: 'one' }), csv('BBBB.csv', { content: 'two' }), csv('客户.txt', { content: 'three' })],
      new Map([
        ['AAAA.csv', Buffer.from([0xc9, 0xcc, 0xbb, 0xfa])],
        ['BBBB.csv', Buffer.from([0xbf, 0xcd, 0xbb, 0xa7])],
      ]),
    );
    const found = listTableEntries('export.zip', bytes);
    const texts = await Promise.all(found.map(async ({ name, bytes: content }) => [name, String(await content())]));
    expect(texts).toEqual([
      ['商机.csv', 'one'],
      ['客户.csv', 'two'],
      ['客户.txt', 'three'],
    ]);
  });

  it('may be workbooks', async () => {
    const content = bookOf(worksheet('<row><c t="inlineStr"><is><t>a</t></is></c></row>'));
    expect(await list({ name: 'deals.xlsx', content })[0]?.bytes()).toEqual(content);
  });

  it('are only names, wherever these lead', () => {
    expect(list(csv('../../etc/passwd'), csv('/deals.csv')).map(({ name }) => name)).toEqual([
      '../../etc/passwd',
      '/deals.csv',
    ]);
  });

  it.each<[string, Entry, string, string]>([
    ['whose checksum is wrong', csv('a.csv', { checksum: 1 }), 'file/damaged', 'export.zip/a.csv'],
    ['whose size is smaller than it says', csv('a.csv', { unpackedBytes: 99 }), 'file/damaged', 'size'],
    ['whose size is larger than it says', csv('a.csv', { unpackedBytes: 3 }), 'file/damaged', 'size'],
    ['whose content is broken', csv('a.csv', { packed: Buffer.from([7, 7, 7]) }), 'file/damaged', 'broken'],
    ['of an unknown method', csv('a.csv', { method: 12 }), 'file/damaged', 'method 12'],
    ['that is an archive', { name: 'b.zip', content: zipOf([csv('a.csv')]) }, 'file/not-a-table', 'archive'],
    ['that is a gzip file', { name: 'b.csv', content: gzipSync('a') }, 'file/not-a-table', 'archive'],
    ['that unpacks to much', { name: 'a.csv', content: Buffer.alloc(60 * 2 ** 20) }, 'file/damaged', 'absurd'],
    ['that is encrypted', csv('a.csv', { flags: 1 }), 'file/not-a-table', 'password-protected'],
  ])('are refused: one %s', async (_name, entry, code, reason) => {
    const error = await open(entry);
    expect(error.code).toBe(code);
    expect(error.message).toContain(reason);
  });

  it('are refused when the archive is cut off', async () => {
    const bytes = zipOf([csv('a.csv')]).subarray(0, -10);
    expect((await failureOf(async () => listTableEntries('export.zip', bytes))).code).toBe('file/damaged');
  });

  it('are read or refused when bytes are changed', async () => {
    const sound = zipOf([csv('a.csv'), csv('b.csv', { method: 0 })]);
    const flip = fc.record({ at: fc.nat({ max: sound.length - 1 }), bits: fc.integer({ min: 1, max: 255 }) });
    await fc.assert(
      fc.asyncProperty(flip, async ({ at, bits }) => {
        const bytes = Buffer.from(sound);
        bytes[at] = (bytes[at] ?? 0) ^ bits;
        try {
          for (const entry of listTableEntries('export.zip', bytes)) {
            expect(String(await entry.bytes())).toBe('ID,Stage\n1,Won\n');
          }
        } catch (error) {
          if (!(error instanceof FunnelintError)) throw error;
        }
      }),
      { numRuns: 300, seed: 20_260_501 },
    );
  });
});
