import { describe, expect, it } from 'vitest';
import { errorHint, errorText, FunnelintError } from '../../src/errors.ts';
import { checkZip } from '../../src/source/container.ts';
import { readSheet } from '../../src/source/read-sheet.ts';
import { isAbsurdRatio, readZipDirectory } from '../../src/source/workbook/zip-directory.ts';
import { readAll, tempFile } from './temp-file.ts';

async function failure(content: Buffer | string): Promise<FunnelintError> {
  const error: unknown = await readSheet(tempFile(content), readAll).catch((reason: unknown) => reason);
  if (error instanceof FunnelintError) return error;
  throw new Error(`no refusal: ${String(error)}`);
}

/** A zip archive of stored entries without content; only its directory is sound. */
function archive(names: readonly string[], unpackedBytes = 0): Buffer {
  const entries = names.map((name) => {
    const entry = Buffer.alloc(46 + name.length);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt32LE(unpackedBytes, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.write(name, 46);
    return entry;
  });
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(names.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(4, 16);
  return Buffer.concat([Buffer.from('PK\x03\x04'), directory, end]);
}

describe('other formats are named, whatever the file is called', () => {
  it.each([
    ['a PDF document', '%PDF-1.7\n'],
    ['a PNG image', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a])],
    ['an HTML page', '\uFEFF\n<!-- x --><!DOCTYPE html><html><body>Log in</body></html>'],
    ['an HTML page', '<table><tr><th>ID</th></tr></table>'],
    ['a JSON file', '[\n {"id": 1}]'],
    ['a Word document', archive(['[Content_Types].xml', 'word/document.xml'])],
    ['an OpenDocument file', archive(['mimetype', 'content.xml'])],
    ['a binary .xlsb workbook', archive(['[Content_Types].xml', 'xl/workbook.bin'])],
  ])('%s', async (found, content) => {
    const error = await failure(content);
    expect(error.code).toBe('file/not-a-table');
    expect(error.message).toContain(`this is ${found}, not a table`);
    expect(errorText(error.code, error.args, 'zh')).not.toContain(found);
    expect(errorHint(error.code, error.args, 'en')).toContain('CSV or XLSX');
  });

  it('takes a cell that starts with an angle bracket for text', async () => {
    const sheet = await readSheet(tempFile('<none>,Stage\nx,Won\n'), readAll);
    expect(sheet.rowCount).toBe(1);
  });
});

describe('what is refused for another reason', () => {
  it('is binary data, from the first byte that no text has', async () => {
    const error = await failure(Buffer.from('ID,Stage\n1,W\0\0\0\0on\0\0\0'));
    expect(error).toMatchObject({ code: 'file/binary', args: { byte: 12, line: 2 } });
  });

  it.each([
    ['a gzip archive', '.gz', Buffer.from([0x1f, 0x8b, 8, 0])],
    ['a ZIP archive', '.zip', archive(['readme.txt'])],
  ])('is %s that is called .csv', async (found, extension, content) => {
    const error = await failure(content);
    expect(error).toMatchObject({ code: 'file/misnamed-archive', args: { extension } });
    expect(error.message).toContain(found);
  });

  it.each([
    ['the start of a legacy workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])],
    ['an XML spreadsheet without a sheet', '<?xml version="1.0"?>\n<?mso x?>\n<ss:Workbook xmlns:ss="x"/>'],
  ])('is %s', async (_, content) => {
    expect((await failure(content)).code).toBe('file/damaged');
  });
});

describe('checkZip', () => {
  it('passes a workbook, and one with Windows path separators', () => {
    checkZip('a.xlsx', archive(['[Content_Types].xml', 'xl/workbook.xml']));
    checkZip('a.xlsx', archive(['[Content_Types].xml', 'xl\\workbook.xml']));
  });

  it('refuses an archive whose end is missing', () => {
    const whole = archive(['[Content_Types].xml', 'xl/workbook.xml']);
    for (const length of [4, 30, whole.length - 1]) {
      expect(() => checkZip('a.xlsx', whole.subarray(0, length))).toThrow('end of the file is missing');
    }
  });

  it('refuses an archive that declares an absurd size', () => {
    const bomb = archive(['xl/workbook.xml'], 60 << 20);
    expect(() => checkZip('a.xlsx', bomb)).toThrow('absurd size');
  });
});

describe('zip directory', () => {
  it('lists the entries', () => {
    expect(readZipDirectory(archive(['a', 'b/c'], 7))?.map(({ name, unpackedBytes }) => [name, unpackedBytes])).toEqual(
      [
        ['a', 7],
        ['b/c', 7],
      ],
    );
  });

  it('lets a well compressed small workbook pass', () => {
    expect(isAbsurdRatio(40 << 20, 1000)).toBe(false);
    expect(isAbsurdRatio(80 << 20, 1000)).toBe(true);
    expect(isAbsurdRatio(80 << 20, 1 << 20)).toBe(false);
  });
});
