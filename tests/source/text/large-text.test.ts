import { createHash } from 'node:crypto';
import { appendFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHUNK_BYTES, fileBytes, memoryBytes } from '../../../src/source/byte-source.ts';
import { HEAD_BYTES } from '../../../src/source/bytes.ts';
import { readSheets } from '../../../src/source/read-sheet.ts';
import type { ReadOptions, Sheet } from '../../../src/source/sheet.ts';
import { readLargeText } from '../../../src/source/text/large-text.ts';
import { scanPart, wholeFacts } from '../../../src/source/text/scan-part.ts';
import { readAll, tempFile } from '../temp-file.ts';
import { noAnswers, type SameThread, sameThread } from './same-thread.ts';

const HEADER = 'ID,Stage,Amount\n';
/** Of several chunks, and more bytes than are looked at before records are read. */
const ROWS = 66_000;

function rows(count: number, stage = 'Won'): string {
  return Array.from({ length: count }, (_, row) => `D${row},${stage},${row}\n`).join('');
}

const ASCII = `${HEADER}${rows(ROWS)}`;
const CHINESE = `${HEADER}${rows(ROWS, '赢单😀')}`;

function readLarge(
  file: string,
  options: Partial<ReadOptions> = {},
  thread: SameThread | null = sameThread(),
): Promise<Sheet | null> {
  return readLargeText(fileBytes(file), { ...readAll, ...options }, { fewest: 16, startThread: () => thread });
}

function seen(sheet: Sheet): unknown {
  return { ...sheet, columns: sheet.columns.map((column) => ({ ...column, values: [...column.values] })) };
}

/** The sheet of a file that is read step by step. */
async function readByStep(
  content: string | Buffer,
  file: string,
  options: Partial<ReadOptions> = {},
): Promise<unknown> {
  const [sheet] = await readSheets(memoryBytes(file, Buffer.from(content)), { ...readAll, ...options });
  return seen(sheet as Sheet);
}

/** Reads it ahead, which must work, like it is read step by step. */
async function expectSame(content: string | Buffer, options: Partial<ReadOptions> = {}): Promise<Sheet> {
  const file = tempFile(content);
  const sheet = (await readLarge(file, options)) as Sheet;
  expect(sheet).not.toBeNull();
  expect(seen(sheet)).toEqual(await readByStep(content, file, options));
  expect(sheet.digest.sha256).toBe(createHash('sha256').update(content).digest('hex'));
  return sheet;
}

function withBytes(text: string, at: number, ...bytes: number[]): Buffer {
  const content = Buffer.from(text);
  content.set(bytes, at);
  return content;
}

describe('a large text', () => {
  it.each([
    ['ASCII', ASCII],
    ['characters of several bytes', CHINESE],
    ['a mark', `\ufeff${CHINESE}`],
    ['a line that names the delimiter', `sep=;\n${CHINESE.replaceAll(',', ';')}`],
    ['a total', `${ASCII}Total,,9\n${rows(10)}`],
    ['damaged quotes', `${ASCII}D1,"Won,1\n${rows(10)}`],
    ['a NUL behind the head', `${ASCII}D1,W\0n,1\n`],
    ['a lost character behind the head', `${ASCII}D1,W\ufffdn,1\n`],
  ])('of %s is read as it is step by step', async (_, content) => {
    await expectSame(content);
  });

  it('makes the same of any rows', async () => {
    const cell = fc.constantFrom('', 'Won', '赢单', '7', '"a,b"', '"two\nlines"', '"open', '\ufffd');
    const record = fc.tuple(cell, cell, cell).map((cells) => `${cells.join(',')}\n`);
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 60 }), async (records) => {
        await expectSame(`${HEADER}${rows(20)}${records.join('')}`);
      }),
      { numRuns: 60 },
    );
  });

  it.each([0, 1, 2, 3])('takes a character that the end of the head cuts (%i bytes before)', async (before) => {
    const start = `${HEADER}${rows(15_000)}`.slice(0, HEAD_BYTES - before - 9);
    const line = start.slice(start.lastIndexOf('\n') + 1);
    await expectSame(
      `${start.slice(0, start.length - line.length)}${'x'.repeat(line.length + 9)}😀,Won,7\n${rows(9000)}`,
    );
  });

  it('starts the thread once and ends it, also where it has no answers', async () => {
    for (const thread of [sameThread(), noAnswers()]) {
      const file = tempFile(CHINESE);
      expect(seen((await readLarge(file, {}, thread)) as Sheet)).toEqual(await readByStep(CHINESE, file));
      expect(thread.ended).toBeGreaterThan(0);
    }
  });

  it('has the other thread look at the file while this one puts the table together', async () => {
    const tasks: string[] = [];
    const thread = sameThread({
      scan(request) {
        tasks.push('scan');
        return scanPart(request);
      },
      facts(request) {
        tasks.push('facts');
        return wholeFacts(request);
      },
    });
    expect((await readLarge(tempFile(ASCII), {}, thread))?.rowCount).toBe(ROWS);
    expect(tasks).toEqual(['scan', 'facts']);
  });

  it('reads again from a better header', async () => {
    const content = `Name,Note\n${'a,b\n'.repeat(30)}\n${HEADER}${rows(2000)}`;
    const sheet = await expectSame(content);
    expect(sheet.notices).toContainEqual(expect.objectContaining({ code: 'table/better-table' }));
  });

  it('counts nothing that was added while it was read', async () => {
    const file = tempFile(ASCII);
    const scan = (request: Parameters<typeof scanPart>[0]): ReturnType<typeof scanPart> => {
      appendFileSync(file, 'D1,Lost,1\n');
      return scanPart(request);
    };
    const sheet = (await readLarge(file, {}, sameThread({ scan }))) as Sheet;
    expect(statSync(file).size).toBeGreaterThan(ASCII.length);
    expect(seen(sheet)).toEqual(await readByStep(ASCII, file));
  });
});

