import { describe, expect, it } from 'vitest';
import { type Grid, type GridRow, rowBatches } from '../../src/source/grid.ts';
import { readWorkbook } from '../../src/source/workbook/workbook.ts';
import { bookOf, readRows, worksheet } from './workbook/book.ts';

const ROWS: readonly GridRow[] = [1, 2].map((row) => ({ row, cells: ['x'], headerCells: ['x'] }));

async function batchesOf(grid: Grid): Promise<{ batches: (readonly GridRow[])[]; codes: string[] }> {
  const batches: (readonly GridRow[])[] = [];
  const codes: string[] = [];
  for await (const rows of rowBatches(grid, ({ code }) => codes.push(code))) batches.push(rows);
  return { batches, codes };
}

describe('rowBatches', () => {
  it('gives the rows of a grid that has no batches one by one', async () => {
    const grid: Grid = {
      name: 'Deals',
      state: 'visible',
      async *rows(tell) {
        yield* ROWS;
        tell?.({ code: 'table/odd-cell', args: {}, line: null, cell: null });
      },
    };
    expect(await batchesOf(grid)).toEqual({ batches: ROWS.map((row) => [row]), codes: ['table/odd-cell'] });
  });

  it('gives the rows of a worksheet as they come one by one', async () => {
    const rows = Array.from({ length: 5000 }, (_, index) => `<row><c t="n"><v>${index}</v></c><c><f>1</f></c></row>`);
    const [sheet] = await readWorkbook('deals.xlsx', bookOf(worksheet(rows.join(''))));
    const one = await readRows(sheet as Grid);
    const { batches, codes } = await batchesOf(sheet as Grid);
    expect(batches.flat()).toEqual(one.rows);
    expect(one.rows).toHaveLength(5000);
    expect(batches.length).toBeLessThan(50);
    expect(codes).toEqual(one.notices.map(({ code }) => code));
  });
});
