import { parse as parseAtOnce } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../src/source/text/csv.ts';

interface Event {
  readonly line: number;
  readonly cells?: readonly string[];
  readonly damaged?: string;
  readonly mended?: readonly string[] | null;
}

/** Reads a text cut into chunks of a size. */
async function read(text: string | Buffer, columns: number, chunkBytes = 7): Promise<Event[]> {
  const bytes = Buffer.from(text);
  const events: Event[] = [];
  async function* chunks(): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
  }
  await readCsv(
    chunks(),
    { file: 'deals.csv', delimiter: ',', columns, firstLine: 1, returnsEndRecords: true, blanksBeforeQuotes: false },
    {
      record: (cells, line) => events.push({ line, cells }),
      damagedLine: (damaged, mended, line) => events.push({ line, damaged, mended }),
      strayReturn() {},
    },
  );
  return events;
}

describe('records and their physical lines', () => {
  it('counts CR LF inside quotes once, and every kind of line end', async () => {
    expect(await read('a,b\r\n"x\r\ny\n\rz",1\nc,d\re,"f\r"\n\n"",2', 2)).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 2, cells: ['x\r\ny\n\rz', '1'] },
      { line: 6, cells: ['c', 'd'] },
      { line: 7, cells: ['e', 'f\r'] },
      { line: 9, cells: [''] },
      { line: 10, cells: ['', '2'] },
    ]);
  });

  it('delivers rows of any width', async () => {
    expect((await read('a,b\n1\n1,2,3\n', 2)).map(({ cells }) => cells?.length)).toEqual([2, 1, 3]);
  });

  const cell = fc.string({ unit: fc.constantFrom('a', '字', ' ', ',', '"', '\n', '\r', '\r\n', '😀'), maxLength: 6 });
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 8 });

  it('are those of csv-parse at once, whatever the chunks', async () => {
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.integer({ min: 1, max: 40 }),
        async (rows, end, size) => {
          const text = rows.map((row) => row.map((each) => `"${each.replaceAll('"', '""')}"`).join(',') + end).join('');
          const events = await read(text, 0, size);
          expect(events.map(({ cells }) => cells)).toEqual(
            parseAtOnce(text, { relax_column_count: true, record_delimiter: end }),
          );
          let line = 1;
          for (const { line: found, cells = [] } of events) {
            expect(found).toBe(line);
            line += 1 + (cells.join('"').match(/\r\n|\n|\r/g)?.length ?? 0);
          }
        },
      ),
    );
  });

  it('does not slow down on blank lines', async () => {
    expect(await read(`a,b\n${'\n'.repeat(200_000)}1,2\n`, 2, 1 << 20)).toHaveLength(200_002);
  });
});

describe('damaged quotes', () => {
  const sizes = [1, 3, 8, 1000];

  it.each(sizes)('an open quote costs its own line only (chunks of %i)', async (size) => {
    const events = await read('ID,Stage,Owner\n1,"Won,A\n2,Lost,B\n3,"Won",C\n4,Won,D', 3, size);
    expect(events).toEqual([
      { line: 1, cells: ['ID', 'Stage', 'Owner'] },
      { line: 2, damaged: '1,"Won,A', mended: null },
      { line: 3, cells: ['2', 'Lost', 'B'] },
      { line: 4, cells: ['3', 'Won', 'C'] },
      { line: 5, cells: ['4', 'Won', 'D'] },
    ]);
  });

  it.each(sizes)('an open quote is found even when another closes it (chunks of %i)', async (size) => {
    const events = await read('ID,Stage,Owner\n1,"Won,A\n2,Lost,B\n3,Won,C\n4,Lost",D\n5,Won,E\n', 3, size);
    expect(events.slice(1)).toEqual([
      { line: 2, damaged: '1,"Won,A', mended: null },
      { line: 3, cells: ['2', 'Lost', 'B'] },
      { line: 4, cells: ['3', 'Won', 'C'] },
      { line: 5, damaged: '4,Lost",D', mended: ['4', 'Lost"', 'D'] },
      { line: 6, cells: ['5', 'Won', 'E'] },
    ]);
  });

  it('a note of several lines with commas stays one cell', async () => {
    const note = 'Met Ann, Bob\nand Carl, Dan, Eve\nthen left, all';
    expect(await read(`1,"${note}",x,y\n2,a,b,c\n`, 4)).toEqual([
      { line: 1, cells: ['1', note, 'x', 'y'] },
      { line: 4, cells: ['2', 'a', 'b', 'c'] },
    ]);
  });

  it.each(sizes)('a quote inside a plain cell is mended (chunks of %i)', async (size) => {
    expect(await read('1,5" pipe,"A, B"\r\n2,x,y\r\n', 3, size)).toEqual([
      { line: 1, damaged: '1,5" pipe,"A, B"', mended: ['1', '5" pipe', 'A, B'] },
      { line: 2, cells: ['2', 'x', 'y'] },
    ]);
  });

  it('text behind a closing quote is not mended', async () => {
    expect(await read('1,"A" b,x\n2,y,z\n', 3)).toEqual([
      { line: 1, damaged: '1,"A" b,x', mended: null },
      { line: 2, cells: ['2', 'y', 'z'] },
    ]);
  });

  it('a file that ends on an open quote', async () => {
    expect(await read('1,x\n2,"', 2)).toEqual([
      { line: 1, cells: ['1', 'x'] },
      { line: 2, damaged: '2,"', mended: null },
    ]);
  });

  it('an open quote over more than the longest record gives the rest back', async () => {
    const row = `2,${'x'.repeat(1000)}\n`;
    const count = 20_000;
    const events = await read(`1,"x\n${row.repeat(count)}`, 2, 1 << 20);
    expect(events).toHaveLength(count + 1);
    expect(events[0]).toEqual({ line: 1, damaged: '1,"x', mended: null });
    expect(events.at(-1)?.line).toBe(count + 1);
  });

  it('gives up after a thousand damaged lines, and not for mended ones', async () => {
    const failed = read('1,"a"b\n'.repeat(1001), 2, 4096);
    await expect(failed).rejects.toMatchObject({ code: 'table/damaged-quotes', args: { count: 1000, line: 1 } });
    expect(await read('1,5" pipe\n'.repeat(1500), 2, 4096)).toHaveLength(1500);
  });

  it('loses no line, wherever a stray quote stands', async () => {
    const line = fc.constantFrom('1,a,b', '2,"c, d",e', '3,"f ""g""",h', '4,"i,j,k', '5,l"m,n', '6,"o"p,q', '');
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 12 }), fc.integer({ min: 1, max: 30 }), async (lines, size) => {
        const events = await read(lines.map((each) => `${each}\n`).join(''), 3, size);
        let next = 1;
        for (const event of events) {
          expect(event.line).toBe(next);
          next += 1 + (event.cells?.join('').split('\n').length ?? 1) - 1;
        }
        expect(next).toBe(lines.length + 1);
      }),
    );
  });
});
