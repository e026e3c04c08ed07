import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startTable, type TableParts } from '../../../src/source/table/table.ts';
import { readAll } from '../temp-file.ts';

const CELLS = [
  '',
  '',
  '',
  'ID',
  'Stage',
  'Amount',
  'Owner',
  'Total',
  'Subtotal',
  'Won',
  '5',
  '2026-05-01',
  'Ann',
  '必填',
];

/** A row of a grid, with columns that are merged with the row above. */
const gridRow = fc.record({
  cells: fc.array(fc.constantFrom(...CELLS), { maxLength: 6 }),
  spanned: fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { maxLength: 4 }),
  gap: fc.constantFrom(0, 0, 0, 1),
});

function partsOf(
  rows: readonly { cells: string[]; spanned: number[]; gap: number }[],
  layout: 'grid' | 'text',
): {
  parts: TableParts;
  last: number;
} {
  const table = startTable({ file: 'deals', layout, read: { ...readAll, anyTable: true } });
  let row = 0;
  for (const { cells, spanned, gap } of rows) {
    row += 1 + (layout === 'grid' ? gap : 0);
    table.row(cells, row, row, { headerCells: cells, spanned: [...spanned].sort((one, other) => one - other) });
  }
  return { parts: table.finish(), last: row };
}

describe('a table', () => {
  it.each(['grid', 'text'] as const)('of a %s accounts for each row below its header once', (layout) => {
    const filled = { cells: ['ID', 'x'], spanned: [], gap: 0 };
    fc.assert(
      fc.property(fc.array(gridRow, { maxLength: 45 }), (rows) => {
        const { parts, last } = partsOf([filled, ...rows], layout);
        const numbers = [...parts.rows, ...parts.setAside.map(({ row }) => row)];
        expect(new Set(numbers).size).toBe(numbers.length);
        expect(numbers.every((row) => row > parts.headerRow && row <= last)).toBe(true);
        expect(parts.rowCount + parts.setAside.length + parts.blankRows).toBe(last - parts.headerRow);
        for (const { codes, values } of parts.columns) {
          expect(codes).toHaveLength(parts.rowCount);
          expect(codes.every((code) => code >= -1 && code < values.length)).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
