import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  enterRow,
  forgetCells,
  readLikeAbove,
  rememberCell,
  startCellsAbove,
} from '../../../src/source/workbook/cells-above.ts';
import { NOT_PLAIN, type PlainCell, readPlainCell, startPlainCell } from '../../../src/source/workbook/plain-cells.ts';

const TAG = '<row r="';
const TAIL = ' '.repeat(200);
const WIDTH = 800;

/** What is read of the cell of a row, when that of a row above was remembered; and what is read without that. */
function readBoth(above: readonly [number, string], below: readonly [number, string], column: number) {
  const head = `${TAG}${above[0]}">${above[1]}</row>`;
  const bytes = Buffer.from(`${head}${TAG}${below[0]}">${below[1]}${TAIL}`);
  const cells = startCellsAbove(WIDTH);
  const cell = startPlainCell();
  forgetCells(cells, bytes);
  const first = TAG.length + String(above[0]).length + 2;
  enterRow(cells, above[0], TAG.length);
  if (readPlainCell(cell, bytes, first) !== NOT_PLAIN && cell.row === above[0] && cell.column < WIDTH) {
    rememberCell(cells, cell, bytes, first);
  }
  const digits = head.length + TAG.length;
  const start = digits + String(below[0]).length + 2;
  enterRow(cells, below[0], digits);
  const like = startPlainCell();
  const fresh = startPlainCell();
  const likeEnd = readLikeAbove(like, cells, bytes, start, column);
  return { like: said(like, likeEnd), fresh: said(fresh, readPlainCell(fresh, bytes, start)), row: fresh.row };
}

function said({ column, style, kind, number, text }: PlainCell, end: number) {
  return end === NOT_PLAIN
    ? null
    : { column, style, kind, text: [text.start, text.end], end, number: kind === 1 ? number : 0 };
}

const rows = fc.constantFrom(1, 2, 9, 10, 12, 99, 100, 1234, 12345, 1048576);
const attributes = fc.constantFrom(
  '',
  ' s="1"',
  ' s="12"',
  ' t="s"',
  ' s="1" t="s"',
  ' t="s" s="1"',
  ' t="n"',
  ' t="str"',
);
interface WrittenCell {
  readonly letters: string;
  readonly attributes: string;
  readonly value: string;
  readonly otherRow: number | null;
  readonly isBackwards: boolean;
}

const cells: fc.Arbitrary<WrittenCell> = fc.record({
  letters: fc.constantFrom('A', 'B', 'Z', 'AA', 'AB', 'ZZ', 'AAA'),
  attributes,
  value: fc.constantFrom('0', '12', '1.5', '-3', '', 'x', '12a'),
  otherRow: fc.option(rows, { nil: null, freq: 1 }),
  isBackwards: fc.boolean(),
});

function written(row: number, { letters, attributes: rest, value, otherRow, isBackwards }: WrittenCell) {
  const name = ` r="${letters}${otherRow ?? row}"`;
  return `<c${isBackwards ? rest + name : name + rest}><v>${value}</v></c>`;
}

describe('a cell that is written like the one above', () => {
  it('is read as any cell is, or not at all', () => {
    fc.assert(
      fc.property(rows, cells, rows, cells, fc.boolean(), (row, cell, nextRow, nextCell, isSame) => {
        const column = columnOf(cell.letters);
        const next = isSame ? { ...cell, value: nextCell.value } : nextCell;
        const {
          like,
          fresh,
          row: readRow,
        } = readBoth([row, written(row, cell)], [nextRow, written(nextRow, next)], column);
        if (like === null) return;
        expect(like).toEqual(fresh);
        expect(readRow).toBe(nextRow);
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    [9, 10],
    [99, 100],
    [12345, 12346],
  ])('is read in the rows %i and %i', (row, nextRow) => {
    for (const letters of ['A', 'Z', 'AA', 'ZZ', 'AAA']) {
      const cell = (at: number, value: string): string => `<c r="${letters}${at}" s="3" t="s"><v>${value}</v></c>`;
      const { like, fresh } = readBoth([row, cell(row, '7')], [nextRow, cell(nextRow, '41')], columnOf(letters));
      expect(like).toEqual(fresh);
      expect(like).toMatchObject({ column: columnOf(letters), style: 3, number: 41 });
    }
  });

  it('is not looked for in other bytes', () => {
    const bytes = Buffer.from(`${TAG}1"><c r="A1"><v>1</v></c>${TAIL}`);
    const above = startCellsAbove(1);
    const cell = startPlainCell();
    forgetCells(above, bytes);
    enterRow(above, 1, TAG.length);
    readPlainCell(cell, bytes, TAG.length + 3);
    rememberCell(above, cell, bytes, TAG.length + 3);
    expect(readLikeAbove(cell, above, bytes, TAG.length + 3, 0)).toBe(TAG.length + 3 + '<c r="A1"><v>1</v></c>'.length);
    forgetCells(above, bytes);
    expect(readLikeAbove(cell, above, bytes, TAG.length + 3, 0)).toBe(NOT_PLAIN);
  });
});

function columnOf(letters: string): number {
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}
