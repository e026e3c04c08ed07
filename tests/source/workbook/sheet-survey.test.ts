import { describe, expect, it } from 'vitest';
import { FunnelintError } from '../../../src/errors.ts';
import type { Fail } from '../../../src/source/workbook/archive.ts';
import { surveySheet } from '../../../src/source/workbook/sheet-survey.ts';
import { worksheet } from './book.ts';

const fail: Fail = (reason) => new FunnelintError('file/damaged', { file: 'a.xlsx', reason: { text: reason } });

function survey(xml: string, chunk: number) {
  return surveySheet({
    name: 'sheet1.xml',
    fail,
    async *chunks() {
      const bytes = Buffer.from(xml);
      for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
    },
  });
}

const CHUNKS = [1 << 18, 300, 257];
const FILLER = '<c r="A1"><v>1</v></c>'.repeat(40);

describe('the look over a sheet before it is read', () => {
  it.each<[string, string, boolean]>([
    ['rising numbers', '<row r="1"/><row r="2"/><row r="10"/>', true],
    ['a number twice', '<row r="1"/><row r="1"/>', false],
    ['falling numbers', '<row r="3"></row><row r="2"></row>', false],
    ['falling numbers far apart', `<row r="3">${FILLER}</row><row r="2">${FILLER}</row>`, false],
    ['numbers behind other attributes', '<row spans="1:2" r="3"/><row spans="1:2" r="2"/>', false],
    ['numbers written in other ways', `<row r = '3' /><row\n\tr='2'/>`, false],
    ['numbers with a prefix', '<x:row r="3"/><x:row r="2"/>', false],
    ['no numbers', '<row/><row></row><row spans="1:2"/>', true],
    ['a number after as many rows', '<row/><row/><row r="2"/>', false],
    ['other names that start alike', '<row r="3"/><rowBreaks r="1"/><crow r="2"/><row r="4"/>', true],
  ])('tells rows in order from others: %s', async (_name, rows, inOrder) => {
    for (const chunk of CHUNKS) expect(await survey(worksheet(rows), chunk)).toMatchObject({ inOrder });
  });

  it('finds merged cells, also where a chunk ends within their name', async () => {
    for (let length = 0; length < 24; length++) {
      const xml = worksheet(`<row r="1">${FILLER}</row>`, `<!--${'x'.repeat(length)}--><mergeCell ref="A1:B2"/>`);
      const { merges } = await survey(xml, 300);
      expect(merges.ranges).toEqual([{ top: 1, left: 0, bottom: 2, right: 1 }]);
    }
  });

  it('takes linear time for tags without an end', async () => {
    await survey('<row r='.repeat(600_000), 1 << 20);
  });
});