describe('what is to be read step by step', () => {
  const middle = Math.floor(ASCII.length / 2);

  it.each([
    ['behind the head', HEAD_BYTES + 5],
    ['before the middle', middle],
    ['behind the part of this thread', middle + 100_000],
    ['at the end', ASCII.length - 2],
    ['at the end of a chunk', CHUNK_BYTES - 1],
    ['at the start of a chunk', CHUNK_BYTES],
  ])('is a text with a byte that is no UTF-8 %s', async (_, at) => {
    expect(at).toBeLessThan(ASCII.length);
    expect(await readLarge(tempFile(withBytes(ASCII, at, 0xd6)))).toBeNull();
  });

  it('is one that ends within a character', async () => {
    expect(await readLarge(tempFile(Buffer.concat([Buffer.from(ASCII), Buffer.from('赢').subarray(0, 2)])))).toBeNull();
  });

  it.each([
    ['whose head is no UTF-8', withBytes(ASCII, 200, 0xd6)],
    ['in UTF-16', Buffer.from(`\ufeff${ASCII}`, 'utf16le')],
    ['in UTF-16 without a mark', Buffer.from(ASCII, 'utf16le')],
    ['of a page', `<html><table><tr><td>ID</td><td>Stage</td></tr></table></html>${' '.repeat(99)}`],
    ['of JSON', `[{"ID": 1}]${' '.repeat(99)}`],
    ['of control bytes', Buffer.alloc(999, 2)],
    ['of nothing', ' '.repeat(999)],
    ['without a header', '1,2,3\n'.repeat(99)],
    ['of another container', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(99)])],
  ])('is a file %s', async (_, content) => {
    const thread = sameThread();
    expect(await readLarge(tempFile(content), {}, thread)).toBeNull();
    expect(thread.requests).toEqual([]);
  });

  it.each(['\n', ' \r\n', '\ufeff\n\t'])(
    'is one whose head is blank (%j), so that its lines are not kept',
    async (blank) => {
      const file = tempFile(blank.padEnd(HEAD_BYTES + 99, '\n'));
      const startThread = () => expect.unreachable();
      expect(await readLargeText(fileBytes(file), readAll, { fewest: 16, startThread })).toBeNull();
      const filled = tempFile(`${blank.padEnd(HEAD_BYTES, '\n')}${ASCII}`);
      expect(await readLarge(filled)).toBeNull();
    },
  );

  it('is a small one, a pipe, one whose records are asked for, or what is none', async () => {
    const file = tempFile(ASCII);
    const startThread = () => expect.unreachable();
    expect(await readLargeText(fileBytes(file), readAll, { fewest: ASCII.length, startThread })).toBeNull();
    expect(await readLargeText(memoryBytes(file, Buffer.from(ASCII)), readAll, { fewest: 16, startThread })).toBeNull();
    const asked = { ...readAll, onRecord() {} };
    expect(await readLargeText(fileBytes(file), asked, { fewest: 16, startThread })).toBeNull();
    const ofSheet = { ...readAll, sheet: 'Deals' };
    expect(await readLargeText(fileBytes(file), ofSheet, { fewest: 16, startThread })).toBeNull();
    expect(await readLarge(`${file}-gone`)).toBeNull();
    expect(await readLarge(file, {}, null)).toBeNull();
  });

  it('is one for which another encoding is asked, but not UTF-8', async () => {
    const file = tempFile(CHINESE);
    expect(await readLarge(file, { encoding: 'gbk' })).toBeNull();
    await expectSame(CHINESE, { encoding: 'utf8' });
  });

  it('is one that somebody shortens or rewrites', async () => {
    const file = tempFile(ASCII);
    const shortened = sameThread({
      facts(request) {
        truncateSync(file, ASCII.length - 9);
        return wholeFacts(request);
      },
    });
    expect(await readLarge(file, {}, shortened)).toBeNull();
    const rewritten = sameThread({
      facts(request) {
        writeFileSync(file, withBytes(ASCII, ASCII.length - 3, 0xff));
        return wholeFacts(request);
      },
    });
    expect(await readLarge(tempFile(ASCII), {}, rewritten)).not.toBeNull();
    expect(await readLarge(file, {}, rewritten)).toBeNull();
  });
});
