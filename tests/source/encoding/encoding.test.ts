import { describe, expect, it } from 'vitest';
import { CHUNK_BYTES } from '../../../src/source/byte-source.ts';
import { readSheet } from '../../../src/source/read-sheet.ts';
import { readAll, readText, rowsOf, tempFile } from '../temp-file.ts';

const TEXT = '商机名称,销售阶段\n华东大客户,赢单\n';
/** 商机名称,销售阶段 / 华东大客户,赢单 */
const GBK = Buffer.from('c9ccbbfac3fbb3c62ccffacadbbdd7b6ce0abbaab6abb4f3bfcdbba72cd3aeb5a50a', 'hex');
const FRENCH = Buffer.from('ID,Stage,Owner\n1,Perdue \x96 \xe9tape,Fran\xe7ois \x80\n', 'latin1');

function swapped(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16();
}

describe('encodings', () => {
  it.each([
    ['utf-8', Buffer.from(TEXT)],
    ['utf-8', Buffer.from(`\uFEFF${TEXT}`)],
    ['utf-8', Buffer.from(`\uFEFF\uFEFF${TEXT}`)],
    ['utf-16le', Buffer.from(`\uFEFF${TEXT}`, 'utf16le')],
    ['utf-16be', swapped(`\uFEFF${TEXT}`)],
    ['gb18030', GBK],
  ])('%s', async (encoding, bytes) => {
    const sheet = await readText(bytes);
    expect(sheet.encoding).toBe(encoding);
    expect(sheet.headers.map(({ text }) => text)).toEqual(['商机名称', '销售阶段']);
    expect(rowsOf(sheet)).toEqual([['华东大客户', '赢单']]);
  });

  it('windows-1252, with the characters ISO-8859-1 lacks, and says that it guessed', async () => {
    const sheet = await readText(FRENCH);
    expect(sheet.encoding).toBe('windows-1252');
    expect(rowsOf(sheet)).toEqual([['1', 'Perdue – étape', 'François €']]);
    expect(sheet.notices.map(({ code }) => code)).toEqual(['file/encoding-guessed']);
  });

  it('does not take accented letters before plain ones for Chinese', async () => {
    const sheet = await readText(Buffer.from('ID,\xc9tape,Stage\n1,pr\xe9par\xe9e,Won\n', 'latin1'));
    expect(sheet.encoding).toBe('windows-1252');
  });

  it('UTF-16 without a mark, by its NULs', async () => {
    const text = 'ID,Stage,Owner\r\n1,Won,李雷\r\n';
    expect((await readText(Buffer.from(text, 'utf16le'))).encoding).toBe('utf-16le');
    expect((await readText(swapped(text))).encoding).toBe('utf-16be');
  });

  it('the encoding the user names wins, and its mark is still skipped', async () => {
    const sheet = await readText(Buffer.from('ID,Stage\n1,\xb9\xab\n', 'latin1'), { encoding: 'iso-8859-2' });
    expect(rowsOf(sheet)).toEqual([['1', 'šŤ']]);
    expect((await readText(`\uFEFFID,Stage\n1,Won\n`, { encoding: 'UTF8' })).headers[0]?.text).toBe('ID');
  });

  it('refuses an unknown encoding, and UTF-32', async () => {
    await expect(readText(TEXT, { encoding: 'klingon' })).rejects.toMatchObject({ code: 'file/encoding' });
    const utf32 = Buffer.from([0xff, 0xfe, 0, 0, 0x49, 0, 0, 0]);
    await expect(readText(utf32)).rejects.toMatchObject({ code: 'file/encoding', args: { encoding: 'utf-32le' } });
  });

  it('keeps characters whole across chunks', async () => {
    const filler = '字'.repeat(CHUNK_BYTES);
    const text = `ID,Stage\n${filler},Won\n`;
    for (const bytes of [Buffer.from(text), Buffer.from(`\uFEFF${text}`, 'utf16le')]) {
      expect(rowsOf(await readText(bytes))).toEqual([[filler, 'Won']]);
    }
  });
});

describe('a byte without meaning', () => {
  it('in UTF-8 stops with its place', async () => {
    const bytes = Buffer.concat([Buffer.from('ID,Stage\n1,赢单\n2,'), Buffer.from([0xff]), Buffer.from('\n')]);
    await expect(readText(bytes)).rejects.toMatchObject({
      code: 'file/undecodable',
      args: { byte: 20, line: 3, encoding: 'utf-8' },
    });
  });

  it('in the encoding named stops with its place', async () => {
    const bytes = Buffer.concat([GBK, Buffer.from([0xff]), GBK]);
    await expect(readText(bytes, { encoding: 'gb18030' })).rejects.toMatchObject({
      code: 'file/undecodable',
      args: { byte: GBK.length, line: 3 },
    });
    await expect(readText(GBK, { encoding: 'utf-8' })).rejects.toMatchObject({ args: { byte: 0, line: 1 } });
  });

  it('at the end of UTF-16 stops with its place', async () => {
    const bytes = Buffer.from('\uFEFFID,Stage\n1,Won', 'utf16le').subarray(0, -1);
    await expect(readText(bytes)).rejects.toMatchObject({ code: 'file/undecodable', args: { line: 2 } });
  });

  it('of NUL in a text is told', async () => {
    const sheet = await readText(`ID,Stage\n1,Won\n2,Wo\0n\n${'3,Lost\n'.repeat(50)}`);
    expect(sheet.notices).toEqual([{ code: 'file/nul-byte', args: { byte: 19 }, line: 3, cell: null }]);
  });
});

describe('progress', () => {
  it('reaches the size of the file', async () => {
    const file = tempFile(`ID,Stage\n${'1,Won\n'.repeat(400_000)}`);
    const calls: number[][] = [];
    await readSheet(file, { ...readAll, onProgress: (...numbers) => calls.push(numbers) });
    expect(calls.length).toBeGreaterThan(1);
    expect(calls.at(-1)?.slice(0, 2)).toEqual([2_400_009, 2_400_009]);
  });
});
