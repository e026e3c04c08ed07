import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type ByteSource, CHUNK_BYTES, fileBytes } from '../../src/source/byte-source.ts';
import { HEAD_BYTES, incompleteTail, readByteFacts } from '../../src/source/bytes.ts';
import { tempFile } from './temp-file.ts';

describe('readByteFacts', () => {
  it('gives size, digest and head', async () => {
    const content = Buffer.from('ID,Stage\n1,Won\n');
    const facts = await readByteFacts(fileBytes(tempFile(content)));
    expect(facts.size).toBe(15);
    expect(facts.digest.sha256).toBe(createHash('sha256').update(content).digest('hex'));
    expect(facts.head.equals(content)).toBe(true);
    expect(facts.invalidUtf8At).toBeNull();
  });

  it.each([1, HEAD_BYTES - 1, HEAD_BYTES, HEAD_BYTES + 1, 3 * HEAD_BYTES])(
    'digests every byte of %i, however they are cut',
    async (length) => {
      const content = Buffer.from(Array.from({ length }, (_, index) => 65 + (index % 26)));
      const passing = Buffer.alloc(100_000);
      async function* chunks(): AsyncGenerator<Buffer> {
        // What a chunk holds is void when the next one is asked for.
        for (let at = 0; at < length; at += passing.length)
          yield passing.subarray(0, content.copy(passing, 0, at, at + passing.length));
      }
      const source: ByteSource = { name: 'cut', chunks };
      const { digest } = await readByteFacts(source);
      expect(digest.sha256).toBe(createHash('sha256').update(content).digest('hex'));
      expect(structuredClone(digest)).toEqual({ sha256: digest.sha256 });
    },
  );

  it.each([1, 2, 3])('takes a character cut by the end of a chunk for valid (%i bytes before)', async (bytesBefore) => {
    const text = `${'a'.repeat(CHUNK_BYTES - bytesBefore)}𠮷é`;
    expect((await readByteFacts(fileBytes(tempFile(text)))).invalidUtf8At).toBeNull();
  });

  it('finds the first bad byte, also behind a chunk', async () => {
    const bytes = Buffer.from(`${'é'.repeat(CHUNK_BYTES)}abc`);
    bytes[2 * CHUNK_BYTES + 1] = 0xff;
    expect((await readByteFacts(fileBytes(tempFile(bytes)))).invalidUtf8At).toBe(2 * CHUNK_BYTES + 1);
  });

  it('finds a character that the end of the file cuts', async () => {
    expect((await readByteFacts(fileBytes(tempFile(Buffer.from([0x41, 0xe4, 0xbd]))))).invalidUtf8At).toBe(1);
  });

  it('finds the first NUL', async () => {
    expect((await readByteFacts(fileBytes(tempFile('ab\0c')))).nulAt).toBe(2);
  });

  it.each([0, 1, 2, 3])(
    'finds the first replacement character, also across chunks (%i bytes before)',
    async (before) => {
      const text = `${'a'.repeat(CHUNK_BYTES - before)}\ufffdb\ufffd`;
      expect((await readByteFacts(fileBytes(tempFile(text)))).lostAt).toBe(CHUNK_BYTES - before);
      expect((await readByteFacts(fileBytes(tempFile('aé')))).lostAt).toBeNull();
    },
  );

  it.each(['', '\uFEFF', '\uFEFF \r\n\t\n', '\n\n'])('refuses a file without content: %j', async (content) => {
    await expect(readByteFacts(fileBytes(tempFile(content)))).rejects.toMatchObject({ code: 'file/empty' });
  });

  it('tells a missing file from one that cannot be read', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'funnelint-bytes-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const missing = readByteFacts(fileBytes(join(folder, 'none.csv')));
    await expect(missing).rejects.toMatchObject({ code: 'file/not-found', args: { folder: process.cwd() } });
    await expect(readByteFacts(fileBytes(folder))).rejects.toMatchObject({
      code: 'file/not-readable',
      args: { reason: { text: { en: 'it is a folder', zh: '它是一个目录' } } },
    });
  });
});

describe('incompleteTail', () => {
  it.each([
    [[0x41], 0],
    [[0xc3], 1],
    [[0xc3, 0xa9], 0],
    [[0xe4, 0xbd], 2],
    [[0xe4, 0xbd, 0xa0], 0],
    [[0xf0, 0xa0, 0xae], 3],
    [[0xf0, 0xa0, 0xae, 0xb7], 0],
    [[], 0],
  ])('of %j is %i', (bytes, expected) => {
    expect(incompleteTail(Buffer.from(bytes))).toBe(expected);
  });
});
